"""Print a selection of the course: plan its PDFs, keep those that are there already, have the others made.

`printed` gives every PDF of a selection by its path, and what could not be printed. The same course gives the same
bytes in any folder and process: data goes in as JSON, the date is the course's, no path of the machine is seen.
"""

import contextlib
import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path

from .. import walk
from ..cache import Kept
from ..frozen import dataclass
from ..media.names import ending
from ..model import Course
from ..notes import Note
from ..plan import Form, Session
from ..problems import Problem, did_you_mean
from ..text.fields import FOLDER
from ..texts import Font
from . import breaks, glyphs, pagedata, typeset, unprinted
from .complaints import explain, ids_too_long, owner
from .made import Made
from .papers import LARGE, PAPERS
from .print.pages.all import FORMS, NAMES, PACK
from .print.pages.base import Selection
from .runs import Json
from .typesetter import Batch, Document, Failure


@dataclass(frozen=True, slots=True)
class Choice:
    """What to print. Empty `only`, `modules` and `tags` mean everything; of a `meeting` of the plan, its pack and nothing else.
    What the others mean, `Selection` says.
    """

    papers: tuple[str, ...] = PAPERS
    only: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    offset: tuple[float, float] = (0.0, 0.0)
    whole_drawings: bool = False
    large: bool = False
    ids: bool = False
    meeting: tuple[Form, Session] | None = None
    learners: int = 0


def printed(
    course: Course,
    notes: Sequence[Note],
    choice: Choice = Choice(),  # noqa: B008 - it is frozen
    cache: Kept | None = None,
    step: typeset.Step = typeset.unseen,
) -> tuple[dict[str, bytes], list[Problem]]:
    """Every PDF of the selection by its path, such as `print/a4/outline.pdf`, and what is wrong.

    `cache` has PDFs by path and key (`made.py`): what it has is not made again, and what is made is put there. `step` is told how
    far it has come.
    """
    found = list(glyphs.problems(course))
    if found:
        return {}, found
    kept: Kept = {} if cache is None else cache
    foreign = {note.id for note in notes if not note.ours}
    too_long: frozenset[str] = frozenset()
    with _laid_out(course.fonts) as fonts:
        while True:
            made, failed = _made(course, notes, choice, kept, fonts, too_long, step)
            long = {each for _, failure in failed for each in ids_too_long(failure)}
            new = {each for each in long - too_long if owner(each) in foreign}
            if not new:
                break
            too_long |= new  # what came from Anki is as long as it is
    for path, failure in failed:
        found += explain(failure, course, notes, path)
    told = [*unprinted.told(course, notes), *unprinted.too_long(notes, too_long)]
    return ({}, list(dict.fromkeys([*found, *told]))) if found else (made.all(), told)


def _made(
    course: Course,
    notes: Sequence[Note],
    choice: Choice,
    cache: Kept,
    fonts: str,
    too_long: frozenset[str],
    step: typeset.Step,
) -> tuple[Made, list[tuple[str, Failure]]]:
    """The PDFs, and those that failed with why, by their paths. `too_long` are those of `Selection.too_long`."""
    made = Made(cache, choice.papers)
    failed = []
    wanted = made.missing(batches(course, notes, choice, fonts, too_long))
    for path, result in typeset.typeset(wanted, step).items():
        if isinstance(result, Failure):
            failed.append((path, result))
        else:
            made.add(path, result)
    return made, failed


@contextlib.contextmanager
def _laid_out(fonts: Sequence[Font]) -> Iterator[str]:
    """A folder with the fonts of a course, each named by its digest, since that tells whether a page must be made again; nothing
    for a course without.
    """
    if not fonts:
        yield ""
        return
    with tempfile.TemporaryDirectory() as folder:
        for font in fonts:
            name = f"{hashlib.sha256(font.data).hexdigest()}.{ending(font.name)}"
            (Path(folder) / name).write_bytes(font.data)
        yield folder


def batches(
    course: Course,
    notes: Sequence[Note],
    choice: Choice,
    fonts: str = "",
    too_long: frozenset[str] = frozenset(),
) -> Iterator[Batch]:
    """The PDFs of a selection, each once for all papers, with what it reads: a batch for each form, or for each module of a form
    that has a PDF a module. `fonts` is the folder of the course's own, `too_long` that of `Selection`.
    """
    boxes = dict.fromkeys(map(ord, unprinted.characters(course, notes)), glyphs.BOX)
    whole = replace(selected(course, notes, choice), too_long=too_long)
    by_module = _by_module(whole)
    base = pagedata.base(course)
    usual = breaks.page(base, direction=base.direction)
    large = usual | {"zoom": LARGE}
    shown = {file.file for _, file in walk.files(course)}
    for form in FORMS:
        if whole.wanted.isdisjoint(form.names):
            continue
        shared = large if choice.large and form.large else usual
        for selection in by_module if form.by_module else [whole]:
            if form.needs(selection):
                own = breaks.page(form.data(selection), direction=base.direction)
                data = _with_pictures(course, shown, shared | own)
                read = typeset.as_json(data)
                if boxes:
                    read = read.translate(boxes)
                documents = tuple(form.documents(selection))
                yield Batch(form.template, read, course.about.day, choice.papers, documents, fonts)


