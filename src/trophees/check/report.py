"""Problems as text for people, and as JSON, SARIF, GitHub annotations and a SHACL report for tools. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from trophees.base.errors import harmless
from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE, RDF, SHACL, XSD
from trophees.source.problem import Problem

FORMATS = ("text", "json", "sarif", "github", "ttl")
_WORDS = {"error": Both("erreur", "error"), "warning": Both("avertissement", "warning")}


def line(problem: Problem, language: Language) -> str:
    """`file:line:column: erreur: sentence [rule]`."""
    word = _WORDS[problem.severity][language]
    place = f"{problem.path}:{problem.line}:{problem.column}"
    return harmless(f"{place}: {word}: {problem.message(language)} [{problem.rule}]")


def summary(problems: Sequence[Problem], records: int, language: Language) -> str:
    """How many records were read, and how many problems found."""
    count = len(problems)
    return Both(
        f"{records} fiche{'s' * (records > 1)}, {count or 'aucun'} problème{'s' * (count > 1)}",
        f"{records} record{'s' * (records != 1)}, {count or 'no'} problem{'s' * (count != 1)}",
    )[language]


def render(problems: Sequence[Problem], form: str, language: Language, version: str) -> str:
    """All of `problems` in the format `form`, one of FORMATS; empty for text without problems."""
    match form:
        case "json":
            return _json([{**_fields(p), "messages": dict(p.messages.items())} for p in problems])
        case "sarif":
            return _json(_sarif(problems, language, version))
        case "github":
            return "".join(_annotation(p, language) for p in problems)
        case "ttl":
            return _shacl(problems)
        case _:
            return "".join(line(p, language) + "\n" for p in problems)


def _fields(p: Problem) -> dict[str, object]:
    return {"path": p.path, "line": p.line, "column": p.column, "severity": p.severity, "rule": p.rule}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _sarif(problems: Sequence[Problem], language: Language, version: str) -> dict[str, object]:
    """SARIF 2.1.0 (OASIS), one run."""
    rules = sorted({p.rule for p in problems})
    results = [
        {
            "ruleId": p.rule,
            "ruleIndex": rules.index(p.rule),
            "level": p.severity,
            "message": {"text": p.message(language)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": p.path},
                        "region": {"startLine": p.line, "startColumn": p.column},
                    }
                }
            ],
        }
        for p in problems
    ]
    driver = {"name": "trophees", "version": version, "informationUri": BASE, "rules": [{"id": r} for r in rules]}
    return {
        "version": "2.1.0",
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _annotation(p: Problem, language: Language) -> str:
    """A workflow command; `%`, line ends and, in properties, `:` and `,` are escaped."""
    text = p.message(language).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    path = p.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{p.severity} file={path},line={p.line},col={p.column},title={p.rule.replace(':', '%3A')}::{text}\n"


def _shacl(problems: Sequence[Problem]) -> str:
    """A SHACL validation report (SHACL, section 3.6), whose results have IRIs and name file and line."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

    schema = "https://schema.org/"
    report = NamedNode("urn:report")

    def fact(subject: NamedNode, name: str, value: NamedNode | Literal) -> Triple:
        return Triple(subject, NamedNode(name), value)

    conforms = "false" if any(p.severity == "error" for p in problems) else "true"
    found = [
        fact(report, RDF + "type", NamedNode(SHACL + "ValidationReport")),
        fact(report, SHACL + "conforms", Literal(conforms, datatype=NamedNode(XSD + "boolean"))),
    ]
    for number, p in enumerate(problems, 1):
        result = NamedNode(f"urn:report:{number}")
        severity = "Violation" if p.severity == "error" else "Warning"
        found += [
            fact(report, SHACL + "result", result),
            fact(result, RDF + "type", NamedNode(SHACL + "ValidationResult")),
            fact(result, SHACL + "resultSeverity", NamedNode(SHACL + severity)),
            fact(result, SHACL + "sourceShape", NamedNode(BASE + p.rule.replace(":", "#"))),
            fact(result, schema + "url", Literal(f"{p.path}:{p.line}:{p.column}")),
        ]
        found += [fact(result, SHACL + "resultMessage", Literal(t, language=lang)) for lang, t in p.messages.items()]
    data = serialize(found, format=RdfFormat.TURTLE, prefixes={"sh": SHACL, "schema": schema}) or b""
    head, _, body = data.decode().partition("<urn:report>")
    return "".join(sorted(head.splitlines(keepends=True))) + "<urn:report>" + body
