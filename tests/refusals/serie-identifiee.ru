#! error dcterms:identifier MaxCount — catalog#series: data.gouv.fr prend une série qui a un identifiant pour un jeu de données sans fichiers : retirez dcterms:identifier [shapes:catalog-series-identifier]
INSERT DATA { catalog:series dcterms:identifier "https://example.org/serie" }
