#! error vcard:hasEmail MaxCount — catalog#contact: une adresse électronique est attendue : corrigez contact-email [shapes:catalog-email]
#! error vcard:hasEmail Pattern — catalog#contact: une adresse électronique est attendue : corrigez contact-email ; valeur « mailto:personne » [shapes:catalog-email]
INSERT DATA { catalog:contact vcard:hasEmail <mailto:personne> }
