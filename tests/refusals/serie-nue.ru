#! error dcat:contactPoint MinCount — catalog#series: un point de contact décrit est attendu : rétablissez catalog:contact dans src/trophees/publish/portals.ttl [shapes:catalog-contact]
#! error dcat:first MinCount — catalog#series: une série a une première édition : ajoutez sa fiche dans data/dataset/ [shapes:catalog-series-ends]
#! error dcterms:description MinCount — catalog#series: une description de 100 à 5000 caractères, en français et en anglais, est attendue : reprenez description dans data/dataset/, ou dcterms:description dans src/trophees/publish/portals.ttl [shapes:catalog-description]
#! error dcterms:title MinCount — catalog#series: un intitulé en français et un en anglais sont attendus : complétez intitulé dans data/dataset/, ou dcterms:title dans src/trophees/publish/portals.ttl [shapes:catalog-title]
DELETE { catalog:series ?p ?o } WHERE { catalog:series ?p ?o . FILTER(?p != rdf:type) }
