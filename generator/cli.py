"""The command line: the only place that prints or exits. `coursedeck --help` says the rest.

Exit codes: 0 done, 1 the content is wrong (or `build --check` found old files), 2 the command was used wrongly, 70 a bug
of ours.
"""

import contextlib
import errno
import gc
import math
import os
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import __version__

if TYPE_CHECKING:
    from .files import Output
    from .model import Course
    from .problems import Problem
    from .uptodate import State

BUG = 70  # `EX_SOFTWARE` of sysexits.h

FOLDER = click.argument(
    "folder",
    default="content",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="[FOLDER]",
)
OUT = click.option(
    "--out",
    default="decks",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the outputs go.",
)


class Listed(click.Option):
    """An option that takes words of a table in the program. The table is imported for `--help` only, and by the command itself:
    a command that needs no table does not wait for it.
    """

    def __init__(
        self, names: Sequence[str], *, words: Callable[[], Iterable[str]], **given: Any
    ) -> None:
        """Make the option; `words` gives what it takes."""
        super().__init__(names, **given)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line in `--help`, with the words that it takes."""
        record = super().get_help_record(ctx)
        return record and (record[0], f"{record[1]} One of: {', '.join(self.words())}.")


def _sorts() -> list[str]:
    from .build import OUTPUTS

    return [sort.name for sort in OUTPUTS]


def _forms() -> tuple[str, ...]:
    from .outputs.print.pages.all import NAMES

    return NAMES


def _papers() -> tuple[str, ...]:
    from .outputs.papers import PAPERS

    return PAPERS


class Program(click.Group):
    """The commands, and the one place where exceptions become a line for the user: a `Refusal`, an `OSError`, and any
    other, which is a bug.
    """

    def invoke(self, ctx: click.Context) -> object:
        """Run a command. No traceback reaches the user."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader closed the pipe: click ends quietly
                raise
            raise click.ClickException(str(error)) from error
        except Exception as error:
            from .problems import Refusal

            if isinstance(error, Refusal):
                raise click.ClickException(str(error)) from error
            click.echo(f"Error: {_bug(error)}", err=True)
            ctx.exit(BUG)


def _bug(error: Exception) -> str:
    """Write the traceback of a bug to a temporary file; return the sentence for the user, which names the file."""
    import sys
    import tempfile
    import traceback

    told = "this is a bug of coursedeck, not of your course"
    lines = [f"coursedeck {__version__}, Python {sys.version}", f"arguments: {sys.argv[1:]}", ""]
    report = "\n".join([*lines, *traceback.format_exception(error)])
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="coursedeck-bug-", suffix=".txt", delete=False
        ) as file:
            file.write(report)
    except OSError:
        return f"{told} ({type(error).__name__}), and its details could not be written anywhere"
    return f"{told}; please report it with what stands in {file.name}"


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coursedeck")
def main() -> None:
    """A course written once as YAML becomes Anki decks and printed study material."""
    gc.disable()  # a command ends soon, and looking for reference cycles costs it time


@main.command()
@FOLDER
@OUT
@click.option(
    "--check", is_flag=True, help="Write nothing; fail if the files are not what the content gives."
)
@click.option(
    "--only",
    cls=Listed,
    words=_sorts,
    metavar="SORT",
    help="Only the outputs of this sort.",
)
def build(folder: Path, out: Path, check: bool, only: str | None) -> None:
    """Make the Anki packages and printed pages of the course in FOLDER (default: content).

    Checks first and writes nothing if anything is wrong.

    \b
    Example:
      coursedeck build content --out decks
    """
    if check:
        _compare(folder, out, only)
        return
    from .uptodate import State

    state = State(folder, out, only or "")
    told = state.finished()
    if told is not None:
        _warn(told)
        click.echo(f"{out}: nothing to do")
        return

    course, outputs, warnings = _make(folder, out, only, earlier=out)
    _write(course, folder, out, outputs, only=only, warnings=warnings, state=state)


