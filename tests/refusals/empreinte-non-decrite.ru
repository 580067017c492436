#! error spdx:checksum Class — catalog#tools.csv: une empreinte est attendue ; valeur « catalog#x » [shapes:catalog-checksum]
#! error spdx:checksum MaxCount — catalog#tools.csv: une empreinte est attendue [shapes:catalog-checksum]
INSERT DATA { catalog:tools.csv spdx:checksum catalog:x }
