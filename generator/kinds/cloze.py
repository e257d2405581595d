"""A sentence with deletions."""

import itertools
from collections.abc import Iterator, Mapping
from typing import ClassVar

from ..frozen import dataclass
from ..problems import Problem, sign
from ..text import clozes, ruby, to_cloze, to_html, unmarked
from ..texts import Line, Prose
from .base import Card, Face, Part, Row, Setting, face
from .notetype import NoteType, templates


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cloze(Card):
    """A sentence with gaps: a note with a card for each number.

    cloze: The sentence, in which each gap is a deletion as Anki writes it: `{{c1::word}}`, or `{{c1::word::hint}}`.
        Deletions of one number are hidden together.
    """

    kind: ClassVar[str] = "cloze"
    note_type: ClassVar[NoteType] = NoteType(
        "cloze",
        2,
        "Coursedeck cloze",
        ("Text", "Detail"),
        templates(2, ("Cloze", "cloze")),
        cloze=True,
    )
    question_repeats: ClassVar[bool] = True
    names_topic: ClassVar[bool] = False

    cloze: Prose

    def parts(self, setting: Setting) -> Iterator[Part]:
        """One note with a face for each number."""
        faces = tuple(self._face(number) for number in clozes.numbers(self.cloze))
        yield Part(fields=self._fields, faces=faces)

    def _fields(self) -> dict[str, str]:
        return {"Text": to_cloze(self.cloze), "Detail": to_html(self.more)}

    def _face(self, number: int) -> Face:
        span = self.cloze.span
        asked = Prose(clozes.hidden(self.cloze, number), span)
        answer = " · ".join(d.alone for d in clozes.deletions(self.cloze) if d.number == number)
        return face(asked, Line(answer, span), self.more, ordinal=number - 1)

    def rows(self, notes: Mapping[str, tuple[Face, ...]], setting: Setting) -> Iterator[Row]:
        """One row with all blanks at once: in a row for each, one would show what another asks for. Several are numbered."""
        found = clozes.deletions(self.cloze)
        if len(found) > 1:
            place = itertools.count(1)
            blanks = clozes.replace(self.cloze, lambda each: clozes.blank(each, next(place)))
            deleted = " · ".join(
                f"{clozes.counted(each, n)} {each.alone}" for n, each in enumerate(found, 1)
            )
        else:
            blanks = clozes.replace(self.cloze, clozes.blank)
            deleted = " · ".join(each.alone for each in found)
        for id_ in notes:
            yield Row(
                id=id_,
                question=Prose(blanks),
                answer=Line(deleted),
                parts=len(found),
                more=self.more,
            )

    def faults(self) -> Iterator[Problem]:
        """A malformed cloze: Anki would make no card of it, and not say so."""
        if not self.cloze:
            return  # it could not be read, which was said
        if fault := clozes.fault(self.cloze):
            where = sign(self.cloze, fault.start, fault.end)
            yield Problem(self.cloze.span, "cloze", fault.message, fault.hint, where)
            return
        if self.cloze.isascii() and unmarked(self.cloze) == self.cloze:
            return  # nothing that could be parted or crossed
        parted = None if self.cloze.isascii() else ruby.PARTED.search(self.cloze)
        if parted:
            yield Problem(
                self.cloze.span,
                "cloze",
                f"“{parted[0]}”: a deletion parts words from their reading",
                "hide both of them together: {{c1::駅{えき}}}",
                sign(self.cloze, *parted.span()),
            )
            return
        crossed = clozes.crossing(to_html(Prose(clozes.closed(self.cloze))))
        if crossed is not None:
            each = clozes.deletions(self.cloze)[crossed]
            yield Problem(
                self.cloze.span,
                "cloze",
                "a deletion and some markup cross",
                "begin and end emphasis, links, paragraphs and cells on the same side of a deletion's braces",
                sign(self.cloze, each.start, each.end),
            )
