"""Edits of an author's YAML that keep every comment and the layout of every line that they do not touch.

`replaced` puts new texts in the places of old ones and `inserted_keys` puts in new keys: nothing else can change. `edited`
can do more and remove, by means of ruamel.yaml, which is imported only here. That library writes a file that it has read
almost as it was, but not always; so of what it writes, only those lines are used that the edit changes.
"""

import difflib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..problems import Refusal, Span
from ..texts import Text

if TYPE_CHECKING:
    from ruamel.yaml import YAML

Edit = Callable[[Any], None]
Pairs = Sequence[tuple[str, str]]  # keys and values
BOM = "\ufeff"


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


def inserted_keys(text: str, places: Mapping[Span, Pairs]) -> str:
    """The text of a YAML file with keys put in, and values that need no quotes, where the mappings that were read of it begin."""
    mark = BOM if text.startswith(BOM) else ""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.removeprefix(BOM).split("\n")
    for at in sorted(places, reverse=True):  # from the end, so that no place moves
        line, column = lines[at.line - 1], at.column - 1
        if line[column : column + 1] == "{":
            column += 1
            quote = '"' if line[column:].lstrip().startswith('"') else ""  # as JSON has it
            new = "".join(f"{quote}{k}{quote}: {quote}{v}{quote}, " for k, v in places[at])
        else:
            new = "".join(f"{k}: {v}{end}{' ' * column}" for k, v in places[at])
        lines[at.line - 1] = line[:column] + new + line[column:]
    return mark + "\n".join(lines)


def edited(text: str, edit: Edit) -> str:
    """The text of a YAML file after `edit` has changed what was read of it: mappings and lists, in place.

    Raises ruamel's `YAMLError` when the text is not YAML, and whatever `edit` raises.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    mark = BOM if text.startswith(BOM) else ""
    original = text.removeprefix(BOM).replace("\r\n", "\n")
    yaml = _nearest(original)
    data = yaml.load(original)
    before = _dumped(yaml, data)
    edit(data)
    after = _dumped(yaml, data)
    lines = "".join(_moved(_lines(original), _lines(before), _lines(after)))
    if not _says(yaml, lines, data):
        lines = after  # better another layout than another meaning
    return mark + (lines if before != after else original).replace("\n", ends)


def _says(yaml: "YAML", text: str, data: Any) -> bool:
    from ruamel.yaml.error import YAMLError

    try:
        return bool(yaml.load(text) == data)
    except YAMLError:
        return False


def _nearest(text: str) -> "YAML":
    """A ruamel reader and writer that indents lists as most of this text does."""
    candidates = [_yaml(sequence, offset) for sequence, offset in ((4, 2), (2, 0), (6, 4))]

    def other_lines(yaml: "YAML") -> int:
        return len(set(_lines(text)) ^ set(_lines(_dumped(yaml, yaml.load(text)))))

    return min(candidates, key=other_lines)


def _yaml(sequence: int, offset: int) -> "YAML":
    from ruamel.yaml import YAML  # here, since most commands edit nothing

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 140
    yaml.indent(mapping=2, sequence=sequence, offset=offset)
    return yaml


def _dumped(yaml: "YAML", data: Any) -> str:
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.removesuffix("\n").split("\n")]


def _moved(original: Sequence[str], before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """The original's lines with the differences between `before` and `after` applied to them."""
    places = difflib.SequenceMatcher(None, before, original, autojunk=False).get_opcodes()
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    done = 0
    for what, first, last, start, stop in steps:
        if what == "equal":
            continue
        through = _end(places, last)
        yield from original[done : through if first == last else _start(places, first)]
        yield from after[start:stop]
        done = through
    yield from original[done:]


Opcodes = Sequence[tuple[str, int, int, int, int]]


def _start(places: Opcodes, line: int) -> int:
    """The line of the original at which the text that begins at this line of `before` begins."""
    for what, b1, b2, o1, _ in places:
        if b1 <= line < b2:
            return o1 + (line - b1) if what == "equal" else o1
    return 0


def _end(places: Opcodes, line: int) -> int:
    """The line of the original at which the text that ends at this line of `before` ends."""
    for what, b1, b2, o1, o2 in places:
        if b1 < line <= b2:
            return o1 + (line - b1) if what == "equal" else o2
    return 0
