#! dataset/2020: une page d'accueil est attendue [shapes:catalog-page]
DELETE WHERE { dataset:2020 dcat:landingPage ?o }
