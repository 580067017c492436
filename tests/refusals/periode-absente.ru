#! error dcterms:temporal MinCount — dataset/trophees: une période sans IRI est attendue, car data.gouv.fr irait la chercher : elle va de la première à la dernière année des fiches de data/edition/ [shapes:catalog-period]
DELETE WHERE { dataset:trophees dcterms:temporal ?o }
