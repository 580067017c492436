"""What each shape of a key accepts and refuses, said here a second time: values at the door of SHACL, one by one."""

from __future__ import annotations

from collections.abc import Iterator

import rdflib
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import RDF, SH
from rdflib.term import Node

from trophees.base.namespaces import BASE, DCTERMS, EDTF, RDF_TYPE, SKOS, TP, XSD
from trophees.base.rdflib_terms import Term, triple_back
from trophees.check.records import hierarchy
from trophees.check.shacl import SHAPES, PyShacl

Values = tuple[Term, ...]


def fr(text: str) -> Literal:
    return Literal(text, language="fr")


def en(text: str) -> Literal:
    return Literal(text, language="en")


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(datatype))


def integer(text: str) -> Literal:
    return typed(text, XSD + "integer")


def term(name: str) -> NamedNode:
    return NamedNode(BASE + name)


def texts(least: int, both: bool = False) -> list[tuple[Values, str]]:
    """A text in each language, of at least so many characters; `both` are needed."""
    short, long = "x" * (least - 1), "x" * max(least, 1)
    alone = "MinCount" if both else ""
    cases: list[tuple[Values, str]] = [
        ((fr(long), en(long)), ""),
        ((fr(long),), alone),
        ((en(long),), alone),
        ((fr(long), fr(long + "y")), "UniqueLang"),
        ((en(long), en(long + "y")), "UniqueLang"),
        ((fr(long), fr(long + "y"), en(long)), "UniqueLang"),
        ((fr(long), Literal(long, language="de")), "LanguageIn"),
        ((Literal(long), fr(long)), "Datatype LanguageIn"),
    ]
    if least > 0:
        cases += [((fr(short), en(long)), "MinLength"), ((fr(long), en(short)), "MinLength")]
    return cases


def bounds(least: int, most: int | None) -> list[tuple[Values, str]]:
    """An integer from `least` to `most`, once."""
    cases: list[tuple[Values, str]] = [
        ((integer(str(least)),), ""),
        ((integer(str(least - 1)),), "MinInclusive"),
        ((integer(str(least)), integer(str(least + 1))), "MaxCount"),
        ((Literal(str(least)),), "Datatype MinInclusive" if most is None else "Datatype MaxInclusive MinInclusive"),
    ]
    if most is None:
        return [*cases, ((integer("1000000"),), "")]
    return [*cases, ((integer(str(most)),), ""), ((integer(str(most + 1)),), "MaxInclusive")]


def one_of(*values: Term, least: int = 0) -> list[tuple[Values, str]]:
    """One of a closed list, once; `least` is 1 if it must be there."""
    wrong = term("status/none") if isinstance(values[0], NamedNode) else Literal("none")
    cases: list[tuple[Values, str]] = [((value,), "") for value in values]
    cases += [((wrong,), "In"), (values[:2], "MaxCount")]
    return cases + ([((), "MinCount")] if least else [])


def concepts(scheme: str, right: str, wrong: str = "none") -> list[tuple[Values, str]]:
    """One of the concepts of a closed list, which must be there; `wrong` are others of the vocabulary."""
    cases = one_of(*(term(f"{scheme}/{name}") for name in right.split()), least=1)
    return cases + [((term(f"{scheme}/{name}"),), "In") for name in wrong.split()]


def forms(right: str, wrong: str, datatype: str = XSD + "string", most: int = 1) -> list[tuple[Values, str]]:
    """Literals of `datatype`, as written between bars, of which a pattern takes some and refuses others."""
    cases: list[tuple[Values, str]] = [((typed(text, datatype),), "") for text in right.split("|")]
    cases += [((typed(text, datatype),), "Pattern") for text in wrong.split("|")]
    first = typed(right.split("|")[0], datatype)
    cases += [((typed(first.value + "\n", datatype),), "Pattern"), ((typed("\n" + first.value, datatype),), "Pattern")]
    if most:
        cases.append(((first, typed(right.split("|")[1], datatype)), "MaxCount"))
    return cases


def spoilt(*texts: str) -> str:
    """Each of `texts` with one of its characters made another one, between bars."""
    return "|".join(f"{text[:i]}_{text[i + 1 :]}" for text in texts for i in range(len(text)))


def numbers(start: str, first: int, last: int) -> str:
    return "|".join(f"{start}{number:02}" for number in range(first, last + 1))


