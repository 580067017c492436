"""`trophees import`: a table of processes as proposed records, each row written, recognised or refused."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from conftest import curated
from trophees.base.errors import UserError
from trophees.base.folding import fold
from trophees.cli.main import main
from trophees.intake import amend, columns, recognise, status
from trophees.intake.faults import of_table, of_words
from trophees.intake.faults_of_places import of_places
from trophees.intake.known import Known, known
from trophees.intake.sheet import LONGEST, Sheet, addresses, items, parts, sheets
from trophees.intake.take import Intake, take
from trophees.reading import table
from trophees.release.checkout import Project
from trophees.source.record import Record

# a made-up table: no process of it ever took place; the columns are named as an organiser might
HEADERS = (
    "Intitulé du projet", "Porteur", "Adresse", "CP", "Ville", "Prix", "Site", "Présentation", "Titre des étapes",
    "Étapes", "Thématique", "Type de démarche", "Nom du fichier", "Lat", "Lon",
)  # fmt: skip
SOURCE = """id: src:palmares-fictif
type: Source
intitulé:
  fr: Palmarès FICTIF
  en: MADE-UP prize list
éditeur: organisation:decider-ensemble
nature_source: source-kind:sheets
éditions: edition:2020
sans_licence:
  fr: Rien n’est dit.
  en: Nothing is said.
repris:
  fr: Tout est fictif.
  en: Everything is made up.
