#! error dcterms:issued Datatype — dataset/trophees: une date de publication qui ne suit pas celle de modification est attendue : corrigez publié_le dans data/dataset/ ; valeur « novembre » [shapes:catalog-issued]
#! error dcterms:issued LessThanOrEquals — dataset/trophees: une date de publication qui ne suit pas celle de modification est attendue : corrigez publié_le dans data/dataset/ ; valeur « novembre » [shapes:catalog-issued]
#! error dcterms:issued MaxCount — dataset/trophees: une date de publication qui ne suit pas celle de modification est attendue : corrigez publié_le dans data/dataset/ [shapes:catalog-issued]
INSERT DATA { dataset:trophees dcterms:issued "novembre" }
