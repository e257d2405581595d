"""The course on a few pages, to hand out or to send before it begins."""

from collections.abc import Iterator, Sequence

from ....frozen import dataclass
from ....model import Claim, Course, Essay, Module
from ....text import Tree, to_tree
from ...pagedata import Shown, Taught, Works, taught, works
from ...typesetter import Document
from .base import Selection, says_more


@dataclass(frozen=True, slots=True)
class Listed(Shown):
    """A document with its main claim."""

    number: int
    title: Tree
    claim: Tree


@dataclass(frozen=True, slots=True)
class Outline(Shown):
    """What the course is. `documents` are those of the chosen modules; `package` is the name of the file with all cards."""

    taught: Taught
    documents: Sequence[Listed]
    works: Works
    package: str


def data(selection: Selection) -> Outline:
    """The chosen modules, the plan of the whole course. The one module of a course of one file is the course itself."""
    course = selection.course
    several = len(course.modules) > 1
    return Outline(
        taught=taught(course, [m for m in selection.modules if several or says_more(m)], "learner"),
        documents=_documents(course, selection.modules),
        works=works(course),
        package=f"{course.about.id}.apkg",
    )


def _documents(course: Course, modules: Sequence[Module]) -> list[Listed]:
    named = {id_ for module in modules for id_ in module.essays}
    return [
        Listed(essay.number, to_tree(essay.title), to_tree(claim.text) if claim else Tree())
        for essay in course.essays
        if essay.id in named
        for claim in [_main(essay)]
    ]


def _main(essay: Essay) -> Claim | None:
    """The claim that is marked so, or the first."""
    return next((c for c in essay.claims if c.main), next(iter(essay.claims), None))


def documents(_: Selection) -> Iterator[Document]:
    """One for the course."""
    yield Document("outline.pdf")
