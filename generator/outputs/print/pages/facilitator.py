"""The course for whoever leads it: scripts with minutes, activities, assessment and key, sheets to print."""

from collections.abc import Iterator

from ...pagedata import Data, record, taught
from ...typeset import Document
from .base import Selection


def has_plan_or_tools(selection: Selection) -> bool:
    """Without either there is nothing to lead by."""
    return bool(selection.course.plan or selection.course.tools)


def data(selection: Selection) -> Data:
    """The course without its cards."""
    kept = {module.id for module in selection.modules}
    tools = [record(tool) for tool in selection.course.tools if tool.module in kept]
    return taught(selection.course, selection.modules) | {"tools": tools}


def documents(_: Selection) -> Iterator[Document]:
    """One for the course."""
    yield Document("facilitator.pdf")
