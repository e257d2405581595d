"""How lines about corrections name places, words and ids."""

from collections.abc import Iterable, Sequence

from ..late import late
from ..problems import Span
from ..text.elements import parsed, text_of

PARAGRAPH = late(r"\n[ \t]*\n\s*")


def place(span: Span) -> str:
    """A place as every line about one names it."""
    return f"{span.path}:{span.line}:{span.column}"


def listed(lost: Iterable[str]) -> str:
    """What is lost, in its order."""
    return ", ".join(sorted(lost))


def words_of(html: str) -> str:
    """The words of a field, as far as a line has room for them."""
    said = " ".join(text_of(parsed(html)).split())
    return said if len(said) <= 60 else f"{said[:59]}…"


def in_a_line(old: str, new: str) -> tuple[str, str]:
    """Two texts, each on one line, with signs for what parts paragraphs and for blanks that never break a line; and for the ends
    of lines, where nothing else tells one text from another.
    """
    with_signs = [PARAGRAPH.sub(" ¶ ", each.strip().replace("\u00a0", "␣")) for each in (old, new)]
    lines = [" ".join(each.split()) for each in with_signs]
    if lines[0] == lines[1]:
        lines = [" ".join(each.replace("\n", " ⏎ ").split()) for each in with_signs]
    return lines[0], lines[1]


def few(ids: Sequence[str]) -> str:
    """Ids on a line, or the first of many."""
    return f"{', '.join(ids[:3])} and {len(ids) - 3} more" if len(ids) > 4 else ", ".join(ids)
