"""The names of the files that HTML and style show."""

import functools
import html
import re
import unicodedata
from urllib.parse import unquote

from ..late import late

# What shows a file: an element, a sound; and what else may name one: a template's style a font.
SHOWS = (
    r"""\b(?:src|data|poster)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))|\[sound:([^\]]{1,500})\]"""
)
SHOWN = late(SHOWS, re.IGNORECASE)
NAMED = late(
    SHOWS
    + r"""|\bhref\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))|url\(\s*["']?([^"')]+)["']?\s*\)|(?<![\w-])(_[\w.-]+\.\w+)""",
    re.IGNORECASE,
)
STYLED = late(r"""url\(\s*["']?([^"')]+)""", re.IGNORECASE)
ELSEWHERE = late(r"[a-z][a-z0-9+.-]*:.*|//.*", re.IGNORECASE | re.DOTALL)  # an address, no file


def shown_in(text: str) -> frozenset[str]:
    """The names of the pictures and sounds that some HTML shows of the deck's own, in the form of letters that files have."""
    if not re.search(r"=|\[sound:", text):
        return frozenset()
    found = (next(filter(None, each.groups()), "") for each in SHOWN.finditer(text))
    said = (html.unescape(name).strip() for name in found)
    own = (unquote(name) for name in said if not ELSEWHERE.fullmatch(name))
    return frozenset(unicodedata.normalize("NFC", name) for name in own)


def styled_in(css: str) -> frozenset[str]:
    """The names of the files that a style shows of the deck's own, such as its fonts."""
    found = (html.unescape(name).strip() for name in STYLED.findall(css))
    return frozenset(unquote(name) for name in found if not ELSEWHERE.fullmatch(name))


@functools.lru_cache(maxsize=4096)
def named_in(text: str) -> frozenset[str]:
    """The names of the files that some HTML or CSS may show."""
    found = (next(filter(None, each.groups()), "") for each in NAMED.finditer(text))
    said = {html.unescape(name).strip() for name in found}
    return frozenset(said | set(map(unquote, said)))
