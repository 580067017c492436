#! error vcard:hasEmail MinCount — catalog#contact: une adresse électronique est attendue : corrigez contact-email [shapes:catalog-email]
DELETE WHERE { catalog:contact vcard:hasEmail ?o }
