"""A formula as elements of MathML: mended where latex2mathml leaves out what TeX does by itself, and read as a line of signs.

A browser sets blanks around an `mo`, as its form says, and none around anything else. So relations and arrows must be `mo`, the
sign of a number must say that it is one, signs in scripts have no blanks, and the names of functions need one beside them.
"""

import re
import unicodedata
from typing import TYPE_CHECKING

from ..late import late

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

# What latex2mathml takes for letters.
RELATIONS = frozenset("∼⟵⟶⟷⟸⟹⟺⟼⟂⪯⪰⤳⩽⩾⌣⌢◁▷±⧵†⨿:")
SIGNS = frozenset("+-−±∓")  # of a number, where nothing stands before them
OPENING, CLOSING, BARS = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉!%"), frozenset("|‖")
ROWS = frozenset(("math", "mrow", "mstyle", "mtd", "msqrt", "menclose", "mphantom", "mpadded"))
SCRIPTED = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))
UPRIGHT = "\ue000"  # before a letter
LETTER = late(r"\\mathrm(?:\{([A-Za-z])\}|\s+([A-Za-z]))")
TIGHT = {"lspace": "0", "rspace": "0"}
BLANKS = {"/": TIGHT, ":": {"lspace": "0.222em", "rspace": "0.222em"}}  # other ones than MathML has
THIN = "0.167em"


def upright(tex: str) -> str:
    """A formula whose single upright letters stay upright, where latex2mathml would make them slant."""
    return LETTER.sub(lambda found: rf"\text{{{UPRIGHT}{found[1] or found[2]}}}", tex)


def mend(formula: "Element") -> None:
    """Give a formula's signs the blanks that TeX gives them."""
    for each in formula.iter():
        text = each.text = (each.text or "").replace("~", "∼")
        if each.tag == "mi" and text in RELATIONS:
            each.tag = "mo"
        if each.tag == "mo":
            each.attrib |= BLANKS.get(text, {})
        if each.tag == "mo" and text.isalpha() and text.isascii() and text != "mod":
            each.tag = "mi"  # a name, around which an operator would have wide blanks
        elif text.startswith(UPRIGHT):
            each.tag, each.text = "mi", text[1:]
            each.set("mathvariant", "normal")
        elif each.tag == "mtext":  # whose blanks at its ends no browser shows
            each.text = re.sub(r"^\s+|\s+$", "\u00a0", text.replace(UPRIGHT, ""))
    for each in list(formula.iter()):
        if each.tag in ROWS:
            each[:] = _spaced(list(each))
    for each in list(formula.iter()):
        for script in each[1:] if each.tag in SCRIPTED else ():
            for sign in script.iter("mo"):
                sign.attrib |= TIGHT


def _spaced(row: "list[Element]") -> "Iterator[Element]":
    """What stands in a row, each sign with its form, and a blank beside the names of functions."""
    ends = name = space = False  # what stands before: a whole, a name, a blank
    for each in row:
        core, alone = _core(each), each.tag == "mrow" and len(each) == 1 and each[0].tag == "mo"
        sign = _sign(core)
        if alone:  # braces of TeX's make an operator a letter
            core.attrib |= TIGHT
        elif sign in BARS or (sign in SIGNS and not ends):
            core.set("form", "postfix" if ends else "prefix")
        opens = sign in OPENING or core.get("form") == "prefix"
        named = core.tag == "mi" and len(core.text or "") > 1
        blank = each.tag == "mspace"
        if not (space or blank) and ((name and not sign) or (named and ends)):
            yield each.makeelement("mspace", {"width": THIN})
        yield each
        name, space = named, blank
        if not space:
            ends = alone or not sign or (not opens and sign in CLOSING | BARS)


def _core(each: "Element") -> "Element":
    """What stands under scripts, and in braces."""
    while len(each) and (
        each.tag in SCRIPTED or (each.tag in ("mrow", "mstyle") and len(each) == 1)
    ):
        each = each[0]
    return each


def _sign(core: "Element") -> str:
    """An operator, or what latex2mathml takes for a letter and opens or closes; else nothing."""
    text = core.text or ""
    return text if core.tag == "mo" or text in OPENING | CLOSING else ""


# --- in a browser -----------------------------------------------------------------------------------

