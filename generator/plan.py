"""How a course is taught, as frozen data: `plan.yaml`, `tools.yaml`, and the activities of modules. What these classes are for
beside that, `model.py` says.
"""

from dataclasses import field
from typing import Literal

from .frozen import dataclass
from .kinds.base import Waiver
from .kinds.sort import SortCase
from .texts import FACILITATOR, LEARNER, Id, Line, Prose, Record, within

# For whom there is one of something: a circle is a small group that stays together (`Form.circle`), a further one any but that of
# whoever leads the meeting, the room is everybody.
Per = Literal["person", "pair", "circle", "further-circle", "room"]
OF_CIRCLES = frozenset(("circle", "further-circle"))  # which of these are for circles


# --- what is done ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Handout(Record):
    """A sheet that is handed out.

    sheet: The id of a sheet in `tools.yaml`, or of a rubric of the assessment.
    per: For each of whom there are copies. A circle is a small group that stays together, a further circle any but that of
        the facilitator; the room is everybody.
    copies: How many copies there are for each.
    circle: About how many people a circle has, if the sheet is for other circles than those of its meeting, such as those of
        the next one.
    """

    sheet: Id = field(metadata=FACILITATOR)
    per: Per = field(metadata=FACILITATOR)
    copies: int = field(default=1, metadata=FACILITATOR | within(1, 99))
    circle: int | None = field(default=None, metadata=within(1, 99))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Thing(Record):
    """Something to bring that is no sheet.

    what: What to bring.
    per: For each of whom.
    count: How many for each.
    """

    what: Line = field(metadata=FACILITATOR)
    per: Per = field(default="room", metadata=FACILITATOR)
    count: int = field(default=1, metadata=FACILITATOR | within(1, 999))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LeastNumber(Record):
    """How many people an activity needs.

    learners: How many at least.
    per: Whether so many have to be in each circle, or in the room.
    otherwise: What a smaller group does in its time.
    """

    learners: int = field(metadata=FACILITATOR | within(2, 999))
    per: Literal["circle", "room"] = field(default="room", metadata=FACILITATOR)
    otherwise: Line = field(metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Activity(Record):
    """Something that a group does. What it needs, its steps and its sheets stand in the facilitator’s guide only, since they
    often give away what comes out.

    id: The name by which a step of a session refers to it.
    title: The title.
    purpose: What it is for.
    minutes: How long it takes. The minutes of its steps add up to this.
    group: How many do it together.
    least: How many there have to be, if not any number can do it.
    needs: What has to be there: a room, a clock.
    essays: The ids of the documents that are read in it.
    steps: Its steps, unless a script that it hands out has them.
    debrief: Questions to ask afterwards.
    prints: The sheets that it hands out.
    """

    id: Id = field(metadata=LEARNER)
    title: Line = field(metadata=LEARNER)
    purpose: Line = field(metadata=LEARNER)
    minutes: int = field(metadata=LEARNER)
    group: Line = field(metadata=LEARNER)
    least: LeastNumber | None = field(default=None, metadata=FACILITATOR)
    needs: Line = field(default=Line(), metadata=FACILITATOR)
    essays: tuple[Id, ...] = field(default=(), metadata=FACILITATOR)
    steps: tuple["Step", ...] = field(default=(), metadata=FACILITATOR)
    debrief: tuple[Line, ...] = field(default=(), metadata=LEARNER)
    prints: tuple[Handout, ...] = field(default=(), metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step(Record):
    """One step of an activity, a session or a script. The keys from `activity` on stand in a session alone.

    minutes: How long it takes.
    title: Its title. A step that does an activity has the title of that.
    do: What the facilitator does; where an activity is done, what its own steps do not say.
    say: What the facilitator says, word for word.
    draw: What is drawn or shown while `say` is said, one thing after the other.
    ask: Questions to ask after `say`, one after the other.
    activity: The id of the activity that is done here. Its sheets are handed out too.
    prints: The sheets that are handed out here.
    recall: How many questions from memory are asked, drawn from the cards of what was taught before.
    test: Whether the final test is written here.
    waive: Why this step may break a rule; only `few-words` can be waived here.
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
    """One meeting, with a plan in minutes.

    id: Its name, also for `coursedeck print --session`.
    title: The title.
    minutes: How long it takes. The minutes of its steps add up to this.
    circle: About how many people a circle has, if not as many as the form says.
    modules: Ids of the modules that are taught here for the first time.
    concepts: Ids of the concepts of these modules that are taught aloud, if not all are. Only these are asked from
        memory.
    before: What learners do before the meeting.
    prepare: What the facilitator gets ready, beside what is to be brought or copied.
    bring: What to bring that is no sheet.
    room: How the room is to be.
    objectives: What learners can do afterwards.
    plan: The steps of the meeting.
    evidence: What shows that it worked.
    after: What learners do until the next meeting.
    """

    id: Id = field(metadata=LEARNER)
    title: Line = field(metadata=LEARNER)
    minutes: int = field(metadata=LEARNER)
    circle: int | None = field(default=None, metadata=within(1, 99))
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
    """One way to run the course, such as six weeks or four.

    id: Its name.
    title: The title.
    about: What it is like.
    guide: How to lead it, for the facilitator alone.
    circle: About how many people a circle has: a small group that stays together.
    sessions: The meetings.
    """

    id: Id
    title: Line = field(metadata=LEARNER)
    about: Prose = field(metadata=LEARNER)
    guide: Prose = field(default=Prose(), metadata=FACILITATOR)
    circle: int = field(default=5, metadata=within(1, 99))
    sessions: tuple[Session, ...] = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part(Record):
    """A part of the grade.

    title: The title.
    percent: How much it counts. All parts add up to 100.
    about: What it is.
    """

    title: Line = field(metadata=LEARNER)
    percent: int = field(metadata=LEARNER)
    about: Line = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Criterion(Record):
    """One row of a rubric.

    name: What is looked at.
    levels: What each level looks like, from the best to the weakest.
    """

    name: Line = field(metadata=LEARNER)
    levels: tuple[Line, ...] = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rubric(Record):
    """How a piece of work is judged.

    id: The name by which steps and activities hand it out.
    title: The title.
    levels: The names of the levels, which head the columns, from the best to the weakest.
    criteria: What is looked at, a row each.
    """

    id: Id = field(metadata=LEARNER)
    title: Line = field(metadata=LEARNER)
    levels: tuple[Line, ...] = field(metadata=LEARNER)
    criteria: tuple[Criterion, ...] = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OtherCase(Record):
    """What version B of the test asks in place of a question.

    ask: The question over another case.
    key: What a right answer says.
    """

    ask: Prose = field(metadata=FACILITATOR)
    key: Prose = field(metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TestItem(Record):
    """A question of the final test.

    ask: The question. A list at its end holds its parts, which share the points alike.
    key: What a right answer says.
    points: How many points it gives.
    other: What version B of the test asks instead.
    """

    ask: Prose = field(metadata=FACILITATOR)
    key: Prose = field(metadata=FACILITATOR)
    points: int = field(metadata=FACILITATOR | within(1, 99))
    other: OtherCase | None = field(default=None, metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assessment(Record):
    """How the course is graded.

    about: How the grade comes about.
    parts: What the grade is made of.
    rubrics: How pieces of work are judged.
    test: The questions of the final test.
    pass-percent: How much of the final test’s points one needs to pass.
    """

    about: Prose = field(metadata=LEARNER)
    parts: tuple[Part, ...] = field(metadata=LEARNER)
    rubrics: tuple[Rubric, ...] = field(default=(), metadata=LEARNER)
    test: tuple[TestItem, ...] = field(default=(), metadata=FACILITATOR)
    pass_percent: int = field(metadata=LEARNER | within(0, 100))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan(Record):
    """Forms of the course, and its assessment.

    forms: Ways to run the course. `coursedeck print --session 3` prints the third meeting of the first one.
    assessment: How the course is graded.
    """

    forms: tuple[Form, ...] = field(metadata=LEARNER)
    assessment: Assessment = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rungs(Record):
    """A ladder to fill in.

    rungs: What stands on the rungs, from the bottom up.
    """

    rungs: tuple[Line, ...] = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns(Record):
    """A sheet with columns to write in.

    columns: The heads of the columns.
    rows: How many rows there are.
    given: Rows that are partly filled, the first of all; `_` leaves a cell empty.
    """

    columns: tuple[Line, ...] = field(metadata=LEARNER)
    rows: int = field(metadata=LEARNER | within(1, 99))
    given: tuple[tuple[Line, ...], ...] = field(default=(), metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chart(Record):
    """A tension chart: two poles and what lies between.

    top: What stands at the top: what is wanted.
    between: What lies between: the gap, the acts.
    bottom: What stands at the bottom: what there is.
    """

    top: Line = field(metadata=LEARNER)
    between: tuple[Line, ...] = field(metadata=LEARNER)
    bottom: Line = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statements(Record):
    """Statements to be sorted on paper. The key and the reasons are printed for the facilitator.

    options: What there is to choose from.
    statements: The statements. They must not run in the order of the options.
    """

    options: tuple[Line, ...] = field(metadata=LEARNER)
    statements: tuple[SortCase, ...] = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tally(Record):
    """An observer’s sheet: what to count.

    rows: What is counted, a row each.
    columns: For whom or for which span of time it is counted, a column each.
    notes: What stands above each line for notes.
    """

    rows: tuple[Line, ...] = field(metadata=LEARNER)
    columns: tuple[Line, ...] = field(metadata=LEARNER)
    notes: tuple[Line, ...] = field(default=(), metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Script(Record):
    """What to do and say, minute by minute.

    script: The steps.
    """

    script: tuple[Step, ...] = field(metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pieces(Record):
    """A sheet to cut up.

    pieces: What stands on each piece.
    times: How many there are of each piece.
    """

    pieces: tuple[Prose, ...] = field(metadata=LEARNER)
    times: int = field(default=1, metadata=LEARNER | within(1, 99))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tool(Record):
    """A sheet to print and use. Exactly one of the keys behind `private` gives its form.

    id: The name by which steps and activities hand it out.
    title: The title.
    about: What to do with it.
    module: The id of the module that it belongs to.
    private: Whether it stays with its writer, so that it has no line for a name.
    ladder: Rungs to fill in.
    columns: Columns to fill in.
    chart: Two poles and what lies between.
    sort: Statements to sort, and a key.
    tally: What to count, and lines for notes.
    script: What to do and say, minute by minute.
    wall: Texts in large letters for the wall, a sheet each.
    cut: A sheet to cut up.
    squares: Squared paper: the side of a square in millimetres.
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
    squares: int | None = field(default=None, metadata=LEARNER | within(2, 99))

    @property
    def filled_in(self) -> bool:
        """Whether it is a sheet to write on, which asks for a name unless it is private."""
        return not (self.script or self.wall or self.cut or self.squares)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tools(Record):
    """Sheets to print and use.

    tools: The sheets.
    """

    tools: tuple[Tool, ...]
