#! error rdfs:label MinCount — http://publications.europa.eu/resource/authority/file-type/CSV: les portails lisent ici le nom d’un format, d’un type de média ou d’une licence : ajoutez rdfs:label dans src/trophees/publish/portals.ttl [shapes:catalog-label]
DELETE { ?f rdfs:label ?o } WHERE { ?f rdfs:label ?o . FILTER(?f = <http://publications.europa.eu/resource/authority/file-type/CSV>) }
