"""The server of the Model Context Protocol: its tools and resources, over what it holds. All of them only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from pyoxigraph import NamedNode, RdfFormat, serialize

from trophees.agents import describing, listing, querying, searching
from trophees.agents.answers import Answer, AnswerInWords, Citation, Description, Examples, Hits, Terms, Verdict
from trophees.agents.holdings import Holdings
from trophees.ask import citing, cookbook, fingerprint
from trophees.ask.page import CELL, ROOM, ROWS
from trophees.ask.repository import Repository
from trophees.base.errors import UserError, harmless
from trophees.base.language import Language
from trophees.base.namespaces import BASE, GRAPH
from trophees.graph import published
from trophees.serve.backend.refusals import Refused

_MOST = 50  # things of a list, at most
_QUERY = 64 * 1024  # characters of a query

_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = f"""Linked data on the laureates of the French awards for public participation (Trophées de la \
participation et de la concertation): who carries each process, where, with which tools, for whom, on which themes, \
with which figures, dates and outcomes. Every fact has an IRI, names the section of its source, and says whether it is \
printed there or inferred, and why. A tp:Case (a jury prize, a mention, a case study) is no laureate. Of an edition \
whose tp:completeness is not completeness:complete, only some laureates may be described: say so with each count.

Use `search` to find things and terms, `describe` for a thing with its evidence, `examples` for queries to start \
from, `list_classes`, `list_properties`, `list_concepts` for the terms, `check` before and `ask` to put a SPARQL \
query, `cite` to cite. IRIs begin with {BASE}; compact names such as tp:Laureate and \
region:84 need no declaration of prefixes.

Labels and texts are in French (@fr) and in English (@en): filter by language, or rows and sums double. Numbers of \
different kinds are not to be added up. What the source does not state is `not_stated`, not "no". The graph holds \
facts drawn from the reports, not their text; what it has nothing of, say that it has nothing of.

