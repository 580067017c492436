"""Remarks on values: what a property has, but written otherwise, or of another kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from trophees.ask.explain.nearest import nearest
from trophees.ask.explain.profile import Profile
from trophees.ask.explain.remark import Remark, remark
from trophees.ask.explain.sentences import enumerated
from trophees.ask.explain.tree import Group, Inner, Leaf, Pattern, Query, Values, inside
from trophees.base.namespaces import RDF_TYPE, XSD

_SHOWN = 4  # kinds that a sentence names
_TEXTS = 5000  # values among which the nearest are looked for


@dataclass(frozen=True)
class Kind:
    """A kind of value that a property has: its datatype and language, and an example; without datatype, things."""

    datatype: str
    language: str
    example: NamedNode | Literal


def kinds(profile: Profile, predicate: NamedNode) -> list[Kind]:
    """The kinds of values of a property, always in the same order."""
    pattern = f"?s {predicate} ?o BIND(DATATYPE(?o) AS ?d) BIND(LANG(?o) AS ?l)"
    found = []
    for datatype, language, text in profile.rows("?d ?l (MIN(STR(?o)) AS ?e)", pattern, "GROUP BY ?d ?l"):
        if not isinstance(text, Literal):  # blank nodes have no text
            continue
        tag = language.value if isinstance(language, Literal) else ""
        if isinstance(datatype, NamedNode):
            example = Literal(text.value, language=tag) if tag else Literal(text.value, datatype=datatype)
            found.append(Kind(datatype.value, tag, example))
        else:
            found.append(Kind("", "", NamedNode(text.value)))
    return sorted(found, key=lambda kind: (kind.datatype, kind.language))


def named(profile: Profile, found: list[Kind]) -> list[str]:
    """The datatypes of literals among kinds, as they are written; of texts in a language, @ and the language."""
    written = (f"@{k.language}" if k.language else profile.written(NamedNode(k.datatype)) for k in found if k.datatype)
    return list(dict.fromkeys(written))[:_SHOWN]


def mistyped(query: Query, given: Mapping[str, Leaf], profile: Profile) -> Iterator[Remark]:
    """The values in patterns of `query` that their property does not have, with what it has instead.

    `given`: the values that its variables have from outside.
    """
    yield from _in_group(query.where, {name: [leaf] for name, leaf in given.items()}, profile)


def _in_group(group: Group, around: dict[str, list[Leaf]], profile: Profile) -> Iterator[Remark]:
    given = around | _given(group)
    yield from _no_things(group, given, profile)
    for pattern in group.patterns():
        predicate = pattern.predicate.term if pattern.predicate else None
        if not isinstance(predicate, NamedNode) or predicate == RDF_TYPE:
            continue
        if isinstance(pattern.object.term, NamedNode | Literal):
            yield from _value(predicate, pattern.object, profile, True)
        for leaf in given.get(pattern.object.name, ()):
            yield from _value(predicate, leaf, profile, False)
    for inner, kind in inside(group):
        if kind not in ("service", "minus", "exists"):
            yield from _in_group(inner, {} if kind == "query" else around, profile)


def _no_things(group: Group, given: Mapping[str, list[Leaf]], profile: Profile) -> Iterator[Remark]:
    """The texts and numbers that are to be a subject, or the name of a graph, with the things that end so."""
    for item in group.items:
        if isinstance(item, Pattern):
            where = f"?x {item.predicate.term if item.predicate and not item.predicate.name else '?p'} ?o"
            name = item.subject.name
        elif isinstance(item, Inner) and item.kind == "graph" and item.name:
            where, name = "GRAPH ?x { ?s ?p ?o }", item.name.name
        else:
            continue
        for leaf in given.get(name, ()):
            if isinstance(leaf.term, Literal):
                end = f"FILTER(STRENDS(STR(?x), {Literal('/' + leaf.term.value)}))"
                near = [row[0] for row in profile.rows("DISTINCT ?x", f"{where} {end}", "ORDER BY ?x LIMIT 3")]
                names = [profile.written(one) for one in near if isinstance(one, NamedNode)]
                word = profile.written(leaf.term) if leaf.token.kind == "var" else leaf.token.text
                yield remark(leaf.token.start, "no-thing", names, word=word)


def _given(group: Group) -> dict[str, list[Leaf]]:
    """The values that VALUES with one variable gives in a group."""
    found: dict[str, list[Leaf]] = {}
    for item in group.items:
        if isinstance(item, Values) and len(item.variables) == 1:
            found[item.variables[0].name] = [row[0] for row in item.rows if row[0]]
    return found


def _value(predicate: NamedNode, leaf: Leaf, profile: Profile, alone: bool) -> Iterator[Remark]:
    """`alone`: there is no other value that the pattern may have."""
    term = leaf.term
    assert isinstance(term, NamedNode | Literal)
    if profile.any(f"?s {predicate} {term}"):
        return
    found = kinds(profile, predicate)
    if not found:
        return
    word = profile.written(term) if leaf.token.kind == "var" else leaf.token.text
    said: dict[str, object] = {"property": profile.written(predicate), "word": word}
    example = profile.written(found[0].example)
    if isinstance(term, NamedNode):
        yield from _thing(predicate, term, leaf, profile, alone, found, said)
        return
    if other := elsewise(predicate, term, profile):
        yield remark(leaf.token.start, "written", names=enumerated(other), **said)
    elif all(kind.datatype == "" for kind in found):
        yield remark(leaf.token.start, "only-things", labelled(predicate, term, profile), example=example, **said)
    elif all(kind.datatype != term.datatype.value for kind in found):
        literal = next(kind for kind in found if kind.datatype)
        names = enumerated(named(profile, found))
        shown = profile.written(literal.example)
        yield remark(leaf.token.start, "other-type", names=names, example=shown, **said)
    elif alone:
        yield remark(leaf.token.start, "no-value", _like(predicate, term, profile), **said)


def elsewise(predicate: NamedNode, term: Literal, profile: Profile) -> list[str]:
    """The values of a property that are `term` but for their datatype, their language or the way they are written."""
    found = profile.rows(
        "DISTINCT ?o", f"?s {predicate} ?o FILTER(STR(?o) = {Literal(term.value)})", "ORDER BY ?o LIMIT 10"
    )
    if not found and term.datatype.value.startswith(XSD):
        found = profile.rows(
            "DISTINCT ?o", f"?s {predicate} ?o FILTER(isNumeric(?o) && ?o = {term})", "ORDER BY ?o LIMIT 10"
        )
    return sorted(profile.written(row[0]) for row in found if row[0] is not None and row[0] != term)[:_SHOWN]


def labelled(predicate: NamedNode, term: Literal, profile: Profile) -> list[str]:
    """The things that a property leads to and that are called so."""
    pattern = f"?s {predicate} ?o . ?o ?label ?l FILTER(LCASE(STR(?l)) = LCASE({Literal(term.value)}))"
    found = profile.rows("DISTINCT ?o", pattern, "ORDER BY ?o LIMIT 10")
    return sorted(profile.written(row[0]) for row in found if isinstance(row[0], NamedNode))[:3]


def _like(predicate: NamedNode, term: Literal, profile: Profile) -> list[str]:
    """The texts of a property that are most like a text."""
    if len(term.value) > 80 or term.datatype.value not in (f"{XSD}string", _LANG_STRING):
        return []
    rows = profile.rows("DISTINCT ?o", f"?s {predicate} ?o FILTER(STRLEN(STR(?o)) <= 100)", f"LIMIT {_TEXTS}")
    texts = sorted((row[0] for row in rows if isinstance(row[0], Literal)), key=str)
    found = {text.value: text for text in sorted(texts, key=lambda text: text.language == term.language)}
    return [profile.written(found[text]) for text in nearest(term.value, found)]


_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def _thing(
    predicate: NamedNode,
    term: NamedNode,
    leaf: Leaf,
    profile: Profile,
    alone: bool,
    found: list[Kind],
    said: dict[str, object],
) -> Iterator[Remark]:
    if not profile.is_anything(term):
        return  # said already
    if all(kind.datatype for kind in found):
        yield remark(leaf.token.start, "only-values", example=profile.written(found[0].example), **said)
        return
    own = {row[0] for row in profile.rows("DISTINCT ?c", f"{term} a ?c")}
    led = {row[0] for row in profile.rows("DISTINCT ?c", f"?s {predicate} ?o . ?o a ?c")}
    if own - led and led - own:
        names, cls = enumerated(_written(led - own, profile)), enumerated(_written(own - led, profile))
        yield remark(leaf.token.start, "other-class", **said, names=names, cls=cls)
    elif alone:
        yield remark(leaf.token.start, "no-value", **said)


def _written(classes: set[NamedNode | Literal | None], profile: Profile) -> list[str]:
    return sorted(profile.written(one) for one in classes if one is not None)[:_SHOWN]
