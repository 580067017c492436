"""The open knowledge graph of French public participation, for Python: see docs/python.md.

Nothing is imported before it is used: whoever asks one question on the command line waits for the rest.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from trophees.ask.python import departements, load, query
    from trophees.ask.rows import IRI, Rows, Text, Value
    from trophees.ask.words.answering import InWords, in_words
    from trophees.base.errors import UserError
    from trophees.places.frame_linked import link

__all__ = ["IRI", "InWords", "Rows", "Text", "UserError", "Value", "departements", "in_words", "link", "load", "query"]

_MODULES = {
    "IRI": "ask.rows",
    "InWords": "ask.words.answering",
    "Rows": "ask.rows",
    "Text": "ask.rows",
    "UserError": "base.errors",
    "Value": "ask.rows",
    "in_words": "ask.words.answering",
    "link": "places.frame_linked",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'trophees' has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(f"trophees.{_MODULES.get(name, 'ask.python')}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*globals(), *__all__]