DATES = forms(
    f"2016|0000|9999|{numbers('2020-', 1, 12)}|{numbers('2021-', 21, 24)}|{numbers('2019-08-', 1, 31)}",
    f"{numbers('2020-', 13, 20)}|{numbers('2020-', 25, 99)}|{numbers('2020-01-', 32, 99)}|"
    "2020-00|2020-01-00|2021-21-01|201|20166|2020-1|2020-010|2020-01-4|2020-01-011|2021-21-|2020-|2020-01-|x2016|2016x|"
    " 2016|2016 |2016Z|2016/2017|２０１６|"
    + spoilt(
        "2016", "2020-08", "2020-11", "2021-21", "2019-08-06", "2019-08-16", "2019-08-26", "2019-08-31", "2019-12-31"
    ),
    EDTF,
)
NAMES = forms("Zoé|J|de la Tour|ab", " Zoé|Zoé |Zoé\n\nZoé|\t| ")
PRECISIONS = [term(f"precision/{name}") for name in ("day", "month", "season", "year")]
VALUES: dict[str, list[tuple[Values, str]]] = {
    "laureate-order": [*bounds(1, 999), ((), "")],
    "laureate-stars": [*bounds(1, 4), ((), "")],
    "account-stars": [*bounds(1, 4), ((), "")],
    "ordinal": [*bounds(1, None), ((), "")],
    "position": [*bounds(1, None), ((), "MinCount")],
    "appointment-position": [*bounds(1, None), ((), "")],
    "section-position": [*bounds(1, None), ((), "")],
    "minimum-age": [*bounds(0, 120), ((), "")],
    "maximum-age": [*bounds(0, 120), ((), "")],
    "value": [
        *(((typed(text, XSD + "decimal"),), "") for text in ("0", "0.5", "1000", "1.5")),
        ((typed("-1", XSD + "decimal"),), "MinInclusive"),
        ((typed("-0.001", XSD + "decimal"),), "MinInclusive"),
        ((typed("1", XSD + "decimal"), typed("2", XSD + "decimal")), "MaxCount"),
        ((integer("1"),), "Datatype"),
        ((), "MinCount"),
    ],
    "title": [
        *(((fr(text),), "") for text in ("OUI", "UN JARDIN")),
        ((fr("UN"),), "MinLength"),
        ((fr("UN JARDIN"), fr("UN PARC")), "MaxCount"),
        ((en("A GARDEN"),), "LanguageIn"),
        ((Literal("UN JARDIN"),), "Datatype LanguageIn"),
        ((Literal("EIN GARTEN", language="de"),), "LanguageIn"),
        ((), ""),
    ],
    "alternative-label": [
        ((fr("EE"), fr("EF"), en("EE"), en("EF")), ""),
        ((fr("E"),), "MinLength"),
        ((en("E"),), "MinLength"),
        ((Literal("EE"),), "Datatype LanguageIn"),
        ((Literal("EE", language="de"),), "LanguageIn"),
        ((), ""),
    ],
    "label": [*texts(0, both=True), ((), "MinCount")],
    "unnamed-label": [*texts(0), ((), "")],
    "summary": [*texts(60, both=True), ((), "MinCount")],
    "dataset-title": [*texts(0, both=True), ((), "MinCount")],
    "description": [*texts(40, both=True), ((), "MinCount")],
    "definition": [*texts(12, both=True), ((), "MinCount")],
    "rights": [*texts(0, both=True), ((), "MinCount")],
    "text": [*texts(8), ((), "MinCount"), ((fr("x" * 300),), ""), ((fr("x" * 301),), "MaxLength")],
    "counted": [*texts(3), ((), "MinCount")],
    "base": [*texts(0), ((), "")],
    "function": [*texts(0), ((), "")],
    "note": [*texts(10), ((), "")],
    "reason": [*texts(15), ((), "")],
    "source": [*texts(5), ((), "MinCount")],
    "no-licence": [*texts(5), ((), "")],
    "taken": [*texts(5, both=True), ((), "MinCount")],
    "inference-reason": [*texts(15, both=True), ((), "MinCount")],
    "inferred-form": [
        ((Literal("x"),), ""),
        ((Literal(""),), "MinLength"),
        ((fr("x"),), "Datatype"),
        ((Literal("x"), Literal("y")), "MaxCount"),
        ((), ""),
    ],
    "on-property": [
        ((NamedNode(TP + "stars"),), ""),
        ((Literal("x"),), "NodeKind"),
        ((NamedNode(TP + "stars"), NamedNode(TP + "order")), "MaxCount"),
        ((), "MinCount"),
    ],
    "anchor": [*forms("mot|a b|a b c d e f g", "a b c d e f g h| a|a |a  b|a\nb|a\n\nb"), ((), "")],
    "withdrawal-reason": [*texts(15, both=True), ((), "MinCount")],
    "laureate-carrier-line": [*NAMES, ((), "")],
    "given-name": [*NAMES, ((), "")],
    "family-name": [*NAMES, ((), "MinCount")],
    "printed": [*NAMES, ((), "")],
    "laureate-pages": [
        *forms(
            "21|8-9|1|9999|1-1|100-9999",
            "0|08|8-|-9|8-09|8–9|8 - 9|8-9-10|p. 8|21x|x21|10000|1-10000|8-0|" + spoilt("21", "8-9", "1234-5678"),
        ),
        ((), ""),
    ],
    "year": [
        *forms("2020|2000|2099", "1999|2100|20|202|20200|x2020|2020x|3020|" + spoilt("2020"), XSD + "gYear"),
        ((), "MinCount"),
    ],
    "start": [*DATES, ((), "")],
    "end": [*DATES, ((), "")],
    "target-date": [*DATES, ((), "")],
    "source-date": [*DATES, ((), "")],
    "account-notation": [
        *forms("12|x/y-z|a b|x|" + "x" * 80, " a|a |a\nb| "),
        ((Literal("x" * 81),), "MaxLength"),
        ((), ""),
    ],
    "version": [
        *forms(
            "2020.1|2099.10|2000.9",
            "2020|2020.0|2020.01|1999.1|2100.1|2020.1.1|2020,1|v2020.1|2020.1x|202.1|20200.1|20.1|" + spoilt("2020.12"),
        ),
        ((), "MinCount"),
    ],
    "notation": [
        *forms(
            "219400165|Q1|Q820035|FR8000037|essai.fr|http://essai.fr/|a.fr|www.a.fr|essai.museum|9a.b9.fr|https://a-b.essai.fr/x/y?z=1#e|essai.fr/%C3%A9%af%AF",
            "12345678|1234567890|Q0|Q|q1|Q1x|FR800003|FR80000377|FR800003x|essai|essai.|.fr|-essai.fr|essai-.fr|ESSAI.FR|"
            'essai.fr/"x|essai.fr/é|essai.fr/%C3%|essai.fr/<b>|ftp://essai.fr|essai.f|essai.fr x|x 219400165|'
            "219400165x|httpx://essai.fr|https:/essai.fr|essai..fr|essai.f9|essai.fr/%G0|essai.fr/%0G|essai.fr/\\|"
            "a.-b.fr|a.b-.fr|a_b.fr|a.b_c.fr|" + spoilt("219400165", "Q123", "FR8000037"),
        ),
        ((), "MinCount"),
    ],
    "keyword": [
        *(((fr(text), en("ab")), "") for text in ("ab", "x" * 100, "vie locale", "co-construction", "A.B", "été_2")),
        *(((fr(text),), "Pattern") for text in ("a", "x" * 101, "l'eau", "a,b", "ab\n", "\nab", "a/b")),
        ((Literal("ab", language="de"),), "LanguageIn"),
        ((Literal("ab"),), "Datatype LanguageIn"),
        ((), "MinCount"),
    ],
    "citation": [
        ((Literal("x" * 10), Literal("y" * 10)), ""),
        ((Literal("x" * 9),), "MinLength"),
        ((fr("x" * 10),), "Datatype"),
        ((), ""),
    ],
    "licence": [
        ((NamedNode("https://essai.fr/"),), ""),
        ((NamedNode("http://essai.fr/"),), "Pattern"),
        ((NamedNode("http://essai.fr/https://"),), "Pattern"),
        ((Literal("https://essai.fr/"),), "NodeKind"),
        ((NamedNode("https://essai.fr/"), NamedNode("https://essai.fr/2")), "MaxCount"),
        ((), "MinCount"),
    ],
    "party-role": concepts(
        "role",
        "carrier contractor partner own-service mentioned",
        "organiser supporter jury-president jury-member governance position",
    ),
    "appointment-role": concepts(
        "role",
        "organiser partner supporter jury-president jury-member governance position",
        "carrier contractor own-service mentioned",
    ),
    "status": concepts("status", "used planned offered wished model"),
    "plan-relation": concepts("plan-relation", "feeds framed-by"),
    "qualifier": concepts("qualifier", "exact more-than nearly about at-least at-most less-than target"),
    "period-kind": concepts("period-kind", "process stage event publication decision creation deadline background"),
    "identifier-scheme": concepts("identifier-scheme", "siren wikidata website inpn"),
    "anomaly-kind": concepts(
        "anomaly-kind",
        "missing-title missing-carrier-line variant-spelling contradictory-figures typo missing-code "
        "uncertain-identification empty-list inconsistency",
    ),
    "unit": one_of(*map(Literal, ("1", "%", "EUR", "a", "mo", "d", "h", "min", "km", "m2", "km2", "har")), least=1),
    "completeness": [*one_of(*(term(f"completeness/{name}") for name in ("complete", "partial", "unknown"))), ((), "")],
    "review-date": [
        ((typed("2026-11-30", XSD + "date"),), ""),
        ((typed("2026-11-30", XSD + "date"), typed("2026-11-29", XSD + "date")), "MaxCount"),
        ((Literal("2026-11-30"),), "Datatype"),
        ((), "MinCount"),
    ],
    "website-page": [
        *(((NamedNode(iri),), "") for iri in ("https://essai.fr/", "http://essai.fr", "https://essai.fr/x?y#z")),
        *(((NamedNode(iri),), "Pattern") for iri in ("https:///x", "ftp://essai.fr/", "urn:x:https://essai.fr/")),
        ((Literal("https://essai.fr/"),), "NodeKind"),
        ((NamedNode("https://essai.fr/"), NamedNode("https://essai.fr/2")), "MaxCount"),
        ((), "MinCount"),
    ],
    "precision": [*one_of(*PRECISIONS), ((), "")],
    "no-successor": [
        ((typed("true", XSD + "boolean"),), ""),
        ((typed("false", XSD + "boolean"),), "In"),
        ((typed("true", XSD + "boolean"), typed("false", XSD + "boolean")), "In MaxCount"),
        ((), ""),
    ],
}
VALUES["publisher"] = VALUES["licence"]
for name in (
    *("involvement", "coverage", "tool-use", "topic", "target", "setting", "plan-link", "goal", "stage", "outcome"),
    *(
        "indicator",
        "period",
        "appointment",
        "identifier",
        "sheet",
        "anomaly",
        "account",
        "withdrawal",
        "heading",
        "inference",
        "review",
        "website",
    ),
):
    VALUES[name] = [  # a node inside the record
        ((term("laureate/2020/x#1"), term("laureate/2020/x#2")), ""),
        ((term("laureate/2020/x"),), "Pattern"),
        ((Literal("#"),), "NodeKind"),
        ((), "MinCount" if name in ("topic", "withdrawal") else ""),
    ]
