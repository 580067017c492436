"""The configuration of nginx: maps from the headers to a document, and a server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trophees.hosting.accept import EVERY, MORE, PAGE, RDF, TAGS, TYPES, media, named
from trophees.hosting.documents import (
    BINARY,
    CATALOGUE,
    CATALOGUE_PAGE,
    DESCRIBED_BY,
    FOREVER,
    HASHED,
    HEADERS,
    METHODS,
    SHOWN,
    TEXT,
    VARY,
    WELL_KNOWN,
)
from trophees.hosting.rules import Rules


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
            *_maps(said),
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
    yield "add_header Allow $trophees_allow always;"
    yield "add_header Cache-Control $trophees_cache;"
    yield "add_header Link $trophees_link;"
    yield ""
    yield "error_page 403 =404 " + f"{said.root}404.html;"
    yield f"error_page 404 {said.root}404.html;"
    yield f"error_page 406 {said.root}406.html;"
    yield ""
    yield "# Everything here is only read"
    yield "if ($request_method = OPTIONS) { return 204; }"
    yield f"if ($request_method !~ '^(?:{METHODS.replace(', ', '|')})$') {{ return 405; }}"
    yield ""
    yield "# Folders without a page"
    for page, folders in said.shown_instead():
        yield f"rewrite '^{said.root}{folders}' {said.root}{page}/ redirect;"
    yield ""
    for path, document in WELL_KNOWN.items():
        yield f"rewrite '^{said.root}{re.escape(path)}$' {said.root}{document} last;"
    yield f"location {said.root} {{"
    yield '    set $trophees_thing "";'
    yield "    if (-f $request_filename.ttl) { set $trophees_thing $trophees_address; }"
    yield "    if ($trophees_thing = $uri) { return 406; }"
    yield "    if ($trophees_thing) { return 303 $trophees_thing; }"
    yield "}"


def _maps(said: Rules) -> Iterator[str]:
    yield "# How much each format is wanted: empty is 1, else 0 or the decimals. What is named exactly counts most."
    yield from _weight("any", "http_accept", [media("*/*")], "0", '"" "";')
    for family in ("text", "application"):
        yield from _weight(family, "http_accept", [media(f"{family}/*")], "$trophees_any")
    for name, type_ in EVERY.items():
        yield from _weight(f"named_{name}", "http_accept", [media(type_)], f"$trophees_{type_.partition('/')[0]}")
    yield "# 0 if there is no such document"
    for name in EVERY:
        having = {path: name in offered for path, offered in SHOWN.items()}
        found = f"$trophees_named_{name}"
        lines = [f"{said.root}{path} {found if has else 0};" for path, has in having.items() if has != (name in TYPES)]
        yield from _map("$uri", name, f"default {found if name in TYPES else 0};", *lines)
    best, *others = data = [name for name in EVERY if name != "html"]
    yield "# The data format that is wanted most, of two, then of three…"
    for number, name in enumerate(others):
        chosen = f"data_{number}"
        before = f"$trophees_data_{number - 1}" if number else best
        wanted = f"$trophees_wanted_{number - 1}" if number else f"$trophees_{best}"
        yield from _map(f"$trophees_{name}/{wanted}", chosen, f"default {before};", f"'~^{MORE}' {name};")
        lines = [f"{other} $trophees_{other};" for other in data]
        yield from _map(f"$trophees_{chosen}", f"wanted_{number}", *lines)
    last = len(others) - 1
    yield "# Data if wanted more than the page, or as much by a client that names a format of RDF,"
    yield "# or does not name the page of the catalogue; else none or a page"
    yield from _map("$http_accept", "portal", "default data;", f"'~*{PAGE}' \"\";")
    yield from _map("$uri", "tied", 'default "";', f"{said.root}{CATALOGUE} $trophees_portal;")
    yield from _map("$http_accept", "reads", "default $trophees_tied;", f"'~*{RDF}' data;")
    yield from _map(
        f"$trophees_reads=$trophees_wanted_{last}/$trophees_html",
        "document",
        "default $trophees_page;",
        "'~=0/0$' \"\";",
        f"'~^data=(.*)/\\1$' .$trophees_data_{last};",
        f"'~^(?:data)?={MORE}' .$trophees_data_{last};",
    )
    yield "# The page: in English if wanted more than French"
    yield from _weight("any_language", "http_accept_language", [media("*")], "0")
    for tag in ("fr", "en"):
        yield from _weight(tag, "http_accept_language", [t.format(tag=tag) for t in TAGS], "$trophees_any_language")
    yield from _map("$trophees_en/$trophees_fr", "page", "default /;", f"'~^{MORE}' /en/;")
    pages = (f"{said.root}{CATALOGUE}{end} {said.root}{CATALOGUE_PAGE}{end};" for end in ("/", "/en/"))
    yield from _map("$uri$trophees_document", "address", "default $uri$trophees_document;", *pages)
    yield "# Only negotiation answers 303 or 406"
    yield from _map("$status", "vary", 'default "";', f'303 "{VARY}";', f'406 "{VARY}";')
    yield from _map("$status", "allow", 'default "";', f'204 "{METHODS}";', f'405 "{METHODS}";')
    yield "# The tables, and what describes them"
    yield from _map("$uri", "link", 'default "";', f"'~\\.csv$' '{DESCRIBED_BY}';")
    yield from _map("$uri", "cache", 'default "";', f"'~{HASHED}' \"{FOREVER}\";")


def _weight(name: str, header: str, ranges: list[str], default: str, *more: str) -> Iterator[str]:
    """The weight of the last of `ranges` that the header names."""
    found = (f"'~*{named(range_, 'trophees_q')}' $trophees_q;" for range_ in reversed(ranges))
    yield from _map(f"${header}", name, f"default {default};", *more, *found)


def _map(source: str, name: str, *lines: str) -> Iterator[str]:
    yield f'map "{source}" $trophees_{name} {{'
    yield from (f"    {line}" for line in lines)
    yield "}"
