#! dataset/2020: une fréquence décrite est attendue : rétablissez frequency:NOT_PLANNED dans src/trophees/portals.ttl [shapes:catalog-frequency]
#! dataset/2020: une fréquence décrite est attendue : rétablissez frequency:NOT_PLANNED dans src/trophees/portals.ttl ; valeur « http://publications.europa.eu/resource/authority/frequency/ANNUAL » [shapes:catalog-frequency]
INSERT DATA { dataset:2020 dcterms:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> }
