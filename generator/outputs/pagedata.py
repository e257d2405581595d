"""What the pages of several forms show. Texts are trees; `Plain` and `Sources` stay as they stand. Where their lines break
is said in `breaks.py`.

A page gets only what its reader may see of the course: `record` gives the fields that the model marks so.
"""

import functools
import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import TypeAlias

from .. import labels, languages, style
from .. import pictures as drawings_
from ..citations import citer
from ..frozen import dataclass
from ..late import late
from ..media import raster
from ..media.names import PICTURES, ending
from ..model import Course, Module
from ..notes import Note, notes_of
from ..text import Tree, to_line, to_tree
from ..text.fields import COVER, FOLDER, FRAMES, OVER
from ..text.scripts import Direction
from ..texts import Cite, File, Html, Line, Mask, Picture, Plain, Prose, Reader, Record
from . import qr


class Sources(str):
    """Works in a few words each, with semicolons between them."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of a page: its template reads it by the names of its fields."""


Value: TypeAlias = (
    "bool | int | float | str | Tree | Shown | Sequence[Value] | Mapping[str, Value] | None"
)
Data: TypeAlias = dict[str, Value]


# --- every page ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Colours(Shown):
    """Colours as CSS writes them; accents by their names, those of code by the kinds of its pieces."""

    ink: str
    muted: str
    accents: Mapping[str, str]
    code: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Named(Shown):
    """A title without markup, as a PDF's own title needs it."""

    title: str


@dataclass(frozen=True, slots=True)
class Base(Shown):
    """What every page needs: labels and the language that they are in, language, colours, the families of the course's own
    fonts, about the course; the accents of modules by their ids; how many times larger all is than usual.
    """

    labels: Mapping[str, str]
    labelled: str
    language: str
    direction: Direction
    style: Colours
    fonts: Sequence[str]
    about: Data
    plain: Named
    accents: Mapping[str, str]
    zoom: float
    address: "Address | None"


@dataclass(frozen=True, slots=True)
class Address(Shown):
    """Where the course is on the web, and the same as a drawing for a telephone's camera, in SVG."""

    url: str
    code: str


def base(course: Course, zoom: float = 1.0) -> Base:
    """What every page of a course needs; `zoom` says how many times larger than usual it is printed."""
    about = course.about
    return Base(
        labels=labels.labels(about.language),
        labelled=labels.labelled(about.language),
        language=languages.primary(about.language),
        direction=languages.direction(about.language),
        style=Colours(
            style.DAY.ink, style.DAY.muted, style.DAY.accents, style.code_colours(style.DAY)
        ),
        fonts=tuple(family for font in course.fonts for family in font.families),
        about=record(about, "learner"),
        plain=Named(to_line(about.title)),
        accents={module.id: module.accent for module in course.modules},
        zoom=zoom,
        address=Address(about.url, qr.drawn(about.url)) if about.url else None,
    )


# --- pictures ------------------------------------------------------------------------------------

# What stands for a picture from Anki that cannot be printed.
UNREAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">'
    '<rect x="1" y="1" width="14" height="14" fill="none" stroke="#888888"/></svg>'
)
# How the files of raster pictures begin.
SIGNS = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8", "jpg"),
    (b"GIF8", "gif"),
    (b"RIFF", "webp"),
)


@dataclass(frozen=True, slots=True)
class Drawing(Shown):
    """A picture as SVG, with its text alternative; empty for one that is no drawing. `ratio` is height by width, `wide` the
    width in the line of a text, in ems; `letters` the width in sizes of its smallest letters, 0 where it has none.
    """

    svg: str
    title: str
    alt: str
    ratio: float
    wide: float
    letters: float = 0


@dataclass(frozen=True, slots=True)
class Patch(Shown):
    """What hides a label of a picture, with a short sign on it. Its place is in fractions of the picture's width and height."""

    sign: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Patched(Shown):
    """A picture by its name, with what hides its labels. `told` is what may be said of it while they are hidden."""

    name: str
    told: str
    masks: Sequence[Patch]


def pictures(course: Course, modules: Sequence[Module]) -> dict[str, Drawing]:
    """The pictures that belong to the modules' concepts, by name."""
    return drawings(course, {name for module in modules for name in images(module)})


