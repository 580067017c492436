#! dataset/2020: une date de publication qui ne suit pas celle de modification est attendue : corrigez publié_le dans data/dataset/ [shapes:catalog-issued]
#! dataset/2020: une date de modification est attendue : corrigez modifié_le dans data/dataset/ ; valeur « 1999 » [shapes:catalog-modified]
DELETE { dataset:2020 dcterms:issued ?i ; dcterms:modified ?m } INSERT { dataset:2020 dcterms:modified "1999" } WHERE { dataset:2020 dcterms:issued ?i ; dcterms:modified ?m }
