"""All that one meeting needs, for a number of learners: what to bring and copy, the script, each sheet, keys apart."""

from collections.abc import Iterator, Sequence

from ....frozen import dataclass
from ....lessons import circles, handouts, recalled
from ....plan import Session
from ...lessondata import Meeting, Sheet, meeting, sheets
from ...pagedata import Shown, Taught, taught
from ...typesetter import Document
from . import exam
from .base import Selection


def is_chosen(selection: Selection) -> bool:
    """There is a pack only of a meeting that was asked for."""
    return selection.meeting is not None


@dataclass(frozen=True, slots=True)
class Pack(Shown):
    """A meeting with its sheets in the order of their use. `circles` is how many learners sit in each circle; `exam` is the test
    that is written in the meeting, if any.
    """

    taught: Taught
    meeting: Meeting
    sheets: Sequence[Sheet]
    learners: int
    circles: Sequence[int]
    exam: exam.Exam | None


def data(selection: Selection) -> Pack:
    """The whole course's activities, and the sheets of the meeting."""
    assert selection.meeting is not None  # noqa: S101 - `is_chosen` says so
    course, (form, session) = selection.course, selection.meeting
    tools = {str(tool.id): tool for tool in course.tools}
    circle = session.circle or form.circle
    return Pack(
        taught(course, course.modules, "facilitator"),
        meeting(course, form, session, selection.learners),
        sheets(course, [tools[each] for each in handouts(course, session)]),
        selection.learners,
        circles(selection.learners, circle),
        exam.data(selection) if _tests(session) else None,
    )


def _tests(session: Session) -> bool:
    """Whether the final test is written in the meeting."""
    return any(step.test for step in session.plan)


def documents(selection: Selection) -> Iterator[Document]:
    """The whole pack, and each part of it as a file of its own, for the copier."""
    assert selection.meeting is not None  # noqa: S101 - `is_chosen` says so
    course, (form, session) = selection.course, selection.meeting
    asking = [at for id_, at in recalled(course, form) if id_ == session.id]
    yield Document(f"{session.id}/pack.pdf", "page.make()")
    yield Document(f"{session.id}/script.pdf", "page.make-script()")
    for at in asking:
        yield Document(f"{session.id}/questions-{at + 1}.pdf", f"page.make-questions({at})")
    for sheet in handouts(course, session):
        yield Document(f"{session.id}/sheets/{sheet}.pdf", f'page.make-sheet("{sheet}")')
    if _tests(session):
        yield Document(f"{session.id}/test-a.pdf", "page.make-test()")
        yield Document(f"{session.id}/test-a-key.pdf", "page.make-test-key()")
    sorts = {str(tool.id) for tool in course.tools if tool.sort}
    if asking or sorts & handouts(course, session).keys():
        yield Document(f"{session.id}/keys.pdf", "page.make-keys()")
