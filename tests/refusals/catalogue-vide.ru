#! error dcat:dataset MinCount — catalog: un jeu de données est attendu : ajoutez sa fiche dans data/dataset/ [shapes:catalog-datasets]
DELETE WHERE { trophees:catalog dcat:dataset ?o }
