"""The command line: all commands under one name. `coursedeck --help` says the rest.

Exit codes: 0 done, 1 the content is wrong (or `build --check` found old files), 2 the command was used wrongly, 70 a bug
of ours.
"""

import atexit
import gc
import importlib

import click

from . import __version__
from .program import Program

ROOMS = {  # of `commands/`, by the commands that each holds
    **dict.fromkeys(("build", "preview"), "making"),
    **dict.fromkeys(("print",), "printing"),
    **dict.fromkeys(("check", "list", "coverage", "diff", "rules", "explain", "schema"), "looking"),
    **dict.fromkeys(("new", "adopt"), "writing"),
    **dict.fromkeys(("ledger", "rehearse", "release"), "publishing"),
}


class Commands(Program):
    """The program with its commands; of the rooms, only that of the command that runs is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """The names of all commands, as `--help` lists them."""
        return sorted(ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - likewise
        """The command of this name; None where there is none."""
        if cmd_name not in ROOMS:
            return None
        room = importlib.import_module(f".commands.{ROOMS[cmd_name]}", __package__)
        held = (each for each in vars(room).values() if isinstance(each, click.Command))
        return next(each for each in held if each.name == cmd_name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coursedeck")
def main() -> None:
    """A course written once as YAML becomes Anki decks and printed study material."""
    gc.disable()  # a command ends soon, and looking for reference cycles costs it time
    atexit.register(gc.freeze)  # nor does Python look for them at its end
