#! error dcterms:issued MinCount — dataset/trophees: une date de publication qui ne suit pas celle de modification est attendue : corrigez publié_le dans data/dataset/ [shapes:catalog-issued]
#! error dcterms:modified Datatype — dataset/trophees: une date de modification est attendue : corrigez modifié_le dans data/dataset/ ; valeur « 1999 » [shapes:catalog-modified]
DELETE { dataset:trophees dcterms:issued ?i ; dcterms:modified ?m } INSERT { dataset:trophees dcterms:modified "1999" } WHERE { dataset:trophees dcterms:issued ?i ; dcterms:modified ?m }
