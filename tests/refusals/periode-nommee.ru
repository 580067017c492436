#! dataset/2020: une période sans IRI est attendue, car data.gouv.fr irait la chercher : la fiche se nomme par l'année de l'édition, data/dataset/2020.yaml [shapes:catalog-period]
#! dataset/2020: une période sans IRI est attendue, car data.gouv.fr irait la chercher : la fiche se nomme par l'année de l'édition, data/dataset/2020.yaml ; valeur « http://reference.data.gouv.fr/id/year/2020 » [shapes:catalog-period]
INSERT DATA { dataset:2020 dcterms:temporal <http://reference.data.gouv.fr/id/year/2020> }
