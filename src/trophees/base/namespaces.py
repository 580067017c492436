"""The namespaces of the graph, and of the vocabularies that it uses."""

from __future__ import annotations

from pyoxigraph import NamedNode

from trophees.base.patterns import pattern

BASE = "https://w3id.org/trophees-participation/"
TP = BASE + "ontology#"
GRAPH = BASE + "graph/"

DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
IGEO = "http://rdf.insee.fr/def/geo#"
OA = "http://www.w3.org/ns/oa#"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SHACL = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
VOID = "http://rdfs.org/ns/void#"
VOID_EXT = "http://ldf.fi/void-ext#"
XSD = "http://www.w3.org/2001/XMLSchema#"

RDF_TYPE = NamedNode(RDF + "type")
CARRIER = BASE + "role/carrier"  # the role of those who carry out a process
_WORD = pattern("(?<=[a-z])(?=[A-Z])")


def file_name(cls: str) -> str:
    """The name of the files about the class `cls` of the ontology: its own, in kebab case."""
    return _WORD.sub("-", cls.removeprefix(TP)).lower()
