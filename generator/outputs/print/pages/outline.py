"""The course without its cards, for learners."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ....citations import citer
from ....frozen import dataclass
from ....languages import primary
from ....model import Concept, Module
from ....text import Tree, to_plain, to_tree
from ....texts import Cite, Plain
from ...pagedata import Data, Drawing, Shown, Taught, pictures, record, taught
from ...typesetter import Document
from .base import Selection

# What counts for nothing at the head of a name, by language: “The ladder” stands under L.
ARTICLE = {"en": "^(the|an?) "}


@dataclass(frozen=True, slots=True)
class Term(Shown):
    """A concept in the glossary and in the index."""

    id: str
    name: Tree
    definition: Tree


@dataclass(frozen=True, slots=True)
class Outline(Shown):
    """The course without its cards, as its learners read it.

    `terms` has the concepts of the chosen modules, `works` short references by the ids of works, `authored` the ids of
    those that Typst can cite by author; `bibliography` is `sources.yaml`.
    """

    taught: Taught
    pictures: Mapping[str, Drawing]
    terms: Sequence[Term]
    essays: Sequence[Data]
    works: Mapping[str, Plain]
    authored: Sequence[str]
    bibliography: str


def teaches(selection: Selection) -> bool:
    """An outline has something to say only where there is more than cards."""
    course, modules = selection.course, selection.modules
    return bool(course.plan or course.about.outcomes or any(map(_said, modules)))


def _said(module: Module) -> bool:
    """Whether there is more to say of a module than its title."""
    parts = (module.summary, module.opening, module.objectives, module.named, module.essays)
    more = (module.misconceptions, module.activities, module.questions, module.field_tasks)
    return any((*parts, *more, module.readings))


def data(selection: Selection) -> Outline:
    """Documents are those of the chosen modules; works are those of the whole course."""
    course = selection.course
    cited_as = citer(course.works)
    concepts = [concept for module in selection.modules for concept in module.named]
    essays = {id_ for module in selection.modules for id_ in module.essays}
    return Outline(
        taught=taught(course, [m for m in selection.modules if _said(m)], "learner"),
        pictures=pictures(course, selection.modules),
        terms=_terms(concepts, course.about.language),
        essays=[record(essay, "learner") for essay in course.essays if essay.id in essays],
        works={work.id: Plain(cited_as(Cite(work=work.id))) for work in course.works},
        authored=[work.id for work in course.works if work.author],
        bibliography=course.bibliography.decode("utf-8"),
    )


def _terms(concepts: Iterable[Concept], language: str) -> list[Term]:
    """The concepts in alphabetical order, in which marks on letters count for nothing: “Ä” stands under A."""
    article = ARTICLE.get(primary(language), "")

    def place(concept: Concept) -> str:
        letters = unicodedata.normalize("NFD", to_plain(concept.name).casefold())
        return re.sub(article, "", "".join(c for c in letters if not unicodedata.combining(c)))

    return [
        Term(str(each.id), to_tree(each.name), to_tree(each.definition))
        for each in sorted(concepts, key=place)
    ]


def documents(_: Selection) -> Iterator[Document]:
    """One for the course."""
    yield Document("outline.pdf")
