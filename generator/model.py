"""The course around its cards as frozen data. These classes are also the description of the YAML: `source/records.py` reads
the annotations, so a field added here is a key that an author may write (`builds_on` is `builds-on`). Its metadata says who
reads it in print; without, nobody does.

Cards are described by their kinds (`kinds/`), texts by `texts.py`, how the course is taught by `plan.py`.
"""

import re
from dataclasses import field
from typing import Literal

from .frozen import dataclass
from .kinds.all import NOTE_TYPES, AnyCard
from .kinds.kept import KeptType
from .kinds.notetype import AnyType
from .plan import Activity, Plan, Tool
from .texts import (
    FACILITATOR,
    LEARNER,
    Cite,
    Confidence,
    File,
    Font,
    Id,
    Line,
    Picture,
    Plain,
    Prose,
    Record,
    Sound,
)

Accent = Literal["slate", "teal", "violet", "amber", "blue", "rose"]
ClaimKind = Literal["definition", "report", "opinion", "norm"]
Relation = Literal["supports", "applies", "extends", "contrasts", "loose"]
Cut = Literal["whole", "after-sentence", "mid-sentence"]


# --- what is taught ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Neighbour(Record):
    """What a concept is easily mistaken for, and the difference."""

    name: Line = field(metadata=LEARNER)
    difference: Line = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Concept(Record):
    """One idea of a module. `note` is for the reader only: unconfirmed or minor matter, never on a card.
    `figure` is a drawing of `media/` that the course book shows beside it; those of its cards are shown anyway.
    `objectives` names the module's objectives that its cards serve; `builds_on`, concepts met before. `tags` go to all its
    cards. Cards that stand under no concept are those of one without id and name, of which no page speaks.
    """

    id: Id = field(metadata=LEARNER)
    name: Line = field(metadata=LEARNER)
    definition: Prose = field(default=Prose(), metadata=LEARNER)
    why: Prose = field(default=Prose(), metadata=LEARNER)
    example: Prose = field(default=Prose(), metadata=LEARNER)
    sources: tuple[Cite, ...] = field(default=(), metadata=LEARNER)
    objectives: tuple[Id, ...] = ()
    tags: tuple[Plain, ...] = ()
    not_: tuple[Neighbour, ...] = field(default=(), metadata=LEARNER)
    credit: Line = field(default=Line(), metadata=LEARNER)
    builds_on: tuple[Id, ...] = field(default=(), metadata=LEARNER)
    confidence: Confidence = field(default="confirmed", metadata=LEARNER)
    note: Prose = field(default=Prose(), metadata=LEARNER)
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
    text: Line = field(metadata=LEARNER)
    outcome: Id = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Misconception(Record):
    """A common wrong belief, which learners are asked to answer, and what to say or do about it, which only the guide prints."""

    belief: Line = field(metadata=LEARNER)
    repair: Prose = field(metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading(Record):
    """A work to read and what to look for in it."""

    work: Id = field(metadata=LEARNER)
    at: Plain = field(default=Plain(), metadata=LEARNER)
    note: Line = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Module(Record):
    """A unit of the course and a deck. A module of documents names its `essays`. The cards of a `mixed` one come from
    all over the course, so that their context line does not name the module. `cards` stand under no concept; `tags` go to
    all cards of the module.

    Without an id it has the file's name, without a deck its title. The one module of a course of one file has no deck of its own.
    """

    id: Id = field(default=Id(), metadata=LEARNER)
    title: Line = field(metadata=LEARNER)
    deck: Plain = Plain()
    accent: Accent = field(default="slate", metadata=LEARNER)
    chapters: Line = field(default=Line(), metadata=LEARNER)
    summary: Prose = field(default=Prose(), metadata=LEARNER)
    opening: tuple[Line, ...] = field(default=(), metadata=LEARNER)
    objectives: tuple[Objective, ...] = field(default=(), metadata=LEARNER)
    tags: tuple[Plain, ...] = ()
    cards: tuple[AnyCard, ...] = ()
    concepts: tuple[Concept, ...] = field(default=(), metadata=LEARNER)
    essays: tuple[Id, ...] = field(default=(), metadata=LEARNER)
    misconceptions: tuple[Misconception, ...] = field(default=(), metadata=LEARNER)
    activities: tuple[Activity, ...] = field(default=(), metadata=LEARNER)
    questions: tuple[Line, ...] = field(default=(), metadata=LEARNER)
    field_tasks: tuple[Prose, ...] = field(default=(), metadata=LEARNER)
    readings: tuple[Reading, ...] = field(default=(), metadata=LEARNER)
    mixed: bool = False

    @property
    def named(self) -> tuple[Concept, ...]:
        """Its concepts, but for the one without a name that holds cards of no concept."""
        return tuple(concept for concept in self.concepts if concept.name)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claim(Record):
    """What a document says, in our words. `place` is paragraph.sentence ("1.3" or "1.3-4");
    `support` says what the text gives for it; `to` is the concept or module it bears on. How it stands to that is the
    verdict, which learners are to find: it stands in the guide only. The outline gives the `main` claim of a document, or
    its first.
    """

    id: Id = field(metadata=LEARNER)
    text: Line = field(metadata=LEARNER)
    place: Plain = field(metadata=LEARNER)
    kind: ClaimKind = field(metadata=LEARNER)
    support: Line = field(metadata=LEARNER)
    relation: Relation = field(metadata=FACILITATOR)
    to: Id = field(metadata=FACILITATOR)
    reason: Line = field(metadata=FACILITATOR)
    departs: Prose = field(default=Prose(), metadata=FACILITATOR)
    main: bool = False
    objectives: tuple[Id, ...]
    cards: tuple[AnyCard, ...] = ()

    def images(self) -> tuple[Plain, ...]:
        """The drawings of its cards, each once."""
        return tuple(dict.fromkeys(i for card in self.cards for i in card.images()))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Essay(Record):
    """One source document. `descriptive` marks a title that is ours; `label`, `words`
    and `pages` are what the site that has it says of it; `cut` says how the text ends, `cut_note` where.
    """

    id: Id = field(metadata=LEARNER)
    number: int = field(metadata=LEARNER)
    title: Line = field(metadata=LEARNER)
    short: Line
    descriptive: bool = field(default=False, metadata=LEARNER)
    label: Plain = field(metadata=LEARNER)
    words: int | None = field(default=None, metadata=LEARNER)
    pages: int | None = field(default=None, metadata=LEARNER)
    cut: Cut = field(metadata=LEARNER)
    cut_note: Line = field(metadata=LEARNER)
    about: Prose = field(metadata=LEARNER)
    work: Id
    names: tuple[Line, ...] = field(default=(), metadata=LEARNER)
    claims: tuple[Claim, ...] = field(metadata=LEARNER)


# --- the course ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome(Record):
    """What a learner can do at the end; `text` begins with an assessable verb."""

    id: Id = field(metadata=LEARNER)
    text: Line = field(metadata=LEARNER)


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


UNDATED = "2026-01-01"
# A course's version: three numbers without signs or leading zeros.
VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class About(Record):
    """What any course says of itself. `key` stands in for the id in the identity of the notes, so that courses of one id share
    none: the first build makes one, and the first release writes it down. `fonts` names font files for print, in the order in
    which they are asked for a sign that no shipped font has. `url` is where learners find the course: its packages, its update
    page, what there is to print.

    Without an id it has one made of its title, without a deck its title. A release writes version and date.
    """

    id: Id = Id()
    key: Plain = Plain()
    title: Line = field(metadata=LEARNER)
    subtitle: Line = field(default=Line(), metadata=LEARNER)
    version: Plain = field(default=Plain(), metadata=LEARNER)
    date: Plain = field(default=Plain(), metadata=LEARNER)
    language: Plain = Plain("en")
    deck: Plain = Plain()
    description: Prose = field(default=Prose(), metadata=LEARNER)
    authors: tuple[Plain, ...] = field(default=(), metadata=LEARNER)
    license: Line = field(default=Line(), metadata=LEARNER)
    url: Plain = field(default=Plain(), metadata=LEARNER)
    fonts: tuple[Plain, ...] = ()
    thresholds: Thresholds = Thresholds()

    @property
    def day(self) -> str:
        """The date, or the day that counts as that of a course that was never released."""
        return str(self.date or UNDATED)

    @property
    def identity(self) -> str:
        """What the guids of the notes are made of."""
        return str(self.key or self.id)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CourseFile(About):
    """`course.yaml`. `modules` names the files in `modules/`, in course order; left out, it is all of them by name.
    `origin` says what comes from the source documents and what from elsewhere.
    """

    audience: Prose = field(default=Prose(), metadata=LEARNER)
    prerequisites: Prose = field(default=Prose(), metadata=LEARNER)
    how_to_use: Prose = field(default=Prose(), metadata=LEARNER)
    origin: Prose = field(default=Prose(), metadata=LEARNER)
    outcomes: tuple[Outcome, ...] = field(default=(), metadata=LEARNER)
    modules: tuple[Id, ...] = ()


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
class FileOfCards(About):
    """A course of one file: a title and cards. Other keys mean what they mean in course.yaml, a module and history.yaml."""

    accent: Accent = "slate"
    tags: tuple[Plain, ...] = ()
    cards: tuple[AnyCard, ...]
    retired: tuple[Retirement, ...] = ()
    renamed: tuple[Renaming, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course(Record):
    """Everything, read and resolved. `modules` and `essays` stand in course order; `bibliography` is
    `sources.yaml` as it stands, for Typst. `unnamed` are the ids that the author left out: each with what stands in for it,
    and the place where it would be written. `note_types` are those of notes that came from Anki, and `kept` the files that came
    with them. A course equals no other, so that functions can cache what they make of it.
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
    sounds: tuple[Sound, ...] = ()
    fonts: tuple[Font, ...] = ()
    history: History = History()
    bibliography: bytes = b""
    unnamed: tuple[Id, ...] = ()
    note_types: tuple[KeptType, ...] = ()
    kept: tuple[File, ...] = ()

    @property
    def types(self) -> dict[str, AnyType]:
        """Every note type by its kind: ours, and those that came from Anki."""
        return {**NOTE_TYPES, **{each.kind: each for each in self.note_types}}

    def files(self) -> tuple[File, ...]:
        """The pictures and sounds of `media/`."""
        return (*self.pictures, *self.sounds)
