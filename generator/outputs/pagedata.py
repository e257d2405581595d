"""What the pages show, as plain data: texts as trees, `Plain` words and `Sources` as they stand. How they are set is
for those who show them.

Study sheets show a note in a row, with all its blanks at once: rows that stand side by side must not tell each
other's answers. Cut-out cards show the faces that Anki asks.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TypeAlias

from .. import labels, style
from ..kinds.base import Face, Row
from ..model import Course, Module
from ..notes import Note, citer
from ..text import Tree, to_plain, to_tree
from ..texts import Cite, Line, Mask, Picture, Plain, Prose, Record

NOT_PRINTED = {
    "span",
    "cards",
    "figure",
    "waive",
    "thresholds",
    "history",
    "works",
    "masks",
    "bibliography",
    "pictures",
}


class Sources(str):
    """Works in a few words each, with semicolons between them."""

    __slots__ = ()


Value: TypeAlias = "bool | int | float | str | Tree | Sequence[Value] | Mapping[str, Value] | None"
Data: TypeAlias = dict[str, Value]


def base(course: Course, drawn: Sequence[Module]) -> Data:
    """What every page needs: labels, language, colours, about the course; the pictures of `drawn` modules."""
    about = course.about
    shown = {name for module in drawn for name in images(module)}
    return {
        "labels": labels.labels(about.language),
        "language": about.language.partition("-")[0].lower(),
        "direction": labels.direction(about.language),
        "style": {"ink": style.DAY.ink, "muted": style.DAY.muted, "accents": style.DAY.accents},
        "about": record(about),
        "plain": {"title": to_plain(about.title)},
        "accents": {module.id: module.accent for module in course.modules},
        "pictures": {
            picture.name: {
                "svg": picture.data.decode("utf-8"),
                "title": picture.title,
                "alt": f"{picture.title}. {picture.description}".strip(),
                "ratio": picture.height / picture.width,
            }
            for picture in course.pictures
            if picture.name in shown
        },
    }


def images(module: Module) -> list[str]:
    """The names of the pictures that belong to a module's concepts, each once, in their order."""
    named = (str(image) for concept in module.concepts for image in concept.images())
    return list(dict.fromkeys(named))


# --- outline and facilitator's guide -------------------------------------------------------------


def outline(course: Course, chosen: Sequence[Module]) -> Data:
    """The course without its cards, for learners. Numbers are those of the whole course."""
    cited_as = citer(course.works)
    essays = {id_ for module in chosen for id_ in module.essays}
    return _taught(course, chosen) | {
        "essays": [record(essay) for essay in course.essays if essay.id in essays],
        "works": {work.id: Plain(cited_as(Cite(work=work.id))) for work in course.works},
        "authored": [work.id for work in course.works if work.author],
        "bibliography": course.bibliography.decode("utf-8"),
    }


def facilitator(course: Course, chosen: Sequence[Module]) -> Data:
    """The course without its cards, for whoever leads it."""
    kept = {module.id for module in chosen}
    tools = [record(tool) for tool in course.tools if tool.module in kept]
    return _taught(course, chosen) | {"tools": tools}


def _taught(course: Course, chosen: Sequence[Module]) -> Data:
    numbers = {module.id: number for number, module in enumerate(course.modules)}
    titles = {module.id: to_tree(module.title) for module in course.modules}
    return {
        "modules": [record(m) | {"number": numbers[m.id], "pictures": images(m)} for m in chosen],
        "plan": record(course.plan) if course.plan else None,
        "names": concept_names(course) | titles,
        "steps": {a.id: to_tree(a.title) for m in course.modules for a in m.activities},
    }


def concept_names(course: Course) -> Data:
    """Every concept's name by its id."""
    return {c.id: to_tree(c.name) for module in course.modules for c in module.concepts}


# --- texts ---------------------------------------------------------------------------------------


def record(given: Record) -> Data:
    """A part of the course by its keys; Markdown becomes trees."""
    names = (entry.name for entry in fields(given))
    return {
        name.rstrip("_"): _held(getattr(given, name)) for name in names if name not in NOT_PRINTED
    }


def _held(value: object) -> Value:
    match value:
        case Line() | Prose():
            return to_tree(value)
        case Record():
            return record(value)
        case tuple():
            return [_held(item) for item in value]
        case None | bool() | int() | float() | str():
            return value
        case _:
            raise TypeError(value)