# What browsers leave out of MathML, in CSS: boxes, strokes, columns.
STROKE_UP = "linear-gradient(to top right,transparent 47%,currentColor 47% 53%,transparent 53%)"
STROKE_DOWN = STROKE_UP.replace("top", "bottom")
ENCLOSED = {
    "box": "border:1px solid;padding:0.15em",
    "updiagonalstrike": f"background:{STROKE_UP}",
    "downdiagonalstrike": f"background:{STROKE_DOWN}",
    "updiagonalstrike downdiagonalstrike": f"background:{STROKE_UP},{STROKE_DOWN}",
}
# Where capitals, small letters and digits of a style begin; and which letters stand elsewhere.
STYLES = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE),
    "bold-italic": (0x1D468, 0x1D482, 0x1D7CE),
    "script": (0x1D49C, 0x1D4B6, 0),
    "fraktur": (0x1D504, 0x1D51E, 0),
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0x1D7E2),
    "monospace": (0x1D670, 0x1D68A, 0x1D7F6),
}
ELSEWHERE = {
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
    "double-struck": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
}
GREEK = {"bold": (0x1D6A8, 0x1D6C2), "bold-italic": (0x1D71C, 0x1D736)}  # Α and α


def shown(formula: "Element") -> None:
    """Give a mended formula the letters and lines that browsers do not draw by themselves."""
    for each in formula.iter():
        if style := ENCLOSED.get(each.get("notation", "")):
            each.tag, each.attrib = "mrow", {"style": style}
        if (variant := each.get("mathvariant", "")) in STYLES and each.tag != "mtext":
            each.text = styled(each.text or "", variant)
            del each.attrib["mathvariant"]
        if each.tag == "mtable":
            _aligned(each)


def styled(words: str, variant: str) -> str:
    """Letters and digits in a style, as the signs that have it everywhere."""
    return "".join(_styled(sign, variant) for sign in words)


def _styled(sign: str, variant: str) -> str:
    capital, small, digit = STYLES[variant]
    upper, lower = GREEK.get(variant, (0, 0))
    for first, last, begin in (
        *(("A", "Z", capital), ("a", "z", small), ("0", "9", digit)),
        *(("Α", "Ω", upper), ("α", "ω", lower)),
    ):
        if begin and first <= sign <= last:
            return ELSEWHERE.get(variant, {}).get(sign) or chr(begin + ord(sign) - ord(first))
    return sign


def _aligned(table: "Element") -> None:
    """Put the columns of a table where they stand, and those of equations next to each other."""
    close = table.get("columnspacing", "").startswith("0em")
    for row in table:
        for number, cell in enumerate(row):
            style = f"text-align:-webkit-{cell.get('columnalign', 'center')}"
            if close:
                style += f";padding-left:{2 if number and number % 2 == 0 else 0}em;padding-right:0"
            cell.set("style", style)


# --- a line of signs ------------------------------------------------------------------------------

RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
AS_THEY_ARE = frozenset("′″°*†")  # in a raised place
ACCENTS = {
    "¯": "\u0304",
    "―": "\u0304",
    "^": "\u0302",
    "~": "\u0303",
    "∼": "\u0303",
    "→": "\u20d7",
    "˙": "\u0307",
    "¨": "\u0308",
    "´": "\u0301",
    "`": "\u0300",
    "˚": "\u030a",
    "˘": "\u0306",
    "ˇ": "\u030c",
}
CLOSE = OPENING | CLOSING | frozenset("/∇∂∑∏∫∞…")  # with nothing around them
BRACES = frozenset("⏞⏟")
STROKE = "\u0338"
NEGATED = late(r"\s*⧸\s*(\S)")  # a stroke before the sign that it goes through
INNER_BLANK = late(r"(?<!\w) +| +(?!\w)")  # any but one between two words or numbers


def in_line(formula: "Element") -> str:
    """A mended formula as a line of signs: x², H₂O, (a + b)/2. What no sign can say is written as on a keyboard: x^(ab)."""
    return NEGATED.sub(_negated, " ".join(_line(formula).split())).strip()


def _negated(found: re.Match[str]) -> str:
    return f" {unicodedata.normalize('NFC', found[1] + STROKE)}"


