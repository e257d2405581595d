"""Commands that say something: of a course `check`, `list`, `coverage`, `diff`; of the program `rules`, `explain`, `schema`."""

from pathlib import Path

import click

from ..options import FOLDER, OUT, Listed, Place, refuse_unknown, sort_names
from ..terminal import (
    clock,
    in_colour,
    print_json,
    report,
    say,
    show_edits,
    sound_course,
    warn,
    write_into_course,
)


@click.command()
@FOLDER
@OUT
@click.option(
    "--strict",
    is_flag=True,
    help="Fail on warnings too, but for those that a release may go out with, such as deck-renamed.",
)
@click.option("--fix", is_flag=True, help="Show and write the ids that are left out of the files.")
@click.option(
    "--only",
    cls=Listed,
    words=sort_names,
    metavar="SORT",
    help="Only what outputs of this sort need.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How to report.",
)
def check(folder: Path, out: Path, strict: bool, fix: bool, only: str | None, form: str) -> None:
    """Say everything that is wrong with the course in FOLDER, and where; also against what was published in --out.

    \b
    Example:
      coursedeck check content --strict
      coursedeck check cards.yaml --fix
    """
    from ..build import check_folder, with_ids
    from ..problems import as_github, as_rows, errors
    from ..published.release import blocking
    from ..source.files import read_files, root_of

    refuse_unknown((only,) if only else (), sort_names(), "--only")
    course, found = check_folder(folder, out, clock(), only)
    if fix and course and course.unnamed:
        files = read_files(folder)
        made = with_ids(course, files)
        show_edits(files, made, err=form != "text")  # which leaves the output to programs
        write_into_course(folder, files, made)
        warn(f"{(root_of(folder) / path).as_posix()}: ids written" for path in made)
        course, found = check_folder(folder, out, clock(), only)
    if form == "json":
        print_json(as_rows(found))
    elif form == "github":
        for problem in found:
            say(as_github(problem, root_of(folder)))
    else:
        report(found, folder)
        if course and not found:
            say(f"{folder}: nothing to mend")
    # Moves to another deck do not fail the check: the next release tells learners of them.
    if course is None or errors(found) or (strict and blocking(found)):
        raise SystemExit(1)
    if strict and found and form == "text":
        warn(["--strict fails on none of these: a release may go out with them"])


@click.command("list")
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="Everything about every note, for programs.")
@click.option(
    "--why", is_flag=True, help="In the order of first meetings, with what moved each note."
)
def list_(folder: Path, as_json: bool, why: bool) -> None:
    """List the notes of the course in FOLDER: id, kind, deck, question.

    \b
    Example:
      coursedeck list content --json
      coursedeck list content --why
    """
    from ..build import as_first_built
    from ..notes import as_row, as_text, notes_of
    from ..order import explained, first_places
    from ..source.files import read_files

    files = read_files(folder)
    course = as_first_built(sound_course(folder, files), files)
    notes, first = notes_of(course), first_places(course)
    if why and as_json:
        raise click.UsageError("--why and --json do not go together")
    if as_json:
        print_json([as_row(note, first[note.guid]) for note in notes])
    elif why:
        for line in explained(course):
            say(line)
    else:
        for note in notes:
            say(as_text(note))


@click.command()
@click.argument(
    "file",
    required=False,
    type=click.Choice(
        [
            "cards",
            "course",
            "module",
            "essay",
            "plan",
            "tools",
            "sources",
            "history",
            "note-type",
        ]  # as in `RECORDS`
    ),
)
@click.option(
    "--write",
    "folder",
    type=Place(exists=True),
    help="Write all schemas into this course instead, and a first line that names its schema into each of its files.",
)
def schema(file: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of one sort of FILE, for an editor that completes and checks YAML.

    \b
    Example:
      coursedeck schema module > module.schema.json
      coursedeck schema --write content
    """
    from ..source.editor import json_schema

    if (file is None) == (folder is None):
        raise click.UsageError("name the sort of file, or a course with --write")
    if file is not None:
        print_json(json_schema(file))
        return
    assert folder is not None  # noqa: S101 - one of the two is given
    _write_schemas(folder)


def _write_schemas(folder: Path) -> None:
    """Write all schemas into a course, and into its files where theirs lies. What people write stays where links have it; a schema
    is made, so that a link gives way to it.
    """
    from ..files import linked, refuse_changed, write
    from ..problems import Refusal
    from ..source.editor import RECORDS, SCHEMAS, referring, schemas
    from ..source.files import leading_out, read_files, root_of

    root = root_of(folder)
    if SCHEMAS in leading_out(folder, SCHEMAS):
        raise Refusal(
            f"{root / SCHEMAS} is a link that leads out of the course: nothing is written there"
        )
    files = read_files(folder)
    own = {root / path: data for path, data in referring(files).items()}
    read = {root / path: data for path, data in files.items()}
    made = {root / path: data for path, data in schemas(RECORDS).items()}
    write(
        {linked(path): data for path, data in own.items()} | made,
        lambda: refuse_changed(own, read),
    )
    for path in (*own, *made):
        say(f"{path}: written")


@click.command()
def rules() -> None:
    """Print the rules for prompts: id, level, what fails, what passes, what to do.

    \b
    Example:
      coursedeck rules
    """
    from .. import explain

    for line in explain.rules():
        say(line)


@click.command("explain")
@click.argument("code")
def explain_(code: str) -> None:
    """Say what the CODE of a problem means, which `check` shows in brackets, and what to do about it.

    \b
    Example:
      coursedeck explain few-lenses
    """
    from ..explain import explain

    say(explain(code))


@click.command()
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="The same table for programs.")
def coverage(folder: Path, as_json: bool) -> None:
    """Count the cards: every concept by lens, every document by claim, every outcome by cards.

    \b
    Example:
      coursedeck coverage content
    """
    from ..checks.coverage import as_rows, as_text, measure

    rows = as_rows(measure(sound_course(folder)))
    if as_json:
        print_json(rows)
    else:
        say(as_text(rows))


@click.command()
@FOLDER
@OUT
@click.option(
    "--against",
    metavar="PACKAGE.apkg|GIT-REVISION",
    help="Compare with this instead of with the package in --out.",
)
@click.option("--json", "form", flag_value="json", help="For programs.")
@click.option("--markdown", "form", flag_value="markdown", help="For a review.")
def diff(folder: Path, out: Path, against: str | None, form: str | None) -> None:
    """Say what changed in FOLDER since it was published: added, edited, moved, retired.

    \b
    Example:
      coursedeck diff content --against v1.2.0
    """
    from ..published.diff import as_markdown, as_rows, as_text, changes_since

    changes = changes_since(sound_course(folder), folder, out, against)
    if form == "json":
        print_json(as_rows(changes))
    elif form == "markdown":
        say(as_markdown(changes))
    else:
        say(as_text(changes, colour=in_colour()), coloured=in_colour())