graphe: graph:sheets/palmares-fictif
graphe_des_curateurs: graph:curation/palmares-fictif
"""
LAUREATE = "Lauréat (3 étoiles) des Trophées de la Participation et de la Concertation 2020"


def row(**cells: str) -> dict[str, str]:
    """A row of the made-up table: a laureate of 2020 unless `cells`, by the roles, say something else."""
    usual = {
        "Intitulé du projet": "Un débat fictif",
        "Porteur": "Ville de Melun",
        "Ville": "MELUN",
        "CP": "77000",
        "Prix": LAUREATE,
        "Nom du fichier": "1.Fiche-Fictive_2020",
    }
    names = {fold(header).replace(" ", "_"): header for header in HEADERS}
    return usual | {names[key]: value for key, value in cells.items()}


def written(*rows: Mapping[str, str], codec: str = "utf-8", delimiter: str = ",") -> bytes:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADERS, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(codec)


def one(data: bytes, extension: str = "csv") -> list[Sheet]:
    """The sheets of a table, by the columns that are proposed for it."""
    found = table.read(data, f"fictif.{extension}", extension)
    roles = columns.proposed(found.columns, [row.cells for row in found.rows])
    return list(sheets(found, roles))


def faults(**cells: str) -> list[tuple[str, str, str]]:
    """The kinds of the faults of a row, their columns, and what is said of them."""
    (sheet,) = one(written(row(**cells)))
    return [(fault.kind, fault.column, fault.said.fr) for fault in (*of_words(sheet), *of_places(sheet))]


@pytest.fixture(scope="module")
def told(records: list[Record]) -> Known:
    return known(records)


def taken(data: bytes, told: Known, project: Project, source: str = "src:palmares-fictif") -> Intake:
    """What becomes of the rows of CSV `data`."""
    found = table.read(data, "fictif.csv", "csv")
    of = columns.Columns(source, columns.proposed(found.columns, [row.cells for row in found.rows]))
    return take(
        found,
        of,
        told,
        project.editions(),
        lambda path: (project.root / path).read_text("utf-8"),
        project.context,
        "fr",
    )


def test_the_headers_of_an_organiser_tell_what_the_columns_hold() -> None:
    roles = columns.proposed(HEADERS, [[row().get(header, "") for header in HEADERS]])
    assert roles == {
        "Intitulé du projet": "titre", "Porteur": "porteur", "Adresse": "rue", "CP": "code postal", "Ville": "commune",
        "Prix": "statut", "Site": "site", "Présentation": "texte", "Titre des étapes": "titre des étapes",
        "Étapes": "étapes", "Thématique": "thème", "Type de démarche": "outil", "Nom du fichier": "code",
        "Lat": "latitude", "Lon": "longitude",
    }  # fmt: skip


def test_of_columns_on_carriers_the_one_with_their_names_is_taken() -> None:
    roles = columns.proposed(["Titre", "Type porteur", "Porteur (texte)", "Nom du porteur", "Nomenclature"], [])
    assert list(roles.values()) == ["titre", "rien", "texte", "porteur", "rien"]


def test_two_addresses_in_a_cell_are_no_fault() -> None:
    assert faults(site="www.melun.fr et https://melun.example.org/a, www.sens.fr") == []


def test_cells_that_are_statuses_tell_a_column_that_no_header_tells() -> None:
    assert columns.proposed(["Projet", "Titre", "Porteur"], [[LAUREATE, "t", "p"]] * 3)["Projet"] == "statut"


@pytest.mark.parametrize(
    ("headers", "sentence"),
    [
        (["Titre", "Titre", "Porteur"], "two columns are called “Titre”"),
        (["Titre", "Étapes"], "no column is the “porteur”"),
    ],
)
def test_columns_that_cannot_be_told_apart_are_refused(headers: list[str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        columns.proposed(headers, [])


def test_the_file_of_the_mapping_says_again_what_was_written_into_it() -> None:
    of = columns.Columns("src:x", {'Titre "du" projet': "titre", "Porteur # 1": "porteur", "a\\b": "rien"}, "barometre")
    assert columns.read(columns.written(of, "t.csv"), "m.yaml", list(of.roles)) == of


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("source: src:x\ncolonnes:\n  Titre: titer\n", r"m.yaml:3: “titer” is no role: did you mean “titre”"),
        ("source: src:x\ncolonnes:\n  Titres: titre\n", r"m.yaml:3: the table has no column “Titres” .*“Titre”"),
        ("source: src:x\ncolonnes:\n  Titre: titre\n  Autre: titre\n", "m.yaml:4: a second column is the “titre”"),
        ("source: src:x\ncas: Été\ncolonnes:\n  Titre: titre\n", "“Été” is no name of a folder"),
        ("- a\n", "m.yaml:1: is no mapping"),
        ("a: [\n", "is no YAML"),
        ("[" * 5000, "is no YAML"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        columns.read(text, "m.yaml", ["Titre", "Autre"])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (LAUREATE, status.Status("laureate", 3, ("2020",))),
        ("Lauréat 4 étoiles des Trophées 2031", status.Status("laureate", 4, ("2031",))),
        ("lauréate, quatre étoiles", status.Status("laureate", 4)),
        ("Lauréat des Trophées 2030", status.Status("laureate", 0, ("2030",))),
        ("Prix du Jury des Trophées 2030", status.Status("prix-du-jury", 0, ("2030",))),
        ("Coup de cœur du jury 2030", status.Status("coup-de-coeur", 0, ("2030",))),
        ("Mention spéciale des Trophées 2030", status.Status("mention-speciale", 0, ("2030",))),
        ("Cas d’étude du baromètre - 2026-2029", status.Status("case")),
        ("Lauréat 2030 et 2031", status.Status("laureate", 0, ("2030", "2031"))),
        ("rien de tel", None),
        ("", None),
        ("lauréat " * 100, None),
    ],
)
def test_a_status_tells_the_kind_the_stars_and_the_years(cell: str, expected: status.Status | None) -> None:
    assert status.read(cell) == expected


def test_a_list_in_one_cell_is_parted_but_not_inside_of_an_address() -> None:
    assert items("a :: b // voir https://x.fr/y //  c::d//e") == ["a :: b", "voir https://x.fr/y", "c::d", "e"]
    assert parts("juin :: un : deux ::  trois ") == ["juin", "un : deux", "trois"]
    assert items("• un\n• deux") == ["un", "deux"]


@pytest.mark.parametrize(
    ("cell", "full"),
    [
        ("www.Exemple.fr", "https://www.exemple.fr/"),
        ("HTTP://exemple.fr/à b", "http://exemple.fr/%C3%A0"),
        ("www.limeil-brévannes.fr", "https://www.xn--limeil-brvannes-jnb.fr/"),
        ("voir exemple.fr, merci", "https://exemple.fr/"),
        ("rien", None),
        ("https://", None),
        ("javascript:alert(1)", None),
        ("www.melun", None),
    ],
)
def test_addresses_are_written_in_full(cell: str, full: str | None) -> None:
    assert [address for _, address in addresses(cell)] == ([full] if full else [])


@pytest.mark.parametrize(
    ("cells", "kind", "says"),
    [
        ({"presentation": "un budget de 5 7 milliards"}, "lost-comma", "5,7 milliards"),
        ({"presentation": "1 8 ETP"}, "lost-comma", "1,8 ETP"),
        ({"porteur": "Ville de\u200b Melun"}, "", "caractères invisibles"),
        ({"porteur": "Ville de Me\u0301lun"}, "decomposed-letters", "deux caractères"),
        ({"prix": "Lauréat des Tophées 2020"}, "typo", "« Tophées » pour « Trophées »"),
        ({"prix": "Lauréat des Trophées"}, "missing-year", "le code de la fiche dit 2020"),
        ({"prix": "Lauréat des Trophées", "nom_du_fichier": "x"}, "missing-year", "l’année manque"),
        ({"prix": "Lauréat des Trophées 2019"}, "contradictory-year", "2019 ou 2020"),
        ({"porteur": "Hôtel de ville"}, "misnamed-carrier", "nomme un lieu"),
        ({"porteur": "Maire de Melun"}, "misnamed-carrier", "nomme un lieu"),
        ({"porteur": ""}, "", "le porteur manque"),
        ({"titre_des_etapes": "LES ÉQUIPES", "etapes": "deux agents"}, "misplaced-content", "des équipes"),
        ({"etapes": "juin :: un  juillet :: deux"}, "broken-separator", "il manque « // »"),
        ({"site": "www.melun.fr/page suite"}, "broken-address", "pas une adresse entière"),
        ({"site": "bientôt"}, "broken-address", "pas une adresse entière"),
        ({"site": "http:/www.melun fr // https://melun.fr"}, "broken-address", "pas une adresse entière"),
        ({"presentation": "1000 idées", "etapes": "fin :: 1200 idées"}, "contradictory-figures", "1200 idées ici"),
        ({"cp": "77288"}, "doubtful-postal-code", "le code Insee de Melun"),
        ({"cp": "77006"}, "doubtful-postal-code", "boîte postale ou Cedex"),
        ({"cp": "44041", "ville": "NANTES"}, "doubtful-postal-code", "(44000, 44100, 44200 ou 44300)"),
        ({"cp": "77300"}, "doubtful-postal-code", "c’est celui de Fontainebleau"),
        ({"cp": "67190"}, "doubtful-postal-code", "n’est pas du département de Melun"),
        ({"cp": "1000", "ville": "BOURG-EN-BRESSE"}, "doubtful-postal-code", "le zéro de tête est perdu, 01000"),
        ({"cp": ""}, "doubtful-postal-code", "le code postal manque : 77000"),
        ({"cp": "sept"}, "doubtful-postal-code", "n’est pas un code postal"),
        ({"cp": "67190", "ville": "SAINT-DENIS"}, "doubtful-postal-code", "le code d’aucun « SAINT-DENIS »"),
        ({"lat": "43.57", "lon": "3.91"}, "wrong-coordinates", "km du centre de Melun"),
        ({"lat": "43,57", "lon": "3,91", "ville": "LA PLAINE SAINT-DENIS"}, "wrong-coordinates", "département 34"),
        ({"lat": "nord", "lon": "2"}, "wrong-coordinates", "pas des degrés"),
    ],
    ids=str,
)
def test_what_is_wrong_is_told_with_its_column(cells: dict[str, str], kind: str, says: str) -> None:
    assert [k for k, _, said in faults(**cells) if says in said] == [kind]


def test_a_cell_of_ten_megabytes_is_told_and_not_read() -> None:
    said = f"cellule de 10000000 caractères, non lue : {LONGEST} au plus"
    assert faults(presentation="x" * 10_000_000) == [("", "Présentation", said)]


def test_a_row_in_which_nothing_is_wrong_has_no_fault() -> None:
    assert faults(site="www.melun.fr", lat="48.54", lon="2.66", etapes="juin :: un // juillet :: deux") == []


@pytest.mark.parametrize(
    "cells",
    [
        {
            "ville": "PARIS",
            "cp": "75012",
            "lat": "48.8485",
            "lon": "2.3884",
        },  # an arrondissement has a point of its own
        {"ville": "Les Salines", "cp": "20090", "lat": "41.92", "lon": "8.73"},  # in Ajaccio, whose code is 2A004
    ],
)
def test_a_point_in_a_large_town_is_no_fault(cells: dict[str, str]) -> None:
    assert faults(**cells) == []


def test_a_point_is_not_blamed_for_a_postal_code_that_is_wrong() -> None:
    kinds = [kind for kind, _, _ in faults(ville="SAINT-DENIS", cp="67190", lat="-20.902", lon="55.484")]
    assert kinds == ["doubtful-postal-code"]


@pytest.mark.parametrize("text", ["1 000 habitants", "10 25 44 10 99", "de 2 à 3 ans", "le 2 12 2020", "12 000 €"])
def test_numbers_that_have_lost_nothing_are_no_fault(text: str) -> None:
    assert faults(presentation=text) == []


def test_a_table_without_any_comma_and_house_numbers_that_count_on_are_told_once() -> None:
    rows = [row(adresse=f"{n} rue Fictive", presentation="mots " * 150) for n in (1, 3, 5)]
    said = [fault.said.fr for fault in of_table(one(written(*rows)))]
    assert said == [
        "aucune cellule ne contient de virgule : elles ont été ôtées du fichier, même dans les nombres",
        "3 rue Fictive, mais 1 ligne 2 : un tableur a-t-il compté ?",
        "5 rue Fictive, mais 3 ligne 3 : un tableur a-t-il compté ?",
    ]


def test_every_row_is_written_recognised_or_refused(told: Known, project: Project) -> None:
    rows = [
        row(),
        row(intitule_du_projet="Parlons ensemble de Cachan", porteur="Mairie de Cachan", nom_du_fichier="2.C_2020"),
        row(intitule_du_projet="", porteur="", nom_du_fichier="3"),
        row(prix="", nom_du_fichier="4"),
        row(prix="Lauréat des Trophées", nom_du_fichier="5"),
        row(prix="Lauréat des Trophées 1999", nom_du_fichier="6.x"),
        row(prix="Lauréat des Trophées 2044", nom_du_fichier="7.x"),
        row(prix="Prix du jury des Trophées 2020", nom_du_fichier="8.x_2020"),
        row(prix="Cas d’étude du Baromètre 2026-2029", nom_du_fichier="9.x"),
    ]
    found = taken(written(*rows), told, project).rows
    assert [(one.line, one.outcome, one.path, one.why.fr) for one in found] == [
        (2, "written", "data/laureate/2020/melun-debat.yaml", "nouvelle"),
        (3, "recognised", "data/laureate/2020/cachan.yaml", "l’édition 2020, le porteur, le nom (ressemblance 1.00)"),
        (4, "refused", "", "ni titre ni porteur"),
        (5, "refused", "", "à quel titre la démarche est là n’est pas dit"),
        (6, "refused", "", "l’année n’est dite nulle part"),
        (7, "refused", "", "l’année n’est dite nulle part"),
        (8, "refused", "", "l’édition 2044 n’a pas de fiche : « trophees new edition 2044 »"),
        (9, "written", "data/case/2020/melun.yaml", "nouvelle"),
        (10, "written", "data/case/etude/melun.yaml", "nouvelle"),
    ]


def test_a_title_alone_recognises_nothing(told: Known, project: Project) -> None:
    """One carrier's process has a title like another's; one process has two titles that are hardly alike."""
    (false_friend,) = taken(
        written(row(intitule_du_projet="Les rendez-vous numériques du budget participatif", porteur="Ville de Saumur")),
        told,
        project,
    ).rows
    assert false_friend.outcome == "written"
    (true_pair,) = taken(
        written(
            row(
                intitule_du_projet="Les Avan’Cé climatiques",
                porteur="Hôtel de ville",
                ville="Les Ponts-de-Cé",
                cp="49130",
            )
        ),
        told,
        project,
    ).rows
    assert (true_pair.outcome, true_pair.path) == ("recognised", "data/laureate/2020/ponts-de-ce.yaml")


def test_another_edition_of_the_same_carrier_is_another_process(told: Known) -> None:
    cells = row(intitule_du_projet="PARLONS ENSEMBLE DE CACHAN !", porteur="Ville de Cachan")
    for prize, name in (("Lauréat des Trophées 2021", "x"), ("Prix du jury des Trophées 2020", "x")):
        (sheet,) = one(written(cells | {"Prix": prize, "Nom du fichier": name}))
        assert recognise.recognised(sheet, recognise.carrier(sheet, told), "src:x", told) == []


def test_two_rows_that_tell_of_one_process_are_not_both_added(told: Known, project: Project) -> None:
    cells = row(intitule_du_projet="Parlons ensemble de Cachan", porteur="Ville de Cachan")
    rows = taken(written(cells, cells | {"Nom du fichier": "2.y_2020"}), told, project).rows
    assert [one.outcome for one in rows] == ["recognised", "refused"]
    assert rows[1].why.fr.startswith("une autre ligne a déjà raconté cette démarche")


def test_a_proposed_record_states_what_is_certain_and_comments_the_rest(told: Known, project: Project) -> None:
    (new,) = taken(
        written(
            row(
                porteur="Département du Gers", ville="AUCH", cp="32000", site="www.gers.fr",
                thematique="MOBILITÉ", type_de_demarche="BUDGET PARTICIPATIF  TÉLÉPATHIE",
                presentation="Mazars anime 3 réunions publiques et un théâtre forum avec 120 jeunes du canton voisin.",
                etapes="Juin :: Écrire une charte avec tous les habitants de la rue // Juillet :: La lire",
            )
        ),
        told,
        project,
    ).rows  # fmt: skip
    said = yaml.safe_load(new.text)
    assert said["id"] == "laureate:2020/gers"
    assert (said["édition"], said["étoiles"], said["titre"]) == ("edition:2020", 3, "Un débat fictif")
    assert said["récits"] == [
        {"selon": "src:palmares-fictif", "code": "1.Fiche-Fictive_2020", "imprimé": LAUREATE, "rubrique": "Prix"}
    ]
    assert said["sites"] == [{"adresse": "https://www.gers.fr/", "imprimé": "www.gers.fr", "rubrique": "Site"}]
    assert said["territoires"][0]["territoire"] == "departement:32"
    assert [one["outil"] for one in said["outils"]] == ["tool:budget-participatif"]
    assert [one["thème"] for one in said["thèmes"]] == ["theme:mobilite"]
    assert {"étapes", "indicateurs", "résumé", "libellé"}.isdisjoint(said)
    comments = [line.strip(" #") for line in new.text.splitlines() if line.lstrip().startswith("#")]
    assert "à vérifier : « TÉLÉPATHIE » (Type de démarche) n’est le nom d’aucun concept" in comments
    assert "à vérifier : tool:theatre-forum « théâtre forum » (Présentation)" in comments
    assert "à vérifier : organisation:mazars est nommé dans la ligne ; à quel titre ?" in comments
    assert "« 120 jeunes du canton » (Présentation)" in comments
    assert 'ancre: "Écrire une charte avec tous les habitants"' in comments
    assert "la rue" not in new.text


def test_nothing_that_a_cell_holds_can_break_the_record(told: Known, project: Project) -> None:
    nasty = 'a: "b" # c\\ \' {x} [y]\té\u0085\u2028 - ? | > % @ `'
    (new,) = taken(written(row(intitule_du_projet=nasty, porteur=nasty, prix=LAUREATE)), told, project).rows
    said = yaml.safe_load(new.text)
    assert said["ligne_porteur"] == said["acteurs"][0]["imprimé"]
    assert "".join(said["titre"].split()) == "".join(nasty.split())


@pytest.fixture
def checkout(project: Project, tmp_path: Path) -> Path:
    copy = curated(project, tmp_path / "copy")
    (copy / "data" / "source" / "palmares-fictif.yaml").write_text(SOURCE, "utf-8")
    return copy


def imported(checkout: Path, file: Path, *options: str, code: int = 0) -> tuple[str, str]:
    """What `trophees import` says of the `file`, in the checkout: on standard output and on standard error."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(checkout)
        done = CliRunner().invoke(main, ["import", str(file), "--lang", "en", *options])
    assert done.exit_code == code, done.output
    return done.stdout, done.stderr


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")}


