#! error dcat:accessURL Equals — catalog#tools.csv: une adresse, la même pour l’accès et le téléchargement, est attendue ; valeur « https://example.org/tools.csv » [shapes:catalog-access-url]
#! error dcat:accessURL MaxCount — catalog#tools.csv: une adresse, la même pour l’accès et le téléchargement, est attendue [shapes:catalog-access-url]
#! error dcat:accessURL NodeKind — catalog#tools.csv: une adresse, la même pour l’accès et le téléchargement, est attendue ; valeur « https://example.org/tools.csv » [shapes:catalog-access-url]
INSERT DATA { catalog:tools.csv dcat:accessURL "https://example.org/tools.csv" }
