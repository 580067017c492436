#! error dcterms:identifier MinCount — dataset/trophees: un identifiant, et un seul, est attendu : sans lui data.gouv.fr passe, avec un autre il crée un doublon ; rétablissez dcterms:identifier [shapes:catalog-identifier]
DELETE WHERE { dataset:trophees dcterms:identifier ?o }
