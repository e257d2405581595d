"""Words that the prompt rules look for, by language. A language without an entry skips the rules that need one."""

import re
import sys
from collections.abc import Iterable

from ..frozen import dataclass
from ..late import late
from ..text import scripts
from ..text.scripts import UNSPACED
from ..text.stems import SPACED


@dataclass(frozen=True, slots=True)
class Wording:
    """All in lower case. `yes_no`: verbs that open a yes/no question; `names`: those of them that are names too;
    `yes`: openings of an answer to one; `either`: the word between two alternatives; `vague`: commands that no one
    answer fulfils; `pointers`: words that point to something outside the card when it begins with them;
    `names_nobody`: phrases for somebody or something that the card does not name; `unnamed`: such phrases that a name
    behind them may name, or what `naming` finds there; `among`: phrases that ask to choose among what has been named;
    `clause`: words of a clause, before which the language sets a comma that parts no items; `asking`: words that open
    a question; `one`: words that ask for a place, a time or an address, whose parts commas set off; `last`: the word before the
    last item of a list.
    """

    yes_no: frozenset[str]
    yes: frozenset[str]
    either: str
    vague: frozenset[str] = frozenset()
    pointers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    names_nobody: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    naming: str = ""
    among: tuple[str, ...] = ()
    clause: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    one: frozenset[str] = frozenset()
    last: str = ""

    def names_either(self, text: str, found: list[str]) -> bool:
        """Whether a plain text, which has these words, names alternatives."""
        unspaced = not self.either.isascii() and UNSPACED.match(self.either)
        if self.either in found or (unspaced and self.either in text):
            return True
        lower = text.lower()
        return any(phrase in lower for phrase in self.among)

    def says_yes(self, text: str, asked: list[str]) -> bool:
        """Whether an answer to a question of these words says yes or no: with a comma or a stop behind it, or with that word alone
        where the question asks for no word.
        """
        text = text.lstrip(" “„«\"'*(")
        word = next((word for word in self.yes if text[: len(word)].lower() == word), "")
        rest = text[len(word) :]
        if not word or not rest.strip(" .!”“»\"')"):
            return bool(word) and self.asking.isdisjoint(asked)
        unspaced = not word.isascii() and UNSPACED.match(word)
        return bool(ENDED.match(rest) or (unspaced and rest[0].isspace()))

    def asks_for_one(self, question: str, answer: str) -> bool:
        """Whether a question asks for one place or time, and an answer names no more."""
        if self.one.isdisjoint(words(question)) or self.last in words(answer):
            return False
        said = sentences(unquoted(question))
        return any(map(self._of_one, [each for each in said if questions(each)] or said[-1:]))

    def _of_one(self, sentence: str) -> bool:
        """Whether the word that asks in a sentence asks for a place or a time: “When did it rain?”, not “What rises when it rains?”
        nor “When it rains, what rises?”.
        """
        behind: list[str] = []  # what is asked for by another word, with what follows it
        asked = False
        for clause in map(words, CLAUSE.split(sentence)):
            at = next((at for at, word in enumerate(clause) if word in self.asking), -1)
            if at < 0:
                continue
            if clause[at] not in self.one:
                behind = behind or clause[at:]
            elif at <= FEW or at == len(clause) - 1:
                if self.yes_no.intersection(clause[at + 1 : at + 2]) and not behind:
                    return True
                asked = not behind
        nouns = self.one - self.asking  # “What is the date?”
        if behind:
            return not nouns.isdisjoint(behind)
        return asked or not nouns.isdisjoint(words(sentence))

    def opens_yes_no(self, found: list[str]) -> bool:
        """Whether a sentence of these words opens like a yes/no question: “May” and “Will” may be somebody or a month."""
        if not found or found[0] not in self.yes_no:
            return False
        after = found[1] if len(found) > 1 else ""
        is_name = after in self.yes_no or after.isdigit() or not self.asking.isdisjoint(found)
        return not (found[0] in self.names and is_name)

    def points(self, text: str, found: list[str]) -> bool:
        """Whether a question, which has these words, begins with one that points outside the card; “IT” and “ER” are none."""
        if not found or found[0] not in self.pointers or text.startswith(("“", "„", '"', "[")):
            return False
        first = WORD.search(text)
        return not (first and len(first[0]) > 1 and first[0].isupper() and not text.isupper())

    def nobody(self, text: str) -> str:
        """The phrase of a plain text for somebody or something that is not named there; empty where there is none."""
        lower = text.lower()
        for phrase in (*self.names_nobody, *self.unnamed):
            if phrase in lower:
                for found in re.finditer(rf"\b{phrase}\b", text, re.IGNORECASE):
                    rest = text[found.end() :]
                    name = rest[:1].isspace() and rest.lstrip(' “„«"')[:1].isupper()
                    named = name or re.match(self.naming, rest, re.IGNORECASE)
                    if phrase in self.names_nobody or not named:
                        return phrase
        return ""


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
        names=frozenset({"may", "will"}),
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
        names_nobody=("the book says", "as mentioned", "the above"),
        unnamed=("the author", "the authors", "the text"),
        naming=r"\s+(?:of|by)\s+(?!this\b|these\b|the (?:book|text|article)\b)",
        among=("which of the", "which of these", "which of them", "of the two"),
        one=frozenset(["where", "when", "address", "date"]),
        last="and",
        clause=frozenset(
            [
                *(
                    "that",
                    "whether",
                    "who",
                    "whom",
                    "whose",
                    "which",
                    "where",
                    "when",
                    "why",
                    "how",
                ),
                *("if", "because", "while", "although", "though", "since", "so", "but", "among"),
                *("not", "thus", "hence", "however", "according"),
            ]
        ),
        asking=frozenset(["what", "who", "whom", "whose", "which", "when", "where", "why", "how"]),
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
        names_nobody=("wie erwähnt",),
        unnamed=("der autor", "die autorin", "der text"),
        naming=r"\s+(?:von|vom|des|der|eines|einer)\s+(?!dieses\b|buche?s\b|textes\b)",
        among=("welche von", "welcher von", "welches von", "von beiden"),
        clause=frozenset(
            [
                *("dass", "ob", "was", "wer", "wen", "wem", "wie", "wo", "wann", "warum"),
                *("wenn", "weil", "damit", "indem", "während", "bevor", "um", "ohne", "zu"),
            ]
        ),
        one=frozenset(["wo", "wann", "woher", "wohin", "adresse", "anschrift", "datum"]),
        last="und",
        asking=frozenset(
            [
                *("was", "wer", "wen", "wem", "wessen", "wann", "wo", "woher", "wohin"),
                *("welche", "welcher", "welches", "welchen", "warum", "wieso", "wozu", "wie"),
                *("woraus", "womit", "woran", "worauf", "wobei"),
                *("wodurch", "wofür", "worin", "worüber", "wovon"),
            ]
        ),
    ),
    "ar": Wording(yes_no=frozenset({"هل"}), yes=frozenset({"نعم", "لا"}), either="أم"),
    "he": Wording(yes_no=frozenset({"האם"}), yes=frozenset({"כן", "לא"}), either="או"),
    "ja": Wording(yes_no=frozenset(), yes=frozenset({"はい", "いいえ"}), either="それとも"),
    "ko": Wording(yes_no=frozenset(), yes=frozenset({"네", "아니요"}), either="아니면"),
    "th": Wording(yes_no=frozenset(), yes=frozenset({"ใช่", "ไม่ใช่"}), either="หรือ"),
    "zh": Wording(yes_no=frozenset(), yes=frozenset({"是的", "不是"}), either="还是"),
}

