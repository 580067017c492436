#! dataset/2020: une page d'accueil est attendue [shapes:catalog-page]
#! dataset/2020: une page d'accueil est attendue ; valeur « https://example.org/ » [shapes:catalog-page]
INSERT DATA { dataset:2020 dcat:landingPage "https://example.org/" }
