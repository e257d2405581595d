"""Commands that make something of a course once, or again and again while it is written: `build`, `preview`."""

from pathlib import Path

import click

from ..options import FOLDER, OUT, Listed, sort_names
from ..program import tell_bug
from ..terminal import (
    clock,
    compare_outputs,
    each_version,
    ledger_read,
    make_outputs,
    report,
    say,
    until_stopped,
    warn,
    write_edited,
    write_outputs,
)


@click.command()
@FOLDER
@OUT
@click.option(
    "--check", is_flag=True, help="Write nothing; fail if the files are not what the content gives."
)
@click.option(
    "--only",
    cls=Listed,
    words=sort_names,
    metavar="SORT",
    help="Only the outputs of this sort.",
)
@click.option("--watch", is_flag=True, help="Build again whenever a file changes, until Ctrl+C.")
def build(folder: Path, out: Path, check: bool, only: str | None, watch: bool) -> None:
    """Make the packages, the course page and the printed pages of the course in FOLDER (default: content), or of the one in FILE.

    Checks first and writes nothing if anything is wrong.

    \b
    Example:
      coursedeck build content --out decks
      coursedeck build cards.yaml --out decks
      coursedeck build content --out decks --watch
    """
    if check and watch:
        raise click.UsageError("--check looks once; --watch builds again and again")
    if check:
        compare_outputs(folder, out, only)
    elif watch:
        each_version(folder, lambda: _build(folder, out, only))
    else:
        _build(folder, out, only)


def _build(folder: Path, out: Path, only: str | None) -> None:
    from ..uptodate import State

    state = State(folder, out, only or "")
    told = state.finished()
    if told is not None:
        warn(told)
        say(f"{out}: nothing to do")
        return

    if only == "anki":
        from .. import edits

        now = clock()
        made = edits.made(state, now)
        if made:
            write_edited(state, made)
            return
    course, outputs, told = make_outputs(folder, out, only, earlier=out, files=state.files)
    more = {out / edits.TEXTS: edits.texts(state, now)} if only == "anki" else {}
    read = ledger_read(folder, state.files)
    write_outputs(
        course, folder, out, outputs, read=read, only=only, warnings=told, state=state, more=more
    )


def _editor(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """A command that can be run; what is wrong with it is said now, and not at the first click."""
    import shlex
    import shutil

    if given is None:
        return None
    try:
        words = shlex.split(given)
    except ValueError as error:
        raise click.BadParameter(f"“{given}” is no command: {error}") from None
    if not words or not shutil.which(words[0]):
        raise click.BadParameter(f"there is no program “{''.join(words[:1])}”")
    return given


@click.command()
@FOLDER
@click.option(
    "--editor",
    callback=_editor,
    metavar="COMMAND",
    help="What opens a place in your editor, with {file}, {line} and {column}.",
)
def preview(folder: Path, editor: str | None) -> None:
    """Show the course in FOLDER or FILE in a browser while you write it: each card as in Anki, on paper and in the book.

    It prints an address of this machine, and shows each change, and what is wrong, when a file is saved, until Ctrl+C.

    \b
    Example:
      coursedeck preview content
      coursedeck preview content --editor "code --goto {file}:{line}:{column}"
    """
    from .. import preview as shown
    from ..load import absent, links_out
    from ..source.files import root_of
    from ..watch import versions

    if (found := absent(folder)) is not None:
        report([found], folder)
        raise SystemExit(1)
    page = shown.Preview(root_of(folder).resolve(), shown.editor(editor), tell_bug)
    page.start()

    def shown_at_its_address() -> None:
        say(f"{folder}: {page.address}")
        page.show(versions(folder), lambda: links_out(folder))

    until_stopped(shown_at_its_address)
