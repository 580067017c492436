"""The grammar of questions in words, as tables: which short questions it takes and what they ask, of signs alone.

`questions/grammar.tsv` has the questions of a head or two, up to two nouns, up to one verb and what may stand beside
them, that the grammar takes: what is tried and not there is refused. `questions/links.tsv` tells which words lead to
which thing, `questions/said.tsv` how each frame is said. After a wanted change, `python tests/test_words_small.py`
writes them anew: the difference is to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import permutations, product
from pathlib import Path

import pytest

from trophees.ask.words.frames import Condition, Frame, Reading, readings
from trophees.ask.words.grammar import frames
from trophees.ask.words.left import Words
from trophees.ask.words.lexicon import Lexicon, Sign
from trophees.ask.words.said import said
from trophees.ask.words.tokens import Token, tokens

FOLDER = Path(__file__).parent / "questions"
HEADS = [
    "", "list", "which", "count", "who", "where", "when", "whether", "most", "least", "commonest", "average", "sum",
    "max", "min", "which most", "which least", "which commonest", "which count", "list count", "count which",
    "count sum", "which average", "whether which", "most least", "sum max",
]  # fmt: skip
NOUNS = [
    "laureate", "tool", "theme", "audience", "region", "departement", "commune", "territory", "carrier", "partner",
    "kind", "stars", "outcome", "goal", "stage", "summary", "edition", "process", "report", "organisation", "case",
]  # fmt: skip
VERBS = [
    "", "use", "plan", "cite", "turn", "carry", "locate", "touch", "treat", "address", "concern", "feed", "partner",
    "work", "have", "say", "happen", "award",
]  # fmt: skip
PREPOSITIONS = ["in", "the", "at", "of", "on", "for", "with", "by", "per", "during"]
SINGLE = [[], *([noun] for noun in NOUNS)]
PAIRS = [*SINGLE, *(["laureate", noun] for noun in NOUNS), *([noun, "laureate"] for noun in NOUNS[1:])]
A = Sign("laureate", "urn:a", "A", "A")
STATUS, INDICATOR, ASPECT, STANDING = (
    Sign(kind, f"urn:{kind}", kind, kind) for kind in ("status", "indicator", "aspect", "standing")
)
# what stands beside heads, nouns and verbs: before the first noun, and at the end
BESIDE: dict[str, tuple[list[Sign], list[Sign]]] = {
    "": ([], []),
    "not": ([Sign("neg", "not")], []),
    "status": ([], [STATUS]),
    "indicator": ([INDICATOR], []),
    "standing": ([STANDING], []),
    "two standings": ([STANDING], [STANDING]),
    "indicator at the end": ([], [INDICATOR]),
    "not aspect": ([Sign("neg", "not")], [ASPECT]),
    "compare": ([Sign("compare", ">")], []),
}
OF: dict[str, tuple[tuple[Condition, ...], Sign | None]] = {
    "": ((), None),
    **{f"of {kind}": ((Condition(Sign(kind, f"urn:{kind}", kind, kind)),), None) for kind in ("theme", "kind", "tool")},
    **{f"{how} stars": ((Condition(Sign("stars", "3", "3", "3"), how),), None) for how in ("=", ">=", ">", "<=", "<")},
    "of one": ((), A),
    "of one, of an edition": ((Condition(Sign("edition", "urn:e", "E", "E")),), A),
    "of one, of a theme": ((Condition(Sign("theme", "urn:t", "T", "T")),), A),
}
Case = tuple[str, list[str], str, str, str, bool]  # heads, nouns, a verb, what is beside, of what, in the plural
PARTS: dict[str, list[Case]] = {
    "heads": list(product(HEADS, PAIRS, ["have"], [""], ["", "of theme", "of one"], [True])),
    "heads alone": list(product(HEADS, PAIRS, [""], [""], ["of kind", "= stars", "of one, of an edition"], [True])),
    "one": list(product(["", "which", "which most", "which commonest"], PAIRS, [""], [""], ["", "of one"], [False])),
    "verbs": list(product(["which", "which most"], PAIRS, VERBS, [""], [""], [True])),
    "verbs of one": list(product(["which", "who", "where", "when", ""], SINGLE, VERBS, [""], ["of one"], [True])),
    "who": list(product(["who", "where", "when", "which"], [[], ["laureate"]], VERBS, [""], OF, [True])),
    "beside": list(
        product(["list", "count", "which most", "average"], SINGLE, ["", "have", "say"], BESIDE, ["", "of one"], [True])
    ),
    "beside with laureates": list(
        product(["which", "count", "max"], PAIRS[len(SINGLE) :], ["have", "use"], BESIDE, [""], [True])
    ),
    "two verbs": list(
        product(
            ["", "who", "count", "which most", "max"],
            [*SINGLE[:2], *PAIRS[-4:], ["stars"]],
            ["have say", "use plan", "have use", "carry have"],
            ["", "indicator"],
            ["", "of one"],
            [True],
        )
    ),
    "cases": list(
        product(["", "who", "count", "whether"], [[], ["case"]], VERBS, ["", "standing"], ["", "of theme"], [True])
    ),
    "not": list(product(["list", "count"], [["laureate"], ["region", "laureate"]], VERBS, ["not"], OF, [True])),
}


def asked(case: Case) -> str:
    """What `case` asks for, in one line."""
    heads, nouns, verb, beside, of, plural = case
    before, after = BESIDE[beside]
    named = [Sign("noun", noun) for noun in nouns]
    verbs = [Sign("verb", one) for one in verb.split()]
    signs = [*(Sign("head", head) for head in heads.split()), *before, *named[:1], *verbs, *named[1:], *after]
    return told(signs, of, plural)


def told(signs: Iterable[Sign], of: str = "", plural: bool = True) -> str:
    token = Token("mots" if plural else "mot", "mot")
    conditions, subject = OF[of]
    found = frames(Reading(tuple((sign, token) for sign in signs), conditions, subject))
    return " | ".join(map(shown, found))


def shown(frame: Frame) -> str:
    """A frame in one line: its parts that are not empty."""
    parts = [frame.act, frame.target]
    parts += [f"{name} {value}" for name, value in (("by", frame.by), ("how", frame.how)) if value]
    parts += [f"where {one.sign.kind} {one.how}".strip() for one in frame.conditions]
    parts += [f"{name} {sign.kind}" for name, sign in (("of", frame.subject), ("thing", frame.thing)) if sign]
    return ", ".join(parts)


def grammar(part: str) -> list[str]:
    """The questions of `part` that are taken, with what they ask: verbs that ask the same stand in one line."""
    found: dict[tuple[str, ...], list[str]] = {}
    for case in PARTS[part]:
        heads, nouns, verb, beside, of, plural = case
        if asking := asked(case):
            stands = heads, " ".join(nouns), beside, of, "many" if plural else "one", asking
            found.setdefault(stands, []).append(verb.replace(" ", "+") or "-")
    return ["\t".join((part, *stands[:-1], " ".join(verbs), stands[-1])) for stands, verbs in found.items()]


def led() -> Iterator[str]:
    """Which prepositions may stand before “which” or “how many”, who groups by what, and what embeds a number."""
    for preposition, noun, head in product(PREPOSITIONS, NOUNS, ["which", "count", "most", "who"]):
        signs = [Sign("prep", preposition), Sign("head", head), Sign("noun", noun), Sign("verb", "have")]
        if asking := told([*signs, Sign("noun", "laureate")]):
            yield f"led\t{preposition} {head} {noun}\t{asking}"
    for noun, verb in product(NOUNS, VERBS):
        verbs = [Sign("verb", verb)] if verb else []
        signs = [Sign("head", "count"), Sign("noun", "laureate"), *verbs, Sign("prep", "per"), Sign("noun", noun)]
        if asking := told(signs):
            yield f"grouped\t{verb or '-'} per {noun}\t{asking}"
    for before, preposition in product(["use", "status", "tool", "which"], PREPOSITIONS):
        kinds = {"use": "verb", "status": "status", "tool": "noun", "which": "head"}
        signs = [Sign("head", "list"), Sign("noun", "tool"), Sign(kinds[before], before), Sign("prep", preposition)]
        if asking := told([*signs, Sign("noun", "laureate")]):
            yield f"after\t{before} {preposition}\t{asking}"


def leads() -> Iterator[str]:
    """Which prepositions lead to what follows and are no words of their own, by what stands before them; and which “how
    many” is told rather than asked.
    """
    befores = {
        "-": [],
        "tool": [Sign("noun", "tool")],
        "list": [Sign("head", "list")],
        "use": [Sign("verb", "use")],
        "status": [STATUS],
        "not": [Sign("neg", "not")],
    }
    for preposition, head, noun in product(PREPOSITIONS, ["which", "count", "who", "most", "list", ""], ["", *NOUNS]):
        after = [*([Sign("head", head)] if head else []), *([Sign("noun", noun)] if noun else [])]
        fits = [name for name, before in befores.items() if words_of([*before, Sign("prep", preposition), *after]).led]
        if fits:
            yield f"leads\t{preposition} {head or '-'} {noun or '-'}\t{' '.join(fits)}"
    parts = {
        "not": Sign("neg", "not"),
        "say": Sign("verb", "say"),
        "count": Sign("head", "count"),
        "laureate": Sign("noun", "laureate"),
        "which": Sign("head", "which"),
    }
    for number in range(1, 5):
        for names in permutations(parts, number):
            kept = words_of([parts[name] for name in names])
            if len(kept.signs) < number:
                yield f"told\t{' '.join(names)}\t{' '.join(sign.value for sign in kept.signs)}"


def words_of(signs: list[Sign]) -> Words:
    return Words(Reading(tuple((sign, Token("mots", "mot")) for sign in signs), (), None))


THINGS = [
    "region", "departement", "departement-code", "commune", "tool", "theme", "audience", "kind", "organisation", "plan",
    "context", "edition", "stars", "laureate",
]  # fmt: skip


@cache
def lexicon() -> Lexicon:
    """A word for each sign: `vuse` is the verb “use”, `nuse` would be a noun, `region` the name of one."""
    found = Lexicon()
    for kind, names in (("noun", NOUNS), ("verb", VERBS[1:]), ("prep", PREPOSITIONS)):
        for name in names:
            found.add(kind[0] + name, Sign(kind, name))
    for name, value in (("more", ">"), ("same", "=")):
        found.add(name, Sign("compare", value))
    found.add("ormore", Sign("after", ">="))
    found.add("et", Sign("and", "and"))
    found.add("hm", Sign("filler", ""))
    for kind in THINGS:
        found.add(f"x{kind.replace('-', '')}", Sign(kind, "3" if kind == "stars" else f"urn:{kind}", kind, kind))
    return found


def read(question: str) -> str:
    """What the first readings of `question` that there are make of it: conditions, the subject, what is left."""
    for found in readings(lexicon(), tokens(question)):
        if found:
            return " | ".join(
                ", ".join(
                    [
                        *(f"{one.sign.kind} {one.how}".strip() for one in reading.conditions),
                        *([f"of {reading.subject.kind}"] if reading.subject else []),
                        " ".join(sign.value for sign, _ in reading.rest) or "nothing left",
                    ]
                )
                for reading in found
            )
    return ""


def links() -> Iterator[str]:
    """Of each thing, what the words before it, and a noun after it, make of it."""
    words = [f"{kind}{name}" for kind, names in (("n", NOUNS), ("v", VERBS[1:]), ("p", PREPOSITIONS)) for name in names]
    pairs = [f"v{verb} p{preposition}" for verb, preposition in product(VERBS[1:], PREPOSITIONS)]
    others = [
        "more",
        "same",
        "more same",
        "hm",
        "pof xtheme et",
        "pof xtheme",
        "pof xregion pof",
        "pwith more",
        "vuse vplan",
    ]
    after = [
        f"{start} {{}} {word}" for start in ("pin", "vuse", "") for word in [*words, "ormore", "et pin xregion", "et"]
    ]
    for kind in THINGS:
        name = f"x{kind.replace('-', '')}"
        made: dict[str, list[str]] = {}
        for form in ("{}", *(f"{word} {{}}" for word in [*words, *pairs, *others]), *after):
            if found := read(f"nlaureate {form.format(name)}"):
                made.setdefault(found, []).append(form.format("…").strip())
        yield from (f"{kind}\t{found}\t{'; '.join(forms)}" for found, forms in made.items())


VALUES = {"stars": "2"}
SAID = [
    *(
        Frame("list", "laureate", (Condition(Sign(kind, VALUES.get(kind, f"urn:{kind}"), "« f »", "“e”"), how),))
        for kind, hows in {
            **{kind: [""] for kind in ("region", "departement", "commune", "theme", "audience", "kind")},
            **{kind: [""] for kind in ("plan", "context", "edition")},
            "tool": ["used", "any", "planned"],
            "organisation": ["carrier", "partner"],
            "stars": ["=", "!=", ">=", ">", "<=", "<"],
        }.items()
        for how in hows
    ),
    Frame("count", "laureate", (Condition(Sign("stars", "1", "1", "1"), "="),)),
    *(Frame(act, "case", (Condition(one),) if one else ()) for act in ("list", "count", "whether")
      for one in (None, Sign("standing", '"f"@fr', "« f »", "“e”"))),
    *(
        Frame(act, target, subject=subject, how=how, thing=STATUS if how == "status" else None)
        for act in ("list", "one", "count", "whether")
        for target in [noun for noun in NOUNS if noun not in ("edition", "process", "report", "organisation", "case")]
        for subject in (None, A)
        for how in (["", "used", "any", "status"] if target == "tool" else [""])
    ),
    *(Frame(act, "indicator", subject=A, thing=INDICATOR) for act in ("list", "whether")),
    Frame("list", "period", subject=A),
    *(Frame(act, target, thing=INDICATOR if target == "indicator" else None)
      for act in ("average", "sum", "max", "min", "most", "least") for target in ("stars", "indicator")),
    *(Frame("most", target, how=how) for target in ("region", "departement", "theme", "audience", "kind")
      for how in ("",)),
    *(Frame("most", "tool", how=how) for how in ("used", "any")),
    *(Frame(act, "laureate", by=by, how=how) for act in ("most", "least")
      for by, how in (("tool", "used"), ("tool", "any"), ("theme", ""), ("audience", ""), ("stars", ""),
                      ("outcome", ""), ("goal", ""), ("stage", ""), ("partner", ""))),
    *(Frame("most", "indicator", thing=Sign("indicator", "urn:n", name, name)) for name in ("eau", "été", "habitants")),
    *(Frame("group", "laureate", by=by)
      for by in ("region", "departement", "theme", "audience", "stars", "kind", "edition")),
    *(Frame("without", target) for target in ("region", "departement")),
    *(Frame(act, "laureate", how="silent", thing=ASPECT) for act in ("list", "count", "whether")),
]  # fmt: skip


def how_said() -> Iterator[str]:
    for frame in SAID:
        yield f"{shown(frame)}\t{said(frame, 'fr')}\t{said(frame, 'en')}"


def lines(name: str) -> list[str]:
    return (FOLDER / name).read_text("utf-8").splitlines()


@pytest.mark.parametrize("part", PARTS)
def test_the_grammar_takes_these_questions_and_no_others(part: str) -> None:
    assert grammar(part) == [line for line in lines("grammar.tsv") if line.startswith(f"{part}\t")]


def test_the_same_words_may_lead_group_and_embed() -> None:
    starts = ("led\t", "grouped\t", "after\t", "leads\t", "told\t")
    assert [*led(), *leads()] == [line for line in lines("grammar.tsv") if line.startswith(starts)]


def test_each_thing_is_led_to_by_these_words() -> None:
    assert list(links()) == lines("links.tsv")


def test_each_frame_is_said_in_plain_words_in_both_languages() -> None:
    assert list(how_said()) == lines("said.tsv")


@pytest.mark.parametrize("word", ["lauréats", "prix", "Jeux", "bus", "pas", "x", "région"])
def test_a_word_of_four_letters_or_more_that_ends_as_a_plural_looks_like_one(word: str) -> None:
    (token,) = tokens(word)
    assert token.is_plural == (word in ("lauréats", "prix", "Jeux"))


if __name__ == "__main__":
    made = {
        "grammar.tsv": [*(line for part in PARTS for line in grammar(part)), *led(), *leads()],
        "links.tsv": list(links()),
        "said.tsv": list(how_said()),
    }
    for name, found in made.items():
        (FOLDER / name).write_text("".join(f"{line}\n" for line in found), "utf-8")
