"""Queries of a line, well and badly written: how each is read, what is wrong with it, and what may be meant.

`small/syntax.tsv` has what comes of each; after a wanted change, `python tests/test_syntax_small.py` writes it anew.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pyoxigraph import Store

from small_cases import PARTS, Cases, compare, each, expected, near, write, written
from trophees.ask.compact_names import escaped
from trophees.ask.engine import Embedded
from trophees.ask.explain import scope
from trophees.ask.explain.grammar import LONGEST, read
from trophees.ask.explain.mistakes import mistake
from trophees.ask.explain.nearest import distance, nearest, words
from trophees.ask.explain.profile import Profile
from trophees.ask.explain.reader import Beyond, Mistake
from trophees.ask.explain.sentences import SENTENCES, candidates, enumerated
from trophees.ask.explain.tokens import Token, excerpt, place, tokens
from trophees.ask.explain.tree import Leaf
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE, RDF, XSD

ROOM = "syntax"
PREFIXES = {"tp": "urn:tp#", "tool": BASE + "tool/", "x": "urn:x/", "xsd": XSD}

# --- the words of a query


def of_tokens() -> Cases:
    texts = [
        "ASK{?s a $o.}", "a  # b\n c#d\re", "<a> < b> <a b> <", "<a\\u0041>", "_:a.b. _:1 _:-a _: _:a·",
        "a:b :b a: : a.b:c a.:b", "a:1b a:b.c. a:%41%4 a:\\/b\\~ a:\\x é:à 1:a a-b:c-d a:b:c a·b:c·",
        "?a ?1 ?é $b_ ? ?- ?a-b", "'a' \"a\" '' \"\" '''a'''  \"\"\"a\"\"\"", "'''a'b''c''' \"\"\"a\"b\"\"c\"\"\"",
        "'a\\'b' \"a\\\"b\" '''\\'''a'''", "'a\nb' \"a\nb\"", "'''a\nb'''", "'a", '"a', "'''a''", '"""a', "'a'@fr '@en",
        "@fr @fr-CA-1 @1 @fr--ltr @fr- @", "1 12.5 .5 1. 1e3 1.e3 .5E-2 1e 1.5e+ 007 1.2.3", "true NOT a1 a-b aé éa _a",
        "^^ || && != <= >= << >> <<( )>> {| |}", "][(){}.,;=<>!+*/|^?~-", "&|$@", "§ “\u00a0", "", " \n# a", "# a",
        "x:a/b x:a#b tool:a/b tool:a#b-1", "?s tool:a/b ?o tool:c/d 1",
    ]  # fmt: skip

    def told(text: str) -> list[str]:
        found = tokens(text, PREFIXES)
        assert all(text[token.start : token.end] == token.text for token in found)
        return [f"{token.kind} {token.text}@{token.start}" for token in found]

    lines = ["a\nbc\r\nd\re", "", "a", "é\u00a0\tb\n", "x" * 150]
    return {
        **each(texts, told),
        "nothing declared": lambda: [token.text for token in tokens("tool:a/b")],
        **each(
            lines,
            lambda text: [[*place(text, at), excerpt(text, at)] for at in {*range(9), 59, 60, 61, 62, 150}],
            lambda text: f"lines {text}",
        ),
        "long lines": lambda: [
            excerpt("x" * length, at) for length, at in ((100, 99), (101, 60), (101, 61), (101, 100))
        ],
    }


# --- how a query is read

