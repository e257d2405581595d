"""The note types: fixed ids, fields and templates.

Everything here is public for ever. Anki turns every note of a type into a conflict when a field or template is added, removed or
moved; so each type has spare fields and, where Anki allows a second template, one that a spare field switches on.
`My notes` is the learner's: it stands last, so that a text update can leave it out, and we always leave it empty.
"""

import functools
from dataclasses import dataclass
from importlib.resources import files

from .. import style

# Context: course and module. Topic: concept or document, shown with the answer, which it might give away.
TAIL = (
    "Context",
    "Topic",
    "Source",
    "Accent",
    "Language",
    "Id",
    "Retired",
    "Spare 1",
    "Spare 2",
    "Spare 3",
    "My notes",
)
# Anki's stock kind of an image occlusion note type; its editor looks for fields by their tags 0 to 4.
IMAGE_OCCLUSION = 6


@dataclass(frozen=True, slots=True)
class Template:
    """A template: `file` names `FILE.front.html` and `FILE.back.html` in this folder."""

    name: str
    file: str
    id: int

    @property
    def front(self) -> str:
        """The question side, in Anki's template language."""
        return _read(f"{self.file}.front.html")

    @property
    def back(self) -> str:
        """The answer side."""
        return _read(f"{self.file}.back.html")


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type. `number` makes all its ids; `fields` are its own, before the common tail."""

    kind: str
    number: int
    name: str
    own_fields: tuple[str, ...]
    templates: tuple[Template, ...]
    cloze: bool = False
    stock_kind: int | None = None

    @property
    def id(self) -> int:
        """The model id."""
        return 1_795_522_400_000 + self.number

    @property
    def fields(self) -> tuple[str, ...]:
        """All field names in order."""
        return self.own_fields + TAIL

    def field_id(self, ordinal: int) -> int:
        """The id of a field by its place, from 0."""
        return 1_795_522_400_000_000 + self.number * 1000 + ordinal

    @property
    def css(self) -> str:
        """The style of the cards: colours first, then the rules."""
        return style.css_variables() + "\n" + _read("card.css")


def _template(number: int, ordinal: int, name: str, file: str) -> Template:
    return Template(name, file, 1_795_522_400_500_000 + number * 1000 + ordinal)


NOTE_TYPES: dict[str, NoteType] = {
    kind.kind: kind
    for kind in (
        NoteType(
            "ask",
            1,
            "Coursedeck question",
            ("Question", "Answer", "Detail"),
            (_template(1, 0, "Question", "ask"), _template(1, 1, "Spare", "spare")),
        ),
        NoteType(
            "cloze",
            2,
            "Coursedeck cloze",
            ("Text", "Detail"),
            (_template(2, 0, "Cloze", "cloze"),),
            cloze=True,
        ),
        NoteType(
            "pair",
            3,
            "Coursedeck pair",
            ("Left", "Right", "Ask right", "Ask left", "Detail"),
            (
                _template(3, 0, "Left to right", "pair-right"),
                _template(3, 1, "Right to left", "pair-left"),
                _template(3, 2, "Spare", "spare"),
            ),
        ),
        NoteType(
            "sequence",
            4,
            "Coursedeck sequence",
            ("Item", "Prompt", "Before", "After", "List", "Detail"),
            (_template(4, 0, "Item", "sequence"), _template(4, 1, "Spare", "spare")),
        ),
        NoteType(
            "sort",
            5,
            "Coursedeck sort",
            ("Case", "Question", "Options", "Answer", "Detail"),
            (_template(5, 0, "Case", "sort"), _template(5, 1, "Spare", "spare")),
        ),
        NoteType(
            "diagram",
            6,
            "Coursedeck diagram",
            ("Occlusion", "Image", "Header", "Back Extra", "Comments"),
            (_template(6, 0, "Diagram", "diagram"),),
            cloze=True,
            stock_kind=IMAGE_OCCLUSION,
        ),
    )
}


@functools.cache
def _read(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")
