"""Edits of an author's YAML that keep every comment and the layout of every line that they do not touch.

`with_key` and `inserted_keys` put in new keys, and `appended` a new item of a list: nothing else can change. New words in place of
others are for `reword.py`. `edited` can do more and remove, by means of ruamel.yaml, which is imported only here. That library
writes a file that it has read almost as it was, but not always; so of what it writes, only those lines are used that the edit
changes.
"""

import io
import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..late import late
from ..likeness import steps
from ..problems import Refusal, Span
from ..texts import Text
from . import written
from . import yaml as nodes
from .lines import BOM, end_of_line, moved
from .reword import places_in, scalars_in

if TYPE_CHECKING:
    from ruamel.yaml import YAML

Edit = Callable[[Any], None]
Pairs = Sequence[tuple[str, str]]  # keys and values
JSON = late(r'\s*\{\s*"')


def with_key(text: str, at: Span, key: str, value: str, after: Collection[str]) -> str | None:
    """The text of a YAML file with one more key in the mapping that begins at a place: behind the last of some keys, or of all
    where it has none of these. All else keeps its place, comments and line ends. None where that cannot be done.
    """
    mark = BOM if text.startswith(BOM) else ""
    body = text.removeprefix(BOM)
    root = nodes.read(body.encode(), at.path, [])
    # Where it ends is no matter: one in braces ends with its line, on which others may have written meanwhile.
    mapping = next((each for each in _mappings(root) if each.span[:3] == at[:3]), None)
    if root is None or mapping is None or any(name.value == key for name, _ in mapping.pairs):
        return None
    place = max(
        (n for n, (name, _) in enumerate(mapping.pairs, 1) if name.value in after),
        default=len(mapping.pairs),
    )
    wanted = _shape(root, mapping.span, place, (key, value))
    for made in _with_pair(body, mapping, place, key, value):
        if (found := nodes.read(made.encode(), at.path, [])) and _shape(found) == wanted:
            return mark + made
    return None


def _mappings(node: nodes.Node | None) -> Iterator[nodes.Mapping]:
    match node:
        case nodes.Mapping(pairs):
            yield node
            for _, value in pairs:
                yield from _mappings(value)
        case nodes.Listing(items):
            for each in items:
                yield from _mappings(each)
        case nodes.Scalar() | None:
            pass


def _shape(
    node: nodes.Node, at: Span | None = None, place: int = 0, pair: tuple[str, str] = ("", "")
) -> object:
    """What a node holds, without places; with one more pair of texts in the mapping that begins at a place."""
    match node:
        case nodes.Mapping(pairs, span):
            held: list[object] = [(k.value, _shape(v, at, place, pair)) for k, v in pairs]
            return (*held[:place], pair, *held[place:]) if span == at else tuple(held)
        case nodes.Listing(items):
            return [_shape(each, at, place, pair) for each in items]
        case nodes.Scalar(value):
            return value.strip()


def _with_pair(
    text: str, mapping: nodes.Mapping, place: int, key: str, value: str
) -> Iterator[str]:
    """The text with a pair behind that many of a mapping, in each way that may be right: brackets and quotation marks may end later
    than the last sign before it, and not every text can do without quotation marks.
    """
    lines = text.split("\n")
    starts = list(itertools.accumulate((len(line) + 1 for line in lines), initial=0))
    column = mapping.span.column - 1
    in_line = lines[mapping.span.line - 1][column : column + 1] == "{"
    last = [*scalars_in(mapping.pairs[place - 1][1])][-1]
    _, ends, _ = places_in(text, Text(last.value.strip(), last.span))
    end = ends[-1] if ends else starts[last.span.line - 1]
    following = mapping.pairs[place][0].span if place < len(mapping.pairs) else None
    limit = starts[following.line - 1] + following.column - 1 if following else len(text)
    bare = f"{key}: "
    if in_line:
        first = mapping.pairs[0][0].span
        as_json = lines[first.line - 1][first.column - 1] == '"'
        named = f'"{key}": ' if as_json else bare
        for at in range(end, min(limit, end + 9)):
            for said in [_quoted(value)] if as_json else _forms(value, "{}[],"):
                yield f"{text[:at]}, {named}{said}{text[at:]}"
        return
    line_end = end_of_line(text, end)
    row = text.count("\n", 0, end)
    for at in starts[row + 1 :]:
        head, tail = text[:at], text[at:]
        if at > len(text):  # its last line has no end
            head = text + line_end
        for said in _forms(value):
            block = re.sub(r"\n(?!\n)", "\n" + " " * (column + 2), said).replace("\n", line_end)
            yield f"{head}{' ' * column}{bare}{block}{line_end}{tail}"
        if at >= limit:
            return


