"""From the author's bytes to nodes that know their place in the file.

The events of PyYAML's C parser become our own nodes, which keep line and column; duplicate keys are seen (PyYAML's
constructors drop them silently). A course has no use for anchors, aliases and tags: they are refused, before an alias in an
alias could make a file grow without bound.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import yaml

from ..problems import Problem, Refusal, Span

# PyYAML's own parser in Python places and words some errors otherwise, and takes many times as long. All wheels of PyYAML
# on PyPI bring the C parser.
if not yaml.__with_libyaml__:
    raise Refusal(
        "PyYAML is installed without its C parser: install it again from a wheel"
        " (pip install --force-reinstall --only-binary :all: pyyaml)"
    )
# Scalars stay what they are, whatever they look like: no types are guessed.
Loader = yaml.CBaseLoader
BLOCKS = frozenset("|>")
NOTHING = frozenset({"null", "Null", "NULL", "~"})
NODES = (yaml.ScalarEvent, yaml.CollectionStartEvent)
# `Span(…)` and `Scalar(…)` take twice as long, for each text of a course.
_new = tuple.__new__


class Scalar(NamedTuple):
    """A text as the author wrote it: never turned into a number, date or truth value."""

    value: str
    span: Span


class Mapping(NamedTuple):
    """Keys and values in the author's order, without repeats."""

    pairs: tuple[tuple[Scalar, "Node"], ...]
    span: Span


class Listing(NamedTuple):
    """A YAML sequence."""

    items: tuple["Node", ...]
    span: Span


Node = Scalar | Mapping | Listing


def read(data: bytes, path: str, problems: list[Problem]) -> Node | None:
    """Parse one YAML file. Adds what is wrong to `problems`; None when there is nothing to go on with."""
    text = decode(data, path, problems)
    if text is None:
        return None
    lines = text.split("\n")
    try:
        # By the loader's own method: `yaml.parse` and its generator take half as long again.
        parsed: Iterator[yaml.Event] = iter(Loader(text).get_event, None)
        events = _Events(parsed, path, lines, problems)
        node = events.document()
    except yaml.YAMLError as error:
        problems.append(_conflict(path, lines) or _syntax_problem(error, path, lines, text))
        return None
    except RecursionError:
        problems.append(
            Problem(Span(path), "yaml-depth", "this file is nested too deeply to be a course")
        )
        return None
    if node is None and not events.refused:
        problems.append(Problem(Span(path), "empty-file", "this file has nothing in it"))
    return None if events.refused else node


