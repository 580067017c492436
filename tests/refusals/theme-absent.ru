#! error dcat:theme MinCount — dataset/trophees: un thème décrit de la table data-theme de l’Union européenne est attendu : rétablissez-le dans src/trophees/publish/portals.ttl [shapes:catalog-theme]
DELETE WHERE { dataset:trophees dcat:theme ?o }
