"""The command `trophees`, and `python -m trophees`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line.

    A plain question is asked without the rest of it; should that fail, the whole command line says why. A question ends
    with its answer, or with Ctrl-C, at once: what is in memory is left to the system to take back.
    """
    question = sys.argv[1:2] in (["query"], ["show"])
    if question:
        interrupted()
        gc.disable()
        if plain(sys.argv[1:]):
            os._exit(0)
    from contextlib import suppress

    from trophees.cli.main import main as command
    from trophees.cli.streams import prepare

    prepare()
    try:
        command(prog_name="trophees")
    except SystemExit as end:
        if not question or not isinstance(end.code, int):
            raise
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, OSError, ValueError):  # closed, or nobody reads it
                stream.flush()
        os._exit(end.code)


def interrupted() -> None:
    """Let Ctrl-C end the process, which the engine would not let Python see; `signal` takes as long to import as it."""
    try:
        import _signal as signal  # type: ignore[import-not-found]
    except ImportError:
        import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)


def plain(words: list[str]) -> bool:
    """Whether `words` are a verb and a question, perhaps with `-p`, `--format` or `--lang`, and it was answered."""
    verb, *words = words
    params: list[str] = []
    given = {"-p": params, "--format": (forms := list[str]()), "--lang": (languages := list[str]())}
    questions = []
    while words:
        word = words.pop(0)
        if word in given and words:
            given[word].append(words.pop(0))
        elif word.startswith("-"):
            return False
        else:
            questions.append(word)
    try:
        match verb, questions, forms, languages:
            case "query", [question], ([] | [_]), []:
                from trophees.ask.command import ask

                ask(question, params, form=forms[0] if forms else None)
            case "show", [name], [], ([] | ["fr" | "en"]) if not params:
                from trophees.ask.command import show
                from trophees.base.language import LANGUAGES

                show(name, next((language for language in LANGUAGES if language in languages), None))
            case _:
                return False
        sys.stdout.flush()
    except Exception:
        return False
    return True


if __name__ == "__main__":
    main()
