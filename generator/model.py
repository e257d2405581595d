"""The course around its cards as frozen data. These classes are also the description of the YAML: `source/records.py` reads
the annotations, so a field added here is a key that an author may write (`builds_on` is `builds-on`). Its metadata says who
reads it in print; without, nobody does. The docstring of a class says of each key what it is, to authors: editors show these
sentences, and `docs/reference.md` is made of them.

Cards are described by their kinds (`kinds/`), texts by `texts.py`, how the course is taught by `plan.py`.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from .frozen import dataclass
from .kinds.all import NOTE_TYPES, AnyCard
from .kinds.kepttype import KeptType
from .kinds.notetype import AnyType
from .late import late
from .plan import Activity, Form, Plan, Rubric, Tool
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
    """What a concept is easily mistaken for.

    name: What it is mistaken for.
    difference: What tells the two apart.
    """

    name: Line = field(metadata=LEARNER)
    difference: Line = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Concept(Record):
    """One idea of a module, with the cards that ask about it.

    id: What tags and other files know the concept by, public for ever. A draft may leave it out.
    name: Its name. Cards without one belong under `cards` of the module.
    definition: What it is.
    why: Why it matters.
    example: An example.
    sources: Where it comes from. The cards have these sources too, unless they name their own.
    objectives: Ids of objectives of the module that its cards serve.
    tags: Tags of all its cards, see [Tags](format.md#tags).
    not: What it is easily mistaken for.
    credit: Who first had the idea, where that is not the author of the source.
    builds-on: Ids of concepts that a learner has met before.
    confidence: How sure it is: two sources say so (`confirmed`), one does (`reported`), or nobody has looked it up
        (`unverified`).
    note: An unconfirmed or minor remark for the reader, which never stands on a card.
    figure: A drawing (SVG) of `media/` that the course book shows beside it. Those of its cards are shown anyway.
    cards: The cards that ask about it.
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
    """What a learner can do after the module.

    id: The name by which concepts and claims refer to it.
    text: What the learner can do, beginning with a verb.
    outcome: The id of the outcome in `course.yaml` that it serves.
    """

    id: Id
    text: Line = field(metadata=LEARNER)
    outcome: Id = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Misconception(Record):
    """A common wrong belief.

    belief: The belief. The course book asks its readers what they would answer.
    repair: What to say or do about it; only the facilitator’s guide prints it.
    """

    belief: Line = field(metadata=LEARNER)
    repair: Prose = field(metadata=FACILITATOR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading(Record):
    """A work to read.

    work: The key of a work in `sources.yaml`.
    at: The place in it, such as `ch. 3`.
    note: What to look for in it.
    """

    work: Id = field(metadata=LEARNER)
    at: Plain = field(default=Plain(), metadata=LEARNER)
    note: Line = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Module(Record):
    """A unit of the course, and a deck. Only the title must be there.

    id: The name of the file without `.yaml`. It may be left out.
    title: The title.
    deck: The name of its deck, below that of the course and public for ever; its title unless given. `A::B` is a deck in
        a deck. The name of the course means the deck of the course itself. Where the name of every deck begins with a
        number, pages count the modules so, and otherwise from 1.
    accent: The colour of its pages and cards.
    chapters: The chapters of the book that it goes with.
    summary: What the module is about, in two or three sentences.
    opening: Questions to open with, before any theory.
    objectives: What a learner can do after the module.
    tags: Tags of all its cards, see [Tags](format.md#tags).
    cards: Cards that belong to no concept.
    concepts: The concepts of the module, in the order in which they are taught.
    essays: For a module of documents, their ids: files of `essays/` without `.yaml`.
    misconceptions: Common wrong beliefs.
    activities: What a group does.
    questions: Questions to discuss.
    field-tasks: What to do before the next meeting.
    readings: Works to read.
    mixed: Whether its cards come from all over the course. If so, the line at the top of a card names the course alone.
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
    """What a document says.

    id: What tags know the claim by, public for ever.
    text: The claim, in our words.
    place: Where it stands in the document, as paragraph and sentence: `"1.3"` or `"1.3-4"`.
    kind: What sort of claim it is; a `norm` says what should be done.
    support: What the document itself gives for it.
    relation: How it stands to what `to` names; `loose` means that it only sounds alike. This is the verdict that learners
        are to find, so only the facilitator’s guide prints it.
    to: The id of the concept or the module that it bears on.
    reason: Why it bears on that, or does not.
    departs: Where it differs from the book.
    main: Whether this is the claim that the outline gives. If none is, it gives the first.
    objectives: Ids of objectives of the module that its cards serve.
    cards: The cards that ask about it.
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
    """A source document that learners judge.

    id: The name of the file without `.yaml`.
    number: Its number among the documents.
    title: Its title.
    short: How a card calls it, behind “according to the”.
    descriptive: Whether the title is ours, since the document has none.
    label: The mark that the site gives the document, as it stands there.
    words: How many words it has, as the site says.
    pages: How many pages it has, as the site says.
    cut: Whether the text is whole, or ends after a sentence or within one.
    cut-note: Where it ends.
    about: What it is about, in a sentence or two.
    work: The key of the work in `sources.yaml` that holds it.
    names: Works and scholars that it names.
    claims: What it says.
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
    """What a learner can do at the end of the course.

    id: The name by which objectives refer to it.
    text: What the learner can do, beginning with a verb that can be tested.
    """

    id: Id = field(metadata=LEARNER)
    text: Line = field(metadata=LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Thresholds(Record):
    """Limits of the rules for prompts. Words are counted as they are read, without markup.

    question-words: The most words of a question (`long-question`).
    answer-words: The most words of an answer (`long-answer`).
    answer-words-error: The most words of an answer that asks for one thing (`far-too-long-answer`).
    deletions: The most deletions of a cloze (`many-deletions`).
    deleted-share-percent: The largest share of a cloze that may be hidden (`large-deletion`).
    overlap-percent: From which share of common words on two questions are nearly the same (`overlap`).
    same-answer: How many cards with one answer are too many (`same-answer`).
    lenses: The fewest lenses through which a concept is asked (`few-lenses`).
    list-items: How many things in one answer are too many (`set-answer`).
    confidence: How sure a fact must be to stand on a card (`low-confidence`).
    """

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
    """An entry of `sources.yaml` (Hayagriva's form), as far as cards, checks and documents to adapt need it. `within` is where it
    appeared, in words: “Sloan Management Review, 32(1), 7–23”. Of a work whose title nobody knows, `title` says what it is: it
    is `untitled`.
    """

    id: Id
    type: str
    title: str
    author: tuple[str, ...] = ()
    date: str = ""
    url: str = ""
    note: str = ""
    edition: str = ""
    publisher: str = ""
    within: str = ""
    untitled: bool = False


UNDATED = "2026-01-01"
# A course's version: three numbers without signs or leading zeros.
VERSION = late(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class About(Record):
    """What any course says of itself.

    id: What its packages and tags are called, public for ever. A draft may leave it out: then it is made of the title.
    key: What the notes are known by in Anki. The first release writes it, see [Ids](format.md#ids).
    title: The title.
    subtitle: A second line of the title.
    version: Written by `coursedeck release`: three numbers, such as `1.0.0`.
    date: Written by `coursedeck release`: the day of the release, such as `2026-11-24`.
    language: The language of the course, such as `de` or `pt-BR`: of the words that the program adds, and of the rules
        for prompts.
    deck: The name of its deck in Anki, public for ever; the title unless given.
    description: What the course is about.
    authors: Who wrote it.
    license: Its licence.
    url: Where learners find the course: a link in its decks, and on its pages a link and a code for a telephone’s camera.
    fonts: Font files in `fonts/`, or beside the one file, for signs that the shipped fonts cannot print. The first that
        has a sign prints it.
    thresholds: Limits of the rules for prompts.
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
    """The course as a whole.

    audience: For whom the course is.
    prerequisites: What a learner should know before.
    how-to-use: How to learn with it.
    origin: What comes from the source documents, and what from elsewhere.
    outcomes: What a learner can do at the end.
    modules: The order of the modules: names of files of `modules/`, without `.yaml`. Left out, it is all of them by name.
    """

    audience: Prose = field(default=Prose(), metadata=LEARNER)
    prerequisites: Prose = field(default=Prose(), metadata=LEARNER)
    how_to_use: Prose = field(default=Prose(), metadata=LEARNER)
    origin: Prose = field(default=Prose(), metadata=LEARNER)
    outcomes: tuple[Outcome, ...] = field(default=(), metadata=LEARNER)
    modules: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Retirement(Record):
    """A released card that is no longer taught.

    card: Its id; `card.item` names one item or case of a card.
    reason: Why it is no longer taught.
    successor: The id of the card to learn instead.
    """

    card: Plain
    reason: Line
    successor: Plain = Plain()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Renaming(Record):
    """A released card whose id changed. It stays the same note for everyone who has it.

    from: Its old id.
    to: Its new id.
    """

    from_: Plain
    to: Plain


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class History(Record):
    """What became of released cards that the course no longer names as before.

    retired: Released cards that are no longer taught.
    renamed: Released cards whose ids changed.
    """

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
    """A title and cards are enough.

    accent: The colour of its pages and cards.
    tags: Tags of all cards, see [Tags](format.md#tags).
    cards: The cards.
    retired: Released cards that are no longer taught.
    renamed: Released cards whose ids changed.
    """

    accent: Accent = "slate"
    tags: tuple[Plain, ...] = ()
    cards: tuple[AnyCard, ...]
    retired: tuple[Retirement, ...] = ()
    renamed: tuple[Renaming, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course(Record):
    """Everything, read and resolved. `modules` and `essays` stand in course order; `bibliography` is
    `sources.yaml` as it stands, for Typst. `unnamed` are the ids that the author left out: each with what stands in for it,
    and the place where it would be written; `drafts` are digests of the words that they were made of, by the id with that of its
    card before it. `note_types` are those of notes that came from Anki, and `kept` the files that came
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
    drafts: Mapping[str, str] = field(default_factory=dict)
    note_types: tuple[KeptType, ...] = ()
    kept: tuple[File, ...] = ()

    @property
    def forms(self) -> tuple[Form, ...]:
        """The ways to run the course, the one to print first in front; none without a plan."""
        return self.plan.forms if self.plan else ()

    @property
    def rubrics(self) -> tuple[Rubric, ...]:
        """How pieces of work are judged; none without a plan."""
        return self.plan.assessment.rubrics if self.plan else ()

    @property
    def types(self) -> dict[str, AnyType]:
        """Every note type by its kind: ours, and those that came from Anki."""
        return {**NOTE_TYPES, **{each.kind: each for each in self.note_types}}

    def files(self) -> tuple[File, ...]:
        """The pictures and sounds of `media/`."""
        return (*self.pictures, *self.sounds)
