"""From a course to its notes: what Anki stores, and the faces that print and checks read.

A note is one fact with a guid; a card is one face of it that is asked. A sequence gives a note for each item and a
sort one for each case, so that each keeps its own review history when others are added around it.
"""

import functools
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import partial
from typing import NamedTuple

from . import walk
from .citations import SourceOf, in_full, on_a_card
from .frozen import dataclass
from .identity import guid, names, tags
from .kinds.all import NOTE_TYPES, AnyCard
from .kinds.base import Card, Face, Part, Setting
from .kinds.kept import Kept
from .kinds.notetype import ID, LINK, AnyType
from .labels import labels
from .languages import direction
from .media import names as media
from .model import Claim, Concept, Course, Essay, Module
from .text import escaped, isolated, published, to_html, to_line, to_plain, turned
from .text.scripts import Direction
from .texts import Cite, File, Line, Picture


class Files(NamedTuple):
    """The files of a course: their names in Anki by those in `media/`, and which of the latter are photographs."""

    names: Mapping[str, str]
    photos: frozenset[str]


class Shown(NamedTuple):
    """The fields of a note, the files that they show, and its tags, see `Note`."""

    fields: Mapping[str, str]
    media: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What the notes of one concept or claim show alike: the line above the card, the topic if that line does not name it, the
    color, the course's language and its direction, its address and its files; and the tags of a card that has these own ones.
    """

    context: str
    topic: Line
    accent: str
    language: str
    runs: Direction
    address: str
    files: Files
    tags: Callable[[str | None, tuple[str, ...]], tuple[str, ...]]

    def shown(self, card: Card, part: Part, id_: str, source: str) -> Shown:
        """What a note of this id shows, whose fact comes from this source."""
        runs = self.runs
        media: dict[str, None] = {}

        def name(file: str) -> str:
            found = self.files.names.get(file, file)
            media[found] = None
            return found

        def own(html: str) -> str:
            return published(isolated(turned(html, runs), runs), name, self.files.photos)

        fields = {key: own(html) for key, html in part.fields().items()}
        fields["Context"] = escaped(self.context)
        fields["Topic"] = published(isolated(to_html(self.topic), runs), name, self.files.photos)
        fields["Accent"] = self.accent
        fields["Language"] = self.language
        fields["Source"] = isolated(turned(escaped(source), runs), runs)
        fields[ID] = id_
        fields[LINK] = _link(self.address, id_)
        return Shown(fields, tuple(sorted(media)), self.tags(card.lens, card.tags))


@dataclass(frozen=True, slots=True, eq=False)
class Note:
    """One note. `shown` makes what Anki alone shows of it, when that is first asked for: checks ask for none of it. `source` and
    `context` are plain text; `topic` is the name of the concept or document.
    """

    id: str
    guid: str
    card: AnyCard
    kind: str
    module: Module
    essay: Essay | None
    owner: walk.Owner
    deck: str
    shown: Callable[[], Shown]
    source: str
    context: str
    topic: Line
    faces: tuple[Face, ...]
    note_type: AnyType
    picture: Picture | None = None
    _shown: Shown | None = field(default=None, init=False)

    @property
    def fields(self) -> Mapping[str, str]:
        """HTML by field name, without the learner's and the spare ones."""
        return self._made().fields

    @property
    def media(self) -> tuple[str, ...]:
        """The names in Anki of the files that the fields show."""
        return self._made().media

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags in Anki."""
        return self._made().tags

    def _made(self) -> Shown:
        if self._shown is None:
            made = self.shown()
            object.__setattr__(self, "_shown", made)
            object.__setattr__(self, "shown", lambda: made)  # what it is made of may go
        return self._shown  # type: ignore[return-value]  # it is there now

    @property
    def ours(self) -> bool:
        """Whether it was written here, and did not come from Anki."""
        return self.kind in NOTE_TYPES

    def all_fields(self) -> list[str]:
        """The fields in the note type's order, as Anki stores them."""
        fields = self.fields
        return [fields.get(name, "") for name in self.note_type.fields]

    def ordinals(self) -> list[int]:
        """Anki's cards of the note, by their place among its templates or clozes, from 0."""
        return sorted({face.ordinal for face in self.faces})


def media_name(file: File) -> str:
    """The name of a file of `media/` in Anki."""
    return media.published(file.name, file.data)


def setting_of(course: Course) -> Setting:
    """What the cards of the course take from it."""
    pictures = {picture.name: picture for picture in course.pictures}
    types = {each.handle: each for each in course.note_types}
    kept = frozenset(file.name for file in course.kept)
    return Setting(pictures, labels(course.about.language), types, kept)


@functools.lru_cache(maxsize=2)  # checks, packages and pages look at the same notes
def notes_of(course: Course) -> tuple[Note, ...]:
    """Every note of the course, in course order."""
    source_of = on_a_card(course.works)
    setting = setting_of(course)
    photos = frozenset(name for name, picture in setting.pictures.items() if picture.photo)
    files = Files({file.name: media_name(file) for file in course.files()}, photos)
    earlier = course.history.earlier
    owned = (
        _notes(course, module, essay, owner, setting, source_of, earlier, files)
        for module, essay, owner in walk.owners(course)
    )
    return tuple(itertools.chain.from_iterable(owned))


