"""The configuration of nginx: maps from the headers to a document, and a server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trophees.site.accept import DATA, MORE, RDF, TYPES, media, named
from trophees.site.hosts import (
    BINARY,
    CATALOGUE,
    DESCRIBED_BY,
    FOREVER,
    HASHED,
    HEADERS,
    SHOWN,
    TEXT,
    VARY,
    WELL_KNOWN,
    Rules,
)

_TAG = "(?:-[a-z0-9-]+)?"


def conf(said: Rules) -> str:
    """A file for `conf.d/`: the maps and the server, with the lines to adapt first."""
    return "\n".join(
        [
            "# Generated. A thing (an address with a .ttl file beside it) answers 303 with that of a document.",
            "server {",
            "    listen 80;",
            f"    server_name {said.name};",
            "    root /var/www/trophees;" + _below(said),
            *(f"    {line}" if line else "" for line in _server(said)),
            "}",
            "",
            *_maps(),
            "",
        ]
    )


def _below(said: Rules) -> str:
    return f"  # the site stands in {said.root[1:]} below it" if said.root != "/" else ""


def _server(said: Rules) -> Iterator[str]:
    yield "index index.html;"
    yield "absolute_redirect off;"
    yield ""
    yield "types {"
    for extension, type_ in (TEXT | BINARY).items():
        yield f"    {type_} {extension};"
    yield "}"
    yield "default_type text/plain;"
    yield "charset utf-8;"
    yield f"charset_types {' '.join(sorted(set(TEXT.values()) - {'text/html'}))};"
    yield "gzip on;"
    yield "gzip_vary on;"
    yield f"gzip_types {' '.join(sorted({*TEXT.values(), BINARY['wasm']} - {'text/html'}))};"
    yield ""
    for name, value in HEADERS.items():
        yield f'add_header {name} "{value}" always;'
    yield "add_header Vary $trophees_vary always;"
    yield "add_header Cache-Control $trophees_cache;"
    yield "add_header Link $trophees_link;"
    yield ""
    yield "error_page 403 =404 " + f"{said.root}404.html;"
    yield f"error_page 404 {said.root}404.html;"
    yield f"error_page 406 {said.root}406.html;"
    yield ""
    yield "# Folders without a page"
    for page, folders in said.shown_instead():
        yield f"rewrite '^{said.root}{folders}' {said.root}{page}/ redirect;"
    yield ""
    for path, document in WELL_KNOWN.items():
        yield f"rewrite '^{said.root}{re.escape(path)}$' {said.root}{document} last;"
    for path, document in SHOWN.items():
        shown = "$trophees_catalog" if path == "catalog" else document
        yield f"location = {said.root}{path} {{ return 303 {said.root}{shown}; }}"
    yield f"location {said.root} {{"
    yield '    set $trophees_thing "";'
    yield "    if (-f $request_filename.ttl) { set $trophees_thing $uri$trophees_document; }"
    yield "    if ($trophees_thing = $uri) { return 406; }"
    yield "    if ($trophees_thing) { return 303 $trophees_thing; }"
    yield "}"


def _maps() -> Iterator[str]:
    yield "# How much each format is wanted: empty is 1, else 0 or the decimals. What is named exactly counts most."
    yield from _weight("any", "http_accept", media("*/*"), "0", '"" "";')
    for family in ("text", "application"):
        yield from _weight(family, "http_accept", media(f"{family}/*"), "$trophees_any")
    for name, type_ in TYPES.items():
        yield from _weight(name, "http_accept", media(type_), f"$trophees_{type_.partition('/')[0]}")
    best = DATA[0]
    yield "# The data format that is wanted most, of two, then of three"
    for number, name in enumerate(DATA[1:]):
        chosen = f"data_{number}"
        before = f"$trophees_data_{number - 1}" if number else best
        wanted = f"$trophees_wanted_{number - 1}" if number else f"$trophees_{best}"
        yield from _map(f"$trophees_{name}/{wanted}", chosen, f"default {before};", f"'~^{MORE}' {name};")
        lines = [f"{other} $trophees_{other};" for other in DATA]
        yield from _map(f"$trophees_{chosen}", f"wanted_{number}", *lines)
    last = len(DATA) - 2
    yield "# Data if wanted more than the page, or as much by a client that names a format of RDF; else none or a page"
    yield from _map("$http_accept", "reads", 'default "";', f"'~*{RDF}' data;")
    yield from _map(
        f"$trophees_reads=$trophees_wanted_{last}/$trophees_html",
        "document",
        "default $trophees_page;",
        "'~=0/0$' \"\";",
        f"'~^data=(.*)/\\1$' .$trophees_data_{last};",
        f"'~^(?:data)?={MORE}' .$trophees_data_{last};",
    )
    yield "# The page: in English if wanted more than French"
    yield from _weight("any_language", "http_accept_language", media("*"), "0")
    for tag in ("fr", "en"):
        yield from _weight(tag, "http_accept_language", tag + _TAG, "$trophees_any_language")
    yield from _map("$trophees_en/$trophees_fr", "page", "default /;", f"'~^{MORE}' /en/;")
    yield "# Only negotiation answers 303 or 406"
    yield from _map("$status", "vary", 'default "";', f'303 "{VARY}";', f'406 "{VARY}";')
    yield "# The catalogue, in the format that is named; the tables, and what describes them"
    named_formats = (f"'~*{name}' {document};" for name, document in CATALOGUE.items())
    yield from _map("$http_accept", "catalog", f"default {SHOWN['catalog']};", *named_formats)
    yield from _map("$uri", "link", 'default "";', f"'~\\.csv$' '{DESCRIBED_BY}';")
    yield from _map("$uri", "cache", 'default "";', f"'~{HASHED}' \"{FOREVER}\";")


def _weight(name: str, header: str, range_: str, default: str, *more: str) -> Iterator[str]:
    found = f"'~*{named(range_, 'trophees_q')}' $trophees_q;"
    yield from _map(f"${header}", name, f"default {default};", *more, found)


def _map(source: str, name: str, *lines: str) -> Iterator[str]:
    yield f'map "{source}" $trophees_{name} {{'
    yield from (f"    {line}" for line in lines)
    yield "}"
