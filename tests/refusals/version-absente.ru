#! dataset/2020: une version, et une seule, est attendue : corrigez version dans data/dataset/ [shapes:catalog-version]
DELETE WHERE { dataset:2020 dcat:version ?o }
