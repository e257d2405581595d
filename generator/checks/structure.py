"""What Anki or arithmetic would choke on: clozes, options, minutes, percentages, forms of a tool."""

import datetime
import re
from collections.abc import Iterator

from .. import clozes, walk
from ..model import (
    Activity,
    Assessment,
    Claim,
    Cloze,
    Course,
    Sequence,
    Session,
    Sort,
    Tool,
)
from ..problems import Problem


def cloze_syntax(course: Course) -> Iterator[Problem]:
    """A malformed cloze would give no card, silently."""
    for _, _, _, card in walk.cards(course):
        if isinstance(card, Cloze) and (fault := clozes.fault(card.cloze)):
            yield Problem(card.cloze.span, "cloze", fault, "{{c1::word}} or {{c1::word::hint}}")


def lists(course: Course) -> Iterator[Problem]:
    """A sequence has at least two items; a case belongs to one of its options."""
    for _, _, _, card in walk.cards(course):
        if isinstance(card, Sequence) and len(card.sequence.items) < 2:
            yield Problem(card.sequence.span, "short-list", "a sequence needs at least two items")
        if isinstance(card, Sort):
            options = card.sort.options
            if len(set(options)) < 2:
                yield Problem(
                    card.sort.span, "short-list", "a sort needs at least two different options"
                )
            for case in card.sort.cases:
                if case.belongs not in options:
                    hint = "one of: " + ", ".join(options)
                    yield Problem(
                        case.belongs.span,
                        "not-an-option",
                        f"“{case.belongs}” is not among the options",
                        hint,
                    )
    for tool in course.tools:
        for case in tool.sort.statements if tool.sort else ():
            if case.belongs not in tool.sort.options:
                hint = "one of: " + ", ".join(tool.sort.options)
                yield Problem(
                    case.belongs.span,
                    "not-an-option",
                    f"“{case.belongs}” is not among the options",
                    hint,
                )


def sums(course: Course) -> Iterator[Problem]:
    """Minutes and percentages add up."""
    for record in walk.records(course):
        if isinstance(record, Session | Activity):
            steps = record.plan if isinstance(record, Session) else record.steps
            total = sum(step.minutes for step in steps)
            if total != record.minutes:
                yield Problem(
                    record.span,
                    "minutes",
                    f"the steps of “{record.id}” take {total} minutes, not {record.minutes}",
                    "change a step or the sum",
                )
        if isinstance(record, Assessment):
            total = sum(part.percent for part in record.parts)
            if total != 100:
                yield Problem(
                    record.span, "percent", f"the parts of the grade make {total} %, not 100"
                )


def tools(course: Course) -> Iterator[Problem]:
    """A tool has exactly one form."""
    for tool in course.tools:
        if len(forms_of(tool)) != 1:
            hint = "one of: ladder, columns, chart, sort, tally, script"
            yield Problem(
                tool.span, "tool-form", f"the tool “{tool.id}” needs exactly one form", hint
            )


def forms_of(tool: Tool) -> list[str]:
    """The names of the forms that a tool fills in."""
    names = ("ladder", "columns", "chart", "sort", "tally", "script")
    return [name for name in names if getattr(tool, name) is not None]


def forms_of_text(course: Course) -> Iterator[Problem]:
    """Version, date, language and a claim's place have their forms."""
    about = course.about
    if about.version and not re.fullmatch(r"\d+\.\d+\.\d+", about.version):
        yield Problem(
            about.version.span,
            "bad-version",
            f"“{about.version}” is not a version",
            "such as 1.4.0",
        )
    if about.language and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", about.language):
        yield Problem(
            about.language.span,
            "bad-language",
            f"“{about.language}” is not a language tag",
            "such as en or pt-BR",
        )
    try:
        if about.date and not re.fullmatch(r"\d{4}-\d\d-\d\d", about.date):
            raise ValueError
        if about.date:
            year = datetime.date.fromisoformat(about.date).year
            if not 1980 <= year <= 2105:  # what a zip member and Anki's 32-bit dates can hold
                raise ValueError
    except ValueError:
        yield Problem(
            about.date.span, "bad-date", f"“{about.date}” is not a date", "such as 2026-11-24"
        )
    for _, _, owner in walk.owners(course):
        if (
            isinstance(owner, Claim)
            and owner.place
            and not re.fullmatch(r"\d+\.\d+(-\d+)?", owner.place)
        ):
            hint = "paragraph.sentence, such as 1.3 or 1.3-4"
            yield Problem(
                owner.place.span, "bad-place", f"“{owner.place}” is not a place in a document", hint
            )


CHECKS = (cloze_syntax, lists, sums, tools, forms_of_text)