def hidden(picture: Picture, masks: Iterable[tuple[Mask, str]]) -> Data:
    """A picture by its name, with labels hidden, each under a short sign."""
    return {
        "name": picture.name,
        "masks": [
            {"sign": sign, "left": m.left, "top": m.top, "width": m.width, "height": m.height}
            for m, sign in masks
        ],
    }


def weight(*texts: str) -> int:
    """About how many letters of room texts take: a line or paragraph of its own counts as a line."""
    return sum(len(text) + 30 * text.count("\n") for text in texts) + 60 * sum(map(bool, texts[1:]))


# --- study sheets and worksheets -----------------------------------------------------------------


def sheet(course: Course, module: Module, notes: Sequence[Note]) -> Data:
    """One module's notes as rows of question and answer."""
    rows: list[Data] = []
    for _, group in itertools.groupby(notes, key=lambda note: note.card.id):
        own = list(group)
        faces = {note.id: note.faces for note in own}
        rows += [_row(own[0], row) for row in own[0].card.rows(faces)]
    return {"module": heading(course, module), "rows": rows}


def heading(course: Course, module: Module) -> Data:
    """What stands above one module's sheets and cards."""
    return {
        "title": to_tree(module.title),
        "plain": to_plain(module.title),
        "number": course.modules.index(module),
        "accent": module.accent,
    }


def face_id(note: Note, face: Face) -> str:
    """A card's id in print: the note's, with its number where a note has several cards."""
    return note.id if len(note.faces) == 1 else f"{note.id}/{face.number}"


def topic(note: Note) -> Tree:
    """What a note belongs to: its concept, or the document; nothing where that is the module's own name."""
    said = str(note.essay.short if note.essay else getattr(note.owner, "name", ""))
    return Tree() if said == note.module.title else to_tree(Line(said[:1].upper() + said[1:]))


def _row(note: Note, row: Row) -> Data:
    """A row as data. Where several things are asked for, `items` has them instead of `answer`, each with the id of its
    note where it has one of its own.
    """
    return {
        "id": row.id,
        "topic": topic(note),
        "group": note.essay.id if note.essay else note.owner.id,
        "question": to_tree(row.question),
        "answer": to_tree(row.answer),
        "items": [{"text": to_tree(item.text), "id": item.id} for item in row.items],
        "ordered": row.ordered,
        "blanks": row.blanks,
        "more": to_tree(row.more),
        "source": Sources(note.source),
        "picture": hidden(row.picture, row.masks) if row.picture else None,
    }


# --- cards to cut out ----------------------------------------------------------------------------


def cards(course: Course, module: Module, notes: Sequence[Note]) -> Data:
    """Every face of one module as a card to cut out, each with its front and its back."""
    made: list[Value] = [
        {
            "id": face_id(note, face),
            "topic": topic(note) if note.card.names_topic else Tree(),
            "question": to_tree(face.question),
            "answer": to_tree(face.answer),
            "more": to_tree(face.more),
            "source": Sources(note.source),
            "weights": [weight(face.question), weight(face.answer, face.more)],
            "picture": hidden(face.picture, [(m, "?") for m in face.masks])
            if face.picture
            else None,
        }
        for note in notes
        for face in note.faces
    ]
    return {"module": heading(course, module), "cards": made}


# --- maps ----------------------------------------------------------------------------------------


def maps(course: Course, modules: Sequence[Module]) -> Data:
    """A page for the wall for each module."""
    names = concept_names(course)
    essays = {essay.id: essay for essay in course.essays}
    by_name = {picture.name: picture for picture in course.pictures}
    pages: list[Value] = []
    for module in modules:
        shown = [by_name[name] for name in images(module) if name in by_name][:2]
        pages.append(
            {
                "id": module.id,
                "title": to_tree(module.title),
                "number": course.modules.index(module),
                "accent": module.accent,
                "summary": to_tree(module.summary),
                "pictures": [hidden(picture, ()) for picture in shown],
                "concepts": [
                    {
                        "name": to_tree(concept.name),
                        "definition": to_tree(concept.definition),
                        "builds": [names[id_] for id_ in concept.builds_on if id_ in names],
                    }
                    for concept in module.concepts
                ],
                "documents": [
                    {
                        "number": essays[id_].number,
                        "title": to_tree(essays[id_].title),
                        "about": to_tree(essays[id_].about),
                        "relations": sorted({claim.relation for claim in essays[id_].claims}),
                    }
                    for id_ in module.essays
                    if id_ in essays
                ],
            }
        )
    return {"maps": pages}
