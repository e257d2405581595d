"""Read a course folder: `load(folder)` gives the course, or None, and all that is wrong with it.

course.yaml, modules/ID.yaml, essays/ID.yaml, plan.yaml, tools.yaml, sources.yaml, history.yaml, media/*.svg
"""

import codecs
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TypeVar

from . import checks, model, pictures
from .problems import Problem, Span, did_you_mean, errors, in_order
from .source import bibliography, records, yaml
from .source.files import read_files
from .texts import Id, Picture

Made = TypeVar("Made")
Filed = TypeVar("Filed", model.Module, model.Essay)


def load(
    folder: Path, *, warnings: bool = True, files: Mapping[str, bytes] | None = None
) -> tuple[model.Course | None, list[Problem]]:
    """Read and check the course in `folder`. Problems name files relative to it. Without `warnings`, rules that can only
    warn are left out. `files` are the folder's, where they were read already.

    Raises OSError only when a file that is there cannot be read.
    """
    if not (folder / "course.yaml").is_file():
        hint = "give the folder that holds course.yaml"
        return None, [
            Problem(Span("course.yaml"), "no-course", f"no course.yaml in {folder}", hint)
        ]
    return assemble(read_files(folder) if files is None else files, warnings=warnings)


def assemble(
    files: Mapping[str, bytes], *, warnings: bool = True
) -> tuple[model.Course | None, list[Problem]]:
    """Make a course from the bytes of its files, by path; see `load`."""
    course, problems = draft(files)
    if course is None:
        return None, in_order(problems)
    problems += checks.run(course, whole=not errors(problems), warnings=warnings)
    return (None if errors(problems) else course), in_order(problems)


def draft(
    files: Mapping[str, bytes], modules: Collection[str] | None = None
) -> tuple[model.Course | None, list[Problem]]:
    """What the files give, whether it makes sense or not, and what is wrong in reading them; None where one cannot be read.
    Where `modules` names some, these alone are read, and their essays.
    """
    problems: list[Problem] = []
    about = _read(model.CourseFile, files, "course.yaml", problems)
    read = _read_all(model.Module, files, "modules/", problems, modules)
    own = None if modules is None else {id_ for m in read.values() if m for id_ in m.essays}
    essays = _read_all(model.Essay, files, "essays/", problems, own)
    plan = _read(model.Plan, files, "plan.yaml", problems) if "plan.yaml" in files else None
    tools = _read(model.Tools, files, "tools.yaml", problems) if "tools.yaml" in files else None
    history = (
        _read(model.History, files, "history.yaml", problems) if "history.yaml" in files else None
    )
    works = bibliography.works(files.get("sources.yaml"), problems)
    drawn = _pictures(files, problems)
    whole_modules = {name: module for name, module in read.items() if module}
    whole_essays = {name: essay for name, essay in essays.items() if essay}
    if about is None or len(whole_modules) < len(read) or len(whole_essays) < len(essays):
        return None, problems
    named = tuple(id_ for id_ in about.modules if modules is None or id_ in modules)
    course = model.Course(
        about=about,
        modules=_in_course_order(named, whole_modules, "modules", problems),
        essays=_essays(about, whole_modules, whole_essays, problems),
        works=works,
        plan=plan,
        tools=tools.tools if tools else (),
        pictures=drawn,
        history=history or model.History(),
        bibliography=files.get("sources.yaml", b"").removeprefix(codecs.BOM_UTF8),
        span=about.span,
    )
    return course, problems


def module_alone(data: bytes, path: str) -> model.Module | None:
    """A module by itself; None where anything is wrong with it, as far as reading tells."""
    problems: list[Problem] = []
    module = _read(model.Module, {path: data}, path, problems)
    return None if problems else module


def _read(
    type_: type[Made], files: Mapping[str, bytes], path: str, problems: list[Problem]
) -> Made | None:
    if path not in files:
        problems.append(Problem(Span(path), "no-file", f"{path} is missing", "add it"))
        return None
    node = yaml.read(files[path], path, problems)
    return None if node is None else records.build(type_, node, problems, "this file")


def _read_all(
    type_: type[Filed],
    files: Mapping[str, bytes],
    folder: str,
    problems: list[Problem],
    only: Collection[str] | None = None,
) -> dict[str, Filed | None]:
    paths = [path for path in files if path.startswith(folder)]
    names = {path[len(folder) : -len(".yaml")]: path for path in paths}
    made = {
        name: _read(type_, files, path, problems)
        for name, path in names.items()
        if only is None or name in only
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


def _pictures(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[Picture, ...]:
    """The drawings of `media/`."""
    drawn = []
    for path, data in files.items():
        if path.startswith("media/") and path.endswith(".svg"):
            drawn.append(pictures.read(data, path, problems))
        elif path.startswith("media/"):
            message = "only SVG drawings belong in media/"
            problems.append(Problem(Span(path), "media-type", message, "move it elsewhere"))
    return tuple(picture for picture in drawn if picture)
