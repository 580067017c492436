#! dataset/2020: un fichier décrit est attendu [shapes:catalog-files]
DELETE WHERE { dataset:2020 dcat:distribution ?o }
