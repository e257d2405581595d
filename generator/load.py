"""Read a course: `load(place)` gives the course, or None, and all that is wrong with it.

A folder has course.yaml, modules/ID.yaml, essays/ID.yaml, plan.yaml, tools.yaml, sources.yaml, history.yaml, media/.
A course of one file has a title and cards in it, and becomes the same `Course`.
"""

import codecs
import functools
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

from . import checks, model
from .identity import minted_for
from .kinds.kepttype import KeptType
from .late import late
from .likeness import nearest
from .media import fonts, names, raster, sound
from .plan import Plan, Tools
from .problems import Problem, Span, did_you_mean, errors, in_order
from .source import bibliography, records, yaml
from .source.files import (
    COURSE,
    KEPT,
    TYPES,
    leading_out,
    ledger_name,
    main_of,
    meant,
    nearly,
    read_files,
)
from .source.misnamed import as_called, unfit
from .source.naming import named
from .source.places import placed
from .source.records import ID
from .text import to_plain
from .texts import File, Font, Id, Line, Picture, Plain, Sound

Made = TypeVar("Made")
Filed = TypeVar("Filed", model.Module, model.Essay)
Keyed = Callable[[model.Course, Mapping[str, bytes]], model.Course]

HISTORY = "history.yaml"
# The course's key in the ledger, which remembers it where none is written down: see `terminal.make_outputs`.
KEY = late(rb'"course": \{"key": "([a-z0-9-]+)"')


def load(
    place: Path,
    *,
    warnings: bool = True,
    files: Mapping[str, bytes] | None = None,
    key: Keyed | None = None,
) -> tuple[model.Course | None, list[Problem]]:
    """Read and check the course in a folder or a file. Problems name files relative to its folder. Without `warnings`, rules
    that can only warn are left out. `files` are the course's, where they were read already. `key` gives a course of such files a
    key: before the checks, so that the notes which they make are the ones that are built.

    Raises OSError only when a file that is there cannot be read.
    """
    if (lacking := absent(place)) is not None:
        return None, [lacking]
    if links := links_out(place):
        return None, links
    files = read_files(place) if files is None else files
    course, found = draft(files)
    keyed = key(course, files) if course and key else course
    return checked(keyed, found, files, warnings=warnings)


def links_out(place: Path) -> list[Problem]:
    """What is wrong with links that lead out of a course. They are told alone: of what lacks without them, all else may come."""
    return in_order(
        Problem(
            Span(path),
            "no-file",
            f"{path} is a link that leads out of the course: nothing is read of it",
            "put what it leads to in its place",
        )
        for path in leading_out(place)
    )


def absent(place: Path) -> Problem | None:
    """What is wrong where no course is: what else may be meant; None where one is."""
    if place.is_file() or (place / COURSE).is_file():
        return None
    if place.suffix in (".yaml", ".yml"):
        message = f"there is no {place}"
        beside = {path.stem: str(path) for path in _with_cards(place.parent)}
        hint = did_you_mean(place.stem, beside, beside) or _what_else(place.parent)
    elif place.exists():
        message, hint = f"no {COURSE} in {place}", _what_else(place)
    else:
        message, hint = f"there is no folder {place}", _what_else(place.parent)
    return Problem(
        Span("."), "no-course", message, hint
    )  # as all places, relative to the course's own


def _with_cards(folder: Path) -> list[Path]:
    """The courses of one file in a folder."""
    return [
        path
        for ending in ("yaml", "yml")
        for path in sorted(folder.glob(f"*.{ending}"))
        if path.is_file() and re.search(rb"^cards:", path.read_bytes(), re.MULTILINE)
    ]


def _what_else(folder: Path) -> str:
    """What to do where there is no course: one may lie in this folder, or a file of it under another name."""
    if (folder / COURSE).is_file():
        return f"{folder / COURSE} is one: give its folder, as in `coursedeck check {folder}`"
    for path in _with_cards(folder):
        return f"{path} has cards: give that file, as in `coursedeck check {path}`"
    for path in sorted(folder.glob("*")):
        if COURSE in (meant(path.name), nearly(path.name, ())) and path.is_file():
            return f"rename {path} to {COURSE}"
    return "give the folder that holds course.yaml, or a file with a title and cards"


