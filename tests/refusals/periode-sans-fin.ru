#! error dcat:endDate MinCount — dcterms:PeriodOfTime: une date de fin est attendue [shapes:catalog-end]
DELETE { ?p dcat:endDate ?o } WHERE { ?p dcat:endDate ?o }
