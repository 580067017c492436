#! catalog#series: un point de contact décrit est attendu : rétablissez catalog:contact dans src/trophees/portals.ttl ; valeur « catalog#contact » [shapes:catalog-contact]
#! catalog#sparql: un point de contact décrit est attendu : rétablissez catalog:contact dans src/trophees/portals.ttl ; valeur « catalog#contact » [shapes:catalog-contact]
#! dataset/2020: un point de contact décrit est attendu : rétablissez catalog:contact dans src/trophees/portals.ttl ; valeur « catalog#contact » [shapes:catalog-contact]
DELETE { ?c a vcard:Kind } WHERE { ?c a vcard:Kind }
