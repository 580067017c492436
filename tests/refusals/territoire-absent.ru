#! dataset/2020: un territoire décrit est attendu : rétablissez country:FRA dans src/trophees/portals.ttl [shapes:catalog-place]
DELETE WHERE { dataset:2020 dcterms:spatial ?o }
