"""HTML as Word puts it on the clipboard: its words and marks, without the names and looks of the document that it came from.

Its paragraphs that begin with a sign of a list are one. What says more than these, such as items within items, a colour or what is
hidden, is left as it is.
"""

import re
from collections.abc import Iterable, Iterator

from ..late import late
from .elements import Element, Node

CLASS = late(r"(?:Mso|WordSection|SpellE|GramE)\w*")
LANGUAGE = late(r"[A-Z]{2,3}(?:-\w+)*")  # as Word writes one, for whoever checks spelling
# How the document looked; `mso-list` makes an item of what stands there, and `mso-hide` hides it.
LOOK = late(
    r"mso-(?!list|hide)[\w-]*|margin(?:-\w+)?|line-height|font-family|font-size|tab-stops|page-break-\w+|text-indent"
    r"|font:(?!.*(?:bold|italic|oblique)).*|(?:color|background(?:-color)?):(?:black|windowtext|white)|text-align:(?:left|justify)",
    re.IGNORECASE,
)
ITEM = late(
    r"\s*(?:[·•o§▪–-]|(\d{1,4})[.)])(?=\s{2})\s*"
)  # how one begins: a sign and several blanks
DEEPER = late(r"mso-list:[^;]*level[2-9]")
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
    for node in list(_with_lists(nodes)):
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


def _with_lists(nodes: Iterable[Node]) -> Iterator[Node]:
    """Nodes with one list in the place of paragraphs beside each other that are its items. Where a number is not the next one,
    another list begins.
    """
    made: Element | None = None
    following = 0
    for node in nodes:
        found = _item(node)
        if found is None:
            if made is None or not isinstance(node, str) or node.strip():
                made = None
                yield node
            continue
        number, item = found
        name = "ol" if number else "ul"
        if made is None or made.name != name or (number and int(number) != following):
            start = {"start": number} if number not in ("", "1") else {}
            made = Element(name, start, [])
            yield made  # and whoever reads all of them finds its items in it
        made.children.append(item)
        following = int(number or 0) + 1


def _item(node: Node) -> tuple[str, Element] | None:
    """The number of a paragraph that is an item of a list, if it has one, and the item; None for all else."""
    if not isinstance(node, Element) or node.name != "p":
        return None
    of_list = node.attributes.get("class", "").startswith("MsoListParagraph")
    begin = ITEM.match(_said(node.children))
    if not of_list or not begin or DEEPER.search(node.attributes.get("style", "")):
        return None
    return begin[1] or "", Element("li", {}, _without(node.children, begin.end()))


def _said(nodes: Iterable[Node]) -> str:
    return "".join(each if isinstance(each, str) else _said(each.children) for each in nodes)


def _without(nodes: Iterable[Node], count: int) -> list[Node]:
    """Nodes without so many of their first signs, and without the elements that held no others."""
    made: list[Node] = []
    for node in nodes:
        words = _said([node])
        if not count:
            made.append(node)
        elif len(words) > count:
            made.append(
                node[count:]
                if isinstance(node, str)
                else node._replace(children=_without(node.children, count))
            )
        count = max(0, count - len(words))
    return made


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
