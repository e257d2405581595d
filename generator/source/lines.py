"""Lines of an author's files: how they end, and where they stand after an edit."""

from collections.abc import Iterator, Sequence

from ..likeness import Steps, steps

BOM = "\ufeff"


def end_of_line(text: str, at: int) -> str:
    """The signs that end the line in which a place lies; where it is the last one, those of the line before."""
    found = text.find("\n", at)
    found = text.rfind("\n") if found < 0 else found
    return "\r\n" if text[:found].endswith("\r") else "\n"


def moved(original: Sequence[str], before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """The original's lines, or words, with the differences between `before` and `after` applied to them."""
    places = steps(before, original)
    done = 0
    for what, first, last, start, stop in steps(before, after):
        if what == "equal":
            continue
        through = _end(places, last)
        yield from original[done : through if first == last else _start(places, first)]
        yield from after[start:stop]
        done = through
    yield from original[done:]


def _start(places: Steps, line: int) -> int:
    """The line of the original at which the text that begins at this line of `before` begins."""
    for what, b1, b2, o1, _ in places:
        if b1 <= line < b2:
            return o1 + (line - b1) if what == "equal" else o1
    return 0


def _end(places: Steps, line: int) -> int:
    """The line of the original at which the text that ends at this line of `before` ends."""
    for what, b1, b2, o1, o2 in places:
        if b1 < line <= b2:
            return o1 + (line - b1) if what == "equal" else o2
    return 0
