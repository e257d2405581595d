"""What a note type is made of: fixed ids, fields and templates.

Everything here is public for ever. Anki turns every note of a type into a conflict when a field or template is added,
removed or moved; so each type has spare fields and, where Anki allows a second template, one that a spare field
switches on. A spare field that is taken into use gets another name, by which Anki takes it over from a newer type.
`My notes` is the learner's: it stands last, and we always leave it empty.

Every template loads `_coursedeck-mine.css` behind our style, so that a learner's own rules win where both weigh the same. Every
front begins with a field that shows nothing and makes no card, since none of it is a deletion: where a field is renamed, Anki
23.10 puts the first field under each front that has none outside of all conditions.
"""

import functools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from .. import languages, style
from ..frozen import dataclass
from ..labels import LANGUAGES, labels

# Fields that the rest of the program asks for by name.
ID, RETIRED, LINK, MY_NOTES = "Id", "Retired", "Link", "My notes"
# Context: course and module. Topic: concept or document, shown with the answer only, since it might give that away.
# Link: where the course tells of the card; in 1.0.0 it was called “Spare 3”.
TAIL = (
    "Context",
    "Topic",
    "Source",
    "Accent",
    "Language",
    ID,
    RETIRED,
    "Spare 1",
    "Spare 2",
    LINK,
    MY_NOTES,
)
# The editor shows these closed, so that the author's words and `My notes` stand together.
MACHINERY = frozenset(
    {"Context", "Topic", "Accent", "Language", ID, RETIRED, "Spare 1", "Spare 2", "Labels", LINK}
)
# Anki's stock kind of an image occlusion note type; its editor looks for fields by their tags 0 to 4.
IMAGE_OCCLUSION = 6
IDS = 1_795_522_400_000
# Scripts in which languages are written, too, that are usually written from right to left.
LEFT_TO_RIGHT = ("cyrl", "deva", "guru", "latn")
# When the note types got their present form (25 November 2026, 9:35), in seconds since 1970: Anki takes a type when it is
# newer than the learner's. All courses share the types, so the date is the program's. A test says when it is time for a new one.
DATED = 1_795_599_300


@dataclass(frozen=True, slots=True)
class Template:
    """A template: `file` names `FILE.front.html` and `FILE.back.html` in this folder. `browser` is what Anki's browser
    lists as the question, where that is not the front itself.
    """

    name: str
    file: str
    id: int
    browser: str = ""

    @property
    def front(self) -> str:
        """The question side, in Anki's template language."""
        return _template(f"{self.file}.front.html")

    @property
    def back(self) -> str:
        """The answer side."""
        return _template(f"{self.file}.back.html")


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type. All its ids are made of `number`; `own_fields` stand before those that all note types share (`TAIL`).
    `taken` gives spare fields that it has taken into use their names. `made` are the own fields in which no words of the author's
    stand, or parts of several texts of theirs. Anki's lists sort by the first field, for ever: with another
    one, an import dates all of a learner's notes of the type anew, and then leaves out the changes that it brings.
    """

    kind: str
    number: int
    name: str
    own_fields: tuple[str, ...]
    templates: tuple[Template, ...]
    cloze: bool = False
    stock_kind: int | None = None
    taken: tuple[tuple[str, str], ...] = ()
    made: tuple[str, ...] = ()

    @property
    def id(self) -> int:
        """The model id."""
        return IDS + self.number

    @property
    def fields(self) -> tuple[str, ...]:
        """All field names in order."""
        return _with_tail(self.own_fields, self.taken)

    @property
    def worded(self) -> tuple[str, ...]:
        """The fields that each hold one text of the author's, in order: others can suggest other words for them."""
        return tuple(name for name in self.own_fields if name not in self.made)

    def field_id(self, ordinal: int) -> int:
        """The id of a field by its place, from 0."""
        return IDS * 1000 + self.number * 1000 + ordinal

    @property
    def css(self) -> str:
        """The style of the cards: colours first, then the rules, last what depends on the language."""
        return "\n".join([style.css_variables(), _read("card.css"), *_by_language()])


class AnyTemplate(Protocol):
    """What is public of a template, ours or one that came from Anki (`kept.py`)."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def id(self) -> int | None:
        """The id by which Anki knows it, if it has one."""
        ...

    @property
    def front(self) -> str:
        """The question side, in Anki's template language."""
        ...

    @property
    def back(self) -> str:
        """The answer side."""
        ...

    @property
    def browser(self) -> str:
        """What Anki's browser lists as the question, where that is not the front."""
        ...


class AnyType(Protocol):
    """What is public of a note type, ours or one that came from Anki."""

    @property
    def id(self) -> int:
        """The model id."""
        ...

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def fields(self) -> tuple[str, ...]:
        """All field names in order."""
        ...

    @property
    def templates(self) -> Sequence[AnyTemplate]:
        """Its templates in order."""
        ...

    @property
    def cloze(self) -> bool:
        """Whether its cards are deletions."""
        ...

    @property
    def css(self) -> str:
        """The style of the cards."""
        ...


@functools.cache
def _with_tail(own: tuple[str, ...], taken: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    names = dict(taken)
    return own + tuple(names.get(name, name) for name in TAIL)


@functools.cache
def _by_language() -> tuple[str, ...]:
    """What cards in some languages have of their own, as CSS. A template is the same for all courses, and knows the language
    alone: as in `languages.direction`, its script goes first.
    """

    def run(direction: str, sign: str, tags: Iterable[str]) -> str:
        cards = ", ".join(f'.coursedeck[lang{sign}"{tag}" i]' for tag in sorted(tags))
        return f"{cards} {{ direction: {direction}; }}"

    def needs(language: str, within: str) -> str:
        words = labels(language)
        return f'{within}.needs::before {{ content: "{words["needs-anki"]}"; }}'

    return (
        run("rtl", "|=", languages.RIGHT_TO_LEFT),
        run("ltr", "*=", (f"-{script}" for script in LEFT_TO_RIGHT)),
        run("rtl", "*=", (f"-{script}" for script in languages.SCRIPTS_RIGHT_TO_LEFT)),
        needs("en", ""),
        *(needs(language, f".coursedeck:lang({language}) ") for language in LANGUAGES),
    )


def templates(number: int, *named: tuple[str, str], browser: str = "") -> tuple[Template, ...]:
    """The templates of the note type `number`, in order, each given by its name and its file. A template's id follows from the
    note type's number and its own place.
    """
    first = IDS * 1000 + 500_000 + number * 1000
    return tuple(
        Template(name, file, first + ordinal, "" if file == "spare" else browser)
        for ordinal, (name, file) in enumerate(named)
    )


@functools.cache
def _template(name: str) -> str:
    """A template's text; `{{>FILE}}` in it stands for the text of another file here."""
    return re.sub(r"\{\{>([\w.]+)\}\}", lambda found: _read(found[1]), _read(name))


@functools.cache
def _read(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")
