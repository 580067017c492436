#! error dcterms:accrualPeriodicity MinCount — dataset/trophees: une fréquence décrite est attendue : rétablissez frequency:IRREG dans src/trophees/publish/portals.ttl [shapes:catalog-frequency]
DELETE WHERE { dataset:trophees dcterms:accrualPeriodicity ?o }