def _write(
    course: "Course",
    folder: Path,
    out: Path,
    outputs: "Sequence[Output]",
    *,
    only: str | None = None,
    warnings: Iterable[str] = (),
    state: "State | None" = None,
    more: "Mapping[Path, bytes] | None" = None,
) -> None:
    """Write outputs and `more`, remove what earlier builds wrote and this one does not make, and say so. `state` is what the
    build started from; without one, the files as they stand once all is written.
    """
    from .build import left_over, places
    from .cache import CACHE
    from .files import write
    from .leftovers import remove
    from .source.files import LEDGER
    from .uptodate import State

    seen = (state or State(folder, out, "")).earlier(course.about.identity)
    left = left_over(course, out, outputs, seen, only)
    write(places(folder, out, outputs) | dict(more or {}))
    earlier = out / LEDGER  # where version 1.0.0 had it
    if earlier.exists() and not earlier.samefile(folder / LEDGER):
        earlier.unlink()
    remove(out, left.ours)
    state = state or State(folder, out, "")
    _warn(left.lines)
    made = {output.path: output.data for output in outputs}
    told = [*warnings, *left.lines]
    record = state.record(course.about.identity, made, told, left.others)
    write({out / state.path: record})
    _tell(out, (output for output in outputs if not output.path.startswith(CACHE)))
    for path in left.ours:
        click.echo(f"{path}: removed, since this build does not make it")


def _compare(folder: Path, out: Path, only: str | None) -> None:
    """Compare the files in `out` with what the content gives, and fail when they differ."""
    from .build import places, stale

    _, outputs, _ = _make(folder, out, only, earlier=None)
    old = list(stale(places(folder, out, outputs)))
    _warn(f"{path}: not what {folder} gives" for path in old)
    if old:
        raise click.ClickException("run `coursedeck build` and commit what it writes")
    click.echo(f"{len(outputs)} files are what {folder} gives")


def _make(
    folder: Path, out: Path, only: str | None, *, earlier: Path | None
) -> "tuple[Course, list[Output], list[str]]":
    """The course, the outputs of a build, and the lines of warnings that it told. When there are errors, tell them and exit
    with 1.
    """
    from .build import build_course
    from .problems import errors
    from .published import ledger_file

    _known((only,) if only else (), _sorts(), "--only")
    course = _sound_course(folder)
    now = _now()
    published = ledger_file.never_back(ledger_file.of(course, folder, out), folder, now)
    outputs, found = build_course(course, published, now, only=only, earlier=earlier)
    told = _report(found, folder)
    if errors(found):
        raise SystemExit(1)
    return course, outputs, told


def _offset(_: click.Context, __: click.Parameter, given: str) -> tuple[float, float]:
    try:
        across, down = (float(part) for part in given.split(","))
    except ValueError:
        across = down = math.nan
    if not max(abs(across), abs(down)) <= 100:  # `not … <=`, so that NaN is refused too
        raise click.BadParameter("two numbers of millimetres up to 100, such as 0.5,-1")
    return across, down


@main.command("print")
@FOLDER
@OUT
@click.option(
    "--only",
    "only",
    multiple=True,
    cls=Listed,
    words=_forms,
    metavar="FORM",
    help="Only this printed form; may be given again.",
)
@click.option("--module", "modules", multiple=True, help="Only this module; may be given again.")
@click.option(
    "--tag", "tags", multiple=True, help="Only cards with this tag, such as lens::difference."
)
@click.option(
    "--paper",
    "papers",
    multiple=True,
    cls=Listed,
    words=_papers,
    metavar="PAPER",
    help="Only this paper; may be given again.",
)
@click.option(
    "--offset",
    default="0,0",
    metavar="X,Y",
    callback=_offset,
    help="Move the backs of cut-out cards by millimetres.",
)
def print_(
    folder: Path,
    out: Path,
    only: tuple[str, ...],
    modules: tuple[str, ...],
    tags: tuple[str, ...],
    papers: tuple[str, ...],
    offset: tuple[float, float],
) -> None:
    """Print a selection of the course in FOLDER: some pages, some modules, some cards, for one printer.

    \b
    Example:
      coursedeck print content --only cards --module team-learning --paper a4 --offset 0.5,-1 --out handout
    """
    from .build import pages
    from .files import under, write
    from .outputs import pdf

    course = _sound_course(folder)
    _known(only, _forms(), "--only")
    _known(papers, _papers(), "--paper")
    _known(modules, [module.id for module in course.modules], "--module")
    choice = pdf.Choice(papers or _papers(), only, modules, tags, offset)
    made, found = pages(course, choice)
    _report(found, folder)
    if found:
        raise SystemExit(1)
    if not made:
        raise click.UsageError("nothing to print: no card has that tag")
    write(under(out, made))
    _tell(out, made)