for name in ("among", "per"):
    VALUES[name] = [
        ((term("laureate/2020/x#1"),), ""),
        ((term("laureate/2020/x#1"), term("laureate/2020/x#2")), "MaxCount"),
        ((Literal("x"),), "NodeKind"),
        ((), ""),
    ]
VALUES["concerns"] = [
    ((term("laureate/2020/x#1"), term("organisation/x")), ""),
    ((NamedNode("https://essai.fr/"),), "Pattern"),
    ((Literal(BASE + "x"),), "NodeKind"),
    ((), ""),
]
VALUES["variant-form"] = [
    *forms("Zoé|J|de la Tour|" + "x" * 200, " Zoé|Zoé |Zoé\n\nZoé|\t| ", most=0),
    ((Literal("Zoé"), Literal("Zoe")), ""),
    ((Literal("x" * 201),), "MaxLength"),
    ((), ""),
]
for name in ("source-licence", "source-page"):
    VALUES[name] = [
        *(((NamedNode(iri),), "") for iri in ("https://essai.fr/", "http://essai.fr", "https://essai.fr/x?y#z")),
        *(((NamedNode(iri),), "Pattern") for iri in ("https:///x", "ftp://essai.fr/", "urn:x:https://essai.fr/")),
        ((Literal("https://essai.fr/"),), "NodeKind"),
        ((NamedNode("https://essai.fr/"), NamedNode("https://essai.fr/2")), "MaxCount"),
        ((), ""),
    ]
