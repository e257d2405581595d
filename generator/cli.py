"""The commands of the command line; what they lean on is in `terminal.py`. `coursedeck --help` says the rest.

Exit codes: 0 done, 1 the content is wrong (or `build --check` found old files), 2 the command was used wrongly, 70 a bug
of ours.
"""

import atexit
import gc
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import __version__
from .terminal import (
    FOLDER,
    FROM,
    OUT,
    PRINTED,
    Listed,
    Program,
    add_to_course,
    answers,
    bring,
    chosen,
    clock,
    compare_outputs,
    each_version,
    form_names,
    from_anki,
    in_colour,
    keyed_course,
    kind_names,
    make_outputs,
    paper_names,
    print_json,
    progress,
    refuse_unknown,
    report,
    show_edits,
    sort_names,
    sound_course,
    tell,
    tell_bug,
    text_of,
    until_stopped,
    warn,
    write_edited,
    write_into_course,
    write_outputs,
)

FARTHEST = 10  # millimetres: a printer that feeds worse needs a mechanic
OPTIONS = {"modules": "module", "tags": "tag", "whole_drawings": "whole-drawings"}  # of `Choice`

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .model import Course
    from .notes import Note
    from .outputs.pdf import Choice
    from .plan import Form, Session


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coursedeck")
def main() -> None:
    """A course written once as YAML becomes Anki decks and printed study material."""
    gc.disable()  # a command ends soon, and looking for reference cycles costs it time
    atexit.register(gc.freeze)  # nor does Python look for them at its end


@main.command()
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
    from .uptodate import State

    state = State(folder, out, only or "")
    told = state.finished()
    if told is not None:
        warn(told)
        click.echo(f"{out}: nothing to do")
        return

    if only == "anki":
        from . import edits

        now = clock()
        made = edits.made(state, now)
        if made:
            write_edited(folder, out, made)
            return
    course, outputs, told = make_outputs(folder, out, only, earlier=out, files=state.files)
    more = {out / edits.TEXTS: edits.texts(state, now)} if only == "anki" else {}
    write_outputs(course, folder, out, outputs, only=only, warnings=told, state=state, more=more)


def _offset(_: click.Context, __: click.Parameter, given: str) -> tuple[float, float]:
    try:
        across, down = (float(part) for part in given.split(","))
    except ValueError:
        across = down = math.nan
    if not max(abs(across), abs(down)) <= FARTHEST:  # `not … <=`, so that NaN is refused too
        raise click.BadParameter(
            f"two numbers of millimetres up to {FARTHEST}, with a comma between them and no blank, such as 0.5,-1"
        )
    return across, down


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


@main.command()
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
    from . import preview as shown
    from .load import absent, links_out
    from .source.files import root_of
    from .watch import versions

    if (found := absent(folder)) is not None:
        report([found], folder)
        raise SystemExit(1)
    page = shown.Preview(root_of(folder).resolve(), shown.editor(editor), tell_bug)
    page.start()

    def shown_at_its_address() -> None:
        click.echo(f"{folder}: {page.address}")
        page.show(versions(folder), lambda: links_out(folder))

    until_stopped(shown_at_its_address)


