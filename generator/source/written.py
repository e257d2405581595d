"""YAML for what did not come from an author: so that it reads the same, and as an author would write it where that is possible."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ..late import late
from .yaml import NOTHING

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value]"

# What YAML takes for the text that it is, between keys and in a list between brackets.
BARE = late(r"[^\W_](?:[\w .;!?()'/%+–—=-]*[\w.;!?()'/%+=])?")
LISTED = late(r"[^\W_][\w.:/-]*(?<![:])")
# What cannot stand in YAML as it is, or would end a line there.
UNSAFE = late("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def document(value: Mapping[str, Value]) -> bytes:
    """A file."""
    return ("\n".join(_mapping(value, "")) + "\n").encode()


def entry(value: Value, column: int, gap: int) -> list[str]:
    """The lines of an item of a list whose dashes stand behind so many blanks; `gap` is how far its words stand behind them."""
    first, *lines = _mapping(value, "") if isinstance(value, Mapping) else [within(value)]
    indent = " " * column
    return [
        f"{indent}-{' ' * (gap - 1)}{first}",
        *(f"{indent}{' ' * gap}{line}" if line else "" for line in lines),
    ]


def within(value: Value) -> str:
    """A value between brackets."""
    match value:
        case str() | bool() | int():
            return _listed(value)
        case Mapping():
            return (
                f"{{{', '.join(f'{_listed(key)}: {within(held)}' for key, held in value.items())}}}"
            )
        case _:
            return f"[{', '.join(map(within, value))}]"


def text(value: str, indent: str) -> list[str]:
    """A text in lines, the first without indentation."""
    lines = value.split("\n")
    if len(lines) == 1 or UNSAFE.search(value) or not value.strip() or value[0] in " \t\n":
        return [_scalar(value)]
    ends = len(value) - len(value.rstrip("\n"))
    sign = {0: "|-", 1: "|"}.get(ends, "|+")
    held = lines if ends == 0 else lines[:-1]
    return [sign, *(indent + line if line else "" for line in held)]


def _mapping(value: Mapping[str, Value], indent: str) -> Iterable[str]:
    for key, held in value.items():
        name = _scalar(key)
        match held:
            case bool() | int():
                yield f"{indent}{name}: {json.dumps(held)}"
            case str():
                first, *lines = text(held, indent + "  ")
                yield f"{indent}{name}: {first}"
                yield from lines
            case Mapping():
                yield f"{indent}{name}:" if held else f"{indent}{name}: {{}}"
                yield from _mapping(held, indent + "  ")
            case _ if any(isinstance(each, Mapping) for each in held):
                yield f"{indent}{name}:"
                yield from _items(held, indent + "  ")
            case _:
                yield f"{indent}{name}: [{', '.join(map(_listed, held))}]"


def _items(value: Sequence[Value], indent: str) -> Iterable[str]:
    for each in value:
        assert isinstance(each, Mapping)  # noqa: S101 - lists here hold records
        first, *lines = _mapping(each, indent + "  ")
        yield f"{indent}- {first.removeprefix(indent + '  ')}"
        yield from lines


def _listed(value: Value) -> str:
    if isinstance(value, str):
        return value if LISTED.fullmatch(value) and value not in NOTHING else _quoted(value)
    return json.dumps(value)


def _scalar(value: str) -> str:
    if BARE.fullmatch(value) and value not in NOTHING and " #" not in value:
        return value
    return _quoted(value)


def _quoted(value: str) -> str:
    if (
        UNSAFE.search(value)
        or "\n" in value
        or "\t" in value
        or ("'" in value and '"' not in value)
    ):
        made = json.dumps(value, ensure_ascii=False)
        return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", made)
    return "'" + value.replace("'", "''") + "'"
