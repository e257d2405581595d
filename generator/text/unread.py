"""What an author may have meant as markup but nothing here reads: it is said, and never shown as it happens to come out.

Each finding is a few words on what stands there, and what to write instead. In code and in formulas anything may stand.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..languages import SPOKEN, instead, is_language
from ..late import late
from ..media import names
from ..texts import Prose, Text
from . import (
    alike,
    backquotes,
    behind,
    clozes,
    code,
    formula,
    raised,
    signs,
    spoken,
    stars,
    tables,
    unclosed,
    verses,
)
from .clozes import DELETION
from .markdown import SHOWN, is_file, paragraphs, parts, to_tree
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
    Tree,
    inlines,
)


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


# A text without any of these, and without some pairs and four blanks, has nothing to be found (see `_suspect`).
SUSPECT = re.compile(
    r"[<>&(\\#{｛|!\[《$`~*=_^\t\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef]"
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
TAB = late("\t")  # code may have it
CONTROL = late(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef]")
# The address of a link, which nobody sees.
LED_TO = late(r"(?<=\]\()(?:https?://|mailto:)(?:[^\s()]|\([^\s()]*\))*", re.IGNORECASE)
# Code and formulas, within which nothing is looked for.
WITHIN = late(
    r"^[ ]{0,3}(`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^[ ]{0,3}\1[`~]*[ ]*$|\Z)|(?<![`\\])(`+)(?!`).*?(?<!`)\2(?!`)"
    rf"|^[ ]{{0,3}}{formula.A_BLOCK}|(?<!\\){formula.DOLLARS}",
    re.MULTILINE | re.DOTALL,
)
NEAR_MISS = late(r"\{*[cC][0-9]+[ ]*::?:?(?=[^\s:])[^{}\n]{0,30}\}*|\{\{[cC][0-9]+[^{}\n]{0,30}")
# Signs of Chinese and Japanese keyboards, each as wide as a character, as those of ASCII: {{c２::出口}}.
HALF_WIDTH = {0xFF01 + n: 0x21 + n for n in range(0x5E)}
# What begins like a picture, and what goes on like one that cannot be read.
BEGUN = late(r"(?<!\\)!\[")
UNLIKE = late(r"!\[(?:[^\n]{0,300}?\] ?[\[(]|\[[^\[\]\n]{1,300}\]\])")
# A backslash behind a word, before a blank or the end.
LEFT = late(r"(?<=[^\s\\])(?:\\\\)*\\(?=[ \xa0]|\Z)")
# One behind which only blanks stand on its line, and the word before it.
BLANKED = late(r"(?:[^\s\\]{1,40} ?)?(?<!\\)(?:\\\\)*\\(?=[ \xa0]+\n)")
# What to write where lines are not to be joined, by what they look like.
KEPT = {
    "verses": "in a block that begins with |, write a backslash at the end of each line that ends there, or leave a line empty;"
    " for one paragraph, begin the block with >",
    "list": "begin each item with “- ”, or with 1., 2. and so on, in a block that begins with |; where the signs are meant as they"
    " are, write a backslash at the end of each line but the last",
    "table": "a table stands in a block that begins with |, and has a line |---|---| under its first row, with no + in it;"
    " if it is none, write a backslash at the end of each line but the last",
    "program": "put ``` on a line before and after code, in a block that begins with |; if it is none, write a backslash at the end"
    " of each line but the last",
}
INDENTED = late(r"\n[ \t]*\n(?: {4}|\t)\s*\S")


def _bare(text: str) -> str:
    """A text without its code and formulas: as many dots stand in their place, so that all else stands where it stood."""
    if not any(sign in text for sign in "`$~"):
        return text
    return "".join(WITHIN.sub(signs.dots, part) for part in parts(text))


def _within_code(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Its code and formulas, each with where the part of the text begins in which it was found."""
    start = 0
    for part in parts(text):
        for found in WITHIN.finditer(part):
            yield start, found
        start += len(part)


def _seen(bare: str) -> str:
    """The same without the addresses of links, in which anything may stand as well."""
    return LED_TO.sub(signs.dots, bare) if "](" in bare else bare


def sure(text: Text) -> bool:
    """Whether surely nothing is found in a text, by `unread`, `near_misses` or `hidden`: a cheap look, which most pass."""
    return text.isprintable() and "::" not in text and not _suspect(text)


def _suspect(text: str) -> bool:
    # One pattern for all this would take twice as long.
    others = "--" in text or "- -" in text or "    " in text or "++" in text
    return others or SUSPECT.search(text) is not None


def unread(text: Text) -> Iterator[Unread]:
    """What is found in a text. It is a `Line` or `Prose`; deletions may stand only in that of a cloze."""
    if not text.isprintable() and not text.isascii():  # as none of these signs is
        yield from hidden(text)
    if "\n" in text:
        yield from _mixed(text) or _behind(text) or _joined(text)
    if _suspect(text):
        yield from _of_signs(text)


def _of_signs(text: Text) -> Iterator[Unread]:
    """What is found by its signs: nothing in a text that is not `_suspect`."""
    if "\\" in text:
        yield from _left(text)
    yield from _unclosed(text)
    if "`" in text and (unmeant := _unmeant(text)):
        yield _told(unmeant)  # of which the rest may be a consequence
        return
    bare = _bare(text)
    if found := CONTROL.search(text) or TAB.search(bare):
        yield _control(text, found)
        return
    seen = _seen(bare)
    for other in (
        *(alone := tuple(backquotes.lone(text, seen))),
        *signs.other_writing(text, seen, alone),
        *unclosed.unclosed(text, seen),
        *signs.other_readings(seen),
        *signs.other_formulas(text),
        *signs.lone_dollars(text, seen),
    ):
        yield _told(other)
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
    yield from map(_told, tables.other_tables(text, bare, tree))
    yield from _files(bare, tree)
    yield from _within(text, tree, {picture["file"] for picture in SHOWN.finditer(bare)})