def _names(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Names that are given one by one, or several with commas between them."""
    return tuple(dict.fromkeys(name.strip() for each in given for name in each.split(",")))


class Printing(click.Command):
    """The command `print`, which takes `--offset 0.5 -1` for what it is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if not re.fullmatch(r"-[0-9.].*", error.option_name):
                raise
            told = "--offset takes its two numbers with a comma between them and no blank: --offset 0.5,-1"
            raise click.UsageError(told, ctx) from error


@main.command("print", cls=Printing)
@PRINTED
@click.option(
    "--out",
    default="handout",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the pages go: a folder of their own.",
)
@click.option(
    "--only",
    "only",
    multiple=True,
    cls=Listed,
    words=form_names,
    metavar="FORM",
    callback=_names,
    help="Only this form; for several give it again, or put commas between them. Only docx makes documents to adapt.",
)
@click.option(
    "--module",
    "modules",
    multiple=True,
    callback=_names,
    help="Only this module; for several give it again, or put commas between them.",
)
@click.option(
    "--tag",
    "tags",
    multiple=True,
    callback=_names,
    help="Only cards with this tag, such as lens::difference; for several give it again, or put commas between them.",
)
@click.option(
    "--paper",
    "papers",
    multiple=True,
    cls=Listed,
    words=paper_names,
    metavar="PAPER",
    callback=_names,
    help="Only this paper; may be given again.",
)
@click.option(
    "--offset",
    default="0,0",
    metavar="X,Y",
    callback=_offset,
    help="Move the backs of cut-out cards by millimetres to the right and down, as the calibration page says.",
)
@click.option(
    "--session",
    metavar="NUMBER|ID",
    help="All that one meeting needs: its number in the first form of the plan, or its id.",
)
@click.option(
    "--learners",
    type=click.IntRange(1, 999),
    help="How many learners the copies of a meeting are counted for; 24 unless given.",
)
@click.option(
    "--whole-drawings",
    is_flag=True,
    help="Cut out one card a drawing, not one for each of its labels.",
)
@click.option("--large", is_flag=True, help="Large print, 18 pt: outline, book, sheets and tests.")
@click.option("--ids", is_flag=True, help="Show the ids of cards on study sheets.")
def print_(
    folder: Path,
    out: Path,
    only: tuple[str, ...],
    modules: tuple[str, ...],
    tags: tuple[str, ...],
    papers: tuple[str, ...],
    offset: tuple[float, float],
    session: str | None,
    learners: int | None,
    whole_drawings: bool,
    large: bool,
    ids: bool,
) -> None:
    """Print a selection of the course in FOLDER, or of a deck of Anki's: some pages, some modules, some cards, for one printer.

    \b
    Example:
      coursedeck print Spanish.apkg --out handout
      coursedeck print content --only cards-2x4-long-edge,study-sheets --module team-learning --paper a4 --offset 0.5,-1
      coursedeck print content --session 3 --learners 24 --out monday
      coursedeck print content --only docx --out adapt
    """
    from .build import pages
    from .files import under, write
    from .notes import notes_of
    from .outputs import pdf
    from .problems import errors

    course = _course_or_deck(folder)
    notes = notes_of(course)
    meeting = None if session is None else _meeting(course, session)
    _refuse_another_choice_beside(
        meeting, learners, only, modules, tags, offset != (0, 0), whole_drawings, large, ids
    )
    _refuse_what_is_not_there(course, notes, out, only, papers, modules, tags)
    choice = pdf.Choice(
        papers or paper_names(),
        only,
        modules,
        tags,
        offset,
        whole_drawings,
        large,
        ids,
        meeting,
        (learners or LEARNERS) if meeting else 0,
    )
    with progress("printing") as step:
        made, found = pages(course, notes, choice, step=step)
    report(found, folder)
    if errors(found):
        raise SystemExit(1)
    missing = [
        f"{name}: not printed, since the course has {why}"
        for name, why in pdf.absent(course, notes, choice).items()
    ]
    if not made:
        told = "no card of these modules has that tag" if tags else "; ".join(missing)
        raise click.UsageError(f"nothing to print: {told or 'the course has no cards'}")
    warn(missing)
    warn(_what_options_do(course, notes, choice, papers_given=bool(papers)))
    write(under(out, made))
    tell(out, made)


LEARNERS = 24


def _meeting(course: "Course", word: str) -> "tuple[Form, Session]":
    """A session of the plan by its number or id."""
    from .lessons import meeting

    ids = [str(session.id) for form in course.forms for session in form.sessions]
    if not ids:
        raise click.UsageError("--session: the course has no plan.yaml, and so no sessions")
    numbers = [str(number) for number in range(1, len(course.forms[0].sessions) + 1)]
    found = meeting(course, word)
    if not found:
        refuse_unknown((word,), [*numbers, *ids], "--session")
        raise AssertionError(word)
    return found


def _course_or_deck(path: Path) -> "Course":
    """The course in a folder or a file; of a deck of Anki's, one of its notes, after what paper has no form for was told."""
    if not from_anki(path):
        return sound_course(path)
    held = bring(path)
    warn(held.on_paper)
    return held.course


def _refuse_another_choice_beside(
    meeting: "tuple[Form, Session] | None", learners: int | None, *others: object
) -> None:
    if meeting and any(others):
        raise click.UsageError(
            "a session is printed whole: only --learners and --paper go with --session"
        )
    if learners and not meeting:
        raise click.UsageError("--learners counts the copies of a session: give --session too")


def _refuse_what_is_not_there(
    course: "Course",
    notes: "Sequence[Note]",
    out: Path,
    only: tuple[str, ...],
    papers: tuple[str, ...],
    modules: tuple[str, ...],
    tags: tuple[str, ...],
) -> None:
    from .build import built_here
    from .outputs import pdf

    refuse_unknown(only, form_names(), "--only")
    refuse_unknown(papers, paper_names(), "--paper")
    refuse_unknown(modules, [module.id for module in course.modules], "--module")
    if unknown := pdf.unknown_tags(notes, tags):
        tag, hint = unknown
        raise click.UsageError(f"--tag {tag}: no card has that tag; {hint}".rstrip("; "))
    if built_here(course, out):
        raise click.UsageError(
            f"--out {out}: a build keeps its files there, and a selection would stand among them; "
            "give another folder, such as --out handout"
        )


def _what_options_do(
    course: "Course", notes: "Sequence[Note]", choice: "Choice", *, papers_given: bool
) -> "Iterator[str]":
    """Which options change nothing, and which way an offset moves the backs. Beside a meeting no other option stands."""
    from .outputs import office, pdf

    if choice.meeting:
        return
    idle = pdf.idle(course, notes, choice, office.asked)
    if papers_given and choice.only == (office.NAME,):
        idle.append("paper")
    yield from (f"--{OPTIONS.get(name, name)}: changes nothing on these pages" for name in idle)
    if choice.offset != (0, 0) and "offset" not in idle:
        right, down = choice.offset
        yield f"backs are moved {_way(right, 'right', 'left')} and {_way(down, 'down', 'up')}"


def _way(millimetres: float, one: str, other: str) -> str:
    """How far and which way something is moved."""
    return f"{abs(millimetres):g} mm {other if millimetres < 0 else one}"


@main.command()
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
    from .build import check_folder, with_ids
    from .problems import as_github, as_rows, errors
    from .published.release import blocking
    from .source.files import read_files, root_of

    refuse_unknown((only,) if only else (), sort_names(), "--only")
    course, found = check_folder(folder, out, clock(), only)
    if fix and course and course.unnamed:
        files = read_files(folder)
        made = with_ids(course, files)
        show_edits(files, made, err=form != "text")  # which leaves the output to programs
        write_into_course(folder, files, made)
        warn(f"{path}: ids written" for path in made)
        course, found = check_folder(folder, out, clock(), only)
    if form == "json":
        print_json(as_rows(found))
    elif form == "github":
        root = root_of(folder)
        prefix = "" if root == Path() else f"{root.as_posix()}/"
        for problem in found:
            click.echo(as_github(problem, prefix))
    else:
        report(found, folder)
        if course and not found:
            click.echo(f"{folder}: nothing to mend")
    # Moves to another deck do not fail the check: the next release tells learners of them.
    if course is None or errors(found) or (strict and blocking(found)):
        raise SystemExit(1)
    if strict and found and form == "text":
        warn(["--strict fails on none of these: a release may go out with them"])


@main.command("list")
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
    from .build import as_first_built
    from .notes import as_row, as_text, notes_of
    from .order import explained, first_places
    from .source.files import read_files

    files = read_files(folder)
    course = as_first_built(sound_course(folder, files), files)
    notes, first = notes_of(course), first_places(course)
    if why and as_json:
        raise click.UsageError("--why and --json do not go together")
    if as_json:
        print_json([as_row(note, first[note.guid]) for note in notes])
    elif why:
        for line in explained(course):
            click.echo(line)
    else:
        for note in notes:
            click.echo(as_text(note))


@main.command()
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
    type=click.Path(exists=True, path_type=Path),
    help="Write all schemas into this course instead, and a first line that names its schema into each of its files.",
)
def schema(file: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of one sort of FILE, for an editor that completes and checks YAML.

    \b
    Example:
      coursedeck schema module > module.schema.json
      coursedeck schema --write content
    """
    from .files import linked, write
    from .source.editor import RECORDS, json_schema, referring, schemas
    from .source.files import read_files, root_of

    if (file is None) == (folder is None):
        raise click.UsageError("name the sort of file, or a course with --write")
    if file is not None:
        print_json(json_schema(file))
        return
    assert folder is not None  # noqa: S101 - one of the two is given
    made = referring(read_files(folder)) | schemas(RECORDS)
    write({linked(root_of(folder) / path): data for path, data in made.items()})
    for path in made:
        click.echo(f"{root_of(folder) / path}: written")


@main.command()
def rules() -> None:
    """Print the rules for prompts: id, level, what fails, what passes, what to do.

    \b
    Example:
      coursedeck rules
    """
    from . import explain

    for line in explain.rules():
        click.echo(line)


@main.command("explain")
@click.argument("code")
def explain_(code: str) -> None:
    """Say what the CODE of a problem means, which `check` shows in brackets, and what to do about it.

    \b
    Example:
      coursedeck explain few-lenses
    """
    from .explain import explain

    click.echo(explain(code))


@main.command()
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="The same table for programs.")
def coverage(folder: Path, as_json: bool) -> None:
    """Count the cards: every concept by lens, every document by claim, every outcome by cards.

    \b
    Example:
      coursedeck coverage content
    """
    from .checks.coverage import as_rows, as_text, measure

    rows = as_rows(measure(sound_course(folder)))
    if as_json:
        print_json(rows)
    else:
        click.echo(as_text(rows))


@main.command()
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
    from .published.diff import as_markdown, as_rows, as_text, changes_since

    changes = changes_since(sound_course(folder), folder, out, against)
    if form == "json":
        print_json(as_rows(changes))
    elif form == "markdown":
        click.echo(as_markdown(changes))
    else:
        click.echo(as_text(changes, colour=in_colour()))


@main.command()
@FOLDER
@OUT
@click.option("--resolve", "how", flag_value="resolve", help="Mend a conflict that a merge left.")
@click.option(
    "--rebuild", "how", flag_value="rebuild", help="Make it anew from the last packages in --out."
)
def ledger(folder: Path, out: Path, how: str | None) -> None:
    """Look at the ledger of the course in FOLDER, or mend it.

    \b
    Example:
      coursedeck ledger --resolve
    """
    from .build import rebuilt_ledger
    from .files import write
    from .problems import so_many
    from .published import ledger_file
    from .source.files import ledger_path

    path = ledger_path(folder)
    if how == "resolve":
        data = path.read_bytes()
        held = ledger_file.resolve(data)
        if versions := ledger_file.parted(data):
            click.echo(
                f"both sides have released ({', '.join(sorted(versions))}): the next changelog tells the changes of both"
            )
    elif how == "rebuild":
        held = rebuilt_ledger(sound_course(folder), out)
    else:
        held = ledger_file.of(sound_course(folder), folder, out)
    if how:
        write({path: ledger_file.encode(held)})
    retired = sum(bool(entry.retired) for entry in held.notes.values())
    click.echo(f"{path}: {so_many(len(held.notes) - retired, 'note')}, {retired} retired")
    if how:
        click.echo("now run `coursedeck build`")


@main.group()
def new() -> None:
    """Begin something new: a course, or a module, a concept or a card of one.

    \b
    Example:
      coursedeck new course mein-kurs --from content
      coursedeck new card why-bread-rises bread --module basics
    """


@new.command("course")
@click.argument("folder", type=click.Path(path_type=Path))
@FROM
def new_course(folder: Path, original: Path | None) -> None:
    """Begin a course in FOLDER: with an example of each kind of card, as a copy of another course (a fork, a translation), or
    from a deck of Anki's.

    Learners can have a course and its copy: the copy has an identity of its own. Of a deck, all notes stay the ones that learners
    have, with their note types, their files, tags and decks.

    \b
    Example:
      coursedeck new course bread
      coursedeck new course mein-kurs --from content
      coursedeck new course spanish --from Spanish.apkg
    """
    import secrets

    from .files import write
    from .incoming.new import copied, example
    from .problems import so_many, visible
    from .source.editor import for_editors
    from .source.files import read_files

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.ClickException(f"{folder} is there already: name a new folder")
    if original is None:
        made = for_editors(example(secrets.token_hex(6)))
        write({folder / name: data for name, data in made.items()})
        click.echo(
            f"{folder}: {so_many(len(made), 'file')} of an example: put your own cards in their place"
        )
        return
    if from_anki(original):
        held = bring(original)
        write({folder / name: data for name, data in held.files.items()})
        for line in held.told:
            click.echo(visible(line))
        click.echo(
            f"{folder}: {so_many(len(held.files), 'file')}; `coursedeck check {folder}` looks at them"
        )
        return
    sound_course(original)
    made = copied(read_files(original), secrets.token_hex(6))
    write({folder / name: data for name, data in made.items()})
    click.echo(
        f"{folder}: {so_many(len(made), 'file')}; now give the course a title and a deck of its own"
    )


@new.command("module")
@click.argument("id_", metavar="ID")
@FOLDER
def new_module(id_: str, folder: Path) -> None:
    """Add a module to the course in FOLDER, with a card to put your own words into.

    \b
    Example:
      coursedeck new module ovens bread
    """
    from .incoming.new import with_module

    add_to_course(folder, lambda files: with_module(files, id_))


@new.command("concept")
@click.argument("id_", metavar="ID")
@FOLDER
@click.option("--module", required=True, help="The module that it belongs to.")
def new_concept(id_: str, folder: Path, module: str) -> None:
    """Add a concept to a module, behind those that it has, with a card to put your own words into.

    \b
    Example:
      coursedeck new concept steam bread --module ovens
    """
    from .incoming.new import with_concept

    add_to_course(folder, lambda files: with_concept(files, id_, module))


@new.command("card")
@click.argument("id_", metavar="ID")
@FOLDER
@click.option(
    "--module", default="", help="The module that it belongs to; a course of one file has none."
)
@click.option(
    "--concept", default="", help="The concept that it belongs to; without one, the module itself."
)
@click.option(
    "--kind", default="ask", cls=Listed, words=kind_names, metavar="KIND", help="The kind of card."
)
def new_card(id_: str, folder: Path, module: str, concept: str, kind: str) -> None:
    """Add a card, behind those that are there, with words to put your own in their place.

    \b
    Example:
      coursedeck new card why-steam bread --module ovens --concept steam --kind cloze
    """
    from .incoming.new import with_card

    refuse_unknown((kind,), kind_names(), "--kind")
    add_to_course(folder, lambda files: with_card(files, id_, module, concept, kind))


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@FOLDER
@OUT
@click.option("--yes", is_flag=True, help="Take every correction without asking.")
def adopt(file: Path, folder: Path, out: Path, yes: bool) -> None:
    """Take corrections that were made in Anki into the YAML of the course in FOLDER. FILE is a package (.apkg, .colpkg) or “Notes
    in Plain Text” (.txt) with HTML and unique identifiers.

    Shows each change word by word and asks; in a pipe it only shows. My notes, own fields, tags, decks and notes of others never
    come along.

    \b
    Example:
      coursedeck adopt corrected.apkg content
      coursedeck adopt reviewer.txt content --yes
    """
    from .incoming.adopt import adopted, as_text, found, notes_in
    from .notes import notes_of
    from .problems import so_many
    from .published import ledger_file
    from .source.files import read_files, root_of

    files = read_files(folder)
    course = keyed_course(folder, out, files)
    came = notes_in(file.read_bytes(), file.name, notes_of(course))
    back = found(course, ledger_file.of(course, folder, out), came)
    shown = {as_text(each, colour=in_colour()): each for each in back.corrections}
    asks = not yes and answers()
    taken = [shown[each] for each in chosen(shown, asks=asks, yes=yes)]
    made, told = adopted(files, taken)
    write_into_course(folder, files, made)
    warn([*back.told, *told])
    left = len(back.corrections) - len(taken)
    said = f"{so_many(len(back.corrections), 'correction')}, {len(taken) - len(told)} taken"
    click.echo(f"{said}, {left} left" if left and asks else said)
    for path in made:
        click.echo(f"{root_of(folder) / path}: changed")
    if back.corrections and not yes and not asks:
        click.echo("nothing is written: --yes takes them all")


@main.command()
@FOLDER
@OUT
@click.option(
    "--published",
    default="published",
    type=click.Path(file_okay=False, path_type=Path),
    help="What learners have: the packages of each version, in a folder of its name.",
)
def rehearse(folder: Path, out: Path, published: Path) -> None:
    """Try the update to FOLDER as it stands on learners of every kind, in the real Anki, before it is released.

    Prints a table for the changelog; fails when a promise to learners is broken. Needs `pip install "coursedeck[anki]"`.

    \b
    Example:
      coursedeck rehearse content --published published > rehearsal.md
    """
    from .published.ledger_file import decode
    from .published.release import sign
    from .source.files import LEDGER

    try:
        from .rehearsal.rehearse import as_markdown, kept, rehearse
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f'a rehearsal needs {error.name}: run `pip install "coursedeck[anki]"`'
        ) from error
    course, outputs, _ = make_outputs(folder, out, "anki", earlier=None)
    made = {output.path: output.data for output in outputs}
    trials = rehearse(kept(published, course.about.id), made, course.about.id)
    broken = [line for trial in trials for line in trial.broken]
    if not broken:
        click.echo(sign(decode(made[LEDGER])))
    click.echo(as_markdown(trials), nl=False)
    warn(broken)
    if broken:
        raise click.ClickException(f"{len(broken)} things were lost: do not release this")


def _version(_: click.Context, __: click.Parameter, given: str) -> str:
    from .problems import Refusal
    from .published.release import numbers

    try:
        numbers(given)
    except Refusal as error:
        raise click.BadParameter(str(error)) from None
    return given


@main.command()
@click.argument("version", callback=_version)
@FOLDER
@OUT
@click.option(
    "--changelog",
    default="CHANGELOG.md",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file that tells learners what is new.",
)
@click.option(
    "--rehearsed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What `rehearse` printed of these same words, for the changelog.",
)
def release(version: str, folder: Path, out: Path, changelog: Path, rehearsed: Path | None) -> None:
    """Release FOLDER as VERSION: stamp it, freeze the ledger, write the changelog, build everything.

    Refuses on any error or warning, and on a version that does not fit what changed.

    \b
    Example:
      coursedeck release 1.1.0
    """
    from .build import release_course
    from .files import Output, refuse_changed
    from .published import ledger_file
    from .published.diff import reasons_since_release, redated
    from .source.files import main_of, read_files, root_of

    files = read_files(folder)
    course = sound_course(folder, files)
    now = clock()
    published = ledger_file.never_back(ledger_file.of(course, folder, out), folder, now)
    why = reasons_since_release(course, folder, out)
    read = {changelog: changelog.read_bytes()} if changelog.is_file() else {}
    with progress("printing") as step:
        made, found = release_course(
            files,
            published,
            version=version,
            now=now,
            changelog=text_of(changelog),
            rehearsal=text_of(rehearsed) if rehearsed else None,
            step=step,
        )
    if made is None:
        report(found, folder)
        raise click.ClickException("nothing is released while anything is wrong")
    stamped = root_of(folder) / main_of(files)
    texts = {changelog: made.changelog.encode(), stamped: made.course_file.encode()}
    refuse_changed(texts, {**read, stamped: files[main_of(files)]})
    write_outputs(made.course, folder, out, made.outputs, more=texts)
    for path, data in texts.items():
        click.echo(Output(path.as_posix(), data).summary)
    if made.redated:
        click.echo(redated(made.redated, why))
