#! error dcterms:modified MinCount — dataset/trophees: une date de modification est attendue : corrigez modifié_le dans data/dataset/ [shapes:catalog-modified]
DELETE WHERE { dataset:trophees dcterms:modified ?o }
