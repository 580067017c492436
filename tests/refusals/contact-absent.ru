#! dataset/2020: un point de contact décrit est attendu : rétablissez catalog:contact dans src/trophees/portals.ttl [shapes:catalog-contact]
DELETE WHERE { dataset:2020 dcat:contactPoint ?o }