READ = [
    "SELECT ?s { ?s a tp:A }", "select distinct $s ?o where { $s ?p ?o . }", "SELECT REDUCED * {}",
    "ASK { ?s tp:p 1, 2 ; tp:q ?o ;; . ?o ?p ?s }", "SELECT (1 AS ?x) (?x + 2 AS ?y) {}",
    "SELECT (COUNT(*) AS ?n) (SUM(DISTINCT ?o) AS ?t) { ?s ?p ?o }",
    "SELECT ?s (GROUP_CONCAT(?o; SEPARATOR=', ') AS ?t) (SAMPLE(?o) AS ?u) { ?s ?p ?o } GROUP BY ?s",
    "SELECT ?y { ?s ?p ?o } GROUP BY (STR(?o) AS ?y) ?s STR(?p) (?o) HAVING (COUNT(?s) > 1) (MIN(?o) < 3) "
    "ORDER BY ?y DESC(?o) ASC(?s) (?p) STR(?o)",
    "SELECT * { ?s ?p ?o } ORDER BY tp:f(?s) LIMIT 3 OFFSET 2",
    "SELECT * { ?s ?p ?o } OFFSET 2 LIMIT 3 VALUES ?s { x:a UNDEF 'b' }",
    "SELECT * FROM x:g FROM NAMED <x:h> WHERE { ?s ?p ?o }", "DESCRIBE x:a <x:b> ?c { ?c ?p 1 }", "DESCRIBE *",
    "DESCRIBE x:a", "DESCRIBE ?c WHERE { ?c ?p 1 }", "DESCRIBE * { ?c ?p 1 }",
    "CONSTRUCT { ?s x:p ?o ; x:q _:b } WHERE { ?s ?p ?o }", "CONSTRUCT { ?s x:p ?o } FROM x:g { ?s ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT {} { ?s ?p ?o }", "CONSTRUCT FROM x:g WHERE { ?s ?p ?o }",
    "BASE <http://b/c/> PREFIX y: <d#> PREFIX : <../e/> ASK { y:a :b <f> }", "BASE <tag:a/b> ASK { <c> <#d> <> }",
    "PREFIX x: <http://y/> ASK { x:a tp:b 1 }",
    "ASK { ?s ?p 'a', \"b\"@fr-CA, 'c'^^x:t, '''d''', '''e'f\\n\\t''', 'g'@en--ltr }",
    "ASK { ?s ?p 1, -2, +3.5, 4e1, -.5E-2, true, false }", "ASK { ?s ?p '\\u00e9\\U0001F5F3\\\\\\'\\b\\f\\r\\\"' }",
    "ASK { ?s ?p '\\uFf09\\U0001fF90' }", "ASK { { SELECT ?s { ?s ?p 1 } GROUP BY ?s } (1) ?p 2 }",
    "SELECT ?s { ?s ?p 1 } ORDER BY NOT EXISTS { ?s ?p 2 } exists { ?s ?p 3 }", "ASK { _:a ?p _:b.c . _:d-e ?q [] }",
    "ASK { [] ?p [ ?q 1 ; ?r 2 ] . [ ?q 3 ] . [ ?q 4 ] ?p 5 }", "ASK { ?s ?p (1 ?x [ ?q 2 ]), () . (1) ?p 2 . (3) }",
    "ASK { ?s tp:a/tp:b ?o }", "ASK { ?s ^tp:a/a ?o }", "ASK { ?s tp:a/^tp:b/tp:c ?o, ?q }",
    "ASK { ?s ^(tp:a/tp:b) ?o }", "ASK { ?s tp:a|tp:b/tp:c ?o }", "ASK { ?s tp:a*/(tp:b+) ?o ; tp:c? 1 }",
    "ASK { ?s !tp:a ?o ; !(tp:b|^tp:c|a) 1 ; !() 2 ; !^tp:d 3 }", "ASK { ?s (tp:a|tp:b)* ?o ; ((tp:c)) 1 }",
    "ASK { ?s tp:a/(tp:b|tp:c)/tp:d ?o }", "ASK { ?s tp:a/!(tp:b) ?o . ?s ^tp:c/^tp:d 1 }",
    "ASK { ?s ?p ?o FILTER(?o > 1 && ?s != x:a && !BOUND(?p)) }", "ASK { FILTER(1 = 2 || 3 < 4 && 5 >= 6) }",
    "ASK { FILTER(?a && ?b || ?c && ?d) FILTER(?e && (?f && ?g)) }",
    "ASK { FILTER(?a IN (1, x:b) && ?c NOT IN () && ?d) }", "ASK { FILTER(-?a + 2 * !?b / 3 - +4 <= (5)) }",
    "ASK { FILTER REGEX(?a, 'b', \"i\") FILTER x:f(?a, 1) FILTER <x:g>() FILTER(x:h(DISTINCT ?a)) }",
    "ASK { FILTER EXISTS { ?s ?p 1 } FILTER NOT EXISTS { ?s ?p 2 } FILTER(1 && EXISTS { ?a ?b ?c FILTER(?a) }) }",
    "ASK { BIND(COALESCE(?a, 1) AS ?x) BIND(IF(BOUND(?b), ?c, 2) AS ?y) BIND(CONCAT() AS ?z) }",
    "ASK { BIND(RAND() AS ?x) BIND(BNODE() AS ?y) BIND(BNODE('a') AS ?z) BIND(SUBSTR('a', 1, 2) AS ?t) "
    "BIND(REPLACE('a', 'b', 'c', 'i') AS ?u) }",
    "ASK { VALUES ?x { 1 UNDEF x:a 'b'@fr } VALUES (?y ?z) { (1 2) (UNDEF x:b) } VALUES () { () } VALUES ?t {} }",
    "ASK { { ?s ?p 1 } { ?s ?p 2 } UNION { ?s ?p 3 } UNION {} }",
    "ASK { OPTIONAL { ?s ?p 1 } MINUS { ?s ?p 2 } . ?s ?p 3 . GRAPH ?g { ?s ?p 4 } GRAPH x:g {} }",
    "ASK { SERVICE x:e { ?s ?p 1 } SERVICE SILENT ?e { ?s ?p 2 } }",
    "ASK { { SELECT ?s (1 AS ?x) { ?s ?p 1 } LIMIT 1 } }", "ASK { SELECT * { ?s ?p 1 } VALUES ?s { 1 } }",
    "ASK { ?s ?p ?o . FILTER(?o) . ?o ?p ?s . BIND(1 AS ?x) }", "ASK { ?s ?p tool:a/b, tool:c#d-1 }",
    "SELECT ?s { ?s ?p '1'^^xsd:integer, '2'^^<http://t> }", "ask { ?s x:a\\/b ?o }", "ASK { ?s x:a:b 1 ; x:c:d:e 2 }",
    "SELECT (tp:f(?o) AS ?x) (x:g() AS ?y) { ?s ?p ?o }", "SELECT (SUM(?o) + 1 AS ?n) { ?s ?p ?o } HAVING AVG(?o)",
    "SELECT ?a { ?a ?b ?c } GROUP BY ?a ORDER BY COUNT(?b) ?a",
    "ASK { FILTER(LANGMATCHES(LANG(?a), '*') && ISIRI(?b)) }", "ASK { FILTER(COUNT(?a) && ?b) }",
]  # fmt: skip


