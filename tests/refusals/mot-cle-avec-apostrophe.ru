#! error dcat:keyword Pattern — dataset/trophees: un mot-clé compte de 2 à 100 lettres, chiffres, espaces, tirets ou points, sans apostrophe ni virgule, sinon CKAN refuse tout : reprenez mots_clés dans data/dataset/ ; valeur « point d'accès » [shapes:catalog-keyword]
INSERT DATA { dataset:trophees dcat:keyword "point d'accès"@fr }