class Memory:
    """What was made of a course's files, for reading it again after an edit. A file that nobody touched gives the very records that
    it gave before, if nothing was wrong with it, and with them all that was made of their texts since.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], tuple[object, Any]] = {}

    def once(
        self,
        what: tuple[str, str],
        given: object,
        make: Callable[[list[Problem]], Made],
        problems: list[Problem],
    ) -> Made:
        """What `make` gives, which adds what is wrong to the list it is handed; `given` is all that it hangs on, and `what` a name
        for it and the file's path.
        """
        before, made = self._made.get(what, (None, None))
        if what in self._made and before == given:
            kept: Made = made
            return kept
        found: list[Problem] = []
        new = make(found)
        problems += found
        if found:
            self._made.pop(what, None)
        else:
            self._made[what] = given, new
        return new


def assemble(
    files: Mapping[str, bytes], *, warnings: bool = True
) -> tuple[model.Course | None, list[Problem]]:
    """Make a course from the bytes of its files, by path; see `load`."""
    return checked(*draft(files), files, warnings=warnings)


def checked(
    course: model.Course | None,
    found: Iterable[Problem],
    files: Mapping[str, bytes],
    *,
    warnings: bool,
) -> tuple[model.Course | None, list[Problem]]:
    """A draft of these files and what was wrong in reading them, as `assemble` gives them: after all checks."""
    problems = list(found)
    if course is None:
        return None, in_order(problems)
    problems = checks.once(problems, checks.run(course, problems, warnings=warnings))
    problems = checks.causes(list(placed(problems, files)))
    return (None if errors(problems) else course), in_order(problems)


def draft(
    files: Mapping[str, bytes],
    modules: Collection[str] | None = None,
    memory: Memory | None = None,
) -> tuple[model.Course | None, list[Problem]]:
    """What the files give, whether it makes sense or not, and what is wrong in reading them; None where one cannot be read.
    Where `modules` names some, these alone are read, and their essays. With the `memory` of the times before, only what changed
    is read.
    """
    problems: list[Problem] = []
    main = main_of(files)
    memory = memory or Memory()
    if main == COURSE:
        files = as_called(files, problems)
    nodes = _nodes(files, main, modules, memory, problems)
    whole = {path: node for path, node in nodes.items() if node is not None}
    made, unnamed, drafts = named(files, whole, main, problems)
    course = (_folder if main == COURSE else _file)(files, main, nodes | made, memory, problems)
    if course is None:
        return None, problems
    about = _with_key(course.about, unnamed, files, main)
    return replace(course, about=about, unnamed=tuple(unnamed), drafts=drafts), problems


def module_alone(data: bytes, path: str) -> model.Module | None:
    """A module by itself, with the id and deck that it has where none are written; None where anything is wrong with it, as far
    as reading tells.
    """
    problems: list[Problem] = []
    module = _read(model.Module, {path: data}, path, Memory(), problems)
    name = path[len("modules/") : -len(".yaml")]
    return None if problems or module is None else _filled(module, name)


Nodes = Mapping[str, yaml.Node | None]


def _to_name(files: Mapping[str, bytes], main: str) -> list[str]:
    """The files in which ids may be left out, the main one first."""
    folders = ("modules/", "essays/")
    within = [path for path in files if path.startswith(folders) and path.endswith(".yaml")]
    return [main, *within, *([HISTORY] if HISTORY in files else [])] if main in files else within


def _node(
    files: Mapping[str, bytes], path: str, memory: Memory, problems: list[Problem]
) -> yaml.Node | None:
    data = files[path]
    return memory.once(("node", path), data, lambda found: yaml.read(data, path, found), problems)


def _nodes(
    files: Mapping[str, bytes],
    main: str,
    modules: Collection[str] | None,
    memory: Memory,
    problems: list[Problem],
) -> dict[str, yaml.Node | None]:
    """The files in which ids may be left out, read. Where `modules` names some, of the others none, nor their essays."""
    paths = _to_name(files, main)
    if modules is None:
        return {path: _node(files, path, memory, problems) for path in paths}
    own = {f"modules/{name}.yaml" for name in modules}
    parts = ("modules/", "essays/")
    wanted = [path for path in paths if path in own or not path.startswith(parts)]
    nodes = {path: _node(files, path, memory, problems) for path in wanted}
    for module in own & nodes.keys():
        for path in _essays_of(nodes[module]):
            if path in files:
                nodes[path] = _node(files, path, memory, problems)
    return nodes


def _essays_of(module: yaml.Node | None) -> list[str]:
    """The files of the essays that a module names."""
    pairs = module.pairs if isinstance(module, yaml.Mapping) else ()
    named = [value for key, value in pairs if key.value == "essays"]
    items = named[0].items if named and isinstance(named[0], yaml.Listing) else ()
    return [f"essays/{each.value}.yaml" for each in items if isinstance(each, yaml.Scalar)]


def _with_key(
    about: model.CourseFile, unnamed: Iterable[Id], files: Mapping[str, bytes], main: str
) -> model.CourseFile:
    """A course without a key of its own keeps the one that its first build gave it, as long as it has that id or none."""
    kept = KEY.search(files.get(ledger_name(main), b""))
    if about.key or not kept:
        return about
    key = kept[1].decode()
    if about.id not in unnamed and minted_for(key) != about.id:
        return about
    return replace(about, key=Plain(key, about.id.span))


# --- a course of one file ------------------------------------------------------------------------


def _file(
    files: Mapping[str, bytes], main: str, nodes: Nodes, memory: Memory, problems: list[Problem]
) -> model.Course | None:
    given = _built(model.FileOfCards, nodes, main, memory, problems)
    shown = _media(files, memory, problems)
    if given is None:
        return None
    said = {entry.name: getattr(given, entry.name) for entry in fields(model.About)}
    module = model.Module(
        id=given.id, title=given.title, accent=given.accent, tags=given.tags, cards=given.cards
    )
    return model.Course(
        about=_with_deck(model.CourseFile(**said)),
        modules=(_under_a_concept(module),),
        pictures=tuple(file for file in shown if isinstance(file, Picture)),
        sounds=tuple(file for file in shown if isinstance(file, Sound)),
        fonts=_fonts(files, given.fonts, problems),
        history=model.History(retired=given.retired, renamed=given.renamed, span=Span(main)),
        span=given.span,
    )


def _under_a_concept(module: model.Module) -> model.Module:
    """The module with its own cards under a concept without a name, so that every card stands under one."""
    if not module.cards:
        return module
    alone = model.Concept(id=Id(), name=Line(), cards=module.cards, span=module.span)
    return replace(module, cards=(), concepts=(alone, *module.concepts))


def _with_deck(about: model.CourseFile) -> model.CourseFile:
    return about if about.deck else replace(about, deck=_deck_of(about.title, about.id))


def _deck_of(title: Line, id_: Id) -> Plain:
    """The deck that a title names; a title of signs alone names none."""
    return Plain(to_plain(title) or id_, title.span)


# --- a course in a folder ------------------------------------------------------------------------


def _folder(
    files: Mapping[str, bytes], main: str, nodes: Nodes, memory: Memory, problems: list[Problem]
) -> model.Course | None:
    if main not in files:
        problems.append(Problem(Span(main), "no-file", f"{main} is missing", "add it"))
    about = _built(model.CourseFile, nodes, main, memory, problems)
    modules = _built_all(model.Module, nodes, "modules/", memory, problems)
    essays = _built_all(model.Essay, nodes, "essays/", memory, problems)
    plan = _read(Plan, files, "plan.yaml", memory, problems)
    tools = _read(Tools, files, "tools.yaml", memory, problems)
    history = _built(model.History, nodes, HISTORY, memory, problems)
    works = bibliography.works(files.get("sources.yaml"), problems)
    shown = _media(files, memory, problems)
    whole_modules = {name: _filled(module, name) for name, module in modules.items() if module}
    whole_essays = {name: essay for name, essay in essays.items() if essay}
    if about is None or len(whole_modules) < len(modules) or len(whole_essays) < len(essays):
        return None
    if not about.modules:
        problems += unfit(whole_modules, about.id)
        about = replace(about, modules=tuple(Id(name, about.span) for name in whole_modules))
    left = {path for path in files if path not in nodes}  # where a part of the course is read
    named = tuple(id_ for id_ in about.modules if f"modules/{id_}.yaml" not in left)
    return model.Course(
        about=_with_deck(about),
        modules=_in_course_order(named, whole_modules, "modules", problems, whole=about.whole),
        essays=_essays(about, whole_modules, whole_essays, problems),
        works=works,
        plan=plan,
        tools=tools.tools if tools else (),
        pictures=tuple(file for file in shown if isinstance(file, Picture)),
        sounds=tuple(file for file in shown if isinstance(file, Sound)),
        fonts=_fonts(files, about.fonts, problems),
        history=history or model.History(span=Span(HISTORY)),
        bibliography=files.get("sources.yaml", b"").removeprefix(codecs.BOM_UTF8),
        note_types=_note_types(files, memory, problems),
        kept=_kept(files),
        span=about.span,
    )


def _note_types(
    files: Mapping[str, bytes], memory: Memory, problems: list[Problem]
) -> tuple[KeptType, ...]:
    """The note types that came from Anki, by the names of their files."""
    found = []
    for path in files:
        folder, _, name = path.rpartition("/")
        if folder == TYPES:
            kept = _read(KeptType, files, path, memory, problems)
            if kept:
                found.append(replace(kept, handle=name.removesuffix(".yaml")))
    return tuple(found)


def _kept(files: Mapping[str, bytes]) -> tuple[File, ...]:
    """The files that came from Anki, by names in the one form of letters that it has (NFC)."""
    prefix = f"{KEPT}/"
    return tuple(
        File(name=unicodedata.normalize("NFC", path[len(prefix) :]), data=data, span=Span(path))
        for path, data in files.items()
        if path.startswith(prefix)
    )


def _filled(module: model.Module, name: str) -> model.Module:
    """The module with the id and the deck that it has where none are written."""
    id_, deck = module.id or Id(name, module.span), module.deck or _deck_of(module.title, Id(name))
    return _under_a_concept(replace(module, id=id_, deck=deck))


def _built(
    type_: type[Made], nodes: Nodes, path: str, memory: Memory, problems: list[Problem]
) -> Made | None:
    node = nodes.get(path)

    def make(found: list[Problem]) -> Made | None:
        made: Made | None = records.build(type_, node, found, "this file") if node else None
        return made

    return None if node is None else memory.once(("record", path), node, make, problems)


def _read(
    type_: type[Made],
    files: Mapping[str, bytes],
    path: str,
    memory: Memory,
    problems: list[Problem],
) -> Made | None:
    node = _node(files, path, memory, problems) if path in files else None
    return _built(type_, {path: node}, path, memory, problems)


def _built_all(
    type_: type[Filed], nodes: Nodes, folder: str, memory: Memory, problems: list[Problem]
) -> dict[str, Filed | None]:
    made = {
        path[len(folder) : -len(".yaml")]: _built(type_, nodes, path, memory, problems)
        for path in nodes
        if path.startswith(folder)
    }
    for name, record in made.items():
        if record and record.id and record.id != name:
            message = f"the file is called {name}.yaml, its id is “{record.id}”"
            problems.append(Problem(record.id.span, "file-name", message, "make them the same"))
    return made


def _in_course_order(
    ids: tuple[Id, ...],
    records: Mapping[str, Filed],
    folder: str,
    problems: list[Problem],
    *,
    whole: bool,
) -> tuple[Filed, ...]:
    """The records named by `ids`; a name without a file is an error, and so is a file that nobody names, where all names could be
    read (`whole`). Where the one may be the other misspelt, it is told once.
    """
    taken = set()
    left = [name for name in records if name not in ids]
    unread = {meant(each.span.path) for each in problems if each.code == "unread-file"}
    for id_ in ids:
        if id_ in records or f"{folder}/{id_}.yaml" in unread:
            continue
        near = nearest(id_.lower(), left)
        taken.add(near)
        if ID.fullmatch(id_):  # else it is told already
            hint = f"did you mean “{near}”?" if near else f"add {folder}/{id_}.yaml"
            problems.append(Problem(id_.span, "no-file", f"there is no {folder}/{id_}.yaml", hint))
    for name in left:
        if name not in taken and whole:
            span = Span(f"{folder}/{name}.yaml")
            hint = f"list “{name}” under {folder}, or delete it"
            problems.append(Problem(span, "unused-file", "nothing names this file", hint))
    return tuple(records[id_] for id_ in dict.fromkeys(ids) if id_ in records)


def _essays(
    about: model.CourseFile,
    modules: Mapping[str, model.Module],
    essays: Mapping[str, model.Essay],
    problems: list[Problem],
) -> tuple[model.Essay, ...]:
    sequence = dict.fromkeys([*(name for name in about.modules if name in modules), *modules])
    named = [id_ for name in sequence for id_ in modules[name].essays]
    whole = all(module.whole for module in modules.values())
    return _in_course_order(tuple(named), essays, "essays", problems, whole=whole)


def _media(files: Mapping[str, bytes], memory: Memory, problems: list[Problem]) -> tuple[File, ...]:
    """The pictures and sounds of `media/`, or beside the one file of a course, by names in the one form of letters that texts
    have (NFC).
    """
    found: list[File | None] = []
    for given, data in files.items():
        path = unicodedata.normalize("NFC", given)
        folder, _, name = path.rpartition("/")
        kind = names.ending(name)
        if folder != "media" and (folder or kind not in names.KNOWN):
            continue
        if not names.plain(name):
            message = f"“{name}” is no name that every system and card can take"
            problems.append(Problem(Span(path), "media-name", message, names.PLAIN))
        elif read := _reader(kind):
            make = functools.partial(read, data, path)
            found.append(memory.once(("file", path), data, make, problems))
        else:
            message = "this is no picture or sound"
            problems.append(Problem(Span(path), "media-type", message, names.ENDINGS))
    return tuple(file for file in found if file)


def _reader(kind: str) -> Callable[[bytes, str, list[Problem]], File | None] | None:
    """What reads files of a kind, by their bytes and path."""
    if kind == "svg":
        from . import pictures  # brings a parser of XML

        return pictures.read
    if kind in raster.FORMATS:
        return raster.read
    return sound.read if kind in names.SOUNDS else None


def _fonts(
    files: Mapping[str, bytes], wanted: Collection[Plain], problems: list[Problem]
) -> tuple[Font, ...]:
    """The fonts that a course names, from `fonts/` or from beside its one file."""
    there = {
        unicodedata.normalize("NFC", path).rpartition("/")[2]: path
        for path in files
        if names.ending(path) in names.FONTS and path.rpartition("/")[0] in ("", "fonts")
    }
    found = []
    for name in dict.fromkeys(wanted):
        if name in there:
            found.append(fonts.read(files[there[name]], there[name], problems))
        elif names.leads_away(name):
            problems.append(Problem(name.span, "no-file", *names.led_astray(name, "into fonts/")))
        else:
            free = there.keys() - {str(each) for each in wanted}
            hint = did_you_mean(name, free) or "fonts end in .ttf, .otf, .ttc or .otc"
            problems.append(Problem(name.span, "no-file", f"there is no fonts/{name}", hint))
    for path in there.values():
        if path.startswith("fonts/") and path.removeprefix("fonts/") not in wanted:
            message = "nothing names this font"
            hint = "name it under “fonts”, or remove it"
            problems.append(Problem(Span(path), "unused-media", message, hint))
    return tuple(font for font in found if font)
