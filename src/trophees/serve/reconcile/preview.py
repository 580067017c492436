"""A thing in the small frame that a client shows of it: no script, no address but its own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE
from trophees.serve.reconcile.entity import PROPERTIES, TYPES, Entity, Value

WIDTH, HEIGHT = 420, 320
_MOST = 8  # values of a property that have room
_MORE = Both("… et {} de plus", "… and {} more")


def page(entity: Entity, values: Mapping[str, tuple[Value, ...]], lang: Language) -> str:
    """The page of an entity, in HTML."""
    kinds = ", ".join(TYPES[type_][lang] for type_ in entity.types)
    lines = [
        f'<!doctype html>\n<html lang="{lang}">\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">',
        f"<title>{escape(entity.name[lang])}</title>",
        f"<h1>{escape(entity.name[lang])}</h1>\n<p>{escape(entity.description[lang] or kinds)}</p>\n<dl>",
    ]
    for of, found in values.items():
        if found:
            lines.append(f"<dt>{escape(PROPERTIES[of][0][lang])}</dt>\n<dd>{escape(_listed(found, lang))}</dd>")
    lines.append(f"</dl>\n<p><code>{escape(BASE + entity.id)}</code></p>\n</html>\n")
    return "\n".join(lines)


def _listed(values: tuple[Value, ...], lang: Language) -> str:
    shown = [_text(value, lang) for value in values[:_MOST]]
    rest = len(values) - len(shown)
    return ", ".join([*shown, *([_MORE[lang].format(rest)] if rest else [])])


def _text(value: Value, lang: Language) -> str:
    said = value.name if isinstance(value, Entity) else value
    return said[lang] if isinstance(said, Both) else str(said)