def shown(value: Any) -> str:
    """What was read, without what is as it is by default; of a term, where it stands."""
    if isinstance(value, Leaf):
        term = str(value.term).replace(f"<{XSD}", "<xsd:").replace(f"<{RDF}", "<rdf:")
        return f"{term}@{value.token.start}-{value.token.end}{'()' if value.call else ''}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, frozenset | set):
        return f"{{{', '.join(sorted(value))}}}"
    if isinstance(value, Token):
        return f"{value.text}@{value.start}"
    if not dataclasses.is_dataclass(value):
        return str(value)
    usual = {
        f.name: f.default_factory() if callable(f.default_factory) else f.default for f in dataclasses.fields(value)
    }
    said = {name: part for name, part in vars(value).items() if part != usual[name] and part != PREFIXES}
    return f"{type(value).__name__}({', '.join(f'{name}={shown(part)}' for name, part in said.items())})"


def of_reading() -> Cases:
    return each(READ, lambda text: shown(read(text, PREFIXES, "http://base/x")))


# --- what is wrong

MISTAKEN = [
    "", "  # a", "SELECT", "SELECT ?s", "SELECT ?s {", "SELECT ?s { ?s", "SELECT ?s { ?s ?p", "SELECT ?s { ?s ?p ?o",
    "SELECT ?s { ?s ?p ?o .", "SELECT {}", "SELECT ?s { ?s ?p ?o } }", "SELECT ?s { ?s ?p ?o ) }",
    "SELECT ?s { ?s ?p (1 2 }", "SELECT ?s { [ ?p 1 }", "SELECT ?s { FILTER(1 } ORDER BY ?s",
    "SELECT ?s { ?s ?p ?o LIMIT 1", "SELECT ?s { ?s ?p ?o ORDER BY ?s }", "SELECT ?s { ?s ?p [ ?q 1 ) }", "SELEC ?s {}",
    "FOO ?s {}", "?s {}", "{ ?s ?p ?o }", "ASC {}", "PREFIX", "PREFIX x <a>", "PREFIX x: a", "PREFIX x:y <a> ASK {}",
    "BASE", "BASE a: ASK {}", "PREFI x: <a:> ASK {}", "BASE <x> ASK {}", "PREFIX x: <x> ASK {}", "insert {}",
    "DELETE {}", "LOAD {}", "CLEAR {}", "DROP {}", "CREATE {}", "ADD {}", "MOVE {}", "COPY {}", "WITH {}",
    "SELECT ?s, ?o { ?s ?p ?o }", "SELECT , ?s { ?s ?p ?o }", "SELECT COUNT(?s) { ?s ?p ?o }", "SELECT str(?s) {}",
    "SELECT ?s STR(?s) { ?s ?p 1 }", "SELECT (1) {}", "SELECT (1 ?x) {}", "SELECT (1 AS x) {}", "SELECT (1 AS ?x {}",
    "SELECT (AS ?x) {}", "SELECT 1 {}", "SELECT s { ?s ?p ?o }", "SELECT DISTINCT {}", "SELECT * ?s {}", "DESCRIBE",
    "DESCRIBE { ?s ?p ?o }", "DESCRIBE 'a'", "CONSTRUCT", "CONSTRUCT { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o FILTER(1) } {}", "CONSTRUCT ?s {}", "CONSTRUCT { ?s ?p } {}", "ASK", "ASK ?s {}",
    "ASK FROM {}", "ASK FROM NAMED ?g {}", "ASK WHERE ?s", "ASK { ?s nope:a ?o }", "ASK { ?s tpp:a ?o }",
    "ASK { ?s tp ?o }", "ASK { ?s p ?o }", "ASK { ?s <a b> ?o }", "ASK { ?s <a ?o }", "ASK { ?s <a> ?o }",
    "ASK { <http://[> ?p ?o }", "ASK { ?s x:\\< ?o }", "ASK { ?s ?p '1'^^zz:a }", "ASK { ?s ?p '1'^^ }",
    "ASK { ?s ?p '1'^^'a' }", "ASK { ?s ?p 'a'@ }", "ASK { ?s ?p 'a'@fr_FR }", "ASK { ?s tool:a\\/b/c ?o }",
    "ASK { ?s x:2020/cachan ?o }", "ASK { ?s x:a/2020/b. }", "ASK { x:a/b ?p ?o }", "ASK { x:a / b ?p ?o }",
    "ASK { ?s x:a/?o }", "ASK { ?s ?p x:a/b }", "ASK { ?s ?p x:a/ }", "ASK { ?s ?p x:a /b }", "ASK { ?s ?p x:a/'b' }",
    "ASK { ?s / ?o }", "ASK { ?s x:a//b ?o }", "ASK { ?s x:a/b ?o ; x:c 1 }", "ASK { ?s x:a/b/x:c ?o }",
    "ASK { ?s ?p ?o/x:a }", "SELECT (x:a/b AS ?x) {}",
    "ASK { ?s ?p 'a\\d' }", "ASK { ?s ?p '\\n\\xa' }", "ASK { ?s ?p '''a\\\nb''' }", "ASK { ?s ?p '\\u12' }",
    "ASK { ?s ?p '\\U0012' }", "ASK { ?s ?p 'a }", 'ASK { ?s ?p "a }', "ASK { ?s ?p '''a'' }", "ASK { ?s ?p “a” }",
    "ASK { ?s ?p «a» }", "ASK { ?s ?p ‘a’ }", "ASK { ?s ?p ‚a }", "ASK { ?s\u00a0?p ?o }", "ASK { ?s\u202f?p\u2007?o }",
    "ASK {\u2009}", "ASK {\u3000}", "ASK {\u2007}", "ASK { ?s ?p ” }", "ASK { ?s ?p „ }", "ASK { ?s ?p » }",
    "ASK { ?s ?p ’ }", "ASK { ?s ?p ?o GROUP BY ?s }", "ASK { ?s ?p ?o HAVING (?s) }", "ASK { ?s ?p ?o OFFSET 1 }",
    "\ufeffASK {}", "ASK {\u200b}", "ASK { ?s ?p § }", "ASK { ?s ?p \u007f }", "ASK { ?s ?p & }", "ASK { ?s ?p ?o } \\",
    "ASK { ?s ?p 1 ?o ?q 2 }", "ASK { ?s a tp:A tp:p 1 }", "ASK { ?s ?p 1 'a' }", "ASK { ?s ?p 1 [] ?q 2 }",
    "ASK { ?s ?p 1 (1) ?q 2 }", "ASK { ?s ?p 1 true }", f"ASK {{ ?s ?p 1 x:{'a' * 50} }}",
    f"ASK {{ ?s ?p 1 x:{'a' * 38} }}", f"ASK {{ ?s {'a' * 41} 1 }}", f"ASK {{ ?s {'a' * 40} 1 }}", "ASK { ?s }",
    "ASK { ?s . }", "ASK { ?s ?p , 1 }", "ASK { ?s ?p 1 , }", "ASK { ?s ?p 1 ; 2 }", "ASK { [] }", "ASK { () }",
    "ASK { ?s 'a' 1 }", "ASK { 'a' }", "ASK { . }", "ASK { ?s ?p 1 . . }", "ASK { ?s ?p 1 ;", "ASK { ?s ?p - }",
    "ASK { ?s ?p -a }", "ASK { [ ?p 1, ] }", "ASK { ?s ?p [ 1 ] }", "ASK { ?s ?p ] }", "ASK { ?s tp:a| ?o }",
    "ASK { ?s tp:a/ ?o }", "ASK { ?s ^ ?o }", "ASK { ?s !?p ?o }", "ASK { ?s !(tp:a ?o }", "ASK { ?s !(tp:a|) ?o }",
    "ASK { ?s (tp:a ?o }", "ASK { ?s () ?o }", "ASK { ?s tp:a** ?o }", "ASK { ?s tp:a{2} ?o }", "ASK { ?s ?p* ?o }",
    "ASK { ?s ?p/tp:a ?o }", "ASK { ?s !(tp:a/tp:b) ?o }", "ASK { FILTER }", "ASK { FILTER ?a }", "ASK { FILTER 1 }",
    "ASK { FILTER 'a' }", "ASK { FILTER ! ?a }", "ASK { FILTER x:a }", "ASK { FILTER () }", "ASK { FILTER(1 }",
    "ASK { FILTER(1 2) }", "ASK { FILTER(1 AND 2) }", "ASK { FILTER(1 or 2) }", "ASK { FILTER(1 NOT 2) }",
    "ASK { FILTER(NOT 1) }", "ASK { FILTER(1 NOT IN 2) }", "ASK { FILTER(1 IN 2) }", "ASK { FILTER(1 IN (2 3)) }",
    "ASK { FILTER(1 IN (2,)) }", "ASK { FILTER(1 = = 2) }", "ASK { FILTER(1 == 2) }", "ASK { FILTER(1 < 2 < 3) }",
    "ASK { FILTER(1 + ) }", "ASK { FILTER(1 &&) }", "ASK { FILTER(|| 1) }", "ASK { FILTER(1 & 2) }",
    "ASK { FILTER(1 % 2) }", "ASK { FILTER(?a ?b) }", "ASK { FILTER(tp:a tp:b) }", "ASK { FILTER(1 'a') }",
    "ASK { FILTER EXIST { ?s ?p 1 } }", "ASK { FILTER NOT { ?s ?p 1 } }", "ASK { FILTER EXISTS ?s }",
    "ASK { FILTER(EXIST { ?s ?p 1 }) }", "ASK { FILTER STRLENGTH(?a) }", "ASK { FILTER(strlenght(?a)) }",
    "ASK { FILTER(FOO(?a)) }", "ASK { FILTER(foo) }", "ASK { FILTER(REGEX(?a)) }",
    "ASK { FILTER(REGEX(?a, 'b', 'c', 'd')) }", "ASK { FILTER(STR()) }", "ASK { FILTER(NOW(1)) }",
    "ASK { FILTER(BNODE(1, 2)) }", "ASK { FILTER(IF(1, 2)) }", "ASK { FILTER(REPLACE(1, 2)) }",
    "ASK { FILTER(CONTAINS(1)) }", "ASK { FILTER(STR ?a) }", "ASK { FILTER(STR(?a ?b)) }", "ASK { FILTER(STR(?a,)) }",
    "ASK { FILTER(STR(,?a)) }", "ASK { FILTER(x:f(1 }", "SELECT (COUNT() AS ?n) {}", "SELECT (SUM(*) AS ?n) {}",
    "SELECT (COUNT(1, 2) AS ?n) {}", "SELECT (COUNT ?s AS ?n) {}", "SELECT (GROUP_CONCAT(1; ', ') AS ?n) {}",
    "SELECT (GROUP_CONCAT(1; SEPARATOR ', ') AS ?n) {}", "SELECT (GROUP_CONCAT(1; SEPARATOR=1) AS ?n) {}",
    "SELECT (GROUP_CONCAT(1; SEPERATOR=', ') AS ?n) {}", "SELECT (GROUP_CONCAT(1, ', ') AS ?n) {}",
    "SELECT (COUNT(1; SEPARATOR='a') AS ?n) {}", "ASK { BIND 1 AS ?x }", "ASK { BIND(1) }", "ASK { BIND(1 AS x:a) }",
    "ASK { BIND() }", "ASK { VALUES }", "ASK { VALUES x:a { 1 } }", "ASK { VALUES ?x 1 }", "ASK { VALUES ?x { ?y } }",
    "ASK { VALUES ?x { (1) } }", "ASK { VALUES (?x) { 1 } }", "ASK { VALUES (?x ?y) { (1) (2 3) } }",
    "ASK { VALUES (?x) { (1 2) } }", "ASK { VALUES (x:a) { (1) } }", "ASK { VALUES ?x { 1", "ASK { VALUES (?x",
    "ASK { VALUES (?x) { (1", "ASK { VALUES ?x { 1 . } }", "ASK {} VALUES", "ASK { OPTIONAL ?s ?p ?o }",
    "ASK { OPTIONNAL { ?s ?p ?o } }", "ASK { MINUS }", "ASK { UNION { ?s ?p 1 } }",
    "ASK { { ?s ?p 1 } UNIO { ?s ?p 2 } }", "ASK { { ?s ?p 1 } UNION }", "ASK { GRAPH { ?s ?p 1 } }",
    "ASK { GRAPH 'a' {} }", "ASK { SERVICE SILENT {} }", "ASK { SELECT ?s { ?s ?p 1 } ?s ?p 2 }",
    "ASK { ?s ?p 1 SELECT ?s { ?s ?p 1 } }", "ASK { ASK {} }", "ASK { PREFIX a: <b:> ?s ?p 1 }",
    "ASK { { SELECT ?s FROM x:g { ?s ?p 1 } } }", "SELECT * { ?s ?p 1 } GROUP ?s", "SELECT ?s { ?s ?p 1 } GROUP BY",
    "SELECT ?s { ?s ?p 1 } GROUP BY 1", "SELECT ?s { ?s ?p 1 } GROUP BY (?s AS 1)",
    "SELECT ?s { ?s ?p 1 } GROUP BY (?s ?p)", "SELECT ?s { ?s ?p 1 } HAVING", "SELECT ?s { ?s ?p 1 } HAVING ?s",
    "SELECT ?s { ?s ?p 1 } ORDER ?s", "SELECT ?s { ?s ?p 1 } ORDER BY", "SELECT ?s { ?s ?p 1 } ORDER BY DESC",
    "SELECT ?s { ?s ?p 1 } ORDER BY DESC ?s", "SELECT ?s { ?s ?p 1 } ORDER BY 1", "SELECT ?s { ?s ?p 1 } ORDER BY x:a",
    "SELECT ?s { ?s ?p 1 } ORDER BY LIMIT 1", "SELECT ?s { ?s ?p 1 } LIMIT", "SELECT ?s { ?s ?p 1 } LIMIT ?n",
    "SELECT ?s { ?s ?p 1 } LIMIT 1.5", "SELECT ?s { ?s ?p 1 } LIMIT -1", "SELECT ?s { ?s ?p 1 } LIMIT 1 ORDER BY ?s",
    "SELECT ?s { ?s ?p 1 } LIMT 1", "SELECT ?s { ?s ?p 1 } WHERE {}",
    # what is read and cannot be meant
    "SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT * { ?s ?p ?o } ORDER BY COUNT(?s)",
    "SELECT * { ?s ?p ?o } HAVING(MIN(?o) > 1)", "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }",
    "SELECT ?s ?o { ?s ?p ?o } GROUP BY ?s", "SELECT ?s (STR(?o) AS ?x) { ?s ?p ?o } GROUP BY ?s",
    "SELECT ?s (STR(?s) AS ?x) (?x AS ?y) { ?s ?p ?o } GROUP BY ?s", "SELECT ?s { ?s ?p ?o } ORDER BY COUNT(?o)",
    "SELECT ?s { ?s ?p ?o } HAVING(COUNT(?o) > 1)", "SELECT (STR(?s) AS ?s) { ?s ?p ?o }",
    "SELECT (COUNT(?s) AS ?s) { ?s ?p ?o }", "SELECT ?s ?s { ?s ?p ?o }", "SELECT (1 AS ?x) (2 AS ?x) {}",
    "SELECT ?x (2 AS ?x) {}", "ASK { ?s ?p ?o BIND(1 AS ?s) }", "ASK { ?s ?p ?o BIND(1 AS ?p) }",
    "ASK { BIND(1 AS ?s) ?s ?p ?o }", "ASK { BIND(1 AS ?x) BIND(2 AS ?x) }", "ASK { VALUES ?x { 1 } BIND(2 AS ?x) }",
    "ASK { OPTIONAL { ?x ?p 1 } BIND(2 AS ?x) }", "ASK { MINUS { ?x ?p 1 } BIND(2 AS ?x) }",
    "ASK { FILTER(?x) BIND(2 AS ?x) }", "ASK { GRAPH ?x {} BIND(2 AS ?x) }",
    "ASK { { SELECT ?x { ?x ?y 1 } } BIND(2 AS ?y) }", "ASK { { SELECT ?x { ?x ?y 1 } } BIND(2 AS ?x) }",
    "ASK { { SELECT * { ?x ?y 1 } VALUES ?z { 1 } } BIND(2 AS ?z) }", "ASK { { ?x ?y ?z BIND(1 AS ?y) } }",
    "ASK { FILTER EXISTS { ?x ?y ?z BIND(1 AS ?z) } }", "ASK { BIND(EXISTS { ?x ?y ?z BIND(1 AS ?z) } AS ?w) }",
    "ASK { { SELECT (1 AS ?a) (2 AS ?a) {} } }", "ASK { ?s tp:a/tp:b ?o BIND(1 AS ?o) }",
    "ASK { ?s tp:a* ?o BIND(1 AS ?o) }", "ASK { FILTER(SUM(?x) > 1) }", "ASK { BIND(SUM(?x) AS ?y) }",
    "ASK { OPTIONAL { FILTER(1 + MAX(?x) > 1) } }",
    # what only the engine refuses
    "ASK { _:a ?p 1 OPTIONAL { _:a ?p 2 } }", "ASK { ?s ?p 'a'@abcdefghijkl }",
    "SELECT (COUNT(SUM(?o)) AS ?n) { ?s ?p ?o }", "SELECT (x:f(1) AS ?x) {}",
    "SELECT (xsd:integr('1') AS ?x) (xsd:integer('1') AS ?y) {}", "SELECT (xsd:dat('2020') AS ?x) {}",
    "SELECT (1 AS ?n) { ?s ?p ?o FILTER(?o = x:g(2)) }",
]  # fmt: skip


