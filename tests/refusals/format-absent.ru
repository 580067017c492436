#! error dcterms:format MinCount — catalog#tools.csv: un format décrit de la table file-type de l’Union européenne est attendu : ajoutez-le dans src/trophees/publish/portals.ttl [shapes:catalog-format]
DELETE WHERE { catalog:tools.csv dcterms:format ?o }
