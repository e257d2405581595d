"""What Typst says when it cannot make a PDF, as problems of the course at the place where the author can mend them."""

import re
from collections.abc import Iterator, Sequence

from .. import walk
from ..late import late
from ..model import Course
from ..notes import Note
from ..problems import Problem, Span
from . import glyphs
from .typesetter import Failure

STOPPED = late(r"coursedeck:([a-z-]+):([^\"]*)")
UNPRINTABLE = late(r"the text `\"(.+?)\"` could not be displayed")
SPOILT = late(r"failed to process image \((.+?)\)")
# Such as “(handbook.date: date format unknown at line 3 column 9 at 3:9)”.
UNREADABLE = late(
    r"failed to parse YAML \((?P<said>(?P<work>[^.:\s]+).*?)"
    r"(?: at line \d+ column \d+)?(?: at (?P<line>\d+):(?P<column>\d+))?\)$",
    re.DOTALL,
)
SAID = {
    "card-too-long": (
        "is too long for a card to cut out, even in 7 pt",
        "split it, or shorten question or answer",
    ),
    "row-too-long": (
        "is too long for a page of a study sheet",
        "split it, or shorten question or answer",
    ),
    "map-too-long": (
        "has too much for a map of one page",
        "shorten title, summary or names, or split the module",
    ),
}


def ids_too_long(error: Failure) -> list[str]:
    """What is too long for its place, as `row-too-long:ID`; nothing where something else is wrong."""
    stopped = STOPPED.search(error.message)
    return [f"{stopped[1]}:{id_}" for id_ in stopped[2].split(",")] if stopped else []


def owner(told: str) -> str:
    """The id of the note that such an id is of."""
    return told.partition(":")[2].partition("/")[0]


def explain(error: Failure, course: Course, notes: Sequence[Note], path: str) -> Iterator[Problem]:
    """What Typst's error means for the author. One that is not the course's fault is raised again."""
    if stopped := STOPPED.search(error.message):
        spans: dict[str, Span] = {str(module.id): module.span for module in course.modules}
        for note in notes:
            spans[str(note.card.id)] = spans[note.id] = note.card.span
        what, hint = SAID[stopped[1]]
        for id_ in stopped[2].split(","):
            yield Problem(
                spans.get(id_.partition("/")[0], Span("")), stopped[1], f"“{id_}” {what}", hint
            )
    elif lost := UNPRINTABLE.search(error.message):
        yield glyphs.problem(_holder(lost[1], course), lost[1], path)
    elif wrong := UNREADABLE.search(error.message):
        yield _bad_work(wrong, course)
    elif spoilt := SPOILT.search(error.message):
        message = f"a picture cannot be printed ({spoilt[1]})"
        hint = f"save the pictures of {path} again"
        yield Problem(Span("media"), "media-type", message, hint)
    else:
        raise RuntimeError(error.diagnostic)


def _bad_work(wrong: re.Match[str], course: Course) -> Problem:
    """A work that Typst cannot read, at the line it names, or else where the work begins."""
    spans = {str(work.id): work.span for work in course.works}
    span = spans.get(wrong["work"], Span("sources.yaml"))
    if wrong["line"]:
        span = Span("sources.yaml", int(wrong["line"]), int(wrong["column"]))
    said = wrong["said"].partition(", expected one of")[0]
    return Problem(span, "bad-bibliography", said, "see Hayagriva’s file format for what it takes")


def _holder(text: str, course: Course) -> Span:
    """Where a text stands that Typst could not print."""
    return next(
        (each.span for each in walk.texts(course) if text in each), Span(course.about.span.path)
    )
