"""The command line: all commands under one name. `coursedeck --help` says the rest.

Exit codes: 0 done, 1 the content is wrong (or `build --check` found old files), 2 the command was used wrongly, 70 a bug
of ours.
"""

import atexit
import gc

import click

from . import __version__
from .commands import looking, making, printing, publishing, writing
from .program import Program


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coursedeck")
def main() -> None:
    """A course written once as YAML becomes Anki decks and printed study material."""
    gc.disable()  # a command ends soon, and looking for reference cycles costs it time
    atexit.register(gc.freeze)  # nor does Python look for them at its end


for command in (
    *(making.build, making.preview, printing.print_),
    *(looking.check, looking.list_, looking.coverage, looking.diff),
    *(looking.rules, looking.explain_, looking.schema),
    *(writing.new, writing.adopt),
    *(publishing.ledger, publishing.rehearse, publishing.release),
):
    main.add_command(command)