def _forms(value: str, never: str = "") -> Iterator[str]:
    """How a text may be written as a value, the plainest first; `never` has signs with which it needs quotation marks."""
    if "\n" in value:
        if not never:
            yield f"|-\n{value}"
        yield _quoted(value)
        return
    if not any(sign in value for sign in never):
        yield value
    if "'" not in value:
        yield f"'{value}'"
    yield _quoted(value)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def inserted_keys(text: str, places: Mapping[Span, Pairs]) -> str:
    """The text of a YAML file with keys put in, and ids as values, where the mappings that were read of it begin."""
    mark = BOM if text.startswith(BOM) else ""
    lines = text.removeprefix(BOM).split("\n")
    for at in sorted(places, reverse=True):  # from the end, so that no place moves
        line, column = lines[at.line - 1], at.column - 1
        pairs = [(k, f'"{v}"' if v in nodes.NOTHING else v) for k, v in places[at]]
        near = line if at.line < len(lines) else lines[at.line - 2]  # the last one has no end
        end = "\r\n" if near.endswith("\r") else "\n"
        if line[column : column + 1] == "{":
            column += 1
            quote = '"' if line[column:].lstrip().startswith('"') else ""  # as JSON has it
            new = "".join(f"{quote}{k}{quote}: {quote}{v.strip(quote)}{quote}, " for k, v in pairs)
        else:
            new = "".join(f"{k}: {v}{end}{' ' * column}" for k, v in pairs)
        lines[at.line - 1] = line[:column] + new + line[column:]
    return mark + "\n".join(lines)


Way = Sequence[str | int]  # the keys and numbers that lead to a mapping


def appended(text: str, file: str, way: Way, key: str, value: written.Value) -> str:
    """The text of a YAML file with one more item, the last one, in the list under a key of the mapping to which `way` leads; the
    list is made where there is none or an empty one. `value` is made of texts.

    Raises Refusal where it cannot be written without a change of anything else.
    """
    mark, body = (BOM, text[1:]) if text.startswith(BOM) else ("", text)
    root = nodes.read(body.encode(), file, [])
    assert root is not None  # noqa: S101 - a sound course
    owner, wanted = root, nodes.plain(root)
    place = wanted
    for step in way:
        place = place[step]
        owner = _below(owner, step)
    place[key] = [*(place.get(key) or ()), value]
    for made in _with_item(body, root, owner, key, value):
        after = nodes.read(made.encode(), file, [])
        if after is not None and nodes.plain(after) == wanted:
            return mark + made
    raise Refusal(
        f"{file}, line {owner.span.line}: write it into `{key}` by hand, as it is laid out"
    )


def _below(node: nodes.Node, step: str | int) -> nodes.Node:
    """What stands in a mapping under a key, or in a list under a number."""
    if isinstance(node, nodes.Listing) and isinstance(step, int):
        return node.items[step]
    assert isinstance(node, nodes.Mapping)  # noqa: S101 - whoever names a way has seen it
    return next(value for key, value in node.pairs if key.value == step)


def _with_item(
    text: str, root: nodes.Node, owner: nodes.Node, key: str, value: written.Value
) -> Iterator[str]:
    """The text with one more item, in the ways in which it may be written, the nearest to the author's first."""
    assert isinstance(owner, nodes.Mapping)  # noqa: S101 - as `_below` gives it
    _, places = nodes.stretches(text)
    held = next((each for name, each in owner.pairs if name.value == key), None)
    own = places[owner.span.line, owner.span.column]
    new = json.dumps(value, ensure_ascii=False) if JSON.match(text) else written.within(value)
    quoted = json.dumps(key) if JSON.match(text) else key
    column, (offset, gap) = owner.span.column - 1, _layout(root)
    if isinstance(held, nodes.Listing):
        listed = places[held.span.line, held.span.column]
        if listed.bracketed and (held.items or own.bracketed):
            comma = ", " if held.items else ""
            yield text[: listed.last] + comma + new + text[listed.last :]
        elif listed.bracketed:
            text = text[: listed.start].rstrip(" ") + text[listed.end :]
            lines = written.entry(value, column + offset, gap)
            yield _with_lines(text, len(text[: listed.start].rstrip(" ")), lines, column + 1)
        else:
            dash, item = held.span.column, held.items[-1].span.column
            lines = written.entry(value, dash - 1, item - dash if item > dash else gap)
            yield from _behind(text, listed.end, lines, dash)
    elif held is None and own.bracketed:
        yield text[: own.last] + f", {quoted}: [{new}]" + text[own.last :]
    elif held is None:
        lines = [f"{' ' * column}{key}:", *written.entry(value, column + offset, gap)]
        yield from _behind(text, own.end, lines, column)