def drawings(course: Course, names: Collection[str]) -> dict[str, Drawing]:
    """The pictures of these names, by name."""
    by_name = {picture.name: picture for picture in course.pictures}
    # A card says in words what its picture shows, where the picture itself does not.
    by_name |= {note.picture.name: note.picture for note in notes_of(course) if note.picture}
    foreign = {name for name in names if name.startswith(f"{FOLDER}/")}
    return {name: kept_drawing(course, name) for name in foreign} | {
        name: _drawing(picture, name)
        for name, picture in by_name.items()
        if name in names and name not in foreign
    }


def kept_drawing(course: Course, name: str) -> Drawing:
    """A picture that came from Anki, by the name that trees have for it."""
    return _drawing(_kept(name, kept_pictures(course)), name)


def _drawing(picture: Picture | None, name: str) -> Drawing:
    """A picture as pages have it; of one that cannot be printed, a small empty box."""
    if picture is None:
        return Drawing(svg=UNREAD, title="", alt=name.rpartition("/")[2], ratio=1, wide=1)
    svg = _svg(picture)
    return Drawing(
        svg=svg,
        title=picture.title,
        alt=". ".join(filter(None, (picture.title, picture.description)))
        or name.rpartition("/")[2],
        ratio=picture.height / picture.width,
        wide=picture.width / drawings_.PIXELS,
        letters=drawings_.letters(svg, picture.width),
    )


def _kept(name: str, kept: Mapping[str, Picture]) -> Picture | None:
    """A picture that came from Anki, one with another one on it, or one with frames around parts of it."""
    under, _, over = name.partition(OVER)
    below, above = kept.get(under), kept.get(f"{FOLDER}/{over}")
    if below is None or not over:
        return below
    if over.startswith(FRAMES):
        on_top = _frames(over.removeprefix(FRAMES), below)
    elif above is None:
        return None
    else:
        on_top = drawings_.stretched(_svg(above), below.width, below.height)
    size = f'width="{below.width}" height="{below.height}"'
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {below.width} {below.height}">{_svg(below)}{on_top}</svg>'
    return replace(below, name="both.svg", data=data.encode(), turned=1)


def _frames(places: str, picture: Picture) -> str:
    """Frames around boxes of a picture, dark on light: they are seen on any ground; some boxes are covered."""
    wide = max(picture.width, picture.height) / 120
    made = []
    for place in places.split(";"):
        left, top, width, height = map(float, place.removesuffix(COVER).split(","))
        box = (
            f'x="{left * picture.width:.2f}" y="{top * picture.height:.2f}" '
            f'width="{width * picture.width:.2f}" height="{height * picture.height:.2f}"'
        )
        if place.endswith(COVER):
            made.append(
                f'<rect {box} fill="#ffffff" stroke="{style.DAY.ink}" stroke-width="{wide / 2:.2f}"/>'
            )
            continue
        box += ' fill="none"'
        made += [
            f'<rect {box} stroke="#ffffff" stroke-width="{2 * wide:.2f}"/>',
            f'<rect {box} stroke="{style.DAY.ink}" stroke-width="{wide:.2f}"/>',
        ]
    return "".join(made)


@functools.lru_cache(maxsize=2)  # each page asks for some of them
def kept_pictures(course: Course) -> dict[str, Picture]:
    """The pictures that came from Anki and can be printed, by the names that trees have for them."""
    found = {}
    for file in course.kept:
        if ending(file.name) in PICTURES and (picture := _read(file)):
            found[f"{FOLDER}/{file.name}"] = picture
    return found


def _read(file: File) -> Picture | None:
    """A picture of whatever form its bytes are, since Anki never looked at its name."""
    kind = next((kind for sign, kind in SIGNS if file.data.startswith(sign)), "")
    if kind:
        return raster.read(file.data, f"{file.name}.{kind}", [])
    return drawings_.foreign(file.data, f"{file.name}.svg")


def _svg(picture: Picture) -> str:
    return picture.data.decode("utf-8") if ending(picture.name) == "svg" else raster.as_svg(picture)


def images(module: Module) -> list[str]:
    """The names of the pictures that belong to a module's concepts, each once, in their order."""
    named = (str(image) for concept in module.concepts for image in concept.images())
    return list(dict.fromkeys(named))


def hidden(picture: Picture, masks: Iterable[tuple[Mask, str]]) -> Patched:
    """A picture with labels hidden, each under a short sign."""
    return Patched(
        picture.name,
        picture.asked,
        [Patch(sign, m.left, m.top, m.width, m.height) for m, sign in masks],
    )


# --- modules and what belongs to them ------------------------------------------------------------


