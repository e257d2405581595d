"""Values that know where the author wrote them: texts, citations, drawings and their labels.

Types of text: `Id` is lower-case kebab-case and public for ever; `Line` is one line of inline Markdown; `Prose` is
Markdown with paragraphs and lists; `Plain` is taken as it stands, `Exact` and `Html` to the letter. Every text remembers its
place (`.span`), so that a check can point to it.
"""

import typing
from dataclasses import field
from typing import Literal, Self

from .frozen import dataclass
from .problems import Span

NOWHERE = Span("")


class Text(str):
    """A string that knows where the author wrote it. It keeps what `text/` makes of it, since several ask for that: a cache of
    all texts would take four times the room, and keep what nobody asks for again.
    """

    __slots__ = ("compared", "html", "plain", "span")
    span: Span
    html: str | None
    plain: str | None
    compared: str | None

    def __new__(cls, value: str = "", span: Span = NOWHERE) -> Self:
        """Make a text; `span` is where it was written."""
        text = str.__new__(cls, value)
        text.span = span
        text.html = text.plain = text.compared = None
        return text


class Id(Text):
    """Lower-case letters, digits and single hyphens. Never changes once released."""

    __slots__ = ()


class Plain(Text):
    """Taken as it stands: no Markdown."""

    __slots__ = ()


class Line(Text):
    """Inline Markdown on one line."""

    __slots__ = ()


class Prose(Text):
    """Markdown with paragraphs and lists."""

    __slots__ = ()


class Exact(Text):
    """Taken to the letter, with its blanks and line ends, and perhaps empty: what Anki keeps, and we keep for it."""

    __slots__ = ()


class Html(Exact):
    """HTML of an Anki field or template, as it stands. For print it is read by `text/fields.py`."""

    __slots__ = ()


def literal(text: str) -> str:
    """Plain text as Markdown that reads the same: every character that means something in Markdown is escaped."""
    return "".join("\\" + c if c in "\\`*_[]<>&~^$" else c for c in text)


# From the least sure to the surest.
Confidence = Literal["unverified", "reported", "confirmed"]
LEVELS: tuple[Confidence, ...] = typing.get_args(Confidence)


def less_sure(level: Confidence, bar: Confidence) -> bool:
    """Whether a fact of this confidence is less sure than the bar."""
    return LEVELS.index(level) < LEVELS.index(bar)


# Who reads a field in print: the facilitator, or learners too. It is said in the field's metadata, under "for"; a field
# that says nothing is printed for nobody.
Reader = Literal["learner", "facilitator"]
LEARNER: dict[str, Reader] = {"for": "learner"}
FACILITATOR: dict[str, Reader] = {"for": "facilitator"}


def within(least: int, most: int) -> dict[str, tuple[int, int]]:
    """The metadata of a field whose number is at least and at most so large: what makes sense for it."""
    return {"within": (least, most)}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Record:
    """What every record has: the place where it begins, and whether all of it could be read. What is counted in one that is not
    whole would only say once more what is wrong with it.
    """

    span: Span = field(default=NOWHERE, metadata={"key": False})
    whole: bool = field(default=True, metadata={"key": False})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cite(Record):
    """A work of `sources.yaml` and the place in it. Written `- key` or `- key: "2006, ch. 8"`."""

    work: Id = field(metadata=LEARNER)
    at: Plain = field(default=Plain(), metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mask(Record):
    """A label of a diagram. Left, top, width and height are fractions of the picture's width and height.
    `number` is the cloze number: public for ever.
    """

    number: int
    label: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class File(Record):
    """A file of `media/` as it is published. `told` names what was taken out of it: place, camera, author and so on."""

    name: str
    data: bytes
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Font(File):
    """A font of a course: the families in the file, and the characters that it can print."""

    families: tuple[str, ...]
    covered: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sound(File):
    """A sound."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture(File):
    """A picture, its width and height in user units or pixels. A drawing (SVG) brings its text alternative and its labels;
    of any other picture they are said where it is shown. `asked` is what may be told of it while its labels are asked. `turned`
    is EXIF's number of how it is turned, 1 where it is not.
    """

    title: str
    description: str
    width: float
    height: float
    masks: tuple[Mask, ...]
    turned: int = 1
    asked: str = ""

    @property
    def photo(self) -> bool:
        """Whether it is a drawing that holds a picture of pixels."""
        return self.name.endswith(".svg") and b"<image" in self.data
