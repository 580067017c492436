#! error dcterms:modified MaxCount — dataset/trophees: une date de modification est attendue : corrigez modifié_le dans data/dataset/ [shapes:catalog-modified]
#! warning dcterms:modified SPARQL — dataset/trophees: data.gouv.fr écarte une date à venir : attendez ce jour, ou corrigez modifié_le dans data/dataset/ ; valeur « 2998-01-01 » [shapes:catalog-not-in-future]
INSERT DATA { dataset:trophees dcterms:modified "2998-01-01"^^xsd:date }
