"""Checks: plain functions from a course to problems, in lists. One file a family."""

from collections.abc import Callable, Iterator

from ..checks import coverage, identity, references, rules, structure
from ..model import Course
from ..problems import Problem

Check = Callable[[Course], Iterator[Problem]]

# These look at one record at a time, and tell the truth even of a course with holes.
LOCAL: tuple[Check, ...] = (*identity.CHECKS, *references.TO_SOURCES, *structure.CHECKS)
# These follow names from file to file: a broken file would make them accuse the innocent.
WHOLE: tuple[Check, ...] = (*references.CHECKS, *coverage.CHECKS, rules.run)


def run(course: Course, *, whole: bool) -> list[Problem]:
    """Run the checks. Not `whole`: only those that make sense while something could not be read."""
    chosen = (*LOCAL, *WHOLE) if whole else LOCAL
    return [problem for check in chosen for problem in check(course)]
