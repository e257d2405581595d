"""The command line: the only place that prints or exits. `coursedeck --help` says the rest.

Exit codes: 0 done, 1 the content is wrong (or `build --check` found old files), 2 the command was used wrongly, 70 a bug
of ours.
"""

import errno
import json
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from . import __version__, problems
from .problems import Refusal

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


class Program(click.Group):
    """The commands, and the one place where what they raise becomes a line for the user: refusals, files that cannot be
    read or written, and whatever else, which is a bug.
    """

    def invoke(self, ctx: click.Context) -> object:
        """Run a command. No traceback reaches the user."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Refusal as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if (
                error.errno == errno.EPIPE
            ):  # whoever reads our output has had enough: click knows what to do
                raise
            raise click.ClickException(str(error)) from error
        except Exception as error:  # noqa: BLE001 - all others are bugs
            click.echo(f"Error: {_bug(error)}", err=True)
            ctx.exit(BUG)


def _bug(error: Exception) -> str:
    """What the user is told of a bug, once its traceback lies in the temporary folder."""
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


@main.command()
@FOLDER
@OUT
@click.option(
    "--check", is_flag=True, help="Write nothing; fail if the files are not what the content gives."
)
@click.option(
    "--only",
    type=click.Choice(["anki", "print"]),
    help="Only the Anki packages, or only the printed pages.",
)
def build(folder: Path, out: Path, check: bool, only: str | None) -> None:
    """Make the Anki packages and printed pages of the course in FOLDER (default: content).

    Checks first and writes nothing if anything is wrong.

    \b
    Example:
      coursedeck build content --out decks
    """
    from . import build as building

    course = _sound_course(folder)
    outputs = []
    _guard(course, out, folder)
    if only != "print":
        outputs += building.packages(course, building.read_ledger(out), _now())
    if only != "anki":
        pages, found = building.pages(course, out=None if check else out)
        if found:
            _report(found, folder)
            raise SystemExit(1)
        outputs += pages
    if check:
        old = list(building.stale(outputs, out))
        for path in old:
            click.echo(f"{out / path}: not what {folder} gives", err=True)
        if old:
            raise click.ClickException("run `coursedeck build` and commit what it writes")
        click.echo(f"{len(outputs)} files are what {folder} gives")
        return
    building.write(outputs, out)
    for output in outputs:
        if output.path != building.RECORD:
            click.echo(f"{out}/{output.summary}")


@main.command("print")
@FOLDER
@OUT
@click.option(
    "--only",
    "only",
    multiple=True,
    help="outline, facilitator, study-sheets, worksheets, cards or maps.",
)
@click.option("--module", "modules", multiple=True, help="Only this module; may be given again.")
@click.option(
    "--tag", "tags", multiple=True, help="Only cards with this tag, such as lens::difference."
)
@click.option(
    "--paper", "papers", multiple=True, type=click.Choice(["a4", "letter"]), help="Only this paper."
)
@click.option(
    "--offset", default="0,0", metavar="X,Y", help="Move the backs of cut-out cards by millimetres."
)
def print_(
    folder: Path,
    out: Path,
    only: tuple[str, ...],
    modules: tuple[str, ...],
    tags: tuple[str, ...],
    papers: tuple[str, ...],
    offset: str,
) -> None:
    """Print a selection of the course in FOLDER: some pages, some modules, some cards, for one printer.

    \b
    Example:
      coursedeck print content --only cards --module team-learning --paper a4 --offset 0.5,-1 --out handout
    """
    from . import build as building
    from .outputs import pdf

    try:
        across, down = (float(part) for part in offset.split(","))
    except ValueError:
        raise click.UsageError(
            "--offset takes two numbers of millimetres, such as 0.5,-1"
        ) from None
    course = _sound_course(folder)
    _known(only, pdf.KINDS, "--only")
    _known(modules, [module.id for module in course.modules], "--module")
    choice = pdf.Choice(papers or pdf.PAPERS, only, modules, tags, (across, down))
    pages, found = building.pages(course, choice)
    if found:
        _report(found, folder)
        raise SystemExit(1)
    if not pages:
        raise click.UsageError("nothing to print: no card has that tag")
    building.write(pages, out)
    for page in pages:
        click.echo(f"{out}/{page.summary}")


def _known(given: tuple[str, ...], known: Iterable[str], option: str) -> None:
    for name in given:
        if name not in known:
            hint = problems.did_you_mean(name, known) or "one of: " + ", ".join(known)
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
    from .build import read_ledger
    from .load import load
    from .published.release import blocking

    course, found = load(folder)
    if course:
        # Where another course was published, there is nothing to hold this one against.
        guarded = [p for p in _guarded(course, read_ledger(out)) if p.code != "other-course"]
        found = problems.in_order([*found, *guarded])
    if form == "json":
        click.echo(problems.as_json(found))
    elif form == "github":
        for problem in found:
            click.echo(problems.as_github(problem, f"{folder.as_posix()}/"))
    else:
        _report(found, folder)
        if course and not found:
            click.echo(f"{folder}: nothing to mend")
    # A move is told to learners by the next release, and is no reason to fail before.
    if course is None or problems.errors(found) or (strict and blocking(found)):
        raise SystemExit(1)


@main.command("list")
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="Everything about every note, for programs.")
def list_(folder: Path, as_json: bool) -> None:
    """List the notes of the course in FOLDER: id, kind, deck, question.

    \b
    Example:
      coursedeck list content --json
    """
    from . import markdown
    from .notes import notes_of

    notes = notes_of(_sound_course(folder))
    if as_json:
        click.echo(json.dumps([_row(note) for note in notes], ensure_ascii=False, indent=1))
        return
    for note in notes:
        question = markdown.plain(note.faces[0].question)
        click.echo(f"{note.id}  {note.kind}  {note.deck}  {question}")


def _row(note: Any) -> dict[str, Any]:
    from .kinds.all import NOTE_TYPES

    note_type = NOTE_TYPES[note.kind]
    return {
        "id": note.id,
        "guid": note.guid,
        "kind": note.kind,
        "note_type": note_type.name,
        "module": note.module.id,
        "deck": note.deck,
        "position": note.position,
        "cards": len(note.ordinals()),
        "lens": note.card.lens,
        "fields": dict(zip(note_type.fields, note.all_fields(), strict=True)),
        "tags": sorted(note.tags),
        "sources": note.source,
    }


@main.command()
@click.argument("file", type=click.Choice(["course", "module", "essay", "plan", "tools"]))
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
    }
    click.echo(json.dumps(json_schema(records[file]), indent=1))


@main.command()
def rules() -> None:
    """Print the rules for prompts: id, level, what fails, what passes, what to do.

    \b
    Example:
      coursedeck rules
    """
    import inspect
    import textwrap

    from .checks.rules import RULES

    for rule in RULES:
        click.echo(f"{rule.id} ({rule.level}): {rule.hint}")
        click.echo(textwrap.indent(inspect.cleandoc(rule.documentation), "    ") + "\n")


@main.command()
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="The same table for programs.")
def coverage(folder: Path, as_json: bool) -> None:
    """Count the cards: every concept by lens, every document by claim, every outcome by cards.

    \b
    Example:
      coursedeck coverage content
    """
    import typing

    from .checks.coverage import measure
    from .kinds.base import Lens

    table = measure(_sound_course(folder))
    lenses = typing.get_args(Lens)
    concepts = [
        {
            "module": module.id,
            "concept": concept.id,
            "lenses": {lens: counted[lens] for lens in lenses},
        }
        for module, concept, counted in table.concepts
    ]
    claims = [
        {"document": essay.id, "claim": claim.id, "cards": n} for essay, claim, n in table.claims
    ]
    objectives = [
        {"module": module.id, "objective": goal.id, "outcome": goal.outcome, "cards": n}
        for module, goal, n in table.objectives
    ]
    outcomes = [{"outcome": outcome.id, "cards": n} for outcome, n in table.outcomes]
    if as_json:
        rows = {
            "concepts": concepts,
            "claims": claims,
            "objectives": objectives,
            "outcomes": outcomes,
        }
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    click.echo(f"{'concept':<32} " + " ".join(f"{lens[:6]:>6}" for lens in lenses))
    for row in concepts:
        counts = " ".join(f"{row['lenses'][lens] or '·':>6}" for lens in lenses)
        click.echo(f"{row['concept']:<32} {counts}")
    for title, rows, name in (
        ("claim", claims, "claim"),
        ("objective", objectives, "objective"),
        ("outcome", outcomes, "outcome"),
    ):
        click.echo(f"\n{title:<40} cards")
        for row in rows:
            click.echo(f"{row[name]:<40} {row['cards'] or 'none':>5}")


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

    from .load import assemble
    from .notes import notes_of
    from .published import diff as differ
    from .published import package

    course = _sound_course(folder)
    path = Path(against or out / f"{course.about.id}.apkg")
    if path.is_file():
        old = package.of_package(path.read_bytes())
    elif against and not against.endswith(".apkg"):
        before, found = assemble(differ.files_at(folder, against))
        if before is None:
            raise Refusal(f"the course at {against} has errors, the first: {found[0]}")
        old = package.of_notes(notes_of(before))
    else:
        raise Refusal(f"there is no {path}: build first, or say what to compare --against")
    changes = differ.compare(old, package.of_notes(notes_of(course)))
    if form == "json":
        rows = differ.as_rows(changes)
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif form == "markdown":
        click.echo(differ.as_markdown(changes))
    else:
        click.echo(differ.as_text(changes, colour=sys.stdout.isatty()))


@main.command()
@FOLDER
@OUT
@click.option("--resolve", "how", flag_value="resolve", help="Mend a conflict that a merge left.")
@click.option("--rebuild", "how", flag_value="rebuild", help="Make it anew from the last packages.")
def ledger(folder: Path, out: Path, how: str | None) -> None:
    """Look at the ledger in --out, or mend it.

    \b
    Example:
      coursedeck ledger --resolve
    """
    from . import build as building
    from .notes import notes_of
    from .published import ledger as ledgers
    from .published import package

    path = out / building.LEDGER
    if how == "resolve":
        mended = ledgers.resolve(path.read_bytes())
    elif how == "rebuild":
        course = _sound_course(folder)
        last = [out / f"{course.about.id}.apkg", out / f"{course.about.id}-retired.apkg"]
        packages = [p.read_bytes() for p in last if p.is_file() or p is last[0]]
        mended = package.rebuilt(course, notes_of(course), packages)
    else:
        mended = building.read_ledger(out)
    if how:
        data = ledgers.encode(mended)
        building.write([building.Output(building.LEDGER, data)], out)
    retired = sum(bool(entry.retired) for entry in mended.notes.values())
    click.echo(f"{path}: {len(mended.notes) - retired} notes, {retired} retired")
    if how:
        click.echo("now run `coursedeck build`")


@main.command()
@click.argument("version")
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
    import datetime

    from . import build as building
    from .load import assemble, read_files
    from .notes import notes_of
    from .published import release as releasing

    try:
        releasing.numbers(version)
    except Refusal as error:
        raise click.BadParameter(str(error)) from None
    files = read_files(folder)
    before = _sound_course(folder)
    last = building.read_ledger(out)
    date = datetime.datetime.fromtimestamp(_now(), datetime.UTC).date().isoformat()
    about = releasing.stamp(files.get("course.yaml", b"").decode(), version, date)
    course, found = assemble(files | {"course.yaml": about.encode()})
    found = releasing.blocking([*found, *_guarded(before, last)])
    if course is None or found:
        _report(found, folder)
        raise click.ClickException("nothing is released while anything is wrong")
    outputs, now = building.released(course, last, _now(), version)
    news = releasing.news(notes_of(course), now)
    releasing.hold_to_order(str(before.about.version), version, news)
    pages, found = building.pages(course)
    if found:
        _report(found, folder)
        raise click.ClickException("nothing is released while anything is wrong")
    old = _text_of(changelog)
    text = releasing.inserted(old, releasing.section(course, news, version, date))
    root = Path()
    written = [
        building.Output((root / out / output.path).as_posix(), output.data, output.detail)
        for output in [*outputs, *pages]
    ]
    written.append(building.Output(changelog.as_posix(), text.encode()))
    written.append(building.Output((folder / "course.yaml").as_posix(), about.encode()))
    building.write(written, root)
    for output in written:
        click.echo(output.summary)


def _sound_course(folder: Path) -> Any:
    """The course, or all that is wrong with it and the end."""
    from .load import load

    course, found = load(folder)
    if course is None:
        _report(found, folder)
        raise SystemExit(1)
    return course


def _guard(course: Any, out: Path, folder: Path) -> None:
    """Hold the content against what was published in `out`; ends where a learner would lose something."""
    from . import build as building

    found = problems.in_order(_guarded(course, building.read_ledger(out)))
    _report(found, folder)
    if problems.errors(found):
        raise SystemExit(1)


def _guarded(course: Any, published: Any) -> Iterator[problems.Problem]:
    """What the content and the ledger disagree on."""
    from .notes import notes_of
    from .published.guard import guard

    return guard(course, notes_of(course), published)


def _report(found: list[problems.Problem], folder: Path) -> None:
    for problem in found:
        click.echo(problems.as_text(problem, folder), err=True)
    wrong = len(problems.errors(found))
    if found:
        click.echo(f"{wrong} errors, {len(found) - wrong} warnings", err=True)


def _text_of(path: Path) -> str:
    """A text file that may not be there yet."""
    try:
        return path.read_text("utf-8") if path.is_file() else ""
    except UnicodeDecodeError as error:
        raise Refusal(f"{path} is not UTF-8: save it so") from error


def _now() -> int:
    """The clock, or SOURCE_DATE_EPOCH where a build sets it (reproducible-builds.org), in seconds since 1970."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given and not re.fullmatch(r"[0-9]{1,10}", given):
        raise click.UsageError("SOURCE_DATE_EPOCH is a number of seconds since 1970")
    return int(given or time.time())
