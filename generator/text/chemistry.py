"""Chemistry as school writes it, in mhchem's form, turned into plain TeX: on cards Anki's MathJax sets `\\ce{…}` itself, and paper
has nothing that could.
"""

import functools
import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..late import late

KNOWN = (
    "known in \\ce are numbers, elements, brackets, charges (SO4^2-, Fe^{III}), states (aq), isotopes (^{14}_{6}C), "
    "hydrates (CuSO4.5H2O), bonds (H2C=CH2), e-, gas and precipitate (^ and v after a blank), "
    "arrows (-> <- <-> <=>) with words (->[above][below])"
)
ARROWS = {
    "<=>>": r"\;\underset{\leftharpoondown}{\longrightarrow}\;",  # the longer one leads to where more is
    "<<=>": r"\;\overset{\rightharpoonup}{\longleftarrow}\;",
    "<=>": r"\rightleftharpoons",
    "<-->": r"\rightleftarrows",
    "<->": r"\leftrightarrow",
    "->": r"\longrightarrow",
    "<-": r"\longleftarrow",
    "⇌": r"\rightleftharpoons",
    "↔": r"\leftrightarrow",
    "→": r"\longrightarrow",
}
LABEL = r"(?:\[((?:[^\[\]{}]|\{[^{}]*\})*)\])?"
ARROW = late(rf"({'|'.join(map(re.escape, ARROWS))}){LABEL}{LABEL}")
ALONE = {"+": "+", "^": r"\uparrow", "v": r"\downarrow", "(^)": r"\uparrow", "(v)": r"\downarrow"}
GREEK = "alpha|beta|gamma|delta|epsilon|lambda|mu|nu|pi|sigma|Delta|circ|bullet"
# In a script: numbers, signs, single letters, Roman numbers, Greek letters.
SCRIPT = rf"\{{(?:[\w+\-−.,()/ *']|\\(?:{GREEK})(?![A-Za-z]))*\}}"
AMOUNT = late(r"(?P<over>[0-9]+)/(?P<under>[0-9]+)|(?P<number>[0-9]+(?:\.[0-9]+)?)")
SPECIES = late(
    rf"(?P<state>\((?:s|l|g|aq|cr|am|vap|sln|ads)\))|(?P<element>[A-Z][a-z]?)|(?P<greek>\\(?:{GREEK})(?![A-Za-z]))"
    rf"|(?P<letter>[a-z](?![a-z]))|(?P<bracket>[()\[\]]|\\[{{}}])|(?P<low>[0-9]+|_(?:{SCRIPT}|[0-9]+|[a-z]))"
    rf"|\^(?P<high>{SCRIPT}|[0-9]*[+-]|[0-9]+|[IVX]+|[.*])|(?P<charge>[+-])(?=$|\()|(?P<bond>[-=#])(?=[A-Z(\[])"
    r"|(?P<dot>[.*·])(?=[0-9A-Z(n])|(?P<prime>')"
)
UNCLEAR = late(r"([A-Z][a-z]?)([2-9])([+-])")  # “Ca2+” would be two atoms with one charge
NO_WORDS = late(r"[{}$\\^_#~]")
BARE = late(
    r"(?<!\\)[%&]"
)  # what Anki takes for the begin of a comment, and for the end of a column


class Unknown(NamedTuple):
    """The first part that is not known, and what to write."""

    part: str
    hint: str = KNOWN


@functools.lru_cache(maxsize=4096)
def in_tex(given: str) -> str | Unknown:
    """A reaction or a formula such as `2 H2 + O2 -> 2 H2O` or `SO4^2-` in TeX, or the part that is not known."""
    made: list[str] = []
    for part in _parts(given):
        said = _arrow(part) if isinstance(part, re.Match) else ALONE.get(part) or _species(part)
        if isinstance(said, Unknown):
            return said
        made.append(said)
    return " ".join(made)


def _parts(given: str) -> Iterator[str | re.Match[str]]:
    """Species and signs between blanks, and the arrows, which need none."""
    at = 0
    for arrow in ARROW.finditer(given):
        yield from given[at : arrow.start()].split()
        yield arrow
        at = arrow.end()
    yield from given[at:].split()


def _arrow(found: re.Match[str]) -> str | Unknown:
    sign, above, below = found.groups()
    if bare := BARE.search(found[0]):
        return Unknown(bare[0], f"write \\{bare[0]} for the sign")
    made = ARROWS[sign]
    if above:
        made = rf"\overset{{{_label(above)}}}{{{made}}}"
    return rf"\underset{{{_label(below)}}}{{{made}}}" if below else made


def _label(words: str) -> str:
    """What stands over or under an arrow: chemistry where it can be read so, else words."""
    said = in_tex(words)
    return (
        rf"\text{{{html.escape(NO_WORDS.sub('', words), quote=False)}}}"
        if isinstance(said, Unknown)
        else said
    )


def _species(part: str) -> str | Unknown:
    if found := UNCLEAR.fullmatch(part):
        return Unknown(
            part,
            "write {0}^{1}{2} for the charge, or {0}_{1}^{2} for {1} atoms".format(*found.groups()),
        )
    made: list[str] = []
    at = 0
    counts = True  # whether a number is an amount, as at the beginning and behind a dot
    while at < len(part):
        if counts and (amount := AMOUNT.match(part, at)):
            made.append(
                rf"\tfrac{{{amount['over']}}}{{{amount['under']}}}\,"
                if amount["over"]
                else rf"{amount['number']}\,"
            )
            at, counts = amount.end(), False
            continue
        found = SPECIES.match(part, at)
        if not found:
            return Unknown(part)
        made.append(_said(found, first=not made or made[-1].endswith(r"\,")))
        at, counts = found.end(), found.lastgroup == "dot"
    return "".join(made)


def _said(found: re.Match[str], *, first: bool) -> str:
    words = found[found.lastgroup or 0]
    match found.lastgroup:
        case "state":
            return rf"\,\mathrm{{{words}}}"
        case "element":
            return rf"\mathrm{{{words}}}"
        case "low":
            return rf"{'{}' * first}_{{{_script(words.removeprefix('_'))}}}"
        case "high" | "charge":
            return rf"{'{}' * first}^{{{_script(words)}}}"
        case "bond":
            return {"-": "{-}", "=": "{=}", "#": r"{\equiv}"}[words]
        case "dot":
            return r"\cdot "
        case "greek":
            return f"{words} "
        case "letter":
            return rf"\mathrm{{{words}}}" if words in "ep" else words
        case _:
            return words


def _script(words: str) -> str:
    """What stands in a script; capitals are upright, a dot is that of a radical."""
    words = re.sub(r"^\{|\}$", "", words)
    return (
        r"\bullet"
        if words == "."
        else re.sub(r"(?<!\\)\b[A-Z][A-Za-z]*", r"\\mathrm{\g<0>}", words)
    )
