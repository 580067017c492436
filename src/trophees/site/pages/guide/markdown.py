"""`guide.md`: the guide on one page, enough to write a query with nothing else at hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from trophees.site.pages.guide.model import Entry

EXAMPLES = (
    "laureates",
    "laureates-per-region",
    "tools-most-used",
    "insee-codes",
    "indicators-of-laureate",
)  # in full
DEFINED = (
    "aspects",
    "indicator-kinds",
    "period-kinds",
    "plan-relations",
    "population-kinds",
    "qualifiers",
    "roles",
    "statuses",
)  # lists between whose concepts one has to choose, and whose names alone do not tell which
_MARKUP = re.compile(r"[|<>\[\]`*_\\]")


def page(told: Entry) -> str:
    """The guide as Markdown."""
    return "\n".join(_parts(told))


def _parts(told: Entry) -> Iterator[str]:
    yield f"# {plain(told['title'])}: guide to the graph\n"
    yield f"{plain(told['description'])}\n"
    yield f"Version {told['version']}, {told['license']}. IRIs begin with `{told['base']}`.\n"
    yield from _rules(told)
    yield "## Which path for which question\n"
    yield "Inside `SELECT … { … }`, after the prefixes.\n"
    yield "".join(f"- {plain(p['to_ask'])}: `{p['write']}`\n" for p in told["paths"])
    yield "## Prefixes\n"
    prefixes = told["prefixes"]
    lines = "".join(f"PREFIX {k}: <{prefixes[k]}>\n" for k in sorted(prefixes))
    yield f"```\n{lines}```\n"
    yield "## Named graphs\n"
    yield table(
        ("graph", "holds", "triples"),
        ((code(g["graph"]), plain(f"{g['label_en']}. {g['comment_en']}"), g["triples"]) for g in told["graphs"]),
    )
    yield "For a store without a union of its graphs, where one may name them (the terms of the ontology left out):\n"
    yield f"```\n{told['from']}```\n"
    yield from _geography(told)
    yield from _laureates(told)
    yield "## Classes\n"
    yield table(
        ("class", "instances", "meaning", "one of them", "properties"),
        (
            (code(c["class"]), c["instances"], plain(_meaning(c)), code(c["example"]), _having(c, told))
            for c in told["classes"]
        ),
    )
    yield "## Properties\n"
    yield (
        "“With a value” is what to write after the property so that `?x property value` matches something. “Values” "
        "are their sorts, and all of them where they are few. “Each has” is how many values, in one language, the "
        "things of these classes have, from the least to the most: where it begins with 0, write `OPTIONAL` to lose "
        "none; where it ends above 1, rows come several times.\n"
    )
    yield table(
        ("property", "of", "each has", "values", "uses", "with a value", "meaning", "beware"),
        (
            (
                code(p["property"]),
                " ".join(p["of"]) or "–",
                p["each"],
                ", ".join(p["values"]).replace(", : ", ": ").replace("|", "\\|"),
                p["uses"],
                code(p["write"].removeprefix(f"{p['property']} ")),
                plain(_meaning(p)),
                _beware(p).replace("|", "\\|"),
            )
            for p in told["properties"]
        ),
    )
    yield "## Codes and concepts\n"
    yield (
        "Every value of every list. Indented: narrower; ask for a concept and what is below it with `skos:broader*`. "
        "In brackets: how many facts and things name it; for tools, themes, audiences and awards, how many laureates "
        "really have it or something narrower (of a tool, `tp:usesTool/skos:broader*`), and, where none has, how many "
        "facts name it, as planned, offered or otherwise. Of what else facts of laureates name, how many of these are "
        "of laureates is told where some are not; of kinds of numbers, the units, unless all are counts. Then its "
        "in English, in French, and others, and in short lists what it stands for.\n"
    )
    for scheme in told["vocabularies"]:
        yield f"### `{scheme['scheme']}` {plain(scheme['label_en'])}\n"
        defined = scheme["scheme"].partition(":")[2] in DEFINED
        yield "".join(_concept(entry, defined) for entry in scheme["concepts"])
    yield "## Régions\n"
    yield ", ".join(f"`{r['region']}` {plain(r['label_fr'])}" for r in told["regions"]) + "\n"
    yield "## Examples\n"
    for query in told["queries"]:
        if query["name"] in EXAMPLES:
            yield f"### {plain(query['question_en'])}\n\n```sparql\n{_body(query['sparql'])}\n```\n"
    yield "## Queries by name\n"
    yield "`trophees query NAME -p PARAMETER=VALUE`; their SPARQL and columns are in [guide.json](guide.json).\n"
    yield table(
        ("name", "question", "parameters"),
        (
            (
                code(q["name"]),
                plain(q["question_en"]),
                " ".join(code(f"{p['name']}={p['default']}") for p in q["parameters"]) or "–",
            )
            for q in told["queries"]
        ),
    )


def _rules(told: Entry) -> Iterator[str]:
    """What goes wrong without a word."""
    yield "## Before you ask\n"
    rules = [
        "**Load one graph.** `dumps/trophees.ttl` (or `.nt`, `.rdf`, `.jsonld`) is everything in one graph, and needs "
        "no `GRAPH`. In `trophees query`, at the endpoint and in the playground, the default graph is the union of the "
        "named graphs, too. In a store that keeps them apart (`.trig`, `.nq`), turn its union on, or paste the `FROM` "
        "lines below.",
        "**`GRAPH ?g { … }` joins only what one graph says**: a fact, its type, `tp:about` and what is printed of it. "
        "Shortcuts that rules derive (`tp:carriedBy`, `tp:usesTool`, `tp:inRegion`, years…) stand in `graph:rules`, "
        "names of concepts in `graph:vocabulary`, English in the graph of the curators. Use it to ask who says so.",
        "**Two languages double numbers.** Names and texts have one value in French and one in English: filter by "
        "`LANG`, or do not join them at all." + _doubled(told),
        "**`LIMIT` cuts ties**: of five laureates with the same number, `LIMIT 3` leaves out two by chance, without a "
        "word. For “the top n”, keep whatever reaches the value of the n-th (a subquery: see “the five laureates with "
        "most tools” below), or show all rows, and say how many tie.",
        "**Names are `skos:prefLabel`**, others `skos:altLabel`; `rdfs:label` is on the terms of the ontology only.",
        '**A literal matches in its own form only**: see “with a value”. Codes of INSEE are strings (`"01"`), '
        "dates of periods are EDTF (`2021-21` is spring 2021): ask `tp:startYear`, `tp:endYear` (integers), "
        "`tp:earliest`, `tp:latest` (`xsd:date`).",
        "**No compact name holds a sign**: write `<"
        + told["base"]
        + "laureate/2020/cachan>` in full. (`trophees query`, the endpoint and the playground take "
        "`laureate:2020/cachan`, too; the escape `\\/` of SPARQL 1.1 finds nothing in rdflib.)",
        "**A laureate is one of an edition** (`tp:edition`): group what you count by it, or name one, and write "
        "`COUNT(DISTINCT ?l)`.",
        "**Printed or inferred**: a fact with `tp:reason` was inferred by a curator; one with `tp:printed` quotes its "
        "source, the others retell it, but for flaws of a document (`tp:Anomaly`), which curators noted. Shortcuts "
        "derive from all of them. A `tp:Inference` is no fact: it gives the reason of a value of the thing itself "
        "(`tp:onProperty`: its name, kind, pages…); say whether you count it.",
        "**The text of the report is not in the graph**: what is silent is `tp:notStated`; a word that no fact repeats "
        "is not found. A longer entry gives more facts: how many tools or stages there are measures the entry, too.",
        "**A fact is a node**: `?l tp:indicator ?i . ?i tp:value ?v ; tp:section ?where`. Shortcuts skip it.",
        "**Braces hide variables**: a `BIND` sees only what stands before it in its own braces, so in an `OPTIONAL` "
        "nothing from around it (a `FILTER` there does), and what it binds is empty without a word. "
        "`trophees query --explain` says so. What an `OPTIONAL` leaves empty matches anything in the pattern after it: "
        "use it inside the same `OPTIONAL`, or add `FILTER(BOUND(?x))`.",
    ]
    yield "".join(f"{number}. {rule}\n" for number, rule in enumerate(rules, 1))


def _doubled(told: Entry) -> str:
    """The trap, with what the graph answers."""
    if not (shown := told["doubled"]):
        return ""
    return (
        f' `{shown["wrong"]}` answers {shown["answer_wrong"]}; with `FILTER(LANG(?what) = "en")` in it, or without '
        f"`tp:counted`, {shown['answer_right']}. Or ask one language alone: `trophees query --lang en`, "
        '`trophees.query(…, lang="en")`, `?lang=en` at the endpoint of `trophees serve`, or the files '
        "`dumps/trophees-en.ttl` and `dumps/trophees-fr.ttl`."
    )


def _having(entry: Entry, told: Entry) -> str:
    """The properties of a class; those of concepts, and of classes that are under it, are told once."""
    concepts: list[str] = next((c["properties"] for c in told["classes"] if c["class"] == "skos:Concept"), [])
    like = entry["class"] != "skos:Concept" and set(entry["properties"]) <= set(concepts)
    if like:
        return "some of those of skos:Concept"
    kinds = [c for c in told["classes"] if entry["class"] in c["subclass_of"]]
    if entry["class"] != "skos:Concept" and set(entry["properties"]) <= {p for c in kinds for p in c["properties"]}:
        return f"those of {' '.join(c['class'] for c in kinds)}"
    return " ".join(entry["properties"])


def _meaning(entry: Entry) -> str:
    return str(entry.get("meaning") or entry["comment_en"])


def _beware(entry: Entry) -> str:
    """The trap of a property, and which editions have it where not all do."""
    only = f"In this graph, of {', '.join(entry['editions'])} only." if entry["editions"] else ""
    return " ".join(filter(None, (entry.get("trap"), only))) or "–"


def _concept(entry: Entry, defined: bool) -> str:
    number = entry.get("laureates", entry["uses"])
    named = f", named by {entry['uses']}" if not number and entry["uses"] else ""
    if entry.get("of_laureates", entry["uses"]) < entry["uses"]:
        named += f", of laureates {entry['of_laureates']}"
    if set(entry.get("units", ())) - {"1"}:
        named += f"; {', '.join(f'{code(unit)} {n}' for unit, n in entry['units'].items())}"
    also = "".join(f"; also under {b}" for b in entry["broader"][1:])
    names = plain(", ".join(dict.fromkeys([entry["label_en"], entry["label_fr"], *entry["other_names"]])))
    meaning = f": {plain(entry['definition_en'])}" if defined else ""
    return f"{'  ' * entry['depth']}- `{entry['concept']}` ({number}{named}) {names}{also}{meaning}\n"


def _geography(told: Entry) -> Iterator[str]:
    """How far the territories go, of which a query may conclude nothing more; nothing where there are none."""
    known = told["geography"]
    if not known["epci"]:
        return
    number = Counter({c["class"]: c["instances"] for c in told["classes"]})
    whole = [f"`{e['epci']}` {plain(e['label_fr'])} ({e['communes']})" for e in known["epci"] if e["whole"]]
    yield "## Reference geography\n"
    yield (
        f"All départements and régions are here, but of communes ({number['igeo:Commune']}), arrondissements "
        f"({number['igeo:Arrondissement']}) and EPCI ({number['igeo:Intercommunalite']}) only those that the sources "
        "name, all the communes of an EPCI that they name (or of the one that it replaces), the arrondissements of "
        "these communes, and the EPCI of the communes that are named. A commune that no source "
        f"names has its memberships in whole EPCI only: of {known['unknown_before']}, the EPCI at the first vintage is "
        "not here (write `OPTIONAL`, and say that it is unknown). Of any other EPCI, only some communes are here, and "
        "it has a `tp:note` that says so: count, rank and compare communes with "
        "`FILTER NOT EXISTS { ?epci tp:note ?some_only }`. With all their communes (at the last vintage of the code): "
        f"{', '.join(whole)}.\n"
    )
    yield "Populations are there of the communes that the sources name, and of EPCI, in these years only:\n"
    yield table(
        ("populations of", "kind", "year (number of territories)"),
        (
            (code(cls), code(kind), ", ".join(f"{p['year']} ({p['territories']})" for p in those))
            for (cls, kind), those in groupby(known["populations"], key=lambda p: (p["class"], p["kind"]))
        ),
    )


def _laureates(told: Entry) -> Iterator[str]:
    """The laureates as one writes them, where they are so few that one would look for them here."""
    if not (listed := told["laureates"]):
        return
    yield "## Laureates\n"
    yield f"After `<{told['base']}laureate/`; their names in English, for French see `skos:prefLabel`.\n"
    yield "".join(f"- `{e['laureate'].partition(':')[2]}` {plain(e['label_en'])}\n" for e in listed)


def _body(sparql: str) -> str:
    return re.sub(r"^#\+.*\n", "", sparql, flags=re.MULTILINE).strip()


def table(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """A table of Markdown."""
    lines = [header, ("---",) * len(header), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def code(text: str) -> str:
    """`text` as code in a cell, where a bar would end it."""
    return "`" + text.replace("|", "\\|") + "`"


def plain(text: str) -> str:
    """`text` on one line, without a meaning in Markdown."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
