#! warning foaf:homepage MinCount — catalog: l’adresse du site est un exemple que personne ne peut ouvrir : donnez la vraie par --site-url, TROPHEES_SITE_URL ou site-url sous [tool.trophees] dans pyproject.toml [shapes:catalog-address]
DELETE WHERE { trophees:catalog foaf:homepage ?o }
