"""The course for whoever leads it: scripts with minutes, activities, assessment and key, sheets to print."""

from collections.abc import Iterator, Sequence

from ....frozen import dataclass
from ...pagedata import Data, Shown, Taught, record, taught
from ...typesetter import Document
from .base import Selection


def has_plan_or_tools(selection: Selection) -> bool:
    """The guide has something to say only where there is a plan or a tool."""
    return bool(selection.course.plan or selection.course.tools)


@dataclass(frozen=True, slots=True)
class Guide(Shown):
    """The course without its cards, as the facilitator reads it, and the sheets to print."""

    taught: Taught
    tools: Sequence[Data]


def data(selection: Selection) -> Guide:
    """Sheets are those of the chosen modules."""
    kept = {module.id for module in selection.modules}
    tools = [record(tool, "facilitator") for tool in selection.course.tools if tool.module in kept]
    return Guide(taught(selection.course, selection.modules, "facilitator"), tools)


def documents(_: Selection) -> Iterator[Document]:
    """One for the course."""
    yield Document("facilitator.pdf")
