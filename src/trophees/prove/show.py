"""Evidence as text, HTML, JSON or SARIF: fact, section, line and passage side by side; the share proved at the end."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence

from trophees.base.language import Both, Language
from trophees.prove.evidence import Evidence, share

FORMATS = ("text", "html", "json", "sarif")
_TITLE = Both("Ce que dit la source", "What the source says")
_SHARE = Both(
    "{} affirmations sur {} se lisent dans la source ({} %)", "{} of {} claims can be read in the source ({} %)"
)
_MISSING = Both("ne se lit pas dans la source", "cannot be read in the source")
_WORDLESS = Both("sans « imprimé » ni « ancre »", "without “imprimé” or “ancre”")
_HEADS = (Both("fait", "fact"), Both("rubrique", "section"), Both("ligne", "line"), Both("passage", "passage"))


def render(
    evidence: Sequence[Evidence], form: str, language: Language, compact: Callable[[str], str], file: str, version: str
) -> str:
    """`evidence` in the format `form`. `compact` shortens an IRI, `file` is what the lines are counted in."""
    rows = [_row(one, language, compact) for one in evidence]
    if form == "json":
        return json.dumps(_json(evidence, compact), ensure_ascii=False, indent=1) + "\n"
    if form == "sarif":
        return json.dumps(_sarif(evidence, rows, file, version), ensure_ascii=False, indent=1) + "\n"
    if form == "html":
        return _html(rows, [one.found for one in evidence], language, summary(evidence, language))
    marks = ("✓" if one.found else "✗" for one in evidence)
    lines = ["  ".join(filter(None, (mark, *row))) for mark, row in zip(marks, rows, strict=True)]
    return "\n".join(lines) + "\n"


def summary(evidence: Sequence[Evidence], language: Language) -> str:
    """The share proved, in a sentence; never rounded up to the whole."""
    found, every = share(evidence)
    percent = 100 if found == every else int(1000 * found / every) / 10
    return _SHARE[language].format(found, every, f"{percent:g}")


def _row(one: Evidence, language: Language, compact: Callable[[str], str]) -> tuple[str, str, str, str]:
    claim = one.claim
    name = compact(claim.property).removeprefix("tp:") if claim.property else ""
    fact = f"{compact(claim.subject)} {name} « {claim.value} »" if name else compact(claim.subject)
    section = compact(claim.section) if claim.section else ""
    if one.found:
        return fact, section, str(one.line), " ".join(one.text.split())
    return fact, section, "", (_MISSING if claim.kind != "nothing" or name else _WORDLESS)[language]


def _json(evidence: Sequence[Evidence], compact: Callable[[str], str]) -> dict[str, object]:
    found, every = share(evidence)
    return {
        "proved": found,
        "claims": every,
        "evidence": [
            {
                "fact": compact(one.claim.subject),
                "property": compact(one.claim.property) if one.claim.property else None,
                "value": one.claim.value or None,
                "section": compact(one.claim.section) if one.claim.section else None,
                "line": one.line or None,
                "passage": one.text.strip() or None,
                "proved": one.found,
            }
            for one in evidence
        ],
    }


def _sarif(evidence: Sequence[Evidence], rows: Sequence[tuple[str, ...]], file: str, version: str) -> dict[str, object]:
    """SARIF 2.1.0: a result for each claim; its level is `none` if it is proved."""
    results = [
        {
            "ruleId": f"prove:{one.claim.kind}",
            "kind": "pass" if one.found else "fail",
            "level": "none" if one.found else "error",
            "message": {"text": f"{row[0]} — {row[3]}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": file},
                        "region": {"startLine": max(one.line, 1)},
                    }
                }
            ],
        }
        for one, row in zip(evidence, rows, strict=True)
    ]
    return {
        "version": "2.1.0",
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "runs": [{"tool": {"driver": {"name": "trophees prove", "version": version}}, "results": results}],
    }


def _html(rows: Sequence[tuple[str, ...]], found: Sequence[bool], language: Language, total: str) -> str:
    heads = "".join(f"<th scope=col>{html.escape(head[language])}" for head in _HEADS)
    body = "\n".join(
        f'<tr class="{"proved" if proved else "missing"}">' + "".join(f"<td>{html.escape(cell)}" for cell in row)
        for row, proved in zip(rows, found, strict=True)
    )
    title = html.escape(_TITLE[language])
    style = "td{vertical-align:top;padding:.2em .6em;border-top:1px solid}.missing{font-weight:bold}"
    head = f'<!DOCTYPE html>\n<html lang="{language}">\n<meta charset="utf-8">\n<title>{title}</title>\n'
    table = f"<table>\n<tr>{heads}\n{body}\n</table>"
    return f"{head}<style>{style}</style>\n<h1>{title}</h1>\n<p>{html.escape(total)}</p>\n{table}\n</html>\n"
