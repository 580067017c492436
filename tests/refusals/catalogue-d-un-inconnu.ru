#! error dcat:dataset Class — catalog: un jeu de données est attendu : ajoutez sa fiche dans data/dataset/ ; valeur « dataset/1999 » [shapes:catalog-datasets]
INSERT DATA { trophees:catalog dcat:dataset dataset:1999 }
