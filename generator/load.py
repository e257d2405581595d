"""Read a course folder: `load(folder)` gives the course, or None, and all that is wrong with it.

course.yaml, modules/ID.yaml, essays/ID.yaml, plan.yaml, tools.yaml, sources.yaml, history.yaml, media/*.svg
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from . import checks, model, pictures, schema, source
from .problems import Problem, Span, errors, in_order

Made = TypeVar("Made")


FILES = ("course.yaml", "plan.yaml", "tools.yaml", "sources.yaml", "history.yaml")


def load(folder: Path) -> tuple[model.Course | None, list[Problem]]:
    """Read and check the course in `folder`. Problems name files relative to it.

    Raises OSError only when a file that is there cannot be read.
    """
    if not (folder / "course.yaml").is_file():
        hint = "give the folder that holds course.yaml"
        return None, [
            Problem(Span("course.yaml"), "no-course", f"no course.yaml in {folder}", hint)
        ]
    return assemble(read_files(folder))


def read_files(folder: Path) -> dict[str, bytes]:
    """The files that make up a course: path relative to the folder, with “/” → bytes."""
    paths = [folder / name for name in FILES]
    paths += sorted((folder / "modules").glob("*.yaml")) + sorted(
        (folder / "essays").glob("*.yaml")
    )
    paths += sorted(path for path in (folder / "media").glob("*") if not path.name.startswith("."))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()
    }


def assemble(files: Mapping[str, bytes]) -> tuple[model.Course | None, list[Problem]]:
    """Make a course from the bytes of its files, by path."""
    problems: list[Problem] = []
    about = _read(model.CourseFile, files, "course.yaml", problems)
    modules = _read_all(model.Module, files, "modules/", problems)
    essays = _read_all(model.Essay, files, "essays/", problems)
    plan = _read(model.Plan, files, "plan.yaml", problems) if "plan.yaml" in files else None
    tools = _read(model.Tools, files, "tools.yaml", problems) if "tools.yaml" in files else None
    history = (
        _read(model.History, files, "history.yaml", problems) if "history.yaml" in files else None
    )
    works = _works(files, problems)
    drawn = [
        pictures.read(data, path, problems)
        if path.endswith(".svg")
        else _not_a_picture(path, problems)
        for path, data in files.items()
        if path.startswith("media/")
    ]
    if about is None or None in modules.values() or None in essays.values():
        return None, in_order(problems)
    course = model.Course(
        about=about,
        modules=_in_course_order(about.modules, modules, "modules", problems),
        essays=_essays(about, modules, essays, problems),
        works=works,
        plan=plan,
        tools=tools.tools if tools else (),
        pictures=tuple(picture for picture in drawn if picture),
        history=history or model.History(),
        bibliography=files.get("sources.yaml", b""),
        span=about.span,
    )
    problems += checks.run(course, whole=not errors(problems))
    return (None if errors(problems) else course), in_order(problems)


def _read(
    type_: type[Made], files: Mapping[str, bytes], path: str, problems: list[Problem]
) -> Made | None:
    if path not in files:
        problems.append(Problem(Span(path), "no-file", f"{path} is missing", "add it"))
        return None
    node = source.read(files[path], path, problems)
    return None if node is None else schema.build(type_, node, problems, "this file")


def _read_all(
    type_: type[Made], files: Mapping[str, bytes], folder: str, problems: list[Problem]
) -> dict[str, Made | None]:
    paths = [path for path in files if path.startswith(folder)]
    made = {
        path[len(folder) : -len(".yaml")]: _read(type_, files, path, problems) for path in paths
    }
    for name, record in made.items():
        id_ = getattr(record, "id", "")
        if id_ and id_ != name:
            problems.append(
                Problem(
                    id_.span,
                    "file-name",
                    f"the file is called {name}.yaml, its id is “{id_}”",
                    "make them the same",
                )
            )
    return made


def _in_course_order(
    ids: tuple[model.Id, ...], records: Mapping[str, Any], folder: str, problems: list[Problem]
) -> tuple[Any, ...]:
    """The records named by `ids`; a name without a file and a file that nobody names are errors."""
    for id_ in ids:
        if id_ not in records:
            hint = schema.did_you_mean(id_, records) or f"add {folder}/{id_}.yaml"
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
    modules: Mapping[str, Any],
    essays: Mapping[str, Any],
    problems: list[Problem],
) -> tuple[model.Essay, ...]:
    named = [id_ for name in about.modules if name in modules for id_ in modules[name].essays]
    return _in_course_order(tuple(named), essays, "essays", problems)


def _not_a_picture(path: str, problems: list[Problem]) -> None:
    problems.append(
        Problem(Span(path), "media-type", "only SVG drawings belong in media/", "move it elsewhere")
    )


def _works(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[model.Work, ...]:
    """The entries of `sources.yaml`. Typst reads the file itself; here we need what a card shows."""
    if "sources.yaml" not in files:
        return ()
    node = source.read(files["sources.yaml"], "sources.yaml", problems)
    if node is None:
        return ()
    if not isinstance(node, source.Mapping):
        problems.append(
            Problem(node.span, "wrong-type", "sources.yaml takes keys, each with a work")
        )
        return ()
    return tuple(work for key, value in node.pairs if (work := _work(key, value, problems)))


def _work(key: source.Scalar, value: source.Node, problems: list[Problem]) -> model.Work | None:
    if not isinstance(value, source.Mapping):
        problems.append(Problem(key.span, "wrong-type", f"“{key.value}” takes keys and values"))
        return None
    entries = {name.value: entry for name, entry in value.pairs}
    for needed in ("type", "title"):
        if needed not in entries:
            problems.append(
                Problem(key.span, "missing-key", f"the work “{key.value}” needs “{needed}”")
            )
            return None
    return model.Work(
        id=model.Id(key.value, key.span),
        type=_plain(entries["type"]),
        title=_plain(entries["title"]),
        author=_authors(entries.get("author")),
        date=_plain(entries.get("date")),
        url=_plain(entries.get("url")),
        note=_plain(entries.get("note")),
        span=key.span,
    )


def _authors(node: source.Node | None) -> tuple[str, ...]:
    if isinstance(node, source.Listing):
        return tuple(filter(None, map(_plain, node.items)))
    return (_plain(node),) if node else ()


def _plain(node: source.Node | None) -> str:
    """A scalar's text; of a mapping such as `{value: …}` or `{name: …}`, that of its main key."""
    if isinstance(node, source.Scalar):
        return node.value
    if isinstance(node, source.Mapping):
        entries = {key.value: value for key, value in node.pairs}
        return next((_plain(entries[key]) for key in ("value", "name") if key in entries), "")
    return ""
