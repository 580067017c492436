#! error dcterms:publisher MinCount — catalog: un éditeur décrit est attendu : corrigez éditeur dans data/dataset/, ou décrivez-le dans src/trophees/publish/portals.ttl (foaf:Agent, foaf:name) [shapes:catalog-publisher]
DELETE WHERE { trophees:catalog dcterms:publisher ?o }
