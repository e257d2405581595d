"""The course without its cards, for learners to read through."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ....frozen import dataclass
from ....languages import primary
from ....model import Concept, Course
from ....text import Tree, to_plain, to_tree
from ...pagedata import Data, Drawing, Shown, Taught, Works, essays, pictures, taught, works
from ...typesetter import Document
from .base import Selection, says_more

# What counts for nothing at the head of a name, by language: “The ladder” stands under L.
ARTICLE = {"en": "^(the|an?) "}


@dataclass(frozen=True, slots=True)
class Term(Shown):
    """A concept in the index."""

    id: str
    name: Tree


@dataclass(frozen=True, slots=True)
class Letter(Shown):
    """The concepts of the index that stand under a letter; those that begin with another sign have it in its place."""

    letter: str
    terms: Sequence[Term]


@dataclass(frozen=True, slots=True)
class Figures(Shown):
    """The drawings of a concept: those that stand beside it, and those that stood beside one before."""

    here: Sequence[str]
    before: Sequence[str]


@dataclass(frozen=True, slots=True)
class Book(Shown):
    """The course without its cards, as its learners read it. `figures` has the drawings of concepts by their ids, `index` the
    concepts of the chosen modules in alphabetical order, `package` the name of the file with all cards.
    """

    taught: Taught
    pictures: Mapping[str, Drawing]
    figures: Mapping[str, Figures]
    index: Sequence[Letter]
    essays: Sequence[Data]
    works: Works
    package: str


def data(selection: Selection) -> Book:
    """Documents are those of the chosen modules; works are those of the whole course."""
    course = selection.course
    concepts = [concept for module in selection.modules for concept in module.named]
    return Book(
        taught=taught(course, [m for m in selection.modules if says_more(m)], "learner"),
        pictures=pictures(course, selection.modules),
        figures=_figures(course, concepts),
        index=_index(concepts, course.about.language),
        essays=essays(course, selection.modules, "learner"),
        works=works(course),
        package=f"{course.about.id}.apkg",
    )


def _figures(course: Course, concepts: Iterable[Concept]) -> dict[str, Figures]:
    """Each drawing stands beside the first concept that has it."""
    there = {picture.name for picture in course.pictures}
    shown: set[str] = set()
    found = {}
    for concept in concepts:
        own = [str(name) for name in concept.images() if name in there]
        here = [name for name in own if name not in shown]
        found[str(concept.id)] = Figures(here, [name for name in own if name in shown])
        shown |= {*own}
    return found


def _index(concepts: Iterable[Concept], language: str) -> list[Letter]:
    """The concepts in alphabetical order, in which marks on letters count for nothing: “Ä” stands under A."""
    article = ARTICLE.get(primary(language), "")

    def place(concept: Concept) -> str:
        letters = unicodedata.normalize("NFD", to_plain(concept.name).casefold())
        return re.sub(article, "", "".join(c for c in letters if not unicodedata.combining(c)))

    return [
        Letter(letter.upper(), [Term(str(each.id), to_tree(each.name)) for each in own])
        for letter, own in itertools.groupby(sorted(concepts, key=place), lambda c: place(c)[:1])
    ]


def documents(_: Selection) -> Iterator[Document]:
    """One for the course."""
    yield Document("book.pdf")
