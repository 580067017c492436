"""The JSON-LD context: French keys to IRIs, and back.

Only what `data/context.jsonld` uses is read: one context with `@vocab`, prefixes, and term definitions with `@id`,
`@type`, `@language`, `@container: @language` and `@reverse` (JSON-LD 1.1, sections 4.1 to 4.6). A class may have a
context of its own (section 4.1.8) for keys that are prefixes elsewhere: `distinction` in a laureate.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trophees.base.namespaces import BASE

_NAMESPACE_END = re.compile("[/#]")


@dataclass(frozen=True)
class Term:
    """What a key means. `iri` is absolute; `type` is an absolute datatype IRI, `@id`, `@vocab` or None."""

    iri: str
    type: str | None = None
    language: str | None = None
    by_language: bool = False
    reverse: bool = False


class Context:
    """A parsed context.

    `document` is the JSON object that it was read from, as text or as it is, without the contexts of classes, whose
    keys no dump uses.
    """

    def __init__(self, said: str | dict[str, Any]) -> None:
        entries: dict[str, Any] = (json.loads(said) if isinstance(said, str) else said)["@context"]
        scoped = [v["@context"] for v in entries.values() if isinstance(v, dict) and "@context" in v]
        entries = {k: v["@id"] if isinstance(v, dict) and "@context" in v else v for k, v in entries.items()}
        self.document: dict[str, Any] = {"@context": entries}
        self.vocab: str = entries["@vocab"]
        self._entries = {k: v for k, v in entries.items() if not k.startswith("@")}
        self._scoped = {k: self._term(v) for context in scoped for k, v in context.items()}
        self.aliases = {k: v for k, v in self._entries.items() if v in ("@id", "@type")}
        self.terms = {k: self._term(v) for k, v in self._entries.items() if k not in self.aliases}

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
        prefix, colon, rest = text.partition(":")
        target = self._entries.get(prefix)
        if colon and isinstance(target, str) and target.endswith(("/", "#")) and not rest.startswith("//"):
            return self._absolute(target) + rest
        return text

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
        return {
            k: t.iri for k, t in self.terms.items() if isinstance(self._entries[k], str) and t.iri.endswith(("/", "#"))
        }

    @cached_property
    def keys(self) -> list[str]:
        """The terms that are properties."""
        return [*self.aliases, *(k for k in self.terms if isinstance(self._entries[k], dict)), *self._scoped]

    @cached_property
    def classes(self) -> set[str]:
        """The IRIs of the types: the terms whose local name begins with a capital."""
        return {t.iri for t in self.terms.values() if re.search(r"[#/][A-Z]\w*$", t.iri)}

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
