#! error dcat:accessService MaxCount — catalog#tools.csv: data.gouv.fr ne prend plus le point d’accès SPARQL pour une API si un fichier le nomme : retirez dcat:accessService [shapes:catalog-no-service]
INSERT DATA { catalog:tools.csv dcat:accessService catalog:sparql }
