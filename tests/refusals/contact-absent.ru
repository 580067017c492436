#! error dcat:contactPoint MinCount — dataset/trophees: un point de contact décrit est attendu : rétablissez catalog:contact dans src/trophees/publish/portals.ttl [shapes:catalog-contact]
DELETE WHERE { dataset:trophees dcat:contactPoint ?o }
