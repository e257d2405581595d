"""Checks are functions from a course to problems. A file has those of one family, and lists them at its foot."""

from collections.abc import Callable, Iterator

from ..model import Course
from ..problems import Problem
from . import (
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
# look missing.
WHOLE: tuple[Check, ...] = (
    *references.CHECKS,
    *kept.CHECKS,
    *media.CHECKS,
    *coverage.CHECKS,
    *lessons.CHECKS,
)


def run(course: Course, *, whole: bool, warnings: bool) -> list[Problem]:
    """Run all checks; without `whole`, only those that are right even while another file could not be read. Without
    `warnings`, rules that can only warn are left out: they take longest.
    """
    found = [problem for check in LOCAL for problem in check(course)]
    if whole:
        found += [problem for check in WHOLE for problem in check(course)]
        found += rules.run(course, warnings=warnings)
    return found
