#! error spdx:algorithm HasValue — catalog#tools.csv-sha512: data.gouv.fr refuse le jeu de données si l’algorithme est md5, sha1 ou sha256 : gardez sha512 [shapes:catalog-algorithm]
DELETE { catalog:tools.csv-sha512 spdx:algorithm ?o } INSERT { catalog:tools.csv-sha512 spdx:algorithm spdx:checksumAlgorithm_sha256 } WHERE { catalog:tools.csv-sha512 spdx:algorithm ?o }
