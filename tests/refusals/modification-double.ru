#! dataset/2020: une date de modification est attendue : corrigez modifié_le dans data/dataset/ [shapes:catalog-modified]
#! dataset/2020: data.gouv.fr écarte une date à venir : attendez ce jour, ou corrigez modifié_le dans data/dataset/ ; valeur « 2998-01-01 » [shapes:catalog-not-in-future]
INSERT DATA { dataset:2020 dcterms:modified "2998-01-01"^^xsd:date }
