#! error dcat:endpointURL MaxCount — catalog#sparql: une adresse est attendue : corrigez sparql-endpoint [shapes:catalog-endpoint]
#! error dcat:endpointURL NodeKind — catalog#sparql: une adresse est attendue : corrigez sparql-endpoint ; valeur « https://example.org/sparql » [shapes:catalog-endpoint]
INSERT DATA { catalog:sparql dcat:endpointURL "https://example.org/sparql" }
