"""From the author's bytes to nodes that know their place in the file.

The events of PyYAML's C parser become our own nodes, which keep line and column; duplicate keys are seen (PyYAML's
constructors drop them silently). A course has no use for anchors, aliases and tags: they are refused, before an alias in an
alias could make a file grow without bound.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, cast

import yaml

from ..late import late
from ..problems import Problem, Refusal, Span, errors
from ..text import scripts
from . import broken, escapes
from .glued import glued, joined

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
QUOTES = frozenset("'\"")
# What YAML takes for a comment, and what an author may have meant as words: “Issue #5”, “C #”.
LOST = re.compile(r"#(?:(?<=[ \t]#)(?=\w)|(?<=\b[CF][ \t]#)(?=\s|$))")
# A comment of whatever words, and what a text is left with that it has cut: a comma at its end, or a sign that begins something
# and whose partner stands in the comment.
COMMENT = re.compile(r"[ \t]#")
BEGUN = late(r"[ \t]+#")
PARTNERS = (
    *((late(rf"(?:^|[\s(\[]){mark}[^{mark}]*$"), mark) for mark in '"`'),
    *(
        (late(rf"(?:^|[\s(\[])[{begin}][^{begin}{end}]*$"), end)
        for begin, end in (("“„", "”“"), ("«", "»"))
    ),
    (late(r"[(\[][^()\[\]]*$"), ")]"),
)
# What YAML takes for the end of a line besides LF, and no editor shows as one.
OTHER_ENDS = re.compile(r"[\x85\u2028\u2029]|\r(?!\n|\Z)")
QUOTED = "put it in quotation marks, or write it as a block (“>-”)"
UTF8_CSV = "CSV in UTF-8 (in Excel: File, Save As, “CSV UTF-8”)"
NOTHING = frozenset({"null", "Null", "NULL", "~"})
# `Span(…)` and `Scalar(…)` take twice as long, for each text of a course.
_new = tuple.__new__


class Scalar(NamedTuple):
    """A text as the author wrote it: never turned into a number, date or truth value."""

    value: str
    span: Span


class Misread(Scalar):
    """One in double quotes with a backslash of which YAML has made another sign, and what is to be `told` of it: where the text is
    an author's own, and does not have to stay as it is.
    """

    told: Problem


class Holding(Scalar):
    """One over several lines of which some begin as keys do: what those are called, and whether they begin an item of a list."""

    keys: tuple[tuple[str, bool], ...]


class Mapping(NamedTuple):
    """Keys and values in the author's order, without repeats; and whether nothing was wrong with them, or below."""

    pairs: tuple[tuple[Scalar, "Node"], ...]
    span: Span
    whole: bool = True


class Listing(NamedTuple):
    """A YAML sequence."""

    items: tuple["Node", ...]
    span: Span


# Where a line ends and the next one begins that have no blank between them: Chinese and Japanese, and what belongs to it.
LINE_ENDS = late(rf"(?:[{scripts.WIDE}]|[{scripts.WIDE}]\{{[^{{}}]*\}})$")
LINE_BEGINS = late(f"[{scripts.WIDE}]")
SLIPS = 30  # that are told of one file at once
# A line that begins as a key does; and what stands behind some keys, if they are meant as such.
KEYED = late(r"^[ \t]+(- )?([a-z-]+): (?=\S)", re.MULTILINE)
WORD = late(r"[a-z0-9-]+$", re.MULTILINE)
HELD = {
    **dict.fromkeys(("id", "lens", "asks", "confidence"), WORD),
    **dict.fromkeys(("sources", "tags", "waive", "objectives"), late(r"[\[{]")),
}
FEW = 8  # characters of a line by which its end is found again

Node = Scalar | Mapping | Listing
NextEvent = Callable[[], yaml.Event]


def read(data: bytes, path: str, problems: list[Problem]) -> Node | None:
    """Parse one YAML file. Adds what is wrong to `problems`; None when there is nothing to go on with."""
    text = decode(data, path, problems)
    if text is None:
        return None
    if OTHER_ENDS.search(text):
        problems += _other_ends(text, path)
        # A blank in its place, so that the parser counts lines as everybody does, and what else is wrong is told too.
        text = OTHER_ENDS.sub(" ", text)
    return _parsed(text, path, problems, SLIPS)


