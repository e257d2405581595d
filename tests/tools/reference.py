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
from coursedeck.kinds.kept import Kept, KeptType
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

This page lists the files of a course and their keys. [format.md](format.md) says how to think about them. The page is made from the program's own
model, from which `coursedeck schema` also makes the schemas for your editor. `coursedeck check` accepts every example here.

A key in **bold** must be there. What counts where another one is left out stands in the last column; a dash there means nothing. A key with a dot stands within another
one: `thresholds.lenses` is written as `lenses` under `thresholds`. What a key takes:

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


def page() -> str:
    """The whole page."""
    made = Page()
    made.file("A course of one file", model.FileOfCards, ONE_FILE)
    made.cards()
    for name, record, example in FILES:
        made.file(f"`{name}`", record, COURSE / example)
    return "\n".join([HEAD, *made.lines])


class Page:
    """The page as it grows. `places` has the headings of records that stand on it or will."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.places: dict[type, str] = {}

    def file(self, heading: str, record: type, example: Path) -> None:
        """A file: its keys, those of what it holds, and an example."""
        self._records("##", heading, record)
        self._example(example.read_text("utf-8"))

    def cards(self) -> None:
        """What all cards share, then each kind, then rows of pairs."""
        self.lines += [
            "## Cards",
            "",
            "The key that holds the content says of which kind a card is.",
        ]
        self.lines += ["Beside it, every card may have these keys:", ""]
        shared = set(keys_of(Card))
        self._table(keys_of(Card).values(), Card)
        shown = _examples()
        for kind in (*KINDS, Kept):
            self._records("###", f"`{kind.kind}`", kind, without=shared)
            self._example(shown[kind.kind])
        self.lines += [f"### `{pairs.PAIRS}`", "", pairs.SCHEMA["description"], ""]
        self.lines += ["| key | what it is | what it takes | left out |", "|---|---|---|---|"]
        for key, said in pairs.SCHEMA["properties"].items():
            name = f"**`{key}`**" if key in pairs.SCHEMA["required"] else f"`{key}`"
            takes = {"boolean": WORDS[bool]}.get(str(said.get("type")), "plain text")
            takes = {
                pairs.PAIRS: "list of rows, or plain text",
                **dict.fromkeys(pairs.ASKED, "line"),
            }.get(key, takes)
            self.lines.append(
                f"| {name} | {said['description']} | {takes} | {'' if key in pairs.SCHEMA['required'] else '—'} |"
            )
        self.lines.append("")
        self._example(shown[pairs.PAIRS])

    def _records(
        self, level: str, heading: str, record: type, without: abc.Set[str] = frozenset()
    ) -> None:
        """A record, then those in lists that it holds and that stand nowhere yet."""
        waiting = [(level, heading, record)]
        self.places[record] = heading
        while waiting:
            level, heading, record = waiting.pop(0)
            keys = [key for key in keys_of(record).values() if key.name not in without]
            for name, each in _held(keys):
                if each not in self.places:
                    self.places[each] = f"Each of `{name}`"
                    waiting.append(
                        (level if level == "####" else f"{level}#", self.places[each], each)
                    )
            self.lines += [f"{level} {heading}", "", said_of(record)[0], ""]
            self._table(keys, record)

    def _table(self, keys: abc.Iterable[Key], record: type) -> None:
        self.lines += ["| key | what it is | what it takes | left out |", "|---|---|---|---|"]
        for prefix, owner, key in _flat(keys, record):
            must = must_be_there(key, owner)
            name = f"`{prefix}{key.name}`"
            said = said_of(owner)[1][key.name].replace("|", "\\|")
            cells = (
                f"**{name}**" if must else name,
                said,
                self._takes(key.type),
                "" if must else _default(key),
            )
            self.lines.append(f"| {' | '.join(cells)} |")
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
        return f"[keys](#{_anchor(place)})" if place else "keys"

    def _example(self, text: str) -> None:
        self.lines += ["```yaml", text.rstrip("\n"), "```", ""]


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
    if words.startswith("["):
        return re.sub(r"\[(\w+?)s?\]", r"[\1s]", words)
    return words if words == "HTML" else f"{words}s"


def _anchor(heading: str) -> str:
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
            for key in re.findall(r"^(?:- |  )([a-z]+):", card, re.MULTILINE):
                made.setdefault(key, card)
    return made