def said(text: str) -> object:
    """All that is said of what is wrong with `text`; nothing if the engine takes it, and so does the reader."""
    try:
        Store().query(escaped(text, PREFIXES), prefixes=PREFIXES)
    except (SyntaxError, RuntimeError) as refused:
        told = mistake(text, refused, PREFIXES)
        return told and [told.place, told.at, told.certain, told.sentence, told.shown]
    scope.check(read(text, PREFIXES).query)
    return None


def of_mistakes() -> Cases:
    return each(MISTAKEN, said)


def of_prefixes() -> Cases:
    """Which prefixes may be meant, by the names that the graph has; how a mistake is raised."""
    known = {"tp": "urn:tp#", "tip": "urn:tip#", "top": "urn:top#", "x": "urn:x/", "": "urn:none/", "xsd": XSD}
    store = Store()
    store.update("INSERT DATA { <urn:top#a> <urn:x/b> <urn:none/c> }")

    def told(text: str, seconds: float = 9) -> object:
        found = mistake(text, SyntaxError(), known, Profile(Embedded(store), known, seconds))
        assert found
        raised = [found.error("query", lang) for lang in LANGUAGES]
        return [found.more, [[str(error), getattr(error, "__notes__", [])] for error in raised]]

    texts = [
        "ASK { ?s tap:a 1 }", "ASK { ?s tap:q 1 }", "ASK { ?s zzz:b 1 }", "ASK { ?s zzz:c 1 }", "ASK { ?s tap: 1 }",
        "ASK { ?s tap:\\( 1 }", "ASK { ?s tap:b 1 }", "", " ", "\n",
    ]  # fmt: skip
    errors = [
        *((kind, message) for kind in (SyntaxError, ValueError, RuntimeError) for message in ("error at 1:5: x", "x")),
        (RuntimeError, "The custom function <urn:x/f> is not supported"),
        (RuntimeError, "The custom function <urn:x/g> is not supported"),
        (SyntaxError, "error at 2:3: Already used blank node id"), (SyntaxError, "error at 1:99: <unreported>"),
        (SyntaxError, "error at 1:1: contains a variable that is unbound"),
        (SyntaxError, "language tag parsing failed"), (SyntaxError, "error at 3:2: Unexpected aggregate"),
        (SyntaxError, "error at 2:30: Unexpected"),
    ]  # fmt: skip

    def refused(one: tuple[type[Exception], str]) -> object:
        text = "ASK {\n  ?s ?p tool:a/b, tool:c/d\n  FILTER(x:f(1)) } "
        found = mistake(text, one[0](one[1]), PREFIXES)
        return found and [found.place, found.at, found.certain, found.sentence]

    casts = [
        *(f"urn:x#{name}" for name in ("string", "boolean", "decimal", "float", "double", "time", "dateTime")),
        "urn:x#integer",
        "urn:x/date",
        f"{XSD}dat",
        f"{XSD}dateTim",
        f"{XSD}",
        "urn:decimal",
        f"{XSD}Integer",
    ]

    def cast(iri: str) -> object:
        error = RuntimeError(f"The custom function <{iri}> is not supported")
        found = [mistake(f"ASK {{ FILTER(<{iri}>(1)) }}", error, known) for known in (PREFIXES, {})]
        return [one and one.sentence for one in found]

    return {
        **each(texts, told),
        "no time": lambda: told("ASK { ?s tap:a 1 }", -1),
        "no graph": lambda: [one.sentence for one in [mistake("ASK { ?s tap:a 1 }", SyntaxError(), known)] if one],
        **each(errors, refused, lambda one: f"{one[0].__name__} {one[1]}"),
        **each(casts, cast),
        "a base": lambda: [mistake("ASK { <a> ?p 1 }", SyntaxError(), {}, None, base) for base in (None, "urn:b")],
    }


