"""A riddle and its solution."""

from collections.abc import Iterator
from typing import ClassVar

from ..frozen import dataclass
from ..text import to_html
from ..texts import Prose
from .base import Card, Part, Setting, face
from .notetype import NoteType, templates


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Riddle(Card):
    """A riddle and its solution.

    riddle: What is asked.
    solution: What it is.
    """

    kind: ClassVar[str] = "riddle"
    note_type: ClassVar[NoteType] = NoteType(
        "riddle",
        99,
        "Coursedeck riddle",
        ("Question", "Answer", "Detail"),
        templates(99, ("Question", "riddle"), ("Spare", "spare")),
    )

    riddle: Prose
    solution: Prose

    def parts(self, setting: Setting) -> Iterator[Part]:  # noqa: ARG002
        """One note."""
        yield Part(fields=self._fields, faces=(face(self.riddle, self.solution, self.more),))

    def _fields(self) -> dict[str, str]:
        return {
            "Question": to_html(self.riddle),
            "Answer": to_html(self.solution),
            "Detail": to_html(self.more),
        }
