#! error dcat:byteSize MinInclusive — catalog#tools.csv: un fichier vide ne sert à personne : voyez pourquoi il l’est ; valeur « 0 » [shapes:catalog-size]
DELETE { catalog:tools.csv dcat:byteSize ?o } INSERT { catalog:tools.csv dcat:byteSize "0"^^xsd:nonNegativeInteger } WHERE { catalog:tools.csv dcat:byteSize ?o }
