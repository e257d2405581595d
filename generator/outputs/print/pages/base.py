"""What a printed form is, and the part of a course that it is printed from."""

from collections.abc import Callable, Iterable

from ....frozen import dataclass
from ....model import Course, Module
from ....notes import Note
from ....plan import Form as Plan
from ....plan import Session
from ...pagedata import Shown
from ...typesetter import Document


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a course to print: `modules` and those `notes` of theirs that are asked for. `wanted` has the names of
    forms, `offset` moves the backs of cards to cut out by millimetres to the right and down; with `whole_drawings`
    a drawing is one of them, not one for each label. `large` is large print, `ids` shows the ids of notes on study sheets.
    `too_long` names what has no room in its place, as `row-too-long:ID`: of notes from Anki, which are as long as they are.
    `meeting` is one of the plan, with the form it belongs to, whose pack is printed for so many `learners`.
    """

    course: Course
    modules: tuple[Module, ...]
    notes: tuple[Note, ...]
    wanted: frozenset[str]
    offset: tuple[float, float] = (0.0, 0.0)
    whole_drawings: bool = False
    large: bool = False
    ids: bool = False
    too_long: frozenset[str] = frozenset()
    meeting: tuple[Plan, Session] | None = None
    learners: int = 0


def always(_: Selection) -> bool:
    """A form that every selection has."""
    return True


def teaches(selection: Selection) -> bool:
    """A form that is printed where there is more than cards."""
    course = selection.course
    return bool(course.plan or course.about.outcomes or any(map(says_more, selection.modules)))


def says_more(module: Module) -> bool:
    """Whether there is more to say of a module than its title."""
    parts = (module.summary, module.opening, module.objectives, module.named, module.essays)
    more = (module.misconceptions, module.activities, module.questions, module.field_tasks)
    return any((*parts, *more, module.readings))


def has_notes(selection: Selection) -> bool:
    """A form that is printed where there are notes."""
    return bool(selection.notes)


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form.

    `template` names its file in this folder, `names` the words of `--only` that ask for it. `data` is what the template
    reads, `documents` are the PDFs to make of it, where the selection has what the form `needs`; of a course that has not,
    `lacks` says what it lacks. With `by_module`, all of these are called once for each module, with a selection of this
    module alone. `large` says whether it can be had in large print.
    """

    template: str
    names: tuple[str, ...]
    data: Callable[[Selection], Shown]
    documents: Callable[[Selection], Iterable[Document]]
    needs: Callable[[Selection], bool] = always
    by_module: bool = False
    lacks: str = "no cards"
    large: bool = False