def _with_pictures(
    course: Course, shown: Collection[str], data: dict[str, Json]
) -> dict[str, Json]:
    """The data of a page with the pictures that its texts show, of those that any text of the course shows."""
    every = set(_named(data))
    named = (every & set(shown)) | {name for name in every if name.startswith(f"{FOLDER}/")}
    if not named:
        return data
    drawn = breaks.for_typst(pagedata.drawings(course, named))
    held = [each for each in (data.get("pictures"), drawn) if isinstance(each, dict)]
    return data | {"pictures": {name: each for own in held for name, each in own.items()}}


def _named(data: Json) -> Iterator[str]:
    """The names of the pictures in the texts of a page."""
    match data:
        case {"t": "image", "file": str(name)}:
            yield name
        case {"name": str(name), "masks": list()}:
            yield name
        case dict():
            for held in data.values():
                yield from _named(held)
        case list():
            for held in data:
                yield from _named(held)
        case _:
            pass


def selected(course: Course, notes: Sequence[Note], choice: Choice) -> Selection:
    """The part of the course that is asked for."""
    modules = tuple(m for m in course.modules if not choice.modules or m.id in choice.modules)
    kept = {module.id for module in modules}
    return Selection(
        course,
        modules,
        tuple(n for n in notes if n.module.id in kept and _tagged(n, choice.tags)),
        frozenset(PACK.names if choice.meeting else choice.only or NAMES),
        choice.offset,
        choice.whole_drawings,
        choice.large,
        choice.ids,
        meeting=choice.meeting,
        learners=choice.learners,
    )


def idle(
    course: Course,
    notes: Sequence[Note],
    choice: Choice,
    beside: Callable[[Course, Sequence[Note], Choice], object] = lambda *_: None,
) -> list[str]:
    """The names of those parts of a choice without which the same pages would be printed, and the same would be made `beside`."""

    def pages(choice: Choice) -> tuple[set[tuple[Document, str]], object]:
        found = batches(course, notes, choice)
        made = {(document, each.data) for each in found for document in each.documents}
        return made, beside(course, notes, choice)

    usual = Choice()
    others = {each.name: getattr(usual, each.name) for each in fields(Choice)}
    given = [name for name in others if name not in ("papers", "only")]
    given = [name for name in given if getattr(choice, name) != others[name]]
    made = pages(choice) if given else None
    return [n for n in given if pages(replace(choice, **{n: others[n]})) == made]


def absent(course: Course, notes: Sequence[Note], choice: Choice) -> dict[str, str]:
    """The forms that are asked for by name and have no page, each with what the course lacks for it."""
    whole = selected(course, notes, choice)
    each = _by_module(whole)
    there = {
        name
        for form in FORMS
        if any(map(form.needs, each if form.by_module else [whole]))
        for name in form.names
    }
    lacks = {name: form.lacks for form in reversed(FORMS) for name in form.names}
    return {name: lacks[name] for name in choice.only if name in lacks and name not in there}


def unknown_tags(notes: Sequence[Note], tags: Sequence[str]) -> tuple[str, str] | None:
    """The first of the tags that no note has, and a hint at one that may be meant; None where there is none."""
    for tag in tags:
        if not any(_tagged(note, (tag,)) for note in notes):
            parts = {tuple(own.split("::")) for note in notes for own in note.tags}
            known = {"::".join(p[a:]) for p in parts for a in range(len(p))}
            near = did_you_mean(tag, sorted(known))
            return tag, near or "`coursedeck list --json` shows the tags of every card"
    return None


def _by_module(whole: Selection) -> list[Selection]:
    """A selection for each module, with its notes."""
    own: dict[str, list[Note]] = {str(module.id): [] for module in whole.modules}
    for note in whole.notes:
        own[note.module.id].append(note)
    return [replace(whole, modules=(m,), notes=tuple(own[m.id])) for m in whole.modules]


def _tagged(note: Note, tags: Sequence[str]) -> bool:
    """Whether a note has one of the tags, or one below it; the course's own prefix may be left out."""
    return not tags or any(f"::{tag}::" in f"::{own}::" for tag in tags for own in note.tags)
