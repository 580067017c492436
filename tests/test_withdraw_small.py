"""What a withdrawal writes into its record, and which nodes are inside of another: text alone, no release."""

from __future__ import annotations

import pytest

from trophees.base.context import Context
from trophees.base.language import Both
from trophees.base.namespaces import BASE
from trophees.release.withdraw import _inside, noted

CONTEXT = Context({"@context": {"laureate": BASE + "laureate/", "tool": BASE + "tool/"}})
REASON = Both('Dit  deux\nfois, "ici" et \\là.', "Said twice.")
FIRST = r"""id: withdrawal:2041-1
type: Retraits
version: "2041.1"
retraits:
  - id: withdrawal:2041-1#withdrawal-1
    retiré: laureate:2041/a
    remplacé_par: tool:y
    raison:
      fr: "Dit deux fois, \"ici\" et \\là."
      en: "Said twice."
  - id: withdrawal:2041-1#withdrawal-2
    retiré: laureate:2041/a#stage-1
    sans_successeur: true
    raison:
      fr: "Dit deux fois, \"ici\" et \\là."
      en: "Said twice."
"""
THEN = """  - id: withdrawal:2041-1#withdrawal-3
    retiré: laureate:2041/b
    sans_successeur: true
    raison:
      fr: "a"
      en: "b"
"""


def test_the_record_of_a_release_holds_its_withdrawals_in_order_and_only_the_first_has_the_successor() -> None:
    gone = [BASE + "laureate/2041/a", BASE + "laureate/2041/a#stage-1"]
    first = noted("", "2041.1", gone, REASON, BASE + "tool/y", CONTEXT)
    assert first == FIRST
    assert noted(first, "2041.1", [BASE + "laureate/2041/b"], Both("a", "b"), "", CONTEXT) == FIRST + THEN


@pytest.mark.parametrize(
    ("node", "other", "inside"),
    [
        ("urn:a", "urn:a", True),
        ("urn:a#stage-1-part-2", "urn:a#stage-1", True),
        ("urn:a#stage-12", "urn:a#stage-1", False),
        ("urn:a-b", "urn:a", False),
        ("urn:b", "urn:a", False),
    ],
)
def test_what_is_inside_of_a_fact_goes_with_it_what_is_called_alike_does_not(
    node: str, other: str, inside: bool
) -> None:
    assert _inside(node, other) is inside
