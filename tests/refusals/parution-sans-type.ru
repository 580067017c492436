#! dataset/2020: une date de publication qui ne suit pas celle de modification est attendue : corrigez publié_le dans data/dataset/ [shapes:catalog-issued]
#! dataset/2020: une date de publication qui ne suit pas celle de modification est attendue : corrigez publié_le dans data/dataset/ ; valeur « novembre » [shapes:catalog-issued]
INSERT DATA { dataset:2020 dcterms:issued "novembre" }
