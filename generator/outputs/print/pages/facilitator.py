"""The course for whoever leads it: scripts with minutes, activities, assessment and key, sheets to print."""

from collections.abc import Iterator, Sequence

from ....frozen import dataclass
from ...lessondata import Meeting, Sheet, in_order, meeting, sheets
from ...pagedata import Data, Shown, Taught, essays, taught
from ...typesetter import Document
from .base import Selection


def has_plan_or_tools(selection: Selection) -> bool:
    """The guide has something to say only where there is a plan or a tool."""
    return bool(selection.course.plan or selection.course.tools)


@dataclass(frozen=True, slots=True)
class Guide(Shown):
    """The course without its cards, as the facilitator reads it, with the verdicts on documents. `meetings` stand by form, `sheets`
    in the order of their use.
    """

    taught: Taught
    essays: Sequence[Data]
    meetings: Sequence[Sequence[Meeting]]
    sheets: Sequence[Sheet]


def data(selection: Selection) -> Guide:
    """Sheets and documents are those of the chosen modules, and the rubrics that are handed out."""
    course = selection.course
    return Guide(
        taught(course, selection.modules, "facilitator"),
        essays(course, selection.modules, "facilitator"),
        [[meeting(course, form, s) for s in form.sessions] for form in course.forms],
        sheets(course, in_order(course, selection.modules)),
    )


def documents(_: Selection) -> Iterator[Document]:
    """One for the course."""
    yield Document("facilitator.pdf")
