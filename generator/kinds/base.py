"""What all kinds of card share, and what a kind must say (`Kind`)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import ClassVar, Literal, Protocol

from ..frozen import dataclass
from ..problems import Problem
from ..texts import Cite, Confidence, Id, Line, Mask, Picture, Plain, Prose, Record, Text
from .kepttype import KeptType
from .notetype import NoteType

Lens = Literal[
    "definition", "difference", "part", "cause", "consequence", "example", "application", "credit"
]
# What a card asks of a learner: a term or name (recall); why (reason); what to do or say next (move); which of several
# things that are easily confused (tell-apart).
Asks = Literal["recall", "reason", "move", "tell-apart"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Waiver(Record):
    """Why a card or a step may break a rule. `check` warns of a waiver that nothing needs.

    rule: The code of the rule, as `check` shows it in brackets.
    reason: Why the rule does not fit here.
    """

    rule: Id
    reason: Plain


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Face:
    """One question and its answer as texts, for print and checks.

    `ordinal` is the place of Anki's card among those of its note, from 0; `number` tells the faces of a note apart in
    print, from 1. `prompt` is the part of the question that a learner must read before answering: it leaves out lists,
    options and drawings, which are only looked at. In a diagram, `masks` of `picture` are hidden, which are asked for, and
    `covers`, which are not. `hints` are those of a note from Anki that a reader may open, each with its name; paper has none.
    """

    ordinal: int
    number: int
    question: Text
    answer: Text
    more: Text
    prompt: Text
    picture: Picture | None = None
    masks: tuple[Mask, ...] = ()
    covers: tuple[Mask, ...] = ()
    hints: tuple[tuple[str, Text], ...] = ()


def face(
    question: Text, answer: Text, more: Text, *, ordinal: int = 0, prompt: Text | None = None
) -> Face:
    """A face without a picture, whose number is its `ordinal` plus one. The prompt is the whole question unless given."""
    return Face(
        ordinal=ordinal,
        number=ordinal + 1,
        question=question,
        answer=answer,
        more=more,
        prompt=question if prompt is None else prompt,
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """What a card takes from its course: the pictures of `media/` by file name, and `labels`, the program's own words in
    the course's language, by their names in `labels.py`. For notes that came from Anki, `types` are their note types by the names
    of their files, and `kept` the names of the files that came with them.
    """

    pictures: Mapping[str, Picture]
    labels: Mapping[str, str]
    types: Mapping[str, KeptType] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """What a card gives to one note: what makes its own fields as HTML, by their names, its faces, its picture. `suffix` is the id
    of the item or case, with which the note's id ends; it is empty where the card gives one note only. A note that came from Anki
    has a note type of its own, `type_`, and the `files` that came with it and that it shows.
    """

    suffix: str = ""
    fields: Callable[[], Mapping[str, str]]
    faces: tuple[Face, ...]
    picture: Picture | None = None
    type_: KeptType | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RowItem:
    """One answer of several in a row; `id` is that of its note, where every item is a note of its own, `more` what there is to
    say of it alone.
    """

    text: Text
    id: str = ""
    more: Text = Prose()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """A row of a study sheet. Either `answer`, which has `parts`, or `items` hold what is asked for; with `ordered` they are
    numbered.
    `task` stands small under the question, as plain text: what to do, in words of the program, such as “Name the four.”
    `blanks` shows an empty list under the question; with `choice`, a list at its end is one to choose from. A picture hides
    `masks`, each under its sign.
    """

    id: str
    question: Text
    answer: Text = Prose()
    parts: int = 1
    items: tuple[RowItem, ...] = ()
    ordered: bool = False
    task: str = ""
    blanks: bool = False
    choice: bool = False
    more: Text = Prose()
    picture: Picture | None = None
    masks: tuple[tuple[Mask, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Card(Record):
    """What all kinds of card share. The key that holds the content says of which kind a card is; beside it, any card may have
    these keys.

    id: What reviews hang on, see [Ids](format.md#ids). A draft may leave it out.
    lens: From which side the card looks at its concept.
    asks: What the card asks of a learner: a term or a name (`recall`), why or what follows (`reason`), what to do, say or
        ask next (`move`), or which of several things that are easily confused (`tell-apart`). `coursedeck coverage`
        counts them.
    more: What stands quietly under the answer: why, or an example.
    sources: Where the fact comes from, if not from the sources of the concept.
    confidence: How sure the fact is, if not as sure as the concept.
    tags: Tags of this card, beside those of its concept and its module, see [Tags](format.md#tags).
    waive: Rules that this card may break, each with a reason.
    """

    kind: ClassVar[str]
    # The question may show the answer, as one of several options or labels.
    answer_in_sight: ClassVar[bool] = False
    # A list at the end of the question is one to choose from.
    gives_choice: ClassVar[bool] = False
    # Cards of this kind may have the same answer, or the same question, without being duplicates.
    answer_repeats: ClassVar[bool] = False
    question_repeats: ClassVar[bool] = False
    # The back of a card to cut out names its concept.
    names_topic: ClassVar[bool] = True

    id: Id
    lens: Lens | None = None
    asks: Asks | None = None
    more: Prose = Prose()
    sources: tuple[Cite, ...] = ()
    confidence: Confidence | None = None
    tags: tuple[Plain, ...] = ()
    waive: tuple[Waiver, ...] = ()

    def part_ids(self) -> tuple[Id, ...]:
        """The ids of the card's items or cases, which must differ."""
        return ()

    def images(self) -> tuple[Plain, ...]:
        """The drawings of `media/` that the card shows."""
        return ()

    def faults(self) -> Iterator[Problem]:
        """What is wrong with the card, as far as it can tell by itself."""
        yield from ()

    def under(self, why: Prose) -> Prose:
        """What stands under an answer that has a reason of its own: the reason, then the card's `more`."""
        return Prose("\n\n".join(filter(None, (why, self.more))), why.span)

    def rows(self, notes: Mapping[str, tuple[Face, ...]], setting: Setting) -> Iterator[Row]:
        """The card's rows on a study sheet. `notes` has the faces of each of its notes, by the note's id.

        Rows stand under each other, so none may give away the answer of another.
        """
        for id_, faces in notes.items():
            first = faces[0]
            yield Row(
                id=id_,
                question=first.question,
                answer=first.answer,
                choice=self.gives_choice,
                more=first.more,
            )


def name_all(count: int, setting: Setting) -> str:
    """The task of a row that asks for several things at once: “Name the three.”"""
    words = setting.labels["numbers"].split()
    said = words[count - 1] if count <= len(words) else count
    return f"{setting.labels['name-all']} {said}."


def on_paper(prompt: Line, setting: Setting) -> Line:
    """A prompt without its last sentence where that asks for what is missing or hidden: on paper, where all is asked at once,
    nothing is missing alone.
    """
    before, stop, last = prompt.rstrip().rpartition(". ")
    gap = any(word in last.casefold() for word in setting.labels["gap"].split())
    return Line(f"{before}.", prompt.span) if stop and last.endswith("?") and gap else prompt


class Kind(Protocol):
    """What a kind of card must say; `Card` answers where most kinds agree."""

    kind: ClassVar[str]
    note_type: ClassVar[NoteType]
    answer_in_sight: ClassVar[bool]
    answer_repeats: ClassVar[bool]
    question_repeats: ClassVar[bool]
    names_topic: ClassVar[bool]

    def parts(self, setting: Setting) -> Iterator[Part]:
        """What it gives to each of its notes."""
        ...

    def part_ids(self) -> tuple[Id, ...]:
        """See `Card`."""
        ...

    def images(self) -> tuple[Plain, ...]:
        """See `Card`."""
        ...

    def faults(self) -> Iterator[Problem]:
        """See `Card`."""
        ...

    def rows(self, notes: Mapping[str, tuple[Face, ...]], setting: Setting) -> Iterator[Row]:
        """See `Card`."""
        ...
