"""The JSON Schema of a course's files, from the same annotations as the records, for editors that complete and check YAML."""

import functools
import inspect
import json
import re
import types
import typing
from codecs import BOM_UTF8 as BOM
from collections import abc
from pathlib import Path
from typing import Any, Literal

from ..kinds.base import Card
from ..kinds.cases import DrawnCase
from ..kinds.kepttype import KeptType
from ..kinds.sequence import Item
from ..kinds.sort import SortCase
from ..late import late
from ..model import Concept, CourseFile, Essay, FileOfCards, History, Module, Work
from ..plan import Plan, Tools
from ..texts import Cite, Exact, Html, Id, Line, Plain, Prose
from . import bibliography, pairs, yaml
from .files import COURSE, TYPES, main_of
from .records import ID, TEXTS, Key, keys_of

# A course with a card of each kind, from which the examples are taken.
EXAMPLE = Path(__file__).parents[1] / "example" / "modules" / "basics.yaml"
SCHEMAS = "schema"  # the folder of a course in which schemas lie
# A key in the documentation of a record, at the beginning of a line: what is said of it follows.
KEYS = late(r"^([a-z-]+): ", re.MULTILINE)
LINK = late(r"\[([^]]+)\]\((\w+\.md)#[\w-]*\)")
REFERS = "# yaml-language-server: $schema="
# The sorts of files, and the record that each holds; that of the bibliography holds many.
RECORDS: dict[str, type] = {
    "cards": FileOfCards,
    "course": CourseFile,
    "module": Module,
    "essay": Essay,
    "plan": Plan,
    "tools": Tools,
    "sources": Work,
    "history": History,
    "note-type": KeptType,
}
FOLDERS = {"modules": "module", "essays": "essay", TYPES: "note-type"}
SAID: dict[Any, str] = {
    Id: "An id: lower-case letters, digits and single hyphens.",
    Line: "One line of Markdown.",
    Prose: "Markdown: paragraphs, lists, tables.",
    Plain: "Text without Markdown.",
    Exact: "Text, taken to the letter.",
    Html: "HTML, as Anki keeps it.",
    bool: "true or false.",
    int: "A whole number.",
    float: "A number.",
}


