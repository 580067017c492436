"""What the endpoint says of itself: a SPARQL 1.1 Service Description, and VoID where the site has none of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import RdfFormat, parse, serialize

from trophees.ask.results import RDF
from trophees.base.namespaces import RDFS, SHACL, XSD

_PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "dcterms": "http://purl.org/dc/terms/",
    "formats": "http://www.w3.org/ns/formats/",
    "rdfs": RDFS,
    "sh": SHACL,
    "xsd": XSD,
}
_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def service(
    endpoint: str,
    graphs: Mapping[str, int],
    services: Sequence[str],
    form: str,
    *,
    prefixes: Mapping[str, str] | None = None,
    beside: Sequence[str] = (),
) -> bytes:
    """The description of the service at `endpoint` over `graphs`, in the RDF format `form`.

    `prefixes` need no declaration in a query; the documents at the addresses `beside` tell more.

    `graphs` has the number of triples of each graph by its IRI, that of their union under the empty name; where the
    graphs are another endpoint's it is empty, and nothing is said of them, nor of what that endpoint can do.
    """
    if not graphs:
        return _written([f"<{endpoint}#service> a sd:Service ; sd:endpoint <{endpoint}> ."], form)
    features = ["sd:UnionDefaultGraph", *(["sd:BasicFederatedQuery"] if services else [])]
    lines = [
        f"<{endpoint}#service> a sd:Service ; sd:endpoint <{endpoint}> ; sd:supportedLanguage sd:SPARQL11Query ;",
        f"  sd:resultFormat {', '.join(f'formats:{name}' for name in _FORMATS)} ; sd:feature {', '.join(features)} ;",
        "  sd:defaultEntailmentRegime <http://www.w3.org/ns/entailment/Simple> .",
        *(f"<{endpoint}#service> rdfs:seeAlso <{document}> ." for document in beside),
    ]
    for name, namespace in (prefixes or {}).items():
        lines += [
            f"<{endpoint}#service> sh:declare <{endpoint}#prefix-{name}> .",
            f'<{endpoint}#prefix-{name}> sh:prefix "{name}" ; sh:namespace "{namespace}"^^xsd:anyURI .',
        ]
    lines += [
        f"<{endpoint}#service> sd:defaultDataset <{endpoint}#dataset> .",
        f"<{endpoint}#dataset> a sd:Dataset ; sd:defaultGraph <{endpoint}#default> .",
        f"<{endpoint}#default> a sd:Graph ; void:triples {graphs['']} .",
    ]
    for number, (name, triples) in enumerate(sorted(item for item in graphs.items() if item[0]), 1):
        lines += [
            f"<{endpoint}#dataset> sd:namedGraph <{endpoint}#named-{number}> .",
            f"<{endpoint}#named-{number}> a sd:NamedGraph ; sd:name <{name}> ; sd:graph <{endpoint}#graph-{number}> .",
            f"<{endpoint}#graph-{number}> a sd:Graph ; void:triples {triples} .",
        ]
    return _written(lines, form)


def void(site: str, endpoint: str, triples: int | None, dumps: Sequence[str], form: str) -> bytes:
    """A VoID description of the graph that `endpoint` answers from, and of the addresses of its `dumps`.

    Nothing is said of the number of its `triples` if that is not known.
    """
    lines = [f"<{site}void#dataset> a void:Dataset ; void:sparqlEndpoint <{endpoint}> ."]
    lines += [] if triples is None else [f"<{site}void#dataset> void:triples {triples} ."]
    lines += [f"<{site}void#dataset> void:dataDump <{dump}> ." for dump in dumps]
    return _written(lines, form)


def _written(lines: Sequence[str], form: str) -> bytes:
    head = [f"PREFIX {name}: <{iri}>" for name, iri in _PREFIXES.items()]
    triples = (quad.triple for quad in parse("\n".join([*head, *lines]), format=RdfFormat.TURTLE))
    names = _PREFIXES if form in ("ttl", "rdf") else None
    return serialize(triples, format=RDF[form], prefixes=names) or b""
