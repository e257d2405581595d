"""Course to notes: what Anki keeps, and the faces that print shares with it.

A note is one fact with a guid; a card is one face of it that is asked. A sequence gives a note for each item and a
sort one for each case, so that each keeps its own review history when others are added around it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from . import markdown, walk
from .guids import guid
from .kinds.all import NOTE_TYPES, AnyCard
from .kinds.base import Face, Part
from .model import Claim, Course, Essay, Module, Work
from .texts import Cite, Line, Picture, Plain, literal


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `fields` are HTML by field name, without the learner's and the spare ones; `position` counts
    from 1 through the whole course; `source` and `context` are plain text.
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
    position: int
    fields: Mapping[str, str]
    source: str
    context: str
    faces: tuple[Face, ...]
    picture: Picture | None = None

    def all_fields(self) -> list[str]:
        """The fields in the note type's order, as Anki stores them."""
        return [self.fields.get(name, "") for name in NOTE_TYPES[self.kind].fields]

    def ordinals(self) -> list[int]:
        """Anki's cards of the note, by their place among its templates or clozes, from 0."""
        return sorted({face.ordinal for face in self.faces})


def notes_of(course: Course) -> tuple[Note, ...]:
    """Every note of the course, in course order."""
    works = {work.id: work for work in course.works}
    pictures = {picture.name: picture for picture in course.pictures}
    renamed = {renaming.to: renaming.from_ for renaming in course.history.renamed}
    notes: list[Note] = []
    for module, essay, owner, card in walk.cards(course):
        for part in card.parts(pictures):
            notes.append(
                _note(course, module, essay, owner, card, part, works, renamed, len(notes) + 1)
            )
    return tuple(notes)


def _note(
    course: Course,
    module: Module,
    essay: Essay | None,
    owner: walk.Owner,
    card: AnyCard,
    part: Part,
    works: dict[str, Work],
    renamed: dict[Plain, Plain],
    position: int,
) -> Note:
    about = course.about
    id_ = f"{card.id}.{part.suffix}" if part.suffix else str(card.id)
    topic = essay.short if essay else getattr(owner, "name", "")
    source = _source(essay, owner, card, works)
    context = f"{about.deck} · {markdown.plain(module.title)}"
    common = {
        "Context": markdown.html(Line(context)),
        "Topic": markdown.html(topic),
        "Source": markdown.html(Line(literal(source))),
        "Accent": module.accent,
        "Language": str(about.language),
        "Id": id_,
    }
    return Note(
        id=id_,
        guid=guid(about.id, first_id(id_, renamed), card.kind),
        card=card,
        kind=card.kind,
        module=module,
        essay=essay,
        owner=owner,
        deck=f"{about.deck}::{module.deck}",
        tags=(
            f"{about.id}::{module.id}::{essay.id if essay else owner.id}",
            f"{about.id}::lens::{card.lens}",
        ),
        position=position,
        fields={**part.fields, **common},
        source=source,
        context=context,
        faces=part.faces,
        picture=part.picture,
    )


def first_id(id_: str, renamed: Mapping[str, str]) -> str:
    """The id under which a note was first published. `renamed` leads from new ids to old ones, of notes or whole cards."""
    card, dot, item = id_.partition(".")
    for _ in range(len(renamed)):
        if card + dot + item in renamed:
            card, dot, item = renamed[card + dot + item].partition(".")
        elif card in renamed:
            card = renamed[card]
    return card + dot + item


# --- where a fact comes from ---------------------------------------------------------------------


def _source(essay: Essay | None, owner: walk.Owner, card: AnyCard, works: dict[str, Work]) -> str:
    cited = [cite_text(cite, works) for cite in card.sources]
    if essay and isinstance(owner, Claim):
        return "; ".join([f"{essay.number}. {markdown.plain(essay.title)}, {owner.place}", *cited])
    return "; ".join(cited or [cite_text(cite, works) for cite in getattr(owner, "sources", ())])


def cite_text(cite: Cite, works: dict[str, Work]) -> str:
    """A citation in a few words: “Senge 2006, ch. 8”.

    The title helps where author and year would not: a work without a year, or an article beside a book of one year.
    """
    work = works.get(cite.work)
    if work is None:
        return str(cite.work)
    head = _who_and_when(work)
    twin = any(_who_and_when(other) == head for other in works.values() if other is not work)
    if work.author and (not work.date or (twin and work.type.lower() != "book")):
        head = f"{head}, {work.title}"
    return f"{head}, {cite.at}" if cite.at else head


def _who_and_when(work: Work) -> str:
    names = [author.partition(",")[0] for author in work.author]
    who = " & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    if len(names) > 3:
        who = f"{names[0]} et al."
    return f"{who or work.title} {work.date[:4]}".strip()
