#! error dcterms:rights Class — catalog#tools.csv: des droits décrits sont attendus : rétablissez access-right:PUBLIC dans src/trophees/publish/portals.ttl ; valeur « https://example.org/droits » [shapes:catalog-rights]
INSERT DATA { catalog:tools.csv dcterms:rights <https://example.org/droits> }
