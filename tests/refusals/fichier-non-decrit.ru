#! error dcat:distribution Class — dataset/trophees: un fichier décrit est attendu ; valeur « catalog#x.csv » [shapes:catalog-files]
INSERT DATA { dataset:trophees dcat:distribution catalog:x.csv }
