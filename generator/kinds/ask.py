"""A question and its one answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from .. import markdown
from ..texts import Picture, Prose
from .base import Card, Part, face
from .notetype import NoteType, templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Card):
    """A question and its one answer."""

    kind: ClassVar[str] = "ask"
    note_type: ClassVar[NoteType] = NoteType(
        "ask",
        1,
        "Coursedeck question",
        ("Question", "Answer", "Detail"),
        templates(1, ("Question", "ask"), ("Spare", "spare")),
    )

    ask: Prose
    answer: Prose

    def parts(self, pictures: Mapping[str, Picture]) -> Iterator[Part]:  # noqa: ARG002
        """One note."""
        fields = {
            "Question": markdown.html(self.ask),
            "Answer": markdown.html(self.answer),
            "Detail": markdown.html(self.more),
        }
        yield Part(fields=fields, faces=(face(self.ask, self.answer, self.more),))
