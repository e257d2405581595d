"""What a learner sees of each card, and whether that shows the answer of another.

An answer is compared by the stems of its words (`text/stems.py`): a card shows it when one sentence has all of them. A
single word that is common in the course is given away only where it stands by itself, as an answer, an item, a label.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .kinds.base import Face
from .kinds.sequence import SequenceCard
from .kinds.sort import Sort
from .model import Course
from .notes import Note, notes_of
from .text import to_plain
from .text.stems import sentences, stems
from .texts import Line, literal

Stems = frozenset[str]
COMMON = 3  # a word on more cards than this, and than PERCENT of them, is common in the course
PERCENT = 4
ITEM = re.compile(r"^(?:\d+\.|-) ")  # what stands before an item of a list


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that must be recalled, in stems. `alone`: it is one common word, which its question alone gives sense.
    `language` is that of the stems.
    """

    face: Face
    stems: Stems
    alone: bool
    language: str


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One card of Anki, as its learner sees it: `texts` are those of front and back in plain words, `words` the stems of
    them all. `answers` are what it asks for, one for each case of a card of cases; none where options show the answer.
    """

    note: Note
    ordinal: int
    texts: tuple[str, ...]
    words: Stems
    answers: tuple[Answer, ...]


def language_of(course: Course) -> str:
    """The course's language without its region: what stems go by."""
    return course.about.language.partition("-")[0]


@functools.lru_cache(maxsize=2)  # checks, packages and lists look at the same cards
def cards_seen(course: Course) -> tuple[Seen, ...]:
    """Every card, in course order, siblings together."""
    language = language_of(course)
    found = []
    counts: Counter[str] = Counter()
    for note in notes_of(course):
        for ordinal in note.ordinals():
            texts = tuple(dict.fromkeys(_texts(note, ordinal)))
            words = frozenset().union(*(stems(text, language) for text in texts))
            counts.update(words)
            found.append((note, ordinal, texts, words))
    bar = max(COMMON, len(found) * PERCENT // 100)
    return tuple(
        Seen(note, ordinal, texts, words, tuple(_answers(note, ordinal, language, counts, bar)))
        for note, ordinal, texts, words in found
    )


def shown_answer(before: Seen, after: Seen) -> Answer | None:
    """The answer of the one card that the other shows, when it is seen before; None where it shows none of them."""
    for answer in after.answers:
        if not answer.stems <= before.words:
            continue
        if answer.alone:
            if any(answer.stems == stems(each, answer.language) for each in before.texts):
                return answer
        elif any(answer.stems <= stems(each, answer.language) for each in _sentences(before)):
            return answer
    return None


def _sentences(card: Seen) -> Iterator[str]:
    for text in card.texts:
        yield from sentences(text)


def _texts(note: Note, ordinal: int) -> Iterator[str]:
    """What stands on a card's front and back. Options are left out, since they are there whatever the answer is."""
    for face in note.faces:
        if face.ordinal == ordinal:
            if isinstance(note.card, SequenceCard):
                yield from (
                    to_plain(Line(ITEM.sub("", each))) for each in face.question.split("\n")
                )
            else:
                yield to_plain(face.prompt if isinstance(note.card, Sort) else face.question)
            yield to_plain(face.answer)
            yield to_plain(face.more)
    yield to_plain(note.topic)
    yield note.source
    if note.picture:
        yield note.picture.title
        for mask in note.picture.masks:
            yield literal(mask.label)


def _answers(
    note: Note, ordinal: int, language: str, counts: Counter[str], bar: int
) -> Iterator[Answer]:
    if isinstance(note.card, Sort):
        return
    for face in note.faces:
        if face.ordinal == ordinal:
            asked = stems(to_plain(face.answer), language)
            if asked and not _named(asked, to_plain(face.question), language):
                alone = len(asked) == 1 and counts[next(iter(asked))] > bar
                yield Answer(face, asked, alone, language)


def _named(asked: Stems, question: str, language: str) -> bool:
    """Whether the question itself names the answer, as one of its alternatives."""
    return asked <= stems(question, language)
