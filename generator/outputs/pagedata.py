"""What the printed pages show, as plain data for the templates in `print/`.

Texts become nested nodes (`markdown.tree`), so that a template never reads anyone's text as markup.
Study sheets show a note in a row, with all its blanks at once: rows that stand side by side must not tell each
other's answers. Cut-out cards show the faces that Anki asks.
"""

import functools
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from .. import labels, markdown, style
from ..kinds.base import Face, Row
from ..model import Course, Module
from ..notes import Note, citer
from ..texts import Cite, Line, Mask, Picture, Prose, Record

MARKED = re.compile(r"[*_`\[\]\\&!<\n]|^[ ]*(?:[-+]|[0-9]+[.)])")
LONG = re.compile(r"\w{26,}")
# What no line ends with: “ch.” before its number, a name before its year; nor does a short word end a text alone.
BOUND = re.compile(r"(?<=\.) (?=\d)| (?=\S{1,5}$)")
YEAR = re.compile(r"(?<=\w) (?=(?:1[5-9]|20)\d\d\b)|(?<=&) ")
COMPOUND = re.compile(r"(?<![-\w])((?=[-\w]{3,20}(?![-\w]))[^\W\d_]+(?:-[^\W\d_]+)+)")
RANGE = re.compile(r"(?<=\d)-(?=\d)")
NOT_PRINTED = {
    "span",
    "cards",
    "waive",
    "thresholds",
    "history",
    "works",
    "masks",
    "bibliography",
    "pictures",
}
Json = Any


