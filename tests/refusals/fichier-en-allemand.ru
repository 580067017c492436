#! catalog#tools.csv: un fichier a une description en français et en anglais : écrivez-la dans src/trophees/portals.ttl, ou en tête de la requête du tableau [shapes:catalog-file-description]
#! catalog#tools.csv: un fichier a une description en français et en anglais : écrivez-la dans src/trophees/portals.ttl, ou en tête de la requête du tableau ; valeur « eine andere Beschreibung » [shapes:catalog-file-description]
#! catalog#tools.csv: un fichier a une description en français et en anglais : écrivez-la dans src/trophees/portals.ttl, ou en tête de la requête du tableau ; valeur « kurz » [shapes:catalog-file-description]
INSERT DATA { catalog:tools.csv dcterms:description "kurz"@de, "eine andere Beschreibung"@de }
