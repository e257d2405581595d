"""What a document is, and what all documents of a course share."""

from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from ....frozen import dataclass
from ....model import Course
from ....text import Tree, formula
from ....text.tree import Formula, Image, Inline
from ...lessondata import printed, sheets
from ...pagedata import Base, Data, Drawing, Patched, Taught, base, drawings, taught
from .. import parts
from ..parts import Document, Part
from .texts import inline, rows, text, tree

POINT = 25.4 / 72  # millimetres
LETTER = parts.LETTERS * POINT


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with what hides its labels, in words what it shows, and how many millimetres wide it is. In a line, `depth`
    millimetres of it are below the letters' feet.
    """

    shown: Patched
    drawing: Drawing
    told: str
    width: float
    depth: float = 0


Pictures: TypeAlias = Mapping[str | Formula, Drawn]


@dataclass(frozen=True, slots=True)
class Page:
    """A document by its path under `docx/`, and its pictures by the names that it has for them, those of formulas by these."""

    path: str
    document: Document
    drawn: Pictures


@dataclass(frozen=True, slots=True)
class Shared:
    """What the documents of a course share: `say` has the words that pages say by themselves. Activities, what is done with a
    sheet (by what there is one for) and its title are known by their ids; `keyed` has those of sheets with a key.
    """

    course: Course
    base: Base
    taught: Taught
    activities: Mapping[str, Data]
    uses: Mapping[str, Mapping[str, str]]
    names: Mapping[str, tuple[Inline, ...]]
    keyed: Collection[str]

    @property
    def say(self) -> Mapping[str, str]:
        """The words that pages say by themselves, by their keys."""
        return self.base.labels

    def heads(self, *labels: str) -> tuple[Tree, ...]:
        """Labels as the head of a table."""
        return tuple(text(_capital(self.say[each])) for each in labels)

    def page(
        self, path: str, title: str, held: Iterator[Part], drawn: Pictures | None = None
    ) -> Page:
        """A document with its foot, and the pictures that its texts show beside those given."""
        about = self.course.about
        document = Document(
            title,
            ", ".join(map(str, about.authors)),
            str(about.language),
            str(about.day),
            f"{self.base.plain.title} · {title}",
            tuple(held),
        )
        return Page(f"{path}.docx", document, {**_in_texts(self.course, document), **(drawn or {})})


def shared(course: Course) -> Shared:
    """What the documents of a course share."""
    known = taught(course, course.modules, "facilitator")
    every = {str(sheet.tool["id"]): sheet for sheet in sheets(course, printed(course).values())}
    return Shared(
        course,
        base(course),
        known,
        {str(each["id"]): each for m in known.modules for each in rows(m["activities"])},
        {id_: sheet.use for id_, sheet in every.items()},
        {id_: inline(tree(sheet.tool["title"])) for id_, sheet in every.items()},
        {id_ for id_, sheet in every.items() if sheet.tool["sort"] is not None},
    )


def _in_texts(course: Course, document: Document) -> Pictures:
    """The pictures and formulas that the texts of a document show."""
    shown = list(parts.drawn(document))
    named = {node.file for node in shown if isinstance(node, Image)}
    found: dict[str | Formula, Drawn] = {
        name: Drawn(
            Patched(name, "", ()),
            drawing,
            drawing.alt,
            min(parts.WIDE, drawing.wide * LETTER),
        )
        for name, drawing in (drawings(course, named) if named else {}).items()
    }
    formulas = {node: _formula(node) for node in shown if isinstance(node, Formula)}
    return found | {node: made for node, made in formulas.items() if made}


def _formula(node: Formula) -> Drawn | None:
    """A formula as print draws it, with its TeX as its text alternative; None for one from Anki that cannot be drawn."""
    made = formula.drawn(node.tex, display=node.display)
    if made is None:
        return None
    drawing = Drawing(made.svg, "", node.tex, made.height / made.width, made.width)
    shown = Patched(node.tex, "", ())
    return Drawn(shown, drawing, node.tex, made.width * LETTER, made.depth * LETTER)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
