"""The names of terms of common vocabularies that the graph uses, and does not name itself."""

from __future__ import annotations

from trophees.base.language import Both
from trophees.base.namespaces import DCAT, DCTERMS, FOAF, IGEO, OA, OWL, RDF, RDFS, SKOS

NAMES = {
    RDF + "type": Both("nature", "type"),
    RDFS + "comment": Both("commentaire", "comment"),
    RDFS + "label": Both("libellé", "label"),
    RDFS + "seeAlso": Both("voir aussi", "see also"),
    SKOS + "Concept": Both("concept", "concept"),
    SKOS + "ConceptScheme": Both("vocabulaire", "vocabulary"),
    SKOS + "altLabel": Both("autre nom", "other name"),
    SKOS + "broadMatch": Both("équivalent plus large", "broader match"),
    SKOS + "broader": Both("concept plus large", "broader concept"),
    SKOS + "closeMatch": Both("équivalent proche", "close match"),
    SKOS + "definition": Both("définition", "definition"),
    SKOS + "exactMatch": Both("équivalent exact", "exact match"),
    SKOS + "inScheme": Both("vocabulaire", "vocabulary"),
    SKOS + "narrower": Both("concept plus étroit", "narrower concept"),
    SKOS + "prefLabel": Both("nom", "name"),
    SKOS + "scopeNote": Both("note d’usage", "scope note"),
    DCTERMS + "description": Both("description", "description"),
    DCTERMS + "isReplacedBy": Both("remplacé par", "replaced by"),
    DCTERMS + "issued": Both("publication", "issued"),
    DCTERMS + "license": Both("licence", "licence"),
    DCTERMS + "modified": Both("modification", "modified"),
    DCTERMS + "publisher": Both("éditeur", "publisher"),
    DCTERMS + "rights": Both("mention", "attribution"),
    DCTERMS + "title": Both("intitulé", "title"),
    DCAT + "Dataset": Both("jeu de données", "dataset"),
    DCAT + "keyword": Both("mot clé", "keyword"),
    DCAT + "previousVersion": Both("version précédente", "previous version"),
    DCAT + "version": Both("version", "version"),
    FOAF + "homepage": Both("site", "website"),
    IGEO + "codeINSEE": Both("code INSEE", "INSEE code"),
    IGEO + "nom": Both("nom", "name"),
    IGEO + "subdivisionDe": Both("subdivision de", "subdivision of"),
    OA + "TextQuoteSelector": Both("passage de la source", "passage of the source"),
    OA + "exact": Both("mots exacts", "exact words"),
    OA + "hasSelector": Both("passage", "passage"),
    OWL + "deprecated": Both("retiré", "deprecated"),
}
