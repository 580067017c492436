#! error dcat:byteSize MinCount — catalog#tools.csv: un fichier vide ne sert à personne : voyez pourquoi il l’est [shapes:catalog-size]
DELETE WHERE { catalog:tools.csv dcat:byteSize ?o }
