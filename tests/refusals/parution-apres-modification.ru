#! dataset/2020: une date de publication qui ne suit pas celle de modification est attendue : corrigez publié_le dans data/dataset/ ; valeur « 2998-01-01 » [shapes:catalog-issued]
DELETE { dataset:2020 dcterms:issued ?o } INSERT { dataset:2020 dcterms:issued "2998-01-01"^^xsd:date } WHERE { dataset:2020 dcterms:issued ?o }