def _parsed(text: str, path: str, problems: list[Problem], slips: int) -> Node | None:
    """The same of a text. Where the parser stumbles over a text of one line, what is wrong further down is told too, up to so many
    slips.
    """
    # By the loader's own method: `yaml.parse` and its generator take half as long again.
    events = _Events(cast("NextEvent", Loader(text).get_event), path, text, problems)
    if COMMENT.search(text):
        events.lost = _lost(events.lines)
    try:
        node = events.document()
    except yaml.YAMLError as error:
        found = broken.problem(error, path, events.lines, text, _quoted(events.scalar))
        # What was refused on a line may be why the parser stumbles there.
        if (path, found.span.line) not in {(each.span.path, each.span.line) for each in problems}:
            problems.append(found)
        if slips and (lines := broken.mended(events.lines, found)):
            below: list[Problem] = []
            _parsed("\n".join(lines), path, below, slips - 1)
            problems += [each for each in below if each.span.line > found.span.line]
        return None
    except RecursionError:
        problems.append(
            Problem(Span(path), "yaml-depth", "this file is nested too deeply to be a course")
        )
        return None
    if node is None and not events.refused:
        problems.append(Problem(Span(path), "empty-file", "this file has nothing in it"))
    return None if events.refused else node


class Stretch(NamedTuple):
    """Where something stands in its file: how many signs stand before its begin, its end, and the end of the last thing in it.
    `bracketed` is what has brackets, or stands in such.
    """

    start: int
    end: int
    last: int
    bracketed: bool


def stretches(text: str) -> tuple[list[Stretch], dict[tuple[int, int], Stretch]]:
    """Where the texts of a sound file stand, keys among them, in order; and where its mappings and lists do, by the line and column
    at which they begin. A byte order mark is not counted.
    """
    texts: list[Stretch] = []
    found: dict[tuple[int, int], Stretch] = {}
    waiting: list[tuple[yaml.CollectionStartEvent, int]] = []
    last = 0
    for event in yaml.parse(text, Loader=Loader):
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None  # noqa: S101, PT018 - a parser sets them
        if isinstance(event, yaml.ScalarEvent):
            last = end.index
            inside = bool(waiting and waiting[-1][0].flow_style)
            texts.append(Stretch(start.index, last, last, inside))
        elif isinstance(event, yaml.CollectionStartEvent):
            waiting.append((event, start.index))
            last = end.index
        elif isinstance(event, yaml.CollectionEndEvent):
            began, at = waiting.pop()
            held, last = last, end.index if began.flow_style else last
            mark = began.start_mark
            assert mark is not None  # noqa: S101 - a parser sets it
            place = mark.line + 1, mark.column + 1
            found[place] = Stretch(at, last, held, bool(began.flow_style))
    return texts, found


def plain(node: Node, said: Callable[[str], Any] = str) -> Any:
    """What a node says, in lists and mappings of Python's; `said` makes a value of a text."""
    match node:
        case Mapping(entries):
            return {key.value: plain(value, said) for key, value in entries}
        case Listing(items):
            return [plain(item, said) for item in items]
        case _:
            return said(node.value)


def decode(data: bytes, path: str, problems: list[Problem]) -> str | None:
    """The text of a file, with LF at the end of lines; None, and a problem, when it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", errors="replace")) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            message = "this file is UTF-16, and not UTF-8"
        hint = "save the file as UTF-8"
        if path.endswith(".csv"):
            hint = f"save the table as {UTF8_CSV}"
        place = Span(path, line, column, column + 1)
        problems.append(Problem(place, "not-utf8", message, hint))
        return None
    return text.replace("\r\n", "\n")


def _other_ends(text: str, path: str) -> Iterator[Problem]:
    """What is wrong with each line that has a sign that ends it where nobody sees it: the words behind it would go astray."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := OTHER_ENDS.search(line):
            sign = f"u+{ord(found[0]):04x}"
            message = (
                f"a character that nobody can see ({sign}), which YAML takes for the end of a line"
            )
            hint = "delete it; begin a new line where one is meant"
            if found[0] == "\r":
                hint = "save the file with the line ends of Unix or Windows (LF or CRLF): here CR stands alone"
            span = Span(path, number, found.start() + 1, found.end() + 1)
            yield Problem(span, "yaml-character", message, hint)


