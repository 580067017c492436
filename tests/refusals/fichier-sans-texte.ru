#! error dcterms:description MinCount — catalog#tools.csv: un fichier a une description en français et en anglais : écrivez-la dans src/trophees/publish/portals.ttl, ou en tête de la requête du tableau [shapes:catalog-file-description]
DELETE WHERE { catalog:tools.csv dcterms:description ?o }
