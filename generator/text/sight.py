"""Whether anything of a text can be seen or heard: a side of a card that shows nothing asks nothing, and answers nothing."""

import unicodedata
from typing import TYPE_CHECKING, assert_never

from ..late import late
from ..texts import Html, Line, Prose, Text
from . import formula
from .made import Made
from .markdown import to_tree
from .tree import (
    Audio,
    Block,
    Break,
    Code,
    Emphasis,
    Foreign,
    Formula,
    Image,
    Inline,
    Link,
    List,
    Listing,
    Lowered,
    Paragraph,
    Quote,
    Raised,
    Ruby,
    Strong,
    Struck,
    Table,
    Tree,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

# Blanks, control characters, and those that Unicode says to show as nothing (Default_Ignorable_Code_Point), fillers of Korean among
# them; and the blank of Braille.
UNSEEN = late(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Marks over or under the letter before them, which alone have nothing to stand on.
MARKS = frozenset({"Mn", "Me"})
# Those of which another sign has the shape and stands by itself.
BY_ITSELF = dict(
    zip(
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u0327\u0328\u3099\u309a",
        "`´^˜¯˘˙¨˚˝¸˛゛゜",
        strict=True,
    )
)


def is_seen(words: str) -> bool:
    """Whether some words have a sign that can be seen."""
    if words.isascii() and words.isprintable():
        return bool(words.strip())
    return any(unicodedata.category(sign) not in MARKS for sign in UNSEEN.sub("", words))


def shows(text: Text) -> bool:
    """Whether a text has anything to see or to hear."""
    first = text[:1]
    if first.isalpha() and (first.isascii() or is_seen(first)):
        return True  # as most do, and need not be read
    if isinstance(text, Line | Prose | Html | Made):
        return any_in(to_tree(text))
    return is_seen(text)  # it is taken as it stands


def any_in(tree: Tree) -> bool:
    """Whether there is anything to see or to hear in a tree."""
    return _any(tree.blocks)


def _any(nodes: "Iterable[Block | Inline]") -> bool:
    return any(map(_shows, nodes))


def _shows(node: "Block | Inline") -> bool:
    match node:
        case str():
            return is_seen(node)
        case Code(words) | Listing(words):
            return is_seen(words)
        case Ruby():
            return is_seen(node.words + node.reading)
        case Formula():
            return is_seen(formula.in_line(node.tex) if "\\" in node.tex else node.tex)
        case Image() | Audio():
            return True
        case Break():
            return False
        case Emphasis() | Strong() | Struck() | Raised() | Lowered() | Link() | Foreign():
            return _any(node.children)
        case Paragraph():
            return _any(node.children)
        case List():
            return any(map(_any, node.items))
        case Table():
            return any(_any(cell) for row in (node.head, *node.rows) for cell in row)
        case Quote():
            return _any(node.blocks)
        case _:
            assert_never(node)


def nothing(text: str) -> tuple[str, str]:
    """What a text without anything to see is instead, in a few words that go on behind “shows nothing”, and what to do about it."""
    first = next((sign for sign in text if not sign.isspace()), "")
    if marks := "".join(s for s in UNSEEN.sub("", text) if unicodedata.category(s) in MARKS):
        name = unicodedata.name(marks[0], "a mark").lower()
        hint = f"write it on a letter, or on a circle of dots (u+25cc): \u25cc{marks}"
        if alone := BY_ITSELF.get(marks):
            hint += f", or the sign that stands by itself: {alone}"
        return f": {name} (u+{ord(marks[0]):04x}) has no letter to stand on", hint
    if UNSEEN.match(first) and not is_seen(text):
        name = unicodedata.name(first, "no name").lower()
        hint = "write its text; such signs often come with text copied from elsewhere"
        return f" but a sign that nobody can see: {name} (u+{ord(first):04x})", hint
    if first == ">":
        return ": its sign begins a quotation", "write \\> for the sign itself, or words behind it"
    return (
        ", only markup around nothing",
        "write words into it, a picture or a sound; put a backslash before a sign that is meant itself; name a blank in words",
    )
