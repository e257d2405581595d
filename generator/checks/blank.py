"""Blank sides of notes that came from Anki: a front of which Anki makes no card or that shows nothing, a back with no answer.

A side is blank where nothing of it may be seen or heard. What only a script or a style draws nobody can tell here: it counts as
something.
"""

import html
import re
from collections.abc import Iterator

from ..kinds.kept import Kept, numbered
from ..kinds.kepttype import KeptType
from ..late import late
from ..model import Course
from ..notes import Note, notes_of
from ..problems import Problem
from ..text import sight, templates
from ..texts import Text

# What is seen or heard without words; a hint and a field to type in are Anki's, and shown.
SEEN = late(
    r"<(?:img|svg|canvas|video|audio|iframe|object|embed|input|script|math)\b", re.IGNORECASE
)
# What a template shows by other means than its fields' words: it is spoken, or drawn by a style.
ASKS_OTHERWISE = late(r"\{\{[^{}]*\b(?:tts|type|hint)\b[^{}]*:|<script\b", re.IGNORECASE)
DRAWS = late(r"\burl\(|\bcontent\s*:", re.IGNORECASE)
REFUSED = "a blank front: Anki makes no card of it, and asks that the one it has be deleted"
NOTHING = "a front that shows nothing"
NO_ANSWER = "a back that shows nothing but its front"


def sides(course: Course) -> Iterator[Problem]:
    """A card of a note from Anki asks something, and answers it; told once for all that are blank in the same way."""
    if not course.note_types:  # nothing came from Anki
        return
    found: dict[str, list[tuple[Note, str]]] = {}
    for note in notes_of(course):
        kept, card = note.note_type, note.card
        if isinstance(kept, KeptType) and isinstance(card, Kept):
            for what, hint in dict(_blank(note, kept, card)).items():
                found.setdefault(what, []).append((note, hint))
    for what, own in found.items():
        first, hint = own[0]
        many = f"{len(own)} notes, the first “{first.id}”, have"
        said = f"{many if len(own) > 1 else f'“{first.id}” has'} {what}"
        yield Problem(first.card.span, "blank-side", said, hint)


def _blank(note: Note, kept: KeptType, card: Kept) -> Iterator[tuple[str, str]]:
    """In which ways cards of a note are blank, each with what to do about it."""
    values = {name: str(card.fields.get(name, "")) for name in kept.fields}
    there = numbered([each.front for each in kept.templates], values, card.tags, cloze=kept.cloze)
    for face in note.faces:
        template = kept.templates[0 if kept.cloze else min(face.number, len(kept.templates)) - 1]
        if face.number not in there:
            yield REFUSED, _filled(template.front, face.number, kept)
        elif kept.occlusion or DRAWS.search(kept.css):
            continue
        elif not _shows(face.question, template.front):
            yield NOTHING, _filled(template.front, face.number, kept)
        elif not _shows(face.answer, template.back):
            yield NO_ANSWER, _filled(template.back, face.number, kept)


def _shows(side: Text, template: str) -> bool:
    if ASKS_OTHERWISE.search(template) or SEEN.search(side):
        return True
    return sight.is_seen(html.unescape(templates.TAG.sub("", side)))


def _filled(template: str, number: int, kept: KeptType) -> str:
    """What to do about a blank side of this template."""
    names = [name for name in templates.keys(template) if name in kept.fields]
    fields = " or ".join(f"“{name}”" for name in names[:3]) or "one of its fields"
    what = f"{{{{c{number}::words}}}}" if kept.cloze else "something"
    return f"write {what} into {fields}, or take the note out"


CHECKS = (sides,)
