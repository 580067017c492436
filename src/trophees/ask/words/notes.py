"""What is said beside an answer: whether there are any, of how many laureates nobody knows, whose list is not whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trophees.ask.rows import Rows
from trophees.ask.words.frames import Frame
from trophees.ask.words.sparql import incomplete, missing
from trophees.base.context import Context
from trophees.base.language import Both, Language

Ask = Callable[[str], Rows]

TOLD = {
    "yes": Both("Oui : {0}.", "Yes: {0}."),
    "no": Both("Non : le graphe n’en contient aucun.", "No: the graph holds none."),
    "none": Both("Le graphe n’en contient aucun.", "The graph holds none."),
    "cases": Both(
        "Ce sont les cas que les sources racontent : il peut y en avoir d’autres.",
        "These are the cases that the sources tell of: there may be others.",
    ),
}
# of how many laureates nobody knows, by the kind of what they lack
MISSING = {
    "region": Both("Lauréats dont il n’a pas la région : {0}.", "Laureates of which it has no region: {0}."),
    "departement": Both(
        "Lauréats dont il n’a pas le département : {0}.", "Laureates of which it has no department: {0}."
    ),
    "tool": Both("Lauréats dont il n’a pas d’outil : {0}.", "Laureates of which it has no tool: {0}."),
    "theme": Both("Lauréats dont il n’a pas de thème : {0}.", "Laureates of which it has no theme: {0}."),
    "audience": Both("Lauréats dont il n’a pas de public : {0}.", "Laureates of which it has no audience: {0}."),
    "kind": Both(
        "Lauréats dont il ne connaît pas la nature d’un porteur : {0}.",
        "Laureates of which it does not know the kind of a carrier: {0}.",
    ),
}
# of the edition that is asked for, or of several: by whether its list is known to lack laureates, or may
INCOMPLETE = {
    "lacks": Both("La liste de l’édition {0} n’est pas complète.", "The list of the edition {0} is not complete."),
    "may": Both(
        "La liste de l’édition {0} n’est peut-être pas complète.", "The list of the edition {0} may not be complete."
    ),
    "several-lacks": Both(
        "Éditions dont la liste n’est pas complète : {0}.", "Editions whose list is not complete: {0}."
    ),
    "several-may": Both(
        "Éditions dont la liste n’est peut-être pas complète : {0}.", "Editions whose list may not be complete: {0}."
    ),
}


def note(frame: Frame, rows: Rows, ask: Ask, context: Context, language: Language) -> str:
    """What is to be known with the answer `rows` to `frame`."""
    told = [*_any(frame, rows, ask, language)]
    if frame.target == "case":
        told.append(TOLD["cases"][language])
    elif frame.subject is None:
        told += _editions(frame, ask, context, language)
    return " ".join(told)


def is_nothing(rows: Rows) -> bool:
    """Whether there is no row, or one that says zero."""
    return not rows or (len(rows) == 1 and list(rows[0].values()) == [0])


def _any(frame: Frame, rows: Rows, ask: Ask, language: Language) -> Iterator[str]:
    """Whether there are any, where that was asked; if there is none, of how many laureates nobody knows."""
    if not is_nothing(rows) and frame.act != "without":
        if frame.act == "whether":
            yield TOLD["yes"][language].format(len(rows))
        return
    if frame.act != "without":
        yield TOLD["no" if frame.act == "whether" else "none"][language]
    for kind in [frame.target] if frame.act == "without" else [one.sign.kind for one in frame.conditions]:
        if (query := missing(kind)) and (number := ask(query)[0]["laureates"]):
            yield MISSING[kind][language].format(number)


def _editions(frame: Frame, ask: Ask, context: Context, language: Language) -> Iterator[str]:
    """Of the editions that the answer rests on, those of which not all laureates may be described."""
    rows = ask(incomplete(frame, context, language))
    if any(one.sign.kind == "edition" for one in frame.conditions):
        for row in rows:
            yield INCOMPLETE["lacks" if row["lacks"] else "may"][language].format(row["year"])
            if row["reason"]:
                yield str(row["reason"])
        return
    for name, lacks in (("several-lacks", True), ("several-may", False)):
        if years := ", ".join(str(row["year"]) for row in rows if row["lacks"] is lacks):
            yield INCOMPLETE[name][language].format(years)