def _line(each: "Element") -> str:
    said = [_line(child) for child in each]
    match each.tag:
        case "mspace":
            return " "
        case "mphantom":
            return ""
        case "mfrac":
            return f"{_whole(said[0])}/{_whole(said[1])}" if not each.attrib else " ".join(said)
        case "mroot":
            return f"{_script(said[1], RAISED, '')}√{_whole(said[0])}"
        case "msqrt":
            return f"√{_whole(''.join(said))}"
        case "menclose" if "strike" in each.get("notation", ""):
            return "".join(sign if sign == " " else sign + STROKE for sign in "".join(said))
        case "mtable" | "mtr":
            return {"mtable": "; ", "mtr": ", "}[each.tag].join(said)
        case "mo":
            return _operator(each)
        case tag if tag in SCRIPTED:
            if _is_braced(each[0]):
                return _whole(said[0]) + _low(", ".join(said[1:]))  # a name, and no power
            # What is raised would else be the last number alone.
            base = f"({said[0].strip()})" if _closes(each[0]) else said[0]
            return _scripted(tag, base, *said[1:])
        case _:
            return (each.text or "") + _row(each, said)


def _row(each: "Element", said: "list[str]") -> str:
    """What stands in a row. A blank parts a fraction from what stands beside it, and a root from what follows: 3½ is no 31/2."""
    made = ""
    closed = False  # whether a fraction or a root ended here
    for child, words in zip(each, said, strict=True):
        fraction = _is_fraction(child)
        terms = made[-1:].isalnum() or made[-1:] in CLOSING
        beside = words[:1].isalnum() or words[:1] in OPENING | {"√"}
        if made and words and (closed or fraction) and terms and beside:
            made += " "
        made += words
        closed = fraction or _closes(child) if words else closed
    return made


def _inside(each: "Element") -> "Element":
    """What braces or a style hold, where that is one thing."""
    while each.tag in ("mrow", "mstyle") and len(each) == 1:
        each = each[0]
    return each


def _is_fraction(each: "Element") -> bool:
    inner = _inside(each)
    return inner.tag == "mfrac" and not inner.attrib


def _closes(each: "Element") -> bool:
    """Whether what follows would read as a part of it: a fraction or a root."""
    return _is_fraction(each) or _inside(each).tag in ("msqrt", "mroot")


def _is_braced(each: "Element") -> bool:
    """Whether a brace lies over it or under it."""
    inner = _inside(each)
    return inner.tag in ("mover", "munder") and (inner[1].text or "").strip() in BRACES


def _operator(each: "Element") -> str:
    sign = each.text or ""
    if sign in (",", ";") and each.get("lspace") != "0":  # 1{,}5 is one number
        return f"{sign} "
    close = "form" in each.attrib or each.get("lspace") == "0" or sign in CLOSE
    return sign if close else f" {sign} "


def _scripted(tag: str, base: str, *scripts: str) -> str:
    """What has something under it, over it, or beside it on either height."""
    over = scripts[0].strip()
    if over in BRACES:
        return base
    if tag == "mover" and over in ACCENTS:
        return "".join(sign + ACCENTS[over] for sign in base.strip())
    if tag == "munder" and over == "―":
        return "".join(f"{sign}\u0332" for sign in base.strip())
    operator = base.endswith(" ")
    if tag in ("mover", "munder", "munderover") and operator:  # words at an arrow
        return f"{base.rstrip()}({', '.join(each.strip() for each in reversed(scripts))}) "
    if operator:
        base = base.rstrip()
    if len(scripts) > 1 or tag in ("msub", "munder"):
        base += _low(scripts[0])
    if tag not in ("msub", "munder"):
        base += _high(scripts[-1])
    return f"{base} " if operator else base


def _low(said: str) -> str:
    return _script(said, LOWERED, "_")


def _high(said: str) -> str:
    if said.strip() == "∘":
        return "°"
    return said if said and set(said) <= AS_THEY_ARE else _script(said, RAISED, "^")


def _script(said: str, signs: dict[int, int], mark: str) -> str:
    """Words in a raised or lowered place, in small signs where there is one for each."""
    said = INNER_BLANK.sub("", said.strip())
    small = all(ord(sign) in signs for sign in said)
    return said.translate(signs) if small else f"{mark}{_whole(said)}"


def _whole(said: str) -> str:
    """Words in brackets, unless they are a number or a letter."""
    said = said.strip()
    return said if len(said) == 1 or said.isdigit() else f"({said})"
