#! error dcat:mediaType Class — catalog#tools.csv: un type de média décrit est attendu : ajoutez-le dans src/trophees/publish/portals.ttl ; valeur « https://www.iana.org/assignments/media-types/text/html » [shapes:catalog-media-type]
#! error dcat:mediaType MaxCount — catalog#tools.csv: un type de média décrit est attendu : ajoutez-le dans src/trophees/publish/portals.ttl [shapes:catalog-media-type]
INSERT DATA { catalog:tools.csv dcat:mediaType <https://www.iana.org/assignments/media-types/text/html> }
