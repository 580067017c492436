"""The queries of the cookbook and the prefixes, in the forms that programs look for, which write queries. Pure.

A query is a `sh:SPARQLExecutable` with its question in both languages, as in SIB's collection of examples; the
prefixes are declared with `sh:declare` (SHACL, section 5.2.1), which each query names with `sh:prefixes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Store, Triple

from trophees.ask import cookbook
from trophees.base.context import Context
from trophees.base.namespaces import BASE, RDF_TYPE, RDFS, SCHEMA, SHACL, XSD
from trophees.hosting.settings import Hosting
from trophees.publish.catalogue import in_order
from trophees.publish.turtle import encode

NAME = "sparql-examples"
FILE = f"{NAME}.ttl"
PREFIXES = NamedNode(f"{BASE}{NAME}#prefixes")
_COMMENT = NamedNode(RDFS + "comment")
_WRITTEN = {"rdfs": RDFS, "schema": SCHEMA, "sh": SHACL, "xsd": XSD}  # the names in which the file speaks


def describe(context: Context, endpoint: str) -> list[Triple]:
    """Every query, for `endpoint` if there is one, and every prefix of `context`."""
    return [
        *declared(context.prefixes),
        *(t for query in cookbook.queries().values() for t in _told(query, endpoint, context)),
    ]


def declared(prefixes: Mapping[str, str]) -> Iterator[Triple]:
    """What declares `prefixes`, each once, as `sh:prefixes` finds them."""
    for name, namespace in sorted(prefixes.items()):
        node = NamedNode(f"{BASE}{NAME}#prefix-{name}")
        yield Triple(PREFIXES, _sh("declare"), node)
        yield Triple(node, RDF_TYPE, _sh("PrefixDeclaration"))
        yield Triple(node, _sh("prefix"), Literal(name))
        yield Triple(node, _sh("namespace"), Literal(namespace, datatype=NamedNode(XSD + "anyURI")))


def document(context: Context, hosting: Hosting) -> bytes:
    """The file, in Turtle; sorted."""
    said = in_order(describe(context, hosting.sparql))
    return encode(said, RdfFormat.TURTLE, Context({"@context": {"@vocab": BASE, **_WRITTEN}}))


def _told(query: cookbook.Query, endpoint: str, context: Context) -> Iterator[Triple]:
    """The query of that name, with the defaults of its parameters, as any tool can ask it."""
    node = NamedNode(f"{BASE}{NAME}#{query.name}")
    form = _form(query.text)
    yield Triple(node, RDF_TYPE, _sh("SPARQLExecutable"))
    yield Triple(node, RDF_TYPE, _sh(f"SPARQL{form.capitalize()}Executable"))
    yield Triple(node, _sh(form), Literal(cookbook.standalone(query, "fr", context)))
    yield Triple(node, _sh("prefixes"), PREFIXES)
    for language, text in query.summary.items():
        yield Triple(node, _COMMENT, Literal(text, language=language))
    for language, text in cookbook.SUBJECTS[query.subject].items():
        yield Triple(node, NamedNode(SCHEMA + "keywords"), Literal(text, language=language))
    if endpoint:
        yield Triple(node, NamedNode(SCHEMA + "target"), NamedNode(endpoint))


@cache
def _form(text: str) -> str:
    found = Store().query(text)
    return "select" if isinstance(found, QuerySolutions) else "ask" if isinstance(found, QueryBoolean) else "construct"


def _sh(name: str) -> NamedNode:
    return NamedNode(SHACL + name)
