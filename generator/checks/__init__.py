"""Checks are functions from a course to problems. A file has those of one family, and lists them at its foot."""

from collections.abc import Callable, Collection, Iterator

from ..model import Course
from ..problems import Problem, errors
from ..source.files import meant
from . import (
    blank,
    coverage,
    identity,
    kept,
    leaks,  # noqa: F401 - its rules join those of `rules`
    lessons,
    markup,
    media,
    references,
    rules,
    structure,
)

Check = Callable[[Course], Iterator[Problem]]

# LOCAL checks look at one record at a time, so they are right even when another file could not be read.
LOCAL: tuple[Check, ...] = (
    *identity.CHECKS,
    *references.TO_SOURCES,
    *structure.CHECKS,
    *lessons.LOCAL,
    *markup.CHECKS,
)
# WHOLE checks follow ids between files. They are skipped when a file failed to load: everything that it defines would
# look missing. So they are where one id names two things, since what is called so in truth is not there.
WHOLE: tuple[Check, ...] = (
    *references.CHECKS,
    *kept.CHECKS,
    *blank.CHECKS,
    *media.CHECKS,
    *coverage.CHECKS,
    *lessons.CHECKS,
)
# Warnings that something is missing or left over, or that a waiver is: most often what is wrong elsewhere is why.
FOLLOWING = frozenset(
    (
        *("unused-media", "unused-source", "unused-waiver", "never-right"),
        *("document-without-card", "objective-without-card", "outcome-without-card"),
        *("few-questions", "blank-side"),
    )
)

# What code brings about that YAML has joined with the lines beside it.
OF_CODE = frozenset(("joined-lines", "not-read", "unknown-language"))


def run(course: Course, unread: Collection[Problem], *, warnings: bool) -> list[Problem]:
    """What is wrong with the course beside `unread`, which was found in reading it: all that can be told while a file could not be
    read whole. Without `warnings`, rules that can only warn are left out: they take longest.
    """
    found = local(course)
    # A backslash that YAML takes for another sign keeps no text from being read.
    wrong = [problem for problem in errors(unread) if problem.code != "yaml-escape"]
    if any(meant(problem.span.path) == "sources.yaml" for problem in wrong):
        found = [problem for problem in found if problem.code != "unknown-source"]
    if not wrong and not any(problem.code == "duplicate-id" for problem in found):
        found += [problem for check in WHOLE for problem in check(course)]
        found += rules.run(course, warnings=warnings)
    if any(problem.code == "near-file" for problem in unread):
        found = [problem for problem in found if problem.code != "no-cards"]
    return found


def local(course: Course) -> list[Problem]:
    """What is wrong with each record of a course, or of a part of one, by itself."""
    return [problem for check in LOCAL for problem in check(course)]


def once(read: Collection[Problem], found: Collection[Problem]) -> list[Problem]:
    """What was told in reading and by checks, before it is known at which sign it stands. Of a text whose lines YAML has joined,
    nothing more is said of lines that run on, nor of code where they were some; and not even that where the whole text is an
    error.
    """
    wrong = {each.span for each in errors(read) if not each.sign}
    joined = {each.span for each in read if each.code == "joined-lines" and each.sign}
    code = {each.span for each in read if each.code == "not-read"}
    return [
        *(each for each in read if each.span not in joined & wrong or each.code != "joined-lines"),
        *(
            each
            for each in found
            if not (each.span in joined and each.code == "joined-lines")
            and not (each.span in code and each.code in OF_CODE)
        ),
    ]


def causes(problems: Collection[Problem]) -> list[Problem]:
    """Problems without warnings that errors may have brought about: those at the very place of one, and those of `FOLLOWING`."""
    wrong = errors(problems)
    places = {problem.span for problem in wrong}
    return [
        problem
        for problem in problems
        if problem.level == "error"
        or not wrong
        or (problem.span not in places and problem.code not in FOLLOWING)
    ]
