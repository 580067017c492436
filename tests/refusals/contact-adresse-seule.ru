#! error vcard:fn Pattern — catalog#contact: un nom sans adresse web est attendu : corrigez vcard:fn dans src/trophees/publish/portals.ttl ; valeur « http://example.org/ » [shapes:catalog-contact-name]
INSERT DATA { catalog:contact vcard:fn "http://example.org/" }
