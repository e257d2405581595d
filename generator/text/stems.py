"""The words of a text that carry its meaning, without their endings: what two texts share, whatever its grammar.

Rough on purpose. Endings are cut by a list, not by a dictionary: “skilled” and “skills” meet, “taught” and “teach” do
not. A language without an entry keeps all its words whole.
"""

import functools
import re
from collections.abc import Iterable, Iterator

from ..late import late
from . import scripts

WORD = re.compile(r"\w+")
OTHER_SENTENCE = late(r"(?<=[.!?…:;؟؛۔।])[”’\"»]?\s+|(?<=[。！？：；｡])[」』）”’]?\s*| · ")
# ASCII with a blank for all that stands between words: `translate` with it and `split` take a third of a pattern's time, and half
# of that with a mapping of the blanks alone, which it would ask in vain for each letter.
SPACED = "".join(char if char.isalnum() else " " for char in map(chr, range(128)))
SENTENCE = late(r"(?<=[.!?…:;])[”’\"]?\s+| · ")
LEAST = 4  # letters that are left of a word when its ending is cut


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# Words that say nothing by themselves, by language.
EMPTY = {
    "en": _listed(
        "a about above after again against all also always am an and another any anybody anyone anything are as at away "
        "back be became because become becomes been before being below between both but by called calls can cannot case "
        "come comes could did do does doing done down each either else enough even ever every everybody everyone first "
        "for from gets give gives go goes had has have having he hence her here hers herself him himself his how however "
        "i if in instead into is it its itself just keep keeps last least less let lets like made make makes many may me "
        "might mine more most much must my neither never no nobody none nor not nothing now of off often on once one "
        "only onto or other others our ours out over own part perhaps put rather s same say says second see seen "
        "she should since so some somebody someone something still such t take takes than that the their theirs them "
        "themselves then there these they thing things third this those though three through to together too toward "
        "towards two under until up upon us use used uses very was way ways we were what when where whether which while "
        "who whom whose why will with within without would yet you your yours"
    ),
    "de": _listed(
        "aber alle als also am an auch auf aus bei bin bis bist da damit dann das dass dein dem den der des die dies dir "
        "doch dort du durch ein eine einem einen einer eines er es etwas für gegen hat hatte ich ihm ihn ihr im in ins "
        "ist ja jede jeder jedes kann kein keine man mehr mein mit muss nach nein nicht nichts noch nur ob oder ohne "
        "schon sehr sein seine sich sie sind so über um und uns unter vom von vor war was wenn wer werden wie wir wird "
        "wo zu zum zur"
    ),
}
ENDINGS = {
    "en": _listed("ations ation ings ing ions ion edly ed ers er ies es ly s e y"),
    "de": _listed("ungen ung ern em en er es e n s"),
}
# Words that say nothing by themselves, and tell labels apart: “layer one” and “layer two”. Single letters do so in every language.
NUMBERS = frozenset(_listed("one two three first second third"))
SHORT = 3  # stems of an answer that a phrase shows only where they stand side by side
PHRASE = late(r"[,()\[\]“”„\"«»—–|/،、，]")
BETWEEN = frozenset(_listed("a an the of der die das des dem den ein eine von"))


class _Stems(dict[str, str]):
    """Words in lower case to their stems, made when first asked for; a word that says nothing has an empty one."""

    def __init__(self, language: str) -> None:
        self.empty = frozenset(EMPTY.get(language, ()))
        self.endings = ENDINGS.get(language, ())

    def __missing__(self, word: str) -> str:
        self[word] = found = "" if word in self.empty else self._stem(word)
        return found

    def _stem(self, word: str) -> str:
        if word.endswith(self.endings):
            for ending in self.endings:
                if word.endswith(ending) and len(word) - len(ending) >= LEAST:
                    return word[: -len(ending)]
        return word


_of_language = functools.cache(_Stems)


@functools.lru_cache(maxsize=1 << 15)  # several checks ask for the same texts
def stems(text: str, language: str) -> frozenset[str]:
    """The stems of the words of a plain text that mean something. `language` is the first part of a tag, such as “en”."""
    return frozenset(filter(None, _found(text, language)))


def with_stems(known: frozenset[str], texts: Iterable[str], language: str) -> frozenset[str]:
    """These stems and those of several texts, for which nobody asks again. The empty one may be among them, which no other set of
    stems has.
    """
    return known.union(_found("\n".join(texts), language))


def _found(text: str, language: str) -> Iterable[str]:
    return map(_of_language(language).__getitem__, _words(text.lower()))


def _words(text: str) -> list[str]:
    text = text.replace("…", " ")  # which would take the long way with all questions of clozes
    if text.isascii():
        return text.translate(SPACED).split()
    if scripts.OTHER.search(text):
        return list(_with_neighbours(text))
    return WORD.findall(text.replace("_", " "))


def _with_neighbours(text: str) -> Iterator[str]:
    """Words of any script. Where each character is one, so are any two that stand side by side: 出口 is not shown by 口から出る."""
    before = ""
    for word in scripts.words(text.replace("_", " ")):
        yield word
        unspaced = scripts.UNSPACED.match(word) is not None
        if unspaced and before and before + word in text:
            yield before + word
        before = word if unspaced else ""


def tells_apart(label: str, other: str) -> bool:
    """Whether a label has a single letter or a number that another one lacks: “T wave” and “P wave”."""
    lacking = set(_words(label.lower())).difference(_words(other.lower()))
    return any(len(word) == 1 or word.isdigit() or word in NUMBERS for word in lacking)


def stand_together(text: str, answer: str, language: str) -> bool:
    """Whether one phrase of a sentence has the stems of an answer as near to each other as the answer itself has them. What a long
    answer says may be said in other words: it is not asked for.
    """
    wanted = stems(answer, language)
    if not 1 < len(wanted) <= SHORT:
        return True
    room = max((len(each) for each in _spans(answer, wanted, language)), default=0)
    if not room:  # its own phrases part it
        return True
    for phrase in PHRASE.split(text):
        found = _in_order(phrase, language)
        if any(wanted <= set(found[at : at + room]) for at in range(len(found))):
            return True
    return False


def _spans(answer: str, wanted: frozenset[str], language: str) -> Iterator[list[str]]:
    """The stems of a phrase of an answer that has all of the wanted ones, from the first of them to the last."""
    for phrase in PHRASE.split(answer):
        found = _in_order(phrase, language)
        places = [at for at, stem in enumerate(found) if stem in wanted]
        if wanted <= set(found):
            yield found[places[0] : places[-1] + 1]


def _in_order(phrase: str, language: str) -> list[str]:
    """The stems of a phrase in order, empty for words that say nothing; articles and “of” left out."""
    known = _of_language(language)
    return [known[word] for word in _words(phrase.lower()) if word not in BETWEEN]


def shows(text: str, wanted: frozenset[str], language: str) -> bool:
    """Whether a plain text has all these stems."""
    return may_show(text.lower(), wanted) and wanted <= stems(text, language)


def may_show(lower: str, wanted: frozenset[str]) -> bool:
    """Whether a plain text in lower case could have all these stems, each of which begins a word: told without looking at
    its words, which takes long.
    """
    for stem in wanted:  # noqa: SIM110 - `all` takes twice as long
        if stem not in lower:
            return False
    return True


def sentences(text: str) -> list[str]:
    """The sentences of a plain text, and the parts of one that a colon, a semicolon or a middle dot sets off."""
    ends = SENTENCE if text.isascii() or not scripts.OTHER.search(text) else OTHER_SENTENCE
    return [part for part in ends.split(text) if part]
