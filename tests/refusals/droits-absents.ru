#! error dcterms:rights MinCount — catalog#tools.csv: des droits décrits sont attendus : rétablissez access-right:PUBLIC dans src/trophees/publish/portals.ttl [shapes:catalog-rights]
DELETE WHERE { catalog:tools.csv dcterms:rights ?o }
