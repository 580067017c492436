#! error dcat:version MaxCount — dataset/trophees: une version, et une seule, est attendue : corrigez version dans data/dataset/ [shapes:catalog-version]
INSERT DATA { dataset:trophees dcat:version "2020.0" }
