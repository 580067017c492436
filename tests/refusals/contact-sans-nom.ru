#! error vcard:fn MinCount — catalog#contact: un nom sans adresse web est attendu : corrigez vcard:fn dans src/trophees/publish/portals.ttl [shapes:catalog-contact-name]
DELETE WHERE { catalog:contact vcard:fn ?o }
