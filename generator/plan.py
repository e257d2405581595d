"""How a course is taught, as frozen data: `plan.yaml`, `tools.yaml`, and the activities of modules. What these classes are for
beside that, `model.py` says.
"""

from dataclasses import field
from typing import Literal

from .frozen import dataclass
from .kinds.base import Waiver
from .kinds.sort import SortCase
from .texts import FACILITATOR, LEARNER, Id, Line, Prose, Record

# For whom there is one of something: a circle is a small group that stays together (`Form.circle`), the room is everybody.
Per = Literal["person", "pair", "circle", "room"]


# --- what is done ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Handout(Record):
    """A sheet of `tools.yaml` that is used, and how many copies there are for each person, pair, circle or room."""

    sheet: Id = field(metadata=FACILITATOR)
    per: Per = field(metadata=FACILITATOR)
    copies: int = field(default=1, metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Thing(Record):
    """Something to bring that is no sheet, and how many of it."""

    what: Line = field(metadata=FACILITATOR)
    per: Per = field(default="room", metadata=FACILITATOR)
    count: int = field(default=1, metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Activity(Record):
    """Something a group does. `minutes` is the whole time, to which those of the steps add up. What it needs and its steps,
    which often give away what comes out, stand in the guide only; so do its sheets, `prints`.
    """

    id: Id = field(metadata=LEARNER)
    title: Line = field(metadata=LEARNER)
    purpose: Line = field(metadata=LEARNER)
    minutes: int = field(metadata=LEARNER)
    group: Line = field(metadata=LEARNER)
    needs: Line = field(default=Line(), metadata=FACILITATOR)
    steps: tuple["Step", ...] = field(metadata=FACILITATOR)
    debrief: tuple[Line, ...] = field(default=(), metadata=LEARNER)
    prints: tuple[Handout, ...] = field(default=(), metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step(Record):
    """One step of an activity, a session or a script, with its minutes.

    `activity` names the one that is done here; its sheets are handed out too, beside those of `prints`. While `say` is said,
    `draw` is drawn or shown and, after it, `ask` is asked, one thing after the other. `recall` is a number of questions
    from memory, drawn from the cards of what was taught before. With `test`, the final test is written here.
    """

    minutes: int = field(metadata=FACILITATOR)
    title: Line = field(default=Line(), metadata=FACILITATOR)
    do: Prose = field(metadata=FACILITATOR)
    say: Prose = field(default=Prose(), metadata=FACILITATOR)
    draw: tuple[Line, ...] = field(default=(), metadata=FACILITATOR)
    ask: tuple[Line, ...] = field(default=(), metadata=FACILITATOR)
    activity: Id | None = field(default=None, metadata=FACILITATOR)
    prints: tuple[Handout, ...] = field(default=(), metadata=FACILITATOR)
    recall: int = field(default=0, metadata=FACILITATOR)
    test: bool = field(default=False, metadata=FACILITATOR)
    waive: tuple[Waiver, ...] = ()


# --- the plan and its sheets -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Session(Record):
    """One meeting: a plan in minutes that adds up to `minutes`.

    `before` is what learners do first. Only the guide prints the plan and what the facilitator gets ready: `prepare`, what to
    `bring` and how the `room` is to be. Sheets are named by the steps that use them. `circle` stands for that of the form where a
    meeting needs other circles. `concepts` are those of its modules that are taught aloud, where it is not all of them: only
    these are asked from memory.
    """

    id: Id = field(metadata=LEARNER)
    title: Line = field(metadata=LEARNER)
    minutes: int = field(metadata=LEARNER)
    circle: int = 0
    modules: tuple[Id, ...] = field(metadata=LEARNER)
    concepts: tuple[Id, ...] = ()
    before: Prose = field(metadata=LEARNER)
    prepare: Prose = field(default=Prose(), metadata=FACILITATOR)
    bring: tuple[Thing, ...] = field(default=(), metadata=FACILITATOR)
    room: Line = field(default=Line(), metadata=FACILITATOR)
    objectives: tuple[Line, ...] = field(metadata=LEARNER)
    plan: tuple[Step, ...] = field(metadata=FACILITATOR)
    evidence: Line = field(metadata=LEARNER)
    after: Prose = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Form(Record):
    """One way to run the course, such as six weeks or four. `guide` is for the facilitator alone; `circle` is about how many people
    a circle has.
    """

    id: Id
    title: Line = field(metadata=LEARNER)
    about: Prose = field(metadata=LEARNER)
    guide: Prose = field(default=Prose(), metadata=FACILITATOR)
    circle: int = 5
    sessions: tuple[Session, ...] = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part(Record):
    """A part of the grade, in percent."""

    title: Line = field(metadata=LEARNER)
    percent: int = field(metadata=LEARNER)
    about: Line = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Criterion(Record):
    """One row of a rubric: what each level looks like, from best to weakest."""

    name: Line = field(metadata=LEARNER)
    levels: tuple[Line, ...] = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rubric(Record):
    """How a piece of work is judged. `levels` heads the columns, from best to weakest."""

    id: Id
    title: Line = field(metadata=LEARNER)
    levels: tuple[Line, ...] = field(metadata=LEARNER)
    criteria: tuple[Criterion, ...] = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OtherCase(Record):
    """A question of the final test over another case, with its key."""

    ask: Prose = field(metadata=FACILITATOR)
    key: Prose = field(metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TestItem(Record):
    """A question of the final test with its key and points. `other` is what version B asks instead. A list at the end of `ask`
    holds its parts, which share the points alike.
    """

    ask: Prose = field(metadata=FACILITATOR)
    key: Prose = field(metadata=FACILITATOR)
    points: int = field(metadata=FACILITATOR)
    other: OtherCase | None = field(default=None, metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assessment(Record):
    """How the course is graded. The percentages add up to 100. Whoever has `pass_percent` of the final test’s points passes."""

    about: Prose = field(metadata=LEARNER)
    parts: tuple[Part, ...] = field(metadata=LEARNER)
    rubrics: tuple[Rubric, ...] = field(default=(), metadata=LEARNER)
    test: tuple[TestItem, ...] = field(default=(), metadata=FACILITATOR)
    pass_percent: int = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan(Record):
    """`plan.yaml`: forms of the course and the assessment. The first form is the one to print first."""

    forms: tuple[Form, ...] = field(metadata=LEARNER)
    assessment: Assessment = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rungs(Record):
    """A ladder to fill in, listed from the bottom rung up."""

    rungs: tuple[Line, ...] = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns(Record):
    """A sheet with columns to write in. `given` are rows that are partly filled; they stand first and count among `rows`."""

    columns: tuple[Line, ...] = field(metadata=LEARNER)
    rows: int = field(metadata=LEARNER)
    given: tuple[tuple[Line, ...], ...] = field(default=(), metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chart(Record):
    """A tension chart: what is wanted at the top, what is at the bottom, the gap and acts between."""

    top: Line = field(metadata=LEARNER)
    between: tuple[Line, ...] = field(metadata=LEARNER)
    bottom: Line = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statements(Record):
    """Statements to be sorted on paper; the key and the reasons are printed for the facilitator."""

    options: tuple[Line, ...] = field(metadata=LEARNER)
    statements: tuple[SortCase, ...] = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tally(Record):
    """An observer's sheet: what to count, for each person or span of time."""

    rows: tuple[Line, ...] = field(metadata=LEARNER)
    columns: tuple[Line, ...] = field(metadata=LEARNER)
    notes: tuple[Line, ...] = field(default=(), metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Script(Record):
    """A facilitator's script with times."""

    script: tuple[Step, ...] = field(metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pieces(Record):
    """A sheet to cut up: what stands on its pieces, each of them `times` times."""

    pieces: tuple[Prose, ...] = field(metadata=LEARNER)
    times: int = field(default=1, metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tool(Record):
    """A sheet to print and use. Exactly one of the forms below `private` is given. A `private` one stays with its writer and has
    no line for a name. `wall` is what hangs on the wall in large letters, a sheet each; `squares` the side of a square in
    millimetres.
    """

    id: Id = field(metadata=LEARNER)
    title: Line = field(metadata=LEARNER)
    about: Prose = field(metadata=LEARNER)
    module: Id = field(metadata=LEARNER)
    private: bool = field(default=False, metadata=LEARNER)
    ladder: Rungs | None = field(default=None, metadata=LEARNER)
    columns: Columns | None = field(default=None, metadata=LEARNER)
    chart: Chart | None = field(default=None, metadata=LEARNER)
    sort: Statements | None = field(default=None, metadata=LEARNER)
    tally: Tally | None = field(default=None, metadata=LEARNER)
    script: Script | None = field(default=None, metadata=FACILITATOR)
    wall: tuple[Prose, ...] = field(default=(), metadata=LEARNER)
    cut: Pieces | None = field(default=None, metadata=LEARNER)
    squares: int | None = field(default=None, metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tools(Record):
    """`tools.yaml`."""

    tools: tuple[Tool, ...]
