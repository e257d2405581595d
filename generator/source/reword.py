"""New words in place of an author's: nothing else of a YAML file changes, neither comments nor layout.

`replaced` puts new texts in the places of old ones, `reworded` and `all_reworded` new words in those of old ones.
"""

import bisect
import functools
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from ..late import late
from ..likeness import steps
from ..problems import Refusal, Span
from ..texts import Text
from . import written
from . import yaml as nodes
from .lines import BOM, end_of_line
from .places import signs

BLOCK = late("[|>][0-9]?([-+]?)[0-9]?")  # what begins one
SET_IN = late(r"[^\n]*\n(?:[ ]*\r?\n)*([ ]+)\S")  # by how much its first line is


def replaced(text: str, pairs: Iterable[tuple[Text, str]]) -> str:
    """The text of a YAML file with new texts in the place of old ones that were read of it, each in the same quotes.

    A pair is the old text and the new one, which must need no other quotes.
    Raises Refusal when an old one is not written on one line as it reads.
    """
    mark = BOM if text.startswith(BOM) else ""
    lines = text.removeprefix(BOM).split("\n")
    for old, new in sorted(
        pairs, key=lambda pair: pair[0].span, reverse=True
    ):  # from the end, so that no place moves
        at = old.span
        line = lines[at.line - 1] if at.line <= len(lines) else ""
        start, written, end = (
            line[: at.column - 1],
            line[at.column - 1 : at.end - 1],
            line[at.end - 1 :],
        )
        quote = written[:1] if written[:1] in {"'", '"'} else ""
        if written != f"{quote}{old}{quote}":
            raise Refusal(f"{at.path}, line {at.line}: write “{old}” on one line, as it reads")
        lines[at.line - 1] = f"{start}{quote}{new}{quote}{end}"
    return mark + "\n".join(lines)


def reworded(text: str, old: Text, new: str) -> str | None:
    """The text of a YAML file in which a text that was read of it says something else: only the words that differ are written
    anew, and all else keeps its place, comments and line ends. None where that cannot be done.
    """
    mark = BOM if text.startswith(BOM) else ""
    body = text.removeprefix(BOM)
    before = _scalars(body, old.span.path)
    at = next((n for n, each in enumerate(before) if each.span == old.span), None)
    if at is None or before[at].value.strip() != old:
        return None
    for way in (_in_place, _in_quotes, functools.partial(_anew, number=at)):
        made = way(body, old, new)
        if made is None:
            continue
        values = [each.value.strip() for each in _scalars(made, old.span.path)]
        if values == [new if n == at else each.value.strip() for n, each in enumerate(before)]:
            return mark + made
    return None


def all_reworded(text: str, pairs: Sequence[tuple[Text, str]]) -> str | None:
    """The same for several texts, given from the last to the first, so that no place moves; the file is read once before and once
    after. None where one of them cannot stand where the old one does: then each has to find its own way.
    """
    mark = BOM if text.startswith(BOM) else ""
    held = text.removeprefix(BOM)
    path = pairs[0][0].span.path
    new = {old.span: (old, said) for old, said in pairs}
    wanted, numbers = [], {}
    for number, each in enumerate(_scalars(held, path)):
        numbers[each.span] = number
        old, said = new.pop(each.span, (each.value.strip(), each.value.strip()))
        if each.value.strip() != old:
            return None
        wanted.append(said)
    if new:
        return None
    made, texts = held, _stretches(held)
    for old, said in pairs:
        step = _stepped(made, held, old, said, numbers[old.span], texts)
        if step is None:
            return None
        made = step
    found = [each.value.strip() for each in _scalars(made, path)]
    return mark + made if found == wanted else None


def _stepped(
    text: str, held: str, old: Text, new: str, number: int, texts: Sequence[nodes.Stretch]
) -> str | None:
    """The text with the words of one of its texts written anew in the first way in which they read as they should. `held` is the
    text as it was before what stands behind that was written anew, and `texts` are its stretches.
    """
    start, end, _last, bracketed = texts[number]
    for way in (_in_place, _in_quotes):
        made = way(text, old, new, held)
        if made is not None:
            said = made[start : end + len(made) - len(text)]
            indent = " " * _indent(text, start)
            alone = f"{{k: {said}}}" if bracketed else f"{indent}k: {said}"
            if [each.value.strip() for each in _scalars(alone, "")] == ["k", new]:
                return made
    return _anew(text, old, new, number=number, texts=texts)


def _scalars(text: str, path: str) -> list[nodes.Scalar]:
    """All keys and texts of a file, in order; none where it cannot be read."""
    root = nodes.read(text.encode(), path, [])
    return [] if root is None else list(scalars_in(root))


def texts_at(text: str, path: str) -> dict[Span, str]:
    """What stands in each place of a YAML file where a key or a text stands."""
    return {each.span: each.value.strip() for each in _scalars(text.removeprefix(BOM), path)}


def scalars_in(node: nodes.Node) -> Iterator[nodes.Scalar]:
    """All keys and texts of a node, in order."""
    match node:
        case nodes.Scalar():
            yield node
        case nodes.Listing(items):
            for each in items:
                yield from scalars_in(each)
        case nodes.Mapping(pairs):
            for key, value in pairs:
                yield key
                yield from scalars_in(value)


