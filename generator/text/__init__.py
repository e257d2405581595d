"""How a text that an author wrote becomes HTML and plain words. Each is made from the same tree, so that they agree.

`to_tree` reads a text; `to_html` and `to_plain` say in HTML and in words what the tree says, and `to_cloze` in HTML with the
deletions that Anki reads. Print makes its own form of the tree, in `outputs/breaks.py`.
"""

import re

from ..late import late
from ..texts import Html, Line, Text
from . import clozes, formula
from .html import escaped, field, published, script_json, shown
from .made import Made
from .markdown import to_tree, unmarked
from .scripts import isolated, turned
from .sight import shows
from .tree import Audio, Image, Listing, Quote, Table, Tree, inlines, one_word, plain

__all__ = [
    "Audio",
    "Image",
    "Tree",
    "escaped",
    "files_of",
    "in_language",
    "inlines",
    "isolated",
    "published",
    "script_json",
    "shown",
    "shows",
    "to_asked",
    "to_cloze",
    "to_compared",
    "to_counted",
    "to_html",
    "to_line",
    "to_plain",
    "to_tree",
    "to_untabled",
    "turned",
    "unmarked",
]


def to_html(text: Text) -> str:
    """The text as HTML for an Anki field. One paragraph alone comes without its `<p>`."""
    if text.html is None:
        words = _bare(text)
        text.html = field(to_tree(text)) if words is None else escaped(words)
        # They are asked for too, and to find that a text has no markup takes long.
        if words is not None and text.plain is None:
            text.plain = _kept(text.html, _single(words))
    return text.html


def _bare(text: Text) -> str | None:
    """The words of a text without markup; None for one that must be parsed."""
    return None if isinstance(text, (Html, Made)) else unmarked(text)


def _single(words: str) -> str:
    """Words without markup, which begin and end with no blank, with single ones between them."""
    single = words.isascii() and words.isprintable() and "  " not in words
    return words if single else " ".join(words.split())


def _kept(html: str | None, words: str) -> str:
    """The plain words of a text: most are the same as its HTML, and are held in memory once."""
    return html if html is not None and html == words else words


# A link or words in another language; an escaped sign; a bracket alone.
BRACKETS = late(r"\[[^\[\]]*\](?:\([^()]*\)|\{lang=[^{}]*\})|\\.|[\[\]]")


# A backslash at the end, which would escape what comes behind it.
LAST = late(r"(?<!\\)(?:\\\\)*\\\Z")


def in_language(line: Line, language: str) -> Line:
    """A line as one in another language, by its tag and, if wanted, “spoken”; as it is where that is empty. Brackets that do not
    pair up stay what they are, and so does a backslash at its end.
    """
    if not language:
        return line
    if LAST.search(line):
        line = Line(f"{line}\\", line.span)
    if not _paired(line):
        line = Line(BRACKETS.sub(_bracket, line), line.span)
    return Line(f"[{line}]{{lang={language}}}", line.span)


def _paired(line: str) -> bool:
    """Whether each bracket that begins ends, and none ends that did not begin."""
    depth = 0
    for sign in re.findall(r"\\.|[\[\]]", line):
        depth += {"[": 1, "]": -1}.get(sign, 0)
        if depth < 0:
            return False
    return not depth


def _bracket(found: re.Match[str]) -> str:
    return "\\" + found[0] if len(found[0]) == 1 else found[0]


def to_cloze(text: Text) -> str:
    """The text of a cloze as HTML for its Anki field: its deletions as Anki reads them, and no others."""
    return clozes.opened(to_html(type(text)(clozes.closed(text), text.span)))


def to_plain(text: Text) -> str:
    """The words of the text alone, as if read aloud: no markup, no addresses of links, single spaces."""
    if text.plain is None:
        words = _bare(text)
        made = plain(to_tree(text)) if words is None else _single(words)
        text.plain = _kept(text.html, made)
    return text.plain


def to_line(text: Text) -> str:
    """The text for a person as one line: as `to_plain`, with formulas in plain signs, such as x² or H₂O."""
    formulas = "$" in text or isinstance(text, Html)
    return plain(to_tree(text), tex=formula.in_line) if formulas else to_plain(text)


def to_compared(text: Text) -> str:
    """The words of a text to compare with others: as `to_plain`, but each formula and each piece of code is one word."""
    if text.compared is None:
        text.compared = _said(text) if _has_source(text) else to_plain(text)
    return text.compared


def to_counted(text: Text) -> str:
    """The words of a text that its reader reads in a row: as `to_compared`, without blocks of code, tables, and the alternative
    texts of pictures and sounds.
    """
    aside = _has_source(text) or "|" in text or "](" in text
    return _said(text, Listing, Table, Image, Audio) if aside else to_plain(text)


def to_asked(text: Text) -> str:
    """What a text itself asks: as `to_counted`, without quotations that stand by themselves."""
    return _said(text, Listing, Table, Image, Audio, Quote)


def to_untabled(text: Text) -> str:
    """The words of a text to compare with others, as `to_compared`, without its tables."""
    return _said(text, Table) if "|" in text else to_compared(text)


def _has_source(text: Text) -> bool:
    """Whether a text may have a formula or code: a cheap look."""
    return "$" in text or "`" in text or "~~~" in text or isinstance(text, Html)


def _said(text: Text, *without: type) -> str:
    return plain(to_tree(text), one_word, without)


def files_of(text: Text) -> tuple[Image | Audio, ...]:
    """The pictures and sounds that the text shows, in order."""
    if "](" not in text and not isinstance(text, Html):
        return ()
    return tuple(n for n in inlines(to_tree(text).blocks) if isinstance(n, Image | Audio))
