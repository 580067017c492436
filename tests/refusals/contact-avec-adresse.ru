#! error vcard:fn Pattern — catalog#contact: un nom sans adresse web est attendu : corrigez vcard:fn dans src/trophees/publish/portals.ttl ; valeur « Voir https://example.org/ » [shapes:catalog-contact-name]
INSERT DATA { catalog:contact vcard:fn "Voir https://example.org/" }
