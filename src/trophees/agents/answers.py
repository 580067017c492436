"""What tools answer: the shapes that clients are told, small enough to be read whole."""

from __future__ import annotations

from dataclasses import dataclass

from trophees.ask.page import Cell
from trophees.base.citation import Citation as Said
from trophees.base.language import Language


@dataclass(frozen=True)
class Named:
    """A thing: its IRI, and what it is called."""

    iri: str
    label: str


@dataclass(frozen=True)
class Hit:
    """A thing, a term or a fact in which the words occur: `text` holds them, and is a value of `property`.

    A fact is part `of` a thing, and names its `section` of the source.
    """

    iri: str
    label: str
    types: list[str]
    property: str
    text: str
    of: Named | None = None
    section: Named | None = None


@dataclass(frozen=True)
class Hits:
    """What was found, the nearest first: `total` in all; ask again with `offset` = `next_offset` for the others."""

    hits: list[Hit]
    total: int
    next_offset: int | None
    note: str


@dataclass(frozen=True)
class Property:
    """The values of a property, in their order: texts, or things."""

    property: str
    label: str
    values: list[str | Named]


@dataclass(frozen=True)
class Fact:
    """A fact with its evidence.

    `standing`: `printed` in the source in a form that it gives, `told` by the source in other words, `observed` by a
    curator, or `inferred` for the `reason`. `section`: where in the source it can be read.
    """

    iri: str
    property: str
    text: str
    standing: str
    section: Named | None
    printed: str | None
    reason: str | None


@dataclass(frozen=True)
class Description:
    """A thing: what is said of it, and its `facts`, of which there are `total_facts`.

    `not_stated`: what the source does not say of it. `cited_by`: the things whose facts name it, `total_cited_by`.
    """

    iri: str
    label: str
    types: list[str]
    properties: list[Property]
    facts: list[Fact]
    total_facts: int
    next_offset: int | None
    not_stated: list[Named]
    cited_by: list[Named]
    total_cited_by: int
    note: str


@dataclass(frozen=True)
class Term:
    """A class, a property or a concept, with how often the graph uses it.

    `more` holds what else one must know to ask: of a property its domain and range, of a concept what is broader.
    """

    name: str
    iri: str
    label: str
    definition: str
    uses: int
    more: dict[str, list[str]]


@dataclass(frozen=True)
class Terms:
    """Terms in the order of their names, `total` in all."""

    terms: list[Term]
    total: int
    next_offset: int | None


@dataclass(frozen=True)
class Remark:
    """What in a query never matches, or is wrong, at a line and a column (from 1); `names` may be meant."""

    line: int | None
    column: int | None
    sentence: str
    names: list[str]


@dataclass(frozen=True)
class Verdict:
    """Whether a query is `valid` SPARQL, and what in it never matches; `excerpt` shows the place of a mistake."""

    valid: bool
    remarks: list[Remark]
    excerpt: str


@dataclass(frozen=True)
class Answer:
    """The answer of a query: `rows`, each as long as `columns`; or a `boolean`, of ASK.

    `total` rows are there, or more if it is not `total_is_exact`; ask again with `offset` = `next_offset` for those
    that had no place here. `remarks`: why nothing was found. `sparql`: what was asked.
    """

    sparql: str
    columns: list[str]
    rows: list[list[Cell]]
    boolean: bool | None
    total: int
    total_is_exact: bool
    next_offset: int | None
    remarks: list[Remark]
    note: str


@dataclass(frozen=True)
class AnswerInWords:
    """The answer to a question in words: what was `understood`, the `sparql` that was asked, and a page of its rows.

    `note`: “yes” or “no” where that was asked, and, where the graph holds none, of how many laureates nobody knows.
    If there is no answer, `why`, and the `nearest` questions that can be asked, or names of queries of the cookbook.
    """

    answered: bool
    understood: str
    sparql: str
    columns: list[str]
    rows: list[list[Cell]]
    total: int
    next_offset: int | None
    note: str
    why: str
    nearest: list[str]


@dataclass(frozen=True)
class Parameter:
    """A parameter of a named query; it is optional if its `default` is empty, or is what stands there."""

    name: str
    title: str
    default: str


@dataclass(frozen=True)
class Example:
    """A named query: the question that it answers, its parameters, and its SPARQL."""

    name: str
    question: str
    subject: str
    parameters: list[Parameter]
    sparql: str


@dataclass(frozen=True)
class Examples:
    """Named queries, `total` in all."""

    examples: list[Example]
    total: int
    next_offset: int | None


@dataclass(frozen=True)
class Citation:
    """How to cite: `text` whole, and its parts. By the sum of the release, `sha256`, `trophees verify` knows it."""

    text: str
    iri: str
    dataset: str
    version: str
    day: str
    sha256: str
    licence: str
    source: str
    section: str
    printed: str

    @classmethod
    def of(cls, said: Said, language: Language) -> Citation:
        """What `said` says, in `language`."""
        return cls(
            said.text(language),
            said.iri,
            said.dataset,
            said.version,
            said.day,
            said.sha256,
            said.licence,
            said.source,
            said.section,
            said.printed,
        )
