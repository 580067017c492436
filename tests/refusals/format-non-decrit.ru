#! error dcterms:format Class — catalog#tools.csv: un format décrit de la table file-type de l’Union européenne est attendu : ajoutez-le dans src/trophees/publish/portals.ttl ; valeur « http://publications.europa.eu/resource/authority/file-type/HDT » [shapes:catalog-format]
#! error dcterms:format MaxCount — catalog#tools.csv: un format décrit de la table file-type de l’Union européenne est attendu : ajoutez-le dans src/trophees/publish/portals.ttl [shapes:catalog-format]
INSERT DATA { catalog:tools.csv dcterms:format <http://publications.europa.eu/resource/authority/file-type/HDT> }
