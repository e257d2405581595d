"""HTML as elements, as a browser would nest them."""

import re
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from ..late import late
from . import latex

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
COMMENT = late(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# Nothing here looks farther than a formula is long, or a side of such signs would take for ever.
TEX = late(
    r"\\\((?P<line>.{1,4000}?)\\\)|\\\[(?P<block>.{1,4000}?)\\\]|\[latex\](?P<latex>.{1,4000}?)\[/latex\]"
    r"|\[\$\](?P<old>.{1,4000}?)\[/\$\]|\[\$\$\](?P<display>.{1,4000}?)\[/\$\$\]",
    re.DOTALL | re.IGNORECASE,
)
# A “<” that no tag begins with: the standard library's parser takes long over many of these.
STRAY = late(
    r"""<(?![a-z/!?][^<>"']*(?:(?:"[^"]{0,2000}"|'[^']{0,2000}')[^<>"']*){0,50}>)""", re.IGNORECASE
)
TAG = late(r"<[^<>]*>")
BREAK = late(r"<(?:br|div|/div|p|/p)\b[^>]*>", re.IGNORECASE)


class Element(NamedTuple):
    """An element, its attributes, and what is in it."""

    name: str
    attributes: dict[str, str]
    children: "list[Node]"


Node: TypeAlias = "Element | str"


def parsed(given: str) -> "list[Node]":
    """What HTML holds; a formula is an element of its own, `anki-mathjax`."""
    from .parser import Parser  # only notes from Anki hold HTML

    parser = Parser()
    parser.feed(_clean(given))
    parser.close()
    return parser.root.children


def raw_latex(given: str) -> bool:
    """Whether HTML holds a text in LaTeX of which something stands as it is written."""
    found = (each["latex"] for each in TEX.finditer(given) if each["latex"])
    return any(latex.is_left(TAG.sub("", BREAK.sub("\n", said))) for said in found)


def text_of(nodes: Iterable["Node"]) -> str:
    """The words of elements as they stand, lines kept: a block begins and ends one."""
    made = ""
    ended = False  # whether a block ended here, behind which what follows begins a line
    for node in nodes:
        block = isinstance(node, Element) and node.name in BLOCKS
        said = (
            node if isinstance(node, str) else "\n" if node.name == "br" else text_of(node.children)
        )
        if made and said and (block or ended) and not made.endswith("\n"):
            made += "\n"
        made += said
        ended = block or (ended and not said)
    return made


def _clean(given: str) -> str:
    return STRAY.sub("&lt;", _with_formulas(COMMENT.sub("", given)))


def _with_formulas(given: str) -> str:
    """HTML with an element around each formula, in which there is no other."""

    def element(found: re.Match[str]) -> str:
        kind = str(found.lastgroup)
        if kind == "latex":
            return latex.as_html(TAG.sub("", BREAK.sub("\n", found[kind])))
        tex = TAG.sub("", BREAK.sub(" ", found[kind]))
        return latex.element(tex, block=kind in ("block", "display"))

    return TEX.sub(element, given)
