"""What a record can tell by itself: the faults of a card, sums that must add up, the form of a tool, of a date, of a place."""

import datetime
import re
from collections.abc import Iterator, Sequence

from .. import walk
from ..kinds.sort import misplaced
from ..labels import LANGUAGES, labels
from ..languages import bad_language, is_language, primary
from ..model import VERSION, Claim, Course
from ..plan import (
    Activity,
    Assessment,
    Columns,
    Pieces,
    Rubric,
    Rungs,
    Script,
    Session,
    Statements,
    Step,
    Tally,
    Tool,
)
from ..problems import Problem, so_many
from ..texts import Record


def cards(course: Course) -> Iterator[Problem]:
    """What each card can tell by itself."""
    for card in walk.cards(course):
        yield from card.faults()


def statements(course: Course) -> Iterator[Problem]:
    """Each statement of a sheet belongs to one of its options."""
    for tool in course.tools:
        if tool.sort and tool.sort.whole and tool.sort.options:
            yield from misplaced(tool.sort.options, tool.sort.statements)


def sums(course: Course) -> Iterator[Problem]:
    """Minutes and percentages add up."""
    for record in walk.records(course):
        if not record.whole:
            continue
        if isinstance(record, Session | Activity):
            steps = record.plan if isinstance(record, Session) else record.steps
            if steps or isinstance(record, Session):  # else a script of tools.yaml has them
                yield from lasting(record, steps)
        if isinstance(record, Assessment):
            total = sum(part.percent for part in record.parts)
            if total != 100:
                yield Problem(
                    record.span, "percent", f"the parts of the grade make {total} %, not 100"
                )


def lasting(
    record: Session | Activity, steps: Sequence[Step], where: str = ""
) -> Iterator[Problem]:
    """The minutes of steps add up to those of what they are the steps of. `where` they stand is said if that is elsewhere."""
    total = sum(step.minutes for step in steps)
    if total != record.minutes:
        said = f"the steps of “{record.id}” take {so_many(total, 'minute')}, not {record.minutes}"
        hint = f"change a step {f'of {where} ' if where else ''}or the sum"
        yield Problem(record.span, "minutes", said, hint)


# What a form of a sheet holds, and without which there is nothing on it.
HOLDS: dict[type[Record], tuple[str, ...]] = {
    Rungs: ("rungs",),
    Columns: ("columns",),
    Statements: ("options", "statements"),
    Tally: ("columns", "rows"),
    Script: ("script",),
    Pieces: ("pieces",),
}


def filled(course: Course) -> Iterator[Problem]:
    """A sheet has something on it."""
    for tool in course.tools:
        for held in (getattr(tool, name) for name in forms_of(tool)):
            for name in HOLDS.get(type(held), ()):
                if held.whole and not getattr(held, name):
                    said = f"the sheet “{tool.id}” has nothing under `{name}`"
                    hint = "list what stands there, or take the sheet out"
                    yield Problem(held.span, "empty-sheet", said, hint)


def rubrics(course: Course) -> Iterator[Problem]:
    """Each criterion of a rubric says what every level looks like."""
    for rubric in walk.records(course):
        if not isinstance(rubric, Rubric) or not rubric.whole:
            continue
        for criterion in rubric.criteria:
            there, wanted = len(criterion.levels), len(rubric.levels)
            if there != wanted:
                yield Problem(
                    criterion.span,
                    "rubric-levels",
                    f"the criterion has {so_many(there, 'level')}, and its rubric names {wanted}",
                    "say what each level looks like, from best to weakest",
                )


FORMS_OF_TOOL = (
    "ladder",
    "columns",
    "chart",
    "sort",
    "tally",
    "script",
    "wall",
    "cut",
    "squares",
)


def tools(course: Course) -> Iterator[Problem]:
    """A tool has exactly one form."""
    for tool in course.tools:
        if tool.whole and len(forms_of(tool)) != 1:
            hint = "one of: " + ", ".join(FORMS_OF_TOOL)
            yield Problem(
                tool.span, "tool-form", f"the tool “{tool.id}” needs exactly one form", hint
            )


def forms_of(tool: Tool) -> list[str]:
    """The names of the forms that a tool fills in."""
    return [name for name in FORMS_OF_TOOL if getattr(tool, name) not in (None, ())]


def forms_of_text(course: Course) -> Iterator[Problem]:
    """Version, date, language, address and a claim's place are written as they must be."""
    about = course.about
    if about.version and not VERSION.fullmatch(about.version):
        yield Problem(
            about.version.span,
            "bad-version",
            f"“{about.version}” is not a version",
            "such as 1.4.0",
        )
    if about.language and not is_language(about.language):
        yield bad_language(about.language)
    elif about.language and primary(about.language) not in LANGUAGES:
        yield Problem(
            about.language.span,
            "no-labels",
            f"decks and printed pages say “{labels(about.language)['answer']}” and the like in English: "
            f"there are no such words in “{about.language}” yet",
            "CONTRIBUTING.md says how to add a language; nothing else is wrong",
        )
    if about.date and not _is_date(about.date):
        yield Problem(
            about.date.span, "bad-date", f"“{about.date}” is not a date", "such as 2026-11-24"
        )
    if about.url and not re.fullmatch(r"https?://[^\s/\"<>]+(?:/[^\s\"<>]*)?", about.url):
        hint = "write a whole one that begins with https:// or http://"
        yield Problem(about.url.span, "bad-address", f"“{about.url}” is no address", hint)
    for _, _, owner in walk.owners(course):
        if (
            isinstance(owner, Claim)
            and owner.place
            and not re.fullmatch(r"[0-9]+\.[0-9]+(-[0-9]+)?", owner.place)
        ):
            hint = "paragraph.sentence, such as 1.3 or 1.3-4"
            yield Problem(
                owner.place.span, "bad-place", f"“{owner.place}” is not a place in a document", hint
            )


def _is_date(text: str) -> bool:
    """Whether a text such as 2026-11-24 is a day that zip files and Anki's 32-bit dates can hold."""
    try:
        year = datetime.date.fromisoformat(text).year
    except ValueError:
        return False
    return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and 1980 <= year <= 2105


CHECKS = (cards, statements, sums, rubrics, tools, filled, forms_of_text)
