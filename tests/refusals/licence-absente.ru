#! error dcterms:license MinCount — catalog#tools.csv: une licence, et une seule, que les portails reconnaissent est attendue : corrigez licence dans data/dataset/, ou décrivez-la dans src/trophees/publish/portals.ttl (dcterms:LicenseDocument, rdfs:label) [shapes:catalog-licence]
DELETE WHERE { catalog:tools.csv dcterms:license ?o }
