"""Cases told apart among the same options: one note for each case."""

from collections.abc import Iterator
from dataclasses import field
from functools import partial
from typing import ClassVar

from ..frozen import dataclass
from ..problems import Problem
from ..text import made, to_html
from ..texts import FACILITATOR, LEARNER, Id, Line, Prose, Record
from .base import Card, Part, Setting, face
from .notetype import NoteType, templates


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SortCase(Record):
    """A case to be sorted.

    id: The name of the case within its card or sheet. A draft may leave it out.
    case: The case.
    belongs: Where it belongs: one of the options, in the same words.
    why: Why it belongs there.
    """

    id: Id
    case: Prose = field(metadata=LEARNER)
    belongs: Line = field(metadata=FACILITATOR)
    why: Prose = field(metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SortContent(Record):
    """One question and one set of options over several cases.

    ask: The question, the same for every case.
    options: At least two options to choose from.
    cases: The cases.
    """

    ask: Line
    options: tuple[Line, ...]
    cases: tuple[SortCase, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sort(Card):
    """Cases told apart: which of the options is it, and why? One note for each case.

    sort: The question, its options and its cases.
    """

    kind: ClassVar[str] = "sort"
    note_type: ClassVar[NoteType] = NoteType(
        "sort",
        5,
        "Coursedeck sort",
        ("Case", "Question", "Options", "Answer", "Detail"),
        templates(5, ("Case", "sort"), ("Spare", "spare")),
        made=("Options",),
    )
    answer_in_sight: ClassVar[bool] = True
    gives_choice: ClassVar[bool] = True
    answer_repeats: ClassVar[bool] = True

    sort: SortContent

    def parts(self, setting: Setting) -> Iterator[Part]:
        """One note for each case. Only the case is new to read: the question is the same over all of them."""
        given = self.sort
        for case in given.cases:
            more = self.under(case.why)
            shown = (case.case, made.strong(given.ask), made.listed(given.options))
            question = made.under(case.case.span, *shown)
            asked = face(question, case.belongs, more, prompt=case.case)
            yield Part(suffix=str(case.id), fields=partial(self._fields, case), faces=(asked,))

    def _fields(self, case: SortCase) -> dict[str, str]:
        options = "".join(f"<li>{to_html(option)}</li>" for option in self.sort.options)
        return {
            "Case": to_html(case.case),
            "Question": to_html(self.sort.ask),
            "Options": f"<ul>{options}</ul>",
            "Answer": to_html(case.belongs),
            "Detail": to_html(self.under(case.why)),
        }

    def part_ids(self) -> tuple[Id, ...]:
        """The cases' ids."""
        return tuple(case.id for case in self.sort.cases)

    def faults(self) -> Iterator[Problem]:
        """There is a choice, and each case belongs to one of the options."""
        given = self.sort
        if not given.whole:
            return
        if len(set(given.options)) < 2:
            yield Problem(given.span, "short-list", "a sort needs at least two different options")
        else:
            yield from misplaced(given.options, given.cases)


def misplaced(options: tuple[Line, ...], cases: tuple[SortCase, ...]) -> Iterator[Problem]:
    """Cases that belong to none of the options."""
    for case in cases:
        if case.belongs not in options:
            message = f"“{case.belongs}” is not among the options"
            hint = "one of: " + ", ".join(options)
            yield Problem(case.belongs.span, "not-an-option", message, hint)
