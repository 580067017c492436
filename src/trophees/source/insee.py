"""INSEE's reference geography: CSV extracts (see `data/reference/README.md`) -> quads.

A territory keeps one IRI through the years, under its code; `tp:validOn` gives every vintage that
has the code. A quad stands in the graph of the last vintage in which it holds: `graph/insee/2026-…`,
or an earlier one for what has ended since (a former name, now an altLabel; a SIREN; a membership).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from trophees.base.language import Both
from trophees.base.namespaces import IGEO, RDF_TYPE, SKOS, XSD

BASE = "https://w3id.org/trophees-participation/"
PLACE = f"{BASE}territory/"
TP = f"{BASE}ontology#"

LEVELS = {  # file -> the kind of territory in its IRI, INSEE's class
    "regions": ("region", "Region"),
    "departements": ("departement", "Departement"),
    "arrondissements": ("arrondissement", "Arrondissement"),
    "communes": ("commune", "Commune"),
    "epci": ("epci", "Intercommunalite"),
}
COLUMNS = {  # `?`: may be empty
    "regions": "code name tncc seat valid_on",
    "departements": "code name tncc seat region valid_on",
    "arrondissements": "code name tncc seat departement region valid_on",
    "communes": "code name tncc siren? arrondissement? departement region valid_on",
    "epci": "code name kind replaces? members valid_on",
    "memberships": "commune epci valid_on",
    "populations": "territory year kind inhabitants valid_on",
}
FORMS = {  # column (for `code`: level) -> what a cell must match
    "region": r"\d\d",
    "departement": r"\d[\dAB]|97\d",
    "arrondissement": r"\d[\dAB]\d{1,2}",
    "commune": r"\d[\dAB]\d{3}",
    "epci": r"\d{9}",
    "name": r"\S(.*\S)?",
    "tncc": r"[0-8]",
    "seat": r"\d[\dAB]\d{3}",
    "siren": r"\d{9}",
    "replaces": r"\d{9}",
    "members": r"all|cited",
    "territory": r"commune:\d[\dAB]\d{3}|epci:\d{9}",
    "kind": r"[a-z]+(-[a-z]+)*",
    "year": r"\d{4}",
    "inhabitants": r"\d+",
    "valid_on": r"\d{4}-\d\d-\d\d(;\d{4}-\d\d-\d\d)*",
}
# TNCC (« type de nom en clair »): the article that a name bears, or that a sentence puts before it.
ARTICLES = {"2": "Le ", "3": "La ", "4": "Les ", "5": "L'", "6": "Aux ", "7": "Las ", "8": "Los "}
# TNCC 0 and 1 only tell « de » from « d' » (« préfet de Seine-et-Marne »); as the subject of a
# sentence these names take an article all the same (« la Seine-et-Marne »).
USAGE = {
    "departement": {"28": "l'", "35": "l'", "37": "l'"} | {"49": "le ", "54": "la ", "71": "la ", "77": "la "},
    "region": {"11": "l'", "76": "l'", "84": "l'"} | {"27": "la ", "28": "la ", "53": "la ", "93": "la ", "94": "la "},
}

PARTIAL = Both(
    "Parmi les communes membres, seules celles que nomme une source sont décrites.",
    "Of the member communes, only those that a source names are described.",
)

Row = dict[str, str]  # column -> cell
Fact = tuple[NamedNode, NamedNode | Literal]


def read(folder: Path) -> Iterator[Quad]:
    """Every quad of the CSV files in `folder`, in an order that only they decide.

    ValueError, naming file and line, where a cell is not of the form that its column asks.
    """
    for table, (level, igeo_class) in LEVELS.items():
        versions: dict[str, list[Row]] = {}
        for row in rows(folder, table):
            versions.setdefault(row["code"], []).append(row)
        for code, same in versions.items():
            yield from territory(level, igeo_class, code, sorted(same, key=last))
    for row in rows(folder, "memberships"):
        yield from membership(row)
    for row in rows(folder, "populations"):
        yield from population(row)


def types(folder: Path) -> Iterator[tuple[str, str]]:
    """The IRI of every territory with those of its classes: what a record may refer to, without the rest.

    ValueError as `read`.
    """
    for table, (level, igeo_class) in LEVELS.items():
        for row in rows(folder, table):
            yield f"{PLACE}{level}/{row['code']}", f"{TP}Territory"
            yield f"{PLACE}{level}/{row['code']}", f"{IGEO}{igeo_class}"


def replaced(folder: Path) -> Iterator[tuple[str, str]]:
    """The IRI of every EPCI that took the place of another one, with the IRI of that; ValueError as `read`."""
    for row in rows(folder, "epci"):
        if row["replaces"]:
            yield f"{PLACE}epci/{row['code']}", f"{PLACE}epci/{row['replaces']}"


def rows(folder: Path, table: str) -> Iterator[Row]:
    """The lines of one table, each cell of the form that its column asks."""
    path, columns = folder / f"{table}.csv", COLUMNS[table].split()
    header = [column.removesuffix("?") for column in columns]
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, strict=True)
        try:
            if next(lines, []) != header:
                raise ValueError(f"the columns must be {','.join(header)}")
            for cells in lines:
                if len(cells) != len(header):
                    raise ValueError(f"{len(header)} cells expected, {len(cells)} found")
                row = dict(zip(header, cells, strict=True))
                for column, (name, cell) in zip(columns, row.items(), strict=True):
                    form = FORMS[LEVELS[table][0] if name == "code" else name]
                    if not re.fullmatch(form, cell, re.ASCII) and (cell or column == name):
                        raise ValueError(f"{name}: “{cell}” does not match {form}")
                if dates(row) != sorted(set(dates(row))):
                    raise ValueError(f"valid_on: “{row['valid_on']}” is not in order")
                yield row
        except (ValueError, csv.Error) as error:
            raise ValueError(f"{path}:{max(lines.line_num, 1)}: {error}") from error


def dates(row: Row) -> list[str]:
    """The vintages in which a line holds, oldest first."""
    return row["valid_on"].split(";")


def last(row: Row) -> str:
    return dates(row)[-1]


def territory(level: str, igeo_class: str, code: str, versions: list[Row]) -> Iterator[Quad]:
    """What its lines, oldest first, say of one territory; each fact counts until its last line."""
    newest = versions[-1]
    until = {fact: last(row) for row in versions for fact in facts(level, code, row, newest)}
    valid = sorted({date for row in versions for date in dates(row)})
    lasting = [(RDF_TYPE, node(IGEO, igeo_class)), *names(level, code, newest)]
    lasting += [(node(TP, "validOn"), typed(date, "date")) for date in valid]
    for (predicate, value), date in (until | dict.fromkeys(lasting, last(newest))).items():
        yield quad(f"{PLACE}{level}/{code}", predicate, value, date)


def facts(level: str, code: str, row: Row, newest: Row) -> Iterator[Fact]:
    """What one line says of its territory, its dates and the names still in use aside."""
    yield RDF_TYPE, node(TP, "Territory")
    yield node(TP, "territoryKind"), node(BASE, f"territory-kind/{row.get('kind', level)}")
    yield node(IGEO, "codeINSEE"), Literal(code)
    if siren := code if level == "epci" else row.get("siren"):
        yield node(TP, "siren"), Literal(siren)
    if level != "epci":  # INSEE has no IRI made of an EPCI's code
        yield node(SKOS, "exactMatch"), node("http://id.insee.fr/geo/", f"{level}/{code}")
    if row["name"] != newest["name"]:
        yield node(SKOS, "altLabel"), Literal(row["name"], language="fr")
    for parent in ("arrondissement", "departement", "region"):
        if found := row.get(parent):
            yield node(IGEO, "subdivisionDe"), node(PLACE, f"{parent}/{found}")
    if row.get("members") == "cited":
        for language, text in PARTIAL.items():
            yield node(TP, "note"), Literal(text, language=language)
    if former := row.get("replaces"):
        yield node(TP, "replaces"), node(PLACE, f"epci/{former}")


def names(level: str, code: str, row: Row) -> Iterator[Fact]:
    """The name in its several forms; the list of EPCI has no TNCC, hence one form for them."""
    name = row["name"]
    yield node(SKOS, "prefLabel"), Literal(name, language="fr")
    yield node(SKOS, "prefLabel"), Literal(name, language="en")
    yield node(IGEO, "nom"), Literal(name)
    if tncc := row.get("tncc"):
        article = ARTICLES.get(tncc, "")
        yield node(IGEO, "nomSansArticle"), Literal(name.removeprefix(article))
        yield node(IGEO, "codeArticle"), Literal(tncc)
        if level in USAGE:  # elsewhere the article is part of the name: « Les Ponts-de-Cé »
            name = USAGE[level].get(code, article.lower()) + name
        yield node(TP, "nameWithArticle"), Literal(name, language="fr")


def membership(row: Row) -> Iterator[Quad]:
    """A commune is a member of an EPCI at these vintages."""
    epci, commune, end = f"{PLACE}epci/{row['epci']}", row["commune"], last(row)
    subject = f"{epci}#member-{commune}"
    yield quad(subject, RDF_TYPE, node(TP, "Membership"), end)
    yield quad(subject, node(TP, "memberCommune"), node(PLACE, f"commune/{commune}"), end)
    yield quad(subject, node(TP, "memberOf"), node(epci), end)
    for date in dates(row):
        yield quad(subject, node(TP, "validOn"), typed(date, "date"), end)


def population(row: Row) -> Iterator[Quad]:
    """A count of inhabitants; the IRI of a « population municipale » has its year alone."""
    place, kind, end = PLACE + row["territory"].replace(":", "/"), row["kind"], last(row)
    subject = f"{place}#population-{'' if kind == 'municipale' else f'{kind}-'}{row['year']}"
    yield quad(place, node(TP, "population"), node(subject), end)
    yield quad(subject, RDF_TYPE, node(TP, "PopulationCount"), end)
    yield quad(subject, node(TP, "populationKind"), node(BASE, f"population-kind/{kind}"), end)
    yield quad(subject, node(TP, "populationYear"), typed(row["year"], "gYear"), end)
    yield quad(subject, node(TP, "inhabitants"), typed(row["inhabitants"], "integer"), end)


def node(namespace: str, name: str = "") -> NamedNode:
    return NamedNode(namespace + name)


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


def quad(subject: str, predicate: NamedNode, value: NamedNode | Literal, vintage: str) -> Quad:
    """A statement in the graph of a vintage."""
    return Quad(NamedNode(subject), predicate, value, NamedNode(f"{BASE}graph/insee/{vintage}"))
