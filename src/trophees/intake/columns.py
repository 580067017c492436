"""What the columns of a table of processes hold: proposed from their headers and cells, kept in a small YAML file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from trophees.base.errors import UserError, brief, nearest
from trophees.base.folding import fold
from trophees.intake import status

# what a column may hold, as the file of the mapping says it; those of which a table may have several come last
TITLE, CARRIER, STATUS, EDITION, STARS = "titre", "porteur", "statut", "édition", "étoiles"
STREET, POSTAL, TOWN, LATITUDE, LONGITUDE = "rue", "code postal", "commune", "latitude", "longitude"
SITE, CODE, DOCUMENT, STAGES, STAGES_TITLE = "site", "code", "document", "étapes", "titre des étapes"
THEME, TOOL, TEXT, LEFT = "thème", "outil", "texte", "rien"
ROLES = (
    TITLE, CARRIER, STATUS, EDITION, STARS, STREET, POSTAL, TOWN, LATITUDE, LONGITUDE, SITE, CODE, DOCUMENT, STAGES,
    STAGES_TITLE, THEME, TOOL, TEXT, LEFT,
)  # fmt: skip
SEVERAL = frozenset({THEME, TOOL, TEXT, LEFT})
_NAME = re.compile(r"(?<![^\W_])noms?(?![^\W_])")
_SAMPLE = 200  # rows whose cells tell what a column holds
# the first that a header has, without accents, decides
_HEADERS = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (LEFT, r"^code (?!postal)|\blogo\b|illustration|commentaire interne"),
        (STAGES_TITLE, r"titre.*etape"),
        (LEFT, r"porteur.*adresse|adresse.*postale"),
        (POSTAL, r"code postal|^cp$|postal"),
        (LATITUDE, r"^lat(itude)?$"),
        (LONGITUDE, r"^(lon|lng|long)(gitude)?$"),
        (STREET, r"\brue\b|\bvoie\b|^adresse$"),
        (THEME, r"themati|theme"),
        (LEFT, r"(type|nature|statut) (du |de )?porteur|categorie"),
        (TOOL, r"type de demarche|outil|methode|dispositif"),
        (CODE, r"file name|nom (du )?fichier|identifiant|^id$|^numero|^n°|reference"),
        (DOCUMENT, r"pdf|document|fichier"),
        (SITE, r"\bsite\b|\burl\b|\bweb\b|internet"),
        (TITLE, r"titre|intitule|nom (du projet|de la demarche)"),
        (TEXT, r"extensif|presentation|description|resume|retenir|acteur|partenaire|prestataire|objectif|resultat"),
        (STAGES, r"etape|calendrier|deroule"),
        (CARRIER, r"porteur|organisme|structure|collectivite|candidat|laureat$"),
        (STARS, r"etoile"),
        (EDITION, r"edition|annee|millesime"),
        (STATUS, r"^source$|statut|distinction|\bprix\b|palmares|recompense"),
        (TOWN, r"commune|ville|localite"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """What the columns of a table hold: their `roles` by header; the IRI of its `source`, compact.

    `cases` is the folder, in `data/case/`, of the processes that no edition rewards.
    """

    source: str
    roles: Mapping[str, str]
    cases: str = "etude"


def proposed(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """What each column holds, by its header: told by its cells where they all are statuses, else by its header.

    A column that nothing tells is text if it has words, else nothing. Only one column can be what a row has once: the
    first that the header names; of carriers, the first that holds their names. UserError if two columns have one
    header, or none tells titles or carriers.
    """
    named = [header for header in headers if header]
    if twice := next((header for header in named if named.count(header) > 1), None):
        raise UserError(f"two columns are called “{brief(twice)}”: give each a name of its own")
    roles: dict[str, str] = {}
    for place, header in enumerate(headers):
        cells = [row[place].strip() for row in rows[:_SAMPLE] if place < len(row) and row[place].strip()]
        if header:
            roles[header] = _role(header, cells)
    names = next((header for header, role in roles.items() if role == CARRIER and _NAME.search(fold(header))), "")
    found: dict[str, str] = {}
    for header, role in roles.items():
        taken = role in found.values() or (role == CARRIER and names not in ("", header))
        found[header] = TEXT if taken and role not in SEVERAL else role
    if missing := next((role for role in (TITLE, CARRIER) if role not in found.values()), None):
        raise UserError(f"no column is the “{missing}”: say which in the file of the mapping (--mapping)")
    return found


def _role(header: str, cells: Sequence[str]) -> str:
    if cells and sum(status.read(cell) is not None for cell in cells) * 2 > len(cells):
        return STATUS
    plain = fold(header).replace("_", " ").strip()
    named = next((role for role, pattern in _HEADERS if pattern.search(plain)), None)
    return named or (TEXT if any(" " in cell for cell in cells) else LEFT)


def written(columns: Columns, table: str) -> str:
    """The file of the mapping, which the reader may change: what it is, the source, a line a column."""
    lines = [
        f"# Ce que contiennent les colonnes de {table}. Changez un rôle, puis relancez « trophees import ».",
        f"# Rôles : {', '.join(ROLES)}.",
        f"source: {columns.source}",
        f"cas: {columns.cases}",
        "colonnes:",
    ]
    return "\n".join([*lines, *(f"  {quoted(header)}: {role}" for header, role in columns.roles.items())]) + "\n"


def section(header: str) -> str:
    """The header of a column as the value of a key, between quotes if YAML needs them."""
    return header if re.fullmatch(r"[^\W\d_][\w ’'+.-]*[\w.]", header) else quoted(header)


def quoted(text: str) -> str:
    """`text` between quotes, as YAML reads it back whatever is in it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n") + '"'


def read(text: str, name: str, headers: Sequence[str]) -> Columns:
    """What the file `name` of a mapping says of a table with these headers.

    UserError, with the line, if it is no mapping, names a column that the table has not, or a role that there is not.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise UserError(f"{name}:{mark.line + 1 if mark else 1}: is no YAML") from None
    entries = {key.value: (key, value) for key, value in root.value} if isinstance(root, yaml.MappingNode) else {}
    source, columns, cases = (entries.get(key, (None, None))[1] for key in ("source", "colonnes", "cas"))
    if not isinstance(source, yaml.ScalarNode) or not isinstance(columns, yaml.MappingNode):
        raise UserError(f"{name}:1: is no mapping: it has the keys “source” and “colonnes”, as --dry-run shows")
    found: dict[str, str] = {}
    for key, value in columns.value:
        place = f"{name}:{key.start_mark.line + 1}"
        if not isinstance(value, yaml.ScalarNode) or value.value not in ROLES:
            hint = f"did you mean “{near}”?" if (near := nearest(str(value.value), ROLES)) else ", ".join(ROLES)
            raise UserError(f"{place}: “{brief(str(value.value))}” is no role: {hint}")
        if key.value not in headers:
            near = nearest(str(key.value), headers)
            hint = f" (did you mean “{near}”?)" if near else ""
            raise UserError(f"{place}: the table has no column “{brief(str(key.value))}”{hint}")
        if value.value not in SEVERAL and value.value in found.values():
            raise UserError(f"{place}: a second column is the “{value.value}”: a row has one")
        found[key.value] = value.value
    folder = cases.value if isinstance(cases, yaml.ScalarNode) else Columns.cases
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder):
        raise UserError(f"{name}: cas: “{brief(folder)}” is no name of a folder: use a-z, 0-9 and hyphens")
    return Columns(source.value, found, folder)
