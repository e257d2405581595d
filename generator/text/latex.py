"""A text in LaTeX between `[latex]` and `[/latex]`, which Anki draws as a picture, as HTML: its formulas, and what texts there hold
beside them. What else it says stands as it is written.
"""

import re

from ..late import late

HELD = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
ALONE = r"equation|align|alignat|gather|multline|eqnarray|displaymath"
# The formulas, from those that stand alone to chemistry without signs around it; before them, what begins none though a sign of
# theirs stands behind it: the end of a line, and a dollar that is shown.
FORMULA = late(
    rf"\\[\\$]|\$\$(?P<block>.+?)(?<!\\)\$\$|\$(?P<line>.+?)(?<!\\)\$|\\\[(?P<bracket>.+?)\\\]|\\\((?P<round>.+?)\\\)"
    rf"|(?P<env>\\begin\{{(?P<name>(?:{ALONE})\*?)\}}(?P<inner>.+?)\\end\{{(?P=name)\}})|(?P<ce>\\ce{HELD})",
    re.DOTALL,
)
# Environments of which a formula has the inside alone.
BARE = frozenset(("equation", "equation*", "displaymath"))
# What TeX reads no further than, up to the next line; behind the end of a line (two backslashes) too.
COMMENT = late(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n\s*|\Z)")
LIST = late(r"\\begin\{(itemize|enumerate|description)\}(.*?)\\end\{\1\}", re.DOTALL)
TABLE = late(r"\\begin\{tabular\}(?:\[\w\])?\{[^{}]*\}(.*?)\\end\{tabular\}", re.DOTALL)
LINE = late(r"\\\\(?:\[[^\[\]]*\])?\*?|\\newline\b|\\par\b")
AROUND = {
    **dict.fromkeys(("textbf", "textsc"), "b"),
    **dict.fromkeys(("textit", "emph", "textsl"), "i"),
    "texttt": "code",
    "underline": "u",
    **dict.fromkeys(("text", "textrm", "textsf", "textnormal", "mbox"), ""),
}
COMMAND = late(rf"\\({'|'.join(AROUND)}){HELD}")
# The older way, {\bf words}: a command that holds up to the end of its braces.
GROUP = late(
    r"\{\\(bf|it|em|sl|sc|tt|rm|sf|bfseries|itshape|slshape|scshape|ttfamily|rmfamily|sffamily)(?![A-Za-z])\s*"
    + HELD[2:]
)
HOLDS = {
    "bf": "textbf",
    "it": "textit",
    "em": "emph",
    "sl": "textsl",
    "sc": "textsc",
    "tt": "texttt",
    "rm": "textrm",
    "sf": "textsf",
}
ITEM = late(r"\\item\b\s*(?:\[([^\[\]]*)\])?\s*")
NESTED = 4  # how deep these stand in each other
DROPPED = late(
    r"\\(?:hline|noindent|centering|(?:small|med|big)skip|begin\{(?:center|flushleft)\}|end\{(?:center|flushleft)\})\s*"
)
SIGNS = (
    (late(r"\\l?dots\b(?:\{\})?"), "…"),
    (late(r"---"), "—"),
    (late(r"--"), "–"),
    (late(r"``"), "“"),
    (late(r"''"), "”"),
    (late(r"(?<!\\)~"), "\xa0"),
    (late(r"\\(amp;|[%#_{}$]|&amp;)"), r"\1"),
    (late(r"\\ "), " "),
)


def as_html(tex: str) -> str:
    """HTML of a text in LaTeX; its formulas are elements, `anki-mathjax`."""
    formulas: list[str] = []

    def kept(found: re.Match[str]) -> str:
        kind = found.lastgroup
        if kind is None:
            return found[0]
        if found["env"]:
            inner = found["inner"] if found["name"] in BARE else found["env"]
            formulas.append(element(inner, block=True))
        else:
            said = next(
                filter(None, (found[each] for each in ("block", "line", "bracket", "round", "ce")))
            )
            formulas.append(element(said, block=kind in ("block", "bracket")))
        return f"\x00{len(formulas) - 1}\x00"

    tex = COMMENT.sub(r"\1", tex.replace("\x00", "")).replace("\n", " ")
    words = _words(FORMULA.sub(kept, tex))
    return re.sub("\x00([0-9]+)\x00", lambda found: formulas[int(found[1])], words)


def element(tex: str, *, block: bool) -> str:
    """The element of a formula."""
    said = ' block=""' if block else ""
    return f"<anki-mathjax{said}>{tex}</anki-mathjax>"


def is_left(tex: str) -> bool:
    """Whether something of a text in LaTeX stands as it is written."""
    return "\\" in re.sub("<anki-mathjax.*?</anki-mathjax>", "", as_html(tex), flags=re.DOTALL)


def _words(tex: str) -> str:
    """HTML of what stands beside formulas."""
    tex = TABLE.sub(_table, LIST.sub(_list, DROPPED.sub("", tex)))
    tex = LINE.sub("<br>", tex)
    for _ in range(NESTED):
        tex = COMMAND.sub(_around, GROUP.sub(_as_command, tex))
    for sign, instead in SIGNS:
        tex = sign.sub(instead, tex)
    return tex


def _as_command(found: re.Match[str]) -> str:
    return f"\\{HOLDS[found[1][:2]]}{{{found[2]}}}"


def _around(found: re.Match[str]) -> str:
    name = AROUND[found[1]]
    return f"<{name}>{found[2]}</{name}>" if name else found[2]


def _list(found: re.Match[str]) -> str:
    name = "ol" if found[1] == "enumerate" else "ul"
    _, *parts = ITEM.split(found[2])
    labels = parts[::2]
    items = [
        f"{label or ''} {words.strip()}".strip()
        for label, words in zip(labels, parts[1::2], strict=True)
    ]
    if all(labels):  # which stand in place of signs and numbers
        return "".join(f"<div>{item}</div>" for item in items)
    return f"<{name}>{''.join(f'<li>{item}</li>' for item in items)}</{name}>"


def _table(found: re.Match[str]) -> str:
    rows = [row for row in LINE.split(found[1]) if row.strip()]
    cells = (re.split(r"(?<!\\)&amp;|(?<!\\)&(?!\w+;)", row) for row in rows)
    made = "".join(
        f"<tr>{''.join(f'<td>{cell.strip()}</td>' for cell in row)}</tr>" for row in cells
    )
    return f"<table>{made}</table>"
