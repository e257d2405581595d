"""Signs that mean something in HTML, TeX, Anki or other forms of Markdown, and nothing here, or something else: the table of them.

What is looked at is a text without its code, formulas and addresses of links; each finding says what to write instead.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..late import late
from ..texts import Text
from . import formula, raised, ruby
from .markdown import LANGUAGE, to_tree
from .scripts import HAN, KANA
from .tree import plain


class Found(NamedTuple):
    """A few words on what stands there, what to write instead, from where to where it stands, and the code of the problem."""

    message: str
    hint: str
    start: int
    end: int
    code: str = "not-read"


IN_BACKQUOTES = "to show the signs themselves, put them in backquotes"
SCRIPTS = "H~2~O, Ca^2+^ or x^2^, or a formula such as $\\ce{Ca^2+}$"
RUBY = (
    "write 漢字{かんじ}, and ｜ before words that are not Chinese characters alone: ｜お茶{おちゃ}"
)
# What may stand on a line before the sign of a quotation: blanks, and the mark of an item.
QUOTING = r"^[ ]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ ]+)*"
SIGNS = (
    (
        late(r"(?<!\\)</?(?:ruby|r[btp])\b[^<>\n]*>"),
        "“{}” looks like HTML, which is not read",
        RUBY,
    ),
    (
        late(
            r"(?<!\])\{ *lang *=[^{}\n]{0,30}\}"
            rf"|(?<=\])(?!{LANGUAGE.pattern})\{{ *(?:lang|spoken)\b[^{{}}\n]{{0,30}}\}}"
        ),
        "“{}” is not read here",
        "write the language of words right behind their brackets: [駅]{lang=ja}, or [駅]{lang=ja spoken}",
    ),
    (
        late(r"(?<!\\)</?su[bp]\b[^<>\n]*>"),
        "“{}” looks like HTML, which is not read",
        f"write {SCRIPTS}; {IN_BACKQUOTES}, or write \\<",
    ),
    (
        late(r"(?<!\\)(?:</?(?!(?:ruby|r[btp]|su[bp])\b)[A-Za-z][^<>\n]*>|<!--)"),
        "“{}” looks like HTML, which is not read",
        f"write Markdown; {IN_BACKQUOTES}, or write \\<",
    ),
    (
        late(r"(?<!\\)&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);"),
        "“{}” is not read",
        f"write the character itself; {IN_BACKQUOTES}, or write \\&",
    ),
    (
        late(r"(?<!\\)\[/?(?:sound:|anki:|latex\]|\$\$?\])", re.IGNORECASE),
        "“{}” is a command of Anki, which is not read",
        f"write a formula between dollar signs; {IN_BACKQUOTES}",
    ),
    (
        late(r"^#{1,6}[ \t]", re.MULTILINE),
        "“{}” looks like a heading, which is not read",
        "write **words** for strong ones, or \\# for the sign",
    ),
    (
        late(
            r"\\\((?:[^()\n]|\([^()\n]*\))*\\\)"
            r"|\\\[(?:(?!\\\])[^\n\\^_={]){0,300}(?!\\\])[\\^_={](?:(?!\\\])[^\n]){0,300}\\\]"
        ),
        "“{}” looks like a formula between TeX's own signs",
        "write it between dollar signs: $x^2$, or $$x^2$$ for a line of its own",
    ),
    (
        late(r"\\begin\{\w+\*?\}"),
        "“{}” looks like TeX outside a formula",
        "write it between dollar signs",
    ),
    (
        late(r"(?<!\\)(?:\\\\)*\\[A-Za-z0-9]+"),
        "“{}”: a backslash before a letter or digit means nothing",
        f"write a formula between dollar signs; {IN_BACKQUOTES}, or write \\\\ for a backslash",
    ),
    (
        late(r"\\(?:[,;](?=\w)(?<=[\w.]\\.)|:(?=[A-Za-z])(?<=[0-9]\\:))"),
        "“{}”: learners see no blank of TeX outside of a formula, and no backslash",
        f"write a blank, or a formula between dollar signs; {IN_BACKQUOTES}, or write \\\\ for a backslash",
    ),
    (
        late(r"(?<!\\)\b[A-Za-z]:\\[_.$~@](?=[A-Za-z])"),
        "“{}” looks like a path, of which learners do not see this backslash",
        "put it in backquotes, or write \\\\ for a backslash",
    ),
    (
        late(r"(?<!\\)\[\^[^\]\n]{1,300}\]|^\[[^\]\n]+\]:\s|\w\]\[\w", re.MULTILINE),
        "“{}” looks like a note or a link by reference, which is not read",
        "write a link as [words](https://address)",
    ),
    (
        late(r"(?<![\\!])\[[^\[\]\n]*[^\W\d_][^\[\]\n]*\] \((?:https?://|mailto:)[^()\s]*\)"),
        "“{}” looks like a link, and is none",
        "no blank stands before its address: [words](https://address); write \\[ for the sign",
    ),
    (
        late(
            r"(?<![\\!])\[[^\[\]\n]+\]\(\u00b7+ [^()\n\"']*\)"
        ),  # the dots are the begin of an address
        "“{}” looks like a link, and is none",
        "no blank stands in its address: write %20; or \\[ for the sign",
    ),
    (
        late(
            r"(?<![\\!])\[[^\[\]()\n]{1,100}\((?:https?://|mailto:)[^\s()]*\)(?![^\[\n]{0,300}\])"
            r"|(?<![\\!])\[[^\[\]\n]{1,100}\]\(\u00b7+(?=[^)\n]*$)",
            re.MULTILINE,
        ),
        "“{}” looks like a link, and lacks a bracket",
        "write [words](https://address), or \\[ for the sign",
    ),
    (
        late(r"(?<![=\w\\<>!])==(?=[^\s=])[^=\n]{1,100}(?<=[^\s=])==(?![=\w])"),
        "“{}” looks like marked words, which are not read",
        f"write **words** for strong ones; {IN_BACKQUOTES}, or write \\=",
    ),
    (
        late(r"(?<![+\w\\])\+\+[^\W\d_]{2,40}\+\+(?![+\w])"),
        "“{}” looks like underlined words, which are not read",
        f"write **words** for strong ones; {IN_BACKQUOTES}, or write \\+",
    ),
    (
        late(r"(?<!\\)\[(b|i|u|s|url|img|quote|code)(?:=[^\]\n]{1,100})?\][^\[\]\n]{1,200}\[/\1\]"),
        "“{}” is markup of forums, which is not read",
        "write **strong**, *slanted*, ~~struck~~ or [words](https://address)",
    ),
    (
        late(r"(?<=[\w.,;:!?)”\"])\^\[[^\[\]\n]{2,300}\](?![\w^+*?{$])"),
        "“{}” looks like a note, which is not read",
        "write what it says in brackets, or under the key “more”",
    ),
    (
        late(r"^[ ]{0,3}(?:=[ ]*|-[ ]*|_[ ]*|\*[ ]*){3,}$", re.MULTILINE),
        "“{}” looks like a rule or a heading's underline, which is not read",
        "leave it out, or write \\ before it",
    ),
    (
        late(r"^[ ]*[-*+] \[[ xX]\] ", re.MULTILINE),
        "“{}” looks like a box to tick, which is not read",
        "write a list without boxes",
    ),
    (
        late(r"(?<![\w\\])_[^_\s][^_\n]*(?<![\s\\])_(?!\w)"),
        "“{}” looks like emphasis, which is written with stars",
        f"write *words*; {IN_BACKQUOTES}",
    ),
    (
        late(r"(?<!\\)\$\n(?:u|e|eq|abla|ot|otin|i)\b[^$\n]*\$"),
        "“{}”: a line ends within the dollar signs",
        formula.LINES,
    ),
    (
        late(r"^[ ]*\$\$[ ]*\n|\n[ ]*\$\$[ ]*$", re.MULTILINE),
        "“{}” on a line of its own looks like a formula, and is none",
        "put $$ on a line before the formula and on one behind it, and leave no line within empty; write \\$ for the sign",
    ),
    (
        late(rf"{QUOTING}>{{2,}}", re.MULTILINE),
        "“{}” begins with signs that make quotations in each other",
        "put ``` on a line before and after code; write \\> for the sign, and > > for a quotation in another one",
    ),
    (
        late(rf"\A>[ ]?[0-9][^\n]{{0,30}}\Z|{QUOTING}>(?=[^\s>])[^\s]{{0,20}}", re.MULTILINE),
        "“{}” begins with a sign that makes a quotation",
        "write \\> for “more than” or the sign, and a blank behind the sign of a quotation",
    ),
    (
        late(
            r"(?<![0-9_\\$])\$(?![\s${(])(?:[A-Za-z]|[^$\n\\^_=+<>]*[\\^_=+<>][^$\n]*)\$[A-Za-z\u00c0-\u02af({][\w-]*"
            r"|(?<![\w\\$])\$(?:[ ][^$\n\\^_=]*[\\^_=][^$\n]*|[^\s$][^$\n\\^_=]*[\\^_=][^$\n]*[ ])\$(?![\w$])"
            r"|(?<![\w\\$])\$(?:[ ][A-Za-z][ ]?|[A-Za-z][ ])\$(?![\w$])"
        ),
        "“{}” looks like a formula, and is none",
        "no blank stands within the dollar signs, and no letter behind them: $n$-th, $n^\\text{th}$, H~2~O; write \\$ for the sign",
    ),
)
A_NUMBER_BEFORE = (
    late(
        r"(?<![\w\\$.,])[0-9]{1,9}(?:[.,][0-9]{1,9})?\$(?:[A-Za-z]|[A-Za-z(][^$\s\\^_]*[\\^_][^$\s]*)\$(?!\w)"
    ),
    "“{}” looks like a formula, and is none",
    "no digit stands right before the dollar signs: write the number into it, $2x$; or \\$ for the sign",
)
LETTERS = r"[^\W\d_]+(?:[-’'ʼ´][^\W\d_]+)*"
# A link of a wiki, or in small letters what is heard in a conversation: [[laughs]].
WIKI = late(r"(?<![\w\\!\[\])])\[\[[^\W\d_][^\[\]\n]{0,100}(?<=\S)\]\](?![(\[\]])")
SMALL = late(rf"\[\[{LETTERS}(?: {LETTERS}){{0,3}}\]\]")
PAIRS = (
    (
        raised.doubtful_raised,
        "“{}”: what stands between the two carets is raised",
        "write x^2^·y^3^, or a formula between dollar signs, such as $x^{n+1}$, or \\^ for the sign; "
        + IN_BACKQUOTES,
    ),
    (
        raised.doubtful_lowered,
        "“{}”: what stands between the two tildes is lowered",
        f"write \\~ for the sign; {IN_BACKQUOTES}",
    ),
)
# Readings in other forms: those of HTML, of Markdown’s other dialects, of Anki, of Aozora.
OTHER_READINGS = late(
    rf"(?<!\\)\{{(?=[^{{}}|\n]{{0,20}}[{HAN}])[^{{}}|\n]{{1,20}}\|[^{{}}\n]{{1,40}}\}}"
    rf"|[{HAN}ヶ]\[[{KANA}\u3105-\u312f ]{{1,40}}\](?![({{])|｜?[^｜《》\s]{{1,20}}《[{KANA}]{{1,40}}》"
)
# A reading that stands over nothing and shows its braces: behind stars or a blank, in wide braces, with blanks in it, or empty.
BESIDE_WORDS = late(
    rf"[{HAN}](?:(?:\*{{1,3}}|~~)?[ \u3000]?([{{｛][ \u3000]?[{KANA}][{KANA} ・]{{0,40}}[ \u3000]?[}}｝])|([{{｛][}}｝]))"
)
# The bar of ASCII in place of the wide one. Where another one stands on the line they are likely to be signs of something else.
NARROW_BAR = late(
    rf"^[^|\n]*?(?<![\\A-Za-z0-9)|])(\|[^|{{}}\s]{{1,20}}{ruby.READING})[^|\n]*$", re.MULTILINE
)
# What is raised, and addresses; and what was meant as raised or lowered, but shows its sign: Ca^2+, H_2O, v_0. Names of files and
# versions, such as a_1.png and v_2.0, are shown as they are written.
ASIDE = late(
    r"(?<!\\)\^[^\s^]{1,40}\^|://\S+|(?<![\w.+-])(?:[\w.+-]*@\w[\w.-]*|(?:\w[\w-]*\.)+[A-Za-z]{2,}/\S*)"
)
LETTER = "[A-Za-z\u0370-\u03ff]"
ELEMENT = (
    "(?:A[cglmrstu]|B[aehikr]?|C[adeflmnorsu]?|D[bsy]|E[rsu]|F[elmr]?|G[ade]|H[efgos]?|I[nr]?|Kr?|L[airuv]|M[cdgnot]|N[abdehiop]?"
    "|O[gs]?|P[abdmortu]?|R[abefghnu]|S[bcegimnr]?|T[abcehilms]|U|V|W|Xe|Yb?|Z[nr])"
)
# A power or an index of a letter, digit or bracket, or what TeX puts into braces: 10^6, a^b, x_i, CO_2, SpO_2_, a_{ij}. Not the
# places of linguists (V_C), faces (o_O) and names of programs (my_var, n_max).
POWER = (
    rf"(?<![\\^])(?:[\w.]{{0,20}}[^\W_]|[)\]}}∂∇])\^(?:[+−–-]?(?:[0-9]+|{LETTER}(?![^\W\d_]))|\()"
    rf"|(?<![\w\\^])(?:[A-Za-z]|[0-9]{{1,5}})\^{LETTER}{{2,3}}(?!\w)"
)
INDEX = (
    rf"(?<![\w\\])(?:(?:{ELEMENT}[0-9]*)+_[0-9]{{1,2}}(?![0-9a-z_]|\w*\.\w)"
    rf"|(?!([A-Za-z])_(?i:\1))(?![CGLNSVX]_[CGLNSVX]){LETTER}_(?:[0-9]{{1,2}}|{LETTER})(?!\w|\.\w)"
    rf"|(?:{LETTER}|[A-Za-z]{{0,3}}[A-Z][a-z]?)_[0-9]{{1,2}}_(?!\w*[a-z_]\w*))"
)
IN_BRACES = (
    rf"(?<!\\)(?:[\w)\]}}]{{0,20}}\^\{{[^{{}}\n]{{1,30}}\}}"
    rf"|(?:(?<!\w){LETTER}|[)\]}}])_\{{[^{{}}\n]{{1,30}}\}}(?!_)|[A-Za-z]{{1,10}}_\{{[0-9+−-]{{1,10}}\}})"
)
SHOWS_SIGN = late(
    r"(?<![\w\\^])[\w()]{0,20}[A-Za-z0-9)]\^[0-9]{0,2}[+−–-](?![\w^(])"
    rf"|{POWER}|{INDEX}|{IN_BRACES}"
)
# What stands between two dollar signs each, looks like TeX, and is left among the words.
DOLLARS = late(r"(?<![\\$])\$\$(?!\$)(?=[^$]*[\\^_=])(?:[^$\\]|\\.)+\$\$", re.DOTALL)


def other_writing(text: str, seen: str, known: Iterable[Found]) -> Iterator[Found]:
    """Signs of other forms of writing, and those that raise or lower something here or elsewhere, where nothing is `known` yet."""
    told = [(each.start, each.end) for each in known]
    paired = False  # of two powers the author has been told already

    def is_new(start: int, end: int) -> bool:
        return not any(begin < end and start < stop for begin, stop in told)

    for pattern, message, hint in (*SIGNS, A_NUMBER_BEFORE) if "$" in seen else SIGNS:
        if found := pattern.search(seen):
            told.append(found.span())
            shown = text[found.start() : found.end()].strip()
            yield Found(message.format(shown[:40]), hint, *found.span())
    for link in _wiki(seen):
        told.append((link.start, link.end))
        yield link
    for places, message, hint in PAIRS:
        if (place := next(places(seen), None)) and is_new(*place):
            told.append(place)
            paired = True
            yield Found(message.format(seen[slice(*place)][:40]), hint, *place)
    if (
        not paired
        and ("^" in seen or "_" in seen)
        and (found := SHOWS_SIGN.search(ASIDE.sub(dots, seen)))
        and is_new(*found.span())
    ):
        yield Found(
            f"“{found[0][:40]}” shows its sign to learners: nothing is raised or lowered",
            f"write {SCRIPTS}; {IN_BACKQUOTES}, or write \\^ or \\_",
            *found.span(),
        )


def _wiki(seen: str) -> Iterator[Found]:
    """The first words in two brackets each."""
    if found := WIKI.search(seen):
        message = f"“{found[0][:40]}” looks like a link of a wiki, which is not read"
        hint = "write [words](https://address), or \\[ for the sign"
        small = found[0].islower() and SMALL.fullmatch(found[0])
        yield Found(message, hint, *found.span(), "lone-sign" if small else "not-read")


def other_readings(bare: str) -> Iterator[Found]:
    """Readings in a form that is not read, and some over nobody knows which words."""
    if bare.isascii():
        return
    if found := OTHER_READINGS.search(bare):
        yield Found(
            f"“{found[0][:40]}” looks like a reading in a form that is not read",
            RUBY,
            *found.span(),
        )
    # What has a reading gives way to as many dots.
    rest = ruby.AFTER_HAN.sub(dots, ruby.MARKED.sub(dots, bare))
    if "{" in rest and (found := ruby.UNMARKED.search(rest)):
        yield Found(
            f"“{found[0][:40]}”: nobody can tell where the words begin that have this reading",
            "write ｜ before the first of them, ｜お茶{おちゃ}, or \\{ for the sign alone",
            *found.span(),
        )
    if ("{" in rest or "｛" in rest) and (found := BESIDE_WORDS.search(rest)):
        yield Found(
            f"“{found[0][:40]}” shows its braces to learners: it is no reading",
            "write one right behind its words, within their stars and between braces of ASCII: 漢字{かんじ}, **漢字{かんじ}**;"
            " or \\{ for the sign alone",
            *found.span(1 if found[1] else 2),
        )
    if "|" in bare and (found := NARROW_BAR.search(bare)):
        yield Found(
            f"“{found[1][:40]}”: the bar is shown to learners, and no reading begins there",
            "write the wide bar, ｜お茶{おちゃ}, or \\| for the sign",
            *found.span(1),
        )


def other_formulas(text: Text) -> Iterator[Found]:
    """The first of what looks like a formula between two dollar signs each, and is shown with them."""
    if text.count("$$") < 2:
        return
    text = type(text)(text.replace("\\$", "\u00b7\u00b7"))  # signs that are meant as such
    if found := DOLLARS.search(plain(to_tree(text), dotted)):
        same = (each for each in DOLLARS.finditer(text) if " ".join(each[0].split()) == found[0])
        here = next(same, None)
        yield Found(
            f"“{found[0][:40]}” looks like a formula, and is none",
            "among words no blank stands within the signs: $$x^2$$; over several lines, $$ stands on a line before it and on one"
            " behind it, with nothing beside it; write \\$ for the sign",
            *(here.span() if here else (0, 0)),
        )


# A dollar sign at a formula, for which there are dots: one that was meant to be one of two each.
LONE_DOLLAR = late(r"(?<![\w\\$])\$(?=\u00b7)|(?<=\u00b7)\$(?![\w$])")


def lone_dollars(text: str, seen: str) -> Iterator[Found]:
    """The first formula with one dollar sign on one side and two on the other."""
    if "$$" not in text:
        return
    for found in LONE_DOLLAR.finditer(seen):
        start, end = found.span()
        if "$" in (text[start - 1 : start], text[end : end + 1]):
            yield Found(
                "a dollar sign is shown beside a formula",
                "as many signs end a formula as begin it: $x^2$, or $$x^2$$ on a line of its own; write \\$ for the sign",
                start,
                end,
            )
            return


def dots(found: re.Match[str]) -> str:
    """As many dots as what was found has signs, so that all else stands where it stood."""
    return dotted(found[0])


def dotted(words: str) -> str:
    """As many dots as there are signs."""
    return "\u00b7" * len(words)
