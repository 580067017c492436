#! error dcterms:issued MinCount — dataset/trophees: une date de publication qui ne suit pas celle de modification est attendue : corrigez publié_le dans data/dataset/ [shapes:catalog-issued]
DELETE WHERE { dataset:trophees dcterms:issued ?o }
