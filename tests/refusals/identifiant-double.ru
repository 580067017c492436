#! error dcterms:identifier Datatype — catalog#sparql: un identifiant, et un seul, est attendu : sans lui data.gouv.fr passe, avec un autre il crée un doublon ; rétablissez dcterms:identifier ; valeur « 2020 » [shapes:catalog-identifier]
#! error dcterms:identifier MaxCount — catalog#sparql: un identifiant, et un seul, est attendu : sans lui data.gouv.fr passe, avec un autre il crée un doublon ; rétablissez dcterms:identifier [shapes:catalog-identifier]
INSERT DATA { catalog:sparql dcterms:identifier 2020 }