for name in ("withdrawn", "successor"):
    VALUES[name] = [
        ((term("tool/charte"),), ""),
        ((NamedNode("https://essai.fr/"),), "Pattern"),
        ((NamedNode("https://essai.fr/" + BASE),), "Pattern"),
        ((Literal(BASE + "tool/charte"),), "NodeKind"),
        ((term("tool/charte"), term("tool/carte")), "MaxCount"),
        ((), "MinCount" if name == "withdrawn" else ""),
    ]
for name in ("issued", "modified", "graph-valid-on"):
    VALUES[name] = [
        ((typed("2026-11-23", XSD + "date"),), ""),
        ((typed("2026-11-23", XSD + "date"), typed("2026-11-24", XSD + "date")), "MaxCount"),
        ((Literal("2026-11-23"),), "Datatype"),
        ((), "" if name == "graph-valid-on" else "MinCount"),
    ]
for name in ("main", "parallel", "year-stated"):
    VALUES[name] = [
        ((typed("true", XSD + "boolean"),), ""),
        ((typed("true", XSD + "boolean"), typed("false", XSD + "boolean")), "MaxCount"),
        ((Literal("true"),), "Datatype"),
        ((), "MinCount" if name == "main" else ""),
    ]

CONCEPTS = [
    "Tool",
    "Theme",
    "Audience",
    "Context",
    "Plan",
    "IndicatorKind",
    "OrganisationKind",
    "TerritoryKind",
    "Section",
]
CONCEPTS += ["Code", "Distinction", "SourceKind", "Aspect", "Curator"]
# the keys that lead to a thing, the classes that it may have, whether it must be there, whether several may
CLASSES = {
    "laureate-edition": ("Edition", 1, 1),
    "organisation-kind": ("OrganisationKind", 1, 1),
    "part-of": ("Organisation", 0, 1),
    "home-territory": ("Territory Place", 0, 1),
    "place-kind": ("TerritoryKind", 1, 1),
    "placed-in": ("Territory Place", 1, 9),
    "organisation": ("Organisation", 0, 1),
    "unnamed-kind": ("OrganisationKind", 0, 1),
    "holder": ("Organisation Person", 1, 1),
    "within": ("Edition Organisation", 0, 1),
    "affiliation": ("Organisation", 0, 9),
    "fact-territory": ("Territory Place", 0, 1),
    "coverage-territory": ("Territory Place", 1, 1),
    "tool": ("Tool", 1, 1),
    "theme": ("Theme", 1, 1),
    "audience": ("Audience", 1, 1),
    "context": ("Context", 1, 1),
    "plan": ("Plan", 1, 1),
    "indicator-kind": ("IndicatorKind", 1, 1),
    "measured-tool": ("Tool", 0, 1),
    "section": ("Section", 1, 1),
    "not-stated": ("Aspect", 0, 9),
    "broader": (" ".join(["Concept", *CONCEPTS]), 0, 9),
    "in-scheme": ("ConceptScheme", 1, 1),
    "according-to": ("Source", 0, 1),
    "account-source": ("Source", 1, 1),
    "account-section": ("Section", 0, 1),
    "case-edition": ("Edition", 0, 1),
    "case-distinction": ("Distinction", 0, 1),
    "review-author": ("Curator", 1, 1),
    "review-proofreader": ("Curator", 1, 1),
    "laureate-distinction": ("Distinction", 0, 1),
    "source-edition": ("Edition", 0, 9),
    "source-kind": ("SourceKind", 1, 1),
    "section-of": ("SourceKind", 0, 9),
    "source-publisher": ("Organisation", 1, 9),
    "previous-version": ("Dataset", 0, 1),
    "replaced-by-version": ("Dataset", 0, 1),
    "stated-in": ("NamedGraph", 1, 1),
    "curated-in": ("NamedGraph", 1, 1),
}
EVERY_CLASS = {name: TP + name for names, _, _ in CLASSES.values() for name in names.split()}
EVERY_CLASS |= {"Laureate": TP + "Laureate", "Code": TP + "Code"}
EVERY_CLASS["Dataset"] = "http://www.w3.org/ns/dcat#Dataset"
# what their classes are under, in other vocabularies: nothing is that alone
EVERY_CLASS |= {
    "Concept": SKOS + "Concept",
    "ConceptScheme": SKOS + "ConceptScheme",
    "Location": DCTERMS + "Location",
    **{f"{name} of FOAF": f"http://xmlns.com/foaf/0.1/{name}" for name in ("Organization", "Person", "Project")},
    **{f"{name} of schema.org": f"https://schema.org/{name}" for name in ("Place", "Organization", "Person")},
}
EVERY_CLASS["NamedGraph"] = "http://www.w3.org/ns/sparql-service-description#NamedGraph"


