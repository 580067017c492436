#! error dcat:byteSize Datatype — catalog#tools.csv: un fichier vide ne sert à personne : voyez pourquoi il l’est ; valeur « 12.0 » [shapes:catalog-size]
#! error dcat:byteSize MaxCount — catalog#tools.csv: un fichier vide ne sert à personne : voyez pourquoi il l’est [shapes:catalog-size]
INSERT DATA { catalog:tools.csv dcat:byteSize 12.0 }
