"""Anki's template language: what stands on the front and on the back of a card of any note type.

Fields keep their HTML; for print, `fields.py` makes a tree of what comes out. What only a screen can do (to type an answer, to
be read to, to open a hint) leaves a card as paper has it: the front does not show it, the back shows the words.
Rules: Anki's `template.rs` and `cloze.rs`; the tests hold both against the program itself.
"""

import dataclasses
import functools
import html
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from ..frozen import dataclass
from ..late import late

# Nothing here looks farther than what it looks for is long, or a field of such signs would take for ever.
TOKEN = late(r"<!--.{0,5000}?-->|\{\{(.{0,300}?)\}\}", re.DOTALL)
OLD_SIGNS = "{{=<% %>=}}"  # a template that begins so has <% and %> in place of braces
BLANK = late(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)
TAG = late(
    r"<!--.{0,5000}?-->|<style.{0,5000}?</style>|<script.{0,5000}?</script>|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
CLOZE = late(r"\{\{c([0-9]{1,9}(?:,[0-9]{1,9})*)::|\}\}")
MATH = late(r"\\\(.{0,9000}?\\\)|\\\[.{0,9000}?\\\]", re.DOTALL)
NUMBERED = late(r"c([0-9]{1,5})")
FURIGANA = late(r" ?([^ >]{1,100}?)\[(?!sound:)(.{1,100}?)\]")
READINGS = {"furigana": r"<ruby>\1<rt>\2</rt></ruby>", "kana": r"\2", "kanji": r"\1"}
BRACKETS = {ord("["): "(", ord("]"): ")"}  # which would end a command of Anki
MOST_NUMBER = 500  # Anki makes no more cards of a cloze
DEEPEST = 20  # conditions and clozes within each other; Anki's own clozes go down to 8


@dataclass(frozen=True, slots=True)
class Replacement:
    """A field that a template shows, with the filters that its value passes, in their order."""

    key: str
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of a template that is there only where a field is filled, or `without` it."""

    key: str
    without: bool
    parts: tuple["Part", ...]


Part: TypeAlias = "str | Replacement | Condition"


@dataclass(frozen=True, slots=True)
class Side:
    """What a card is rendered from: the note's `values` by name, those of Anki's own by theirs (`Tags`, `Deck` …), the card's
    number from 1, whether it is the back, and what its front shows.

    In a cloze every deletion is asked where `every` says so, instead of the card's own. On a `screen` deletions are elements that
    a style can tell apart, as Anki writes them; on paper they are bold.
    """

    values: Mapping[str, str]
    special: Mapping[str, str]
    number: int
    back: bool = False
    front: str = ""
    every: bool = False
    screen: bool = False


@functools.lru_cache(maxsize=512)
def parsed(template: str) -> tuple[Part, ...]:
    """A template's parts. What cannot be read of it, such as a condition that nothing ends, ends with the template."""
    if template.lstrip().startswith(OLD_SIGNS):
        template = template.lstrip()[len(OLD_SIGNS) :].replace("<%", "{{").replace("%>", "}}")
    found: list[list[Part]] = [[]]
    opened: list[tuple[str, bool]] = []

    def close() -> None:
        parts = tuple(found.pop())
        key, without = opened.pop()
        found[-1].append(Condition(key, without, parts))

    at = 0
    for token in TOKEN.finditer(template):
        found[-1].append(template[at : token.start()])
        at = token.end()
        said = (token[1] or "").strip()
        if token[1] is None:
            continue
        sign, key = said[:1], said[1:].strip()
        if sign in ("#", "^") and len(opened) < DEEPEST:
            opened.append((key, sign == "^"))
            found.append([])
        elif sign == "/":
            if any(key == name for name, _ in opened):
                while opened[-1][0] != key:
                    close()
                close()
        else:
            *filters, name = said.split(":")
            found[-1].append(Replacement(name.strip(), tuple(f.strip() for f in filters[::-1])))
    found[-1].append(template[at:])
    while opened:
        close()
    return tuple(part for part in found[0] if part != "")


def rendered(template: str, side: Side) -> str:
    """The HTML of a side."""
    found: list[str] = []
    _render(parsed(template), side, found)
    return "".join(found)


def _render(parts: Iterable[Part], side: Side, found: list[str]) -> None:
    for part in parts:
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, Replacement):
            found.append(_value(part, side))
        elif _filled(part.key, side) != part.without:
            _render(part.parts, side, found)


def _filled(key: str, side: Side) -> bool:
    if key[:1] == "c" and (numbered := NUMBERED.fullmatch(key)):
        return side.number == int(numbered[1]) or side.every
    return not is_blank(side.values.get(key) or side.special.get(key, ""))


def is_blank(value: str) -> bool:
    """Whether a field counts as empty: blanks, `<br>` and `<div>` alone are nothing to see."""
    if value and value[0] != "<" and not value[0].isspace():
        return False
    return BLANK.fullmatch(value) is not None


def _value(part: Replacement, side: Side) -> str:
    if part.key == "FrontSide":
        return side.front
    value = side.values.get(part.key)
    if value is None:
        return html.escape(side.special.get(part.key, ""), quote=False)
    for each in part.filters:
        value = _filtered(each, part.key, value, side)
    return value


