"""Read a course folder: `load(folder)` gives the course, or None, and all that is wrong with it.

course.yaml, modules/ID.yaml, essays/ID.yaml, plan.yaml, tools.yaml, sources.yaml, history.yaml, media/
"""

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from . import checks, model, pictures
from .media import names, raster, sound
from .problems import Problem, Span, did_you_mean, errors, in_order
from .source import bibliography, records, yaml
from .source.files import read_files
from .texts import File, Id, Picture, Sound

Made = TypeVar("Made")
Filed = TypeVar("Filed", model.Module, model.Essay)


def load(folder: Path, *, warnings: bool = True) -> tuple[model.Course | None, list[Problem]]:
    """Read and check the course in `folder`. Problems name files relative to it. Without `warnings`, rules that can only
    warn are left out.

    Raises OSError only when a file that is there cannot be read.
    """
    if not (folder / "course.yaml").is_file():
        hint = "give the folder that holds course.yaml"
        return None, [
            Problem(Span("course.yaml"), "no-course", f"no course.yaml in {folder}", hint)
        ]
    return assemble(read_files(folder), warnings=warnings)


def assemble(
    files: Mapping[str, bytes], *, warnings: bool = True
) -> tuple[model.Course | None, list[Problem]]:
    """Make a course from the bytes of its files, by path; see `load`."""
    problems: list[Problem] = []
    about = _read(model.CourseFile, files, "course.yaml", problems)
    modules = _read_all(model.Module, files, "modules/", problems)
    essays = _read_all(model.Essay, files, "essays/", problems)
    plan = _read(model.Plan, files, "plan.yaml", problems) if "plan.yaml" in files else None
    tools = _read(model.Tools, files, "tools.yaml", problems) if "tools.yaml" in files else None
    history = (
        _read(model.History, files, "history.yaml", problems) if "history.yaml" in files else None
    )
    works = bibliography.works(files.get("sources.yaml"), problems)
    shown = _media(files, problems)
    whole_modules = {name: module for name, module in modules.items() if module}
    whole_essays = {name: essay for name, essay in essays.items() if essay}
    if about is None or len(whole_modules) < len(modules) or len(whole_essays) < len(essays):
        return None, in_order(problems)
    course = model.Course(
        about=about,
        modules=_in_course_order(about.modules, whole_modules, "modules", problems),
        essays=_essays(about, whole_modules, whole_essays, problems),
        works=works,
        plan=plan,
        tools=tools.tools if tools else (),
        pictures=tuple(file for file in shown if isinstance(file, Picture)),
        sounds=tuple(file for file in shown if isinstance(file, Sound)),
        history=history or model.History(),
        bibliography=files.get("sources.yaml", b""),
        span=about.span,
    )
    problems += checks.run(course, whole=not errors(problems), warnings=warnings)
    return (None if errors(problems) else course), in_order(problems)


def _read(
    type_: type[Made], files: Mapping[str, bytes], path: str, problems: list[Problem]
) -> Made | None:
    if path not in files:
        problems.append(Problem(Span(path), "no-file", f"{path} is missing", "add it"))
        return None
    node = yaml.read(files[path], path, problems)
    return None if node is None else records.build(type_, node, problems, "this file")


def _read_all(
    type_: type[Filed], files: Mapping[str, bytes], folder: str, problems: list[Problem]
) -> dict[str, Filed | None]:
    paths = [path for path in files if path.startswith(folder)]
    made = {
        path[len(folder) : -len(".yaml")]: _read(type_, files, path, problems) for path in paths
    }
    for name, record in made.items():
        if record and record.id and record.id != name:
            message = f"the file is called {name}.yaml, its id is “{record.id}”"
            problems.append(Problem(record.id.span, "file-name", message, "make them the same"))
    return made


def _in_course_order(
    ids: tuple[Id, ...], records: Mapping[str, Filed], folder: str, problems: list[Problem]
) -> tuple[Filed, ...]:
    """The records named by `ids`; a name without a file and a file that nobody names are errors."""
    for id_ in ids:
        if id_ not in records:
            hint = did_you_mean(id_, records) or f"add {folder}/{id_}.yaml"
            problems.append(Problem(id_.span, "no-file", f"there is no {folder}/{id_}.yaml", hint))
    for name in records:
        if name not in ids:
            span = Span(f"{folder}/{name}.yaml")
            problems.append(
                Problem(
                    span,
                    "unused-file",
                    "nothing names this file",
                    f"list “{name}” under {folder}, or delete it",
                )
            )
    return tuple(records[id_] for id_ in dict.fromkeys(ids) if id_ in records)


def _essays(
    about: model.CourseFile,
    modules: Mapping[str, model.Module],
    essays: Mapping[str, model.Essay],
    problems: list[Problem],
) -> tuple[model.Essay, ...]:
    named = [id_ for name in about.modules if name in modules for id_ in modules[name].essays]
    return _in_course_order(tuple(named), essays, "essays", problems)


def _media(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[File, ...]:
    """The pictures and sounds of `media/`, by names in the one form of letters that texts have (NFC)."""
    found: list[File | None] = []
    for given, data in files.items():
        path = unicodedata.normalize("NFC", given)
        folder, _, name = path.partition("/")
        if folder != "media":
            continue
        kind = names.ending(name)
        if not names.plain(name):
            message = f"“{name}” is no name that every system and card can take"
            problems.append(Problem(Span(path), "media-name", message, names.PLAIN))
        elif kind == "svg":
            found.append(pictures.read(data, path, problems))
        elif kind in raster.FORMATS:
            found.append(raster.read(data, path, problems))
        elif kind in names.SOUNDS:
            found.append(sound.read(data, path, problems))
        else:
            message = "this is no picture or sound"
            problems.append(Problem(Span(path), "media-type", message, names.ENDINGS))
    return tuple(file for file in found if file)
