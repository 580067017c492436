#! error dcat:endpointURL MinCount — catalog#sparql: une adresse est attendue : corrigez sparql-endpoint [shapes:catalog-endpoint]
DELETE WHERE { catalog:sparql dcat:endpointURL ?o }
