"""Words that the prompt rules look for, by language. A language without an entry skips the rules that need one."""

import re

from ..frozen import dataclass
from ..text.stems import SPACED


@dataclass(frozen=True, slots=True)
class Wording:
    """All in lower case. `yes_no`: verbs that open a yes/no question; `yes`: openings of an answer to one;
    `either`: the word between two alternatives; `vague`: commands that no one answer fulfils; `pointers`: words that
    point to something outside the card when it begins with them; `names_nobody`: phrases for somebody or something
    that the card does not name.
    """

    yes_no: frozenset[str]
    yes: frozenset[str]
    either: str
    vague: frozenset[str]
    pointers: frozenset[str]
    names_nobody: tuple[str, ...]


LANGUAGES = {
    "en": Wording(
        yes_no=frozenset(
            [
                "is",
                "are",
                "was",
                "were",
                "do",
                "does",
                "did",
                "can",
                "could",
                "will",
                "would",
                "should",
                "has",
                "have",
                "had",
                "may",
                "might",
                "must",
            ]
        ),
        yes=frozenset({"yes", "no"}),
        either="or",
        vague=frozenset(
            [
                "describe",
                "discuss",
                "explain",
                "elaborate",
                "outline",
                "summarize",
                "summarise",
                "tell",
                "comment",
            ]
        ),
        pointers=frozenset(
            ["this", "these", "those", "it", "he", "she", "they", "its", "his", "their", "here"]
        ),
        names_nobody=("the author", "the book says", "the text", "as mentioned", "the above"),
    ),
    "de": Wording(
        yes_no=frozenset(
            [
                "ist",
                "sind",
                "war",
                "waren",
                "hat",
                "haben",
                "kann",
                "können",
                "darf",
                "muss",
                "soll",
                "wird",
                "gibt",
            ]
        ),
        yes=frozenset({"ja", "nein"}),
        either="oder",
        vague=frozenset(
            [
                "beschreibe",
                "beschreiben",
                "diskutiere",
                "diskutieren",
                "erkläre",
                "erklären",
                "erläutere",
            ]
        ),
        pointers=frozenset(["dies", "diese", "dieser", "dieses", "es", "er", "sie", "hier"]),
        names_nobody=("der autor", "die autorin", "der text", "wie erwähnt"),
    ),
}

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
# Opening quotation marks, each with the marks that may close it.
ENDS = {"“": re.compile("”"), "„": re.compile("[“”]"), "«": re.compile("»"), '"': re.compile('"')}
OPENING = re.compile('[“„«"]')


def words(text: str) -> list[str]:
    """The words of a plain text, in lower case. “don’t” and “double-loop” are one word each."""
    if text.isascii() and "'" not in text and "-" not in text:
        return text.lower().translate(SPACED).split()
    # Not before they are found: `lower` may make two characters of one (İ), and two words of its word.
    return [word.lower() for word in WORD.findall(text)]


def first_word(text: str) -> str:
    """The first word of a plain text in lower case; empty where there is none."""
    found = WORD.search(text)
    return found[0].lower() if found else ""


def unquoted(text: str) -> str:
    """The text without what stands in quotation marks."""
    kept: list[str] = []
    at = 0
    unended: set[str] = set()  # opening marks that nothing closes from here on
    opened = OPENING.search(text)
    while opened:
        ended = None if opened[0] in unended else ENDS[opened[0]].search(text, opened.end())
        if ended:
            kept += [text[at : opened.start()], "“”"]
            at = ended.end()
        else:
            unended.add(opened[0])
        opened = OPENING.search(text, (ended or opened).end())
    return "".join([*kept, text[at:]])
