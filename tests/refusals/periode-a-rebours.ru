#! error dcat:startDate LessThanOrEquals — dcterms:PeriodOfTime: un début et une fin, dans l’ordre, sont attendus ; valeur « 2100-01-01 » [shapes:catalog-start]
#! error dcat:startDate MaxCount — dcterms:PeriodOfTime: un début et une fin, dans l’ordre, sont attendus [shapes:catalog-start]
INSERT { ?p dcat:startDate "2100-01-01"^^xsd:date } WHERE { ?p a dcterms:PeriodOfTime }
