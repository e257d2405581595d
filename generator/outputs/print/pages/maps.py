"""A page for the wall for each module: pictures and names, without what is to be learned about them."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ....frozen import dataclass
from ....model import Concept, Essay, Module
from ....text import Tree, scripts, to_plain, to_tree
from ....texts import Line, Prose
from ...pagedata import Drawing, Patched, Shown, concept_names, hidden, images, pictures
from ...typesetter import Document
from .base import Selection


@dataclass(frozen=True, slots=True)
class MappedConcept(Shown):
    """A concept on a map; `builds` has the names of those it builds on."""

    name: Tree
    definition: Tree
    builds: Sequence[Tree]


@dataclass(frozen=True, slots=True)
class MappedDocument(Shown):
    """A document on a map."""

    number: int
    title: Tree
    about: Tree


@dataclass(frozen=True, slots=True)
class Map(Shown):
    """What stands on one module's map. So many letters has the longest word of its names, and of these and what is said of them."""

    id: str
    title: Tree
    accent: str
    summary: Tree
    pictures: Sequence[Patched]
    concepts: Sequence[MappedConcept]
    documents: Sequence[MappedDocument]
    longest_of_names: int
    longest_of_all: int


@dataclass(frozen=True, slots=True)
class Maps(Shown):
    """Maps in the order of their modules, and the pictures on them."""

    pictures: Mapping[str, Drawing]
    maps: Sequence[Map]


def has_maps(selection: Selection) -> bool:
    """There are maps only of modules with concepts or documents."""
    return bool(_mapped(selection))


def _mapped(selection: Selection) -> list[Module]:
    return [module for module in selection.modules if module.named or module.essays]


def data(selection: Selection) -> Maps:
    """A map for each module that has something to show, with its pictures."""
    course = selection.course
    names = concept_names(course)
    essays = {essay.id: essay for essay in course.essays}
    by_name = {picture.name: picture for picture in course.pictures}

    def map_of(module: Module) -> Map:
        found = [by_name[name] for name in images(module) if name in by_name]
        documents = [essays[id_] for id_ in module.essays if id_ in essays]
        names_of = [each.name for each in module.named] + [each.title for each in documents]
        more = [each.definition for each in module.named] + [each.about for each in documents]
        return Map(
            id=module.id,
            title=to_tree(module.title),
            accent=module.accent,
            # A module that mixes cards of others says of itself how its cards are to be learned: nothing for a wall.
            summary=Tree() if module.mixed else to_tree(module.summary),
            pictures=[hidden(picture, ()) for picture in found],
            concepts=[_concept(concept, names) for concept in module.named],
            documents=[_document(each) for each in documents],
            longest_of_names=_longest(names_of),
            longest_of_all=_longest([*names_of, *more]),
        )

    return Maps(
        pictures=pictures(course, selection.modules),
        maps=[map_of(module) for module in _mapped(selection)],
    )


def _longest(texts: Iterable[Line | Prose]) -> int:
    """The letters of the longest word, a mark and its letter as one. A script without blanks breaks anywhere."""
    words = scripts.UNSPACED.sub(" ", " ".join(map(to_plain, texts))).split()
    letters = (sum(unicodedata.category(sign)[0] != "M" for sign in word) for word in words)
    return max(letters, default=1)


def _concept(concept: Concept, names: Mapping[str, Tree]) -> MappedConcept:
    return MappedConcept(
        name=to_tree(concept.name),
        definition=to_tree(concept.definition),
        builds=[names[id_] for id_ in concept.builds_on if id_ in names],
    )


def _document(essay: Essay) -> MappedDocument:
    return MappedDocument(
        number=essay.number,
        title=to_tree(essay.title),
        about=to_tree(essay.about),
    )


def documents(_: Selection) -> Iterator[Document]:
    """All maps in one."""
    yield Document("maps.pdf", measure="page.measures()")
