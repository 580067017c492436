#! error dcterms:description MinCount — catalog: une description de 100 à 5000 caractères, en français et en anglais, est attendue : reprenez description dans data/dataset/, ou dcterms:description dans src/trophees/publish/portals.ttl [shapes:catalog-description]
DELETE { trophees:catalog dcterms:description ?o } WHERE { trophees:catalog dcterms:description ?o . FILTER(LANG(?o) = "en") }
