"""The page that explains each rule: what it expects, of which records, and a record that breaks it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import rdflib
from rdflib import SH
from rdflib.term import Node

from trophees.base.context import Context
from trophees.check.shacl import SHAPES

# a line of the report of `trophees check`
REPORT = re.compile(r"(?P<place>[^:]+:\d+:\d+): (?P<severity>\w+): (?P<sentence>.+) \[(?P<rule>[^][ ]+)\]")

HEAD = """# Les règles, une par une

Un problème se lit `fichier:ligne:colonne: erreur: ce qui est attendu [règle]`. Voici, pour chaque règle, ce qu’elle
attend, de quelles fiches, et une fiche fautive dont les premières lignes sont le rapport exact. La règle `source:file`
porte sur le fichier lui-même : son nom (a-z, 0-9 et tirets, puis `.yaml`), son dossier, celui de son type, et ce qui
empêche de le lire.
Pour refaire cette page : `python tools/rules_page.py > docs/regles.md`.
"""


def document(shapes: rdflib.Graph, context: Context, reports: Mapping[str, Sequence[str]]) -> str:
    """The page, in Markdown. `reports` gives the lines of the report on each faulty record, by its name."""
    examples: dict[str, str] = {}
    for name, lines in sorted(reports.items(), key=lambda item: (len(item[1]), item[0])):
        for report in filter(None, map(REPORT.fullmatch, lines)):
            examples.setdefault(
                report["rule"], f"> {report['sentence']}\n>\n> ([{name}](../tests/errors/{name}.yaml))\n"
            )
    page = [HEAD]
    for kind, told in (("source:", "Lecture du fichier"), ("graph:", "Le graphe entier")):
        for rule in sorted(r for r in examples if r.startswith(kind)):
            page += [f"## {rule}\n", f"{told}, toutes les fiches.\n", examples[rule]]
    kinds = _kinds(shapes)
    for shape in sorted(kinds, key=lambda s: (int(str(shapes.value(s, SH.order) or 0)), str(s))):
        rule = "shapes:" + str(shape).removeprefix(SHAPES)
        gravity = " Simple avertissement." if shapes.value(shape, SH.severity) == SH.Warning else ""
        expected = f"{_expected(shapes, context, shape)}. Fiches : {', '.join(sorted(kinds[shape]))}.{gravity}\n"
        page += [f"## {rule}\n", expected, examples.get(rule, "")]
    return "\n".join(page)


def _kinds(shapes: rdflib.Graph) -> dict[Node, set[str]]:
    """Each shape that a problem may name, with the kinds of record that it bears on."""
    kinds: dict[Node, set[str]] = {}
    for node in shapes.subjects(SH.closed):
        targets = [(p, o) for p in (SH.targetClass, SH.targetObjectsOf) for o in shapes.objects(node, p)]
        beside = [s for target in targets for s in shapes.subjects(*target) if not shapes.value(s, SH.closed)]
        for shape in (node, *beside, *shapes.objects(node, SH.property)):
            kinds.setdefault(shape, set()).add(_french(shapes, node, SH.name))
    return kinds


def _expected(shapes: rdflib.Graph, context: Context, shape: Node) -> str:
    if shapes.value(shape, SH.closed):
        paths = (str(shapes.value(p, SH.path)) for p in shapes.objects(shape, SH.property))
        return "Les clés admises sont " + ", ".join(sorted(f"`{context.term_for(path)}`" for path in paths))
    name = _french(shapes, shape, SH.name)
    return (f"`{name}` : " if name else "") + _french(shapes, shapes.value(shape, SH.sparql) or shape, SH.message)


def _french(shapes: rdflib.Graph, node: Node, predicate: rdflib.URIRef) -> str:
    texts = (o for o in shapes.objects(node, predicate) if isinstance(o, rdflib.Literal) and o.language == "fr")
    return str(next(texts, ""))


def expected_reports(folder: Path, files: str = "*.yaml") -> dict[str, list[str]]:
    """The report that each faulty record in `folder` announces after `#! `, by the record's name."""
    texts = {path.stem: path.read_bytes().splitlines() for path in sorted(folder.glob(files))}
    return {name: [s[3:].decode() for s in lines if s.startswith(b"#! ")] for name, lines in texts.items()}


if __name__ == "__main__":
    from trophees.check.shacl import shapes_graph
    from trophees.release.checkout import Project

    project = Project.containing(Path())
    shapes = shapes_graph(project.shapes())
    print(document(shapes, project.context, expected_reports(project.root / "tests" / "errors")), end="")
