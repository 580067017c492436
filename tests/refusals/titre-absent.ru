#! error dcterms:title MinCount — dataset/trophees: un intitulé en français et un en anglais sont attendus : complétez intitulé dans data/dataset/, ou dcterms:title dans src/trophees/publish/portals.ttl [shapes:catalog-title]
DELETE WHERE { dataset:trophees dcterms:title ?o }
