"""What is wrong with records, as each format says it: the whole of what is written, for one error and one warning."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import RdfFormat, parse

from trophees.base.language import Both
from trophees.base.namespaces import BASE
from trophees.check.report import line, render, summary
from trophees.source.problem import Problem

ERROR = Problem("data/a,b.yaml", 5, 10, "shapes:laureate-stars", messages=Both("trop : 5 %", "too many: 5%"))
WARNING = Problem("data/c.yaml", 1, 2, "shapes:a", "warning", messages=Both("est-ce\nvrai ?", "is it true?"))


def test_text_is_a_line_a_problem_in_the_language_asked_for() -> None:
    assert line(ERROR, "fr") == "data/a,b.yaml:5:10: erreur: trop : 5 % [shapes:laureate-stars]"
    assert render([ERROR, WARNING], "text", "en", "1") == (
        "data/a,b.yaml:5:10: error: too many: 5% [shapes:laureate-stars]\n"
        "data/c.yaml:1:2: warning: is it true? [shapes:a]\n"
    )
    assert render([], "text", "en", "1") == ""


@pytest.mark.parametrize(("records", "problems", "french", "english"), [
    (0, [], "0 fiche, aucun problème", "0 records, no problems"),
    (1, [ERROR], "1 fiche, 1 problème", "1 record, 1 problem"),
    (2, [ERROR, WARNING], "2 fiches, 2 problèmes", "2 records, 2 problems"),
])  # fmt: skip
def test_what_was_read_and_found_is_counted(records: int, problems: list[Problem], french: str, english: str) -> None:
    assert summary(problems, records, "fr") == french
    assert summary(problems, records, "en") == english


def test_json_has_each_problem_in_both_languages() -> None:
    assert json.loads(render([ERROR], "json", "fr", "1")) == [
        {
            "path": "data/a,b.yaml",
            "line": 5,
            "column": 10,
            "severity": "error",
            "rule": "shapes:laureate-stars",
            "messages": {"fr": "trop : 5 %", "en": "too many: 5%"},
        }
    ]


def test_sarif_is_one_run_whose_results_name_their_rules_by_place() -> None:
    def result(index: int, problem: Problem) -> dict[str, object]:
        place = {"startLine": problem.line, "startColumn": problem.column}
        return {
            "ruleId": problem.rule,
            "ruleIndex": index,
            "level": problem.severity,
            "message": {"text": problem.message("en")},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": problem.path}, "region": place}}],
        }

    driver = {
        "name": "trophees",
        "version": "2026.1",
        "informationUri": BASE,
        "rules": [{"id": "shapes:a"}, {"id": "shapes:laureate-stars"}],
    }
    assert json.loads(render([ERROR, WARNING], "sarif", "en", "2026.1")) == {
        "version": "2.1.0",
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [result(1, ERROR), result(0, WARNING)],
            }
        ],
    }


def test_an_annotation_escapes_what_ends_a_line_or_a_property() -> None:
    assert render([ERROR, WARNING], "github", "fr", "1") == (
        "::error file=data/a%2Cb.yaml,line=5,col=10,title=shapes%3Alaureate-stars::trop : 5 %25\n"
        "::warning file=data/c.yaml,line=1,col=2,title=shapes%3Aa::est-ce%0Avrai ?\n"
    )


REPORT = """
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<urn:report> a sh:ValidationReport ; sh:conforms CONFORMS .
"""
RESULT = """
<urn:report> sh:result <urn:report:NUMBER> .
<urn:report:NUMBER> a sh:ValidationResult ; sh:resultSeverity sh:SEVERITY ; sh:sourceShape <BASERULE> ;
  <https://schema.org/url> "PLACE" ; sh:resultMessage FR@fr, EN@en .
"""


@pytest.mark.parametrize(("problems", "conforms"), [
    ([], "true"), ([WARNING], "true"), ([ERROR], "false"), ([WARNING, ERROR], "false"),
])  # fmt: skip
def test_a_report_in_rdf_conforms_unless_there_is_an_error(problems: list[Problem], conforms: str) -> None:
    expected = REPORT.replace("CONFORMS", conforms)
    for number, p in enumerate(problems, 1):
        said = RESULT.replace("NUMBER", str(number)).replace("PLACE", f"{p.path}:{p.line}:{p.column}")
        said = said.replace("SEVERITY", "Violation" if p.severity == "error" else "Warning")
        said = said.replace("BASERULE", BASE + p.rule.replace(":", "#"))
        expected += said.replace("FR", json.dumps(p.message("fr"))).replace("EN", json.dumps(p.message("en")))
    found = render(problems, "ttl", "fr", "1")
    assert set(parse(found, format=RdfFormat.TURTLE)) == set(parse(expected, format=RdfFormat.TURTLE))
    assert found.startswith(
        "@prefix schema: <https://schema.org/> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn"
    )
