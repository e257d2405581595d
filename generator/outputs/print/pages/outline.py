"""The course without its cards, for learners."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ....notes import citer
from ....texts import Cite, Plain
from ...pagedata import Data, Drawing, Shown, Taught, pictures, record, taught
from ...typeset import Document
from .base import Selection


@dataclass(frozen=True, slots=True)
class Outline(Shown):
    """The course without its cards, as its learners read it.

    `works` has short references by the ids of works, `authored` the ids of those that Typst can cite by author;
    `bibliography` is `sources.yaml`.
    """

    taught: Taught
    pictures: Mapping[str, Drawing]
    essays: Sequence[Data]
    works: Mapping[str, Plain]
    authored: Sequence[str]
    bibliography: str


def data(selection: Selection) -> Outline:
    """Documents are those of the chosen modules; works are those of the whole course."""
    course = selection.course
    cited_as = citer(course.works)
    essays = {id_ for module in selection.modules for id_ in module.essays}
    return Outline(
        taught=taught(course, selection.modules, "learner"),
        pictures=pictures(course, selection.modules),
        essays=[record(essay, "learner") for essay in course.essays if essay.id in essays],
        works={work.id: Plain(cited_as(Cite(work=work.id))) for work in course.works},
        authored=[work.id for work in course.works if work.author],
        bibliography=course.bibliography.decode("utf-8"),
    )


def documents(_: Selection) -> Iterator[Document]:
    """One for the course."""
    yield Document("outline.pdf")