def _wrong_key(key: Node, kept: dict[str, tuple[Scalar, Node]]) -> Problem:
    """What is wrong with a key that is no word, or is among those kept."""
    if not isinstance(key, Scalar):
        hint = "a text that begins with a bracket is read as keys or a list: " + QUOTED
        return Problem(key.span, "bad-key", "a key must be a plain word", hint)
    first = kept[key.value][0].span.line
    message = f"key “{key.value}” stands here a second time (first on line {first})"
    hint = "one of the two would be lost: join them or remove one"
    return Problem(key.span, "duplicate-key", message, hint)


def _cut_off(key: Scalar, value: Node) -> bool:
    """Whether a key has no colon: a comma within {…} ended the text before it."""
    place = value.span
    nothing = isinstance(value, Scalar) and not value.value
    return nothing and (place.line, place.column) == (key.span.line, key.span.end)


def _cut(name: Node, text: Node, rest: list[Scalar], within: Span, lines: list[str]) -> Problem:
    """What is wrong with keys that are the rest of the text that the key before them has; `within` is where their braces begin."""
    span = rest[0].span
    said = ", ".join(each.value for each in rest)
    one_line = text.span.line == rest[-1].span.line
    if one_line:
        span = span._replace(end=rest[-1].span.end)
        said = lines[span.line - 1][span.column - 1 : span.end - 1]
    message = f"a comma ended the text before “{said}”, which has no colon"
    hint = "within {…} a text with a comma needs quotation marks"
    if isinstance(name, Scalar) and _cut_off(name, text) and within.line == rest[-1].span.line:
        hint = f"a text that begins with {{ needs quotation marks: {in_quotes(_braced(within, span, lines))}"
    elif isinstance(name, Scalar) and isinstance(text, Scalar):
        # As it stands there: “1,000” has no blank.
        begin = text.span.column - 1
        whole = lines[span.line - 1][begin : span.end - 1] if one_line else f"{text.value}, {said}"
        hint += f": {name.value}: {in_quotes(whole)}"
    return Problem(span, "unknown-key", message, hint)


def _braced(within: Span, last: Span, lines: list[str]) -> str:
    """A text in braces that was read as keys: up to the end of its line, unless it stands between brackets itself."""
    line = lines[within.line - 1]
    before, begin = line[: within.column - 1], within.column - 1
    end = line.find("}", last.end - 1) + 1 or len(line)
    whole = line[begin:end] if set(before) & set("{[") else line[begin:]
    return re.sub(r"[ \t]+#.*", "", whole).rstrip()


