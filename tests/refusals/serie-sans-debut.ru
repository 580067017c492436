#! error dcat:first MinCount — catalog#series: une série a une première édition : ajoutez sa fiche dans data/dataset/ [shapes:catalog-series-ends]
DELETE WHERE { catalog:series dcat:first ?o }
