"""Everything that is known of communes since 1943: INSEE's history and the vintages joined, with what is by hand."""

from __future__ import annotations

from collections import defaultdict

from places_attested import dated, movements, names_by_hand, originated, renamed
from places_history import history, joined
from places_records import EPCI, Event, Life, State, overseas_code
from places_vintages import differences, letters


def communes() -> tuple[list[Life], list[Event], dict[str, State]]:
    """Everything since 1943, the two parts joined at the first vintage."""
    lives, events, used = originated(*renamed(*history(), names_by_hand()), movements())
    lives = joined(lives)
    later, more, states = differences()
    first = next(iter(states))
    begun = {(x.kind, x.code): x for x in lives if not x.end}
    ahead = {k for k in states[first] if not overseas_code(k[1])}
    assert begun.keys() == ahead, "the history does not end in the first vintage"
    found = [x for x in lives if x.end]
    for life in later:
        key = life.kind, life.code
        if life.start == f"../{first}" and key in begun:
            before = begun.pop(key)
            assert (letters(before.name), before.of) == (letters(life.name), life.of), (
                f"{key}: the history and the vintage disagree"
            )
            life = life._replace(start=before.start)
        found.append(life)
    rows = [row for row in movements() if row not in used and row.kind != EPCI]
    found, events = dated(found, [*events, *more], rows)
    return found, going_on(found, set(events)), states


def going_on(lives: list[Life], events: set[Event]) -> list[Event]:
    """The same events, where a territory that goes on after a split is one of those that it leads to."""
    held = defaultdict(list)
    for life in lives:
        held[life.kind, life.code].append((life.start[-10:], life.end[-10:] or "9"))
    found = set(events)
    for e in events:
        day = e.date[-10:]
        if e.event == "split" and any(start <= day < end for start, end in held[e.kind, e.code]):
            found -= {e._replace(event=x, to_code=e.code) for x in ("rename", "merger")}
            found.add(e._replace(to_code=e.code))
    return sorted(found)
