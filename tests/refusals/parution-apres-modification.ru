#! error dcterms:issued LessThanOrEquals — dataset/trophees: une date de publication qui ne suit pas celle de modification est attendue : corrigez publié_le dans data/dataset/ ; valeur « 2998-01-01 » [shapes:catalog-issued]
DELETE { dataset:trophees dcterms:issued ?o } INSERT { dataset:trophees dcterms:issued "2998-01-01"^^xsd:date } WHERE { dataset:trophees dcterms:issued ?o }
