#! error dcterms:spatial Class — dataset/trophees: un territoire décrit est attendu : rétablissez country:FRA dans src/trophees/publish/portals.ttl ; valeur « http://publications.europa.eu/resource/authority/country/REU » [shapes:catalog-place]
INSERT DATA { dataset:trophees dcterms:spatial <http://publications.europa.eu/resource/authority/country/REU> }
