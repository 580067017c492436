#! error dcat:dataset MinCount — catalog: un jeu de données est attendu : ajoutez sa fiche dans data/dataset/ [shapes:catalog-datasets]
#! error dcterms:description MinCount — catalog: une description de 100 à 5000 caractères, en français et en anglais, est attendue : reprenez description dans data/dataset/, ou dcterms:description dans src/trophees/publish/portals.ttl [shapes:catalog-description]
#! error dcterms:issued MinCount — catalog: une date de publication qui ne suit pas celle de modification est attendue : corrigez publié_le dans data/dataset/ [shapes:catalog-issued]
#! error dcterms:license MinCount — catalog: une licence, et une seule, que les portails reconnaissent est attendue : corrigez licence dans data/dataset/, ou décrivez-la dans src/trophees/publish/portals.ttl (dcterms:LicenseDocument, rdfs:label) [shapes:catalog-licence]
#! error dcterms:modified MinCount — catalog: une date de modification est attendue : corrigez modifié_le dans data/dataset/ [shapes:catalog-modified]
#! error dcterms:publisher MinCount — catalog: un éditeur décrit est attendu : corrigez éditeur dans data/dataset/, ou décrivez-le dans src/trophees/publish/portals.ttl (foaf:Agent, foaf:name) [shapes:catalog-publisher]
#! error dcterms:title MinCount — catalog: un intitulé en français et un en anglais sont attendus : complétez intitulé dans data/dataset/, ou dcterms:title dans src/trophees/publish/portals.ttl [shapes:catalog-title]
#! warning foaf:homepage MinCount — catalog: l’adresse du site est un exemple que personne ne peut ouvrir : donnez la vraie par --site-url, TROPHEES_SITE_URL ou site-url sous [tool.trophees] dans pyproject.toml [shapes:catalog-address]
DELETE { trophees:catalog ?p ?o } WHERE { trophees:catalog ?p ?o . FILTER(?p != rdf:type) }
