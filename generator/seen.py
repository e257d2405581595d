"""What a learner sees of each card, and whether that shows the answer of another.

An answer is compared by the stems of its words (`text/stems.py`): a card shows it when one sentence has all of them. A
single word that is common in its module is given away only where it stands by itself, as an answer, an item, a label.
"""

import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

from .frozen import dataclass
from .kinds.all import AnyCard
from .kinds.base import Face
from .kinds.pair import Pair
from .kinds.sequence import SequenceCard
from .kinds.sort import Sort
from .model import Course
from .notes import Note, notes_of
from .text import to_compared
from .text.made import pieces
from .text.stems import sentences, shows, stems, with_stems
from .texts import literal

Stems = frozenset[str]
PROMPTED = (Pair, Sort)  # a tuple, since `|` would make a new union for each question
COMMON = 3  # a word on more cards than this, and than PERCENT of them, is common in the module
PERCENT = 12


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


@functools.lru_cache(maxsize=2)  # checks and lists look at the same cards
def cards_seen(course: Course) -> tuple[Seen, ...]:
    """Every card, in course order, siblings together."""
    return tuple(each_seen(course))


def each_seen(course: Course) -> Iterator[Seen]:
    """The same one by one, with no more than a module of them in memory."""
    language = language_of(course)
    for _, notes in itertools.groupby(notes_of(course), key=lambda note: note.module):
        yield from _of_module(notes, language)


def _of_module(notes: Iterable[Note], language: str) -> list[Seen]:
    """The cards of a module's notes. What they ask and show is a matter of the module alone, so that an edit of one module
    moves no card of another but through the few that meet.
    """
    found: list[tuple[Note, int, list[Face], tuple[str, ...], Stems]] = []
    around: tuple[str, ...] = ()
    words_around = Stems()
    before: tuple[object, ...] = ()
    for note in notes:
        if not note.ours:  # its words are its author's affair
            found += [(note, ordinal, [], (), Stems()) for ordinal in note.ordinals()]
            continue
        place = (note.topic, note.source, note.picture)
        if place != before:  # it is the same for most notes of a concept
            around, before = tuple(_around(note)), place
            words_around = stems("\n".join(around), language)
        for ordinal, faces in _by_ordinal(note):
            texts = tuple(_texts(note, faces))
            words = with_stems(words_around, texts, language)
            found.append((note, ordinal, faces, (*texts, *around), words))
    counts = Counter(itertools.chain.from_iterable(each[-1] for each in found))
    bar = max(COMMON, len(found) * PERCENT // 100)
    return [
        Seen(note, ordinal, texts, words, tuple(_answers(note, faces, language, counts, bar)))
        for note, ordinal, faces, texts, words in found
    ]


def _by_ordinal(note: Note) -> list[tuple[int, list[Face]]]:
    """The cards of a note: of each its ordinal and its faces."""
    if len(note.faces) == 1:
        return [(note.faces[0].ordinal, [note.faces[0]])]
    found: dict[int, list[Face]] = {}
    for face in note.faces:
        found.setdefault(face.ordinal, []).append(face)
    return sorted(found.items())


def shown_answer(before: Seen, after: Seen) -> Answer | None:
    """The answer of the one card that the other shows, when it is seen before; None where it shows none of them."""
    for answer in after.answers:
        if not answer.stems <= before.words:
            continue
        if answer.alone:
            if any(answer.stems == stems(each, answer.language) for each in before.texts):
                return answer
        elif any(shows(each, answer.stems, answer.language) for each in _sentences(before)):
            return answer
    return None


def _sentences(card: Seen) -> Iterator[str]:
    for text in card.texts:
        yield from sentences(text)


def question_of(card: AnyCard, face: Face) -> str:
    """The words of a question; without its options where they are there whatever the answer is."""
    # Those of a pair's prompt are the same, and without markup that would have to be read.
    return to_compared(face.prompt if isinstance(card, PROMPTED) else face.question)


def _texts(note: Note, faces: Iterable[Face]) -> Iterator[str]:
    """What the faces of a card show. Options are left out, since they are there whatever the answer is."""
    for face in faces:
        if isinstance(note.card, SequenceCard):
            yield from map(to_compared, pieces(face.question))
        else:
            yield question_of(note.card, face)
        yield to_compared(face.answer)
        yield to_compared(face.more)


def _around(note: Note) -> Iterator[str]:
    """What else stands on every card of a note."""
    yield to_compared(note.topic)
    yield note.source
    if note.picture:
        yield note.picture.title
        for mask in note.picture.masks:
            yield literal(mask.label)


def _answers(
    note: Note, faces: Iterable[Face], language: str, counts: Counter[str], bar: int
) -> Iterator[Answer]:
    if isinstance(note.card, Sort):
        return
    for face in faces:
        asked = stems(to_compared(face.answer), language)
        if asked and not shows(question_of(note.card, face), asked, language):
            alone = len(asked) == 1 and counts[next(iter(asked))] > bar
            yield Answer(face, asked, alone, language)
