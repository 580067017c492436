#! error dcat:servesDataset MinCount — catalog#sparql: un point d’accès sert un jeu de données : ajoutez sa fiche dans data/dataset/ [shapes:catalog-serves]
DELETE WHERE { catalog:sparql dcat:servesDataset ?o }
