"""The course around its cards as frozen data. These classes are also the description of the YAML: `source/records.py` reads
the annotations, so a field added here is a key that an author may write (`builds_on` is `builds-on`).

Cards are described by their kinds (`kinds/`), texts by `texts.py`.
"""

import re
from dataclasses import dataclass
from typing import Literal

from .kinds.all import AnyCard
from .kinds.sort import SortCase
from .texts import Cite, Confidence, Id, Line, Picture, Plain, Prose, Record

Accent = Literal["slate", "teal", "violet", "amber", "blue", "rose"]
ClaimKind = Literal["definition", "report", "opinion", "norm"]
Relation = Literal["supports", "applies", "extends", "contrasts", "loose"]
Cut = Literal["whole", "after-sentence", "mid-sentence"]


# --- what is taught ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Neighbour(Record):
    """What a concept is easily taken for, and the difference."""

    name: Line
    difference: Line


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Concept(Record):
    """One idea of a module. `note` is for the reader only: unconfirmed or minor matter, never on a card.
    `figure` is a drawing of `media/` that the course book shows beside it; those of its cards are shown anyway.
    `objectives` names the module's objectives that its cards serve; `builds_on`, concepts met before.
    """

    id: Id
    name: Line
    definition: Prose
    why: Prose
    example: Prose
    sources: tuple[Cite, ...]
    objectives: tuple[Id, ...]
    not_: tuple[Neighbour, ...] = ()
    credit: Line = Line()
    builds_on: tuple[Id, ...] = ()
    confidence: Confidence = "confirmed"
    note: Prose = Prose()
    figure: Plain = Plain()
    cards: tuple[AnyCard, ...] = ()

    def images(self) -> tuple[Plain, ...]:
        """The drawings that belong to the concept: its figure, then those of its cards, each once."""
        shown = [*filter(None, [self.figure]), *(i for card in self.cards for i in card.images())]
        return tuple(dict.fromkeys(shown))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Objective(Record):
    """What a learner can do after the module, and the course outcome that it serves."""

    id: Id
    text: Line
    outcome: Id


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Misconception(Record):
    """A common wrong belief and what to say or do about it."""

    belief: Line
    repair: Prose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Activity(Record):
    """Something a group does. `minutes` is the whole time; the steps carry their own."""

    id: Id
    title: Line
    purpose: Line
    minutes: int
    group: Line
    needs: Line = Line()
    steps: tuple["Step", ...]
    debrief: tuple[Line, ...] = ()
    tool: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step(Record):
    """One step of an activity or a session, with its minutes. `activity` points to the full steps."""

    minutes: int
    do: Prose
    say: Prose = Prose()
    activity: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading(Record):
    """A work to read and what to look for in it."""

    work: Id
    at: Plain = Plain()
    note: Line


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Module(Record):
    """A unit of the course and a deck. A module of documents names its `essays`. The cards of a `mixed` one come from
    all over the course, so that their context line does not name the module.
    """

    id: Id
    title: Line
    deck: Plain
    accent: Accent
    chapters: Line
    summary: Prose
    opening: tuple[Line, ...]
    objectives: tuple[Objective, ...]
    concepts: tuple[Concept, ...] = ()
    essays: tuple[Id, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    activities: tuple[Activity, ...] = ()
    questions: tuple[Line, ...] = ()
    field_tasks: tuple[Prose, ...] = ()
    readings: tuple[Reading, ...] = ()
    mixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claim(Record):
    """What a document says, in our words. `place` is paragraph.sentence ("1.3" or "1.3-4");
    `support` says what the text gives for it; `to` is the concept or module it bears on.
    """

    id: Id
    text: Line
    place: Plain
    kind: ClaimKind
    support: Line
    relation: Relation
    to: Id
    reason: Line
    departs: Prose = Prose()
    objectives: tuple[Id, ...]
    cards: tuple[AnyCard, ...] = ()

    def images(self) -> tuple[Plain, ...]:
        """The drawings of its cards, each once."""
        return tuple(dict.fromkeys(i for card in self.cards for i in card.images()))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Essay(Record):
    """One source document. `descriptive` marks a title that is ours; `label` is the site's mark;
    `words` and `pages` are the site's figures; `cut` says how the text ends, `cut_note` where.
    """

    id: Id
    number: int
    title: Line
    short: Line
    descriptive: bool = False
    label: Plain
    words: int | None = None
    pages: int | None = None
    cut: Cut
    cut_note: Line
    about: Prose
    work: Id
    names: tuple[Line, ...] = ()
    claims: tuple[Claim, ...]


# --- how it is taught ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Session(Record):
    """One meeting: a plan in minutes that adds up to `minutes`.

    `before` is what learners do first; `prepare` what the facilitator gets ready, which only the guide prints.
    """

    id: Id
    title: Line
    minutes: int
    modules: tuple[Id, ...]
    before: Prose
    prepare: Prose = Prose()
    objectives: tuple[Line, ...]
    plan: tuple[Step, ...]
    evidence: Line
    after: Prose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Form(Record):
    """One way to run the course, such as six weeks or four."""

    id: Id
    title: Line
    about: Prose
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part(Record):
    """A part of the grade, in percent."""

    title: Line
    percent: int
    about: Line


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Criterion(Record):
    """One row of a rubric: what each level looks like, from best to weakest."""

    name: Line
    levels: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rubric(Record):
    """How a piece of work is judged. `levels` heads the columns, from best to weakest."""

    id: Id
    title: Line
    levels: tuple[Line, ...]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TestItem(Record):
    """A question of the final test with its key and points."""

    ask: Prose
    key: Prose
    points: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assessment(Record):
    """How the course is graded. The percentages add up to 100."""

    about: Prose
    parts: tuple[Part, ...]
    rubrics: tuple[Rubric, ...] = ()
    test: tuple[TestItem, ...] = ()
    pass_percent: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan(Record):
    """`plan.yaml`: forms of the course and the assessment. The first form is the one to print first."""

    forms: tuple[Form, ...]
    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rungs(Record):
    """A ladder to fill in, listed from the bottom rung up."""

    rungs: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns(Record):
    """A sheet with columns to write in."""

    columns: tuple[Line, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chart(Record):
    """A tension chart: what is wanted at the top, what is at the bottom, the gap and acts between."""

    top: Line
    between: tuple[Line, ...]
    bottom: Line


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statements(Record):
    """Statements to be sorted on paper; the key and the reasons are printed for the facilitator."""

    options: tuple[Line, ...]
    statements: tuple[SortCase, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tally(Record):
    """An observer's sheet: what to count, for each person or span of time."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Script(Record):
    """A facilitator's script with times."""

    script: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tool(Record):
    """A sheet to print and use. Exactly one of the forms below `about` is given."""

    id: Id
    title: Line
    about: Prose
    module: Id
    ladder: Rungs | None = None
    columns: Columns | None = None
    chart: Chart | None = None
    sort: Statements | None = None
    tally: Tally | None = None
    script: Script | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tools(Record):
    """`tools.yaml`."""

    tools: tuple[Tool, ...]


# --- the course ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome(Record):
    """What a learner can do at the end; `text` begins with an assessable verb."""

    id: Id
    text: Line


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Thresholds(Record):
    """Limits of the prompt checks. Words are counted in the text as read, without markup."""

    question_words: int = 25
    answer_words: int = 30
    answer_words_error: int = 60
    deletions: int = 3
    deleted_share_percent: int = 50
    overlap_percent: int = 80
    same_answer: int = 3
    lenses: int = 2
    list_items: int = 3
    confidence: Confidence = "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Work(Record):
    """An entry of `sources.yaml` (Hayagriva's form), as far as cards and checks need it."""

    id: Id
    type: str
    title: str
    author: tuple[str, ...] = ()
    date: str = ""
    url: str = ""
    note: str = ""


# A course's version: three numbers without signs or leading zeros.
VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CourseFile(Record):
    """`course.yaml`. `modules` names the files in `modules/`, in course order.
    `origin` says what comes from the source documents and what from elsewhere.
    """

    id: Id
    title: Line
    subtitle: Line = Line()
    version: Plain
    date: Plain
    language: Plain
    deck: Plain
    audience: Prose
    prerequisites: Prose
    description: Prose
    how_to_use: Prose
    origin: Prose
    authors: tuple[Plain, ...]
    license: Line
    outcomes: tuple[Outcome, ...]
    modules: tuple[Id, ...]
    thresholds: Thresholds = Thresholds()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Retirement(Record):
    """A published card that is no longer taught. `card` is its id, or `card.item` for one item or case;
    `successor` the card to learn instead.
    """

    card: Plain
    reason: Line
    successor: Plain = Plain()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Renaming(Record):
    """A published card whose id changed: it stays the same note for everyone who has it."""

    from_: Plain
    to: Plain


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class History(Record):
    """`history.yaml`: what became of published cards that the content no longer names as before."""

    retired: tuple[Retirement, ...] = ()
    renamed: tuple[Renaming, ...] = ()

    @property
    def earlier(self) -> dict[str, str]:
        """Old ids by the new ones."""
        return {str(line.to): str(line.from_) for line in self.renamed}

    @property
    def later(self) -> dict[str, str]:
        """New ids by the old ones."""
        return {str(line.from_): str(line.to) for line in self.renamed}

    @property
    def ended(self) -> dict[str, Retirement]:
        """The lines of retired cards by the ids that they name; the first of each counts."""
        return {str(line.card): line for line in reversed(self.retired)}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course(Record):
    """Everything, read and resolved. `modules` and `essays` stand in course order; `bibliography` is
    `sources.yaml` as it stands, for Typst. A course equals itself alone, so that what is made of it can be remembered.
    """

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    about: CourseFile
    modules: tuple[Module, ...]
    essays: tuple[Essay, ...] = ()
    works: tuple[Work, ...] = ()
    plan: Plan | None = None
    tools: tuple[Tool, ...] = ()
    pictures: tuple[Picture, ...] = ()
    history: History = History()
    bibliography: bytes = b""