class Layout:
    """Where the texts of a YAML file stand."""

    def __init__(self, text: str, path: str) -> None:
        """Read a sound file; of a table, and of what cannot be read, nothing is known."""
        text = text.removeprefix(BOM)
        found = () if path.endswith(".csv") else _scalars(text, path)
        self._values = [each.value.strip() for each in found]
        self._starts = list(
            itertools.accumulate((len(each) + 1 for each in text.split("\n")), initial=0)
        )
        self._texts, self._records = nodes.stretches(text) if self._values else ([], {})
        self._begins = [each.start for each in self._texts]

    def around(self, place: Span) -> tuple[str, set[str]]:
        """The text in which a place lies, and those of the record or list that begins there; nothing where none does."""
        start = self._starts[min(place.line, len(self._starts)) - 1] + place.column - 1
        at = bisect.bisect_right(self._begins, start) - 1
        text = self._values[at] if at >= 0 and start < self._texts[at].end else ""
        record = self._records.get((place.line, place.column))
        if record is None:
            return text, set()
        last = bisect.bisect_left(self._begins, record.end)
        return text, set(self._values[max(at, 0) : last])


def _in_place(text: str, old: Text, new: str, held: str = "") -> str | None:
    """The text with the differing words written where the old ones stand; None where line ends or escapes are in the way. `held`
    is a text that is the same up to their end.
    """
    begins, ends, quote = places_in(held or text, old)
    if not begins:
        return None
    counts = list(itertools.accumulate((not char.isspace() for char in old), initial=0))
    one, other = (re.findall(r"\s+|\w+|[^\w\s]", each) for each in (str(old), new))
    at_one = list(itertools.accumulate(map(len, one), initial=0))
    for what, i1, i2, j1, j2 in reversed(steps(one, other)):
        said = "".join(other[j1:j2])
        if what == "equal":
            continue
        if "\n" in said:
            return None
        first, last = counts[at_one[i1]], counts[at_one[i2]]  # the signs that go
        goes = "".join(one[i1:i2])
        if goes[:1].isspace() or (not goes and first and not one[i1 - 1].isspace()):
            start = ends[first - 1]
        elif first < len(begins):
            start = begins[first]
        else:
            start = ends[-1]
        if not goes:
            end = start
        elif goes[-1:].isspace() and last < len(begins):
            end = begins[last]
        else:
            end = ends[last - 1] if last else start
        text = text[:start] + _escaped(said, quote) + text[end:]
    return text


def _in_quotes(text: str, old: Text, new: str, held: str = "") -> str | None:
    """The text with a value of one line written in quotation marks; None for others, such as blocks."""
    begins, ends, quote = places_in(held or text, old)
    if not begins or "\n" in new or "\n" in text[begins[0] : ends[-1]]:
        return None
    start, end = begins[0] - len(quote), ends[-1] + len(quote)
    mark = quote or ("'" if "'" not in new else '"')
    return f"{text[:start]}{mark}{_escaped(new, mark)}{mark}{text[end:]}"


def places_in(text: str, old: Text) -> tuple[list[int], list[int], str]:
    """Where each sign of a text begins and ends in its file, blanks aside, and its quotation mark; nothing where that is not
    known.
    """
    bare, starts = _lines(text)
    wanted = "".join(old.split())
    places = list(itertools.islice(signs(bare, old.span), len(wanted)))
    if not wanted or "".join(char for *_, char in places) != wanted:
        return [], [], ""
    row, column, *_ = places[0]
    before = bare[row][column - 1 : column] if column == old.span.column else ""
    begins = [starts[row] + at for row, at, *_ in places]
    return begins, [starts[row] + end for row, _, end, _ in places], before


@functools.lru_cache(maxsize=1)  # asked for each of many texts of one file
def _lines(text: str) -> tuple[list[str], list[int]]:
    """The lines of a text without their ends, and where each begins."""
    lines = text.split("\n")
    starts = itertools.accumulate((len(line) + 1 for line in lines), initial=0)
    return [line.removesuffix("\r") for line in lines], list(starts)


def _escaped(text: str, quote: str) -> str:
    """Words as they stand between such quotation marks."""
    if quote == '"':
        return json.dumps(text, ensure_ascii=False)[1:-1]
    return text.replace("'", "''") if quote else text


def _stretches(text: str) -> Sequence[nodes.Stretch]:
    return nodes.stretches(text)[0]


def _anew(
    text: str, _: Text, new: str, *, number: int, texts: Sequence[nodes.Stretch] = ()
) -> str | None:
    """The text with the value of this number written anew, in a style that can hold it. What stands behind it on its line stays.
    `texts` are the stretches of all values, where they are known.
    """
    texts = texts or _stretches(text)
    if number >= len(texts):
        return None
    start, end, _last, bracketed = texts[number]
    if bracketed:
        said = json.dumps(new, ensure_ascii=False) if text[start] == '"' else written.within(new)
        return text[:start] + said + text[end:]
    head = BLOCK.match(text, start)
    stop = head.end() if head else end  # where what stays of the line begins
    rest = _line_end(text, stop)
    after = max(rest, len(text[:end].rstrip())) if head else rest
    indent = " " * (_indent(text, start) + 2)
    if head and (inner := SET_IN.match(text, stop)):
        indent = inner[1]
    first, *lines = written.text(new, indent)
    if (
        head and lines
    ):  # how the block ends is no matter to a text, and stays as its author wrote it
        first = f"|{head[1]}"
    return (
        text[:start]
        + end_of_line(text, rest).join([first + text[stop:rest], *lines])
        + text[after:]
    )


def _indent(text: str, at: int) -> int:
    """By how much the record is set in of which a text begins at a place."""
    lead = text[text.rfind("\n", 0, at) + 1 : at]
    return len(lead) - len(lead.lstrip(" -"))


def _line_end(text: str, at: int) -> int:
    """Where the line ends in which a place lies, before the signs that end it."""
    found = text.find("\n", at)
    end = len(text) if found < 0 else found
    return end - text[at:end].endswith("\r")
