#! error dcterms:temporal MinCount — dataset/trophees: une période sans IRI est attendue, car data.gouv.fr irait la chercher : la fiche se nomme par l'année de l'édition, data/dataset/2020.yaml [shapes:catalog-period]
DELETE WHERE { dataset:trophees dcterms:temporal ?o }
