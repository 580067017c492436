#! error dcterms:publisher Class — dataset/trophees: un éditeur décrit est attendu : corrigez éditeur dans data/dataset/, ou décrivez-le dans src/trophees/publish/portals.ttl (foaf:Agent, foaf:name) ; valeur « https://example.org/inconnu » [shapes:catalog-publisher]
#! error dcterms:publisher MaxCount — dataset/trophees: un éditeur décrit est attendu : corrigez éditeur dans data/dataset/, ou décrivez-le dans src/trophees/publish/portals.ttl (foaf:Agent, foaf:name) [shapes:catalog-publisher]
INSERT DATA { dataset:trophees dcterms:publisher <https://example.org/inconnu> }
