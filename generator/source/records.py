"""From located nodes to the records of `model.py`, by their annotations.

A record that lacks a text is still built, with an empty one, so that the checks can say in the same run
whatever else is wrong; the caller throws the draft away when there was any error.
"""

import dataclasses
import functools
import re
import types
import typing
from collections import abc
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Literal

from ..frozen import dataclass
from ..kinds.base import Card
from ..likeness import nearest
from ..problems import Problem, did_you_mean, errors, sign
from ..text import shows, sight
from ..texts import Cite, Exact, Html, Id, Line, Plain, Prose, Record
from . import escapes
from .pairs import PAIRS
from .yaml import Holding, Listing, Mapping, Misread, Node, Scalar, in_quotes

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Keys that other programs have for what is meant.
MEANT = {
    **dict.fromkeys(("question", "front", "q", "prompt"), "ask"),
    **dict.fromkeys(("back", "a", "response", "solution"), "answer"),
    **dict.fromkeys(("text", "gap", "gaps", "sentence"), "cloze"),
    **dict.fromkeys(("extra", "explanation", "comment", "notes"), "more"),
    **dict.fromkeys(("name", "heading"), "title"),
}
IN_FOLDER = "{}, which a course in a folder has: `coursedeck new course FOLDER` makes one"
# Keys that stand in another file of a course than the one that a record is read of.
ELSEWHERE = {
    "CourseFile": {
        **dict.fromkeys(("accent", "tags", "cards"), "the file of a module, modules/NAME.yaml"),
        **dict.fromkeys(
            ("concepts", "objectives", "activities"), "the file of a module, modules/NAME.yaml"
        ),
        **dict.fromkeys(("retired", "renamed"), "history.yaml"),
    },
    "FileOfCards": {
        **dict.fromkeys(
            ("concepts", "objectives", "activities"), IN_FOLDER.format("the file of a module")
        ),
        **dict.fromkeys(("modules", "outcomes"), IN_FOLDER.format("course.yaml")),
    },
}
NUMBER = (0, 999_999_999)  # what a number may be of which a record says nothing
COMMA = "inside {…} a comma ends a text: put it in quotation marks, or write one key a line"
FARTHER = 0.7  # how like (`likeness.ratio`) a key is at least that begins with another letter: “notes” are no “fonts”
LONGEST_ID = 100  # so that a file may have the ids of course and module in its name
SHORT = 60  # signs of a text that a hint repeats
TEXTS = (Id, Plain, Line, Prose, Exact, Html)
WHAT = {
    "Id": "an id",
    "Plain": "a text",
    "Line": "a line of text",
    "Prose": "a text",
    "Exact": "a text",
    "Html": "HTML",
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record: how it is written, what it holds and how that is made, whether it must be there. `within` has the
    least and the most that a number may be, where the record says so.
    """

    name: str
    attribute: str
    type: Any
    build: "Builder"
    required: bool
    default: Any
    within: tuple[int, int] | None


@functools.cache
def keys_of(record: type) -> dict[str, Key]:
    """The keys of a record class by the name that an author writes."""
    hints = typing.get_type_hints(record)
    keys = {}
    for entry in dataclasses.fields(record):
        if not entry.metadata.get("key", True):
            continue
        name = entry.name.rstrip("_").replace("_", "-")
        required = entry.default is dataclasses.MISSING
        type_ = hints[entry.name]
        made = _builder(type_)
        if required and type_ in (Id, Plain, Line, Prose):
            made = functools.partial(_text, type_, required=True)
        within = entry.metadata.get("within")
        if within:
            made = functools.partial(_number, within=within)
        keys[name] = Key(name, entry.name, type_, made, required, entry.default, within)
    return keys


@functools.cache
def _defaults(record: type) -> dict[str, Any]:
    """What stands for the keys of a record that are not given, by attribute."""
    return {key.attribute: key.default for key in keys_of(record).values() if not key.required}


@functools.cache
def _required(record: type) -> tuple[Key, ...]:
    """The keys of a record that must be given."""
    return tuple(key for key in keys_of(record).values() if key.required)


Builder = Callable[[Node, list[Problem], str], Any]


def build(type_: Any, node: Node, problems: list[Problem], name: str = "this") -> Any:
    """Make a value of `type_` from a node. Adds what is wrong to `problems`; None when nothing can be made."""
    return _builder(type_)(node, problems, name)


@functools.cache
def _builder(type_: Any) -> Builder:
    """The function that makes values of a type; kept, since finding it takes longer than calling it."""
    if type_ is Cite:
        return lambda node, problems, _: _cite(node, problems)
    if type_ in (Exact, Html):
        return functools.partial(_exact, type_)
    if type_ in TEXTS:
        return functools.partial(_text, type_)
    if type_ is bool:
        return functools.partial(_word, {"true": True, "false": False, "yes": True, "no": False})
    if type_ is int:
        return _number
    if type_ is float:
        return _decimal
    origin = typing.get_origin(type_)
    if origin is Literal:
        return functools.partial(_word, {word: word for word in typing.get_args(type_)})
    if origin is tuple:
        return functools.partial(_items, typing.get_args(type_)[0])
    if origin is abc.Mapping:
        return functools.partial(_named, typing.get_args(type_)[1])
    if origin in (types.UnionType, typing.Union):
        choices = [choice for choice in typing.get_args(type_) if choice is not type(None)]
        if len(choices) == 1:
            return _builder(choices[0])
        return functools.partial(_card, {choice.kind: choice for choice in choices})
    return functools.partial(_record, type_)


def _record(record: type, node: Node, problems: list[Problem], name: str) -> Any:
    if not isinstance(node, Mapping):
        hint = f"write each key with a colon and a blank: {_keys_needed(record) or '“key: …”'}"
        if isinstance(node, Listing) and "cards" in keys_of(record):
            hint = "begin the file with “title: …” and “cards:”; the list stands under that"
        problems.append(_wrong_type(node, name, "keys and values", hint))
        return None
    keys = keys_of(record)
    values: dict[str, Any] = {**_defaults(record), "span": node.span}
    unknown = []
    before = len(problems)
    for word, given in node.pairs:
        key = keys.get(word.value)
        if key is None:
            unknown.append(word)
        else:
            value = key.build(given, problems, key.name)
            values[key.attribute] = _blank(key) if value is None else value
        if isinstance(given, Holding):
            problems += _swallowed(node, word, given, keys)
    missing = [key for key in _required(record) if key.attribute not in values]
    if unknown or missing:
        values |= {key.attribute: _blank(key) for key in missing}
        problems += _amiss(record, node, unknown, [key.name for key in missing])
    if _NOTHING in values.values():
        return None
    sound = node.whole and (len(problems) == before or not errors(problems[before:]))
    return record(**values) if sound else record(**values, whole=False)


def _swallowed(
    node: Mapping, word: Scalar, text: Holding, keys: Collection[str]
) -> Iterator[Problem]:
    """The first line of a text that was meant as a key of its record: one that the record lacks, or several of another item."""
    names = [name for name, _ in text.keys]
    known = {key.value for key, _ in node.pairs}
    name, item = text.keys[0]
    others = any(item for _, item in text.keys[1:])
    meant = len(names) > 1 and not others if item else not known & set(names)
    if not meant or not set(names) <= set(keys):
        return
    at = re.search(rf"(?<!\S){name}: ", text.value)
    if at is None:
        return
    beside = "the item before it" if item else f"“{word.value}:”"
    yield Problem(
        text.span,
        "joined-lines",
        f"“{name}: …” is a line of the text of “{word.value}” here, and no key",
        f"set it in as far as {beside}; in code, put ``` on a line before and after it",
        sign(text.value, at.start(), at.end()),
    )


def _amiss(
    record: type, node: Mapping, unknown: Sequence[Scalar], missing: Collection[str]
) -> Iterator[Problem]:
    """The keys that a record does not know, and those that it needs: one problem where the one may be the other, misspelt or under
    another name.
    """
    needed = [key.name for key in _required(record) if key.name != "id"]
    if len(missing) > 1 and not set(needed) - set(missing) and not _like(record, node):
        # Nothing of it is here: that is one mistake, and not one for each key.
        hint = f"{_what(record)} has the keys " + ", ".join(f"“{name}: …”" for name in needed)
        word = unknown[0]
        yield Problem(word.span, "unknown-key", f"“{word.value}” is not a key here", hint)
        return
    # An id that stands in for one that was left out has the place of its key.
    known = {word.value for word, value in node.pairs if word.span != value.span}
    free = [name for name in keys_of(record) if name not in known]
    (alone,) = missing if len(unknown) == len(missing) == 1 else ("",)
    told = set()
    for word in unknown:
        hint, meant = _hint(record, word.value, free, missing, alone)
        told.add(meant)
        yield Problem(word.span, "unknown-key", f"“{word.value}” is not a key here", hint)
    for name in missing:
        if name not in told:
            message = f"{_what(record)} needs “{name}”"
            yield Problem(node.span, "missing-key", message, f"add “{name}: …”")


def _hint(
    record: type, word: str, free: Collection[str], missing: Collection[str], alone: str
) -> tuple[str, str]:
    """What to do about a key that a record does not know, and the key of the record that may be meant, if any. `alone` is the
    one that is missing, where only one is and only one is unknown.
    """
    if " " in word:
        return COMMA, ""
    near, owners = _near(word, free), _owners(record, word)
    if near and (near in missing or not owners):
        return f"did you mean “{near}”?", near
    if elsewhere := ELSEWHERE.get(record.__name__, {}).get(word):
        return f"“{word}” stands in {elsewhere}", alone
    if alone:
        return f"“{alone}” is missing here: is it meant?", alone
    if owners:
        return f"“{word}” is a key of {' and of '.join(owners)}", ""
    return "the keys still free here: " + ", ".join(sorted(free)) if free else "", ""


def _owners(record: type, word: str) -> list[str]:
    """The one or two records that have a key, of those that belong together with one that has it not."""
    every: list[type] = [*Record.__subclasses__()]
    peers = (each for each in every if each.__module__ == record.__module__)
    found = sorted({_what(each) for each in peers if word in keys_of(each)})
    return found if len(found) < 3 else []


def _like(record: type, node: Mapping) -> bool:
    """Whether a mapping has any key of a record but an id, or one that may be meant for it; or none at all."""
    keys = keys_of(record)
    words = [word.value for word, _ in node.pairs if word.value != "id"]
    return not words or any(word in keys or _near(word, keys) for word in words)


_NOTHING = object()


def _blank(key: Key) -> Any:
    """What stands for a value that could not be read."""
    if not key.required:
        return key.default
    if key.type in TEXTS:
        return key.type()
    if key.type in (int, float, bool):
        return key.type()
    origin = typing.get_origin(key.type)
    if origin is tuple:
        return ()
    if origin is abc.Mapping:
        return {}
    if origin is Literal:
        return typing.get_args(key.type)[0]
    return _NOTHING


def _card(by_key: dict[str, type[Card]], node: Node, problems: list[Problem], _: str) -> Any:
    """A card's kind is told by the key that holds its content."""
    if not isinstance(node, Mapping):
        hint = "write each key with a colon and a blank: “ask: …”"
        problems.append(_wrong_type(node, "a card", "keys and values", hint))
        return None
    given = [(by_key[key.value], value) for key, value in node.pairs if key.value in by_key]
    found = [card for card, _ in given]
    if len(found) == 1 and (isinstance(given[0][1], Mapping) or _content(found[0]) in TEXTS):
        return _record(found[0], node, problems, "a card")  # most, by far
    if (beside := _beside(by_key, node)) is not None:
        problems.append(beside)
        return None
    if len(found) == 1:
        return _record(found[0], node, problems, "a card")
    listed = ", ".join((*by_key, PAIRS))
    if found:
        several = " and ".join(f"“{each.kind}”" for each in found)
        message = f"one card with the content of two kinds: {several}"
        hint = f"keep one of them, or begin a card of its own: “- {found[1].kind}: …”"
        problems.append(Problem(node.span, "two-kinds", message, hint))
    else:
        meant = ((key, _near(key.value, by_key)) for key, _ in node.pairs)
        key, near = next(((key, near) for key, near in meant if near), (None, ""))
        hint = f"did you mean “{near}”?" if near else f"give it one of: {listed}"
        message = (
            f"a card without content: “{key.value}” is no kind" if key else "a card without content"
        )
        span = key.span if key else node.span
        problems.append(Problem(span, "no-kind", message, hint))
    return None


def _content(card: Any) -> Any:
    """The type of what the key of a card's kind holds."""
    return keys_of(card)[card.kind].type


def _beside(by_key: dict[str, type[Card]], node: Mapping) -> Problem | None:
    """What is wrong with a card whose content stands beside the key of its kind, and not beneath it."""
    given = {key.value: value for key, value in node.pairs}
    astray: dict[str, list[str]] = {}
    for kind, card in by_key.items():
        content = _content(card)
        if isinstance(given.get(kind), Mapping) or content in TEXTS:
            continue
        inner = keys_of(content)
        listed = isinstance(given.get(kind), Listing)  # `cases` holds a key of its own name
        found = [name for name in inner if name in given and (name != kind or listed)]
        needed = [key.name for key in inner.values() if key.required and key.type is not bool]
        enough = set(needed) <= set(found) or (kind in given and set(found) - {kind})
        if found and enough:
            astray[kind] = found
    if not astray:
        return None
    kind = max(astray, key=lambda each: len(astray[each]))
    return _set_in(kind, astray[kind], node)


def _set_in(kind: str, names: list[str], node: Mapping) -> Problem:
    """The problem of keys that belong beneath that of a kind of card."""
    keys = {key.value: key for key, _ in node.pairs}
    value = next((value for key, value in node.pairs if key.value == kind), None)
    said = [f"“{name}”" for name in names]
    told = ", ".join(said[:-1]) + " and " + said[-1] if said[1:] else said[0]
    belong = "belong" if said[1:] else "belongs"
    message = f"{told} {belong} beneath “{kind}:”, not beside it"
    hint = f"set {told} in by two blanks more than “{kind}:”"
    if kind not in keys or kind in names:
        hint = f"write “{kind}:” on a line of its own, and {told} beneath it, two blanks further in"
    elif isinstance(value, Scalar) and value.value:
        first = "image" if kind == "diagram" else "…"
        hint = f"write “{kind}:” alone on its line, and beneath it, two blanks further in, “{first}: {value.value}” and {told}"
    return Problem(keys.get(kind, keys[names[0]]).span, "not-beneath", message, hint)


def _cite(node: Node, problems: list[Problem]) -> Cite | None:
    if isinstance(node, Scalar):
        return Cite(work=_text(Id, node, problems, "sources"), span=node.span)
    if isinstance(node, Mapping) and len(node.pairs) == 1:
        key, value = node.pairs[0]
        at = _text(Plain, value, problems, "place")
        return Cite(work=_text(Id, key, problems, "sources"), at=at or Plain(), span=key.span)
    problems.append(_wrong_type(node, "a source", "“key” or “key: place”"))
    return None


def _text(
    kind: type, node: Node, problems: list[Problem], name: str, *, required: bool = False
) -> Any:
    if not isinstance(node, Scalar):
        problems.append(_wrong_type(node, name, WHAT[kind.__name__], _as_text(node, name)))
        return None
    value = node.value.strip()
    if isinstance(node, Misread):
        problems.append(node.told)
        value = escapes.meant(node.value).strip()
    text = kind(value, node.span)
    if not value:
        hint = "write its text: it cannot be left out"
        if not required:
            hint = f"write its text, or leave out “{name}”"
        problems.append(Problem(node.span, "empty-text", f"“{name}” is empty", hint))
    elif kind is Id and not (ID.fullmatch(value) and len(value) <= LONGEST_ID):
        hint = "lower-case letters, digits and single hyphens"
        hint += f", {LONGEST_ID} at most" if len(value) > LONGEST_ID else ""
        said = " ".join(value.split())[:60]
        problems.append(Problem(node.span, "bad-id", f"“{said}” is not an id", hint))
    elif kind is Line and "\n" in value:
        problems.append(
            Problem(
                node.span,
                "not-a-line",
                f"“{name}” takes one line of text, not several",
                "join the lines, or begin a block with >- and leave no line empty within",
            )
        )
    elif not shows(text):
        said, hint = sight.nothing(value)
        problems.append(Problem(node.span, "empty-text", f"“{name}” shows nothing{said}", hint))
        return kind("", node.span)  # what else is wrong with such signs has this one cause
    return text


def _exact(kind: type, node: Node, problems: list[Problem], name: str) -> Any:
    if not isinstance(node, Scalar):
        problems.append(_wrong_type(node, name, WHAT[kind.__name__], _as_text(node, name)))
        return None
    return kind(node.value, node.span)


def _named(type_: Any, node: Node, problems: list[Problem], name: str) -> dict[str, Any] | None:
    """Values under names of the author's own."""
    if not isinstance(node, Mapping):
        problems.append(_wrong_type(node, name, "names, each with its value"))
        return None
    build_one = _builder(type_)
    built = {key.value: build_one(value, problems, key.value) for key, value in node.pairs}
    return {key: value for key, value in built.items() if value is not None}


def _word(words: dict[str, Any], node: Node, problems: list[Problem], name: str) -> Any:
    if isinstance(node, Scalar) and node.value in words:
        return words[node.value]
    if not isinstance(node, Scalar):
        problems.append(_wrong_type(node, name, "one word"))
        return None
    hint = did_you_mean(node.value, words) or "one of: " + ", ".join(words)
    problems.append(
        Problem(node.span, "bad-value", f"“{node.value}” is not a value of “{name}”", hint)
    )
    return None


def _number(
    node: Node, problems: list[Problem], name: str, *, within: tuple[int, int] = NUMBER
) -> int | None:
    if not isinstance(node, Scalar):
        problems.append(_wrong_type(node, name, "a whole number"))
        return None
    if not re.fullmatch(r"-?[0-9]{1,20}", node.value):
        message = f"“{name}” takes a whole number, not “{node.value}”"
        problems.append(Problem(node.span, "not-a-number", message, "digits only"))
        return None
    number, (least, most) = int(node.value), within
    if not least <= number <= most:
        message, hint = f"`{name}` is {number}", f"a number from {least} to {most}"
        problems.append(Problem(node.span, "out-of-range", message, hint))
        return None
    return number


def _decimal(node: Node, problems: list[Problem], name: str) -> float | None:
    if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{0,6}(\.[0-9]{1,9})?", node.value or "-"):
        return float(node.value)
    if isinstance(node, Scalar):
        message = f"“{name}” takes numbers from 0, not “{node.value}”"
        problems.append(Problem(node.span, "not-a-number", message, "such as 120 or 0.25"))
    else:
        problems.append(_wrong_type(node, name, "a number"))
    return None


def _keys_needed(record: type) -> str:
    """The keys that a record must have, as they are written; nothing where it needs none but an id."""
    return ", ".join(f"“{key.name}: …”" for key in _required(record) if key.name != "id")


def _items(type_: Any, node: Node, problems: list[Problem], name: str) -> tuple[Any, ...] | None:
    if not isinstance(node, Listing):
        problems.append(_wrong_type(node, name, "a list", _as_list(type_, node, name)))
        return None
    build_item = _builder(type_)
    built = (build_item(item, problems, name) for item in node.items)
    return tuple(item for item in built if item is not None)


def _as_list(type_: Any, node: Node, name: str) -> str:
    """How what was given in place of a list is written as one."""
    if isinstance(node, Mapping) and node.pairs and node.pairs[0][0].value.startswith("-"):
        word = node.pairs[0][0].value
        return f"put a blank behind “-”: “- {word.lstrip('-')}: …”"
    of_keys = dataclasses.is_dataclass(type_) and type_ is not Cite
    if isinstance(node, Scalar) and of_keys and (keys := _keys_needed(type_)):
        return f"begin each item with “- ”; it has the keys {keys}"
    if not isinstance(node, Scalar) or not node.value or len(node.value) > SHORT:
        return "begin each item with “- ”"
    words = re.split(r"[,\s]+" if name == "tags" else r"\s*,\s*", node.value)
    return f"write [{', '.join(filter(None, words))}], or a line that begins with “- ” for each"


def _as_text(node: Node, name: str) -> str:
    """How what was given in place of a text is written as one."""
    lines = f"write “{name}: |”, and the lines below it, set in by two blanks more"
    match node:
        case Listing(()) | Mapping(()):
            signs = "[]" if isinstance(node, Listing) else "{}"
            return (
                f"write its text; the signs themselves stand in quotation marks: {in_quotes(signs)}"
            )
        case Listing(items) if len(items) > 1 and items[-1].span.line == node.span.line:
            return f"put it in quotation marks: {_bracketed([(each,) for each in items], '[]')}"
        case Mapping(pairs) if (
            pairs and pairs[0][0].span > node.span
        ):  # before its first key stands {
            one_line = pairs[-1][1].span.line == node.span.line
            said = f": {_bracketed(pairs, '{}')}" if one_line and node.whole else ""
            return f"put it in quotation marks{said}"
        case Mapping():
            return f"a text that holds “: ” needs quotation marks; or {lines}"
        case _:
            return f"{lines}; what begins with [ needs quotation marks"


def _bracketed(parts: Iterable[Sequence[Node]], brackets: str) -> str:
    """What was read from between brackets, as a text in quotation marks; a sign stands for what is no text."""
    said = (
        ": ".join(filter(None, (each.value if isinstance(each, Scalar) else "…" for each in part)))
        for part in parts
    )
    return in_quotes(f"{brackets[0]}{', '.join(said)}{brackets[1]}")


def _wrong_type(node: Node, name: str, wanted: str, hint: str = "") -> Problem:
    found = {Scalar: "a text", Mapping: "keys and values", Listing: "a list"}[type(node)]
    return Problem(node.span, "wrong-type", f"“{name}” takes {wanted}, not {found}", hint)


def _near(word: str, known: Collection[str]) -> str:
    """The known word that is meant by another, or nothing."""
    other = MEANT.get(word.lower(), word.lower())
    if other in known:
        return other
    alike = [each for each in known if each[:1] == other[:1]]
    return nearest(word, alike) or nearest(word, known, FARTHER)


def _what(record: type) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", record.__name__).lower()
    name = re.sub(r"^drawn | ?(file|content)$", "", words)
    return ("an " if name[0] in "aeio" else "a ") + name
