"""Queries of a line to a small made-up graph: all that is said of each in both languages, and where it is carried.

`small/explained.tsv` has what comes of each; after a wanted change, `python tests/test_explained_small.py` writes it
anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, RdfFormat, Store, Variable

from small_cases import FOLDER, PARTS, Cases, compare, each, expected, write, written
from trophees.ask.engine import Embedded
from trophees.ask.explain import profile as profiles
from trophees.ask.explain.carried import HEADER, header, inside
from trophees.ask.explain.checker import remarks
from trophees.ask.explain.notes import notes
from trophees.ask.explain.profile import Profile
from trophees.ask.explain.remark import Remark
from trophees.ask.explain.sentences import SENTENCES
from trophees.ask.explain.tokens import place
from trophees.ask.question import Question
from trophees.base.errors import UserError
from trophees.base.language import LANGUAGES, Both
from trophees.base.namespaces import BASE, IGEO, OWL, RDFS, SKOS, TP, XSD

ROOM = "explained"
PREFIXES = {
    "tp": TP, "skos": SKOS, "igeo": IGEO, "xsd": XSD, "owl": OWL, "rdfs": RDFS,
    **{name: f"{BASE}{name}/" for name in ("graph", "tool", "region", "laureate", "x")},
}  # fmt: skip


def graph() -> Embedded:
    store = Store()
    store.load((FOLDER / "explained.trig").read_bytes(), format=RdfFormat.TRIG)
    return Embedded(store, PREFIXES)


GRAPH = graph()


def profile(seconds: float = 1e6, names: Embedded | None = None, repository: Embedded = GRAPH) -> Profile:
    return Profile(repository, PREFIXES, seconds, names)


def told(text: str, found: list[Remark]) -> list[object]:
    """Where each remark stands, what it says in French and in English; the names that may be meant."""
    lines: list[object] = []
    for one in found:
        line, column = place(text, one.at)
        lines.append(
            [
                f"{line}:{column}",
                one.sentence.fr,
                one.sentence.en,
                *(["?"] if one.legitimate else []),
                *one.names,
            ]
        )
    return lines


# --- what never matches

NAMES = [
    "SELECT * { ?s tp:star ?o }", "SELECT * { ?s tp:stars ?o ; tp:old ?p }",
    "SELECT * { ?s tp:stars ?o OPTIONAL { ?s tp:old ?p } }", "SELECT * { ?s tp:old|tp:stars ?o }",
    "SELECT * { ?s tp:stars|tp:srats ?o }", "SELECT * { ?s tp:stage/tp:ordre ?o }", "SELECT * { ?s ^tp:stagee ?o }",
    "SELECT * { ?s !tp:none ?o }", "SELECT * { ?s <http://a/stars> ?o }", "SELECT * { ?s skos:stars ?o }",
    "SELECT * { ?s tp:Laureate ?o }", "SELECT * { ?s ?p tp:starz }", "SELECT * { ?s a tp:Laureat }",
    "SELECT * { ?s a tp:Old }", "SELECT * { ?s a tp:Laureate OPTIONAL { ?s a tp:Old } }",
    "SELECT * { ?s a tool:atelier }", "SELECT * { ?s a <urn:none> }", "SELECT * { ?s a ?c . ?c a tp:None }",
    "SELECT * { ?s a tp:stars }", "SELECT * { ?s a/tp:no ?c }", "SELECT * { tool:ateler ?p ?o }",
    "SELECT * { ?s tp:usesTool tool:crate }", "SELECT * { ?s ?p tool:cartes }",
    "SELECT * { ?s tp:usesTool (tool:crate ?x) }", "SELECT * { region:97 igeo:nom ?n }",
    "SELECT * { graph:report ?p ?o }", "SELECT * { ?s ?p [ tp:usesTool tool:no ] }",
    "SELECT * { VALUES ?t { tool:crate UNDEF } ?s tp:usesTool ?t }",
    "SELECT * { VALUES (?t ?u) { (tool:atelier tool:none) } ?s tp:usesTool ?t }",
    "SELECT * { ?s tp:usesTool ?t } VALUES ?t { tool:crate }",
    "SELECT * { { SELECT ?t { ?s tp:usesTool ?t } VALUES ?t { tool:crate } } }",
    "SELECT * { ?s tp:usesTool ?t FILTER(?t = tool:crate) }",
    "SELECT * { ?s tp:usesTool ?t FILTER(?t IN (tool:carte, tool:crate)) }",
    "SELECT * { ?s tp:usesTool ?t FILTER(STRSTARTS(STR(?t), STR(tool:))) }",
    "SELECT * { ?s tp:usesTool ?t FILTER(STRSTARTS(STR(?t), STR(<urn:a/>))) }",
    "SELECT * { ?s tp:usesTool ?t FILTER(STRSTARTS(STR(?t), STR(<urn:a#>))) }",
    "SELECT * { ?s tp:usesTool ?t FILTER(x:f(?t)) }", "SELECT * { BIND(tool:crate AS ?t) ?s tp:usesTool ?t }",
    "SELECT (IF(?t = tool:crate, 1, 2) AS ?x) { ?s tp:usesTool ?t }",
    "SELECT ?x { ?s tp:usesTool ?t } GROUP BY (?t = tool:crate AS ?x)",
    "SELECT ?t { ?s tp:usesTool ?t } GROUP BY ?t HAVING(?t != tool:crate)",
    "SELECT ?t { ?s tp:usesTool ?t } ORDER BY (?t = tool:crate)",
    "SELECT * { ?s tp:stars ?n FILTER EXISTS { ?s tp:usesTool tool:no } }",
    "SELECT * { ?s tp:stars ?n FILTER NOT EXISTS { ?s tp:old ?x } }",
    "SELECT * { ?s tp:stars ?n MINUS { ?s tp:old ?x } }", "SELECT * { ?s tp:stars ?n MINUS { ?s tp:odl ?x } }",
    "SELECT * { { ?s tp:stars ?n } UNION { ?s tp:old ?n } }", "SELECT * { { ?s tp:old ?n } }",
    "SELECT * { { SELECT ?s { ?s tp:old ?n } } }", "SELECT * { GRAPH graph:report { ?s tp:old ?n } }",
    "SELECT * { SERVICE <http://e/> { ?s tp:nothing tool:none } }", "SELECT * { SERVICE x:none { ?s ?p ?o } }",
    "SELECT * { GRAPH graph:reprot { ?s ?p ?o } }", "SELECT * FROM graph:reprot { ?s ?p ?o }",
    "SELECT * FROM NAMED graph:report FROM graph:none { ?s ?p ?o }", "SELECT * { GRAPH tool:carte { ?s ?p ?o } }",
    "DESCRIBE tool:crate", "DESCRIBE tool:carte ?x { ?x tp:stars 3 }",
    "CONSTRUCT { ?s tp:new tool:new } { ?s tp:stars ?n }", "SELECT * { ?s tp:year '2041'^^xsd:gYaer }",
    "SELECT * { ?s tp:year '2041'^^xsd:date }", "SELECT * { ?s tp:end '2041'^^x:Edtf }",
    "SELECT * { ?s tp:stars ?n FILTER(?n > '1'^^xsd:intger) }", "ASK { ?s a tp:Laureat }",
    "SELECT * { ?s tp:strs ?a ; tp:strs ?b }",
    "SELECT * { ?s tp:n1 ?a ; tp:n2 ?a ; tp:n3 ?a ; tp:n4 ?a ; tp:n5 ?a ; tp:n6 ?a ; tp:n7 ?a ; tp:n8 ?a ; tp:n9 ?a }",
    "SELECT * { ?s tp:star }", "",
    "BASE <https://w3id.org/trophees-participation/tool/> SELECT * { ?s tp:usesTool <crate> }",
    "PREFIX t: <https://w3id.org/trophees-participation/tool/> SELECT * { ?s tp:usesTool t:crate }",
]  # fmt: skip

VALUES = [
    "SELECT * { ?s tp:stars 2 }", "SELECT * { ?s tp:stars 3 }", "SELECT * { ?s tp:stars 3.0 }",
    "SELECT * { ?s tp:stars '3' }", "SELECT * { ?s tp:stars 'x' }", "SELECT * { ?s tp:stars 5.5 }",
    "SELECT * { ?s tp:stars tool:carte }", "SELECT * { ?s tp:share 12.50 }", "SELECT * { ?s tp:budget 1500 }",
    "SELECT * { ?s tp:rate 1.5 }", "SELECT * { ?s tp:main 'true' }", "SELECT * { ?s tp:main false }",
    "SELECT * { ?s tp:year 2041 }", "SELECT * { ?s tp:year '2041' }", "SELECT * { ?s tp:year 2040 }",
    "SELECT * { ?s tp:year '2040'^^xsd:gYear }", "SELECT * { ?s tp:end '2041-05' }", "SELECT * { ?s tp:end '2040' }",
    "SELECT * { ?s tp:code 99 }", "SELECT * { ?s tp:code '98' }", "SELECT * { ?s tp:code '099'@fr }",
    "SELECT * { ?s igeo:codeINSEE 99 }", "SELECT * { ?s tp:title 'Un val' }", "SELECT * { ?s tp:title 'Un val'@en }",
    "SELECT * { ?s tp:title 'Un vla'@fr }", "SELECT * { ?s tp:title 'A valey'@en }",
    "SELECT * { ?s tp:title 'zzzzzz' }", "SELECT * { ?s tp:title 'zzzzzz'@fr }", "SELECT * { ?s tp:title 1 }",
    "SELECT * { ?s tp:printed 'Un val' }", "SELECT * { ?s tp:printed 'region' }",
    f"SELECT * {{ ?s tp:title '{'a' * 80}'@fr }}", f"SELECT * {{ ?s tp:title '{'a' * 81}'@fr }}",
    "SELECT * { ?s skos:prefLabel 'Basse Région' }", "SELECT * { ?s tp:usesTool 'atelier' }",
    "SELECT * { ?s tp:usesTool 'Map'@en }", "SELECT * { ?s tp:usesTool 'none' }", "SELECT * { ?s tp:usesTool 3 }",
    "SELECT * { ?s tp:usesTool region:99 }", "SELECT * { ?s tp:inRegion region:98 }",
    "SELECT * { ?s tp:inRegion tool:carte }", "SELECT * { ?s tp:usesTool laureate:a }",
    "SELECT * { ?s tp:usesTool x:s1 }", "SELECT * { ?s tp:stage tp:Stage }", "SELECT * { ?s tp:title tool:carte }",
    "SELECT * { ?s tp:mixed 'n' }", "SELECT * { ?s tp:mixed 8 }", "SELECT * { ?s tp:mixed region:99 }",
    "SELECT * { ?s tp:mixed true }", "SELECT * { ?s tp:note 'x' }", "SELECT * { ?s a 'x' }",
    "SELECT * { ?s tp:none 'x' }", "SELECT * { ?s ?p 'nothing' }", "SELECT * { ?s tp:stage/tp:order '1' }",
    "SELECT * { ?s tp:order|tp:stars '1' }", "SELECT * { VALUES ?n { 3 '4' } ?s tp:stars ?n }",
    "SELECT * { VALUES ?s { 'a' 'none' 3 } ?s tp:stars ?n }",
    "SELECT * { VALUES ?s { 'a' x:s1 } { ?s ?p ?n } ?s ?p 1 }",
    "SELECT * { VALUES ?g { 'report' } GRAPH ?g { ?s ?p ?n } }",
    "SELECT * { VALUES ?s { 'a' } ?s tp:stars/tp:order ?n }",
    "SELECT * { VALUES ?n { 3 9 } ?s tp:stars ?n }", "SELECT * { VALUES (?n ?m) { ('4' 1) } ?s tp:stars ?n }",
    "SELECT * { VALUES ?n { UNDEF '4' } { ?s tp:stars ?n } }",
    "SELECT * { VALUES ?r { tool:carte } ?s tp:inRegion ?r }", "SELECT * { VALUES ?r { region:98 } ?s tp:inRegion ?r }",
    "SELECT * { OPTIONAL { ?s tp:stars '4' } }", "SELECT * { MINUS { ?s tp:stars '4' } }",
    "SELECT * { FILTER EXISTS { ?s tp:stars '4' } }", "SELECT * { SERVICE x:e { ?s tp:stars '4' } }",
    "SELECT * { { SELECT * { ?s tp:stars '4' } } }", "SELECT * { GRAPH graph:report { ?s tp:stars '4' } }",
    "ASK { ?s tp:stars 2 }", "ASK { ?s tp:title 'Un vla'@fr }", "ASK { ?s tp:stars '4' }",
]  # fmt: skip

CONDITIONS = [
    "?s tp:stars ?n FILTER(?n > 3)", "?s tp:stars ?n FILTER(?n > 9)", "?s tp:stars ?n FILTER(?n = 9)",
    "?s tp:stars ?n FILTER(?n = '3')", "?s tp:stars ?n FILTER('3' = ?n)", "?s tp:stars ?n FILTER(?n > '3')",
    "?s tp:stars ?n FILTER(?n >= '9')", "?s tp:stars ?n FILTER('9' < ?n)", "?s tp:stars ?n FILTER(?n != '3')",
    "?s tp:stars ?n FILTER((?n = '3'))", "?s tp:stars ?n FILTER(?n = '3' && ?n > 1)",
    "?s tp:stars ?n FILTER(?n > 1 && ?n = '3')", "?s tp:stars ?n FILTER(?n = '3' || ?n = '4')",
    "?s tp:stars ?n FILTER(1 + ?n = '3')", "?s tp:stars ?n FILTER(?n = ?n)",
    "?s tp:stars ?n FILTER(?n = '3'^^xsd:decimal)", "?s tp:stars ?n FILTER(REGEX(?n, '3'))",
    "?s tp:stars ?n FILTER(STRLEN(?n) > 0)", "?s tp:stars ?n FILTER(CONTAINS(STR(?n), '9'))",
    "?s tp:year ?y FILTER(?y = 2041)", "?s tp:year ?y FILTER(?y > 2000)", "?s tp:year ?y FILTER(?y < '2042')",
    "?s tp:year ?y FILTER(?y = '2041')", "?s tp:year ?y FILTER(?y = '2040'^^xsd:gYear)",
    "?s tp:year ?y FILTER(?y >= '2041'^^xsd:gYear)", "?s tp:end ?e FILTER(?e >= '2041')",
    "?s tp:end ?e FILTER(YEAR(?e) = 2041)", "?s tp:end ?e FILTER('2042' > ?e)", "?s tp:title ?t FILTER(?t = 'Un val')",
    "?s tp:title ?t FILTER(?t = 'un val')", "?s tp:title ?t FILTER(?t > 'z')", "?s tp:code ?c FILTER(?c = 99)",
    "?s tp:code ?c FILTER(?c > 9)", "?s igeo:codeINSEE ?c FILTER(?c = 99)", "?s tp:share ?x FILTER(?x = 12.5)",
    "?s tp:share ?x FILTER(?x > '12')", "?s tp:usesTool ?t FILTER(?t = 'atelier')",
    "?s tp:usesTool ?t FILTER('Map' = ?t)", "?s tp:usesTool ?t FILTER(?t = 'none')",
    "?s tp:usesTool ?t FILTER(?t > 'a')", "?s tp:usesTool ?t FILTER(?t = region:99)",
    "?s tp:usesTool ?t FILTER(CONTAINS(?t, 'at'))", "?s tp:usesTool ?t FILTER(CONTAINS(STR(?t), 'none'))",
    "?s tp:usesTool ?t FILTER(ISLITERAL(?t))", "?s tp:mixed ?m FILTER(?m > 'z'@fr)", "?s tp:mixed ?m FILTER(?m > 8)",
    "?s tp:title ?t FILTER(LANG(?t) = 'de')", "?s tp:title ?t FILTER(LANG(?t) = 'fr')",
    "?s tp:title ?t FILTER(LANG(?t) = 'FR')", "?s tp:title ?t FILTER(LANGMATCHES(LANG(?t), 'de'))",
    "?s tp:code ?c FILTER(LANG(?c) = 'fr')", "?s tp:code ?c FILTER(langmatches(lang(?c), 'fr'))",
    "?s tp:title ?t FILTER(LANG(?t) = 'en' && ?t = 'x')", "?s tp:title ?t FILTER(LANG(?t) > 'fr' && LANG(?t) < 'x')",
    "?s tp:title ?t FILTER(CONTAINS(LANG(?t), 'zz'))", "?s tp:stars ?n FILTER(BOUND(?n))",
    "?s tp:stars ?n FILTER(COALESCE(?n, 9) > 9)", "?s tp:stars ?n FILTER(RAND() > ?n)",
    "?s tp:stars ?n FILTER(?n > 9 + RAND())", "?s tp:stars ?n FILTER(STR(?n) = 'RAND')",
    "?s tp:stars ?n ; tp:share ?x FILTER(?n > ?x)", "?s tp:stars ?n FILTER(1 > 2)",
    "?s tp:stars ?n FILTER(?s = tp:none)", "?s ?p ?n FILTER(?n = 'no')", "?s a ?c FILTER(?c = 'x')",
    "?s tp:none ?n FILTER(?n > 1)", "?s tp:stage/tp:order ?n FILTER(?n > '0')",
    "?s tp:stars|tp:order ?n FILTER(?n > 'x')", "?s tp:order ?n ; tp:stars ?n FILTER(?n > 'x')",
    "?s tp:stars ?n OPTIONAL { ?s tp:order ?o FILTER(?n > 'x') }",
    "?s tp:stars ?n OPTIONAL { ?s tp:share ?o FILTER(?o > 'x') }", "?s tp:stars ?n { ?s tp:share ?o FILTER(?n > 'x') }",
    "?s tp:stars ?n { ?s tp:share ?o FILTER(?o > 'x') }",
    "{ ?s tp:share ?o FILTER(?o > 'x') } UNION { ?s tp:code ?c FILTER(?c = 99) }",
    "MINUS { ?s tp:share ?o FILTER(?o > 'x') }", "FILTER EXISTS { ?s tp:share ?o FILTER(?o > 'x') }",
    "?s tp:stars ?n FILTER(EXISTS { ?s tp:share ?n } && ?n > 'x')", "GRAPH ?g { ?s tp:share ?o FILTER(?o > 'x') }",
    "SERVICE x:e { ?s tp:share ?o FILTER(?o > 'x') }", "{ SELECT * { ?s tp:share ?o FILTER(?o > 'x') } }",
    "?s tp:stars ?n FILTER(?n = '3') FILTER(?n = '4')",
]  # fmt: skip

TOGETHER = [
    "?s a tp:Laureate ; tp:stars ?n", "?s a tp:Laureate ; tp:order ?n", "?s tp:order ?n ; a tp:Laureate",
    "?s a tp:Tool ; tp:stars ?n", "?s a tp:Tool ; tp:label ?n", "?s a tp:Stage ; tp:end ?n",
    "?s a tp:Laureate ; a tp:Tool", "?s a tp:Laureate, tp:Laureate", "?s tp:stars ?n ; tp:order ?m",
    "?s tp:order ?m ; tp:stars ?n", "?s tp:usesTool ?t . ?t a tp:Stage", "?t a tp:Stage . ?s tp:usesTool ?t",
    "?s tp:usesTool ?t . ?t tp:stars ?n", "?t tp:stars ?n . ?s tp:usesTool ?t", "?s tp:usesTool/tp:stars ?n",
    "?s tp:usesTool/^tp:inRegion ?n", "?s tp:usesTool ?t . ?u tp:inRegion ?t", "?s tp:note ?t . ?t tp:stars ?n",
    "?s tp:note ?t . ?t a tp:Tool", "?s tp:stars ?n . ?m tp:order ?n", "?s tp:stars ?n . ?n tp:stars ?s",
    "?s a tp:Tool OPTIONAL { ?s tp:stars ?n }", "?s a tp:Tool { ?s tp:stars ?n }",
    "?s a tp:Tool MINUS { ?s tp:stars ?n }", "?s a tp:Tool FILTER EXISTS { ?s tp:stars ?n }",
    "?s a tp:Tool { SELECT * { ?s tp:stars ?n } }", "{ SELECT * { ?s a tp:Tool ; tp:stars ?n } }",
    "{ ?s a tp:Tool } UNION { ?s tp:stars ?n }", "?s a tp:Tool GRAPH ?g { ?s tp:stars ?n }",
    "?s a tp:Tool SERVICE x:e { ?s tp:stars ?n }", "OPTIONAL { ?s a tp:Tool } OPTIONAL { ?s tp:stars ?n }",
    "?s a ?c ; tp:order ?n ; tp:stars ?m", "?s ?p ?o ; tp:order ?n ; tp:stars ?m", "laureate:a a tp:Tool ; tp:order ?n",
    "?s a tp:Stage ; tp:order ?n ; tp:stars ?m ; tp:title ?t", "?s tp:stars|tp:share ?n ; tp:order ?m",
    "?s a tp:None ; tp:stars ?n", "?s a tp:Laureate ; tp:order ?n ; tp:goal ?g", "[] a tp:Tool ; tp:stars 3",
    "?s tp:usesTool ?t . ?t a ?c ; tp:order ?o", "?s a igeo:Region ; tp:nom ?n",
    "GRAPH graph:report { ?s tp:stars ?n }", "GRAPH graph:report { ?s tp:inRegion ?n ; tp:stars ?m }",
    "GRAPH graph:curation { ?s tp:stars ?n }", "GRAPH graph:report { ?s tp:budget ?n }",
    "GRAPH graph:curation { ?s a tp:Tool }", "GRAPH graph:curation { ?s a ?c }",
    "GRAPH ?g { ?s tp:budget ?n ; tp:stars ?m }", "GRAPH ?g { ?s tp:stars ?m ; tp:budget ?n }",
    "GRAPH ?g { ?s tp:inRegion ?n ; tp:stars ?m }", "GRAPH graph:report { ?s tp:code ?n ; tp:inRegion ?r }",
    "GRAPH ?g { ?s a tp:Laureate ; tp:budget ?n }", "GRAPH ?g { ?s tp:usesTool ?t . ?t a tp:Tool }",
    "GRAPH ?g { ?s tp:usesTool ?t . ?u a tp:Tool }", "GRAPH ?g { ?s tp:usesTool ?t . tool:carte a tp:Tool }",
    "GRAPH ?g { ?s tp:none ?n ; tp:stars ?m }", "GRAPH ?g { ?s tp:stars|tp:share ?n ; tp:budget ?m }",
    "OPTIONAL { GRAPH ?g { ?s tp:budget ?n ; tp:stars ?m } }", "MINUS { GRAPH ?g { ?s tp:budget ?n ; tp:stars ?m } }",
    "GRAPH ?g { GRAPH ?h { ?s tp:budget ?n ; tp:stars ?m } }",
    "{ GRAPH graph:curation { ?s tp:stars ?n } } UNION { GRAPH graph:none { ?s tp:stars ?n } }",
    "GRAPH graph:ontology { ?s tp:usesTool ?t ; tp:stars ?n }",
    "GRAPH graph:vocabulary { tool:carte tp:stars ?n . ?l tp:usesTool tool:carte }",
]  # fmt: skip

VARIABLES = [
    "SELECT ?m { ?s tp:stars ?n }", "SELECT ?stars { ?s tp:stars ?star }",
    "SELECT (?star AS ?x) { ?s tp:stars ?stars }", "SELECT ?n { ?s tp:stars ?n FILTER(?m > 1) }",
    "SELECT ?n { ?s tp:stars ?n FILTER(BOUND(?m)) }", "SELECT ?n { ?s tp:stars ?n FILTER(COALESCE(?m, 1) = 1) }",
    "SELECT ?n { ?s tp:stars ?n } ORDER BY ?m", "SELECT ?n { ?s tp:stars ?n } GROUP BY ?n HAVING(?m > 1)",
    "SELECT (COUNT(?m) AS ?x) { ?s tp:stars ?n }", "SELECT ?x { ?s tp:stars ?n } GROUP BY (?m AS ?x)",
    "SELECT ?g { GRAPH ?g { ?s tp:stars ?n } }", "SELECT ?p { ?s ?p 3 }", "SELECT ?v { VALUES ?v { 1 } }",
    "SELECT ?v { ?s tp:stars ?n } VALUES ?v { 1 }", "SELECT ?b { BIND(1 AS ?b) }",
    "SELECT ?m { MINUS { ?s tp:stars ?m } }", "SELECT ?m { FILTER EXISTS { ?s tp:stars ?m } }",
    "SELECT ?m { { SELECT ?s { ?s tp:stars ?m } } }", "SELECT ?m { { SELECT (COUNT(?s) AS ?m) { ?s tp:stars ?n } } }",
    "SELECT ?m { { SELECT * { ?s tp:stars ?m } } }", "SELECT ?m { SERVICE x:e { ?s ?p ?m } }",
    "SELECT ?l { ?s tp:note (?l) }", "SELECT ?__1 { ?s tp:note [] }",
    "CONSTRUCT { ?s tp:x ?m ; tp:y [] } { ?s tp:stars ?n }", "CONSTRUCT { ?m tp:x ?n } { ?s tp:stars ?n }",
    "DESCRIBE ?m { ?s tp:stars ?n }", "DESCRIBE ?s { ?s tp:stars ?n }",
    "#+ param: m\nSELECT ?m { ?s tp:stars ?n FILTER(?n > ?m) }", "SELECT * { BIND(?n AS ?m) ?s tp:stars ?n }",
    "SELECT * { ?s tp:stars ?n BIND(?n AS ?m) }", "SELECT * { ?s tp:stars ?n { BIND(?n AS ?m) } }",
    "SELECT * { ?s tp:stars ?n OPTIONAL { ?s tp:share ?x FILTER(?n > 1) } }",
    "SELECT * { ?s tp:stars ?n OPTIONAL { BIND(?n AS ?m) } }",
    "SELECT * { OPTIONAL { ?s tp:share ?x FILTER(?n > 1) } ?s tp:stars ?n }",
    "SELECT * { ?s tp:stars ?n OPTIONAL { { FILTER(?n > 1) } } }",
    "SELECT * { ?s tp:stars ?n MINUS { ?s tp:share ?x FILTER(?n > 1) } }",
    "SELECT * { ?s tp:stars ?n FILTER EXISTS { ?s tp:share ?x FILTER(?n > 1 && ?m > 1) } }",
    "SELECT * { ?s tp:stars ?n FILTER EXISTS { { FILTER(?n > 1) } } }",
    "SELECT * { ?s tp:stars ?n BIND(EXISTS { ?s tp:share ?x FILTER(?x > ?n) } AS ?e) }",
    "SELECT * { GRAPH ?g { ?s tp:stars ?n FILTER(?g != x:s1) } }",
    "SELECT * { GRAPH ?g { { ?s tp:stars ?n FILTER(?g != x:s1) } } }",
    "SELECT * { { ?s tp:stars ?n FILTER(?x > 1) } UNION { ?s tp:share ?x } }",
    "SELECT * { ?s tp:share ?x { SELECT * { ?s tp:stars ?n FILTER(?x > 1) } } }",
    "SELECT * { ?s tp:share ?x { SELECT ?n { ?s tp:stars ?n } ORDER BY ?x } }",
    "SELECT * { SERVICE x:e { ?s ?p ?n FILTER(?x > 1) } }",
    "SELECT * { ?s tp:stars ?n FILTER(?n > 1 && EXISTS { ?s tp:share ?x } && ?x > 1) }",
    "SELECT (?b AS ?a) (1 AS ?b) { ?s tp:stars ?n }", "SELECT (1 AS ?a) (?a AS ?b) { ?s tp:stars ?n }",
    "SELECT (COUNT(?s) AS ?n) { ?s tp:stars ?x } GROUP BY ?x HAVING(?n > 1)",
    "SELECT (COUNT(?s) AS ?n) { ?s tp:stars ?x } GROUP BY ?n",
    "SELECT (COUNT(?s) AS ?n) { ?s tp:stars ?x } GROUP BY (?n + 1 AS ?m)",
    "SELECT (COUNT(?s) AS ?n) { ?s tp:stars ?x } ORDER BY ?n",
    "SELECT (COUNT(?s) AS ?n) { ?s tp:stars ?x } GROUP BY (?x AS ?n)",
    "#+ param: n\nSELECT (COUNT(?s) AS ?n) { ?s tp:stars ?x } GROUP BY ?x HAVING(?n > 1)",
]  # fmt: skip


def said(text: str) -> list[object]:
    return told(text, remarks(Question("query", text), profile()))


def selected(patterns: str) -> str:
    return f"SELECT * {{ {patterns} }}"


def of_names() -> Cases:
    return each(NAMES, said)


def of_values() -> Cases:
    return each(VALUES, said)


def of_conditions() -> Cases:
    return each(CONDITIONS, lambda text: said(selected(text)))


def of_together() -> Cases:
    return each(TOGETHER, lambda text: said(selected(text)))


def of_variables() -> Cases:
    return each(VARIABLES, said)


# --- an empty answer, an empty column, values from outside

EMPTIED = [
    "?s tp:stars 3 ; tp:main false", "?s a tp:Laureate ; tp:stars 1 ; tp:main ?m",
    "?s tp:stars 1 . ?s a tp:Laureate ; tp:inRegion ?r . ?r a tp:Tool", "?s tp:stars ?n FILTER(?n > 9)",
    "?s tp:stars ?n FILTER(?n > 1) FILTER(?n < 2)", "FILTER(?n > 9) ?s tp:stars ?n",
    "?s tp:stars ?n BIND(STR(?n) AS ?t) FILTER(?t > 3)", "BIND(1 AS ?n) FILTER(?n > 'a')",
    "BIND(1 AS ?n) FILTER(?m > 'a')", "BIND(1 AS ?n) FILTER(?n > 2)", "VALUES ?n { 8 9 } ?s tp:stars ?n",
    "VALUES (?n ?m) { (1 UNDEF) (2 tool:carte) } ?s tp:stars ?n FILTER(?n > 1)", "VALUES ?n {} ?s tp:stars ?n",
    "?s tp:stars ?n . VALUES ?n { 8 }", "?s tp:stars ?n OPTIONAL { ?s tp:share ?x } FILTER(?n > 9)",
    "?s tp:stars ?n OPTIONAL { ?s tp:share ?x } FILTER(?x > 99)", "?s tp:stars 1 { ?s tp:main true }",
    "?s tp:stars 1 MINUS { ?s tp:stars 1 }", "?s tp:stars|tp:share 1 ; tp:main true",
    "?s tp:stars 1 . ?s a tp:Laureate . ?s tp:main ?m", "?s tp:stars ?n . ?s tp:main ?m . ?s ?p 12 ",
    "?s tp:stage ?t . ?t a tp:Stage ; tp:order 1 . ?s tp:main ?m", "?s ?p 3 ; ?q 1", "?s ?p ?o ; a ?o",
    "?s tp:note (1)", "", "{ ?s tp:stars 1 ; tp:main ?m }", "GRAPH graph:report { ?s tp:stars 1 ; tp:main ?m }",
    " ".join(f"BIND({n} AS ?v{n})" for n in range(38)) + " ?s tp:stars 1 ; tp:main ?m",
    " ".join(f"BIND({n} AS ?v{n})" for n in range(39)) + " ?s tp:stars 1 ; tp:main ?m",
]  # fmt: skip
WHOLE = [
    "SELECT * FROM graph:report { ?s tp:stars 1 ; tp:main ?m }", "ASK { ?s tp:stars ?n FILTER(?n > 9) }",
    "CONSTRUCT { ?s tp:x 1 } { ?s tp:stars ?n FILTER(?n > 9) }",
    f"PREFIX t: <{TP}> SELECT * {{ ?s tp:stars ?n FILTER(?n = t:stars && ?n > 1) }}",
    "SELECT * { ?s tp:star ?n FILTER(?n > 9) }", "SELECT * { ?s tp:stars ?n FILTER(?n > 9) } GROUP BY",
]  # fmt: skip
BLANK = [
    "SELECT ?x { ?x ?p ?y }", "SELECT ?y ?x { ?x ?p ?y }", "SELECT (1/0 AS ?x) {}",
    "SELECT (COALESCE(1/0, '') AS ?x) {}", "SELECT (IF(?y, ?x, 1) AS ?x) {}", "SELECT (BOUND(?x) AS ?y) {}",
    "SELECT ?x { BIND(COALESCE(?n, 1) AS ?x) }", "SELECT ?x { OPTIONAL { BIND(COALESCE(?n, 1) AS ?x) } }",
    "SELECT ?x { BIND(?n AS ?x) }", "SELECT * { VALUES (?x ?y) { (UNDEF 1) } }", "SELECT ?x {",
    "SELECT $x '?x' # ?y\n { $y ?z 1 }", "SELECT ?z { ?z tp:stars ?y }",
]  # fmt: skip
ZERO = [
    "SELECT (COUNT(?n) AS ?x) { ?s tp:stars ?n }", "SELECT (COUNT(?n) AS ?x) (SUM(?n) AS ?y) { ?s tp:stars ?n }",
    "SELECT ?x { { SELECT (AVG (?n) + 0 AS ?x) { ?s tp:stars ?n } } }", "SELECT (SAMPLE(?n) AS ?x) { ?s tp:stars ?n }",
    "SELECT (COALESCE(SUM(?n), 0) AS ?x) { ?s tp:stars ?n }", "SELECT ?x { ?s tp:stars ?x }",
    "SELECT ?y { { SELECT (COUNT(?n) AS ?x) { ?s tp:star ?n } } }", "SELECT (COUNT(?n) AS ?x",
    "SELECT ?x { OPTIONAL { SELECT (COUNT(?n) AS ?x) { ?s tp:stars ?n } } BIND(COALESCE(?x, 1) AS ?y) }",
]  # fmt: skip
GIVEN: list[tuple[str, dict[str, NamedNode | Literal]]] = [
    ("SELECT * { ?s tp:usesTool ?t }", {"t": NamedNode(BASE + "tool/crate")}),
    ("SELECT * { ?s tp:usesTool ?t }", {"t": NamedNode(BASE + "tool/carte")}),
    ("SELECT * { ?s tp:usesTool ?t }", {"t": Literal("Map")}),
    ("SELECT * { ?s tp:inRegion $r }", {"r": NamedNode(BASE + "region/98")}),
    ("SELECT * { ?s tp:inRegion ?r }", {"r": NamedNode(BASE + "tool/carte")}),
    ("SELECT * { ?s tp:stars ?n ; tp:order ?n }", {"n": Literal("3")}),
    ("SELECT ?m { ?s tp:stars ?n }", {"m": Literal("3")}),
    ("SELECT * { ?s tp:stars ?n . ?s tp:main ?m }", {"n": Literal("1", datatype=NamedNode(XSD + "integer"))}),
    ("SELECT * { { SELECT * { ?s tp:stars ?n } } }", {"n": Literal("3")}),
    ("SELECT * { OPTIONAL { ?s tp:stars ?n } }", {"n": Literal("3")}),
    ("SELECT * { ?s tp:stars 9 }", {"x": Literal("3")}), ("SELECT * { ?s tp:title ?t }", {"t": Literal("Un val")}),
]  # fmt: skip
ELSEWHERE = [
    "SELECT * { ?s tp:star ?o }", "SELECT * { ?s a tp:Laureat }", "SELECT * { ?s tp:stars '3' }",
    "SELECT * { ?s tp:usesTool tool:crate }", "SELECT * { GRAPH graph:report { ?s tp:code ?n } }",
    "SELECT * { ?s tp:year '2041'^^xsd:gYaer }", "SELECT ?m { ?s tp:stars ?n }",
    "SELECT * { ?s tp:stars 3 ; tp:main false }", "SELECT * { ?s a tp:Tool ; tp:stars ?n }",
]  # fmt: skip


def of_answers() -> Cases:
    def left(text: str) -> object:
        return told(text, remarks(Question("query", text), profile(), empty=True))

    def blank(text: str) -> object:
        return told(text, remarks(Question("query", text), profile(), hollow={"x": "", "y": ""}))

    def zero(text: str) -> object:
        return told(text, remarks(Question("query", text), profile(), hollow={"x": "0", "y": ""}))

    def given(one: tuple[str, dict[str, NamedNode | Literal]]) -> object:
        values = {Variable(name): term for name, term in one[1].items()}
        asked = Question("query", one[0], values)
        return [told(one[0], remarks(asked, profile(), empty=empty)) for empty in (False, True)]

    def elsewhere(text: str) -> object:
        """An endpoint that has the graph, one that has not, and one with no default graph."""
        bare = Embedded(Store(), PREFIXES)
        named = f"GRAPH <{BASE}graph/report> {{ <urn:b> <{TP}code> 3 }}"
        bare.store.update(f"INSERT DATA {{ <urn:a> <{TP}stars> 3 ; a <{TP}Tool> . {named} }}")
        far = [profile(names=GRAPH, repository=one) for one in (GRAPH, bare)]
        return [told(text, remarks(Question("query", text), one, empty=True)) for one in far]

    base = BASE + "tool/"
    late = Question("q", "SELECT ?m { ?s tp:no 1 }")
    nested = "SELECT * { " + "FILTER EXISTS { " * 25 + "?s tp:star ?m " + "} " * 25 + "}"
    return {
        **each(EMPTIED, lambda text: left(selected(text))),
        **each(WHOLE, left),
        **each(BLANK, blank, lambda text: f"blank {text}"),
        **each(ZERO, zero, lambda text: f"zero {text}"),
        **each(GIVEN, given, lambda one: f"{one[0]} {one[1]}"),
        **each(ELSEWHERE, elsewhere, lambda text: f"elsewhere {text}"),
        "a base": lambda: [told(text, remarks(Question("q", text), profile(), base))
        for text in ("ASK { ?s ?p <crate> }", "ASK { ?s ?p <carte> }")],
        "no time": lambda: told("", remarks(late, profile(-1), None, True, {"m": ""})),
        "no answer": lambda: remarks(Question("q", "ASK { ?s tp:star 1 }"), Profile(Refusing(), PREFIXES, 9)),
        "exists in exists": lambda: told("", remarks(Question("q", nested), profile(), None, True, {"m": ""})),
        "too deep": lambda: told("", remarks(Question("q", "ASK {" * 90 + "}" * 90), profile(), None, True, {"m": ""})),
    }  # fmt: skip


class Refusing(Embedded):
    """A repository that gives no answer."""

    def __init__(self) -> None:
        super().__init__(Store())

    def ask(self, question: Question) -> QueryBoolean:
        raise UserError(question.name)


# --- what a graph has, and how it is written


def of_profile() -> Cases:
    own = profile()
    terms: list[NamedNode | Literal] = [
        *(NamedNode(BASE + name) for name in ("laureate/2041/a", "x/a.b", "x/a.", "x/a'(b)", "x/é-_~", "")),
        *map(NamedNode, (TP + "stars", "urn:a", XSD + "integer")),
        *(
            Literal(text, datatype=NamedNode(XSD + kind))
            for kind in ("integer", "decimal", "double", "boolean", "string")
            for text in ("1", "-1", "+1", "1.5", "1e3", "true", "x", "1.", "-1.5E-3", "")
        ),
        Literal('a"b\\\n'),
        Literal("é", language="fr"),
        Literal("x" * 58),
        Literal("x" * 59),
        Literal("x" * 80, language="en"),
        Literal("x", datatype=NamedNode("urn:d")),
    ]
    near = [
        TP + "srats",
        TP + "STARS",
        "urn:x/stars",
        "urn:x/stras",
        TP + "zzzz",
        TP + "sta",
        SKOS + "stars",
        TP,
        "urn:stars",
        IGEO + "title",
        TP + "goal",
        TP + "rat",
    ]

    def few() -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(profiles, "_MOST", 2)
            found = profile()
            return [len(found.things), len(found.properties), len(found.classes), len(found.graphs)]

    asked = ["?s tp:stars 3", "?s tp:none ?o", "GRAPH graph:report { ?s tp:stars 3 }"]

    def elsewhere(patterns: str) -> object:
        bare = Embedded(Store(), PREFIXES)
        bare.store.update(f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <{TP}stars> 3 }} }}")
        far = profile(names=GRAPH, repository=NoUnion(bare.store, PREFIXES))
        return [
            own.any(patterns),
            far.any(patterns),
            far.rows("?s", patterns),
            own.rows("?s", patterns, "ORDER BY ?s"),
            far.is_ours,
        ]

    return {
        **each(terms, own.written, lambda term: f"{term}"),
        **each(near, lambda iri: [own.near(NamedNode(iri), own.properties), own.has(iri)]),
        "names": lambda: [
            sorted(own.properties), sorted(own.classes), sorted(own.graphs), len(own.things),
            sorted(own.datatypes)[-9:], len(own.datatypes),
        ],
        "named": lambda: [
            own.is_property(NamedNode(TP + "old")), own.is_declared_property(NamedNode(TP + "old")),
            own.is_class(NamedNode(TP + "Old")), own.is_declared_class(NamedNode(TP + "Old")),
        ],
        "anywhere": lambda: [own.has(BASE + name) for name in ("graph/report", "graph/none", "ontology#stars",
        "tool/carte", "laureate/a", "tool/none", "a b")],
        "few": few,
        "declared": lambda: [own.head({"tp": "urn:t#", "new": "urn:n#"}), own.head({}) == profile().head({})],
        **each(asked, elsewhere, lambda text: f"anywhere {text}"),
    }  # fmt: skip


class NoUnion(Embedded):
    """A repository whose default graph is not the union of its graphs."""

    def ask(self, question: Question):  # type: ignore[no-untyped-def]
        return self.store.query(question.text, prefixes=self.prefixes)


# --- where it is said


def of_carried() -> Cases:
    said_ = [Both("rien ici ; « é »", "nothing here; “é”"), Both("ni là & <là>", "nor there & <there>")]
    datas = {
        "json": [b'{"head":{"vars":["x"]},"results":{"bindings":[]}}', b'{"head":{},"boolean":false}'],
        "xml": [b'<sparql><head><variable name="x"/></head><results/></sparql>',
        b"<sparql><head/><boolean>false</boolean></sparql>"],
        "ttl": [b"<a> <b> <c> .\n"], "nt": [b""], "nq": [b""], "trig": [b""], "csv": [b"x\r\n"], "tsv": [b"?x\n"],
        "jsonld": [b"[]"], "rdf": [b"<r/>"],
    }  # fmt: skip
    long = [Both("f" * n, "e" * n) for n in (10, 900, 964, 965, 970, 984, 2000)]
    long.append(Both("f" * 984, "e" * 985))

    def noted() -> object:
        text = "SELECT *\n { ?s tp:star ?o ;\n tp:strs ?p }"
        found = notes(Question("my\x1bquery", text), GRAPH, PREFIXES)
        return [[note.both, *(note.sentence(lang) for lang in LANGUAGES), note.shown] for note in found]

    more: list[dict[str, object]] = [
        {},
        {"empty": True},
        {"hollow": {"n": ""}},
        {"seconds": -1.0},
        {"base": BASE + "tool/"},
        {"names": Embedded(Store())},
    ]

    def options(given: dict[str, object]) -> object:
        texts = ["SELECT ?n { ?s tp:stars ?n FILTER(?n > 9) }", "ASK { ?s ?p <crate> }", "ASK { ?s tp:star 1 }"]
        asked = [Question("q", text) for text in texts]
        return [[note.both for note in notes(one, GRAPH, PREFIXES, **given)] for one in asked]  # type: ignore[arg-type]

    return {
        **each(datas, lambda kind: [inside(data, kind, given) for data in datas[kind]
        for given in ([], said_[:1], said_)]),
        "header": lambda: [HEADER, *(header(given) for given in ([], said_[:1], said_))],
        "long headers": lambda: [[
            len(header([one])), len(header([*said_, one])), len(header([one, *said_])),
        ] for one in long],
        "notes": noted,
        **each(more, options, lambda given: str(list(given))),
    }  # fmt: skip


MODULES: dict[str, Callable[[], Cases]] = {
    "names": of_names, "values": of_values, "conditions": of_conditions, "together": of_together,
    "variables": of_variables, "answers": of_answers, "profile": of_profile, "carried": of_carried,
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_is_said_of_a_small_query_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


def test_every_sentence_on_what_never_matches_is_said_in_a_case() -> None:
    lines = "".join(line for lines in expected(ROOM).values() for line in lines)
    keys = list(SENTENCES)[list(SENTENCES).index("nowhere") :]
    kept = {key: re.split(r"\{\w+\}", SENTENCES[key].fr) for key in keys}
    assert [key for key, parts in kept.items() if not all(written(part)[1:-1] in lines for part in parts)] == []


if __name__ == "__main__":
    write(ROOM, MODULES)
