"""A question and its one answer."""

import re
from collections.abc import Iterator
from typing import ClassVar

from ..frozen import dataclass
from ..late import late
from ..text import to_html
from ..texts import Prose
from .base import Card, Part, Setting, face
from .notetype import NoteType, templates

# A list under a question holds options to look at.
OPTIONS = late(r"^\s*- .*", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question(Card):
    """A question and its one answer.

    ask: The question. A list at its end holds options to look at.
    answer: The answer.
    """

    kind: ClassVar[str] = "ask"
    note_type: ClassVar[NoteType] = NoteType(
        "ask",
        1,
        "Coursedeck question",
        ("Question", "Answer", "Detail"),
        templates(1, ("Question", "ask"), ("Spare", "spare")),
    )
    gives_choice: ClassVar[bool] = True

    ask: Prose
    answer: Prose

    def parts(self, setting: Setting) -> Iterator[Part]:
        """One note."""
        stem = Prose(OPTIONS.sub("", self.ask), self.ask.span) if "- " in self.ask else self.ask
        asked = face(self.ask, self.answer, self.more, prompt=stem)
        yield Part(fields=self._fields, faces=(asked,))

    def _fields(self) -> dict[str, str]:
        return {
            "Question": to_html(self.ask),
            "Answer": to_html(self.answer),
            "Detail": to_html(self.more),
        }