def decode(data: bytes, path: str, problems: list[Problem]) -> str | None:
    """The text of a file, with LF at the end of lines; None, and a problem, when it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", errors="replace")) + 1
        problems.append(
            Problem(
                Span(path, line, column, column + 1),
                "not-utf8",
                f"byte 0x{data[error.start]:02x} is not UTF-8",
                "save the file as UTF-8",
            )
        )
        return None
    return text.replace("\r\n", "\n")


def _different(
    pairs: Iterable[tuple[Node, Node]], problems: list[Problem]
) -> tuple[tuple[Scalar, Node], ...]:
    """The pairs whose keys are words, each key once; the others are problems."""
    kept: dict[str, tuple[Scalar, Node]] = {}
    for key, value in pairs:
        if not isinstance(key, Scalar):
            problems.append(Problem(key.span, "bad-key", "a key must be a plain word"))
        elif key.value in kept:
            first = kept[key.value][0].span.line
            message = f"key “{key.value}” stands here a second time (first on line {first})"
            hint = "one of the two would be lost: join them or remove one"
            problems.append(Problem(key.span, "duplicate-key", message, hint))
        else:
            kept[key.value] = (key, value)
    return tuple(kept.values())


class _Events:
    """Builds nodes from the parser's events. `refused` says whether something was found that a course does not use."""

    def __init__(
        self, events: Iterator[yaml.Event], path: str, lines: list[str], problems: list[Problem]
    ) -> None:
        self.events = events
        self.path = path
        self.lines = lines
        self.problems = problems
        self.refused = False

    def document(self) -> Node | None:
        node = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self._refuse(
                        event,
                        "yaml-documents",
                        "a second document in one file",
                        "use one file each",
                    )
                    return node
                node = self._node(next(self.events))
        return node

    def _node(self, event: yaml.Event, *, key: bool = False) -> Node:
        span = self._span(event)
        if isinstance(event, yaml.AliasEvent):
            message = f"alias *{event.anchor}: a course does not use aliases"
            self._refuse(event, "yaml-alias", message, "write the text out")
            return Scalar("", span)
        assert isinstance(event, NODES)  # noqa: S101 - all that is left
        if event.anchor:
            message = f"anchor &{event.anchor}: a course does not use anchors"
            self._refuse(event, "yaml-anchor", message, "remove it")
        if event.tag:
            message = f"tag {event.tag}: a course does not use tags"
            self._refuse(event, "yaml-tag", message, "remove it")
        if isinstance(event, yaml.ScalarEvent):
            value = event.value
            if value in NOTHING and event.implicit[0] and not key:
                hint = "leave the key out, or put the text in quotation marks"
                message = f"{value} is YAML's sign for nothing"
                self._refuse(event, "yaml-null", message, hint)
            normal = value if value.isascii() else unicodedata.normalize("NFC", value)
            return _new(Scalar, (normal, span))
        return (
            self._mapping(span)
            if isinstance(event, yaml.MappingStartEvent)
            else self._listing(span)
        )

    def _mapping(self, span: Span) -> Mapping:
        return Mapping(_different(list(self._pairs()), self.problems), span)

    def _pairs(self) -> Iterator[tuple[Node, Node]]:
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, key=True)
            yield key, self._node(next(self.events))

    def _listing(self, span: Span) -> Listing:
        items = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event))
        return Listing(tuple(items), span)

    def _refuse(self, event: yaml.Event, code: str, message: str, hint: str) -> None:
        self.refused = True
        self.problems.append(Problem(self._span(event), code, message, hint))

    def _span(self, event: yaml.Event) -> Span:
        """The place of an event: that of a text's words, or the first line of a list or mapping."""
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None  # noqa: S101, PT018 - a parser sets them
        line, column = start.line, start.column
        in_block = isinstance(event, yaml.ScalarEvent) and event.style in BLOCKS
        if in_block and line + 1 < len(self.lines):
            # PyYAML's mark is that of the “|” or “>”: the words begin on the next line.
            text = self.lines[line + 1]
            indent = len(text) - len(text.lstrip())
            return Span(self.path, line + 2, indent + 1, len(text.rstrip()) + 1)
        if end.line == line and not isinstance(event, yaml.CollectionStartEvent):
            stop = end.column
        elif line < len(self.lines):
            stop = len(self.lines[line].rstrip())
        else:
            stop = column + 1
        return _new(Span, (self.path, line + 1, column + 1, max(stop, column + 1) + 1))


def _conflict(path: str, lines: list[str]) -> Problem | None:
    """The conflict that a merge left in a file, if there is one: what else is wrong comes of it."""
    for number, line in enumerate(lines, 1):
        if line.startswith("<<<<<<< "):
            return Problem(
                Span(path, number, 1, 8),
                "merge-conflict",
                "a merge left a conflict here",
                "keep one side of it or both, and delete the lines with <<<<<<<, ======= and >>>>>>>",
            )
    return None


def _syntax_problem(error: yaml.YAMLError, path: str, lines: list[str], text: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:  # a ReaderError: a character that YAML does not allow
        before = text[: getattr(error, "position", 0)]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Problem(
            Span(path, line, column, column + 1),
            "yaml-character",
            "a control character that YAML does not allow",
            "delete it",
        )
    row, column = min(mark.line, len(lines) - 1), mark.column
    span = Span(path, row + 1, column + 1, column + 2)
    indent = lines[row][: len(lines[row]) - len(lines[row].lstrip())]
    if "\t" in indent:
        column = indent.index("\t") + 1
        return Problem(
            Span(path, row + 1, column, column + 1),
            "yaml-tab",
            "a tab in the indentation",
            "indent with spaces",
        )
    what = getattr(error, "problem", None) or "this is not YAML"
    context = getattr(error, "context", None)
    message = f"{what}, {context}" if context else what
    return Problem(span, "yaml-syntax", message, _syntax_hint(what))


def _syntax_hint(what: str) -> str:
    if "mapping values are not allowed" in what:
        return "a text that holds “: ” needs quotation marks, or a block (“>-”)"
    if "cannot start any token" in what:
        return "a text that begins with a sign of YAML's own needs quotation marks"
    if "expected <block end>" in what or "did not find expected" in what:
        return (
            "look at the indentation here and on the line before, and for a missing quotation mark"
        )
    return ""