ROWS = (
    row(),
    row(intitule_du_projet="Parlons ensemble de Cachan", porteur="Ville de Cachan", nom_du_fichier="2.Fiche_2020"),
)


def test_a_second_run_adds_only_what_is_new(checkout: Path, tmp_path: Path) -> None:
    file = tmp_path / "palmares.csv"
    file.write_bytes(written(*ROWS))
    before = tree(checkout / "data")
    shown, counted = imported(checkout, file, "--of", "src:palmares-fictif", "--dry-run")
    assert "palmares.csv:2: record written data/laureate/2020/melun-debat.yaml (new)" in shown
    assert "(nothing is written)" in counted
    assert tree(checkout / "data") == before
    assert not file.with_name("palmares.csv.colonnes.yaml").exists()
    _, counted = imported(checkout, file, "--of", "src:palmares-fictif")
    assert counted == "2 row(s) = 1 record(s) written + 1 recognised, 1 of them added to + 0 refused\n"
    after = tree(checkout / "data")
    assert {name for name in after if after[name] != before.get(name)} == {
        "laureate/2020/melun-debat.yaml",
        "laureate/2020/cachan.yaml",
    }
    old, new = before["laureate/2020/cachan.yaml"].decode(), after["laureate/2020/cachan.yaml"].decode()
    assert all(line in new.splitlines() for line in old.splitlines())
    assert yaml.safe_load(new)["récits"][-1]["titre"] == "Parlons ensemble de Cachan"
    _, counted = imported(checkout, file)
    assert counted == "2 row(s) = 0 record(s) written + 2 recognised, 0 of them added to + 0 refused\n"
    assert tree(checkout / "data") == after
    file.write_bytes(written(*ROWS, row(intitule_du_projet="Un autre", nom_du_fichier="3.Fiche_2020")))
    _, counted = imported(checkout, file)
    assert counted == "3 row(s) = 1 record(s) written + 2 recognised, 0 of them added to + 0 refused\n"


