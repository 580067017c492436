#! error dcat:landingPage MinCount — dataset/trophees: une page d’accueil est attendue [shapes:catalog-page]
DELETE WHERE { dataset:trophees dcat:landingPage ?o }