def in_quotes(text: str) -> str:
    """A text as YAML reads it from quotation marks."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _begun(key: Scalar, value: Node, kept: dict[str, tuple[Scalar, Node]]) -> bool:
    """Whether a key stood there before with nothing beneath it, and now has a list or keys: the first was to hold the second."""
    first = kept.get(key.value, (key, value))[1]
    return isinstance(first, Scalar) and not first.value and not isinstance(value, Scalar)


def _beside(key: Scalar, kept: dict[str, tuple[Scalar, Node]]) -> Problem:
    """What is wrong with a key that stands beside the one of its name that it belongs beneath."""
    words = list(kept)
    between = words[words.index(key.value) + 1 :]
    told = " and ".join(f"“{each}”" for each in (*between, key.value))
    message = f"nothing stands beneath “{key.value}:”; {told} stand beside it"
    hint = f"set {told} in by two blanks more than the first “{key.value}:”"
    return Problem(kept[key.value][0].span, "not-beneath", message, hint)


class _Events:
    """Builds nodes from the parser's events, of which `event` gives the next. `refused` says whether something was found that a
    course does not use, `scalar` is the last text, and `lost` has the columns at which comments begin that may be meant as words,
    by line.
    """

    def __init__(self, event: NextEvent, path: str, text: str, problems: list[Problem]) -> None:
        self.event = event
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.problems = problems
        self.refused = False
        self.scalar: yaml.ScalarEvent | None = None
        self.lost: dict[int, int] = {}

    def document(self) -> Node | None:
        node = None
        while not isinstance(event := self.event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self._refuse(
                        event,
                        "yaml-documents",
                        "a second document in one file",
                        "use one file each",
                    )
                    return node
                node = self._node(self.event())
        return node

    def _node(self, event: yaml.Event, *, key: bool = False) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, key=key)
        span = self._span(event)
        if isinstance(event, yaml.AliasEvent):
            message = f"alias *{event.anchor}: a course does not use aliases"
            hint = "if a text begins with *, " + QUOTED
            self._refuse(event, "yaml-alias", message, hint)
            return Scalar("", span)
        assert isinstance(event, yaml.CollectionStartEvent)  # noqa: S101 - all that is left
        if event.anchor or event.tag:
            self._refuse_name(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(span)
        return self._listing(span)

    def _scalar(self, event: yaml.ScalarEvent, *, key: bool) -> Scalar:
        self.scalar = event
        value = event.value
        if event.anchor or event.tag:
            self._refuse_name(event)
        if self.lost:
            self._tell_lost(event)
        if value in NOTHING and event.implicit[0] and not key:
            hint = "leave the key out, or put the text in quotation marks"
            message = f"{value} is YAML's sign for nothing"
            self._refuse(event, "yaml-null", message, hint)
        if not value.isascii():
            if key and value[0].isspace() and not event.style:
                self._refuse_blank(event)
            value = self._unfolded(event, unicodedata.normalize("NFC", value))
        start, end = event.start_mark, event.end_mark
        if value and not event.style and start and end and (line := start.line) == end.line:
            # Most, by far.
            span = _new(Span, (self.path, line + 1, start.column + 1, end.column + 1))
            return _new(Scalar, (value, span))
        misread: Problem | None = None
        if event.style == '"' and start and end:
            quoted = self.text[start.index : end.index]
            if "\\" in quoted:
                before = self.text[max(0, start.index - 4) : start.index]
                misread = escapes.misread(self.path, quoted, start.line, start.column, before)
        if event.style == '"' and start and end and start.line < end.line:
            told = glued(self.path, self.lines, start.line, start.column, end.line)
            self.problems += [told] if told else []
        span = self._span(event)
        if start and end and start.line < end.line and event.style != "|":
            told = joined(span, event.style, value, self.text[start.index : end.index])
            self.problems += [told] if told else []
        if misread:
            found: Misread = _new(Misread, (value, span))
            found.told = misread
            return found
        if ": " in value and not key and (keys := self._keys_within(event)):
            holding: Holding = _new(Holding, (value, span))
            holding.keys = keys
            return holding
        return _new(Scalar, (value, span))

    def _keys_within(self, event: yaml.ScalarEvent) -> tuple[tuple[str, bool], ...]:
        """What the lines of a text are called that begin as keys do, but for its first one: nothing where such a key would not have
        what stands behind it. Of code nothing is said.
        """
        start, end = event.start_mark, event.end_mark
        if not start or not end or start.line == end.line or "```" in event.value:
            return ()
        raw = self.text[start.index : end.index]
        first = raw.find("\n") + 1
        first = raw.find("\n", first) + 1 if event.style in BLOCKS else first
        found = KEYED.finditer(raw, first) if first else ()
        return tuple(
            (
                each[2] if each[2] not in HELD or HELD[each[2]].match(raw, each.end()) else "",
                bool(each[1]),
            )
            for each in found
            if raw[each.start() - 2] != "\\"  # of verses
        )

    def _refuse_name(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Say that a node has an anchor or a tag."""
        if event.anchor:
            message = f"anchor &{event.anchor}: a course does not use anchors"
            hint = "remove it; if a text begins with &, " + QUOTED
            self._refuse(event, "yaml-anchor", message, hint)
        if event.tag:
            message = f"tag {event.tag}: a course does not use tags"
            hint = "remove it; if a text begins with !, " + QUOTED
            self._refuse(event, "yaml-tag", message, hint)

    def _refuse_blank(self, event: yaml.ScalarEvent) -> None:
        """Say that a key begins with a blank that is none to YAML, where it stands in the indentation."""
        row = event.start_mark.line if event.start_mark else 0
        if found := broken.indented(self.path, self.lines[row], row):
            self.refused = True
            self.problems.append(found)

    def _ran_together(self, key: Scalar) -> bool:
        """Say that a key within {…} holds its text too, if it does."""
        found = broken.run_together(key.value, key.span)
        if found:
            self.refused = True
            self.problems.append(found)
        return bool(found)

    def _unfolded(self, event: yaml.ScalarEvent, value: str) -> str:
        """A text without the blanks that YAML puts for the ends of its lines between two characters of Chinese or Japanese."""
        start, end = event.start_mark, event.end_mark
        if not start or not end or start.line == end.line or event.style == "|":
            return value
        raw = self.lines[start.line : end.line + 1]
        raw[-1] = raw[-1][: end.column].rstrip("\"'")
        raw[0] = raw[0][start.column :].lstrip("\"'")
        lines = [unicodedata.normalize("NFC", line.strip()) for line in raw]
        for before, after in itertools.pairwise(lines):
            if LINE_ENDS.search(before) and LINE_BEGINS.match(after):
                tail, head = before[-FEW:], after[:FEW]
                value = value.replace(f"{tail} {head}", f"{tail}{head}", 1)
        return value

    def _tell_lost(self, event: yaml.ScalarEvent) -> None:
        """Say so where a comment follows a text on its line and looks like more of it."""
        mark = event.end_mark
        if not mark or mark.line not in self.lost or event.style in QUOTES:
            return
        line, column = self.lines[mark.line], self.lost[mark.line]
        if column < mark.column or line[mark.column : column].strip():
            begun = BEGUN.match(line, mark.column)
            if event.style or not begun or not _broken_off(event.value, line[begun.end() :]):
                return
            column = begun.end() - 1
        said = line[column : column + 30].rstrip()
        message = f"YAML reads “{said}” as a comment: it is not in the text"
        hint = "put the text in quotation marks; a remark of your own begins with “# ”"
        span = Span(self.path, mark.line + 1, column + 1, len(line.rstrip()) + 1)
        self.problems.append(Problem(span, "yaml-comment", message, hint))

    def _mapping(self, span: Span) -> Mapping:
        kept: dict[str, tuple[Scalar, Node]] = {}
        before = len(self.problems)
        others: list[Node] = []  # keys that are no words, or stand there a second time
        cut: list[tuple[Node, Node, list[Scalar]]] = []  # a key, its text, and the rest of that
        last: tuple[Node, Node] | None = None
        while not isinstance(event := self.event(), yaml.MappingEndEvent):
            told = len(self.problems)
            key = self._node(event, key=True)
            if isinstance(key, Mapping):
                # Braces meant as a text are told of as a whole, and at once: the parser may stumble right behind them.
                self.problems[told:] = [_wrong_key(key, kept)]
                self.refused = True
            value = self._node(self.event())
            # Most keys are words, stand there once, and have something, which is the first that a node holds.
            if isinstance(key, Scalar) and value[0] and key.value not in kept:
                last = kept[key.value] = key, value
                continue
            if isinstance(key, Scalar) and _cut_off(key, value) and self._ran_together(key):
                continue
            if isinstance(key, Scalar) and kept and last and _cut_off(key, value):
                if not cut or cut[-1][1] is not last[1]:
                    cut.append((*last, []))
                cut[-1][2].append(key)
                continue
            last = key, value
            if isinstance(key, Scalar) and _begun(key, value, kept):
                self.refused = True
                self.problems.append(_beside(key, kept))
            elif isinstance(key, Scalar) and key.value not in kept:
                kept[key.value] = (key, value)
            elif not isinstance(key, Mapping):
                others.append(key)
        self.problems += [_cut(*each, span, self.lines) for each in cut]
        self.problems += [_wrong_key(key, kept) for key in others]
        sound = len(self.problems) == before or not errors(self.problems[before:])
        return Mapping(tuple(kept.values()), span, sound)

    def _listing(self, span: Span) -> Listing:
        items = []
        while not isinstance(event := self.event(), yaml.SequenceEndEvent):
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
        stop = stop if stop > column else column + 1
        return _new(Span, (self.path, line + 1, column + 1, stop + 1))


def _quoted(scalar: yaml.ScalarEvent | None) -> broken.Quoted | None:
    """Where a text between quotation marks stands."""
    start, end = (scalar.start_mark, scalar.end_mark) if scalar else (None, None)
    if scalar is None or scalar.style not in QUOTES or start is None or end is None:
        return None
    return broken.Quoted((start.line, start.column), (end.line, end.column))


def _broken_off(text: str, comment: str) -> bool:
    """Whether a text lacks its end, which stands in the comment behind it."""
    if text.endswith(","):
        return True
    return any(sign in comment for sign in '"`”“»)]') and any(
        begun.search(text) and any(sign in comment for sign in end) for begun, end in PARTNERS
    )


def _lost(lines: list[str]) -> dict[int, int]:
    """The column of the last sign of each line that begins a comment, if it does, and looks like words, both from 0; of other
    lines with a comment -1.
    """
    found = {}
    for number, line in enumerate(lines):
        if " #" in line or "\t#" in line:
            found[number] = max((sign.start() for sign in LOST.finditer(line)), default=-1)
    return found