An answer has {ROOM} characters of data at most, a text {CELL}; `next_offset` says where to go on."""

_Language = Annotated[Language, Field(description="Language of labels, texts and messages.")]
_Offset = Annotated[int, Field(ge=0, le=1_000_000, description="Number of the first to give, from 0.")]
_Limit = Annotated[int, Field(ge=1, le=_MOST, description="How many to give at most.")]
_Rows = Annotated[int, Field(ge=1, le=ROWS, description="How many rows to give at most.")]
_Words = Annotated[str, Field(max_length=200)]
_Name = Annotated[
    str,
    Field(
        max_length=1000,
        description="An IRI, a compact name (laureate:2020/cachan, tool:jury-citoyen) or the end of an IRI (cachan).",
    ),
]
_Query = Annotated[str, Field(max_length=_QUERY, description="SPARQL 1.1. Prefixes of the graph need no declaration.")]
_QueryOrName = Annotated[
    str, Field(max_length=_QUERY, description="SPARQL 1.1, or the name of a query that `examples` lists.")
]
_Parameters = Annotated[
    dict[str, Annotated[str, Field(max_length=1000)]],
    Field(
        max_length=20,
        description="Values of parameters or variables: an IRI, a compact name, a code, a label, an integer or a text.",
    ),
]
_Subject = Literal[
    "", "laureates", "carriers", "parties", "territories", "tools", "themes", "figures", "dates", "evidence"
]


@contextmanager
def _told() -> Iterator[None]:
    """The mistakes of whoever asks, as the protocol tells them."""
    try:
        yield
    except UserError as error:
        raise ToolError(harmless(str(error))) from None
    except Refused as error:
        place = f"{error.place}: " if error.place else ""
        raise ToolError(f"{place}{harmless(error.sentence)}" + (f"\n{error.more}" if error.more else "")) from None
    except UnicodeEncodeError:
        raise ToolError("what is given is not UTF-8") from None


def build(holdings: Holdings) -> MCPServer[Any]:
    """The server, with its tools and resources."""
    server: MCPServer[Any] = MCPServer(
        "trophees",
        title="Open graph of French public participation",
        instructions=_INSTRUCTIONS,
        website_url=BASE,
        version=_version(),
        log_level="WARNING",
        subscriptions=False,
    )

    def tool(title: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        return server.tool(title=title, annotations=_READ_ONLY, structured_output=True)

    @tool("Search the graph")
    def search(
        words: Annotated[_Words, Field(description="Words in French or English, or a code (INSEE, SIREN).")],
        kind: Annotated[
            _Words, Field(description="Only instances of this class, such as tp:Laureate or tp:Tool.")
        ] = "",
        language: _Language = "en",
        offset: _Offset = 0,
        limit: _Limit = 10,
    ) -> Hits:
        """Find things, terms and facts by words in their names and texts, whatever the case and accents."""
        with _told():
            return searching.search(holdings, words, kind, language, offset, limit)

    @tool("Describe a thing with its evidence")
    def describe(thing: _Name, language: _Language = "en", offset: _Offset = 0, limit: _Limit = 25) -> Description:
        """What the graph says of a thing, each fact with its IRI, its section of the source and what it rests on."""
        with _told():
            return holdings.look(
                lambda graph: describing.describe(graph, thing, holdings.context, language, offset, limit)
            )

    @tool("List the classes")
    def list_classes(language: _Language = "en", offset: _Offset = 0, limit: _Limit = _MOST) -> Terms:
        """The classes of the graph, with their meaning and their number of instances."""
        with _told():
            return listing.classes(holdings, language, offset, limit)

    @tool("List the properties")
    def list_properties(
        of_class: Annotated[
            _Words, Field(description="Only those of instances of this class, such as tp:Indicator.")
        ] = "",
        language: _Language = "en",
        offset: _Offset = 0,
        limit: _Limit = _MOST,
    ) -> Terms:
        """The properties that the graph uses, with their meaning, domain, range and number of uses."""
        with _told():
            return listing.properties(holdings, of_class, language, offset, limit)

    @tool("List the concepts of a vocabulary")
    def list_concepts(
        vocabulary: Annotated[_Words, Field(description="Such as vocabulary:tools; all of them if empty.")] = "",
        language: _Language = "en",
        offset: _Offset = 0,
        limit: _Limit = _MOST,
    ) -> Terms:
        """Concepts (tools, themes, audiences, kinds, roles…), with what is broader and how often facts name them."""
        with _told():
            return listing.concepts(holdings, vocabulary, language, offset, limit)

    @tool("Check a SPARQL query")
    async def check(query: _Query, language: _Language = "en") -> Verdict:
        """Whether a query is valid, where it is wrong, and what in it never matches, with the names that may be meant.

        It is not answered.
        """
        with _told():
            return await querying.check(holdings, query, language)

    @tool("Ask a SPARQL query")
    async def ask(
        query: _QueryOrName,
        parameters: _Parameters | None = None,
        language: _Language = "en",
        offset: _Offset = 0,
        limit: _Rows = 50,
    ) -> Answer:
        """Answer a read-only query, a page of rows at a time, with limits of time and memory."""
        with _told():
            return await querying.ask(holdings, query, parameters or {}, language, offset, limit)

    @tool("Ask a question in words")
    async def ask_in_words(
        question: Annotated[
            _Words, Field(description="A question in plain French or English, such as “How many laureates?”")
        ],
        language: _Language = "en",
        offset: _Offset = 0,
        limit: _Rows = 50,
    ) -> AnswerInWords:
        """Answer a plain question by a grammar, without a model. It says what it understood, or what can be asked.

        It knows counts, lists, places, carriers, tools, themes, audiences, stars, figures and what is not stated.
        """
        with _told():
            return await querying.ask_in_words(holdings, question, language, offset, limit)

    @tool("Examples of queries")
    def examples(
        words: Annotated[_Words, Field(description="Words of the question, in French or English.")] = "",
        subject: Annotated[_Subject, Field(description="Only queries on this subject.")] = "",
        language: _Language = "en",
        offset: _Offset = 0,
        limit: _Limit = 10,
    ) -> Examples:
        """Tested queries with the question that each answers and its parameters; `ask` takes them by name."""
        with _told():
            return querying.examples(words, subject, language, offset, limit)

    @tool("Cite the dataset, a thing or a fact")
    def cite(thing: _Name = "", language: _Language = "en") -> Citation:
        """How to cite the dataset (nothing given), a thing, or a fact with its section of the source."""
        with _told():
            if holdings.elsewhere:
                raise UserError("a citation is of the published graph, and this server asks another endpoint")
            sha256 = holdings.once("sha256", lambda graph: fingerprint.of_quads(graph.quads()))
            found = holdings.look(lambda graph: citing.cite(graph, thing, holdings.context, language, sha256))
            return Citation.of(found, language)

    @server.resource("trophees://guide", title="Guide to the graph", mime_type="text/markdown")
    def guide() -> str:
        """The model of the graph, its terms, and how to ask it, in one page."""
        return published.text("guide.md")

    @server.resource("trophees://ontology", title="Ontology", mime_type="text/turtle")
    def ontology() -> str:
        """The classes and properties of the graph, in Turtle."""
        return holdings.once("ontology", lambda graph: _turtle(graph, holdings))

    @server.resource("trophees://cookbook", title="Cookbook", mime_type="text/markdown")
    def cookbook_list() -> str:
        """The named queries by subject, with the question that each answers."""
        return _cookbook()

    return server


def _turtle(graph: Repository, holdings: Holdings) -> str:
    found = sorted({quad.triple for quad in graph.quads(graph=NamedNode(GRAPH + "ontology"))}, key=str)
    used = {name: iri for name, iri in holdings.context.prefixes.items() if any(f"<{iri}" in str(t) for t in found)}
    return (serialize(found, format=RdfFormat.TURTLE, prefixes=used) or b"").decode()


def _cookbook() -> str:
    lines = []
    for subject, queries in cookbook.by_subject().items():
        lines += [f"## {cookbook.SUBJECTS[subject].en}", "", *(f"- `{q.name}`: {q.summary.en}" for q in queries), ""]
    return "\n".join(lines)


def _version() -> str:
    try:
        return version("trophees")
    except PackageNotFoundError:
        return ""
