#! error dcterms:rights MinCount — catalog#tools.csv: des droits décrits sont attendus : rétablissez access-right:PUBLIC dans src/trophees/portals.ttl [shapes:catalog-rights]
DELETE WHERE { catalog:tools.csv dcterms:rights ?o }
