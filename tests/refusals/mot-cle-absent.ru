#! error dcat:keyword MinCount — dataset/trophees: un mot-clé compte de 2 à 100 lettres, chiffres, espaces, tirets ou points, sans apostrophe ni virgule, sinon CKAN refuse tout : reprenez mots_clés dans data/dataset/ [shapes:catalog-keyword]
DELETE WHERE { dataset:trophees dcat:keyword ?o }