def base(course: Course, drawn: Sequence[Module]) -> dict[str, Json]:
    """What every page needs: labels, language, colours, about the course; the pictures of `drawn` modules."""
    about = course.about
    shown = {name for module in drawn for name in images(module)}
    return {
        "labels": labels.labels(about.language),
        "language": about.language.partition("-")[0].lower(),
        "direction": labels.direction(about.language),
        "style": {"ink": style.DAY.ink, "muted": style.DAY.muted, "accents": style.DAY.accents},
        "about": record(about),
        "plain": {"title": markdown.plain(about.title)},
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
    """The names of the pictures that a module's diagrams show, each once, in their order."""
    cards = (card for concept in module.concepts for card in concept.cards)
    return list(dict.fromkeys(str(image) for card in cards for image in card.images()))


# --- outline and facilitator's guide -------------------------------------------------------------


def outline(course: Course, chosen: Sequence[Module]) -> dict[str, Json]:
    """The course without its cards, for learners. Numbers are those of the whole course."""
    cited_as = citer(course.works)
    essays = {id_ for module in chosen for id_ in module.essays}
    return _taught(course, chosen) | {
        "essays": [record(essay) for essay in course.essays if essay.id in essays],
        "works": {work.id: soft(cited_as(Cite(work=work.id))) for work in course.works},
        "authored": [work.id for work in course.works if work.author],
        "bibliography": course.bibliography.decode("utf-8"),
    }


def facilitator(course: Course, chosen: Sequence[Module]) -> dict[str, Json]:
    """The course without its cards, for whoever leads it."""
    kept = {module.id for module in chosen}
    tools = [record(tool) for tool in course.tools if tool.module in kept]
    return _taught(course, chosen) | {"tools": tools}


def _taught(course: Course, chosen: Sequence[Module]) -> dict[str, Json]:
    numbers = {module.id: number for number, module in enumerate(course.modules)}
    titles = {module.id: nodes(module.title) for module in course.modules}
    return {
        "modules": [record(m) | {"number": numbers[m.id], "pictures": images(m)} for m in chosen],
        "plan": record(course.plan) if course.plan else None,
        "names": concept_names(course) | titles,
        "steps": {a.id: nodes(a.title) for m in course.modules for a in m.activities},
    }


def concept_names(course: Course) -> dict[str, Json]:
    """Every concept's name by its id."""
    return {c.id: nodes(c.name) for module in course.modules for c in module.concepts}


# --- texts ---------------------------------------------------------------------------------------


def record(value: Any) -> Json:
    """Any part of the course as data: records become mappings, Markdown becomes nodes."""
    if isinstance(value, Line | Prose):
        return nodes(value)
    if isinstance(value, str):
        return soft(value)
    if isinstance(value, Record):
        names = (entry.name for entry in fields(value))
        return {
            name.rstrip("_"): record(getattr(value, name))
            for name in names
            if name not in NOT_PRINTED
        }
    if isinstance(value, tuple):
        return [record(item) for item in value]
    return value


def nodes(text: str) -> Json:
    """A Markdown text as nodes; one that begins from right to left is marked so."""
    tree = _tree(str(text))
    first = next((c for c in text if c.isalpha()), "")
    return [{"t": "rtl", "c": tree}] if first and "\u0590" <= first <= "\u08ff" else tree


@functools.lru_cache(maxsize=20000)
def _tree(text: str) -> Json:
    return _softened(markdown.tree(text) if MARKED.search(text) else [text])


def _softened(tree: Json) -> Json:
    made: Json = []
    for node in tree:
        made += _pieces(node) if isinstance(node, str) else [node | {"c": _softened(node["c"])}]
    return made


def _pieces(text: str) -> Json:
    """A text, its compounds such as “two-column” kept on one line."""
    if "-" not in text:
        return [soft(text)] if text else []
    pieces = COMPOUND.split(soft(text))
    return [
        {"t": "whole", "c": [piece]} if at % 2 else piece
        for at, piece in enumerate(pieces)
        if piece
    ]


@functools.cache
def soft(text: str) -> str:
    """The text with soft hyphens in very long words, so that they can break at the edge of a column. A dot between
    two things never begins a line, and some blanks never end one.
    """
    whole = BOUND.sub("\u00a0", text.replace(" · ", "\u00a0· "))
    return LONG.sub(lambda word: "\u00ad".join(re.findall(".{1,10}", word[0])), whole)


def cited(source: str) -> str:
    """A line of sources. One that is short enough for any column stays whole."""
    whole = RANGE.sub("–", YEAR.sub("\u00a0", source))
    return "; ".join(
        each.replace(" ", "\u00a0") if len(each) <= 36 else soft(each) for each in whole.split("; ")
    )


def hidden(picture: Picture, masks: Iterable[tuple[Mask, str]]) -> Json:
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


def sheet(course: Course, module: Module, notes: Sequence[Note]) -> dict[str, Json]:
    """One module's notes as rows of question and answer."""
    rows: list[dict[str, Json]] = []
    for _, group in itertools.groupby(notes, key=lambda note: note.card.id):
        own = list(group)
        faces = {note.id: note.faces for note in own}
        rows += [_row(own[0], row) for row in own[0].card.rows(faces)]
    return {"module": heading(course, module), "rows": rows}


def heading(course: Course, module: Module) -> dict[str, Json]:
    """What stands above one module's sheets and cards."""
    return {
        "title": nodes(module.title),
        "plain": markdown.plain(module.title),
        "number": course.modules.index(module),
        "accent": module.accent,
    }


def face_id(note: Note, face: Face) -> str:
    """A card's id in print: the note's, with its number where a note has several cards."""
    return note.id if len(note.faces) == 1 else f"{note.id}/{face.number}"


def topic(note: Note) -> Json:
    """What a note belongs to: its concept, or the document; nothing where that is the module's own name."""
    said = str(note.essay.short if note.essay else getattr(note.owner, "name", ""))
    return [] if said == str(note.module.title) else nodes(said[:1].upper() + said[1:])


def _row(note: Note, row: Row) -> dict[str, Json]:
    """A row as data: `key` is the answer without ids, `rules` the signs of the lines to write on."""
    data = {
        "id": row.id,
        "topic": topic(note),
        "group": note.essay.id if note.essay else note.owner.id,
        "question": nodes(row.question),
        "answer": nodes(row.answer),
        "key": nodes(row.answer),
        "more": nodes(row.more),
        "source": cited(note.source),
    }
    if row.items:
        kind = "ol" if row.ordered else "ul"
        key = [{"t": "li", "c": nodes(item.text)} for item in row.items]
        answer = [{"t": "li", "c": _named(item.id, nodes(item.text))} for item in row.items]
        data |= {"answer": [{"t": kind, "c": answer}], "key": [{"t": kind, "c": key}]}
        data["rules"] = [str(n) if row.ordered else "–" for n in range(1, len(row.items) + 1)]
    if row.blanks:
        gaps = [{"t": "li", "c": ["…"]} for _ in row.items]
        data["blanks"] = [{"t": "ol" if row.ordered else "ul", "c": gaps}]
    if row.picture:
        data["picture"] = hidden(row.picture, row.masks)
    return data


def _named(id_: str, text: Json) -> Json:
    """An answer with the id of its note, where it has one of its own."""
    return [{"t": "named", "id": id_, "c": text}] if id_ else text


# --- cards to cut out ----------------------------------------------------------------------------


def cards(course: Course, module: Module, notes: Sequence[Note]) -> dict[str, Json]:
    """Every face of one module as a card to cut out, each with its front and its back."""
    made = [
        {
            "id": face_id(note, face),
            "topic": topic(note) if note.card.names_topic else [],
            "question": nodes(face.question),
            "answer": nodes(face.answer),
            "more": nodes(face.more),
            "source": cited(note.source),
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


def maps(course: Course, modules: Sequence[Module]) -> dict[str, Json]:
    """A page for the wall for each module."""
    names = concept_names(course)
    essays = {essay.id: essay for essay in course.essays}
    by_name = {picture.name: picture for picture in course.pictures}
    pages = []
    for module in modules:
        shown = [by_name[name] for name in images(module) if name in by_name][:2]
        pages.append(
            {
                "id": module.id,
                "title": nodes(module.title),
                "number": course.modules.index(module),
                "accent": module.accent,
                "summary": nodes(module.summary),
                "pictures": [hidden(picture, ()) for picture in shown],
                "concepts": [
                    {
                        "name": nodes(concept.name),
                        "definition": nodes(concept.definition),
                        "builds": [names[id_] for id_ in concept.builds_on if id_ in names],
                    }
                    for concept in module.concepts
                ],
                "documents": [
                    {
                        "number": essays[id_].number,
                        "title": nodes(essays[id_].title),
                        "about": nodes(essays[id_].about),
                        "relations": sorted({claim.relation for claim in essays[id_].claims}),
                    }
                    for id_ in module.essays
                    if id_ in essays
                ],
            }
        )
    return {"maps": pages}
