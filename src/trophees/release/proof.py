"""The proof of a checkout: its graph of a source beside the file of that source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trophees.base.errors import UserError
from trophees.graph.assemble import build
from trophees.prove import pdf, report, table
from trophees.prove.attestation import Attestation
from trophees.prove.claims import claims
from trophees.prove.copied import Copied, copied
from trophees.prove.evidence import Evidence, prove
from trophees.prove.outline import Known
from trophees.prove.passages import Document
from trophees.release import files
from trophees.release.checkout import Project

FOLDER = "data/attestation"


@dataclass(frozen=True)
class Proof:
    """The `evidence` of the claims of a source, `name` (such as `report-2020`), found in `lines`; `whole` if of all.

    `copied` is what is not said in words of our own.
    """

    project: Project
    name: str
    lines: Sequence[str]
    evidence: Sequence[Evidence]
    copied: Sequence[Copied]
    whole: bool

    def attest(self) -> str:
        """Write the attestation; its path. UserError if not all claims were looked for, one was not found, or a
        text repeats the source.
        """
        if not self.whole or self.copied or not all(one.found for one in self.evidence):
            raise UserError(
                "only a whole proof is attested: name no records, mend what cannot be read in the source, and say in"
                " your own words what is copied"
            )
        path = f"{FOLDER}/{self.name}.json"
        said = Attestation.of(f"src:{self.name}", self.lines, self.evidence).written()
        files.write({self.project.root / path: said.encode()})
        return path


def proved(project: Project, file: Path, iri: str = "", records: Sequence[Path] = ()) -> Proof:
    """The evidence of what `project` says by the source `iri`, in `file`: of all of it, or of `records` only.

    UserError if the file cannot be read, or the source is not known.
    """
    store = build(project.sources())
    known = Known.of(store, project.context.expand(iri, vocab=False) if iri else "")
    source = read(file, known)
    wanted = {record.iri.value for record in project.chosen(list(project.records()), records)} if records else None
    found = (
        c for c in claims(store, known.graph, known.layout) if wanted is None or c.subject.partition("#")[0] in wanted
    )
    name = known.iri.value.rpartition("/")[2]
    same = tuple(
        one
        for one in copied(store, known.graphs, source.lines)
        if wanted is None or one.subject.partition("#")[0] in wanted
    )
    return Proof(project, name, source.lines, tuple(prove(found, source)), same, wanted is None)


def read(file: Path, known: Known) -> Document:
    """The passages of `file`, by its extension: a PDF, a table, or text. UserError if it cannot be read."""
    if file.suffix.lower() == ".pdf":
        return report.read(pdf.lines(file), known.outline())
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UserError(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise UserError(f"{file}: not in UTF-8: save it with that encoding") from None
    if file.suffix.lower() == ".csv":
        return table.read(text, known.rows(), known.sections(), file.name)
    return report.read(text.splitlines(), known.outline())