# --- what may be meant

NAMES = [
    "tool",
    "tools",
    "stool",
    "Tool",
    "tôol",
    "too",
    "title",
    "laureate",
    "laureates",
    "lauréat",
    "region",
    "départ",
    "t",
    "o",
]


def of_nearest() -> Cases:
    asked = [
        "tool",
        "tol",
        "otol",
        "toool",
        "took",
        "TOOL",
        "laureat",
        "lauraetes",
        "regoin",
        "depart",
        "t",
        "x",
        "",
        "zzzzzz",
        "too",
    ]
    keywords = ["SELECT", "SEPARATOR", "SERVICE", "SEL", "STR", "STRLEN", "STRLANG"]
    weights = {"tôol": 5, "stool": 3, "too": 2}
    return {
        **each([*near("abcd", "xb")], lambda text: [distance("abcd", text, most) for most in range(3)],
        lambda text: f"abcd and {text}"),
        "far": lambda: [distance(a, b, 9) for a, b in [
            ("", ""), ("", "ab"), ("ab", "ba"), ("abc", "cab"), ("ca", "abc"), ("aab", "aba"), ("abab", "baba"),
        ]],
        **each(asked, lambda text: [
            nearest(text, NAMES), nearest(text, NAMES, lambda name: weights.get(name, 0)),
            nearest(text, NAMES, offered=9),
        ]),
        **each([
            "SEL", "SE", "S", "SERVISE", "SELECT", "ST", "STR", "STRLENG", "SELECTION",
        ], lambda text: words(text, keywords)),
        "listed": lambda: [[candidates(names), enumerated(names)] for names in ([], ["a"], ["a", "b"], [
            "a", "b", "c",
        ]) if names] + [candidates([])],
    }  # fmt: skip