def _notes(
    course: Course,
    module: Module,
    essay: Essay | None,
    owner: walk.Owner,
    setting: Setting,
    source_of: SourceOf,
    earlier: Mapping[str, str],
    files: Files,
) -> Iterator[Note]:
    """The notes of one concept or claim. What they share is made once."""
    about, identity = course.about, course.about.identity
    named = essay.short if essay else owner.name if isinstance(owner, Concept) else Line()
    topic = named or module.title
    alone = not module.deck  # all that a course of one file has
    context = about.deck if module.mixed or alone else f"{about.deck} · {to_plain(module.title)}"
    named_above = context.endswith(to_plain(module.title))  # the card need not say it twice
    above = alone or module.deck == about.deck  # a module may lie in the course's own deck
    deck = about.deck if above else f"{about.deck}::{module.deck}"
    place = ("", "") if alone else (module.id, essay.id if essay else owner.id)
    own = (*module.tags, *(owner.tags if isinstance(owner, Concept) else ()))

    usual = _source(essay, owner, (), source_of)
    told = to_plain(topic) == to_plain(module.title) and named_above
    language = about.language
    shown_topic = Line() if told else topic
    runs = direction(language)

    def tagged(lens: str | None, given: tuple[str, ...]) -> tuple[str, ...]:
        return tags(about.id, *place, lens, (*own, *given))

    frame = Frame(
        context, shown_topic, module.accent, str(language), runs, about.url, files, tagged
    )
    for card in owner.cards:
        if isinstance(card, Kept):
            for part in card.parts(setting):
                yield _kept(course, card, part, module, essay, owner, deck, topic)
            continue
        source = _source(essay, owner, card.sources, source_of) if card.sources else usual
        for part in card.parts(setting):
            id_ = f"{card.id}.{part.suffix}" if part.suffix else str(card.id)
            yield Note(
                id=id_,
                guid=guid(identity, names(id_, earlier)[-1] if earlier else id_, card.kind),
                card=card,
                kind=card.kind,
                module=module,
                essay=essay,
                owner=owner,
                deck=deck,
                shown=partial(frame.shown, card, part, id_, source),
                note_type=NOTE_TYPES[card.kind],
                source=source,
                context=context,
                topic=topic,
                faces=part.faces,
                picture=part.picture,
            )


def _kept(
    course: Course,
    card: Kept,
    part: Part,
    module: Module,
    essay: Essay | None,
    owner: walk.Owner,
    deck: str,
    topic: Line,
) -> Note:
    """A note that came from Anki, with its own guid, deck and tags."""
    assert part.type_ is not None  # noqa: S101 - `Kept` gives one
    kind = part.type_.kind
    first = names(str(card.id), course.history.earlier)[-1]
    return Note(
        id=str(card.id),
        guid=str(card.guid or guid(course.about.identity, first, kind)),
        card=card,
        kind=kind,
        module=module,
        essay=essay,
        owner=owner,
        deck=str(card.deck or deck),
        shown=lambda: Shown(part.fields(), part.files, tuple(dict.fromkeys(map(str, card.tags)))),
        source="",
        context="",
        topic=topic,
        faces=part.faces,
        note_type=part.type_,
        picture=part.picture,
    )


def _link(address: str, id_: str) -> str:
    """Where the course's page tells of a card, by its note's id; nothing without an address."""
    return escaped(f"{address.partition('#')[0]}#{id_}") if address else ""


# --- notes for people and for programs ------------------------------------------------------------


def as_text(note: Note) -> str:
    """One line: id, kind, deck and the words of its first question."""
    return f"{note.id}  {note.kind}  {note.deck}  {to_line(note.faces[0].question)}"


def as_row(note: Note, position: int) -> dict[str, object]:
    """Everything about a note, as JSON has it. `position` is the place at which its first card is met."""
    note_type = note.note_type
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


def sources_of(course: Course) -> Callable[[Note], str]:
    """A function that gives all of where a note's fact comes from, as there is room for on paper; nothing of one from Anki."""
    source_of = in_full(course.works)

    def sources(note: Note) -> str:
        card = note.card
        own = None if isinstance(card, Kept) else card.sources
        return "" if own is None else _source(note.essay, note.owner, own, source_of)

    return sources


def _source(
    essay: Essay | None, owner: walk.Owner, cites: tuple[Cite, ...], source_of: SourceOf
) -> str:
    """Where a card's fact comes from; `cites` are the card's own sources."""
    if isinstance(owner, Claim):
        place = f"{essay.number}. {to_plain(essay.title)}, {owner.place}" if essay else ""
        return source_of(place, cites)
    return source_of("", cites or owner.sources)
