#! error dcat:distribution MinCount — dataset/trophees: un fichier décrit est attendu [shapes:catalog-files]
DELETE WHERE { dataset:trophees dcat:distribution ?o }