NUMBER = late(r"\d{1,3}(?=[ .:)–-])")  # at the head of a deck's name: “4 Team learning”


@dataclass(frozen=True, slots=True)
class Heading(Shown):
    """What stands above one module's sheets and cards. `number` is the module's (`numbers`); a course of one file has no modules to
    count.
    """

    title: Tree
    plain: str
    number: int | None
    accent: str


def numbers(course: Course) -> dict[str, int]:
    """The numbers of modules by their ids: those with which the names of their decks begin, where each has one of its own;
    else they count from 1.
    """
    found = [NUMBER.match(module.deck) for module in course.modules]
    given = [int(each[0]) for each in found if each]
    whole = len(set(given)) == len(found)
    return {
        module.id: number
        for module, number in zip(
            course.modules, given if whole else itertools.count(1), strict=False
        )
    }


def heading(course: Course, module: Module) -> Heading:
    """The heading of a module."""
    number = numbers(course)[module.id] if module.deck else None
    return Heading(to_tree(module.title), to_line(module.title), number, module.accent)


@dataclass(frozen=True, slots=True)
class Taught(Shown):
    """The course without its cards. `names` has those of concepts and modules, `steps` the titles of activities, by id; `done`
    the ids of the activities of each session, by its own.
    """

    modules: Sequence[Data]
    plan: Data | None
    names: Mapping[str, Tree]
    steps: Mapping[str, Tree]
    done: Mapping[str, Sequence[str]]


def taught(course: Course, chosen: Sequence[Module], reader: Reader) -> Taught:
    """The chosen modules for a reader, each with its number in the whole course."""
    numbered = numbers(course)
    titles = {module.id: to_tree(module.title) for module in course.modules}
    return Taught(
        modules=[
            record(replace(m, concepts=m.named), reader) | {"number": numbered[m.id]}
            for m in chosen
        ],
        plan=record(course.plan, reader) if course.plan else None,
        names=concept_names(course) | titles,
        steps={a.id: to_tree(a.title) for m in course.modules for a in m.activities},
        done={
            session.id: [str(step.activity) for step in session.plan if step.activity]
            for form in course.forms
            for session in form.sessions
        },
    )


def essays(course: Course, chosen: Iterable[Module], reader: Reader) -> list[Data]:
    """The documents of the chosen modules for a reader."""
    named = {id_ for module in chosen for id_ in module.essays}
    return [record(essay, reader) for essay in course.essays if essay.id in named]


@dataclass(frozen=True, slots=True)
class Works(Shown):
    """What a page may cite: short references by the ids of works, the ids of those that Typst can cite by author, in the order
    of a bibliography, and `sources.yaml` as it stands.
    """

    short: Mapping[str, str]
    authored: Sequence[str]
    file: str


def works(course: Course) -> Works:
    """The works of the whole course."""
    cited_as = citer(course.works)
    listed = sorted(course.works, key=lambda work: (work.author, work.date, work.title))
    return Works(
        short={work.id: Plain(cited_as(Cite(work=work.id))) for work in course.works},
        authored=[work.id for work in listed if work.author],
        file=course.bibliography.decode("utf-8"),
    )


def concept_names(course: Course) -> dict[str, Tree]:
    """Every concept's name by its id."""
    return {c.id: to_tree(c.name) for module in course.modules for c in module.named}


def topic(note: Note) -> Tree:
    """What a note is about: the name of its concept, or of its document; empty where the module's title says the same."""
    name = note.topic
    return Tree() if name == note.module.title else to_tree(Line(name[:1].upper() + name[1:]))


# --- texts ---------------------------------------------------------------------------------------


def record(given: Record, reader: Reader) -> Data:
    """What a reader may see of a part of the course, by its keys; Markdown becomes trees."""
    kind: type = type(given)
    names = _read_by(kind, reader)
    return {name.rstrip("_"): _held(getattr(given, name), reader) for name in names}


@functools.cache
def _read_by(kind: type, reader: Reader) -> tuple[str, ...]:
    """The fields that a reader sees. A facilitator sees all that learners see."""
    readers = {reader, "learner"}
    return tuple(entry.name for entry in fields(kind) if entry.metadata.get("for") in readers)


def _held(value: object, reader: Reader) -> Value:
    match value:
        case Line() | Prose() | Html():
            return to_tree(value)
        case Record():
            return record(value, reader)
        case tuple():
            return [_held(item, reader) for item in value]
        case None | bool() | int() | float() | str():
            return value
        case _:
            raise TypeError(value)
