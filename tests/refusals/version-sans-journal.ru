#! warning adms:versionNotes MinCount — dataset/trophees: la version n’est pas dans le journal : ajoutez son titre « ## 2020.2 — date » et ses changements à CHANGELOG.md [shapes:catalog-version-notes]
DELETE WHERE { dataset:trophees adms:versionNotes ?o }
