"""The command `print`: pages of a course, or of a deck of Anki's, as they are chosen."""

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..options import PRINTED, Listed, Place, form_names, from_anki, paper_names, refuse_unknown
from ..terminal import bring, progress, report, sound_course, tell, warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..files import Output
    from ..model import Course
    from ..notes import Note
    from ..outputs.pdf import Choice
    from ..plan import Form, Session

FARTHEST = 10  # millimetres: a printer that feeds worse needs a mechanic
OPTIONS = {"modules": "module", "tags": "tag", "whole_drawings": "whole-drawings"}  # of `Choice`
LEARNERS = 24


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


@click.command("print", cls=Printing)
@PRINTED
@click.option(
    "--out",
    default="handout",
    show_default=True,
    type=Place(file_okay=False),
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
    from ..files import under, write
    from ..leftovers import refuse_strange
    from ..notes import notes_of
    from ..outputs import pdf

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
    made = _printed(folder, course, notes, choice)
    missing = [
        f"{name}: not printed, since the course has {why}"
        for name, why in pdf.absent(course, notes, choice).items()
    ]
    if not made:
        told = "no card of these modules has that tag" if tags else "; ".join(missing)
        raise click.UsageError(f"nothing to print: {told or 'the course has no cards'}")
    warn(missing)
    warn(_what_options_do(course, notes, choice, papers_given=bool(papers)))
    refuse_strange(out, made)
    write(under(out, made))
    tell(out, made)


def _printed(
    folder: Path, course: "Course", notes: "Sequence[Note]", choice: "Choice"
) -> "list[Output]":
    """The pages. When something cannot be printed, tell it and exit with 1."""
    from ..build import pages
    from ..problems import errors

    with progress("printing") as step:
        made, found = pages(course, notes, choice, step=step)
    report(found, folder)
    if errors(found):
        raise SystemExit(1)
    return made


def _meeting(course: "Course", word: str) -> "tuple[Form, Session]":
    """A session of the plan by its number or id."""
    from ..lessons import meeting

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
    from ..build import built_here
    from ..outputs import pdf

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
    from ..outputs import office, pdf

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
