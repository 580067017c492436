#! warning dcterms:modified SPARQL — catalog#tools.csv: data.gouv.fr écarte une date à venir : attendez ce jour, ou corrigez modifié_le dans data/dataset/ ; valeur « 2999-01-01 » [shapes:catalog-not-in-future]
DELETE { catalog:tools.csv dcterms:modified ?o } INSERT { catalog:tools.csv dcterms:modified "2999-01-01"^^xsd:date } WHERE { catalog:tools.csv dcterms:modified ?o }
