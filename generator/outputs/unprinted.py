"""What of notes that came from Anki does not stand on paper as on a screen: told once, not note by note."""

from collections.abc import Iterable, Iterator, Sequence

from ..kinds.kept import Kept, asked_on_sheets, shapes_left_out
from ..late import late
from ..model import Course
from ..notes import Note
from ..problems import Problem, so_many
from ..text import Image, files_of, to_plain
from ..text.fields import FOLDER, FRAMES, OVER, UNREAD, left_out
from ..texts import Html
from . import glyphs
from .complaints import owner
from .pagedata import kept_pictures

LOOK = "the notes stay as they are; look at the pages"
BACKWARDS = "on sheets, of a question and the same one backwards the first stands alone"
HINT = late(r"\{\{\s*hint:(?:[^{}]*:)?([^{}:]+)\}\}")
SHOWN = 30  # characters that are named


def characters(course: Course, notes: Sequence[Note]) -> list[str]:
    """The characters of notes from Anki that no font of the course has, in order, once each."""
    words = "".join(to_plain(side) for note in notes for side in _sides(note))
    return [each for each in glyphs.missing(words, course) if each.isprintable()]


def _sides(note: Note) -> list[Html]:
    """The sides of a note that came from Anki; nothing for ours."""
    sides = [side for face in note.faces for side in (face.question, face.answer)]
    return [side for side in sides if isinstance(side, Html)]


def told(course: Course, notes: Sequence[Note]) -> Iterator[Problem]:
    """A line for each sort of thing, with the number of notes that have it, at the first of them."""
    found: dict[str, list[Note]] = {}
    lost: dict[str, None] = {}
    without: list[Note] = []
    for note in notes:
        if note.ours:
            continue
        html = _sides(note)
        sorts = {sort for side in html for sort in left_out(side)}
        shown = {f.file for side in html for f in files_of(side) if isinstance(f, Image)}
        shown |= {note.picture.name} if note.picture else set()
        names = {name for each in shown for name in each.removeprefix(f"{FOLDER}/").split(OVER)}
        shown = {f"{FOLDER}/{name}" for name in names if not name.startswith(FRAMES)}
        if isinstance(note.card, Kept):
            sorts |= {
                each for value in note.card.fields.values() for each in shapes_left_out(value)
            }
            if set(_hinted(note)) & note.card.fields.keys():
                sorts.add("hints that a card shows when asked are left out of its question")
            backwards = len(asked_on_sheets(note.faces)) < len(note.faces)
            if backwards and not note.note_type.cloze:
                sorts.add(BACKWARDS)
        if shown - kept_pictures(course).keys():
            sorts.add(UNREAD)
        for sort in sorts:
            found.setdefault(sort, []).append(note)
        if missing := characters(course, [note]):
            lost |= dict.fromkeys(missing)
            without.append(note)
    for sort, own in sorted(found.items()):
        yield Problem(own[0].card.span, "not-printed", f"{_notes(own)}: {sort}", LOOK)
    if without:
        named = "".join(list(lost)[:SHOWN]) + (" …" if len(lost) > SHOWN else "")
        what = " and ".join(glyphs.scripts_of(lost)) or "characters"
        message = (
            f"{_notes(without)}: {what} that no font here can print stand as {glyphs.BOX}: {named}"
        )
        hint = "put a font that has them into fonts/, and name it under “fonts” in course.yaml"
        yield Problem(without[0].card.span, "not-printed", message, hint)


def _hinted(note: Note) -> Iterator[str]:
    """The fields that a front shows as hints."""
    for template in note.note_type.templates:
        yield from (name.strip() for name in HINT.findall(template.front))


def too_long(notes: Sequence[Note], ids: Iterable[str]) -> Iterator[Problem]:
    """The cards to cut out that have no room for what they say; rows of sheets run on over pages."""
    by_id = {note.id: note for note in notes}
    own = [by_id[owner(each)] for each in sorted(ids) if each.startswith("card-too-long")]
    if own:
        many = so_many(len(own), "card is", "cards are")
        message = f"{many} too long to be cut out and left out there, the first “{own[0].id}”"
        yield Problem(own[0].card.span, "not-printed", message, LOOK)


def _notes(own: Sequence[Note]) -> str:
    return f"“{own[0].id}”" if len(own) == 1 else f"{len(own)} notes, the first “{own[0].id}”"