def _known(given: tuple[str, ...], known: Iterable[str], option: str) -> None:
    from .problems import did_you_mean

    for name in given:
        if name not in known:
            hint = did_you_mean(name, known) or "one of: " + ", ".join(known)
            raise click.UsageError(f"{option} {name}: not known; {hint}")


@main.command()
@FOLDER
@OUT
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How to report.",
)
def check(folder: Path, out: Path, strict: bool, form: str) -> None:
    """Say everything that is wrong with the course in FOLDER, and where; also against what was published in --out.

    \b
    Example:
      coursedeck check content --strict
    """
    from .build import check_folder
    from .problems import as_github, as_json, errors
    from .published.release import blocking

    course, found = check_folder(folder, out, _now())
    if form == "json":
        click.echo(as_json(found))
    elif form == "github":
        for problem in found:
            click.echo(as_github(problem, f"{folder.as_posix()}/"))
    else:
        _report(found, folder)
        if course and not found:
            click.echo(f"{folder}: nothing to mend")
    # Moves to another deck do not fail the check: the next release tells learners of them.
    if course is None or errors(found) or (strict and blocking(found)):
        raise SystemExit(1)


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
    from .notes import as_row, as_text, notes_of
    from .order import explained, first_places

    course = _sound_course(folder)
    notes, first = notes_of(course), first_places(course)
    if why and as_json:
        raise click.UsageError("--why and --json do not go together")
    if as_json:
        _print_json([as_row(note, first[note.guid]) for note in notes])
    elif why:
        for line in explained(course):
            click.echo(line)
    else:
        for note in notes:
            click.echo(as_text(note))


@main.command()
@click.argument(
    "file", type=click.Choice(["course", "module", "essay", "plan", "tools", "history"])
)
def schema(file: str) -> None:
    """Print the JSON Schema of one sort of FILE, for an editor that completes and checks YAML.

    \b
    Example:
      coursedeck schema module > module.schema.json
    """
    from . import model
    from .source.editor import json_schema

    records = {
        "course": model.CourseFile,
        "module": model.Module,
        "essay": model.Essay,
        "plan": model.Plan,
        "tools": model.Tools,
        "history": model.History,
    }
    _print_json(json_schema(records[file]))


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

    rows = as_rows(measure(_sound_course(folder)))
    if as_json:
        _print_json(rows)
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
    import sys

    from .published.diff import as_markdown, as_rows, as_text, changes_since

    changes = changes_since(_sound_course(folder), folder, out, against)
    if form == "json":
        _print_json(as_rows(changes))
    elif form == "markdown":
        click.echo(as_markdown(changes))
    else:
        click.echo(as_text(changes, colour=sys.stdout.isatty()))


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
    from .published import ledger_file
    from .source.files import LEDGER

    path = folder / LEDGER
    if how == "resolve":
        held = ledger_file.resolve(path.read_bytes())
    elif how == "rebuild":
        held = rebuilt_ledger(_sound_course(folder), out)
    else:
        held = ledger_file.of(_sound_course(folder), folder, out)
    if how:
        write({path: ledger_file.encode(held)})
    retired = sum(bool(entry.retired) for entry in held.notes.values())
    click.echo(f"{path}: {len(held.notes) - retired} notes, {retired} retired")
    if how:
        click.echo("now run `coursedeck build`")


