#! catalog#tools.csv: une empreinte est attendue [shapes:catalog-checksum]
#! catalog#tools.csv: une empreinte est attendue ; valeur « catalog#x » [shapes:catalog-checksum]
INSERT DATA { catalog:tools.csv spdx:checksum catalog:x }
