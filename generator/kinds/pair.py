"""Two things that belong together, asked both ways."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from ..frozen import dataclass
from ..languages import SPOKEN, bad_language, is_language
from ..problems import Problem
from ..text import in_language, made, spoken, to_html, to_tree
from ..texts import Line, Plain, Record
from .base import Card, Part, Setting, face
from .notetype import NoteType, templates


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairContent(Record):
    """Two things that belong together.

    left: The one thing.
    to-right: The question that stands beside the left side and asks for the right one. Without it, the left side alone is
        the question.
    right: The other thing.
    to-left: The question that stands beside the right side and asks for the left one. Without it, the right side alone is
        the question.
    left-language: The language of the left side, such as `ja`, if it is not that of the course; with `spoken` behind it
        (`ja spoken`) Anki also speaks it.
    right-language: The same of the right side.
    """

    left: Line
    to_right: Line = Line()
    right: Line
    to_left: Line = Line()
    left_language: Plain = Plain()
    right_language: Plain = Plain()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pair(Card):
    """Two things that belong together, asked both ways: a note with two cards.

    pair: The two things, and what is asked.
    """

    kind: ClassVar[str] = "pair"
    note_type: ClassVar[NoteType] = NoteType(
        "pair",
        3,
        "Coursedeck pair",
        ("Left", "Right", "Ask right", "Ask left", "Detail"),
        templates(
            3, ("Left to right", "pair-right"), ("Right to left", "pair-left"), ("Spare", "spare")
        ),
    )

    pair: PairContent

    def parts(self, setting: Setting) -> Iterator[Part]:
        """One note with a face each way. A printed row shows only the first, since each tells the answer of the other."""
        sides = self.pair
        left = in_language(sides.left, sides.left_language)
        right = in_language(sides.right, sides.right_language)
        asked = (
            (left, sides.to_right, right),
            (right, sides.to_left, left),
        )
        faces = tuple(
            face(
                made.under((question or given).span, made.strong(given), question),
                answer,
                self.more,
                ordinal=ordinal,
                prompt=made.beside((question or given).span, given, question),
            )
            for ordinal, (given, question, answer) in enumerate(asked)
        )
        yield Part(fields=partial(self._fields, left, right), faces=faces)

    def _fields(self, left: Line, right: Line) -> dict[str, str]:
        return {
            "Left": to_html(left),
            "Right": to_html(right),
            "Ask right": to_html(self.pair.to_right),
            "Ask left": to_html(self.pair.to_left),
            "Detail": to_html(self.more),
        }

    def faults(self) -> Iterator[Problem]:
        """The languages of its sides are tags, and what is to be spoken can be."""
        sides = self.pair
        for line, language in (
            (sides.left, sides.left_language),
            (sides.right, sides.right_language),
        ):
            tag = Plain(language.removesuffix(SPOKEN), language.span)
            if language and not is_language(tag):
                yield bad_language(tag)
                continue
            for node in spoken.spoken(to_tree(in_language(line, language)).blocks):
                if said := spoken.fault(node):
                    yield Problem(line.span, "spoken", *said)