@main.group()
def new() -> None:
    """Begin something new: a course.

    \b
    Example:
      coursedeck new course mein-kurs --from content
    """


@new.command("course")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "original",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The course to begin with a copy of.",
)
def new_course(folder: Path, original: Path) -> None:
    """Begin a course in FOLDER as a copy of another one: a fork, or a translation.

    Learners can have both: the copy has an identity of its own.

    \b
    Example:
      coursedeck new course mein-kurs --from content
    """
    import secrets

    from .files import write
    from .incoming.new import copied
    from .source.files import read_files

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.ClickException(f"{folder} is there already: name a new folder")
    _sound_course(original)
    made = copied(read_files(original), secrets.token_hex(6))
    write({folder / name: data for name, data in made.items()})
    click.echo(f"{folder}: {len(made)} files; now give the course a title and a deck of its own")


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
def release(version: str, folder: Path, out: Path, changelog: Path) -> None:
    """Release FOLDER as VERSION: stamp it, freeze the ledger, write the changelog, build everything.

    Refuses on any error or warning, and on a version that does not fit what changed.

    \b
    Example:
      coursedeck release 1.1.0
    """
    from .build import release_course
    from .files import Output
    from .load import load
    from .published import ledger_file
    from .published.diff import redated
    from .published.ledger import Ledger
    from .source.files import read_files

    course, _ = load(folder)
    held = ledger_file.of(course, folder, out) if course else Ledger()
    now = _now()
    published = ledger_file.never_back(held, folder, now)
    why = _why(course, folder, out) if course else ""
    made, found = release_course(
        read_files(folder), published, version=version, now=now, changelog=_text_of(changelog)
    )
    if made is None:
        _report(found, folder)
        raise click.ClickException("nothing is released while anything is wrong")
    texts = {changelog: made.changelog.encode(), folder / "course.yaml": made.course_file.encode()}
    _write(made.course, folder, out, made.outputs, more=texts)
    for path, data in texts.items():
        click.echo(Output(path.as_posix(), data).summary)
    if made.redated:
        click.echo(redated(made.redated, why))


def _why(course: "Course", folder: Path, out: Path) -> str:
    """Why notes changed since the last release; nothing where git does not know that one by its tag."""
    from .problems import Refusal
    from .published.diff import changes_since, reasons

    with contextlib.suppress(Refusal, OSError):  # no tag, or no git
        return reasons(changes_since(course, folder, out, f"v{course.about.version}"))
    return ""


def _sound_course(folder: Path) -> "Course":
    """The course. When it has errors, tell them all and exit with 1."""
    from .load import load

    course, found = load(folder, warnings=False)
    if course is None:
        _report(found, folder)
        raise SystemExit(1)
    return course


def _report(found: "list[Problem]", folder: Path) -> list[str]:
    """Print problems for a person, and how many there are; return the printed lines."""
    from .problems import as_text

    lines = as_text(found, folder)
    _warn(lines)
    return lines


def _warn(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line, err=True)


def _tell(out: Path, outputs: "Iterable[Output]") -> None:
    """Print a line for each file that was written."""
    for output in outputs:
        click.echo(f"{out}/{output.summary}")


def _print_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _text_of(path: Path) -> str:
    """The text of a file; empty when there is no such file yet."""
    try:
        return path.read_text("utf-8") if path.is_file() else ""
    except UnicodeDecodeError as error:
        from .problems import Refusal

        raise Refusal(f"{path} is not UTF-8: save it so") from error


def _now() -> int:
    """The clock, or SOURCE_DATE_EPOCH where a build sets it (reproducible-builds.org), in seconds since 1970."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given and not re.fullmatch(r"[0-9]{1,10}", given):
        raise click.UsageError("SOURCE_DATE_EPOCH is a number of seconds since 1970")
    now = int(time.time())
    if int(given or 0) > now + 86_400:
        raise click.UsageError(
            "SOURCE_DATE_EPOCH is later than today: Anki would overwrite what learners write until then"
        )
    return int(given or now)
