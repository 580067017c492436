#! error spdx:checksum MinCount — catalog#tools.csv: une empreinte est attendue [shapes:catalog-checksum]
DELETE WHERE { catalog:tools.csv spdx:checksum ?o }
