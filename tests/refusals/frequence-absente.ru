#! dataset/2020: une fréquence décrite est attendue : rétablissez frequency:NOT_PLANNED dans src/trophees/portals.ttl [shapes:catalog-frequency]
DELETE WHERE { dataset:2020 dcterms:accrualPeriodicity ?o }