def _unmeant(text: str) -> signs.Found | None:
    """The first code between backquotes that were meant to stand for apostrophes."""
    code_ = ((at + found.start(), found) for at, found in _within_code(text))
    return backquotes.apostrophes(text, code_)


def _told(found: signs.Found) -> Unread:
    return Unread(found.code, found.message, found.hint, found.start, found.end)


def _control(text: Text, found: re.Match[str]) -> Unread:
    """What to say of a character that nobody can see. Tabs come from a table of another program, or between two words."""
    hint = "write a blank in its place" if found[0] == "\t" else "delete it"
    hint += "; in double quotes, YAML makes one of a backslash and a letter: use single quotes or a block"
    if found[0] == "\t" and sum("\t" in line for line in text.split("\n")) > 1:
        hint = f"for a table write | in place of each: {KEPT['table']}"
    name = "a tab, which" if found[0] == "\t" else "a character that"
    message = f"{name} nobody can see (u+{ord(found[0]):04x})"
    return Unread("control-character", message, hint, *found.span())


def _mixed(text: Text) -> tuple[Unread, ...]:
    """The first line that was meant as an item of the list above it, and begins with a sign that makes none."""
    found = None if text.isascii() and "-" not in text else alike.MIXED.search(_bare(text))
    if not found:
        return ()
    line = text[found.start("next") : found.end()]
    message = f"“{_cut(line.strip())}” is no item of the list above it: it begins with another sign"
    return (Unread("joined-lines", message, KEPT["list"], found.start("next"), found.end()),)


def _behind(text: Text) -> tuple[Unread, ...]:
    """The first line that becomes a part of the list, quotation or table right behind which it stands."""
    found = behind.behind(text)
    if not found:
        return ()
    line = _cut(text[found.start : found.end].strip())
    message = f"“{line}” becomes a part of the {found.what} above it"
    return (Unread("joined-lines", message, behind.HINTS[found.what], found.start, found.end),)


def _cut(line: str) -> str:
    """The begin of a line, with a sign for the rest."""
    return line if len(line) <= 40 else f"{line[:40].rstrip()}…"


def _joined(text: Text) -> Iterator[Unread]:
    """The first lines that were broken on purpose, and run on in one; or a word that was broken at the end of one."""
    for paragraph in paragraphs(text):
        bare = WITHIN.sub(_in_place, paragraph)
        if torn := alike.HALVES.search(bare):
            yield Unread("joined-lines", *alike.torn(torn)).at(text, torn["first"] + "-\n")
            return
        if found := verses.broken(bare):
            line = paragraph[found.start : found.end]
            yield Unread(
                "joined-lines",
                f"“{_cut(line)}” ends here, but learners see the next line run on behind it",
                KEPT[found.like],
            ).at(text, line)
            return


def _in_place(found: re.Match[str]) -> str:
    """What stands in place of code or of a formula."""
    return verses.ALONE * len(found[0]) if found[0].startswith("$$") else signs.dots(found)


def _left(text: Text) -> Iterator[Unread]:
    """The first backslash that was meant to end a line and ends none: where YAML has joined the lines, or nothing follows."""
    for paragraph in paragraphs(text) if "\n" in text and isinstance(text, Prose) else (text,):
        bare = raised.dotted(WITHIN.sub(signs.dots, paragraph))
        if found := BLANKED.search(bare):
            words, hint = paragraph[found.start() : found.end()], "delete the blanks behind it"
        elif found := LEFT.search(bare):
            words = paragraph[: found.end()].rsplit(maxsplit=1)[-1]
            hint = (
                "it ends one before the next line of its paragraph, in a block that begins with |"
            )
        else:
            continue
        yield Unread(
            "joined-lines",
            f"the backslash of “{words[-40:]}” ends no line: learners see it",
            f"{hint}; write \\\\ for the sign itself",
        ).at(text, words)
        return


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
                "{{c1::word}} or {{c1::word::hint}}, in the key “cloze” only; "
                + signs.IN_BACKQUOTES,
                *found.span(),
            )
            return


def deletions_in_code(text: Text) -> Iterator[Unread]:
    """Deletions in code where none are read, unless more backquotes than needed say that the signs themselves are meant. `text` is
    that of a cloze without its own deletions.
    """
    if "{{c" not in text:
        return
    for at, code_ in _within_code(text):
        if (code_[1] or code_[2]) in {"`", "```", "~~~"} and (found := DELETION.search(code_[0])):
            start = at + code_.start() + found.start()
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
    for at, block in _within_code(text) if "```" in text or "~~~" in text else ():
        if block[1]:
            last = block[0].rpartition("\n")[2].strip()
            if not (len(last) >= len(block[1]) and set(last) == {block[1][0]}):
                first = block[0].partition("\n")[0]
                yield Unread(
                    "not-read",
                    f"“{first.strip()[:40]}” begins a block of code that nothing ends",
                    f"put {block[1]} on a line of its own behind the code",
                    at + block.start(),
                    at + block.start() + len(first),
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
            dollars = "$$" if node.display else "$"
            shown = f"{dollars}{' '.join(node.tex.split())[:40]}{dollars}"
            yield Unread("formula", f"“{shown}”: {fault[0]}", fault[1]).at(text, node.tex)
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