def _filtered(name: str, key: str, value: str, side: Side) -> str:
    """A value as a filter leaves it; one that Anki does not know, of an add-on, leaves it as it is."""
    if name == "text":
        return html.escape(html.unescape(TAG.sub("", value)), quote=False)
    if name == "cloze" and side.screen:
        return on_screen(value, side.number, back=side.back)
    if name == "cloze":
        return uncovered(value, None if side.every else side.number, back=side.back)
    if name == "cloze-only":
        return ", ".join(words for n, words in deletions(value) if side.every or n == side.number)
    if name == "hint" and side.screen and value.strip():
        key = html.escape(key)
        return f'<details class="hint"><summary>{key}</summary>{value}</details>'
    if name in ("hint", "type"):
        return value if side.back else ""
    if name == "nc":
        return value
    if name.startswith("tts"):
        words = html.unescape(TAG.sub("", value)).translate(BRACKETS)
        said = html.escape(" ".join(words.split()), quote=False)
        language = name.removeprefix("tts").strip().partition(" ")[0]
        return f"[anki:tts lang={language}]{said}[/anki:tts]" if said else ""
    if name in READINGS:
        return FURIGANA.sub(READINGS[name], value)
    return value


def keys(template: str) -> list[str]:
    """The names of all that a template may show, in order."""

    def within(parts: Iterable[Part]) -> Iterator[str]:
        for part in parts:
            if isinstance(part, Replacement):
                yield part.key
            elif isinstance(part, Condition):
                yield from within(part.parts)

    return list(dict.fromkeys(within(parsed(template))))


def makes_card(template: str, filled: Collection[str]) -> bool:
    """Whether Anki makes a card of a front where these fields are filled: it shows one of them."""
    return _makes_card(parsed(template), filled)


def _makes_card(parts: Iterable[Part], filled: Collection[str]) -> bool:
    for part in parts:
        if isinstance(part, Replacement) and part.key in filled:
            return True
        if (
            isinstance(part, Condition)
            and (part.key in filled) != part.without
            and _makes_card(part.parts, filled)
        ):
            return True
    return False


# --- clozes ---------------------------------------------------------------------------------------


@dataclasses.dataclass(slots=True)
class _Open:
    """A deletion that has begun: its numbers, its hint, and what it holds so far as asked and as answered."""

    numbers: frozenset[int]
    hint: str = ""
    words: str = ""


def uncovered(value: str, number: int | None, *, back: bool) -> str:
    """A field with the deletions of a number asked, or on the back answered, and the others shown; of all where it is None."""

    def written(opened: _Open) -> str:
        if number is not None and number not in opened.numbers:
            return opened.words
        return f"<b>{opened.words}</b>" if back else f"<b>[{opened.hint or '…'}]</b>"

    return "".join(text for text, _ in _closed(value, written))


def on_screen(value: str, number: int, *, back: bool) -> str:
    """A field as Anki shows it on a screen, with the deletions of a number asked, or on the back answered; nothing where it has
    none. Within a formula there are no elements.
    """
    asked = False

    def written(opened: _Open) -> str:
        nonlocal asked
        if number not in opened.numbers:
            return f'<span class="cloze-inactive">{opened.words}</span>'
        asked = True
        words = opened.words if back else f"[{opened.hint or '...'}]"
        return f'<span class="cloze">{words}</span>'

    if "{{c" not in value:
        return ""
    shown = "".join(text for text, _ in _closed(value, written))
    if "\\(" in shown or "\\[" in shown:
        shown = MATH.sub(lambda found: TAG.sub("", found[0]), shown)
    return shown if asked else ""


def deletions(value: str) -> list[tuple[int, str]]:
    """Every deletion of a field that Anki would make a card of: its number and its words."""
    found: list[tuple[int, str]] = []

    def written(opened: _Open) -> str:
        found.extend((n, opened.words) for n in sorted(opened.numbers) if 1 <= n <= MOST_NUMBER)
        return opened.words

    if "{{c" in value:
        for _ in _closed(value, written):
            pass
    return found


def _closed(value: str, written: Callable[[_Open], str]) -> Iterator[tuple[str, bool]]:
    """The text of a field, each deletion in it as `written`; one that nothing ends stays as it stands."""
    opened: list[_Open] = []
    starts: list[str] = []
    at = 0

    def said(text: str) -> Iterator[tuple[str, bool]]:
        if not opened:
            yield text, False
        elif text:
            head, colons, tail = text.partition("::")
            opened[-1].words += head
            if colons:
                opened[-1].hint = tail

    for token in CLOZE.finditer(value):
        if token[1] is not None and len(opened) < DEEPEST:
            yield from said(value[at : token.start()])
            opened.append(_Open(frozenset(map(int, token[1].split(",")))))
            starts.append(token[0])
        elif token[1] is None and opened:
            yield from said(value[at : token.start()])
            done = opened.pop()
            starts.pop()
            text = written(done)
            if opened:
                opened[-1].words += text
            else:
                yield text, True
        else:
            continue
        at = token.end()
    yield from said(value[at:])
    for start, left in zip(starts, opened, strict=True):
        yield f"{start}{left.words}", False
