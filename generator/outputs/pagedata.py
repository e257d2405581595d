"""What the pages of several forms show, as plain data: texts as trees, `Plain` words and `Sources` as they stand. How
they are set is for those who show them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TypeAlias

from .. import labels, style
from ..model import Course, Module
from ..notes import Note
from ..text import Tree, to_plain, to_tree
from ..texts import Line, Mask, Picture, Prose, Record

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


def base(course: Course) -> Data:
    """What every page needs: labels, language, colours, about the course."""
    about = course.about
    return {
        "labels": labels.labels(about.language),
        "language": about.language.partition("-")[0].lower(),
        "direction": labels.direction(about.language),
        "style": {"ink": style.DAY.ink, "muted": style.DAY.muted, "accents": style.DAY.accents},
        "about": record(about),
        "plain": {"title": to_plain(about.title)},
        "accents": {module.id: module.accent for module in course.modules},
    }


# --- pictures ------------------------------------------------------------------------------------


def pictures(course: Course, modules: Sequence[Module]) -> Data:
    """The pictures that diagrams of the modules show, by name."""
    shown = {name for module in modules for name in images(module)}
    return {
        picture.name: {
            "svg": picture.data.decode("utf-8"),
            "title": picture.title,
            "alt": f"{picture.title}. {picture.description}".strip(),
            "ratio": picture.height / picture.width,
        }
        for picture in course.pictures
        if picture.name in shown
    }


def images(module: Module) -> list[str]:
    """The names of the pictures that belong to a module's concepts, each once, in their order."""
    named = (str(image) for concept in module.concepts for image in concept.images())
    return list(dict.fromkeys(named))


def hidden(picture: Picture, masks: Iterable[tuple[Mask, str]]) -> Data:
    """A picture by its name, with labels hidden, each under a short sign."""
    return {
        "name": picture.name,
        "masks": [
            {"sign": sign, "left": m.left, "top": m.top, "width": m.width, "height": m.height}
            for m, sign in masks
        ],
    }


# --- modules and what belongs to them -------------------------------------------------------------


def taught(course: Course, chosen: Sequence[Module]) -> Data:
    """Modules with all but their cards, and the plan. Numbers are those of the whole course."""
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


def heading(course: Course, module: Module) -> Data:
    """What stands above one module's sheets and cards."""
    return {
        "title": to_tree(module.title),
        "plain": to_plain(module.title),
        "number": course.modules.index(module),
        "accent": module.accent,
    }


def topic(note: Note) -> Tree:
    """What a note belongs to: its concept, or the document; nothing where that is the module's own name."""
    said = str(note.essay.short if note.essay else getattr(note.owner, "name", ""))
    return Tree() if said == note.module.title else to_tree(Line(said[:1].upper() + said[1:]))


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
