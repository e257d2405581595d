"""Words that a device reads out, `[駅]{lang=ja spoken}`: which ones it can."""

from collections.abc import Iterable, Iterator

from ..languages import voice
from .tree import (
    Audio,
    Block,
    Code,
    Foreign,
    Formula,
    Image,
    Inline,
    Paragraph,
    Tree,
    inlines,
    plain,
)


def words(node: Foreign) -> str:
    """What is read out."""
    return plain(Tree((Paragraph(node.children),)))


def spoken(nodes: "Iterable[Block | Inline]") -> Iterator[Foreign]:
    """Those of some nodes that are spoken."""
    return (node for node in inlines(nodes) if isinstance(node, Foreign) and node.spoken)


def fault(node: Foreign) -> tuple[str, str] | None:
    """Why no voice can speak this, and what to write instead; None where one can."""
    if not voice(node.language):
        hint = "say whose voice it is, such as es-MX, or leave “spoken” out and put a sound there"
        return f"no device has a voice for “{node.language}”", hint
    if any(isinstance(each, Formula | Code | Image | Audio) for each in inlines(node.children)):
        hint = "put formulas, code, pictures and sounds beside the spoken words"
        return "a voice can speak words alone", hint
    if any(spoken(node.children)):
        return "spoken words stand within others", "let each be spoken once"
    if not any(map(str.isalnum, words(node))):
        return "there are no words that can be spoken", "put the words into the brackets"
    return None
