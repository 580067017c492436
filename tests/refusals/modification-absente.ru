#! dataset/2020: une date de modification est attendue : corrigez modifié_le dans data/dataset/ [shapes:catalog-modified]
DELETE WHERE { dataset:2020 dcterms:modified ?o }
