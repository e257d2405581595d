"""Backslashes in double quotes of which YAML makes signs that nobody wrote: `"$a \\times b$"` becomes a tab and “imes”.

Programs write whole courses so, as JSON: an end of a line as `\\n`, a slash as `\\/`, letters as `\\u00e9`. That stays what it is
wherever a program may have written it.
"""

import re
from collections.abc import Iterator

from ..late import late
from ..problems import Problem, Span

# What YAML makes of a letter behind a backslash, apart from ends of lines, which JSON writes so.
MADE = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
ESCAPE = late(r"\\(.)", re.DOTALL)
DRIVE = late(r"(?:^|\W)[A-Za-z]:$")  # before the first backslash of a path on Windows
TEX = late(
    r"t(?:imes|ext(?:bf|it|rm|sf|tt|style|color)?|au|o|h(?:eta|erefore)|anh?|ilde|frac|op|riangle\w*)(?![a-z])"
)
# The same of names that begin with n: those that are no words behind an end of a line, and all.
TEX_N = "abla|ewline|ewcommand|otin|olimits|onumber|ormalsize|earrow|warrow|leq|geq|subseteq"
IN_TEX = late(rf"n(?:{TEX_N}|eg?|eq|ot|[ui]|mid|sim|cong|exists|parallel)(?![A-Za-z])")
WRITTEN = late(r"\\(?:x[0-9A-F]{2}|u[0-9A-F]{4}|U[0-9A-F]{8})")  # a letter as a program writes it
LINE = late(r"\n(?=(?:abla|eg?|eq|ot|otin|[ui])(?![A-Za-z]))")
# An escape that is spoken of: before the name of a command, a comma or the like, alone between quotation marks, or behind a word
# such as “escape”.
SPOKEN_OF = late(
    rf"(?:^|[\s(=+-])(?P<name>\\n)(?:(?:{TEX_N})(?![A-Za-z])|eq(?=[\s\d(\\$]))"
    r"|(?:^|[\s(])(?P<sign>\\[nt])(?=[,;)?!]|\.(?!\.))"
    r"|(?:^|[\s(\[])(?:\\\"|['“„‘«])(?P<quoted>\\[nt])(?=\\\"|['”“’»])"
    r"|(?:^(?:What|Was) (?:is|ist)|\b(?:escape|sequence|character|caractère|carácter|[Zz]eichen|does|do|bedeutet|macht|bewirkt))"
    r" (?P<called>\\[nt])(?=\s)"
)
NEAR = late(r"\\[nt](?<=[\s(\[\"'“„‘«=+-]..)")  # without which none is spoken of within a text
# Code in a line, and blocks of it, in which nothing is looked for; and formulas.
CODE = late(
    r"(?P<fence>`{3,}|~{3,}).*?(?:(?P=fence)|\Z)|(?:(?<![\w`\\])|(?<=\\[nt]))`(?P<line>(?!\\n\s)[^`\s][^`]*)`(?![\w`])",
    re.DOTALL,
)
FORMULA = late(r"(?<![\\$\w])\$(?P<line>[^$\s0-9][^$`]*)(?<!\s)\$(?![\w$])")
# An end of a line in code that nobody has wrapped there, by what stands beside it: "a\n", [^\n], '\n', (\n|;), `\n`, \newline.
MEANT = late(rf"(?<=[\"'(\[^|])\\n|\\n(?:[)\]|]|(?:{TEX_N})(?![A-Za-z]))|(?<=`)\\n`")
CLOSED = late(r"\\n(?:\\\"|')")
WIDE = 40  # columns: nobody wraps a paragraph in fewer
HINT = "write the text in single quotes or as a block (“>-”), where a backslash stays one; or double it"
NAMES = {
    "t": "a tab",
    "r": "an end of a line",
    "n": "an end of a line",
    "_": "a no-break space",
    " ": "a blank",
    "/": "“/”",
}
DIGITS = {"x": 2, "u": 4}


def misread(path: str, quoted: str, line: int, column: int, before: str) -> Problem | None:
    """What is wrong with the first such backslash in a text with its double quotes, as it stands in its file from this line and
    column on, counted from 0, behind `before`.
    """
    raw = quoted[1:-1]
    program = before.rstrip().endswith(('":', "[", ","))
    found = min(_astray(raw, program=program), key=lambda each: each[0], default=None)
    if found is None:
        return None
    at, made, width = found
    above, begins = raw.count("\n", 0, at), raw.rfind("\n", 0, at) + 1
    here = at - begins + (0 if above else column + 1)
    message = f"in double quotes, YAML makes {made} of “{raw[at : at + width]}”"
    span = Span(path, line + above + 1, here + 1, here + width + 1)
    return Problem(span, "yaml-escape", message, HINT)


