#! error dcat:first Class — catalog#series: une série a une première édition : ajoutez sa fiche dans data/dataset/ ; valeur « dataset/1999 » [shapes:catalog-series-ends]
INSERT DATA { catalog:series dcat:first dataset:1999 }
