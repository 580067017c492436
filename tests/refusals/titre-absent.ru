#! dataset/2020: un intitulé en français et un en anglais sont attendus : complétez intitulé dans data/dataset/, ou dcterms:title dans src/trophees/portals.ttl [shapes:catalog-title]
DELETE WHERE { dataset:2020 dcterms:title ?o }
