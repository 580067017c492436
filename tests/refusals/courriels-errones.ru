#! error vcard:hasEmail MaxCount — catalog#contact: une adresse électronique est attendue : corrigez contact-email [shapes:catalog-email]
#! error vcard:hasEmail Pattern — catalog#contact: une adresse électronique est attendue : corrigez contact-email ; valeur « mailto:@trophees.example.org » [shapes:catalog-email]
#! error vcard:hasEmail Pattern — catalog#contact: une adresse électronique est attendue : corrigez contact-email ; valeur « mailto:a b@c.test » [shapes:catalog-email]
#! error vcard:hasEmail Pattern — catalog#contact: une adresse électronique est attendue : corrigez contact-email ; valeur « mailto:a@ » [shapes:catalog-email]
#! error vcard:hasEmail Pattern — catalog#contact: une adresse électronique est attendue : corrigez contact-email ; valeur « mailto:a@b.test c » [shapes:catalog-email]
#! error vcard:hasEmail Pattern — catalog#contact: une adresse électronique est attendue : corrigez contact-email ; valeur « mailto:a@b@c.test » [shapes:catalog-email]
#! error vcard:hasEmail Pattern — catalog#contact: une adresse électronique est attendue : corrigez contact-email ; valeur « à mailto:a@b.test » [shapes:catalog-email]
#! warning vcard:hasEmail Pattern — catalog#contact: l’adresse du contact est un exemple : donnez la vraie par --contact-email, TROPHEES_CONTACT_EMAIL ou contact-email sous [tool.trophees] dans pyproject.toml ; valeur « mailto:@trophees.example.org » [shapes:catalog-email-example]
INSERT DATA { catalog:contact vcard:hasEmail "mailto:@trophees.example.org", "mailto:a@", "mailto:a@b@c.test", "mailto:a b@c.test", "mailto:a@b.test c", "à mailto:a@b.test", "mailto:a@trophees-example.org", "mailto:a@trophees.example-org", "mailto:a@trophees.example.org.test" }
