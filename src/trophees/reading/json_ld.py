"""JSON-LD whose contexts are elsewhere: beside the document, or ours. Nothing is ever fetched.

And what the engine's parser lacks: maps of types (JSON-LD 1.1, section 4.6.4).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from trophees.base.errors import UserError, brief
from trophees.base.namespaces import BASE

_LARGEST = 1 << 20  # bytes of a context
_DEEPEST = 10  # contexts that lead to one another
_OURS = BASE.partition("//")[2] + "context"
_MANY = 100_000  # keys of contexts that are put in


def ready(data: bytes, name: str, folder: Path | None, ours: Callable[[], str]) -> bytes:
    """The JSON-LD `data`, the document `name`, with its contexts in it.

    A relative address is that of a file, from `folder` on; the address of our own context is answered by `ours`.
    UserError for any other, and if `data` is RDF/JSON. What is no JSON, or needs nothing, is the same bytes.
    """
    if b"@context" not in data and b"@import" not in data and b'"value"' not in data:
        return data
    try:
        document = json.loads(data)
        if is_rdf_json(document):
            raise UserError(f"{name}: is RDF/JSON, not JSON-LD: convert it, to N-Triples for example")
        reading = _Reading(name, folder, ours)
        found = reading.node(document)
    except (ValueError, RecursionError):  # for the parser to tell, with its line
        return data
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass") if reading.changed else data


def is_rdf_json(document: object) -> bool:
    """Whether a JSON `document` is RDF/JSON (W3C Note of 2013): subjects, their properties, lists of typed values."""
    if not isinstance(document, dict) or not document or any(str(key).startswith("@") for key in document):
        return False
    properties = list(document.values())
    if not all(isinstance(one, dict) and one for one in properties):
        return False
    lists = [value for one in properties for value in one.values()]
    return all(
        isinstance(values, list)
        and all(isinstance(value, dict) and {"type", "value"} <= value.keys() for value in values)
        for values in lists
    )


class _Reading:
    def __init__(self, name: str, folder: Path | None, ours: Callable[[], str]) -> None:
        self.name = name
        self.folder = folder
        self.ours = ours
        self.changed = False
        self.typed: dict[str, bool] = {}  # the terms whose values are maps of types: whether texts in them are terms
        self.terms: dict[str, Any] = {}  # what contexts say of terms, as far as they are active
        self._put_in = 0

    def node(self, value: Any) -> Any:
        """`value`, a part of the document, with what it needs; contexts come first in what they are about."""
        if isinstance(value, list):
            return [self.node(item) for item in value]
        if not isinstance(value, dict):
            return value
        found: dict[str, Any] = {}
        outside = self.terms
        if "@context" in value:
            self.terms = dict(outside)
            found["@context"] = self.context(value["@context"], self.folder, 0)
        for key, part in value.items():
            if key != "@context":
                found[key] = self.node(part)
                if key in self.typed and isinstance(part, dict):
                    found[key] = self._types(found[key], vocab=self.typed[key])
        self.terms = outside
        return found

    def context(self, said: Any, folder: Path | None, depth: int) -> Any:
        """The context `said` with what it names by address in place of it, relative to `folder`."""
        if said is None:
            self.terms.clear()
        if isinstance(said, str):
            self.changed = True
            document, beside = self._loaded(said, folder, depth)
            return self.context(document, beside, depth + 1)
        if isinstance(said, list):
            parts = [self.context(part, folder, depth) for part in said]
            return [one for part in parts for one in (part if isinstance(part, list) else [part])]
        if not isinstance(said, dict):
            return said
        found = dict(said)
        if isinstance(imported := found.pop("@import", None), str):
            self.changed = True
            document, beside = self._loaded(imported, folder, depth)
            base = self.context(document, beside, depth + 1)
            if not isinstance(base, dict):
                raise UserError(f"{self.name}: its context {brief(imported)} is no map, which “@import” asks for")
            found = {**base, **found}
        self.terms.update(found)
        for term, meaning in found.items():
            if isinstance(meaning, dict):
                container = meaning.get("@container", ())
                if "@type" in ([container] if isinstance(container, str) else container):
                    self.typed[term] = meaning.get("@type") == "@vocab"
                    self.changed = True
                    kept = [one for one in ([container] if isinstance(container, str) else container) if one != "@type"]
                    meaning = {k: v for k, v in meaning.items() if k != "@container"} | (
                        {"@container": kept} if kept else {}
                    )
                    found[term] = meaning
                if "@context" in meaning:
                    outside, self.terms = self.terms, {}  # it holds within this term alone
                    found[term] = {**meaning, "@context": self.context(meaning["@context"], folder, depth)}
                    self.terms = outside
        return found

    def _loaded(self, address: str, folder: Path | None, depth: int) -> tuple[Any, Path | None]:
        """The context at `address`, and the folder to which its own relative addresses are relative."""
        if depth >= _DEEPEST:
            raise UserError(f"{self.name}: more than {_DEEPEST} contexts lead to one another")
        shown, parts = brief(address), urlsplit(address)
        if parts.scheme in ("http", "https") and (parts.netloc + parts.path).removesuffix(".jsonld") == _OURS:
            return self._context_of(self.ours().encode(), shown), None
        if parts.scheme or parts.netloc or parts.path.startswith("/") or not parts.path or folder is None:
            raise UserError(
                f"{self.name}: its context <{shown}> would have to be fetched, and nothing is: "
                'save it beside the file, and write "@context" with its name'
            )
        file = folder / unquote(parts.path)
        try:
            with file.open("rb") as opened:
                data = opened.read(_LARGEST + 1)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UserError(f"{self.name}: its context {shown} cannot be read ({reason})") from None
        if len(data) > _LARGEST:
            raise UserError(f"{self.name}: its context {shown} is larger than {_LARGEST >> 20} MiB")
        return self._context_of(data, shown), file.parent

    def _context_of(self, data: bytes, shown: str) -> Any:
        try:
            document = json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict) or "@context" not in document:
            raise UserError(f"{self.name}: its context {shown} is no JSON with an “@context”")
        self._put_in += len(document["@context"]) if isinstance(document["@context"], dict | list) else 1
        if self._put_in > _MANY:
            raise UserError(f"{self.name}: its contexts are too large")
        return document["@context"]

    def _types(self, by_type: dict[str, Any], *, vocab: bool) -> list[Any]:
        """The nodes of a map of types, each with its own; a text is the IRI of one, or a term if `vocab`."""
        found: list[Any] = []
        for name, nodes in by_type.items():
            for node in nodes if isinstance(nodes, list) else [nodes]:
                own = {"@id": self._iri(node) if vocab else node} if isinstance(node, str) else node
                if name == "@none" or not isinstance(own, dict):
                    found.append(own)
                    continue
                more = own.get("@type", [])
                found.append({"@type": [name, *(more if isinstance(more, list) else [more])]} | _without_type(own))
        return found

    def _iri(self, said: str, depth: int = 0) -> str:
        """`said`, a term, a compact IRI or a name in the vocabulary, as the IRI that it stands for (section 5.2)."""
        meaning = self.terms.get(said)
        meant = meaning.get("@id") if isinstance(meaning, dict) else meaning
        if isinstance(meant, str) and meant != said and depth < _DEEPEST:
            return self._iri(meant, depth + 1)
        prefix, colon, rest = said.partition(":")
        if colon:
            known = prefix in self.terms and not rest.startswith("//") and depth < _DEEPEST
            return self._iri(prefix, depth + 1) + rest if known else said
        vocabulary = self.terms.get("@vocab")
        return self._iri(vocabulary, depth + 1) + said if isinstance(vocabulary, str) and depth < _DEEPEST else said


def _without_type(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key != "@type"}
