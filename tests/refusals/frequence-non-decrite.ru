#! error dcterms:accrualPeriodicity Class — dataset/trophees: une fréquence décrite est attendue : rétablissez frequency:IRREG dans src/trophees/publish/portals.ttl ; valeur « http://publications.europa.eu/resource/authority/frequency/BIENNIAL » [shapes:catalog-frequency]
#! error dcterms:accrualPeriodicity MaxCount — dataset/trophees: une fréquence décrite est attendue : rétablissez frequency:IRREG dans src/trophees/publish/portals.ttl [shapes:catalog-frequency]
INSERT DATA { dataset:trophees dcterms:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/BIENNIAL> }
