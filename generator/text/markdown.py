"""A text to its tree. The only import of markdown-it.

Emphasis, strong, code, links and lists are read; nothing else is switched on, so that `#` at the head of a line, or raw
HTML, is shown as it stands.
"""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..texts import Line, Text
from .tree import Block, Break, Code, Emphasis, Inline, Link, List, Paragraph, Strong, Tree

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# A text without any of these signs, links or openings reads the same with and without Markdown (see `_marked`).
SIGNS = re.compile(r"[*_`\\&\n\r\0]")
OPENING = re.compile(r"[-+\s]|[0-9]+[.)]")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# How deep emphasis, strong and links may stand in one another; deeper ones are dropped, and their words kept. Neither Typst
# nor our own functions can walk a tree of any depth. Lists are limited by markdown-it itself.
DEEPEST = 10


@functools.lru_cache(maxsize=None, typed=True)  # checks, packages and pages ask for the same texts
def to_tree(text: Text) -> Tree:
    """What a text says. A `Line` is read as inline Markdown, any other text as paragraphs and lists."""
    words = unmarked(text)
    if words is None:
        return _parsed(text)
    return _alone((words,) if words else ())


@functools.cache  # HTML, words and tree ask for the same texts
def unmarked(text: Text) -> str | None:
    """The words of a text that has no markup, but for escaped characters; None for a text that must be parsed."""
    if not _marked(text):
        return str(text)
    if "\\" in text and not _marked(ESCAPED.sub("x", text)):
        return ESCAPED.sub(_second, text)
    return None


def _second(found: re.Match[str]) -> str:
    return found[0][1]


def _marked(text: str) -> bool:
    """Whether Markdown may mean something in a text. One pattern for all this would take three times as long."""
    begins = not text[:1].isalpha() and OPENING.match(text)
    return bool(begins or SIGNS.search(text) or "](" in text or text[-1:].isspace())


def _parsed(text: Text) -> Tree:
    parser = _parser(links="](" in text)
    if isinstance(text, Line):
        (line,) = parser.parseInline(text)
        return _alone(_inline(line.children or ()))
    match _blocks(iter(parser.parse(text))):
        case (Paragraph(children),):
            return _alone(children)
        case blocks:
            return Tree(blocks)


@functools.cache
def _parser(*, links: bool) -> "MarkdownIt":
    """The parser for texts with links, or for those without: there it need not look for one at each bracket, which takes long."""
    from markdown_it import (
        MarkdownIt,  # takes a tenth of a second, which a course without markup saves
    )

    rules = ["emphasis", "backticks", "list", "newline", "escape", "entity", *["link"] * links]
    # What is not on the library's list of safe schemes (javascript:, data:) stays text.
    return MarkdownIt("zero", {"html": False}).enable(rules)


def _alone(children: tuple[Inline, ...]) -> Tree:
    """The tree of a text that is one line or one paragraph."""
    return Tree((Paragraph(children, tight=True),)) if children else Tree()


def _blocks(tokens: Iterator["Token"]) -> tuple[Block, ...]:
    """The blocks up to the end of the item that holds them, or of the text."""
    blocks: list[Block] = []
    tight = False
    for token in tokens:
        match token.type:
            case "paragraph_open":
                tight = token.hidden
            case "inline":
                blocks.append(Paragraph(_inline(token.children or ()), tight))
            case "bullet_list_open":
                blocks.append(List(tuple(_items(tokens))))
            case "ordered_list_open":
                blocks.append(List(tuple(_items(tokens)), int(token.attrs.get("start", 1))))
            case "list_item_close":
                break
            case _:  # the end of a paragraph
                pass
    return tuple(blocks)


def _items(tokens: Iterator["Token"]) -> Iterator[tuple[Block, ...]]:
    """The items up to the end of their list."""
    while next(tokens).type == "list_item_open":
        yield _blocks(tokens)


def _inline(tokens: Iterable["Token"]) -> tuple[Inline, ...]:
    nodes: list[Inline] = []
    # The opening tokens that are not closed yet, each with the nodes before it.
    opened: list[tuple[Token, list[Inline]]] = []
    for is_text, run in itertools.groupby(
        tokens, lambda token: token.type in {"text", "softbreak"}
    ):
        if is_text:
            words = "".join(" " if t.type == "softbreak" else t.content for t in run)
            if words:
                nodes.append(words.replace("\n", " "))  # an entity may stand for a line break
            continue
        for token in run:
            if token.nesting == 1:
                opened.append((token, nodes))
                nodes = nodes if len(opened) > DEEPEST else []
            elif token.nesting == -1:
                sign, before = opened.pop()
                if before is not nodes:
                    before.append(_around(sign, tuple(nodes)))
                    nodes = before
            else:
                nodes.append(Code(token.content) if token.type == "code_inline" else Break())
    return tuple(nodes)


def _around(sign: "Token", children: tuple[Inline, ...]) -> Inline:
    match sign.type:
        case "em_open":
            return Emphasis(children)
        case "strong_open":
            return Strong(children)
        case "link_open":
            title = str(sign.attrs.get("title", "")).replace("\n", " ")
            return Link(children, str(sign.attrs["href"]), title)
        case other:
            raise AssertionError(other)  # pragma: no cover
