#! dataset/2020: un fichier décrit est attendu ; valeur « catalog#x.csv » [shapes:catalog-files]
INSERT DATA { dataset:2020 dcat:distribution catalog:x.csv }
