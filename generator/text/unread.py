"""What an author may have meant as markup but nothing here reads: it is said, and never shown as it happens to come out.

Each finding is a few words on what stands there, and what to write instead. In code and in formulas anything may stand.
"""

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..languages import SPOKEN, instead, is_language
from ..media import names
from ..texts import Prose, Text
from . import clozes, code, formula, raised, ruby, spoken, stars
from .clozes import DELETION
from .late import late
from .markdown import LANGUAGE, SHOWN, is_file, paragraphs, to_tree
from .scripts import HAN, KANA
from .tree import (
    ADDRESS,
    Audio,
    Block,
    Foreign,
    Formula,
    Image,
    Link,
    List,
    Listing,
    Table,
    Tree,
    inlines,
)
from .verses import broken


class Unread(NamedTuple):
    """What was found: the code of the problem, a few words on it, what to write instead, and from where to where it stands in
    the text; two times 0 where that is not known.
    """

    code: str
    message: str
    hint: str
    start: int = 0
    end: int = 0

    def at(self, text: str, words: str) -> "Unread":
        """The same, where the text has these words first."""
        start = text.find(words)
        return self if start < 0 else self._replace(start=start, end=start + len(words))


# A text without any of these, two hyphens and four blanks has nothing to be found (see `_suspect`).
SUSPECT = re.compile(
    r"[<>&(\\#{|!\[《$`~*=_^\t\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef]"
)
HIDDEN = late(
    "[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
JOINERS, MARKS, ZERO_WIDTH_SPACE = (
    frozenset("\u200c\u200d"),
    frozenset("\u200e\u200f\u061c"),
    "\u200b",
)
TAGS, BLACK_FLAG = frozenset(map(chr, range(0xE0020, 0xE0080))), "\U0001f3f4"
# Before a joiner: a letter or sign of Arabic, Indic and other scripts whose letters join, or some of an emoji.
JOINED = late(
    "[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc\ufe0f\u2190-\u2bff\U0001f000-\U0001faff]"
)
RIGHT_TO_LEFT = late("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
TAB = re.compile("\t")  # code may have it
CONTROL = late(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef]")
# Code and formulas, within which nothing is looked for.
WITHIN = late(
    r"^[ ]{0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]{0,3}\1[`~]*[ ]*$|\Z)|(?<![`\\])(`+)(?!`).*?(?<!`)\2(?!`)"
    rf"|^[ ]{{0,3}}{formula.A_BLOCK}|(?<!\\){formula.DOLLARS}",
    re.MULTILINE | re.DOTALL,
)
IN_BACKQUOTES = "to show the signs themselves, put them in backquotes"
SCRIPTS = "H~2~O, Ca^2+^ or x^2^, or a formula such as $\\ce{Ca^2+}$"
ESCAPED = "; or write \\{} for the sign alone"
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
        late(r"(?<!\\)\[\^[^\]\n]+\]|^\[[^\]\n]+\]:\s|\w\]\[\w", re.MULTILINE),
        "“{}” looks like a note or a link by reference, which is not read",
        "write a link as [words](https://address)",
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
            r"(?<![0-9_\\$])\$(?![\s${(])(?:[A-Za-z]|[^$\n]*[\\^_=+<>][^$\n]*)\$[A-Za-z\u00c0-\u02af({][\w-]*"
            r"|(?<![\w\\$])\$(?:[ ][^$\n]*[\\^_=][^$\n]*|[^\s$][^$\n]*[\\^_=][^$\n]*[ ])\$(?![\w$])"
        ),
        "“{}” looks like a formula, and is none",
        "no blank stands within the dollar signs, and no letter behind them: $n$-th, $n^\\text{th}$, H~2~O; write \\$ for the sign",
    ),
)
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
# The address of a link, which nobody sees.
LED_TO = late(r"(?<=\]\()(?:https?://|mailto:)(?:[^\s()]|\([^\s()]*\))*", re.IGNORECASE)
# What is raised, and addresses; and what was meant as raised or lowered, but shows its sign: Ca^2+, H_2O, v_0. Names of files and
# versions, such as a_1.png and v_2.0, are shown as they are written.
ASIDE = late(
    r"(?<!\\)\^[^\s^]{1,40}\^|://\S+|(?<![\w.+-])(?:[\w.+-]*@\w[\w.-]*|(?:\w[\w-]*\.)+[A-Za-z]{2,}/\S*)"
)
ELEMENT = (
    "(?:A[cglmrstu]|B[aehikr]?|C[adeflmnorsu]?|D[bsy]|E[rsu]|F[elmr]?|G[ade]|H[efgos]?|I[nr]?|Kr?|L[airuv]|M[cdgnot]|N[abdehiop]?"
    "|O[gs]?|P[abdmortu]?|R[abefghnu]|S[bcegimnr]?|T[abcehilms]|U|V|W|Xe|Yb?|Z[nr])"
)
SHOWS_SIGN = late(
    r"(?<![\w\\^])[\w()]{0,20}[A-Za-z0-9)]\^[0-9]{0,2}[+−-](?![\w^(])"
    rf"|(?<![\w\\])(?:(?:{ELEMENT}[0-9]*)+_[0-9]{{1,2}}(?![0-9a-z_]|\w*\.\w)|[A-Za-z]_[0-9]{{1,2}}(?!\w|\.\w))"
)
UNDER_HEAD = late(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
IN_LINE = late(r"\|[ ]*:?-{2,}:?[ ]*\|")
NEAR_MISS = late(r"\{*[cC][0-9]+[ ]*::?:?(?=[^\s:])[^{}\n]{0,30}\}*|\{\{[cC][0-9]+[^{}\n]{0,30}")
# Signs of Chinese and Japanese keyboards, each as wide as a character, as those of ASCII: {{c２::出口}}.
HALF_WIDTH = {0xFF01 + n: 0x21 + n for n in range(0x5E)}
# What begins like a picture, and what goes on like one that cannot be read.
BEGUN = late(r"(?<!\\)!\[")
UNLIKE = late(r"!\[[^\n]{0,300}?\] ?[\[(]")
INDENTED = late(r"\n[ \t]*\n(?: {4}|\t)\s*\S")


def _bare(text: str) -> str:
    """A text without its code and formulas: as many dots stand in their place, so that all else stands where it stood."""
    return WITHIN.sub(_dots, text)


def _seen(bare: str) -> str:
    """The same without the addresses of links, in which anything may stand as well."""
    return LED_TO.sub(_dots, bare) if "](" in bare else bare


def _suspect(text: Text) -> bool:
    # One pattern for all this would take twice as long.
    return bool(SUSPECT.search(text) or "--" in text or "    " in text)


def unread(text: Text) -> Iterator[Unread]:
    """What is found in a text. It is a `Line` or `Prose`; deletions may stand only in that of a cloze."""
    if not text.isprintable() and not text.isascii():  # as none of these signs is
        yield from hidden(text)
    if "\n" in text:
        yield from _joined(text)
    if not _suspect(text):
        return
    yield from _unclosed(text)
    bare = _bare(text)
    if found := CONTROL.search(text) or TAB.search(bare):
        yield Unread(
            "control-character",
            f"a character that nobody can see (u+{ord(found[0]):04x})",
            "delete it; in double quotes, YAML makes one of a backslash and a letter: use single quotes or a block",
            *found.span(),
        )
        return
    seen = _seen(bare)
    yield from _signs(seen)
    if "*" in seen and (found := stars.unclear(seen)):
        yield Unread(
            "not-read",
            f"“{found[0][:40]}”: a star beside a letter or bracket is a star, and makes nothing slanted",
            f"write **letters** for some of a word, \\* for the sign, or a formula between dollar signs; {IN_BACKQUOTES}",
            *found.span(),
        )
    yield from _readings(seen)
    tree = to_tree(text)
    if (found := INDENTED.search(bare)) and not any(
        isinstance(block, List) for block in tree.blocks
    ):
        yield Unread(
            "not-read",
            "lines that are set in by four blanks look like code, which is not read",
            "put ``` on a line before and after code",
            *found.span(),
        )
    yield from _tables(bare, tree)
    yield from _files(bare, tree)
    yield from _within(text, tree, {picture["file"] for picture in SHOWN.finditer(bare)})


def _signs(seen: str) -> Iterator[Unread]:
    """Signs of other forms of writing, and those that raise or lower something here or elsewhere."""
    told: list[tuple[int, int]] = []

    def is_new(start: int, end: int) -> bool:
        return not any(begin < end and start < stop for begin, stop in told)

    for pattern, message, hint in SIGNS:
        if found := pattern.search(seen):
            told.append(found.span())
            shown = found[0].strip()
            yield Unread("not-read", message.format(shown[:40]), hint, *found.span())
    for places, message, hint in PAIRS:
        if (place := next(places(seen), None)) and is_new(*place):
            told.append(place)
            yield Unread("not-read", message.format(seen[slice(*place)][:40]), hint, *place)
    if (
        ("^" in seen or "_" in seen)
        and (found := SHOWS_SIGN.search(ASIDE.sub(_dots, seen)))
        and is_new(*found.span())
    ):
        yield Unread(
            "not-read",
            f"“{found[0][:40]}” shows its sign to learners: nothing is raised or lowered",
            f"write {SCRIPTS}; {IN_BACKQUOTES}, or write \\^ or \\_",
            *found.span(),
        )


def _joined(text: Text) -> Iterator[Unread]:
    """The first lines that were broken on purpose, and run on in one."""
    for paragraph in paragraphs(text):
        if line := broken(_bare(paragraph)):
            yield Unread(
                "joined-lines",
                f"“{line[:40]}” ends here, but learners see the next line run on behind it",
                "write a backslash at the end of each line that ends there; for one paragraph, begin the block with >, not |",
            ).at(text, line)
            return


def _readings(bare: str) -> Iterator[Unread]:
    """Readings in a form that is not read, and some over nobody knows which words."""
    if bare.isascii():
        return
    if found := OTHER_READINGS.search(bare):
        yield Unread(
            "not-read",
            f"“{found[0][:40]}” looks like a reading in a form that is not read",
            RUBY,
            *found.span(),
        )
    # What has a reading gives way to as many dots.
    rest = ruby.AFTER_HAN.sub(_dots, ruby.MARKED.sub(_dots, bare))
    if "{" in rest and (found := ruby.UNMARKED.search(rest)):
        yield Unread(
            "not-read",
            f"“{found[0][:40]}”: nobody can tell where the words begin that have this reading",
            "write ｜ before the first of them, ｜お茶{おちゃ}, or \\{ for the sign alone",
            *found.span(),
        )


def _dots(found: re.Match[str]) -> str:
    return "\u00b7" * len(found[0])


def _files(bare: str, tree: Tree) -> Iterator[Unread]:
    """Pictures and sounds without a sound name, and those without words for who cannot see or hear them."""
    for begun in BEGUN.finditer(bare):
        if found := SHOWN.match(bare, begun.start()):
            if not is_file(found["file"]):
                yield _unfit(found["file"].strip())._replace(start=found.start(), end=found.end())
        elif UNLIKE.match(bare, begun.start()):
            yield Unread(
                "not-read",
                f"“{bare[begun.start() : begun.start() + 40]}” looks like a picture, and is none",
                "write ![what it shows](file.png), or \\! before a link",
                begun.start(),
                begun.end(),
            )
    for node in inlines(tree.blocks):
        if isinstance(node, Image | Audio) and not node.alternative:
            yield Unread(
                "no-alternative",
                f"“{node.file}” has no words for those who cannot see or hear it",
                f"![what it shows]({node.file})",
            ).at(bare, node.file)


def _unfit(name: str) -> Unread:
    """Why a text cannot show a file of this name."""
    if names.plain(name):
        return Unread("media-type", f"“{name[:60]}” is no picture or sound", names.ENDINGS)
    message, hint = names.led_astray(name)
    return Unread("media-name", message, f"{hint}; or write \\! before a link")


def _tables(bare: str, tree: Tree) -> Iterator[Unread]:
    """A row under a table's head that is no table, or that has more cells than the head."""
    lines = bare.split("\n")
    heads = [n for n, line in enumerate(lines) if "|" in line and UNDER_HEAD.fullmatch(line)]
    if len(heads) != sum(isinstance(block, Table) for block in tree.blocks) or (
        not heads and IN_LINE.search(bare)
    ):
        yield Unread(
            "not-read",
            "what looks like a table is none",
            "each row stands on a line of its own, with as many cells as the first: begin the text with | and a new line",
        ).at(bare, lines[heads[0]].strip() if heads else "|")
        return
    for head in heads:
        most = len(_cells(lines[head]))
        for line in itertools.takewhile(lambda each: "|" in each, lines[head + 1 :]):
            if len(_cells(line)) > most:
                yield Unread(
                    "not-read",
                    f"“{line.strip()[:40]}” has {len(_cells(line))} cells, and the table's head {most}",
                    "write \\| where the sign itself is meant",
                ).at(bare, line.strip())
                return


def _cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", re.sub(r"^\|(.*?)(?<!\\)\|?$", r"\1", line.strip()))


def near_misses(text: Text) -> Iterator[Unread]:
    """What looks like a deletion but is none, outside code. `text` is what is left without its deletions."""
    bare = _seen(_bare(text)) if "{" in text or "｛" in text or "::" in text else ""
    said = bare if bare.isascii() else bare.translate(HALF_WIDTH)
    if "::" not in said and "{{c" not in said:
        return
    for found in NEAR_MISS.finditer(said):
        if "::" in found[0] or found[0].startswith("{{"):
            yield Unread(
                "near-cloze",
                f"“{bare[found.start() : found.end()][:40]}” looks like a deletion and is none",
                "{{c1::word}} or {{c1::word::hint}}, in the key “cloze” only; " + IN_BACKQUOTES,
                *found.span(),
            )
            return


def deletions_in_code(text: Text) -> Iterator[Unread]:
    """Deletions in code where none are read, unless more backquotes than needed say that the signs themselves are meant. `text` is
    that of a cloze without its own deletions.
    """
    if "{{c" not in text:
        return
    for code_ in WITHIN.finditer(text):
        if (code_[1] or code_[2]) in {"`", "```", "~~~"} and (found := DELETION.search(code_[0])):
            start = code_.start() + found.start()
            yield Unread(
                "near-cloze",
                f"“{found[0][:40]}” stands in code, where nothing is hidden",
                "put the code into it: {{c1::`word`}}; begin a block with ```python cloze; for the signs, write ``…`` or ````",
                start,
                start + len(found[0]),
            )


def spoken_deletions(text: Text) -> Iterator[Unread]:
    """Spoken words of a cloze in which a deletion stands: the front would speak around it."""
    if SPOKEN not in text:
        return
    for node in spoken.spoken(to_tree(Prose(clozes.closed(text))).blocks):
        if clozes.BEGINS in spoken.words(node):
            yield Unread(
                "spoken",
                "a deletion stands in words that are spoken, on the front too",
                "hide all of them, {{c1::[駅]{lang=ja spoken}}}, or have them spoken under “more”",
            ).at(text, f"{{lang={node.language}{SPOKEN}")
            return


def _unclosed(text: str) -> Iterator[Unread]:
    """Blocks of code that nothing ends."""
    for block in WITHIN.finditer(text) if "```" in text or "~~~" in text else ():
        if block[1]:
            last = block[0].rpartition("\n")[2].strip()
            if not (len(last) >= len(block[1]) and set(last) == {block[1][0]}):
                first = block[0].partition("\n")[0]
                yield Unread(
                    "not-read",
                    f"“{first.strip()[:40]}” begins a block of code that nothing ends",
                    f"put {block[1]} on a line of its own behind the code",
                    block.start(),
                    block.start() + len(first),
                )


def hidden(text: str) -> Iterator[Unread]:
    """The first sign that nobody can see and that changes what is read, copied or compared: one that has no width, or that turns
    the direction of others. Joiners stand in scripts and emoji that need them, marks of direction beside words from right to left,
    and places to break lines in scripts without blanks.
    """
    for found in HIDDEN.finditer(text):
        sign, before = found[0], text[: found.start()][-1:]
        if (
            (sign in JOINERS and JOINED.match(before))
            or (sign == ZERO_WIDTH_SPACE and stars.UNSPACED.match(before))
            or (sign in MARKS and RIGHT_TO_LEFT.search(text))
            or (sign in TAGS and (before in TAGS or before == BLACK_FLAG))
        ):
            continue
        name = unicodedata.name(sign, "no name").lower()
        yield Unread(
            "control-character",
            f"a sign that nobody can see: {name} (u+{ord(sign):04x})",
            "delete it; it often comes with text copied from elsewhere",
            *found.span(),
        )
        return


def _within(text: str, tree: Tree, pictures: Collection[str]) -> Iterator[Unread]:
    """What is wrong with links, formulas and code; the addresses of pictures are no links."""
    for node in inlines(tree.blocks):
        if (
            isinstance(node, Link)
            and node.address not in pictures
            and not ADDRESS.fullmatch(node.address)
        ):
            yield Unread(
                "bad-address",
                f"“{node.address[:60]}” is no address that a card or page may lead to",
                "write a whole one that begins with https://, http:// or mailto:",
            ).at(text, node.address)
    for node in inlines(tree.blocks) if "{lang=" in text else ():
        if isinstance(node, Foreign) and not is_language(node.language):
            tag = node.language
            message = f"“{tag}” is not a language tag"
            yield Unread("bad-language", message, instead(tag)).at(text, f"{{lang={tag}")
        elif isinstance(node, Foreign) and node.spoken and (said := spoken.fault(node)):
            yield Unread("spoken", *said).at(text, f"{{lang={node.language}{SPOKEN}")
    for node in _formulas(tree):
        if fault := formula.fault(node.tex):
            shown = " ".join(node.tex.split())[:40]
            yield Unread("formula", f"“${shown}$”: {fault[0]}", fault[1]).at(text, node.tex)
    for listing in _listings(tree.blocks):
        name = code.language_of(listing)
        if name and name not in code.languages():
            yield Unread(
                "unknown-language",
                f"“{name}” is not the name of a language that can be coloured",
                "leave it out, or write text",
            ).at(text, listing.language)


def _formulas(tree: Tree) -> Iterator[Formula]:
    yield from (block for block in tree.blocks if isinstance(block, Formula))
    yield from (node for node in inlines(tree.blocks) if isinstance(node, Formula))


def _listings(blocks: tuple[Block, ...]) -> Iterator[Listing]:
    for block in blocks:
        if isinstance(block, Listing):
            yield block
        elif isinstance(block, List):
            for item in block.items:
                yield from _listings(item)
        elif hasattr(block, "blocks"):
            yield from _listings(block.blocks)
