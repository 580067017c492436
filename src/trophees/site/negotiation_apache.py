"""The `.htaccess` files of the site and of our folder at w3id.org, for mod_rewrite and `AllowOverride FileInfo`."""

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
    UTF8,
    VARY,
    WELL_KNOWN,
    Rules,
)


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
            f"  Header always set Vary \"{VARY}\" \"expr=%{{REQUEST_STATUS}} -in {{'303', '406'}}\"",
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
            "# Apache would say that the texts of redirects are in ISO-8859-1",
            "RewriteCond %{REQUEST_URI}::$1 '^/(.*?)(.*)::\\2$'",
            "RewriteRule ^(.*)$ - [E=SITE:%1,E=suppress-error-charset:yes]",
            "",
            "# Folders without a page",
            *(f"RewriteRule '^{folders}' /%{{ENV:SITE}}{page}/ [R=302,L]" for page, folders in said.shown_instead()),
            "RewriteCond %{REQUEST_FILENAME} -d",
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
            *_shown("%{ENV:ORIGIN}/%{ENV:SITE}"),
            "",
            "# Whatever is not a thing is a file, or not there",
            "RewriteCond %{REQUEST_FILENAME}.ttl !-f",
            "RewriteRule ^ - [L]",
            "",
            *_negotiate("%{ENV:ORIGIN}%{REQUEST_URI}"),
            "",
        ]
    )


def w3id(said: Rules) -> str:
    """The redirects of the permanent addresses to the site, for w3id.org."""
    several = rf"(?:{'|'.join(said.kinds)})(?:/[^/.]+)+"
    return "\n".join(
        [
            f"# Generated. The permanent addresses lead to {said.host}",
            f'ErrorDocument 406 "This is available as {", ".join(TYPES.values())}.'
            ' Add .ttl, .jsonld or .nt to the address to get data whatever Accept says."',
            "",
            "<IfModule mod_headers.c>",
            '  Header always set Access-Control-Allow-Origin "*"',
            f"  Header always set Vary \"{VARY}\" \"expr=%{{REQUEST_STATUS}} -in {{'303', '406'}}\"",
            "</IfModule>",
            "",
            "RewriteEngine On",
            "",
            "RewriteRule ^README\\.md$ - [L]",
            *_shown(said.host),
            "",
            "# Documents: the same path",
            f"RewriteCond $1 '!^(?:{'|'.join((*said.single, several))})$'",
            f"RewriteRule ^(.*)$ {said.host}$1 [R=303,L]",
            "",
            *_negotiate(f"{said.host}$1"),
            "",
        ]
    )


def _shown(site: str) -> Iterator[str]:
    """Redirects from the things without a page to their documents, at the address `site`.

    They look at the request itself: MultiViews, where it is on, has already put a file in the place of its path.
    """
    yield "# The catalogue, in the format that is named, and VoID"
    documents = [("catalog", name, document) for name, document in CATALOGUE.items()]
    documents += [(path, "", document) for path, document in SHOWN.items()]
    for path, name, document in documents:
        if name:
            yield f"RewriteCond %{{HTTP_ACCEPT}} '{name}' [NC]"
        yield f"RewriteCond %{{THE_REQUEST}} '^\\S+ (?!\\S*/\\.well-known/)\\S*/{path}[? ]'"
        yield f"RewriteRule '^{path}(?:\\.\\w+)?$' {site}{document} [R=303,L,QSD]"


def _negotiate(thing: str) -> Iterator[str]:
    """From the headers to the redirect to a document of `thing`, which may hold `$1`, the path."""
    yield "# How much each format is wanted: empty is 1, else 0 or the decimals. What is named exactly counts most."
    yield "RewriteRule ^ - [E=ANY:0]"
    yield from _set("HTTP_ACCEPT", {"ANY": media("*/*")})
    families = {"TEXT": media("text/*"), "APPLICATION": media("application/*")}
    yield f"RewriteRule ^ - [{','.join(f'E={family}:%{{ENV:ANY}}' for family in families)}]"
    yield from _set("HTTP_ACCEPT", families)
    weights = {name.upper(): type_ for name, type_ in TYPES.items()}
    yield f"RewriteRule ^ - [{','.join(f'E={name}:%{{ENV:{_family(type_)}}}' for name, type_ in weights.items())}]"
    yield from _set("HTTP_ACCEPT", {name: media(type_) for name, type_ in weights.items()})
    yield "RewriteCond %{HTTP_ACCEPT} ^$"
    yield f"RewriteRule ^ - [{','.join(f'E={name}:' for name in weights)}]"
    first, *others = DATA
    yield "# DATA: the data format that is wanted most"
    yield f"RewriteRule ^ - [E=DATA:{first},E=WANTED:%{{ENV:{first.upper()}}}]"
    for name in others:
        yield f"RewriteCond %{{ENV:{name.upper()}}}/%{{ENV:WANTED}} '^{MORE}'"
        yield f"RewriteRule ^ - [E=DATA:{name},E=WANTED:%{{ENV:{name.upper()}}}]"
    yield "RewriteCond %{ENV:WANTED}/%{ENV:HTML} =0/0"
    yield "RewriteRule ^ - [R=406,L]"
    yield "# Data if wanted more than the page, or as much by a client that names a format of RDF"
    yield f"RewriteCond %{{HTTP_ACCEPT}} '{RDF}' [NC]"
    yield "RewriteRule ^ - [E=READS:data]"
    yield f"RewriteCond %{{ENV:WANTED}}/%{{ENV:HTML}} '^{MORE}' [OR]"
    yield "RewriteCond %{ENV:READS}=%{ENV:WANTED}/%{ENV:HTML} '^data=(.*)/\\1$'"
    yield f"RewriteRule ^(.*)$ {thing}.%{{ENV:DATA}} [R=303,L,QSD]"
    yield "# The page: in English if wanted more than French"
    yield "RewriteRule ^ - [E=ANY:0]"
    yield from _set("HTTP:Accept-Language", {"ANY": media("*")})
    yield "RewriteRule ^ - [E=FR:%{ENV:ANY},E=EN:%{ENV:ANY}]"
    yield from _set("HTTP:Accept-Language", {tag.upper(): f"{tag}(?:-[a-z0-9-]+)?" for tag in ("fr", "en")})
    yield f"RewriteCond %{{ENV:EN}}/%{{ENV:FR}} '^{MORE}'"
    yield f"RewriteRule ^(.*)$ {thing}/en/ [R=303,L,QSD]"
    yield f"RewriteRule ^(.*)$ {thing}/ [R=303,L,QSD]"


def _family(type_: str) -> str:
    return type_.partition("/")[0].upper()


def _set(header: str, ranges: dict[str, str]) -> Iterator[str]:
    """Rules that set a variable to the weight of each of `ranges` that the header names."""
    for variable, range_ in ranges.items():
        yield f"RewriteCond %{{{header}}} '{named(range_)}' [NC]"
        yield f"RewriteRule ^ - [E={variable}:%1]"
