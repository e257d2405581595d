"""All that one meeting needs, for a number of learners: what to bring and copy, the script, each sheet, keys apart."""

from collections.abc import Iterator, Mapping, Sequence

from ....frozen import dataclass
from ....lessons import asking, circles, too_few
from ....plan import Session
from ...lessondata import Meeting, Sheet, Used, meeting, printed, sheets, used
from ...pagedata import Data, Shown, Taught, record, taught
from ...typesetter import Document
from . import exam
from .base import Selection


def is_chosen(selection: Selection) -> bool:
    """There is a pack only of a meeting that was asked for."""
    return selection.meeting is not None


@dataclass(frozen=True, slots=True)
class Pack(Shown):
    """A meeting with its sheets. `order` is what is used, in the order of its first use; `projected` the files to project by the
    numbers of their steps; `circles` is how many learners sit in each circle, `too_few` what so few cannot do. `exam` is the
    test that is written in the meeting, if any, and `tests` how many copies there are of each version, since neighbours write
    different ones.
    """

    taught: Taught
    meeting: Meeting
    sheets: Sequence[Sheet]
    order: Sequence[Used]
    projected: Mapping[str, str]
    learners: int
    circles: Sequence[int]
    too_few: Sequence[Data]
    exam: exam.Exam | None
    tests: Mapping[str, int]


def data(selection: Selection) -> Pack:
    """The whole course's activities, and the sheets of the meeting."""
    assert selection.meeting is not None  # noqa: S101 - `is_chosen` says so
    course, (form, session) = selection.course, selection.meeting
    there = printed(course)
    circle = session.circle or form.circle
    made = meeting(course, form, session, selection.learners)
    handed = [each.sheet for each in made.handed]
    return Pack(
        taught(course, course.modules, "facilitator"),
        made,
        sheets(course, [there[each] for each in handed]),
        [e for e in used(course, form, session) if e.what != "sheet" or e.name in handed],
        {
            str(at): _questions("to-project", time)
            for at, time in asking(course, form, session).items()
        },
        selection.learners,
        circles(selection.learners, circle),
        [
            record(each, "facilitator")
            for each in too_few(course, session, selection.learners, circle)
        ],
        exam.data(selection) if _tests(session) else None,
        versions(selection.learners) if _tests(session) else {},
    )


def versions(learners: int) -> dict[str, int]:
    """How many copies there are of each version of the test, so that neighbours have different ones; none of one for nobody."""
    a, b = exam.VERSIONS
    half = learners // 2
    return {version: count for version, count in ((a, learners - half), (b, half)) if count}


def _questions(use: str, time: str) -> str:
    """The name of a file with questions, which has their time where another file has others."""
    return "-".join(["questions", use, *([time.replace(":", "h")] if time else [])]) + ".pdf"


def _tests(session: Session) -> bool:
    """Whether the final test is written in the meeting."""
    return any(step.test for step in session.plan)


def documents(selection: Selection) -> Iterator[Document]:
    """The whole pack, and each part of it as a file of its own, for the copier."""
    assert selection.meeting is not None  # noqa: S101 - `is_chosen` says so
    course, (form, session) = selection.course, selection.meeting
    asks = asking(course, form, session)
    made = meeting(course, form, session, selection.learners)
    yield Document(f"{session.id}/pack.pdf", "page.make()")
    yield Document(f"{session.id}/script.pdf", "page.make-script()")
    for at, time in asks.items():
        path = f"{session.id}/{_questions('to-project', time)}"
        yield Document(path, f"page.make-projected({at})")
        if len(made.asked[str(at)]) > 1:
            path = f"{session.id}/{_questions('to-copy', time)}"
            yield Document(path, f"page.make-questions({at})")
    handed = [each.sheet for each in made.handed]
    for sheet in handed:
        yield Document(f"{session.id}/sheets/{sheet}.pdf", f'page.make-sheet("{sheet}")')
    if _tests(session):
        for version in versions(selection.learners):
            path = f"{session.id}/test-{version}"
            yield Document(f"{path}.pdf", f'page.make-test("{version}")')
            yield Document(f"{path}-key.pdf", f'page.make-test-key("{version}")')
    if asks or any(each.keyed for each in made.handed):
        yield Document(f"{session.id}/keys.pdf", "page.make-keys()")
