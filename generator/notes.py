"""From a course to its notes: what Anki stores, and the faces that print and checks read.

A note is one fact with a guid; a card is one face of it that is asked. A sequence gives a note for each item and a
sort one for each case, so that each keeps its own review history when others are added around it.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from . import walk
from .citations import Citer, citer
from .identity import guid, names, tags
from .kinds.all import NOTE_TYPES, AnyCard
from .kinds.base import Face, Part, Setting
from .kinds.notetype import ID
from .labels import labels
from .media import names as media
from .model import Claim, Concept, Course, Essay, Module
from .text import escaped, published, to_html, to_plain
from .texts import File, Line, Picture


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `fields` are HTML by field name, without the learner's and the spare ones; `source` and `context` are
    plain text; `topic` is the name of the concept or document, `media` the names in Anki of
    the files that the fields show.
    """

    id: str
    guid: str
    card: AnyCard
    kind: str
    module: Module
    essay: Essay | None
    owner: walk.Owner
    deck: str
    tags: tuple[str, ...]
    fields: Mapping[str, str]
    source: str
    context: str
    topic: Line
    faces: tuple[Face, ...]
    picture: Picture | None = None
    media: tuple[str, ...] = ()

    def all_fields(self) -> list[str]:
        """The fields in the note type's order, as Anki stores them."""
        return [self.fields.get(name, "") for name in NOTE_TYPES[self.kind].fields]

    def ordinals(self) -> list[int]:
        """Anki's cards of the note, by their place among its templates or clozes, from 0."""
        return sorted({face.ordinal for face in self.faces})


def media_name(file: File) -> str:
    """The name of a file of `media/` in Anki."""
    return media.published(file.name, file.data)


def setting_of(course: Course) -> Setting:
    """What the cards of the course take from it."""
    pictures = {picture.name: picture for picture in course.pictures}
    return Setting(pictures, labels(course.about.language))


@functools.lru_cache(maxsize=2)  # checks, packages and pages look at the same notes
def notes_of(course: Course) -> tuple[Note, ...]:
    """Every note of the course, in course order."""
    cited = citer(course.works)
    named = {file.name: media_name(file) for file in course.files()}
    setting = setting_of(course)
    earlier = course.history.earlier
    notes: list[Note] = []
    for module, essay, owner in walk.owners(course):
        for card in owner.cards:
            notes += [
                _note(course, module, essay, owner, card, part, cited, earlier, named)
                for part in card.parts(setting)
            ]
    return tuple(notes)


def _note(
    course: Course,
    module: Module,
    essay: Essay | None,
    owner: walk.Owner,
    card: AnyCard,
    part: Part,
    cited: Citer,
    earlier: Mapping[str, str],
    named: Mapping[str, str],
) -> Note:
    about = course.about
    id_ = f"{card.id}.{part.suffix}" if part.suffix else str(card.id)
    topic = essay.short if essay else owner.name if isinstance(owner, Concept) else Line()
    source = _source(essay, owner, card, cited)
    context = about.deck if module.mixed else f"{about.deck} · {to_plain(module.title)}"
    common = {
        "Context": escaped(context),
        "Topic": to_html(topic),
        "Source": escaped(source),
        "Accent": module.accent,
        "Language": str(about.language),
        ID: id_,
    }
    shown: dict[str, None] = {}

    def name(file: str) -> str:
        found = named.get(file, file)
        shown[found] = None
        return found

    fields = {key: published(html, name) for key, html in {**part.fields, **common}.items()}
    return Note(
        id=id_,
        guid=guid(about.identity, names(id_, earlier)[-1], card.kind),
        card=card,
        kind=card.kind,
        module=module,
        essay=essay,
        owner=owner,
        deck=f"{about.deck}::{module.deck}",
        tags=tags(about.id, module.id, essay.id if essay else owner.id, card.lens),
        fields=fields,
        source=source,
        context=context,
        topic=topic,
        faces=part.faces,
        picture=part.picture,
        media=tuple(sorted(shown)),
    )


# --- notes for people and for programs ------------------------------------------------------------


def as_text(note: Note) -> str:
    """One line: id, kind, deck and the words of its first question."""
    return f"{note.id}  {note.kind}  {note.deck}  {to_plain(note.faces[0].question)}"


def as_row(note: Note, position: int) -> dict[str, object]:
    """Everything about a note, as JSON has it. `position` is the place at which its first card is met."""
    note_type = NOTE_TYPES[note.kind]
    return {
        "id": note.id,
        "guid": note.guid,
        "kind": note.kind,
        "note_type": note_type.name,
        "module": note.module.id,
        "deck": note.deck,
        "position": position,
        "cards": len(note.ordinals()),
        "lens": note.card.lens,
        "fields": dict(zip(note_type.fields, note.all_fields(), strict=True)),
        "tags": sorted(note.tags),
        "sources": note.source,
    }


# --- where a fact comes from ---------------------------------------------------------------------


def _source(essay: Essay | None, owner: walk.Owner, card: AnyCard, cited: Citer) -> str:
    own = [cited(cite) for cite in card.sources]
    if isinstance(owner, Claim):
        place = f"{essay.number}. {to_plain(essay.title)}, {owner.place}" if essay else ""
        return "; ".join([place, *own])
    return "; ".join(own or [cited(cite) for cite in owner.sources])
