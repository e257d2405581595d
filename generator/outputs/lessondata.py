"""What pages show of a meeting: what is handed out, what is asked from memory, and the sheets, in the order of their use."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

from .. import labels, walk
from ..frozen import dataclass
from ..lessons import asking, copies, handed_out, handouts, recalled, sizes
from ..model import Course, Module
from ..plan import OF_CIRCLES, Form, Handout, Per, Rubric, Session, Tool
from ..text import Tree, to_tree
from ..texts import Id, Line, Prose
from .pagedata import Data, Shown, record


@dataclass(frozen=True, slots=True)
class Use(Shown):
    """How many there are for each person, pair, circle or room; `total` is how many for so many learners. Where nobody has counted
    these, `sizes` says how many sit in the smallest and in the largest circle that is meant, if the sheet or the meeting has others
    than the form.
    """

    per: str
    copies: int
    total: int
    sizes: Sequence[int]


@dataclass(frozen=True, slots=True)
class Handed(Shown):
    """A sheet of a meeting, by its id, and for whom; `copies` is how many for so many learners, `keyed` whether its key is used
    in the meeting.
    """

    sheet: str
    uses: Sequence[Use]
    copies: int
    keyed: bool


@dataclass(frozen=True, slots=True)
class Brought(Shown):
    """Something to bring, for whom, and how many for so many learners."""

    what: Tree
    use: Use
    copies: int


@dataclass(frozen=True, slots=True)
class Asked(Shown):
    """A question from memory and its answer; `id` is that of its note."""

    question: Tree
    answer: Tree
    id: str


@dataclass(frozen=True, slots=True)
class Meeting(Shown):
    """A meeting with its number and form. `handed` is what it hands out, `given` the same for each step. `asked` has the questions
    from memory by the number of their step, from 0, where there are any; `times` what tells these steps apart, where there are
    several; `circles` how many sit in the smallest and in the largest circle.
    """

    number: int
    form: Tree
    session: Data
    handed: Sequence[Handed]
    given: Sequence[Sequence[Handed]]
    brought: Sequence[Brought]
    asked: Mapping[str, Sequence[Asked]]
    times: Mapping[str, str]
    circles: tuple[int, int]


def meeting(course: Course, form: Form, session: Session, learners: int = 0) -> Meeting:
    """A meeting as its facilitator reads it; without learners, nothing is counted."""
    circle = session.circle or form.circle
    drawn = recalled(course, form)
    keys = keyed(course, form, session)

    def use(per: Per, count: int, own: int | None = None) -> Use:
        size = own or circle
        told = not learners and (own or size != form.circle) and per in OF_CIRCLES
        return Use(per, count, copies(per, count, learners, size), sizes(size) if told else ())

    def handed(given: Mapping[str, Sequence[Handout]]) -> list[Handed]:
        """Sheets by their ids, but for those of which so many learners need none."""
        uses = {id_: [use(e.per, e.copies, e.circle) for e in each] for id_, each in given.items()}
        found = [
            Handed(id_, each, sum(one.total for one in each), id_ in keys)
            for id_, each in uses.items()
        ]
        return [each for each in found if each.copies or not learners]

    return Meeting(
        number=form.sessions.index(session) + 1,
        form=to_tree(form.title),
        session=record(session, "facilitator"),
        handed=handed(handouts(course, session.plan)),
        given=[handed(handouts(course, (step,))) for step in session.plan],
        brought=[
            Brought(
                to_tree(each.what),
                use(each.per, each.count),
                copies(each.per, each.count, learners, circle),
            )
            for each in session.bring
        ],
        asked={
            str(at): [
                Asked(to_tree(q.face.question), to_tree(q.face.answer), q.note.id)
                for q in questions
            ]
            for (id_, at), questions in drawn.items()
            if id_ == session.id
        },
        times={str(at): time for at, time in asking(course, form, session).items()},
        circles=sizes(circle),
    )


def keyed(course: Course, form: Form, session: Session) -> set[str]:
    """The sheets whose key is used in a meeting, if they are: all that have one, but for those that only a later meeting of the
    form hangs on the wall, where the key hangs beside them.
    """
    sorts = {str(tool.id): tool for tool in course.tools if tool.sort}

    def hung(meeting: Session) -> set[str]:
        given = handouts(course, meeting.plan).items()
        return {
            id_
            for id_, each in given
            if id_ in sorts and any(_use(sorts[id_])[one.per] == "hang-up" for one in each)
        }

    later = form.sessions[form.sessions.index(session) + 1 :]
    return sorts.keys() - (set().union(*map(hung, later)) - hung(session))


@dataclass(frozen=True, slots=True)
class Used(Shown):
    """Something on leaves of its own: a sheet by its id, questions from memory by the number of their step, or the test."""

    what: Literal["sheet", "questions", "test"]
    name: str


def used(course: Course, form: Form, session: Session) -> list[Used]:
    """What a meeting uses, each once, in the order of its first use."""
    asks = asking(course, form, session)
    found: list[Used] = []
    for at, step in enumerate(session.plan):
        found += [Used("sheet", str(each.sheet)) for each in handed_out(course, step)]
        if at in asks:
            found.append(Used("questions", str(at)))
        if step.test:
            found.append(Used("test", ""))
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Sheet(Shown):
    """A sheet to print. `signed` says whose name it asks for: a person's, a circle's, or nobody's; `use` what is done with it, by
    what there is one for: `script` is read by whoever leads, `hang-up` what hangs on the wall, `hand-out` what learners get. One
    that holds a `rubric` has no form of its own.
    """

    tool: Data
    signed: str
    use: Mapping[str, str]
    rubric: Data | None = None


def printed(course: Course) -> dict[str, Tool | Rubric]:
    """What steps and activities may hand out, by its id."""
    every: tuple[Tool | Rubric, ...] = (*course.tools, *course.rubrics)
    return {str(each.id): each for each in every}


def sheets(course: Course, given: Iterable[Tool | Rubric]) -> list[Sheet]:
    """Sheets as pages have them."""
    uses = _uses(course)
    return [
        _of_rubric(course, each)
        if isinstance(each, Rubric)
        else Sheet(
            record(each, "facilitator"), _signed(each, uses.get(str(each.id), set())), _use(each)
        )
        for each in given
    ]


def _of_rubric(course: Course, rubric: Rubric) -> Sheet:
    """A rubric as a sheet: it belongs to no module, and nobody writes on it."""
    words = labels.labels(course.about.language)
    title = Line(f"{words['rubric']}: {rubric.title}")
    tool = Tool(id=rubric.id, title=title, about=Prose(), module=Id())
    return Sheet(record(tool, "facilitator"), "", _use(tool), record(rubric, "facilitator"))


USES = ("script", "hang-up", "hand-out")  # in the order in which they are named


def _use(tool: Tool) -> dict[str, str]:
    """What is done with a sheet. A script of which everyone gets one is no longer that of whoever leads; and what there is one
    of for the room, all read on the wall, unless its pieces go round.
    """
    script, wall, others = USES
    use = script if tool.script else wall if tool.wall else others
    found: dict[str, str] = dict.fromkeys(get_args(Per), use)
    if use == script:
        found |= {"person": others, "pair": others}
    if use == others and not tool.cut:
        found["room"] = wall
    return found


def _signed(tool: Tool, uses: set[str]) -> str:
    if tool.private or not tool.filled_in:
        return ""
    return "circle" if uses and uses <= OF_CIRCLES else "name"


def _uses(course: Course) -> dict[str, set[str]]:
    """For whom each sheet is, in any activity or session."""
    found: dict[str, set[str]] = {}
    for each in walk.records(course):
        if isinstance(each, Handout):
            found.setdefault(str(each.sheet), set()).add(each.per)
    return found


def in_order(course: Course, modules: Collection[Module]) -> list[Tool | Rubric]:
    """The sheets of modules, and rubrics that are handed out, in the order of their first use; then those that no meeting uses."""
    used: dict[str, None] = {}
    for _, session in _sessions(course):
        used |= dict.fromkeys(handouts(course, session.plan))
    place = {sheet: at for at, sheet in enumerate(used)}
    kept, handed = {module.id for module in modules}, _uses(course)
    own = [tool for tool in course.tools if tool.module in kept]
    rubrics = [rubric for rubric in course.rubrics if str(rubric.id) in handed]
    return sorted((*own, *rubrics), key=lambda each: place.get(str(each.id), len(place)))


def _sessions(course: Course) -> Iterator[tuple[Form, Session]]:
    for form in course.forms:
        for session in form.sessions:
            yield form, session
