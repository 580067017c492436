"""Why portals would refuse the catalogue: which of `shapes/catalog.ttl` it breaks. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import rdflib
from pyoxigraph import NamedNode, Triple

from trophees.base.errors import brief, harmless
from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE, VOID
from trophees.check.shacl import Engine, Finding, PyShacl, shapes_graph
from trophees.check.wording import expected, instead
from trophees.source.problem import Severity


@dataclass(frozen=True, order=True)
class Refusal:
    """One thing to mend: the node, the shape that it breaks, the value to blame, if any, and what to do about it."""

    node: str
    rule: str
    value: str
    severity: Severity
    sentence: Both = field(compare=False)

    def line(self, language: Language) -> str:
        """`node: sentence ; valeur « … » [rule]`."""
        shown = self.sentence + instead(self.value) if self.value else self.sentence
        return harmless(f"{self.node}: {shown[language]} [{self.rule}]")


def check(
    catalogue: Iterable[Triple], shapes: str, engine: Callable[[rdflib.Graph], Engine] = PyShacl
) -> list[Refusal]:
    """What portals would mind in the triples of a catalogue, in the order of its nodes. VoID is not looked at."""
    rules = shapes_graph([shapes])
    findings = engine(rules).validate(t for t in catalogue if not t.predicate.value.startswith(VOID))
    return sorted({refusal(finding, rules) for finding in findings})


def refusal(finding: Finding, shapes: rdflib.Graph) -> Refusal:
    """What to mend where a finding is."""
    node, value = finding.focus, finding.value
    return Refusal(
        node=node.value.removeprefix(BASE) if isinstance(node, NamedNode) else "dcterms:PeriodOfTime",
        rule=finding.rule,
        value="" if value is None else brief(value.value.removeprefix(BASE)),
        severity=finding.severity,
        sentence=expected(shapes, finding),
    )