MODULES: dict[str, Callable[[], Cases]] = {
    "tokens": of_tokens, "reading": of_reading, "mistakes": of_mistakes, "prefixes": of_prefixes, "nearest": of_nearest,
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_comes_of_a_small_query_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


# each with every token left out, doubled, swapped or another: thousands of queries, most of them wrong
VARIED = [
    "SELECT ?s (1 AS ?x) { ?s a ?o }", "SELECT DISTINCT * FROM x:g { ?s ?p 1, 'a' }",
    "SELECT ?s { ?s ?p 1 ; ?q 2 . } LIMIT 3", "ASK { ?s ?p 1 . ?o ?q 2 }",
    "SELECT ?s { ?s ?p 1 } GROUP BY ?s (1 AS ?y) HAVING (?s)", "SELECT ?s { ?s ?p 1 } ORDER BY ?s DESC(?p) STR(?s)",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "DESCRIBE x:a WHERE { ?s ?p 1 }",
    "CONSTRUCT { ?s x:p [] } WHERE { ?s ?p 1 }", "CONSTRUCT WHERE { ?s ?p 1 }",
    "BASE <a:> PREFIX y: <b#> ASK { y:a ?p 1 }", "ASK { [ ?q 3 ] ?p () . (1) }", "ASK { ?s ?p 'c'^^x:t, 'd'@fr }",
    "ASK { ?s ^x:a/x:b* ?o }", "ASK { ?s !(x:a|^a) ?o }", "ASK { ?s (x:a|x:b)+ ?o }",
    "ASK { FILTER(?a > 1 && -?b != 2) }", "ASK { FILTER(?a IN (1, 2) || !?c) }", "ASK { FILTER(?a NOT IN (1)) }",
    "ASK { FILTER STR(?a) BIND(1 AS ?b) }", "ASK { FILTER NOT EXISTS { ?s ?p 1 } }",
    "ASK { FILTER(BOUND(?a) * REGEX(1, 2)) }", "ASK { VALUES ?x { 1 } VALUES (?y ?z) { (1 UNDEF) } }",
    "ASK { { ?s ?p 1 } UNION {} OPTIONAL {} }", "ASK { GRAPH ?g {} MINUS { SELECT ?s {} } }",
    "SELECT (GROUP_CONCAT(?o; SEPARATOR='a') AS ?n) { ?s ?p ?o }",
]  # fmt: skip
OTHERS = ["", "}", ")", "{", "(", "[", ".", ",", ";", "?v", "x:n", "2", "a", "FILTER"]


def changed(text: str) -> Iterator[str]:
    """`text` with each of its tokens left out, doubled, swapped with the next, or another."""
    found = tokens(text, PREFIXES)[:-1]
    for token, after in zip(found, [*found[1:], None], strict=True):
        for new in [*OTHERS, f"{token.text} {token.text}"]:
            yield f"{text[: token.start]} {new} {text[token.end :]}"
        if after:
            yield f"{text[: token.start]} {after.text} {token.text} {text[after.end :]}"


@pytest.mark.parametrize("part", range(4))
def test_the_reader_takes_what_the_engine_takes_and_nothing_else(part: int) -> None:
    store, apart = Store(), []
    for text in (one for query in VARIED[part::4] for one in changed(query)):
        ours = theirs = ""
        try:
            scope.check(read(text, PREFIXES, "http://b/").query)
        except (Mistake, Beyond) as error:
            ours = str(error) or "beyond"
        try:
            store.query(text, prefixes=PREFIXES, base_iri="http://b/")
        except (RuntimeError, OSError):  # a function, or a base, that is none
            continue
        except SyntaxError as error:
            theirs = str(error)
        if bool(ours) != bool(theirs):
            apart.append((text, ours, theirs))
    assert apart == []


def test_a_query_too_long_or_nested_too_deeply_is_not_read() -> None:
    texts = ["ASK {}" + " " * (LONGEST - 6), "ASK {}" + " " * (LONGEST - 5)]
    texts += [f"ASK {{ FILTER({'(' * n}1{')' * n}) }}" for n in (10, 60)]
    texts += [f"ASK {{ {'{' * n}{'}' * n} }}" for n in (50, 60)]

    def beyond(text: str) -> bool:
        try:
            read(text, {})
        except Beyond:
            return True
        return False

    assert [beyond(text) for text in texts] == [False, True] * 3


def test_every_sentence_for_a_mistake_is_said_in_a_case() -> None:
    written_ = "".join(line for lines in expected(ROOM).values() for line in lines)
    keys = list(SENTENCES)[: list(SENTENCES).index("flag")]
    kept = {key: re.split(r"\{\w+\}", SENTENCES[key].fr) for key in keys}
    assert [key for key, parts in kept.items() if not all(written(part)[1:-1] in written_ for part in parts)] == []


if __name__ == "__main__":
    write(ROOM, MODULES)