WORD = late(r"[^\W_]+(?:[’'-][^\W_]+)*")
# Opening quotation marks, each with the marks that may close it.
ENDS = {
    "“": late("”"),
    "„": late("[“”]"),
    "«": late("»"),
    '"': late('"'),
    "「": late("」"),
    "『": late("』"),
}
CLAUSE = late("[,;:–—]")
FEW = 2  # words before the one that asks: “In and from where?”
OPENING = late('[“„«"「『]')
# Behind a yes or no that says so; “No. 5” is a number.
ENDED = late(r"[”“»\"')]*(?:\s*(?:[,;:!…–—(،؛、。，！：；（]|\.(?!\s*[0-9]))|\s-\s)")
SENTENCE = late(r"(?<=[.!?…])[”’\"]?\s+")
OTHER_SENTENCE = late(r"(?<=[.!?…؟۔।])[”’\"»]?\s+|(?<=[。！？｡])[」』）”’]?\s*")
QUESTION = re.compile("[?？؟]")
COMMA = late(r"[,;·]\s")
OTHER_COMMA = late(r"[,;·،؛]\s|[、，；]")


def words(text: str) -> list[str]:
    """The words of a plain text, in lower case. “don’t” and “double-loop” are one word each, and each character of a script that
    sets no blanks (`text/scripts.py`).
    """
    text = text.replace("…", " ")  # which would take the long way with all questions of clozes
    if text.isascii() and "'" not in text and "-" not in text:
        return _kept(text.lower().translate(SPACED).split())
    # Not before they are found: `lower` may make two characters of one (İ), and two words of its word.
    found = scripts.words(text, "’'-") if scripts.OTHER.search(text) else WORD.findall(text)
    return _kept(word.lower() for word in found)


def _kept(words: Iterable[str]) -> list[str]:
    """The words as a list; each is kept once in memory, however many cards have it."""
    return list(map(sys.intern, words))


def sentences(text: str) -> list[str]:
    """The sentences of a plain text."""
    plain = text.isascii() or not scripts.OTHER.search(text)
    return [part for part in (SENTENCE if plain else OTHER_SENTENCE).split(text) if part]


def questions(text: str) -> int:
    """How many question marks a text has."""
    return text.count("?") if text.isascii() else len(QUESTION.findall(text))


def first_word(text: str) -> str:
    """The first word of a plain text in lower case; empty where there is none."""
    if not text.isascii() and scripts.OTHER.search(text):
        return next(iter(words(text)), "")
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
