"""Formulas in TeX: where one stands, what is wrong with it, and how it is drawn. The only import of ziamath and latex2mathml.

On cards, Anki's own MathJax sets them. Paper has no MathJax, so that they are drawn there, and a formula that cannot be drawn
is a problem. Chemistry in mhchem's `\\ce{…}` is turned into TeX first, as far as `chemistry.py` knows it.
"""

import functools
import html
import re
from typing import TYPE_CHECKING, NamedTuple

from ..late import late
from . import chemistry, rewrite
from . import mathml as elements

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What may stand between dollar signs: no blank line.
INNER = r"(?:\\.|[^$\\\n]|\n(?![ \t]*\n))+?"
# A formula between them, by pandoc's rule: no blank on the inner side of a sign, no digit before the first, and after the last
# neither digit nor Latin letter; so that `$5 and $10`, `$HOME:$PATH`, `${a}:${b}` and `^a$|^b$` are none.
# None begins before words that lead to the sign of an amount: “$5, or US$ 6”, “$x, or A$ 5”. Signs of a formula among them tell
# that they are one, `$AC = CA$`, and so do names of capitals alone, `$AC, CA$`.
WORDS = r"[^$\\^_={}+<>]*"
AN_AMOUNT = (
    rf"(?!(?!(?:[A-Z]{{1,3}}[,;] )+[A-Z]{{2}}\$(?![ \xa0][0-9])){WORDS}[\s(](?:US|NZ|HK|AU|CA)\$)"
    rf"(?!(?=[0-9]|{WORDS}[^\W\d_]{{2}}){WORDS}[\w,;.] [ACSR]\$[ \xa0][0-9])"
)
DOLLARS = (
    rf"(?:(?<![0-9])\$(?![\s$]|(?<=\w\$)[|)\].,;:/]){AN_AMOUNT}(?P<line>{INNER})(?<!\s)\$(?![0-9A-Za-z\u00c0-\u02af_(]|\{{(?!\{{c[0-9]))"
    rf"|(?<![0-9])\$\$(?!\s)(?P<alone>{INNER})(?<!\s)\$\$(?![0-9]))"
)
BETWEEN_DOLLARS = late(DOLLARS, re.DOTALL)
# On lines of their own, blanks and line ends may stand within the signs.
A_BLOCK = rf"\$\${INNER}\$\$"
IN_A_BLOCK = late(A_BLOCK, re.DOTALL)
# What stands between two dollar signs and is no formula: “$5 or 6$”. A number is one, “$7,5$”, and so is a difference or a ratio
# without a word: “$5 - 6$”.
AMOUNT = late(
    r"(?![0-9.,]*[0-9]\Z|[0-9.,]+\s*[-:](?:(?![^\W\d_]{2}).)*\Z)[0-9][0-9.,]*[\s,;/–-][^\\^_={}+<>]*",
    re.DOTALL,
)
# What MathJax would fetch, run or let loose on the card.
FORBIDDEN = late(
    r"\\(href|url|require|class|cssId|style|data|html\w*|unicode|includegraphics|input|include|bbox"
    r"|(?:re)?newcommand|def|let|newenvironment)(?![A-Za-z])"
)
UNKNOWN = late(r"\\[A-Za-z]+")
CHEMISTRY = late(r"\\ce\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
# Words and chemistry, which stay; or what stands before the sign of a number, and that sign. `\\,` and `\\;` are blanks.
SIGNED = late(
    r"(\\(?:ce|text[a-z]*|mathrm|operatorname)\s*\{(?:[^{}]|\{[^{}]*\})*\})"
    r"|((?:[=<>(/]|(?<!\\)[\[,;:]|\\\{|\\(?:to|leq?|geq?|neq?|approx|equiv|sim|cdot|times|div|pm|mp|in|mid|cup|cap|setminus|mapsto"
    r"|(?:long)?(?:left|right)arrow|Rightarrow|l(?:vert|Vert|angle|floor|ceil)|sin|cos|tan|log|ln|exp)(?![a-zA-Z]))\s*)"
    r"([-+])(?![->])"
)
ROW_GAP = late(r"\\\\\s*\[-?[\d.]{1,9}[a-z]{2}\]")  # what no drawing knows: it would print it
RAISED_MATRIX = late(
    r"(\\begin\{([a-zA-Z]*matrix)\}(?:(?!\\begin).){0,2000}?\\end\{\2\})(?=\s{0,9}[\^_])", re.DOTALL
)
LONGEST = 2000  # letters: the time to draw a formula grows with them
SIZE = 20
# Where a formula that is too wide for a line may break: first behind a comma, else before a relation too, else before a sum's
# sign; nowhere within brackets.
TOKEN = late(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
OPENING = late(r"[{(\[]|\\(?:left|begin|langle|\{)")
CLOSING = late(r"[})\]]|\\(?:right|end|rangle|\})")
COMMAS = late(r"[,;]|\\(?:qq?uad|\\)")
RELATIONS = late(
    r"[=<>:]|\\(?:(?:not)?in|ni|to|(?:long)?(?:left|right)arrow|mapsto|(?:Left)?(?:right|Right)arrow|Leftarrow|implies|iff"
    r"|leq?|geq?|neq?|approx|equiv|cong|sim(?:eq)?|propto|su[bp]set(?:eq)?|forall|exists|mid|vdash|models|colon|therefore)"
)
SUMS = late(r"[+-]|\\(?:pm|cup|cap|wedge|vee|land|lor|oplus|circ|cdot|times)")
NOWHERE = late(r"(?!)")
WORDED = late(r"\\text(?:rm)?\{([^{}$\\]*\s[^{}$\\]*)\}")
# How wide a formula may be in ems before it is parted, on a line of its own and among words.
ALONE, AMONG_WORDS = 20, 12


class Drawn(NamedTuple):
    """A formula as SVG; its sizes are in ems, with the edge that ziamath leaves around it; `depth` is how far it reaches under the
    line.
    """

    svg: str
    width: float
    height: float
    depth: float


def found(text: str, at: int) -> re.Match[str] | None:
    """The formula in a line of `text` that begins with the dollar sign at this place; None where none does. Its group `alone` is
    set where it stands between two signs each, else `line`.
    """
    made = BETWEEN_DOLLARS.match(text, at)
    return None if made and made["line"] and AMOUNT.fullmatch(made["line"]) else made


def end(text: str, at: int) -> int:
    """Where the formula ends that begins with the dollar sign at this place of a whole text; -1 where none does."""
    before = text[max(0, at - 4) : at].rstrip(" ")
    begins_line = (not before and at < 4) or before.endswith("\n")
    made = (IN_A_BLOCK.match(text, at) if begins_line else None) or found(text, at)
    return made.end() if made else -1


ONE_LINE = "a formula stands on one line"
TABBED = late(r"\S *\t")  # not where a line of it is set in
TAB = "a tab stands in it"
LINES = (
    "join the lines; in double quotes, YAML makes a line end of \\n: use single quotes or a block"
)
DOLLAR = "write \\$ where a dollar is meant"
UNITS = late(r"\\(?:pu|SI|si|qty|unit|num|ang)(?![A-Za-z])")
UNIT = r"write a number with its unit in plain TeX: $5\,\mathrm{kJ}$, or outside of a formula"


def fault(tex: str) -> tuple[str, str] | None:
    """What is wrong with a formula, in a few words, and what to write; None for a sound one."""
    if (unknown := _unknown_chemistry(tex)) and not _depth(tex):
        return f"“{unknown.part}” in it is no chemistry that can be printed", unknown.hint
    return _wrong(tex)


def _wrong(tex: str) -> tuple[str, str] | None:
    """What is wrong with a formula but for its chemistry."""
    if "\n" in tex.strip() and "\\\\" not in tex and "\\begin" not in tex and "&" not in tex:
        return ONE_LINE, LINES
    if TABBED.search(tex):
        hint = (
            "write a blank; in double quotes, YAML makes a tab of \\t: use single quotes or a block"
        )
        return TAB, hint
    if _depth(tex):
        hint = f"each {{ needs its }}, and the sign itself is \\{{ or \\}}; {DOLLAR}"
        return "its braces do not pair up", hint
    if len(tex) > LONGEST:
        return f"a formula has at most {LONGEST} letters", f"write several; {DOLLAR}"
    if found := FORBIDDEN.search(tex):
        return f"{found[0]} does not belong in a formula", f"leave it out; {DOLLAR}"
    if wrong := rewrite.fault(CHEMISTRY.sub("", tex)):
        return wrong
    try:
        made = _mathml(in_tex(tex))
    except Exception as error:  # noqa: BLE001 - whatever the library stumbles on is the author's to mend
        hint = rf"look whether each command has what belongs to it, as in \frac{{a}}{{b}}; {DOLLAR}"
        part = f"“{part}” in it" if (part := _undrawn(tex)) else "this"
        return f"{part} is no formula that can be read ({type(error).__name__})", hint
    if unknown := UNKNOWN.search(made):
        hint = UNIT if UNITS.fullmatch(unknown[0]) else f"{rewrite.STRANGE}; {DOLLAR}"
        return f"{unknown[0]} is not known", hint
    if drawn(tex):
        return None
    part = f"“{part}” in it" if (part := _undrawn(tex)) else "this formula"
    if "&" in tex and "\\begin" not in tex:
        hint = r"write \& for the sign, or \begin{aligned} … \end{aligned} around what stands in columns"
        return f"{part} cannot be drawn", hint
    hint = "write it in a simpler way, or its parts as formulas of their own"
    return f"{part} cannot be drawn", hint


def _undrawn(tex: str) -> str:
    """The first part of a formula that cannot be drawn, where that is not all of it; else nothing."""
    for before in (RELATIONS, SUMS):
        pieces = _parted(tex, before, COMMAS)
        if len(pieces) > 1 and (part := next((each for each in pieces if not drawn(each)), "")):
            return part[:40]
    return ""


def _depth(tex: str) -> int:
    """How many braces are open at the end; -1 where one ends that none began."""
    depth = 0
    for sign in re.findall(r"(?<!\\)(?:\\\\)*([{}])", tex):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return depth
    return depth


@functools.lru_cache(maxsize=4096)
def drawn(tex: str, *, display: bool = False) -> Drawn | None:
    """The formula as a drawing; None where `fault` says something."""
    from ziamath.zmath import Latex

    try:
        made = Latex(in_tex(tex), size=SIZE, inline=not display)
        width, height = made.getsize()
    except Exception:  # noqa: BLE001 - whatever the library stumbles on
        return None
    if width <= 0 or height <= 0:  # there is nothing to see
        return None
    under = max(0.0, -made.getyofst())
    return Drawn(made.svg(), *((size / SIZE) for size in (width + 2, height + 2, under + 1)))


class Part(NamedTuple):
    """A part of a formula in TeX, or some words of it."""

    said: str
    words: bool = False


def parts(tex: str, *, display: bool) -> list[Part]:
    """A sound formula as what may stand in several lines: one that is mostly words stands among them, and a wide one is parted."""
    pieces = WORDED.split(tex)
    whole = len(pieces) == 1 or any(fault(piece) for piece in pieces[::2] if piece.strip())
    if whole:
        pieces = [tex]
    found: list[Part] = []
    for number, piece in enumerate(pieces):
        if number % 2:
            found.append(Part(piece, words=True))
        elif piece.strip():
            found += map(
                Part, _in_lines(piece.strip(), ALONE if display and whole else AMONG_WORDS)
            )
    return found


def _in_lines(tex: str, width: float) -> list[str]:
    """The formula in pieces of at most about this width in ems; as one where it is no wider, or cannot be parted."""
    made = drawn(tex)
    if made is None or made.width <= width:
        return [tex]
    for before, behind in ((NOWHERE, COMMAS), (RELATIONS, COMMAS), (SUMS, NOWHERE)):
        pieces = _parted(tex, before, behind)
        if len(pieces) > 1 and not any(map(_wrong, pieces)):
            return [part for piece in pieces for part in _in_lines(piece, width)]
    return [tex]


def _parted(tex: str, before: re.Pattern[str], behind: re.Pattern[str]) -> list[str]:
    """A formula in two or more parts, before or behind these signs where nothing around them is open."""
    pieces = [""]
    depth = 0
    for token in TOKEN.findall(tex):
        depth += (OPENING.fullmatch(token) is not None) - (CLOSING.fullmatch(token) is not None)
        if depth == 0 and pieces[-1].strip() and before.fullmatch(token):
            pieces.append("")
        pieces[-1] += token
        if depth == 0 and behind.fullmatch(token):
            pieces.append("")
    return [piece.strip().removesuffix("\\\\").strip() for piece in pieces if piece.strip()]


def mathml(tex: str, *, display: bool = False) -> str:
    """The formula as MathML, which every browser sets by itself, and in words as `in_line`. Raises an exception of whatever sort
    where it cannot be read.
    """
    from xml.etree import ElementTree as Elements

    made = _elements(tex, display=display)
    made.set("alttext", elements.in_line(made))
    elements.shown(made)
    return Elements.tostring(made, encoding="unicode")


@functools.lru_cache(maxsize=4096)
def in_line(tex: str) -> str:
    """The formula as a line of signs, such as x² or H₂O; its TeX where it cannot be read."""
    try:
        return elements.in_line(_elements(tex))
    except Exception:  # noqa: BLE001 - whatever the library stumbles on: of a cloze, only a part may be there
        return tex


def _elements(tex: str, *, display: bool = False) -> "Element":
    from latex2mathml.converter import convert_to_element

    made = convert_to_element(
        elements.upright(in_tex(tex)), display="block" if display else "inline"
    )
    for each in made.iter():
        each.text = html.unescape(each.text or "")  # the library writes signs as entities
    elements.mend(made)
    return made


def _mathml(tex: str) -> str:
    from latex2mathml.converter import convert

    return re.sub(r"<annotation.*?</annotation>", "", convert(tex), flags=re.DOTALL)


def in_tex(tex: str) -> str:
    """The formula as it is drawn: its chemistry in plain TeX, where what is not known stays, and is a fault; in other words where
    `rewrite.py` has some; without the height of gaps between rows; and in braces matrices that have an index or an exponent,
    without which no one is drawn, and the sign of a number, without which it stands apart as in a difference.
    """

    def written(found: re.Match[str]) -> str:
        made = chemistry.in_tex(found[1])
        return found[0] if isinstance(made, chemistry.Unknown) else f"{{{made}}}"

    rows = ROW_GAP.sub(r"\\\\", tex)
    if len(tex) <= LONGEST:
        rows = rewrite.rewritten(rows)
    signed = SIGNED.sub(lambda found: found[1] or f"{found[2]}{{{found[3]}}}", rows)
    return RAISED_MATRIX.sub(r"{\1}", CHEMISTRY.sub(written, signed))


def _unknown_chemistry(tex: str) -> chemistry.Unknown | None:
    """The first part in a formula's chemistry that is not known, if there is one."""
    made = (chemistry.in_tex(found[1]) for found in CHEMISTRY.finditer(tex))
    return next((each for each in made if isinstance(each, chemistry.Unknown)), None)