def json_schema(sort: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a sort of file, one of `RECORDS`, for editors that complete and check YAML."""
    definitions: dict[str, Any] = {}
    record = RECORDS[sort]
    if record is Work:
        root = bibliography.schema()
    else:
        root = {**_schema_of(record, definitions), "$defs": definitions}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root}


def schemas(sorts: abc.Iterable[str]) -> dict[str, bytes]:
    """The files in a course with the schemas of these sorts of files, by path."""
    return {
        f"{SCHEMAS}/{sort}.json": (
            json.dumps(json_schema(sort), ensure_ascii=False, indent=1) + "\n"
        ).encode()
        for sort in sorts
    }


def sorts_of(files: abc.Iterable[str]) -> list[str]:
    """The sorts of the files of a course, each once."""
    names = [*files]
    return sorted({sort for path in names if (sort := _sort_of(path, main_of(names)))})


def for_editors(files: abc.Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a course with the schemas of their sorts beside them, each file naming its own."""
    return {**files, **referring(files), **schemas(sorts_of(files))}


def referring(files: abc.Mapping[str, bytes]) -> dict[str, bytes]:
    """The new bytes of the files of a course, by path, that did not say on their first line where their schema lies."""
    made = {}
    for path, data in files.items():
        sort = _sort_of(path, main_of(files))
        mark = BOM if data.startswith(BOM) else b""
        if sort and not data.removeprefix(mark).startswith(REFERS.encode()):
            up = "../" * path.count("/")
            end = b"\r\n" if b"\r\n" in data else b"\n"
            line = f"{REFERS}{up or './'}{SCHEMAS}/{sort}.json".encode()
            made[path] = mark + line + end + data.removeprefix(mark)
    return made


def _sort_of(path: str, main: str) -> str:
    """The sort of a file; empty for one that has no schema."""
    if path == main:
        return "course" if main == COURSE else "cards"
    folder, _, name = path.rpartition("/")
    if not name.endswith(".yaml"):
        return ""
    if folder:
        return FOLDERS.get(folder, "")
    sort = name.removesuffix(".yaml")
    return sort if sort in ("plan", "tools", "sources", "history") else ""


def _schema_of(type_: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if type_ is Cite:
        return {"anyOf": [TEXT, CITED]}
    if type_ in TEXTS:
        return TEXT | ({"pattern": PATTERNS[type_]} if type_ in PATTERNS else {})
    if type_ is bool:
        return {"type": "boolean"}
    if type_ is int:
        return {"type": "integer", "minimum": 0}
    if type_ is float:
        return {"type": "number", "minimum": 0}
    origin = typing.get_origin(type_)
    if origin is Literal:
        return {"enum": list(typing.get_args(type_))}
    if origin is abc.Mapping:
        values = _schema_of(typing.get_args(type_)[1], definitions)
        return {"type": "object", "additionalProperties": values}
    if origin is tuple:
        return {"type": "array", "items": _schema_of(typing.get_args(type_)[0], definitions)}
    if origin in (types.UnionType, typing.Union):
        choices = [choice for choice in typing.get_args(type_) if choice is not type(None)]
        schemas = [_schema_of(choice, definitions) for choice in choices]
        if len(schemas) == 1:
            return schemas[0]
        return _card([c.kind for c in choices], schemas)
    if type_.__name__ not in definitions:
        definitions[type_.__name__] = {}  # a placeholder: a record may contain itself
        definitions[type_.__name__] = _record(type_, definitions)
    return {"$ref": f"#/$defs/{type_.__name__}"}


def _record(type_: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """A record, with all that an editor shows of its keys."""
    keys = keys_of(type_)
    made: dict[str, Any] = {
        "type": "object",
        "description": said_of(type_)[0],
        "properties": {
            key.name: _schema_of(key.type, definitions)
            | _range(key)
            | {"description": _about(key, type_)}
            | _default(key)
            for key in keys.values()
        },
        "required": [key.name for key in keys.values() if must_be_there(key, type_)],
        "additionalProperties": False,
    }
    if issubclass(type_, Card) and type_.kind in _examples():
        made["examples"] = [_examples()[type_.kind]]
    return made


# YAML readers of editors see a bare 2006 as a number: we read it as the text that it is.
TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}
# A work by its id, with the place in it.
CITED: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": TEXT,
}
# What a text must be beside that: an empty one is refused, and a line has no line ends within.
PATTERNS: dict[Any, str] = {
    Id: f"^{ID.pattern}$",
    Line: r"^\s*\S[^\n]*\s*$",
    Prose: r"\S",
    Plain: r"\S",
}


def _card(kinds: list[str], schemas: list[dict[str, Any]]) -> dict[str, Any]:
    """A card is of the kind whose key it has, so that an editor names the other key that is wrong."""
    ways = [*zip(kinds, schemas, strict=True), (pairs.PAIRS, pairs.SCHEMA)]
    return {
        "type": "object",
        "anyOf": [{"required": [key]} for key, _ in ways],
        "allOf": [{"if": {"required": [key]}, "then": schema} for key, schema in ways],
    }


def _default(key: Key) -> dict[str, Any]:
    """What counts where a key is left out, if that is anything."""
    given = isinstance(key.default, str | bool | int) and key.default not in ("", 0)
    return {"default": key.default} if given else {}


def _range(key: Key) -> dict[str, int]:
    """The least and the most that a number may be, where its record says so."""
    return dict(zip(("minimum", "maximum"), key.within, strict=True)) if key.within else {}


def _about(key: Key, record: type) -> str:
    """What an editor shows of a key: what it is, and what it takes."""
    said = LINK.sub(r"“\1” in docs/\2", said_of(record)[1][key.name])
    return f"{said} {SAID.get(key.type, '')}".strip()


@functools.cache
def said_of(record: type) -> tuple[str, dict[str, str]]:
    """What the documentation of a record, and of those that it is built on, says to authors: of the record itself, and of each key
    by its name, the record's own keys first.
    """
    about = ""
    keys: dict[str, str] = {}
    for each in record.__mro__:
        head, *said = KEYS.split(inspect.cleandoc(each.__doc__ or ""))
        about = about or " ".join(head.split())
        for name, text in zip(said[::2], said[1::2], strict=True):
            keys.setdefault(name, " ".join(text.split()))
    return about, keys


@functools.cache
def _examples() -> dict[str, Any]:
    """A card of each kind, by the key that holds its content."""
    node = yaml.read(EXAMPLE.read_bytes(), EXAMPLE.name, [])
    module = yaml.plain(node, _said) if node else {}
    return {key: card for card in module["cards"] for key in card if key not in ("id", "more")}


def _said(text: str) -> str | bool:
    return text == "true" if text in ("true", "false") else text


def must_be_there(key: Key, record: type) -> bool:
    """Whether a record needs the key; the ids that `naming.py` gives may be left out."""
    named = issubclass(record, Card | Concept | Item | SortCase | DrawnCase)
    return key.required and not (named and key.name == "id")
