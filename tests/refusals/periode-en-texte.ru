#! error dcat:endDate Datatype — dcterms:PeriodOfTime: une date de fin est attendue ; valeur « 2020 » [shapes:catalog-end]
#! error dcat:endDate MaxCount — dcterms:PeriodOfTime: une date de fin est attendue [shapes:catalog-end]
#! error dcat:startDate Datatype — dcterms:PeriodOfTime: un début et une fin, dans l’ordre, sont attendus ; valeur « 2020 » [shapes:catalog-start]
#! error dcat:startDate LessThanOrEquals — dcterms:PeriodOfTime: un début et une fin, dans l’ordre, sont attendus ; valeur « 2020 » [shapes:catalog-start]
#! error dcat:startDate LessThanOrEquals — dcterms:PeriodOfTime: un début et une fin, dans l’ordre, sont attendus ; valeur « 2020-01-01 » [shapes:catalog-start]
#! error dcat:startDate MaxCount — dcterms:PeriodOfTime: un début et une fin, dans l’ordre, sont attendus [shapes:catalog-start]
DELETE { ?p dcat:startDate ?start ; dcat:endDate ?end }
INSERT { ?p dcat:startDate "2020" , "2020-01-01"^^xsd:date ; dcat:endDate "2020" , "2020-12-31"^^xsd:date }
WHERE { ?p a dcterms:PeriodOfTime ; dcat:startDate ?start ; dcat:endDate ?end }
