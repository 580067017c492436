#! dataset/2020: une version, et une seule, est attendue : corrigez version dans data/dataset/ [shapes:catalog-version]
INSERT DATA { dataset:2020 dcat:version "2020.0" }
