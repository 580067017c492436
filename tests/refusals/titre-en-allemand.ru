#! error dcterms:title LanguageIn — catalog#series: un intitulé en français et un en anglais sont attendus : complétez intitulé dans data/dataset/, ou dcterms:title dans src/trophees/publish/portals.ttl ; valeur « a » [shapes:catalog-title]
#! error dcterms:title LanguageIn — catalog#series: un intitulé en français et un en anglais sont attendus : complétez intitulé dans data/dataset/, ou dcterms:title dans src/trophees/publish/portals.ttl ; valeur « b » [shapes:catalog-title]
#! error dcterms:title UniqueLang — catalog#series: un intitulé en français et un en anglais sont attendus : complétez intitulé dans data/dataset/, ou dcterms:title dans src/trophees/publish/portals.ttl [shapes:catalog-title]
INSERT DATA { catalog:series dcterms:title "a"@de, "b"@de }
