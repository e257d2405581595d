"""What is wrong with a course, and where: values, not exceptions. And `Refusal`, for what has no place in a course.

A `Problem` names its place with a `Span`. Rendering for people, for programs and for a CI log
lives here as well, so that every command reports in the same words.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from .codes import CODES, Level
from .frozen import dataclass
from .late import late
from .likeness import nearest

MOST = 20  # problems of a code that a person is shown
WIDEST = 130  # letters of a line that are shown, of which this many stand before the place of the problem
BEFORE = 40
LONGEST = 400  # letters of a message or a hint
QUOTED = late("“([^”]{80})[^”]+”")  # what is quoted at length
# Signs that would do something to a terminal are shown by their pictures.
PICTURES = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),  # which have none
    0x7F: 0x2421,
    **dict.fromkeys((0x2028, 0x2029), 0x2424),  # where a terminal may begin a new line
}


class Span(NamedTuple):
    """A stretch of one line of a file. `line`, `column` and `end` count from 1; `end` is exclusive."""

    path: str
    line: int = 1
    column: int = 1
    end: int = 2


class Sign(NamedTuple):
    """Some signs within a text: how many other than blanks stand before them, and the signs themselves."""

    before: int
    words: str


def sign(text: str, start: int, end: int) -> Sign:
    """What stands between two places of a text."""
    return Sign(len("".join(text[:start].split())), text[start:end])


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: `code` is stable and searchable, `hint` says what to do about it. Where it is some signs of a text, `span`
    is the text's own place until `source/places.py` finds theirs.
    """

    span: Span
    code: str
    message: str
    hint: str = ""
    sign: Sign | None = None

    def __post_init__(self) -> None:
        """Keep message and hint on a line each, whatever they quote: programs that read what is told read it by lines."""
        for name in ("message", "hint"):
            if len(lines := getattr(self, name).splitlines()) > 1:
                object.__setattr__(self, name, " ".join(filter(None, map(str.strip, lines))))

    @property
    def level(self) -> Level:
        """Whether it stops a build, which its code says."""
        return CODES[self.code].level

    def __str__(self) -> str:
        place = f"{self.span.path}:{self.span.line}:{self.span.column}"
        return f"{place}: {self.level}: {self.message} [{self.code}]"


class Refusal(Exception):  # noqa: N818 - it is no error of anyone's code
    """Why a command cannot do what it was asked to do, as a sentence for the person who asked.

    Raised where the reason is no place in the course's files: a damaged ledger, a version that does not fit.
    """


def visible(text: str) -> str:
    """A text that does nothing to a terminal but what tabs and line ends do."""
    return text.translate(PICTURES)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by file and place, without repeats."""
    return sorted(set(problems), key=lambda p: (p.span, p.level, p.code, p.message))


def so_many(count: int, one: str, many: str = "") -> str:
    """A count in words: “1 note”, “3 notes”. `many` stands where another “s” does not do."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def did_you_mean(word: str, known: Iterable[str], whole: Mapping[str, str] = {}) -> str:
    """A hint with the nearest known word, or nothing; `whole` has what is said instead of a part that was compared."""
    near = nearest(word, known)
    return f"did you mean “{whole.get(near, near)}”?" if near else ""


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only those that stop a build."""
    return [problem for problem in problems if problem.level == "error"]


def as_text(
    problems: Iterable[Problem], root: Path | None, unread: Collection[str] = ()
) -> list[str]:
    """Problems for a person, each with its place, an excerpt of the file below `root` and its hint: the first `MOST` of a code,
    and how many more there are; then how many in all. Nothing where there are none. A place begins with `root` as it was given, so
    that a terminal can open it. Without a root, what is wrong has a file and no place in it. Of files that are `unread`, by their
    paths, nothing is shown.
    """
    problems = list(problems)
    if not problems:
        return []
    files = {
        path: _lines(root / path) if root is not None and path not in unread else []
        for path in {problem.span.path for problem in problems}
    }
    wrong = len(errors(problems))
    total = f"{so_many(wrong, 'error')}, {so_many(len(problems) - wrong, 'warning')}"
    shown: list[Problem] = []
    counted: Counter[str] = Counter()
    for problem in problems:
        counted[problem.code] += 1
        if counted[problem.code] <= MOST:
            shown.append(problem)
    more = [
        f"and {count - MOST} more [{code}]: `coursedeck check --format json` lists all"
        for code, count in counted.items()
        if count > MOST
    ]
    laid_out = (_laid_out(p, files[p.span.path], root) for p in shown)
    return [*laid_out, *more, total]


def _laid_out(problem: Problem, file: Sequence[str], root: Path | None) -> str:
    span = problem.span
    told = f"{problem.level}: {_short(problem.message)} [{problem.code}]"
    place = span.path
    if root is not None:
        place = f"{(root / span.path).as_posix()}:{span.line}:{span.column}"
    lines = [f"{place}: {told}"]
    excerpt = file[span.line - 1] if 0 < span.line <= len(file) else ""
    if excerpt:
        excerpt, at, end = _cut(excerpt, span.column - 1, span.end - 1)
        margin = f"{span.line:>5} | "
        lines.append(margin + visible(excerpt))
        indent = "".join("\t" if c == "\t" else " " * _columns(c) for c in excerpt[:at])
        mark = "^" * max(1, sum(map(_columns, excerpt[at:end])))
        lines.append(" " * (len(margin) - 2) + "| " + indent + mark)
    if problem.hint:
        lines.append(f"      = hint: {_short(problem.hint)}")
    return "\n".join(lines)


def _short(text: str) -> str:
    """A message or a hint in which what is quoted or listed is no longer than a person reads."""
    text = QUOTED.sub(r"“\1…”", text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip(" ,") + "…"


def _columns(sign: str) -> int:
    """How many columns of a terminal a sign takes."""
    if sign.isascii():
        return 1
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:  # marks over others, and what nobody sees
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1


def _cut(line: str, at: int, end: int) -> tuple[str, int, int]:
    """As much of a line as is shown, and from where to where in it a place lies that is `at` to `end` of the whole line."""
    end = max(at + 1, min(end, len(line)))
    if len(line) <= WIDEST:
        return line, at, end
    start = max(0, min(at - BEFORE, len(line) - WIDEST)) if at > WIDEST - BEFORE else 0
    before = "…" if start else ""
    after = "…" if start + WIDEST < len(line) else ""
    stop = start + WIDEST - len(after)
    shown = before + line[start + len(before) : stop] + after
    return shown, at - start, min(end, stop) - start


def _lines(path: Path) -> list[str]:
    """The lines of a file; none where it cannot be read, and none of a picture or a sound, whose bytes nobody can read."""
    if path.suffix.lower() not in {".yaml", ".yml", ".csv", ".svg"}:
        return []
    try:
        text = path.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return []
    return [line.rstrip("\r") for line in text.split("\n")]


def as_rows(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """All problems as JSON has them, for editors and other programs."""
    return [
        {
            "path": p.span.path,
            "line": p.span.line,
            "column": p.span.column,
            "end": p.span.end,
            "severity": p.level,
            "code": p.code,
            "message": p.message,
            "hint": p.hint,
        }
        for p in problems
    ]


def as_github(problem: Problem, root: Path) -> str:
    """One problem below `root` as an annotation that a pull request on GitHub shows beside the line."""
    message = problem.message + (f" ({problem.hint})" if problem.hint else "")
    for character, escape in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        message = message.replace(character, escape)
    span = problem.span
    return (
        f"::{problem.level} file={(root / span.path).as_posix()},line={span.line},col={span.column},"
        f"title={problem.code}::{message}"
    )
