#! error dcat:landingPage MaxCount — dataset/trophees: une page d’accueil est attendue [shapes:catalog-page]
#! error dcat:landingPage NodeKind — dataset/trophees: une page d’accueil est attendue ; valeur « https://example.org/ » [shapes:catalog-page]
INSERT DATA { dataset:trophees dcat:landingPage "https://example.org/" }
