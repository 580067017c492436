"""The JSON-LD context: French keys to IRIs, and back.

Only what `data/context.jsonld` uses is read: one context with `@vocab`, prefixes, and term definitions with `@id`,
`@type`, `@language`, `@container: @language` and `@reverse` (JSON-LD 1.1, sections 4.1 to 4.6). A class may have a
context of its own (section 4.1.8) for keys that are prefixes elsewhere: `distinction` in a laureate.
"""

from __future__ import annotations

from trophees.base.cached import cached_property
from trophees.base.namespaces import BASE
from trophees.base.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_NAMESPACE_END = pattern("[/#]")
_CLASS = pattern(r"[#/][A-Z]\w*$")


class Term:
    """What a key means. `iri` is absolute; `type` is an absolute datatype IRI, `@id`, `@vocab` or None."""

    def __init__(
        self,
        iri: str,
        type: str | None = None,
        language: str | None = None,
        by_language: bool = False,
        reverse: bool = False,
    ) -> None:
        self.iri = iri
        self.type = type
        self.language = language
        self.by_language = by_language
        self.reverse = reverse


class Context:
    """A context, which is read as far as one asks of it: most questions need its prefixes at most."""

    def __init__(self, said: str | dict[str, Any], prefixes: Mapping[str, str] | None = None) -> None:
        """Of the JSON document `said`; its `prefixes` may be known from elsewhere."""
        self._said = said
        if prefixes is not None:
            self.prefixes = dict(prefixes)

    def read(self) -> Context:
        """This context, all of it read; KeyError, ValueError and the like if it cannot be."""
        for part in ("vocab", "keys"):
            getattr(self, part)
        return self

    @cached_property
    def document(self) -> dict[str, Any]:
        """The JSON object that it was read from, without the contexts of classes, whose keys no dump uses."""
        return {"@context": {k: v["@id"] if _has_own(v) else v for k, v in self.whole.items()}}

    @cached_property
    def whole(self) -> dict[str, Any]:
        """What it was read from, all of it: its terms by key."""
        if not isinstance(self._said, str):
            return self._said["@context"]  # type: ignore[no-any-return]
        import json

        return json.loads(self._said)["@context"]  # type: ignore[no-any-return]

    @cached_property
    def vocab(self) -> str:
        """The namespace of the keys that are not in the context."""
        return self.whole["@vocab"]  # type: ignore[no-any-return]

    @cached_property
    def _entries(self) -> dict[str, Any]:
        return {k: v for k, v in self.document["@context"].items() if not k.startswith("@")}

    @cached_property
    def shadowed(self) -> frozenset[str]:
        """The prefixes that the context of a class has as keys: in its nodes they are none."""
        return frozenset(self._scoped.keys() & self.prefixes.keys())

    @cached_property
    def _scoped(self) -> dict[str, Term]:
        own = [v["@context"] for v in self.whole.values() if _has_own(v)]
        return {k: self._term(v) for context in own for k, v in context.items()}

    @cached_property
    def aliases(self) -> dict[str, str]:
        """The keys that stand for `@id` and `@type`."""
        return {k: v for k, v in self._entries.items() if v in ("@id", "@type")}

    @cached_property
    def terms(self) -> dict[str, Term]:
        """What each other key means."""
        return {k: self._term(v) for k, v in self._entries.items() if k not in self.aliases}

    def _term(self, value: str | dict[str, str]) -> Term:
        if isinstance(value, str):
            return Term(self._absolute(value))
        if "@reverse" in value:
            return Term(self._absolute(value["@reverse"]), reverse=True)
        kind = value.get("@type")
        return Term(
            iri=self._absolute(value["@id"]),
            type=kind if kind is None or kind.startswith("@") else self._absolute(kind),
            language=value.get("@language"),
            by_language=value.get("@container") == "@language",
        )

    def _absolute(self, text: str) -> str:
        return _absolute(text, self.prefixes)

    def property(self, key: str) -> Term:
        """The term of `key`; an unknown key falls under `@vocab`, so that a closed shape can refuse it."""
        return self._scoped.get(key) or self.terms.get(key) or Term(self.expand(key))

    def expand(self, text: str, *, vocab: bool = True) -> str:
        """`text` as an absolute IRI: a term (with `vocab`), a compact IRI, an IRI, or a name under `@vocab`."""
        if vocab and text in self.terms:
            return self.terms[text].iri
        absolute = self._absolute(text)
        if absolute != text or ":" in text:
            return absolute
        return (self.vocab if vocab else BASE) + text

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Every name that may stand before a colon, with its namespace IRI."""
        named = {k: v for k, v in self._entries.items() if isinstance(v, str) and v.endswith(("/", "#"))}
        return {k: _absolute(v, named) for k, v in named.items()}

    @cached_property
    def keys(self) -> list[str]:
        """The terms that are properties."""
        return [*self.aliases, *(k for k in self.terms if isinstance(self._entries[k], dict)), *self._scoped]

    @cached_property
    def classes(self) -> set[str]:
        """The IRIs of the types: the terms whose local name begins with a capital."""
        return {t.iri for t in self.terms.values() if _CLASS.search(t.iri)}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {t.iri: k for k, t in reversed(self.terms.items()) if k not in self.prefixes}

    def term_for(self, iri: str, *, scoped: bool = True) -> str | None:
        """The first term whose IRI is `iri`, those of the contexts of classes last (only if `scoped`), or None."""
        return self._names.get(iri) or next((k for k, t in self._scoped.items() if scoped and t.iri == iri), None)

    def compact(self, iri: str, *, vocab: bool = False) -> str:
        """The shortest way to write `iri`: a term (with `vocab`), a compact IRI, or the IRI itself."""
        if vocab and iri in self._names:
            return self._names[iri]
        best = (len(iri), -1, iri)
        for end in _NAMESPACE_END.finditer(iri, 0, min(len(iri) - 1, self._longest_namespace)):
            order, prefix = self._by_namespace.get(iri[: end.end()], (0, None))
            rest = iri[end.end() :]
            if prefix is not None and not rest.startswith("//"):
                best = min(best, (len(prefix) + 1 + len(rest), order, f"{prefix}:{rest}"))
        return best[2]

    @cached_property
    def _longest_namespace(self) -> int:
        """How many characters of an IRI can be a namespace: what comes after them, however long, is not looked at."""
        return max(map(len, self._by_namespace), default=0)

    @cached_property
    def _by_namespace(self) -> dict[str, tuple[int, str]]:
        """The shortest prefix of each namespace, the first of equals, with its place in the context."""
        found: dict[str, tuple[int, str]] = {}
        for order, (prefix, namespace) in enumerate(self.prefixes.items()):
            if namespace not in found or len(prefix) < len(found[namespace][1]):
                found[namespace] = (order, prefix)
        return found


def _has_own(value: object) -> bool:
    """Whether what the context says of a class has a context of its own."""
    return isinstance(value, dict) and "@context" in value


def _absolute(text: str, prefixes: Mapping[str, str]) -> str:
    """`text` with the namespaces of `prefixes`, whose own may begin with another, in place of their names."""
    prefix, colon, rest = text.partition(":")
    if colon and prefix in prefixes and not rest.startswith("//"):
        return _absolute(prefixes[prefix], prefixes) + rest
    return text