def workbook(above: int = 0, merged: bool = False) -> bytes:
    """The made-up rows as a spreadsheet: with lines above the header, with cells merged over two rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for _ in range(above):
        sheet.append(["PALMARÈS FICTIF"])
    sheet.append([*HEADERS, "", ""])
    for cells in ROWS:
        sheet.append([cells.get(header, "") for header in HEADERS])
    if merged:
        sheet.merge_cells(start_row=above + 2, end_row=above + 3, start_column=6, end_column=6)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TABLES = {
    "excel.csv": lambda: written(*ROWS, codec="cp1252", delimiter=";"),
    "tabs.tsv": lambda: written(*ROWS, delimiter="\t"),
    "deux-lignes.xlsx": lambda: workbook(above=2),
    "fusion.xlsx": lambda: workbook(merged=True),
    "entete-repete.csv": lambda: written(ROWS[0], dict(zip(HEADERS, HEADERS, strict=True)), ROWS[1]),
}


@pytest.mark.parametrize("name", TABLES)
def test_any_table_of_an_office_is_read_alike(name: str) -> None:
    found = one(TABLES[name](), name.rpartition(".")[2])
    assert [sheet.get(columns.TITLE) for sheet in found] == ["Un débat fictif", "Parlons ensemble de Cachan"]
    assert found[0].status == status.Status("laureate", 3, ("2020",))


def test_a_column_that_is_no_section_yet_is_told_with_the_remedy(told: Known, project: Project) -> None:
    said = [fault for fault in taken(written(row()), told, project).faults if "rubrique" in fault.said.fr]
    assert {fault.column for fault in said} >= {"Intitulé du projet", "Prix"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "whose table is it? --of src:NAME"),
        (("--of", "src:inconnue"), "no record of the source src:inconnue: write data/source/inconnue.yaml first"),
    ],
)
def test_a_source_without_a_record_is_refused(
    options: tuple[str, ...], sentence: str, checkout: Path, tmp_path: Path
) -> None:
    file = tmp_path / "palmares.csv"
    file.write_bytes(written(*ROWS))
    _, said = imported(checkout, file, "--dry-run", *options, code=2)
    assert sentence in said


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("a: 1\nb:\n  - x\n\nc: 2\n", "b", "a: 1\nb:\n  - x\n  - y\n\nc: 2\n"),
        ("a: 1\n", "b", "a: 1\n\nb:\n  - y\n"),
        ("a: 1", "b", "a: 1\n\nb:\n  - y\n"),
        ("b:\n  - x\n", "b", "b:\n  - x\n  - y\n"),
        ("b:\r\n  - x\r\nc: 2\r\n", "b", "b:\r\n  - x\r\n  - y\r\nc: 2\r\n"),
        ("b:\n- x\nc: 2\n", "b", "b:\n- x\n  - y\nc: 2\n"),
    ],
)
def test_what_is_added_stands_at_the_end_of_its_list(text: str, key: str, expected: str) -> None:
    assert amend.inserted(text, key, ["  - y"]) == expected


@pytest.mark.slow
@pytest.mark.sample
@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=30), min_size=len(HEADERS), max_size=len(HEADERS)), max_size=4), st.randoms())
def test_whatever_the_cells_hold_every_row_has_an_outcome(
    told: Known, project: Project, cells: list[list[str]], chance: random.Random
) -> None:
    rows = [dict(zip(HEADERS, line, strict=True)) for line in cells]
    for line in rows:
        if chance.random() < 0.7:
            line["Prix"] = LAUREATE
    data = written(row(), *rows)
    try:
        found = taken(data, told, project)
    except UserError:
        return
    assert Counter(one.outcome for one in found.rows).total() >= 1
    for one_row in found.rows:
        if one_row.outcome == "written":
            assert yaml.safe_load(one_row.text)["id"].startswith("laureate:2020/")
