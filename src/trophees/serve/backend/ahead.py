"""All imports that are put off until something asks for them, made at once: a confined process can open no module."""

from __future__ import annotations

import dis
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from types import CodeType

_IMPORT = dis.opmap["IMPORT_NAME"]


def load(package: str) -> None:
    """Import what the functions of the modules of `package` that are loaded import when they are called.

    So with the modules of `package` that this brings, until there is nothing left to bring.
    """
    read: set[str] = set()
    while names := {name for name in sys.modules if name == package or name.startswith(f"{package}.")} - read:
        for name in sorted(names):
            for needed in _put_off(name):
                with suppress(ImportError):  # of what is not installed, or of another version of Python
                    import_module(needed)
        read |= names


def _put_off(name: str) -> Iterator[str]:
    """The modules that functions of the module `name` import."""
    loader = getattr(sys.modules[name], "__loader__", None)
    code = loader.get_code(name) if loader is not None and hasattr(loader, "get_code") else None
    for function in _functions(code) if code else ():
        module = ""
        for step in dis.get_instructions(function) if _IMPORT in function.co_code[::2] else ():
            if step.opname == "IMPORT_NAME":
                yield (module := step.argval)
            elif step.opname == "IMPORT_FROM":  # it comes once the module is there; a name of it may be a module, too
                inside = f"{module}.{step.argval}"
                if hasattr(sys.modules.get(module), "__path__") and find_spec(inside):
                    yield inside


def _functions(code: CodeType) -> Iterator[CodeType]:
    """The code of the functions in `code`, and in these, and so on."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _functions(inner)
