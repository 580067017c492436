"""What is wrong with a shape, told before it judges anything: the line, the shape, and a sentence."""

from __future__ import annotations

import pytest

from trophees.release.shape_files import mistakes

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/shapes#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:S a sh:NodeShape ;
  sh:targetClass ex:C ;
"""
# what is said of ex:S, and what is wrong with it
SAID = [
    *((f"sh:{name} 1", "") for name in ("minCount", "maxCount", "minLength", "maxLength")),
    *((f'sh:{name} "x"', "“x” is no whole number") for name in ("minCount", "maxCount", "minLength", "maxLength")),
    ("sh:minCount -1", "“-1” is no whole number"),
    ("sh:minCount 1.0", "“1.0” is no whole number"),
    ("sh:minCount ex:one", "“https://example.org/shapes#one” is no whole number"),
    ("sh:minCount 1, 2", "has 2 values, where one is expected"),
    *((f"sh:{name} 1.5", "") for name in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")),
    *(
        (f'sh:{name} "x"@fr', "“x” is no value to compare with")
        for name in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
    ),
    ("sh:minInclusive ex:y", "“https://example.org/shapes#y” is no value to compare with"),
    ("sh:minInclusive 1, 2", "has 2 values, where one is expected"),
    *((f"sh:{name} true", "") for name in ("closed", "uniqueLang", "deactivated")),
    ("sh:closed false", ""),
    *((f'sh:{name} "yes"', "“yes” is neither true nor false") for name in ("closed", "uniqueLang", "deactivated")),
    ('sh:closed "1"^^xsd:boolean', "“1” is neither true nor false"),
    ("sh:closed ex:true", "“https://example.org/shapes#true” is neither true nor false"),
    ("sh:closed true, false", "has 2 values, where one is expected"),
    *((f"sh:{name} ( ex:A ex:B )", "") for name in ("and", "or", "xone", "in", "languageIn", "ignoredProperties")),
    *(
        (f"sh:{name} ex:A", "“https://example.org/shapes#A” is no list: write ( … )")
        for name in ("and", "or", "xone", "in", "languageIn", "ignoredProperties")
    ),
    ("sh:in ()", ""),
    ("sh:in [ rdf:first 1 ; rdf:rest () ]", ""),
    ("sh:in [ rdf:first 1 ]", "what stands there is no list: write ( … )"),
    ("sh:in [ rdf:first 1, 2 ; rdf:rest () ]", "what stands there is no list: write ( … )"),
    ("sh:in [ rdf:rest () ]", "what stands there is no list: write ( … )"),
    ("sh:in [ rdf:first 1 ; rdf:rest (), ( 2 ) ]", "what stands there is no list: write ( … )"),
    ("sh:in _:loop . _:loop rdf:first 1 ; rdf:rest _:loop", "what stands there is no list: write ( … )"),
    ("sh:in ( 1 ), ( 2 )", "has 2 values, where one is expected"),
    ("sh:and ( ex:A ), ( ex:B )", ""),
    *(
        (f"sh:{name} ex:C", "")
        for name in ("targetObjectsOf", "targetSubjectsOf", "class", "datatype", "group", "equals", "disjoint")
    ),
    *(
        (f'sh:{name} "C"', "“C” is no IRI")
        for name in (
            *("targetObjectsOf", "targetSubjectsOf", "class", "datatype", "group"),
            *("equals", "disjoint", "lessThan", "lessThanOrEquals"),
        )
    ),
    ("sh:datatype ex:A, ex:B", "has 2 values, where one is expected"),
    ("sh:class ex:A, ex:B", ""),
    *((f"sh:{name} [ sh:minCount 1 ]", "") for name in ("node", "not", "qualifiedValueShape")),
    *((f'sh:{name} "x"', "“x” is no shape") for name in ("property", "node", "not", "qualifiedValueShape", "sparql")),
    ('sh:message "m"@fr, "m"@en ; sh:name "n"@fr', ""),
    *((f'sh:{name} "m"', "“m” needs a language, @fr or @en") for name in ("message", "name")),
    ('sh:message "m"@de', "“m” needs a language, @fr or @en"),
    ('sh:pattern "^a+$"', ""),
    ("sh:pattern ex:P", "“https://example.org/shapes#P” is no text"),
    ('sh:pattern "("', "“(” is no regular expression: missing ), unterminated subpattern at position 0"),
    *(
        (f"sh:nodeKind sh:{name}", "")
        for name in ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
    ),
    (
        "sh:nodeKind sh:Violation",
        "“http://www.w3.org/ns/shacl#Violation” is none of sh:IRI, sh:BlankNode, sh:Literal, sh:BlankNodeOrIRI, "
        "sh:BlankNodeOrLiteral, sh:IRIOrLiteral",
    ),
    ("sh:nodeKind sh:IRI, sh:Literal", "has 2 values, where one is expected"),
    *((f"sh:severity sh:{name}", "") for name in ("Violation", "Warning", "Info")),
    ('sh:severity "Info"', "“Info” is none of sh:Violation, sh:Warning, sh:Info"),
    ('sh:unknown "x"', ""),
    ("sh:path ex:p", ""),
    ('sh:path "p"', "“p” is no path: an IRI is expected"),
    ("sh:path ()", "“http://www.w3.org/1999/02/22-rdf-syntax-ns#nil” is no path: an IRI is expected"),
    ("sh:path ( ex:p )", "what stands there is no path: an IRI is expected"),
    ("sh:path ( ex:p ex:q )", ""),
    ('sh:path ( ex:p "q" )', "what stands there is no path: an IRI is expected"),
    ('sh:path ( "p" ex:q )', "what stands there is no path: an IRI is expected"),
    *((f"sh:path [ sh:{name} ex:p ]", "") for name in ("inversePath", "zeroOrMorePath", "oneOrMorePath")),
    ("sh:path [ sh:zeroOrOnePath ex:p ]", ""),
    ("sh:path [ sh:inversePath [ sh:oneOrMorePath ex:p ] ]", ""),
    ('sh:path [ sh:inversePath "p" ]', "what stands there is no path: an IRI is expected"),
    ("sh:path [ sh:otherPath ex:p ]", "what stands there is no path: an IRI is expected"),
    ("sh:path [ sh:inversePath ex:p, ex:q ]", "what stands there is no path: an IRI is expected"),
    ("sh:path []", "what stands there is no path: an IRI is expected"),
    ("sh:path [ sh:alternativePath ( ex:p ex:q ) ]", ""),
    ("sh:path [ sh:alternativePath ( ex:p ) ]", ""),
    ("sh:path [ sh:alternativePath () ]", "what stands there is no path: an IRI is expected"),
    ("sh:path [ sh:alternativePath ex:p ]", "what stands there is no path: an IRI is expected"),
    ('sh:path [ sh:alternativePath ( ex:p "q" ) ]', "what stands there is no path: an IRI is expected"),
    ("sh:path _:turn . _:turn sh:inversePath _:turn", "what stands there is no path: an IRI is expected"),
    ("sh:path ex:p, ex:q", "has 2 values, where one is expected"),
    ('sh:select "SELECT $this {}"', ""),
    ('sh:select "SELECT ?other {}"', "is a query that does not select $this"),
    ('sh:select "ASK {}"', "is no SELECT"),
    ("sh:select ex:q", "“https://example.org/shapes#q” is no text of a query"),
    ('sh:select "SELECT $this { $this ex:p 1 }"', "is no SPARQL: 1:22"),
    (
        'sh:select "SELECT $this { $this ex:p 1 }" . ex:D sh:declare [ sh:prefix "ex" ; '
        'sh:namespace "https://example.org/"^^xsd:anyURI ]',
        "",
    ),
    ('sh:select "SELECT $this {}", "SELECT $this { }"', "has 2 values, where one is expected"),
]


def nested(depth: int) -> str:
    """A path of so many steps within one another."""
    return "sh:path " + "[ sh:inversePath " * depth + "ex:p" + " ]" * depth


@pytest.mark.parametrize(("said", "wrong"), SAID, ids=lambda text: text[:60])
def test_what_is_said_of_a_shape_is_right_or_told_with_its_line(said: str, wrong: str) -> None:
    found = list(mistakes(f"{HEAD}  {said} .\n"))
    name = said.partition(" ")[0]
    if wrong:
        (one,) = found
        assert one.startswith(f":7: S — {name} {wrong}")
        assert one.endswith(wrong) or "is no SPARQL" in wrong
    else:
        assert found == []


def test_a_path_has_at_most_twenty_steps_within_one_another() -> None:
    assert list(mistakes(f"{HEAD} {nested(21)} .")) == []
    assert list(mistakes(f"{HEAD} {nested(22)} .")) == [
        ":7: S — sh:path what stands there is no path: an IRI is expected"
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ex:S sh:property ex:P .\nex:P sh:minCount 1 .", [":7: P — a property shape needs a sh:path"]),
        ("ex:P a sh:PropertyShape .", [":6: P — a property shape needs a sh:path"]),
        ("ex:P a sh:PropertyShape ; sh:path ex:p .", []),
        ("ex:S sh:property [ sh:minCount 1 ] .", [":6: S — a property shape needs a sh:path"]),
        ("ex:S sh:name 'n'@fr ;\n sh:property [ sh:path ex:p ;\n sh:minCount 'x' ] .",
            [":8: S — sh:minCount “x” is no whole number"]),
        ("[] sh:minCount 'x' .", [": a shape without a name — sh:minCount “x” is no whole number"]),
        ("<urn:x:T> sh:closed 'x' .", [":6: T — sh:closed “x” is neither true nor false"]),
        ("ex:ST sh:name 'n'@fr .\nex:S\n sh:closed 'x' .", [":8: S — sh:closed “x” is neither true nor false"]),
        ("ex:S sh:name 'n'@fr .\n\nex:U sh:closed true .\nex:S sh:closed 'x' .",
            [":6: S — sh:closed “x” is neither true nor false"]),
        ("ex:S sh:minCount 'x' ; sh:maxCount 'y' .", [
            ":6: S — sh:minCount “x” is no whole number", ":6: S — sh:maxCount “y” is no whole number",
        ]),
        ("ex:S sh:targetClass 'C' .", [":6: S — sh:targetClass “C” is no IRI"]),
        ("ex:S ex:minCount 'x' .", []),
    ],
)  # fmt: skip
def test_a_mistake_stands_in_the_line_of_the_named_shape_that_it_is_a_part_of(said: str, told: list[str]) -> None:
    text = HEAD.partition("ex:S a")[0] + "\n" + said
    assert list(mistakes(text)) == told