def _behind(text: str, at: int, lines: Sequence[str], deep: int) -> Iterator[str]:
    """The text with lines behind what ends there; first before blank lines, which belong to a block that keeps them."""
    yield _with_lines(text, len(text[:at].rstrip()), lines, deep)
    yield _with_lines(text, at, lines, deep)


def _with_lines(text: str, at: int, lines: Sequence[str], deep: int) -> str:
    """The text with lines behind the one in which a place lies, and behind comments right under it that are indented so deep."""
    if text[at - 1 : at] != "\n":
        at = text.find("\n", at) + 1 or len(text)
    while comment := re.compile(rf" {{{deep},}}#[^\n]*(?:\n|$)").match(text, at):
        at = comment.end()
    before, after = text[:at], text[at:]
    end = end_of_line(text, at - 1)
    if before.endswith("\n"):
        return before + "".join(line + end for line in lines) + after
    return before + "".join(end + line for line in lines)


def _layout(root: nodes.Node) -> tuple[int, int]:
    """How far the dashes of most lists of a file stand behind the key, and the words behind the dashes."""
    found: Counter[tuple[int, int]] = Counter()
    waiting = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, nodes.Listing):
            waiting += each.items
        elif isinstance(each, nodes.Mapping):
            for key, value in each.pairs:
                waiting.append(value)
                if isinstance(value, nodes.Listing) and value.items:
                    at, item = value.span.column, value.items[0].span
                    if value.span.line > key.span.line and item.column > at:
                        found[max(at - key.span.column, 0), item.column - at] += 1
    return found.most_common(1)[0][0] if found else (2, 2)


def edited(text: str, file: str, edit: Edit) -> str:
    """The text of a YAML file after `edit` has changed what was read of it: mappings and lists, in place.

    Raises Refusal where ruamel.yaml cannot read the text, and whatever `edit` raises.
    """
    from ruamel.yaml.error import MarkedYAMLError

    mark = BOM if text.startswith(BOM) else ""
    written_so = text.removeprefix(BOM)
    original = written_so.replace("\r\n", "\n")
    root = nodes.read(original.encode(), file, [])
    yaml = _yaml(*(_layout(root) if root else (2, 2)))
    try:
        data = yaml.load(original)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Refusal(f"{file}, line {line}: {error.problem}: write blanks, and no tabs") from error
    before = _dumped(yaml, data)
    edit(data)
    after = _dumped(yaml, data)
    if before == after:
        return text
    lines = list(moved(_lines(original), _lines(before), _lines(after)))
    if not _says(yaml, "".join(lines), data):
        lines = _lines(after)  # better another layout than another meaning
    return mark + "".join(_with_ends(lines, written_so))


def _with_ends(lines: Sequence[str], text: str) -> Iterator[str]:
    """Lines with the ends that those of a text have; a new one has that of the line before it."""
    known = text.split("\n")
    bare = [line.removesuffix("\r") + "\n" for line in known]
    end = "\r\n" if known[0].endswith("\r") else "\n"
    for what, first, last, start, stop in steps(bare, lines):
        for number, line in enumerate(lines[start:stop]):
            if what == "equal" or first + number < last:
                end = "\r\n" if known[first + number].endswith("\r") else "\n"
            yield line.removesuffix("\n") + end


def _says(yaml: "YAML", text: str, data: Any) -> bool:
    from ruamel.yaml.error import YAMLError

    try:
        return bool(yaml.load(text) == data)
    except YAMLError:
        return False


def _yaml(offset: int, gap: int) -> "YAML":
    """A ruamel reader and writer whose lists are indented so."""
    from ruamel.yaml import YAML  # here, since most commands edit nothing

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 140
    yaml.indent(mapping=gap, sequence=offset + gap, offset=offset)
    return yaml


def _dumped(yaml: "YAML", data: Any) -> str:
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.removesuffix("\n").split("\n")]
