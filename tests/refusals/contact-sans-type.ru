#! error dcat:contactPoint Class — catalog#series: un point de contact décrit est attendu : rétablissez catalog:contact dans src/trophees/publish/portals.ttl ; valeur « catalog#contact » [shapes:catalog-contact]
#! error dcat:contactPoint Class — catalog#sparql: un point de contact décrit est attendu : rétablissez catalog:contact dans src/trophees/publish/portals.ttl ; valeur « catalog#contact » [shapes:catalog-contact]
#! error dcat:contactPoint Class — dataset/trophees: un point de contact décrit est attendu : rétablissez catalog:contact dans src/trophees/publish/portals.ttl ; valeur « catalog#contact » [shapes:catalog-contact]
DELETE { ?c a vcard:Kind } WHERE { ?c a vcard:Kind }
