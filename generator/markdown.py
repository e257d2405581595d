"""Inline Markdown with one meaning on cards and in print. The only import of markdown-it.

Emphasis, strong, code, links and lists; nothing else is switched on, so a heading sign or raw HTML is shown as it stands.
"""

import functools
import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .texts import Line

# Anki runs these itself when it meets them in a field; a course has no use for them.
ANKI_COMMANDS = re.compile(r"\[(?=(?:sound|anki):|/?latex\]|/?\$)")


@functools.cache
def _parser() -> MarkdownIt:
    rules = ["emphasis", "backticks", "link", "list", "newline", "escape", "entity"]
    # What is not on the library's list of safe schemes (javascript:, data:) stays text.
    return MarkdownIt("zero", {"html": False, "breaks": False}).enable(rules)


@functools.lru_cache(maxsize=None, typed=True)  # checks, packages and pages read the same notes
def html(text: str) -> str:
    """HTML for an Anki field. A text of one paragraph comes without its `<p>`."""
    if not text:
        return ""
    if isinstance(text, Line):
        rendered = _parser().renderInline(text)
    else:
        rendered = _parser().render(text).strip()
    if rendered.startswith("<p>") and rendered.count("<p>") == 1 and rendered.endswith("</p>"):
        rendered = rendered[3:-4]
    return ANKI_COMMANDS.sub("&#91;", rendered.replace("\n", " "))


@functools.lru_cache(maxsize=None, typed=True)  # likewise
def plain(text: str) -> str:
    """The words alone, as a reader hears them: no signs of markup, no addresses."""
    return " ".join(_words(tree(text)).split())


def tree(text: str) -> list[Any]:
    """The text as nested nodes that can be written as JSON: strings, and
    `{"t": "p"|"ul"|"ol"|"li"|"em"|"strong"|"code"|"link"|"br", "c": [children]}`; a link has `href`,
    an ordered list `start`, the number of its first item.
    """
    if not text:
        return []
    parse = _parser().parseInline if isinstance(text, Line) else _parser().parse
    nodes, _ = _nest(parse(text), 0)
    if len(nodes) == 1 and isinstance(nodes[0], dict) and nodes[0]["t"] == "p":
        return nodes[0]["c"]
    return nodes


NAMES = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "em": "em",
    "strong": "strong",
    "link": "link",
}


def _nest(tokens: Sequence[Token], start: int) -> tuple[list[Any], int]:
    nodes: list[Any] = []
    at = start
    while at < len(tokens):
        token = tokens[at]
        if token.nesting == -1:
            return nodes, at
        if token.nesting == 1:
            children, at = _nest(tokens, at + 1)
            name = NAMES[token.type.removesuffix("_open")]
            if name == "p" and token.hidden:
                nodes.extend(children)
            else:
                node = {"t": name, "c": children}
                if name == "link":
                    node["href"] = str(token.attrGet("href"))
                if name == "ol":
                    node["start"] = int(token.attrGet("start") or 1)
                nodes.append(node)
        elif token.type == "inline":
            nodes.extend(_nest(token.children or [], 0)[0])
        elif token.type == "code_inline":
            nodes.append({"t": "code", "c": [token.content]})
        elif token.type == "hardbreak":
            nodes.append({"t": "br", "c": []})
        else:
            _append_text(nodes, " " if token.type == "softbreak" else token.content)
        at += 1
    return nodes, at


def _append_text(nodes: list[Any], text: str) -> None:
    if nodes and isinstance(nodes[-1], str):
        nodes[-1] += text
    elif text:
        nodes.append(text)


def _words(nodes: Sequence[Any]) -> str:
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        else:
            block = node["t"] in ("p", "li", "br")
            parts.append(_words(node["c"]) + (" " if block else ""))
    return "".join(parts)
