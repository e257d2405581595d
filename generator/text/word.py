"""HTML as Word puts it on the clipboard: its words and marks, without the names and looks of the document that it came from.

What says more than these, such as items of a list, a colour or what is hidden, is left as it is.
"""

import re
from collections.abc import Iterable, Iterator

from .elements import Element, Node
from .late import late

CLASS = re.compile(r"(?:Mso|WordSection|SpellE|GramE)\w*")
LANGUAGE = re.compile(r"[A-Z]{2,3}(?:-\w+)*")  # as Word writes one, for whoever checks spelling
# How the document looked; `mso-list` makes an item of what stands there, and `mso-hide` hides it.
LOOK = late(
    r"mso-(?!list|hide)[\w-]*|margin(?:-\w+)?|line-height|font-family|font-size|tab-stops|page-break-\w+|text-indent"
    r"|font:(?!.*(?:bold|italic|oblique)).*|(?:color|background(?:-color)?):(?:black|windowtext|white)|text-align:(?:left|justify)",
    re.IGNORECASE,
)
UNREAD = frozenset(["link", "meta", "style", "title", "xml"])


def without_word(nodes: Iterable[Node]) -> list[Node]:
    """Elements without what Word alone has put there; all as they are, where it has put nothing."""
    nodes = list(nodes)
    return list(_bare(nodes)) if any(map(_of_word, nodes)) else nodes


def _of_word(node: Node) -> bool:
    return isinstance(node, Element) and (
        node.name == "o:p"
        or CLASS.match(node.attributes.get("class", "")) is not None
        or "mso-" in node.attributes.get("style", "")
        or any(map(_of_word, node.children))
    )


def _bare(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.name == "o:p":  # with a blank in it where its paragraph is empty
            yield from (each for each in _bare(node.children) if each != "\xa0")
        elif node.name.startswith("st1:"):  # a name of a place or a date, as Word has found it
            yield from _bare(node.children)
        elif node.name not in UNREAD:
            kept = {name: _value(name, said) for name, said in node.attributes.items()}
            attributes = {name: said for name, said in kept.items() if said}
            yield Element(node.name, attributes, list(_bare(node.children)))


def _value(name: str, said: str) -> str:
    """What is kept of an attribute."""
    match name:
        case "class":
            return "" if CLASS.fullmatch(said) else said
        case "lang":
            return "" if LANGUAGE.fullmatch(said) else said
        case "style":
            styles = (re.sub(r"\s*:\s*", ":", each.strip(), count=1) for each in said.split(";"))
            return ";".join(each for each in styles if each and not _is_look(each))
        case _:
            return said


def _is_look(style: str) -> bool:
    """Whether a style is nothing but a look, by its name or as a whole."""
    return bool(LOOK.fullmatch(style) or LOOK.fullmatch(style.partition(":")[0]))
