"""The `.htaccess` files of the site and of our folder at w3id.org, for mod_rewrite and `AllowOverride FileInfo`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from trophees.hosting.accept import DATA, EVERY, MORE, PAGE, RDF, TAGS, TYPES, media, named
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
    UTF8,
    VARY,
    WELL_KNOWN,
)
from trophees.hosting.rules import Rules


def htaccess(said: Rules) -> str:
    """The configuration of the site, wherever its folder stands on the host."""
    return "\n".join(
        [
            "# Generated. A thing (an address with a .ttl file beside it) answers 303 with that of a document.",
            *(f'ErrorDocument {status} "/%{{reqenv:SITE}}{status}.html"' for status in (404, 406)),
            "",
            *(f"AddType '{type_}{UTF8}' .{extension}" for extension, type_ in TEXT.items()),
            *(f"AddType {type_} .{extension}" for extension, type_ in BINARY.items()),
            '<Files "SHA256SUMS">',
            f"  ForceType '{TEXT['txt']}{UTF8}'",
            "</Files>",
            "",
            "<IfModule mod_headers.c>",
            *(f'  Header always set {name} "{value}"' for name, value in HEADERS.items()),
            *_always(),
            f'  <FilesMatch "{HASHED}">',
            f'    Header set Cache-Control "{FOREVER}"',
            "  </FilesMatch>",
            r'  <FilesMatch "\.csv$">',
            f"    Header set Link '{DESCRIBED_BY}'",
            "  </FilesMatch>",
            "</IfModule>",
            "",
            "RewriteEngine On",
            "",
            "# SITE: the path of this folder on the host, without its first /",
            "RewriteCond %{REQUEST_URI}::$1 '^/(.*?)(.*)::\\2$'",
            "RewriteRule ^(.*)$ - [E=SITE:%1]",
            "",
            *_methods(),
            "",
            "# Folders without a page",
            *(f"RewriteRule '^{folders}' /%{{ENV:SITE}}{page}/ [R=302,L]" for page, folders in said.shown_instead()),
            "RewriteCond %{REQUEST_FILENAME} -d",
            "RewriteCond %{REQUEST_FILENAME}.ttl !-f",
            "RewriteCond %{REQUEST_FILENAME}/index.html !-f",
            "RewriteRule ^ - [R=404,L]",
            "",
            *(
                f"RewriteRule '^{re.escape(path)}$' /%{{ENV:SITE}}{document} [L]"
                for path, document in WELL_KNOWN.items()
            ),
            "",
            "# Behind a proxy, only it knows whether the address begins with https",
            "RewriteCond %{HTTP:X-Forwarded-Proto} =https",
            "RewriteRule ^ - [E=ORIGIN:https://%{HTTP_HOST}]",
            "",
            "# Whatever is not a thing is a file, or not there",
            "RewriteCond %{REQUEST_FILENAME}.ttl !-f",
            "RewriteRule ^ - [L]",
            "",
            *_negotiate("%{ENV:ORIGIN}/%{ENV:SITE}", "%{ENV:ORIGIN}%{REQUEST_URI}"),
            "",
        ]
    )


def w3id(said: Rules) -> str:
    """The redirects of the permanent addresses to the site, for w3id.org."""
    several = rf"(?:{'|'.join(said.kinds)})(?:/[^/.]+)+"
    return "\n".join(
        [
            f"# Generated. The permanent addresses lead to {said.host}",
            f'ErrorDocument 406 "{_unmet()}"',
            "",
            "<IfModule mod_headers.c>",
            '  Header always set Access-Control-Allow-Origin "*"',
            *_always(),
            "</IfModule>",
            "",
            "RewriteEngine On",
            "",
            "RewriteRule ^README\\.md$ - [L]",
            *_methods(),
            "",
            "# Documents: the same path",
            f"RewriteCond $1 '!^(?:{'|'.join((*said.single, *SHOWN, several))})$'",
            f"RewriteRule ^(.*)$ {said.host}$1 [R=303,L]",
            "",
            *_negotiate(said.host, f"{said.host}$1"),
            "",
        ]
    )


def _unmet() -> str:
    """The text of 406 at w3id.org, in ASCII: no charset can be said of it."""
    formats = ", ".join(f"<code>{type_}</code>" for type_ in EVERY.values())
    ends = ", ".join(f"<code>.{name}</code>" for name in DATA)
    return (
        "<!doctype html><html lang=fr><title>406</title>"
        "<h1>Aucun format ne convient &ndash; <span lang=en>No suitable format</span></h1>"
        f"<p>Formats&nbsp;: {formats} (le catalogue seulement). {ends} au bout de l&rsquo;adresse donne"
        " les donn&eacute;es, quoi que dise <code>Accept</code>."
        f"<p lang=en>Formats: {formats} (the catalogue only). {ends} at the end of the address gives"
        " data, whatever <code>Accept</code> says."
    )


def _always() -> Iterator[str]:
    """Headers of redirects and refusals."""
    for name, value, statuses in (("Vary", VARY, "'303', '406'"), ("Allow", METHODS, "'204', '405'")):
        yield f'  Header always set {name} "{value}" "expr=%{{REQUEST_STATUS}} -in {{{statuses}}}"'


def _methods() -> Iterator[str]:
    """What is answered whatever is asked for."""
    yield "# Apache would say that the texts of redirects and refusals are in ISO-8859-1"
    yield "RewriteRule ^ - [E=suppress-error-charset:yes]"
    yield "# Everything here is only read"
    yield "RewriteCond %{REQUEST_METHOD} =OPTIONS"
    yield "RewriteRule ^ - [R=204,L]"
    yield f"RewriteCond %{{REQUEST_METHOD}} '!^(?:{METHODS.replace(', ', '|')})$'"
    yield "RewriteRule ^ - [R=405,L]"


def _negotiate(site: str, thing: str) -> Iterator[str]:
    """From the headers to the redirect to a document of `thing`, which may hold `$1`, its path below `site`."""
    yield "# How much each format is wanted: empty is 1, else 0 or the decimals. What is named exactly counts most."
    yield "RewriteRule ^ - [E=ANY:0]"
    yield from _set("HTTP_ACCEPT", {"ANY": media("*/*")})
    families = {"TEXT": media("text/*"), "APPLICATION": media("application/*")}
    yield f"RewriteRule ^ - [{','.join(f'E={family}:%{{ENV:ANY}}' for family in families)}]"
    yield from _set("HTTP_ACCEPT", families)
    weights = {name.upper(): type_ for name, type_ in EVERY.items()}
    yield f"RewriteRule ^ - [{','.join(f'E={name}:%{{ENV:{_family(type_)}}}' for name, type_ in weights.items())}]"
    yield from _set("HTTP_ACCEPT", {name: media(type_) for name, type_ in weights.items()})
    yield "RewriteCond %{HTTP_ACCEPT} ^$"
    yield f"RewriteRule ^ - [{','.join(f'E={name}:' for name in weights)}]"
    yield "# What has no such document"
    yield f"RewriteRule '!^(?:{'|'.join(SHOWN)})$' - [{_none(TYPES)}]"
    yield from (f"RewriteRule '^{path}$' - [{_none(offered)}]" for path, offered in SHOWN.items())
    first, *others = (name for name in EVERY if name != "html")
    yield "# DATA: the data format that is wanted most"
    yield f"RewriteRule ^ - [E=DATA:{first},E=WANTED:%{{ENV:{first.upper()}}}]"
    for name in others:
        yield f"RewriteCond %{{ENV:{name.upper()}}}/%{{ENV:WANTED}} '^{MORE}'"
        yield f"RewriteRule ^ - [E=DATA:{name},E=WANTED:%{{ENV:{name.upper()}}}]"
    yield "RewriteCond %{ENV:WANTED}/%{ENV:HTML} =0/0"
    yield "RewriteRule ^ - [R=406,L]"
    yield "# Data if wanted more than the page, or as much by a client that names a format"
    yield "# of RDF, or does not name the page of the catalogue"
    yield f"RewriteCond %{{HTTP_ACCEPT}} '{RDF}' [NC]"
    yield "RewriteRule ^ - [E=READS:data]"
    yield f"RewriteCond %{{HTTP_ACCEPT}} '!{PAGE}' [NC]"
    yield f"RewriteRule '^{CATALOGUE}$' - [E=READS:data]"
    yield f"RewriteCond %{{ENV:WANTED}}/%{{ENV:HTML}} '^{MORE}' [OR]"
    yield "RewriteCond %{ENV:READS}=%{ENV:WANTED}/%{ENV:HTML} '^data=(.*)/\\1$'"
    yield f"RewriteRule ^(.*)$ {thing}.%{{ENV:DATA}} [R=303,L,QSD]"
    yield "# The page: in English if wanted more than French"
    yield "RewriteRule ^ - [E=ANY:0]"
    yield from _set("HTTP:Accept-Language", {"ANY": media("*")})
    yield "RewriteRule ^ - [E=FR:%{ENV:ANY},E=EN:%{ENV:ANY}]"
    for tags in TAGS:
        yield from _set("HTTP:Accept-Language", {tag.upper(): tags.format(tag=tag) for tag in ("fr", "en")})
    yield "RewriteRule ^ - [E=END:/]"
    yield f"RewriteCond %{{ENV:EN}}/%{{ENV:FR}} '^{MORE}'"
    yield "RewriteRule ^ - [E=END:/en/]"
    yield f"RewriteRule '^{CATALOGUE}$' {site}{CATALOGUE_PAGE}%{{ENV:END}} [R=303,L,QSD]"
    yield f"RewriteRule ^(.*)$ {thing}%{{ENV:END}} [R=303,L,QSD]"


def _none(offered: Collection[str]) -> str:
    """Flags that set to 0 the weight of the formats that are not `offered`."""
    return ",".join(f"E={name.upper()}:0" for name in EVERY if name not in offered)


def _family(type_: str) -> str:
    return type_.partition("/")[0].upper()


def _set(header: str, ranges: dict[str, str]) -> Iterator[str]:
    """Rules that set a variable to the weight of each of `ranges` that the header names."""
    for variable, range_ in ranges.items():
        yield f"RewriteCond %{{{header}}} '{named(range_)}' [NC]"
        yield f"RewriteRule ^ - [E={variable}:%1]"
