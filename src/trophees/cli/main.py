"""The command line: arguments in, text and exit code out. A verb is a module: its options there, its work below.

Exit codes: 0 all is well, 1 problems were found (or files are stale), 2 the command could not be carried out. Heavy
imports stay inside the verb that needs them.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import click

from trophees.base.errors import UserError, harmless
from trophees.cli.ask import ask
from trophees.cli.build import build
from trophees.cli.check import check
from trophees.cli.check_site import check_site
from trophees.cli.cite import cite
from trophees.cli.diff import diff
from trophees.cli.import_ import import_
from trophees.cli.link import link
from trophees.cli.load import load
from trophees.cli.mcp import mcp
from trophees.cli.new import new
from trophees.cli.place import place
from trophees.cli.prove import prove
from trophees.cli.queries import queries
from trophees.cli.query import query
from trophees.cli.release import release
from trophees.cli.serve import serve
from trophees.cli.show import show
from trophees.cli.verify import verify
from trophees.cli.withdraw import withdraw


class _Command(click.Group):
    """A group that turns the user's mistakes into one sentence and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        notes: list[str] = []
        try:
            try:
                return super().invoke(ctx)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except UserError as error:
            sentence, notes = str(error), getattr(error, "__notes__", [])
        except ModuleNotFoundError as error:  # a package of an extra that is not installed
            extra = ctx.invoked_subcommand if ctx.invoked_subcommand in ("mcp", "serve") else "site"
            sentence = f"{error.name} is needed for this command: pip install 'trophees[{extra}]'"
        except MemoryError:
            sentence = "there is not enough memory for this"
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever reads us has read enough: click ends quietly
                raise
            sentence = f"{error.filename or 'standard output'}: {error.strerror or error}"
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - what is left in the buffer cannot be written at exit
        click.echo("\n".join((f"trophees: {harmless(sentence)}", *notes)), err=True)
        return ctx.exit(2)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="trophees")
def main() -> None:
    """The open knowledge graph of French public participation."""


_VERBS = (
    ask, build, check, check_site, cite, diff, import_, link, load, mcp, new, place, prove, queries, query, release,
    serve, show, verify, withdraw,
)  # fmt: skip
for _verb in _VERBS:
    main.add_command(_verb)
