#! catalog#tools.csv: une adresse, la même pour l'accès et le téléchargement, est attendue [shapes:catalog-access-url]
#! catalog#tools.csv: une adresse, la même pour l'accès et le téléchargement, est attendue ; valeur « https://example.org/tools.csv » [shapes:catalog-access-url]
INSERT DATA { catalog:tools.csv dcat:accessURL "https://example.org/tools.csv" }
