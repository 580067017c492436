#! error dcat:theme Class — catalog#sparql: un thème décrit de la table data-theme de l’Union européenne est attendu : rétablissez-le dans src/trophees/publish/portals.ttl ; valeur « http://publications.europa.eu/resource/authority/data-theme/TECH » [shapes:catalog-theme]
INSERT DATA { catalog:sparql dcat:theme <http://publications.europa.eu/resource/authority/data-theme/TECH> }