class Door:
    """Nodes, each with some values under one key, given to the engine all at once."""

    def __init__(self, shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
        self.shapes = rdflib.Graph()
        for shape in shapes.subjects(RDF.type, SH.PropertyShape):
            for t in (t for node in (shape, *lists(shapes, shape)) for t in shapes.triples((node, None, None))):
                self.shapes.add(t)
        self.triples = [triple_back(triple) for triple in hierarchy(ontology, shapes)]
        self.asked: dict[NamedNode, tuple[str, object, str]] = {}

    def ask(self, key: str, values: Values, broken: str, what: object) -> None:
        """That under `key` the `values` break the constraints named in `broken`; `what` is shown where they do not."""
        shape = rdflib.URIRef(SHAPES + key)
        path = NamedNode(str(self.shapes.value(shape, SH.path)))
        node = NamedNode(f"urn:node:{len(self.asked)}")
        self.asked[node] = (key, what, broken)
        self.shapes.add((shape, SH.targetNode, rdflib.URIRef(node.value)))
        self.triples += [Triple(node, path, value) for value in values]

    def disagreements(self) -> list[str]:
        """A line for each node with which the engine did not find what was asked."""
        broken: dict[NamedNode, set[str]] = {node: set() for node in self.asked}
        for f in PyShacl(self.shapes).validate(self.triples):
            assert isinstance(f.focus, NamedNode)
            broken[f.focus].add(f.component.rpartition("#")[2].removesuffix("ConstraintComponent"))
        found = [(*self.asked[node], " ".join(sorted(names))) for node, names in broken.items()]
        return [f"{what}: {names or 'nothing'} [shapes:{key}]" for key, what, asked, names in found if names != asked]


def lists(shapes: rdflib.Graph, shape: Node) -> Iterator[Node]:
    """The nodes of the lists that a shape has, such as that of sh:in."""
    for head in shapes.objects(shape):
        while isinstance(head, rdflib.BNode):
            yield head
            head = shapes.value(head, RDF.rest) or RDF.nil


def on_keys(shapes: rdflib.Graph, ontology: rdflib.Graph) -> list[str]:
    """Where the keys that `shapes` have do not accept or refuse what is said here."""
    door = Door(shapes, ontology)
    things = {name: NamedNode(f"urn:thing:{n}") for n, name in enumerate(EVERY_CLASS)}
    twins = {name: NamedNode(f"urn:twin:{n}") for n, name in enumerate(EVERY_CLASS)}
    door.triples += [
        Triple(node, RDF_TYPE, NamedNode(EVERY_CLASS[name])) for some in (things, twins) for name, node in some.items()
    ]
    for key in (key for key in VALUES if (rdflib.URIRef(SHAPES + key), SH.path, None) in shapes):
        for values, broken in VALUES[key]:
            door.ask(key, values, broken, [str(value) for value in values])
    for key in (key for key in CLASSES if (rdflib.URIRef(SHAPES + key), SH.path, None) in shapes):
        names, least, most = CLASSES[key]
        for name, thing in things.items():
            door.ask(key, (thing,), "" if name in names.split() else "Class", name)
        first = names.split()[0]
        door.ask(key, (things[first], twins[first]), "MaxCount" if most == 1 else "", "two")
        door.ask(key, (), "MinCount" if least else "", "nothing")
        door.ask(key, (Literal("x"),), "Class", "a text")
    return door.disagreements()


def test_each_key_accepts_and_refuses_what_is_said_here(shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
    assert on_keys(shapes, ontology) == []


def test_every_key_is_told_here(shapes: rdflib.Graph) -> None:
    keys = {str(s).removeprefix(SHAPES) for s in shapes.subjects(SH.order) if (s, SH.path, None) in shapes}
    assert keys == VALUES.keys() | CLASSES.keys()


def facts(*pairs: tuple[str, Term]) -> tuple[tuple[NamedNode, Term], ...]:
    return tuple((NamedNode(TP + name), value) for name, value in pairs)


def period(start: str, end: str, precision: str) -> tuple[tuple[NamedNode, Term], ...]:
    found: list[tuple[str, Term]] = [("start", typed(start, EDTF))] if start else []
    found += [("end", typed(end, EDTF))] if end else []
    found += [("precision", term(f"precision/{precision}"))] if precision else []
    return facts(*found)


ORDER, FORM = "period-in-order", "precision-is-form"
PERIODS = [
    *((a, b, "year", "") for a, b in (("2020", "2020"), ("2020", "2021"), ("2020", "2020-01"), ("2020-12-31", "2020"))),
    *(
        (a, b, "year", ORDER)
        for a, b in (("2020", "2019"), ("2020", "2019-12"), ("2020-01-01", "2019"), ("2021", "2020-23"))
    ),
    *((a, b, "month", "") for a, b in (("2020-02", "2020-02"), ("2020-02-29", "2020-02"), ("2020-02", "2020-02-01"))),
    *(
        (a, b, "month", ORDER)
        for a, b in (("2020-02", "2020-01"), ("2020-02-01", "2020-01"), ("2020-02", "2020-01-31"))
    ),
    ("2020-02-01", "2020-02-01", "day", ""),
    ("2020-02-02", "2020-02-01", "day", ORDER),
    ("2019-12-31", "2020-01-01", "day", ""),
    *((f"2020-{a}", f"2020-{b}", "season", "") for a in (21, 22, 23) for b in (21, 22, 23, 24) if a <= b),
    *((f"2020-{a}", f"2020-{b}", "season", ORDER) for a in (22, 23) for b in (21, 22) if a > b),
    *(("2020-24", f"2020-{b}", "season", "") for b in (21, 22, 23, 24)),  # which may begin in January
    *(("2021-21", f"2020-{b}", "season", ORDER) for b in (21, 22, 23)),
    ("2021-21", "2020-24", "season", ""),  # which may end in March
    ("2021-22", "2020-24", "season", ORDER),
    *((f"2020-{a}", "2020-21", "season", "") for a in ("01", "06", "06-21")),
    *((f"2020-{a}", "2020-21", "season", ORDER) for a in ("07", "06-22")),
    *((f"2020-{a}", "2020-22", "season", "") for a in ("09", "09-23")),
    *((f"2020-{a}", "2020-22", "season", ORDER) for a in ("10", "09-24")),
    *((f"2020-{a}", "2020-23", "season", "") for a in ("12", "12-22")),
    ("2020-12-23", "2020-23", "season", ORDER),
    *((a, "2020-24", "season", "") for a in ("2020-01", "2020-12-31", "2021-03", "2021-03-21")),
    *((a, "2020-24", "season", ORDER) for a in ("2021-04", "2021-03-22")),
    *(("2020-21", f"2020-{b}", "season", "") for b in ("03", "03-01", "12")),
    *(("2020-21", f"2020-{b}", "season", ORDER) for b in ("02", "02-29")),
    *(("2020-22", f"2020-{b}", "season", "") for b in ("06", "06-01")),
    *(("2020-22", f"2020-{b}", "season", ORDER) for b in ("05", "05-31")),
    *(("2020-23", f"2020-{b}", "season", "") for b in ("09", "09-01")),
    *(("2020-23", f"2020-{b}", "season", ORDER) for b in ("08", "08-31")),
    *(("2020-24", b, "season", "") for b in ("2020-01", "2020-01-01")),
    *(("2020-24", b, "season", ORDER) for b in ("2019-12", "2019-12-31")),
    # the precision of a single date, and that of the coarser one
    *(
        (start, end, name, "" if name == right else FORM)
        for name in ("day", "month", "season", "year")
        for start, end, right in (
            ("2019-08-26", "", "day"),
            ("", "2019-08-26", "day"),
            ("2019-08", "", "month"),
            ("", "2019-08", "month"),
            ("2019-23", "", "season"),
            ("", "2019-23", "season"),
            ("2019", "", "year"),
            ("", "2019", "year"),
            ("2019-08-26", "2019-09", "month"),
            ("2019-08", "2019-09-01", "month"),
            ("2019-08", "2019-23", "season"),
            ("2019-22", "2019-09-30", "season"),
            ("2019", "2019-23", "year"),
            ("2019-22", "2019", "year"),
        )
    ),
    ("", "", "day", ""),
]
IDENTIFIERS = [
    *(("siren", code, "") for code in ("219400165", "200093201", "356000000")),
    *(
        ("siren", code, "code-fits-scheme")
        for code in ("219400166", "000000000", "912004569", "Q1", "essai.fr", "FR8000037")
    ),
    *(("wikidata", code, "") for code in ("Q1", "Q820035")),
    *(("wikidata", code, "code-fits-scheme") for code in ("219400165", "essai.fr", "FR8000037")),
    *(("inpn", code, "") for code in ("FR8000037",)),
    *(("inpn", code, "code-fits-scheme") for code in ("219400165", "essai.fr", "Q1")),
    *(("website", code, "") for code in ("essai.fr", "https://essai.fr/")),
    *(("website", code, "code-fits-scheme") for code in ("219400165", "Q1", "FR8000037")),
]
PAGES = [
    *((text, "") for text in ("8", "8-9", "9-10", "99-100", "8-1000")),
    *((text, "pages-ascend") for text in ("9-8", "9-9", "10-9", "100-99")),
]

INDICATORS = [  # the key, its value, what is counted of it, of the other; whether the other is an indicator
    ("among", "other", "5", "6", True, ""),
    ("among", "other", "5", "5", True, ""),
    ("among", "other", "5.5", "5", True, "part-fits-whole"),
    ("per", "other", "5.5", "5", True, ""),
    *((key, "self", "5", "5", True, "part-fits-whole") for key in ("among", "per")),
    *((key, "other", "5", "6", False, "part-fits-whole") for key in ("among", "per")),
]
FLAWS = [  # what is known of what a flaw bears on
    (RDF_TYPE, ""),
    (NamedNode(TP + "section"), ""),
    (NamedNode(TP + "value"), "flaw-of-something"),
    (None, "flaw-of-something"),
]


def on_keys_together(shapes: rdflib.Graph) -> list[str]:
    """Where the shapes that bind several keys do not accept or refuse what is said here."""
    alone, triples = rdflib.Graph(), list[Triple]()
    said: dict[NamedNode, tuple[str, object, bool]] = {}

    def ask(shape: str, case: object, broken: bool, statements: tuple[tuple[NamedNode, Term], ...]) -> None:
        node, name = NamedNode(f"urn:node:{len(said)}"), rdflib.URIRef(SHAPES + shape)
        constraints = list(shapes.objects(name, SH.sparql))
        if not constraints:
            return
        said[node] = (shape, case, broken)
        for constraint in constraints:
            for t in (*shapes.triples((constraint, None, None)), (name, SH.sparql, constraint)):
                alone.add(t)
        alone.add((name, RDF.type, SH.NodeShape))
        alone.add((name, SH.targetNode, rdflib.URIRef(node.value)))
        triples.extend(Triple(node, key, value) for key, value in statements)

    for *dates, broken in PERIODS:
        for shape in (ORDER, FORM):
            if shape == broken or not broken:
                ask(shape, dates, shape == broken, period(*dates))
    for scheme, code, broken in IDENTIFIERS:
        pairs = facts(("identifierScheme", term(f"identifier-scheme/{scheme}")), ("notation", Literal(code)))
        ask("code-fits-scheme", (scheme, code), bool(broken), pairs)
    for text, broken in PAGES:
        ask("pages-ascend", text, bool(broken), facts(("pages", Literal(text))))
    for n, (name, what, part, whole, known, broken) in enumerate(INDICATORS):
        node, other = NamedNode(f"urn:node:{len(said)}"), NamedNode(f"urn:other:{n}")
        value = node if what == "self" else other
        ask("part-fits-whole", (name, what, part, whole, known), bool(broken), facts((name, value)))
        of = [(node, "value", typed(part, XSD + "decimal")), (other, "value", typed(whole, XSD + "decimal"))]
        triples += [Triple(thing, NamedNode(TP + key), count) for thing, key, count in of]
        triples += [Triple(NamedNode("urn:record"), NamedNode(TP + "indicator"), value)] if known else []
    for n, (key, broken) in enumerate(FLAWS):
        other = NamedNode(f"urn:thing:{n}")
        ask("flaw-of-something", key, bool(broken), facts(("concerns", other)))
        triples += [Triple(other, key, NamedNode("urn:x"))] if key else []
    found = {(f.focus, f.shape.removeprefix(SHAPES)) for f in PyShacl(alone).validate(triples)}
    return [f"{case} [shapes:{s}]" for node, (s, case, wrong) in said.items() if ((node, s) in found) != wrong]


def test_keys_are_refused_together_where_they_disagree(shapes: rdflib.Graph) -> None:
    assert on_keys_together(shapes) == []


def test_a_pattern_speaks_of_the_whole_of_a_value_or_of_how_it_begins(shapes: rdflib.Graph) -> None:
    patterns = {str(o) for o in shapes.objects(None, SH.pattern)}
    whole = {pattern for pattern in patterns if pattern.startswith("^") and pattern.endswith("$")}
    # an address, by its beginning; a node inside a record
    assert patterns - whole == {"^https://", "^https?://[^/]+", f"^{BASE}", "#"}
