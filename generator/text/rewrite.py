"""TeX in which Anki's MathJax, the page and paper do not agree: written in other words that mean the same to all, or told.

MathJax sets the author's own words. `rewritten` gives what latex2mathml and ziamath are asked to draw in their place, since they
leave out in silence what they do not know; `fault` names what has no such words, and what MathJax does not know.
"""

import functools
import html
import re
from pathlib import Path

from ..late import late
from .mathml import styled

GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
# --- what all understand -----------------------------------------------------------------------------

TAG = late(r"\\tag(\*?)\s*\{([^{}]*)\}")
NUMBERED = late(r"\\(?:notag|nonumber)(?![A-Za-z])")
NOT = late(r"\\not\s*(\{\s*)?([=<>|]|\\[A-Za-z]+)(?(1)\s*\})")
NEGATED = {
    "=": r"\neq",
    "<": r"\nless",
    ">": r"\ngtr",
    "|": r"\nmid",
    r"\le": r"\nleq",
    r"\leq": r"\nleq",
    r"\ge": r"\ngeq",
    r"\geq": r"\ngeq",
    r"\to": r"\nrightarrow",
    r"\gets": r"\nleftarrow",
    r"\models": r"\nvDash",
    r"\iff": r"\nLeftrightarrow",
    r"\implies": r"\nRightarrow",
}
# Those of which latex2mathml finds the negated sign by itself.
FOUND = late(
    r"\\(?:in|ni|su[bp]set(?:eq)?|equiv|approx|sim|cong|mid|parallel|exists|(?:left|right|leftright|Left|Right|Leftright)arrow"
    r"|(?:prec|succ)(?:eq)?|v[dD]ash)"
)
OPERATOR = late(rf"\\(operatorname\*?|mathop)\s*{GROUP}(?:\s*\\limits(?![A-Za-z]))?")
CLASS = late(r"\\math(?:op|rel|bin|ord|open|close|punct|inner)(?![A-Za-z])\s*")
DOUBLE = late(r"\\(?:mathbb|Bbb)(?:\s*([A-Z])|\s*\{([A-Za-z0-9]+)\})")
UPRIGHT = late(r"\\(?:mathrm|text|textrm|rm)\s*\{([^{}]*)\}")
THIN = late(r"\\[,;: ]|~")
NAME = late(r"[A-Za-z\u2009]+")
NAMED = late(r"(\\(?:det|gcd|Pr)(?![A-Za-z]))(?=\s*[A-Za-z0-9])")
BINOMIAL = late(rf"\\binom\s*{GROUP}\s*{GROUP}")
WORDS = late(r"(\\(?:text(?:bf|it|rm|sf|tt|up|normal)?|[mhf]box)\s*\{)([^{}]*)(?=\})")
ENVIRONMENT = late(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}")
ARGUMENT = late(
    r"(\\begin\{align(?:at\*?|edat)\})\s*\{[0-9]*\}|(\\begin\{(?:aligned|gathered|array)\})\s*\[[tbc]\]"
)
# How environments begin and end elsewhere. None is numbered: Anki numbers none.
ALIGNED = (r"\begin{align*}", r"\end{align*}")
LINES = (r"{\displaylines{", "}}")
IN_OTHER_WORDS = {
    **dict.fromkeys(
        ("align", "aligned", "alignat", "alignat*", "alignedat", "flalign", "flalign*"), ALIGNED
    ),
    **dict.fromkeys(("gather", "gather*", "gathered", "multline", "multline*"), LINES),
    **dict.fromkeys(("equation", "equation*"), ("{", "}")),
    **dict.fromkeys(("eqnarray", "eqnarray*"), (r"\begin{array}{rcl}", r"\end{array}")),
    "dcases": (r"\begin{cases}", r"\end{cases}"),
    "rcases": (r"\left.\begin{array}{ll}", r"\end{array}\right\}"),
    "pmatrix*": (r"\left(\begin{matrix*}", r"\end{matrix*}\right)"),
    "bmatrix*": (r"\left[\begin{matrix*}", r"\end{matrix*}\right]"),
    "Bmatrix*": (r"\left\{\begin{matrix*}", r"\end{matrix*}\right\}"),
    "vmatrix*": (r"\left|\begin{matrix*}", r"\end{matrix*}\right|"),
}
AS_THEY_ARE = frozenset(
    [
        "align*",
        "split",
        "array",
        "cases",
        "matrix",
        "pmatrix",
        "bmatrix",
        "Bmatrix",
        "vmatrix",
        "Vmatrix",
        "smallmatrix",
        "matrix*",
    ]
)