Astray = tuple[int, str, int]  # where an escape stands, what YAML makes of it, and how long it is


def _astray(raw: str, *, program: bool) -> Iterator[Astray]:
    """The first of each sort that is told. Whether a program wrote the text is asked where its own escapes look alike."""
    if found := _anywhere(raw):
        yield found.start(), _made(found[1]), 2
    codes = [*CODE.finditer(raw)] if "`" in raw or "~~~" in raw else []
    outside = CODE.sub(lambda code: "`" * len(code[0]), raw) if codes else raw
    if (raw.startswith(("\\n", "\\t")) or NEAR.search(raw)) and (
        found := SPOKEN_OF.search(outside)
    ):
        at = found.start(found.lastgroup or 0)
        yield at, _made(raw[at + 1]), 2
    ends = raw.count("\\n") if codes else 0
    for first, last in (code.span("line") for code in codes if code["line"]):
        alone = ends == raw.count("\\n", first, last)
        yield from _in_code(raw, first, last, alone=alone, program=program)
    for formula in FORMULA.finditer(outside) if "$" in raw and "\\n" in raw else ():
        for each in ESCAPE.finditer(raw, *formula.span("line")):
            if each[1] == "n" and IN_TEX.match(raw, each.start() + 1):
                yield each.start(), _made("n"), 2


def _made(letter: str) -> str:
    """What YAML makes of a letter behind a backslash, in words."""
    return NAMES.get(letter, "a sign that nobody can see")


def _anywhere(raw: str) -> re.Match[str] | None:
    """The first backslash of which YAML makes what nobody can have meant, wherever it stands. The end of a line may be meant, and
    in code a tab.
    """
    begin = len(raw) - len(raw.lstrip())
    fences = quotes = since = 0
    for found in ESCAPE.finditer(raw):
        letter, at, behind = found[1], found.start(), raw[found.end() : found.end() + 1]
        if letter in "tn" and behind.isalnum() and DRIVE.search(raw[max(0, at - 3) : at]):
            return found
        if letter == "t":
            fences += raw.count("```", since, at)
            quotes += raw.count("`", since, at)
            since = at
            if not fences % 2 and (quotes % 2 or at <= begin or TEX.match(raw, at + 1)):
                return found
        elif letter == "r":
            if raw[found.end() : found.end() + 2] != "\\n":  # as an end of a line of Windows
                return found
        elif letter in MADE and (letter != "_" or _in_name(raw, at)):
            return found
    return None


def _in_name(raw: str, at: int) -> bool:
    """Whether the backslash before “_” stands in a name, and is no no-break space as a program writes one: beside blanks, numbers
    and signs, and in texts in which it writes other letters so.
    """
    before, behind = raw[at - 1 : at], raw[at + 2 : at + 3]
    begins = not before or before.isalpha() or before in " `("
    return begins and behind.isalnum() and not WRITTEN.search(raw)


def _in_code(raw: str, first: int, last: int, *, alone: bool, program: bool) -> Iterator[Astray]:
    """The escapes in code within a line, where each backslash was meant: its ends of lines, unless a paragraph was wrapped there,
    slashes and blanks, and letters that need no escape. `alone` says whether no line ends elsewhere in the text.
    """
    quoted, since = False, first
    for found in ESCAPE.finditer(raw, first, last):
        letter, at = found[1], found.start()
        quoted ^= bool((raw.count('"', since, at) + raw.count("'", since, at)) % 2)
        since = at
        if letter == "n":
            line = raw[max(0, at - WIDE) : at]
            short = len(line) < WIDE or "\\n" in line or "\n" in line
            if (
                MEANT.match(raw, at)
                or (quoted and CLOSED.match(raw, at))
                or (alone and short and not raw[at + 2 : at + 3].isspace())
            ):
                yield at, _made(letter), 2
        elif (letter == "/" and not program) or (
            letter == " " and at > first and not raw[at - 1].isspace()
        ):
            yield at, _made(letter), 2
        elif digits := DIGITS.get(letter, 0):
            sign = chr(int(raw[at + 2 : at + 2 + digits], 16))
            if sign.isascii() and (sign.isalnum() or (letter == "x" and sign.isprintable())):
                yield at, f"“{sign}”", 2 + digits


def meant(value: str) -> str:
    """What was read of such a text with letters in place of what YAML made of them, so that nothing else is told of that."""
    for letter, made in MADE.items():
        value = value.replace(made, letter)
    return LINE.sub("n", value)
