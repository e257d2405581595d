"""The course without its cards, for learners."""

from collections.abc import Iterator

from ....notes import citer
from ....texts import Cite, Plain
from ...pagedata import Data, pictures, record, taught
from ...typeset import Document
from .base import Selection


def data(selection: Selection) -> Data:
    """Numbers are those of the whole course."""
    course = selection.course
    cited_as = citer(course.works)
    essays = {id_ for module in selection.modules for id_ in module.essays}
    return taught(course, selection.modules) | {
        "pictures": pictures(course, selection.modules),
        "essays": [record(essay) for essay in course.essays if essay.id in essays],
        "works": {work.id: Plain(cited_as(Cite(work=work.id))) for work in course.works},
        "authored": [work.id for work in course.works if work.author],
        "bibliography": course.bibliography.decode("utf-8"),
    }


def documents(_: Selection) -> Iterator[Document]:
    """One for the course."""
    yield Document("outline.pdf")
