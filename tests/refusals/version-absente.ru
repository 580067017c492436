#! error dcat:version MinCount — dataset/trophees: une version, et une seule, est attendue : corrigez version dans data/dataset/ [shapes:catalog-version]
DELETE WHERE { dataset:trophees dcat:version ?o }
