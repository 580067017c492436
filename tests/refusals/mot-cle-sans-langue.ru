#! error dcat:keyword Datatype — dataset/trophees: un mot-clé compte de 2 à 100 lettres, chiffres, espaces, tirets ou points, sans apostrophe ni virgule, sinon CKAN refuse tout : reprenez mots_clés dans data/dataset/ ; valeur « participation » [shapes:catalog-keyword]
INSERT DATA { dataset:trophees dcat:keyword "participation" }
