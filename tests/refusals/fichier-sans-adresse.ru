#! error dcat:accessURL MinCount — catalog#tools.csv: une adresse, la même pour l’accès et le téléchargement, est attendue [shapes:catalog-access-url]
DELETE { catalog:tools.csv ?p ?o } WHERE { catalog:tools.csv ?p ?o . FILTER(?p IN (dcat:accessURL, dcat:downloadURL)) }
