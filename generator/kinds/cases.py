"""One skill asked with a case that changes: three to six cases on one card, one drawn each day."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from ..frozen import dataclass
from ..problems import Problem
from ..text import made, to_html
from ..texts import Id, Line, Prose, Record
from .base import Card, Face, Part, Row, Setting, face
from .notetype import NoteType, templates

LEAST, MOST = 3, 6
SLOTS = range(1, MOST + 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DrawnCase(Record):
    """A case with its own answer, and why it is that and not its neighbour.

    id: The name of the case within its card. A draft may leave it out.
    case: What has happened, or what lies before the learner.
    answer: The answer to the question in this case.
    why: Why that is the answer, and not what one might think of first.
    """

    id: Id
    case: Prose
    answer: Prose
    why: Prose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CasesContent(Record):
    """One question over three to six cases that look unlike each other and need the same thought.

    ask: The question, the same for every case.
    cases: Three to six cases, equally hard.
    """

    ask: Line
    cases: tuple[DrawnCase, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CasesCard(Card):
    """One skill, asked with a case that changes: one note and one card, which draws a case a day. Without JavaScript it
    shows the first one. Anki keeps one schedule for all of them, so they should be equally hard. In print each case is a
    card.

    cases: The question and its cases.
    """

    kind: ClassVar[str] = "cases"
    note_type: ClassVar[NoteType] = NoteType(
        "cases",
        7,
        "Coursedeck cases",
        (
            *(f"Case {n}" for n in SLOTS),
            "Question",
            *(f"Answer {n}" for n in SLOTS),
            *(f"Why {n}" for n in SLOTS),
            "Detail",
        ),
        templates(7, ("Cases", "cases"), ("Spare", "spare"), browser="{{Case 1}}"),
    )
    answer_repeats: ClassVar[bool] = True

    cases: CasesContent

    def parts(self, setting: Setting) -> Iterator[Part]:
        """One note whose faces, one for each case, are all of its one card."""
        yield Part(fields=self._fields, faces=tuple(self._faces()))

    def _fields(self) -> dict[str, str]:
        fields = {"Question": to_html(self.cases.ask), "Detail": to_html(self.more)}
        for number, case in enumerate(self.cases.cases, 1):
            fields[f"Case {number}"] = to_html(case.case)
            fields[f"Answer {number}"] = to_html(case.answer)
            fields[f"Why {number}"] = to_html(case.why)
        return fields

    def _faces(self) -> Iterator[Face]:
        for number, case in enumerate(self.cases.cases, 1):
            question = made.under(case.case.span, case.case, made.strong(self.cases.ask))
            asked = face(question, case.answer, self.under(case.why), prompt=case.case)
            yield replace(asked, number=number)

    def part_ids(self) -> tuple[Id, ...]:
        """The cases' ids."""
        return tuple(case.id for case in self.cases.cases)

    def rows(self, notes: Mapping[str, tuple[Face, ...]], setting: Setting) -> Iterator[Row]:
        """A row for each case."""
        for id_, faces in notes.items():
            for each in faces:
                yield Row(
                    id=f"{id_}/{each.number}",
                    question=each.question,
                    answer=each.answer,
                    more=each.more,
                )

    def faults(self) -> Iterator[Problem]:
        """There are as many cases as the note type has fields for, and enough to vary."""
        count = len(self.cases.cases)
        if self.cases.whole and not LEAST <= count <= MOST:
            message = f"a card of cases takes {LEAST} to {MOST} cases, not {count}"
            hint = "with one or two, ask a plain question; of more than six, make two cards"
            yield Problem(self.cases.span, "case-count", message, hint)
