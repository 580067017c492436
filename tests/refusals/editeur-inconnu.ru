#! dataset/2020: un éditeur décrit est attendu : corrigez éditeur dans data/dataset/, ou décrivez-le dans src/trophees/portals.ttl (foaf:Agent, foaf:name) [shapes:catalog-publisher]
#! dataset/2020: un éditeur décrit est attendu : corrigez éditeur dans data/dataset/, ou décrivez-le dans src/trophees/portals.ttl (foaf:Agent, foaf:name) ; valeur « https://example.org/inconnu » [shapes:catalog-publisher]
INSERT DATA { dataset:2020 dcterms:publisher <https://example.org/inconnu> }
