"""What a row adds to a record that tells of the same process already: at the end of its lists, the rest unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trophees.base.context import Context
from trophees.base.language import Both
from trophees.intake import columns
from trophees.intake.columns import quoted, section
from trophees.intake.faults import Fault
from trophees.intake.known import Process, plain
from trophees.intake.proposal import account, sites
from trophees.intake.sheet import Sheet


def added(text: str, sheet: Sheet, process: Process, source: str, faults: Iterable[Fault], context: Context) -> str:
    """The `text` of the record of `process` with the account that `source` gives of it, its sites, and what differs."""
    title, line = sheet.get(columns.TITLE), sheet.get(columns.CARRIER)
    more = {"titre": quoted(title)} if title else {}
    if line:
        more["ligne_porteur"] = quoted(line)
    if sheet.status and sheet.status.stars:
        more["étoiles"] = str(sheet.status.stars)
    text = inserted(text, "récits", list(account(sheet, source, **more)))
    lines = [line for line in sites(sheet) if line and line != "sites:"]
    if lines:
        lines = [new for old in lines for new in ([old, f"    selon: {source}"] if "rubrique:" in old else [old])]
        text = inserted(text, "sites", lines)
    told = [line for said in differences(sheet, process, faults) for line in _anomaly(said, source, process, context)]
    return inserted(text, "anomalies", told) if told else text


def differences(sheet: Sheet, process: Process, faults: Iterable[Fault]) -> Iterator[tuple[str, str, Both]]:
    """What the row and the record say differently: the kind of the anomaly, the column, what differs."""
    for fault in faults:
        if fault.kind == "contradictory-year":
            said = Both("La fiche se contredit : ", "The sheet contradicts itself: ") + fault.said
            yield "année contradictoire", fault.column, said
    for role, theirs in ((columns.TITLE, process.title), (columns.CARRIER, process.line)):
        ours = sheet.get(role)
        if not theirs and ours:
            said = Both(
                f"La fiche donne « {ours} », que l’autre source ne donne pas.",
                f"The sheet gives “{ours}”, which the other source does not.",
            )
            yield "récits contradictoires", sheet.header(role), said
        elif ours and plain(ours) != plain(re.sub(r"\s*\([0-9AB, ]*\)$", "", theirs)):
            said = Both(
                f"La fiche dit « {ours} », l’autre source « {theirs} ».",
                f"The sheet says “{ours}”, the other source “{theirs}”.",
            )
            yield "récits contradictoires", sheet.header(role), said


def _anomaly(said: tuple[str, str, Both], source: str, process: Process, context: Context) -> Iterator[str]:
    kind, header, text = said
    yield f"  - défaut: {kind}"
    yield f"    porte_sur: {context.compact(process.iri)}"
    yield from ("    texte:", f"      fr: {quoted(text.fr)}", f"      en: {quoted(text.en)}")
    yield from (f"    rubrique: {section(header)}", f"    selon: {source}")


def inserted(text: str, key: str, lines: Iterable[str]) -> str:
    """The `text` of a record with `lines` at the end of its list `key`, which is made at the end if there is none."""
    end = "\r\n" if "\r\n" in text else "\n"
    block = "".join(line + end for line in lines)
    match = re.search(
        rf"^{re.escape(key)}:[ \t]*(?:#.*)?\r?\n((?:[ \t]+.*\r?\n|[ \t]*\r?\n|- .*\r?\n)*)", text, re.MULTILINE
    )
    if not text.endswith("\n"):
        text += end
    if match is None:
        return f"{text}{end}{key}:{end}{block}"
    at = match.end(1) - (len(match[1]) - len(match[1].rstrip("\r\n \t")))
    rest = text[at:]
    cut = re.match(r"[ \t]*\r?\n", rest)
    at += cut.end() if cut else 0
    return text[:at] + block + text[at:]
