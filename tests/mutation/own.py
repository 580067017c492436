"""The modules of tests made for each part of the core, those that are nearest to it first: `tests/test_{name}.py`."""

from __future__ import annotations

_TABLES = ("delimited", "grid", "json_lines", "open_document", "rewritten", "rows", "sheet", "table")
_REMOTE = ("endpoint", "transport", "answer", "visit", "received")
_OWN: dict[str, tuple[str, ...]] = {  # by how paths begin, the most exact first
    "base/context": ("records_small", "context"),
    "base/citation": ("release_small",),
    "base/errors": ("records_small", "errors"),
    "base/": ("records_small",),
    **{f"reading/{name}": ("tables_small", "tables_read") for name in _TABLES},
    "reading/": ("reading_small", "reading"),
    "source/plain_yaml": ("records_small", "yaml_readers"),
    "source/removal": ("records_small", "project_small"),
    "source/": ("records_small", "source"),
    "graph/snapshot": ("graph_small", "snapshot"),
    "graph/provenance": ("graph_small", "provenance"),
    "graph/": ("graph_small", "graph", "one_pass", "provenance", "snapshot", "publish"),
    "check/report": ("check_small", "reports", "check", "cli"),
    "check/catalogue": ("check_small", "catalog_check"),
    **{f"check/{name}": ("check_small", "fast") for name in ("asked", "engines", "fast", "native", "stream", "trust")},
    "check/carrier": ("check_small", "carrier"),
    "check/mappings": ("check_small", "mapping"),
    "check/sources": ("check_small", "provenance", "check"),
    "check/": ("check_small", "check", "shapes_values", "errors", "accepted", "review"),
    "ask/words/": ("words_small", "answers_small", "words"),
    "ask/explain/": ("syntax_small", "explained_small", "mended_small", "explain", "compact_names", "meaning"),
    "ask/standard/": ("mended_small", "standard", "sparql"),
    "ask/place_": ("place_small", "place_command"),
    "ask/laureates_near": ("place_small", "place_command"),
    **{f"ask/{name}": ("remote_small", "received") for name in _REMOTE},
    "ask/": ("queries_small", "command_small", "sparql"),
    "hosting/": ("hosting_small",),
    "changes/": ("changes_small", "diff"),
    "publish/feeds/": ("publish_small", "feeds"),
    "publish/places/": ("publish_small", "places_published"),
    "publish/tables": ("tables", "small_release"),
    "publish/changelog": ("changelog", "small_release"),
    "publish/jsonld": ("small_release", "jsonld"),
    "publish/writers/": ("small_release", "one_pass"),
    "publish/": ("small_release", "publish_small", "forms", "one_pass", "catalog", "publish", "described"),
    "release/proof": ("release_small", "prove"),
    "release/build": ("release_small", "release", "review", "cli", "register"),
    "release/verdict": ("release_small", "verify"),
    "release/verify": ("release_small", "verify"),
    "release/past": ("release_small",),
    "release/withdraw": ("withdraw_small", "project_small"),
    "release/shape_files": ("shape_files", "errors"),
    "release/": ("project_small",),
}


def tests(path: str) -> tuple[str, ...]:
    """The names of the modules of tests made for the module at `path`, relative to the package."""
    return next(names for start, names in _OWN.items() if path.startswith(start))


def files(path: str) -> tuple[str, ...]:
    """The files of these modules of tests."""
    return tuple(f"tests/test_{name}.py" for name in tests(path))
