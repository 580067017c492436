#! error spdx:checksumValue Datatype — catalog#tools.csv-sha512: une empreinte sha512 de 128 chiffres hexadécimaux est attendue ; valeur « abcd » [shapes:catalog-digest]
#! error spdx:checksumValue Pattern — catalog#tools.csv-sha512: une empreinte sha512 de 128 chiffres hexadécimaux est attendue ; valeur « abcd » [shapes:catalog-digest]
DELETE { catalog:tools.csv-sha512 spdx:checksumValue ?o } INSERT { catalog:tools.csv-sha512 spdx:checksumValue "abcd" } WHERE { catalog:tools.csv-sha512 spdx:checksumValue ?o }