def rewritten(tex: str) -> str:
    """A formula as the libraries understand it, where they would read it in another way than MathJax, or not at all."""
    if "\\begin" in tex:
        tex = ENVIRONMENT.sub(_environment, ARGUMENT.sub(r"\1\2", tex))
    if "\\no" in tex:
        tex = NUMBERED.sub("", tex)
    if "\\tag" in tex:
        tex = TAG.sub(lambda tag: rf"\qquad\text{{{tag[2] if tag[1] else f'({tag[2]})'}}}", tex)
    if "\\not" in tex:
        tex = NOT.sub(_negated, tex)
    if "\\operatorname" in tex or "\\math" in tex or "\\arg" in tex:
        tex = re.sub(r"\\arg(?![A-Za-z])", r"\\operatorname{arg}", tex)
        tex = DOUBLE.sub(lambda found: f"{{{styled(found[1] or found[2], 'double-struck')}}}", tex)
        tex = CLASS.sub("", OPERATOR.sub(_operator, tex))
    if "\\bmod" in tex:
        tex = re.sub(r"\\bmod(?![A-Za-z])", r"\\;\\mathrm{mod}\\;", tex)
    if "\\binom" in tex:
        tex = BINOMIAL.sub(_binomial, tex)
    if "&" in tex or "<" in tex:
        tex = WORDS.sub(lambda words: words[1] + html.escape(words[2], quote=False), tex)
    return NAMED.sub(r"\1\\,", tex.replace("\\hspace*", "\\hspace"))


def _environment(found: re.Match[str]) -> str:
    place, name = found.groups()
    return IN_OTHER_WORDS[name][place == "end"] if name in IN_OTHER_WORDS else found[0]


def _negated(found: re.Match[str]) -> str:
    """A relation with a stroke through it, where there is a sign for that; else one that is crossed out."""
    sign = found[2]
    if sign in NEGATED:
        return f"{NEGATED[sign]} "
    return rf"\not{sign} " if FOUND.fullmatch(sign) else rf"\cancel{{{sign}}} "


def _operator(found: re.Match[str]) -> str:
    """The name of a function, which stands upright, apart from the letter or number behind it."""
    kind, given = found.groups()
    name = THIN.sub("\u2009", UPRIGHT.sub(r"\1", given)).strip()
    rest = found.string[found.end() :].lstrip()[:1]
    apart = r"\," if rest.isalnum() else ""
    if kind == "mathop" and name == given:
        return f"{{{given}}}"
    if not NAME.fullmatch("".join(name.split(" "))):
        return rf"{{\mathrm{{{given}}}}}{apart}"
    return rf"\{'operatorname*' if kind == 'mathop' else kind}{{{name}}}{apart}"


def _binomial(found: re.Match[str]) -> str:
    """One with braces within its braces, at the first of which ziamath would take it to end."""
    if "{" in found[1] + found[2]:
        return rf"{{\left({{{found[1]}}}\atop{{{found[2]}}}\right)}}"
    return found[0]


# --- what is told ------------------------------------------------------------------------------------

SIGN = late(r"(?<!\\)(?:\\\\)*([%#])|([\u0250-\u02af\u20a0-\u20cf])")
# Behind a number, a percent sign is meant.
COMMENT = late(r"(?:^|\\\\|(?<![0-9\s\\]))\s*%[^\n]*(?=\n)")
IN_WORDS = late(r"\\.", re.DOTALL)
PREAMBLE = late(rf"\\begin\s*\{{array\}}\s*(?:\[[tbc]\])?\s*{GROUP}")
RULE = late(r"\\(?:h(?:dash)?line|cline)(?![A-Za-z])")
BRACE = late(r"\\(?:left|right|[bB]igg?[lmr]?)\s*(?<!\\)[{}]")
COMMAND = late(r"\\[A-Za-z]+")
OVERPRINTED = frozenset(
    rf"\{side}" for side in ["llap", "rlap", "clap", "mathllap", "mathrlap", "mathclap"]
)
# Commands of latex2mathml's, and what MathJax knows in their place.
INSTEAD = {
    r"\bm": r"\boldsymbol{x}",
    r"\bold": r"\mathbf{x}",
    r"\emph": r"\textit{…}",
    r"\sout": r"\cancel{x}",
    r"\tg": r"\tan",
    r"\ctg": r"\cot",
    r"\cotg": r"\cot",
    r"\arctg": r"\arctan",
    r"\sh": r"\sinh",
    r"\ch": r"\cosh",
    **{
        rf"\{name}": rf"\operatorname{{{name}}}"
        for name in ("arcctg", "cosec", "cth", "th", "plim")
    },
    **{rf"\{name}": rf"\operatorname*{{{name}}}" for name in ("argmax", "argmin")},
    r"\textmd": r"\text{…}",
    r"\thickspace": r"\;",
    r"\footnotesize": r"\small",
    r"\widecheck": r"\check",
    r"\euro": r"\text{€}",
    r"\pounds": r"\text{£}",
    r"\nsubset": r"\not\subset",
    r"\nequiv": r"\not\equiv",
    r"\napprox": r"\not\approx",
    r"\corresponds": r"\mathrel{\widehat{=}}",
    r"\hateq": r"\mathrel{\widehat{=}}",
}


