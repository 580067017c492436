"""The one table of the folders of pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import trophees
from trophees.base.addresses import SECTIONS, Folder

SOURCE = Path(trophees.__file__).parent
ROOMS = ("publish", "hosting", "site", "serve")  # those that know pages; `data/` is a folder of the checkout elsewhere
WRITTEN = (".py", ".html", ".j2", ".js", ".toml", ".ttl")

# a folder at the beginning of a text, or after something that is put in
SPELT = re.compile(
    r"""["'`(}]/?(?:"""
    + "|".join(sorted({re.escape(folder.split("/")[0]) for folder in Folder if folder}))
    + r")/(?!\.)"
)


@pytest.mark.parametrize("room", ROOMS)
def test_no_folder_of_a_page_is_spelt_but_in_the_table(room: str) -> None:
    for path in sorted((SOURCE / room).rglob("*")):
        if path.suffix in WRITTEN and "bundle" not in path.parts:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                told = r"//.*" if path.suffix == ".js" else r"`[^`]*`"  # in a comment or a docstring
                assert not SPELT.search(re.sub(told, "", line)), f"{path}:{number}: {line.strip()}"


@pytest.mark.parametrize(
    "line",
    ['FOLDER = "data/"', "place('map/', lang)", "{{ here('search/') }}", "here(`map/`)", '<a href="{{ root }}data/">',
     'f"{url}about/"', '"laureates/by/"', 'href="/data/"', "'search/tools/'"],
)  # fmt: skip
def test_a_folder_that_is_spelt_would_be_seen(line: str) -> None:
    assert SPELT.search(line)


def test_every_folder_has_a_page_in_each_language(built: dict[str, bytes]) -> None:
    for folder in Folder:
        assert f"{folder}index.html" in built, folder
        assert f"{folder}en/index.html" in built, folder


def test_the_header_leads_to_folders_of_the_table() -> None:
    assert list(SECTIONS) == [folder.name.lower() for folder in SECTIONS.values()]
    assert SECTIONS["home"] == ""
