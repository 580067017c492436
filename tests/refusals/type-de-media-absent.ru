#! error dcat:mediaType MinCount — catalog#tools.csv: un type de média décrit est attendu : ajoutez-le dans src/trophees/publish/portals.ttl [shapes:catalog-media-type]
DELETE WHERE { catalog:tools.csv dcat:mediaType ?o }