def fault(tex: str) -> tuple[str, str] | None:
    """What of a formula is lost or shown as an error in Anki or elsewhere, and what to write instead; None where nothing is."""
    if "\\text" in tex or "box" in tex:
        for words in WORDS.finditer(tex):
            if found := IN_WORDS.search(words[2]):
                return (
                    f"“{found[0]}” stands among words, {words[1]}…}}, where the backslash is shown",
                    rf"end the words before it, \text{{a}}{found[0]}\text{{b}}; % and & need no backslash among words",
                )
        tex = WORDS.sub(r"\\text{", tex)
    return _signs(tex) or _tables(tex) or _commands(tex)


def _signs(tex: str) -> tuple[str, str] | None:
    if tex.isascii() and "%" not in tex and "#" not in tex:
        return None
    found = SIGN.search(COMMENT.sub("", tex) if "\n" in tex else tex)
    if not found:
        return None
    if sign := found[2]:
        return f"Anki cannot set “{sign}” in a formula", rf"write it as words, \text{{{sign}}}"
    if found[1] == "%":
        return "“%” begins a comment, so that the rest is not shown", r"write \% for the sign"
    return "Anki cannot set “#” in a formula", r"write \# for the sign"


def _tables(tex: str) -> tuple[str, str] | None:
    """What of tables is lost."""
    for found in ENVIRONMENT.finditer(tex) if "\\begin" in tex else ():
        if found[2] not in AS_THEY_ARE and found[2] not in IN_OTHER_WORDS:
            known = "aligned, cases, pmatrix, bmatrix, vmatrix and array"
            return f"“{found[2]}” is no environment that can be printed", f"known are {known}"
    for found in PREAMBLE.finditer(tex) if "{array}" in tex else ():
        if others := found[1].replace(" ", "").strip("lcr"):
            if set(others) <= set("lcr|"):
                return RULES
            return (
                f"“{found[1]}” is no form of columns that can be printed",
                "write a letter for each column: l, c or r, as in {lcr}",
            )
    if "line" in tex and RULE.search(tex):
        return RULES
    return None


RULES = (
    "rules between rows and columns are not printed",
    "for a bar between columns, write a column of bars, {ccc} and 1 & | & 2; else a table in Markdown, with formulas in its cells",
)


def _commands(tex: str) -> tuple[str, str] | None:
    """What MathJax does not know, or takes otherwise."""
    if found := BRACE.search(tex):
        wrong = found[0]
        return (
            f"“{wrong}” stands before a brace of TeX's",
            rf"write {wrong[:-1]}\{wrong[-1]} for the sign",
        )
    for command in COMMAND.findall(tex):
        if command in OVERPRINTED:
            return f"{command} is not printed", "leave it out"
        if command in INSTEAD or _is_strange(command):
            hint = f"write {INSTEAD[command]}" if command in INSTEAD else STRANGE
            return f"{command} is not known to Anki", hint
    return None


STRANGE = "look up its name, which must be one of MathJax's; words stand in \\text{…}"


def _is_strange(command: str) -> bool:
    """Whether latex2mathml has a sign for it and MathJax has none. What neither knows is not asked for here."""
    from latex2mathml.symbols_parser import SYMBOLS

    return command in SYMBOLS and command[1:] not in signs_of_mathjax()


@functools.cache
def signs_of_mathjax() -> frozenset[str]:
    """The names of signs that MathJax knows, among those that latex2mathml has; a test asks Anki's for them."""
    return frozenset(Path(__file__).with_name("mathjax.txt").read_text("ascii").split())
