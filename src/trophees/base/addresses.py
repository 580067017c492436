"""Where the pages of the site stand that are no thing's: the one table of their folders."""

from __future__ import annotations

from enum import StrEnum


class Folder(StrEnum):
    """Relative to the root of the site, ending in `/`; the page in English is in `en/` below it."""

    HOME = ""
    LAUREATES = "laureates/"
    LAUREATES_BY = "laureates/by/"
    CASES = "cases/"
    NEAR = "near/"
    COMPARE = "compare/"
    ORGANISATIONS = "organisations/"
    TERRITORIES = "territories/"
    TOOLS = "tools/"
    MAP = "map/"
    EXPLORE = "explore/"
    STORIES = "stories/"
    VOCABULARIES = "vocabularies/"
    ONTOLOGY = "ontology/"
    SHAPES = "shapes/"
    SHAPES_CONDITIONS = "shapes/conditions/"
    COOKBOOK = "cookbook/"
    PLAYGROUND = "playground/"
    DATA = "data/"
    DATA_TABLES = "data/tables/"
    CURATE = "curate/"
    ABOUT = "about/"
    ACCESSIBILITY = "accessibility/"
    OFFLINE = "offline/"
    VERIFY = "verify/"
    WITHDRAWN = "withdrawn/"
    SEARCH = "search/"
    SEARCH_TOOLS = "search/tools/"
    SEARCH_CONCEPTS = "search/concepts/"
    SEARCH_TERRITORIES = "search/territories/"
    SEARCH_COMMUNES = "search/communes/"
    SEARCH_TERMS = "search/terms/"


# the pages that a page may be a part of, by the keys of their messages
SECTIONS = {
    folder.name.lower(): folder
    for folder in (
        Folder.HOME,
        Folder.LAUREATES,
        Folder.MAP,
        Folder.EXPLORE,
        Folder.STORIES,
        Folder.VOCABULARIES,
        Folder.ONTOLOGY,
        Folder.COOKBOOK,
        Folder.PLAYGROUND,
        Folder.DATA,
        Folder.CURATE,
        Folder.ABOUT,
    )
}

# of these, the entries of the site's header, and what is one step further
MENU = ("laureates", "map", "explore", "data", "about")
FURTHER = tuple(name for name in SECTIONS if name not in ("home", *MENU))
