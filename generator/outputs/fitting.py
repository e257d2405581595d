"""Whether a course can be laid out: `check` tries it with cards and maps that are long enough for a doubt, and with works of which
only Typst can tell whether it reads them; and only with those, since to lay out a whole course takes seconds.
"""

from collections.abc import Iterator, Sequence

from ..kinds.base import Face
from ..model import Course, Module
from ..notes import Note, notes_of
from ..problems import Problem, errors
from ..source import bibliography

# Half of what fits the smallest card in the smallest type, and of what fits a map; a line counts as full.
CARD = 450
MAP = 2000
CONCEPTS = 45
TITLE = 6  # a letter of a map's title takes as much room as so many others
LINE = 45
PICTURE = 300
AT_ONCE = 200  # cards that are tried together
FORMS = ("cards", "study-sheets", "worksheets")


def problems(course: Course) -> Iterator[Problem]:
    """A problem for each card or module that is too long for its page, and for a work that cannot be read."""
    ours = [note for note in notes_of(course) if note.ours]
    notes = [n for n in ours if any(_doubtful(n, face) for face in n.faces)]
    # A long title stands on all cards of its module; one of them is enough to try it.
    tried = {note.module.id for note in notes}
    for note in ours:
        if len(note.module.title) > CARD and note.module.id not in tried:
            tried.add(note.module.id)
            notes.append(note)
    for first in range(0, len(notes), AT_ONCE):
        found = _laid_out(course, notes[first : first + AT_ONCE], FORMS)
        yield from found
        if found:
            break  # thousands that are too long would take minutes, and the first ones tell the author as much
    modules = [module.id for module in course.modules if _crowded(module)]
    if modules:
        yield from _laid_out(course, notes_of(course), ("maps",), tuple(modules))
    if course.works and not bibliography.sure(course.bibliography):
        yield from _laid_out(course, notes_of(course), ("book",))


def _doubtful(note: Note, face: Face) -> bool:
    parts = (face.question, face.answer, face.more)
    said = "".join(parts)
    if len(said) + len(note.topic) + len(note.source) < CARD - 2 * LINE and _of_one_line(said):
        return False  # most faces need no closer look
    topic = "" if note.topic == note.module.title else note.topic
    answer = _weight(face.answer) + _weight(face.more) + len(topic) + len(note.source)
    return max(_weight(face.question), answer) > CARD


def _weight(text: str) -> int:
    if _of_one_line(text):
        return max(LINE, len(text)) if text and not text.isspace() else 0
    lines = (line for line in text.splitlines() if line.strip())
    return sum(max(LINE, len(line)) for line in lines) + PICTURE * text.count("![")


def _of_one_line(text: str) -> bool:
    return text.isprintable() and "![" not in text


def _crowded(module: Module) -> bool:
    names = [concept.name for concept in module.named]
    said = TITLE * len(module.title) + len(module.summary) + sum(map(len, names))
    return len(names) + len(module.essays) > CONCEPTS or said > MAP


def _laid_out(
    course: Course, notes: Sequence[Note], forms: tuple[str, ...], modules: tuple[str, ...] = ()
) -> list[Problem]:
    if not notes:
        return []
    # What lays out pages takes long to import, and few courses have a card to be doubted.
    from . import pdf
    from .papers import PAPERS

    _, found = pdf.printed(course, notes, pdf.Choice(PAPERS[:1], forms, modules))
    return errors(found)
