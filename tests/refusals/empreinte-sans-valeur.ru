#! error spdx:checksumValue MinCount — catalog#tools.csv-sha512: une empreinte sha512 de 128 chiffres hexadécimaux est attendue [shapes:catalog-digest]
DELETE WHERE { catalog:tools.csv-sha512 spdx:checksumValue ?o }
