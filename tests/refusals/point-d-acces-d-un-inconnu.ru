#! error dcat:servesDataset Class — catalog#sparql: un point d’accès sert un jeu de données : ajoutez sa fiche dans data/dataset/ ; valeur « dataset/1999 » [shapes:catalog-serves]
INSERT DATA { catalog:sparql dcat:servesDataset dataset:1999 }
