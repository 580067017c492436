#! error dcterms:spatial MinCount — dataset/trophees: un territoire décrit est attendu : rétablissez country:FRA dans src/trophees/publish/portals.ttl [shapes:catalog-place]
DELETE WHERE { dataset:trophees dcterms:spatial ?o }
