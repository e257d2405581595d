"""The page `docs/reference.md`: every key of a course's files, from the same records and sentences as the JSON Schemas.

`pytest tests/test_reference.py --rewrite` writes it.
"""

import dataclasses
import re
import textwrap
import types
import typing
from collections import abc
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from coursedeck import model
from coursedeck.kinds.all import KINDS, AnyCard
from coursedeck.kinds.base import Card
from coursedeck.kinds.kept import Kept
from coursedeck.kinds.kepttype import KeptType
from coursedeck.plan import Plan, Tools
from coursedeck.source import pairs
from coursedeck.source.editor import EXAMPLE, must_be_there, said_of
from coursedeck.source.records import Key, keys_of
from coursedeck.texts import Cite, Exact, Html, Id, Line, Plain, Prose

COURSES = Path(__file__).parents[1] / "courses"
COURSE = COURSES / "reference"
ONE_FILE = COURSES / "animals.yaml"

HEAD = """\
# Every key of the form

This page lists the files of a course and their keys; [format.md](format.md) says how to think about them. It is made from the
program’s own model, from which `coursedeck schema` also makes the schemas for your editor, and `coursedeck check` accepts its
examples.

A key in **bold** must be there. For any other, the last column says what counts without it; a dash means nothing. A key with a
dot stands within another one, if that is there: `thresholds.lenses` is written as `lenses` under `thresholds`. What a key takes:

| words | what they mean |
|---|---|
| id | lower-case letters, digits and single hyphens, see [Ids](format.md#ids) |
| line | a text on one line, with markup, see [Texts](format.md#texts) |
| text | one or more paragraphs, with markup, lists, tables and so on |
| plain text | words that are taken as they stand, without markup |
| exact text | taken to the letter, with its blanks |
| source | the key of a work in `sources.yaml`, or the key and the place in it: `senge-2006: ch. 8` |
| list of … | each item begins with `- ` on a line of its own, or all stand in brackets: `[one, two]` |
"""
WORDS = {
    Id: "id",
    Line: "line",
    Prose: "text",
    Plain: "plain text",
    Exact: "exact text",
    Html: "HTML",
    bool: "`true` or `false`",
    int: "whole number",
    float: "number",
    Cite: "source",
}
COLUMNS = ("| key | what it is | what it takes | without it |", "|---|---|---|---|")
# A file: what its heading says, the record, and a file that is shown as an example.
FILES: tuple[tuple[str, type, str], ...] = (
    ("course.yaml", model.CourseFile, "course.yaml"),
    ("modules/ID.yaml", model.Module, "modules/team-learning.yaml"),
    ("essays/ID.yaml", model.Essay, "essays/doc-05.yaml"),
    ("plan.yaml", Plan, "plan.yaml"),
    ("tools.yaml", Tools, "tools.yaml"),
    ("history.yaml", model.History, "history.yaml"),
    ("note-types/NAME.yaml", KeptType, "note-types/basic.yaml"),
)


SOURCES = """\
## `sources.yaml`

The works that are cited, in
[Hayagriva’s form](https://github.com/typst/hayagriva/blob/main/docs/file-format.md), where more keys are listed. A work has a
name, under which `sources` and `work` of the other files know it, a `type` and a `title`.

An example:
"""


def page() -> str:
    """The whole page."""
    made = Page()
    made.add("## A course of one file", model.FileOfCards, ONE_FILE.read_text("utf-8"))
    made.cards()
    for name, record, example in FILES:
        made.add(f"## `{name}`", record, (COURSE / example).read_text("utf-8"))
    works = (COURSE / "sources.yaml").read_text("utf-8")
    return "\n".join([HEAD, *made.lines, SOURCES, *_fenced(works)])


