#! error dcat:startDate MinCount — dcterms:PeriodOfTime: un début et une fin, dans l’ordre, sont attendus [shapes:catalog-start]
DELETE { ?p dcat:startDate ?o } WHERE { ?p dcat:startDate ?o }