class Page:
    """The page as it grows. `places` has the headings of the records that stand on it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.places: dict[type, str] = {}

    def cards(self) -> None:
        """What all cards share, then each kind, then rows of pairs."""
        shown = _examples()
        self.add("## Cards", Card)
        for kind in (*KINDS, Kept):
            self.add(f"### `{kind.kind}`", kind, shown[kind.kind], without=keys_of(Card).keys())
        self._pairs(shown[pairs.PAIRS])

    def add(
        self, heading: str, record: type, example: str = "", without: abc.Set[str] = frozenset()
    ) -> None:
        """A record with its keys and an example, then those in lists that it holds and that stand nowhere yet."""
        keys = [key for key in keys_of(record).values() if key.name not in without]
        inner = [(name, each) for name, each in _held(keys) if each not in self.places]
        self.places |= {each: f"Each of `{name}`" for name, each in inner}
        self.lines += [heading, "", said_of(record)[0], ""]
        self._table(keys, record)
        self.lines += ["An example:", "", *_fenced(example)] if example else []
        level = heading.partition(" ")[0]
        for _, each in inner:
            self.add(f"{level if len(level) > 3 else level + '#'} {self.places[each]}", each)

    def _pairs(self, example: str) -> None:
        """Rows of pairs, which are no record."""
        self.lines += [f"### `{pairs.PAIRS}`", "", pairs.SCHEMA["description"], "", *COLUMNS]
        for key, said in pairs.SCHEMA["properties"].items():
            must = key in pairs.SCHEMA["required"]
            takes = {"boolean": WORDS[bool], "string": "plain text"}.get(
                str(said.get("type")), "line"
            )
            cells = (said["description"], "list of rows, or plain text" if must else takes)
            self.lines.append(_row(key, must, *cells, "—"))
        self.lines += ["", "An example:", "", *_fenced(example)]

    def _table(self, keys: abc.Iterable[Key], record: type) -> None:
        self.lines += COLUMNS
        for prefix, owner, key in _flat(keys, record):
            takes = self._takes(key.type)
            if key.within:
                takes += f" from {key.within[0]} to {key.within[1]}"
            cells = (said_of(owner)[1][key.name], takes, _default(key))
            self.lines.append(_row(prefix + key.name, must_be_there(key, owner), *cells))
        self.lines.append("")

    def _takes(self, type_: Any) -> str:
        if type_ in WORDS:
            return WORDS[type_]
        if type_ == AnyCard:
            return "[card](#cards)"
        origin = typing.get_origin(type_)
        if origin is Literal:
            *first, last = (f"`{word}`" for word in typing.get_args(type_))
            return f"{', '.join(first)} or {last}"
        if origin is tuple:
            return f"list of {_plural(self._takes(typing.get_args(type_)[0]))}"
        if origin is abc.Mapping:
            return f"{self._takes(typing.get_args(type_)[1])} under names of your own"
        if origin in (types.UnionType, typing.Union):
            return self._takes(next(t for t in typing.get_args(type_) if t is not type(None)))
        place = self.places.get(type_)
        return f"[keys](#{anchor(place)})" if place else "the keys that follow"


def _fenced(text: str) -> list[str]:
    return ["```yaml", text.rstrip("\n"), "```", ""]


def _row(key: str, must: bool, what: str, takes: str, default: str) -> str:
    """A row of a table; a key that must be there is bold, and has no default."""
    shown = f"**`{key}`**" if must else f"`{key}`"
    return f"| {shown} | {what} | {takes} | {'' if must else default} |"


def _flat(keys: abc.Iterable[Key], record: type) -> Iterator[tuple[str, type, Key]]:
    """The keys of a record and, behind each that holds another record, the keys of that one."""
    for key in keys:
        yield "", record, key
        for inner in _records_in(key.type):
            if typing.get_origin(key.type) is not tuple:
                for each in keys_of(inner).values():
                    yield f"{key.name}.", inner, each


def _held(keys: abc.Iterable[Key]) -> Iterator[tuple[str, type]]:
    """The records that stand in lists under these keys, or under the keys of records there, by the name of the list."""
    for key in keys:
        for inner in _records_in(key.type):
            if typing.get_origin(key.type) is tuple:
                yield key.name, inner
            else:
                yield from (
                    (f"{key.name}.{name}", each) for name, each in _held(keys_of(inner).values())
                )


def _records_in(type_: Any) -> Iterator[type]:
    """The record that a type is or holds, but for cards."""
    if type_ == AnyCard or type_ is Cite:
        return
    if dataclasses.is_dataclass(type_):
        assert isinstance(type_, type)
        yield type_
    for each in typing.get_args(type_):
        yield from _records_in(each)


def _default(key: Key) -> str:
    """What counts where a key is left out."""
    given = key.default
    if isinstance(given, bool):
        return f"`{str(given).lower()}`"
    return f"`{given}`" if isinstance(given, str | int) and given not in ("", 0) else "—"


def _plural(words: str) -> str:
    if words == "HTML" or words.startswith("[keys]"):
        return words
    return re.sub(r"^(\[?[a-z ]+?)(?=\]| of |$)", r"\1s", words)


def anchor(heading: str) -> str:
    """The name by which a link finds a heading, as GitHub makes it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _examples() -> dict[str, str]:
    """A card of each kind as it is written, by the key that holds its content."""
    made: dict[str, str] = {}
    kept = COURSE / "modules" / "capitals.yaml"
    for path in (EXAMPLE, kept):
        cards = path.read_text("utf-8").partition("\ncards:\n")[2]
        for text in re.split(r"\n(?=  (?:- |# ))", f"\n{cards}"):
            card = textwrap.dedent(text).strip()
            for key in re.findall(r"^(?:- |  )([a-z-]+):", card, re.MULTILINE):
                made.setdefault(key, card)
    return made
