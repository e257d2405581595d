"""What changed between two states of a course: notes added, edited field by field, moved, retired."""

import contextlib
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from ..frozen import dataclass
from ..kinds.all import NOTE_TYPES
from ..likeness import steps
from ..load import assemble
from ..model import Course
from ..notes import notes_of
from ..problems import Refusal, errors, so_many, visible
from ..source.files import beside
from . import git
from .ledger import COSMETIC, TAGS
from .moves import Place, moves
from .package import State, of_notes, of_package

What = Literal["added", "edited", "moved", "retired"]
HEADINGS: dict[What, str] = {
    "added": "Added",
    "edited": "Edited",
    "moved": "Moved",
    "retired": "Retired",
}
RED, GREEN, PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"
# What stands around old words and around new ones.
BRACKETS = {"-": ("[-", "-]"), "+": ("{+", "+}")}
# Colours alone would leave no gap between an old word and a new one.
COLOURS = {"-": (f"{RED}[-", f"-]{PLAIN}"), "+": (f"{GREEN}{{+", f"+}}{PLAIN}")}


@dataclass(frozen=True, slots=True)
class Edit:
    """One field before and after, as plain text; or what became of its HTML where the words do not show it: `markup`."""

    field: str
    old: str
    new: str
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one note. The one edit of a moved note is its deck, before and after, and `search` is what finds the
    cards of all that moved along with it in Anki. `gone` are the numbers that a cloze or drawing has lost.
    """

    what: What
    id: str
    kind: str
    deck: str
    title: str
    edits: tuple[Edit, ...] = ()
    gone: tuple[str, ...] = ()
    search: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why a build gives the note a new date, with which a package replaces it; nothing where it keeps its date."""
        if self.what != "edited":
            return ()
        cosmetic = COSMETIC if self.kind in NOTE_TYPES else ()
        fields = dict.fromkeys(e.field for e in self.edits if e.field not in cosmetic)
        drawn = {"Occlusion", "Image", "Labels", "Description"} if self.kind == "diagram" else set()
        return tuple(dict.fromkeys("drawing" if name in drawn else name for name in fields))


def changes_since(course: Course, folder: Path, out: Path, against: str | None) -> list[Change]:
    """What changed in the course of `folder` since the package in `out`, or since another package or a revision of git
    if `against` names one. Raises Refusal when there is nothing to compare with.
    """
    path = Path(against) if against else _built(course, folder, out)
    if path.is_file():
        old = of_package(path.read_bytes())
    elif against and not against.endswith(".apkg"):
        before, found = assemble(files_at(folder, against))
        if before is None:
            raise Refusal(f"the course at {against} has errors, the first: {errors(found)[0]}")
        key = before.about.key or course.about.key  # its first build may have come later
        before = replace(before, about=replace(before.about, key=key))
        old = of_notes(notes_of(before))
    else:
        raise Refusal(
            f"there is no {path}: build first, name the folder of the packages with --out, or say what to compare --against"
        )
    return compare(old, of_notes(notes_of(course)))


def _built(course: Course, folder: Path, out: Path) -> Path:
    """The package of the whole course in `out`, or that of a course of one file in the one folder beside it that has it."""
    name = f"{course.about.id}.apkg"
    if not (out / name).is_file() and folder.is_file():
        beside_it = [*folder.parent.glob(name), *folder.parent.glob(f"*/{name}")]
        if len(beside_it) == 1:
            return beside_it[0]
    return out / name


def compare(old: Mapping[str, State], new: Mapping[str, State]) -> list[Change]:
    """The changes that lead from the old state to the new one, in the order of the new one."""
    changes: list[Change] = []
    searches = _searches(old, new)
    for guid, state in new.items():
        before = old.get(guid)
        if before is None or (before.retired and not state.retired):
            changes.append(_change("added", state, tuple(_edits({}, _values(state)))))
            continue
        if before.deck != state.deck:
            way = (Edit("Deck", before.deck, state.deck),)
            changes.append(_change("moved", state, way, search=searches[state.id]))
        edits = tuple(_edits(_values(before), _values(state)))
        if edits:
            there = _numbers(state)
            gone = tuple(number for number in _numbers(before) if number not in there)
            changes.append(_change("edited", state, edits, gone))
    ended = [state for guid, state in old.items() if guid not in new and not state.retired]
    return [*changes, *(_change("retired", state) for state in ended)]


def _searches(old: Mapping[str, State], new: Mapping[str, State]) -> dict[str, str]:
    """The search that finds the cards of a note that moved, by its id."""
    both = ((old[guid], state) for guid, state in new.items() if guid in old)
    places = (
        Place(s.id, s.tags, was.deck, s.deck, ours=s.kind in NOTE_TYPES)
        for was, s in both
        if not was.retired
    )
    return {id_: move.search for move in moves(places) for id_ in move.ids}


def _change(
    what: What,
    state: State,
    edits: tuple[Edit, ...] = (),
    gone: tuple[str, ...] = (),
    search: str = "",
) -> Change:
    asked = state.fields.get("Header") if state.kind == "diagram" else None
    title = _text(asked or next(iter(state.fields.values())))
    return Change(what, state.id, state.kind, state.deck, title, edits, gone, search)


def _values(state: State) -> dict[str, str]:
    return {**state.fields, TAGS: " ".join(state.tags)}


def _numbers(state: State) -> tuple[str, ...]:
    """The numbers of a cloze or drawing, each of which is a card."""
    ours = NOTE_TYPES.get(state.kind)
    if ours and not ours.cloze:
        return ()
    first, *others = state.fields.values()
    held = first if ours else "\n".join([first, *others])
    return tuple(dict.fromkeys(re.findall(r"\{\{c(\d+)::", held)))


def _text(value: str) -> str:
    """A field without its HTML, but with the names of its pictures."""
    named = re.sub(r'<img[^>]*src="([^"]*)"[^>]*>', r"[\1]", value)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", named)).split())


def _edits(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Edit]:
    """What changed between two notes' values, by name."""
    for name in dict.fromkeys([*after, *before]):
        old, new = before.get(name, ""), after.get(name, "")
        words_ = _text(old), _text(new)
        if words_[0] != words_[1]:
            yield Edit(name, *words_)
            if all(words_):
                yield from _markup(name, _addresses(old), _addresses(new))
        elif _addresses(old) != _addresses(new):
            yield from _markup(name, _addresses(old), _addresses(new))
        else:
            yield from _markup(name, _pieces(old), _pieces(new))


def _addresses(value: str) -> list[str]:
    return [html.unescape(address) for address in re.findall(r'<a [^>]*href="([^"]*)"', value)]


def _pieces(value: str) -> list[str]:
    """The tags of a field, and the texts between."""
    return re.findall(r"<[^>]*>|[^<]+", value)


def _markup(name: str, one: list[str], two: list[str]) -> Iterator[Edit]:
    """The edit that shows where two lists differ, if they do."""
    codes = steps(one, two)
    differing = [code for code in codes if code[0] != "equal"]
    if differing:
        old = " … ".join("".join(one[a:b]) for _, a, b, _, _ in differing if b > a)
        new = " … ".join("".join(two[c:d]) for _, _, _, c, d in differing if d > c)
        yield Edit(name, old, new, markup=True)


def words(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The stretches of two texts, word by word: ("=", …) in both, ("-", …) only old, ("+", …) only new."""
    one, two = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    for tag, from_one, to_one, from_two, to_two in steps(one, two):
        if tag == "equal":
            yield "=", "".join(one[from_one:to_one])
            continue
        if to_one > from_one:
            yield "-", "".join(one[from_one:to_one])
        if to_two > from_two:
            yield "+", "".join(two[from_two:to_two])


def as_text(changes: Sequence[Change], *, colour: bool) -> str:
    """The changes for a person at a terminal: old words in red, new ones in green, or without colour in brackets."""
    marks = COLOURS if colour else BRACKETS
    lines: list[str] = []
    for change in changes:
        lines.append(
            f"{change.what} {change.id} ({change.kind}, {change.deck}): {visible(change.title)}"
        )
        lines += [f"    {line}" for line in _details(change, marks)]
    for search, ids in _moved(changes).items():
        lines += [f"to find what moved in Anki ({', '.join(ids)}):", f"    {search}"]
    return "\n".join([*lines, *dates(changes), summary(changes)])


def as_markdown(changes: Sequence[Change]) -> str:
    """The changes as Markdown, for a review or a release page."""
    marks = {"-": ("~~", "~~"), "+": ("**", "**")}
    blocks = [summary(changes), *dates(changes)]
    for what, heading in HEADINGS.items():
        found = [change for change in changes if change.what == what]
        if not found:
            continue
        lines = [f"## {heading}", ""]
        for change in found:
            lines.append(f"- `{change.id}` {_escaped(change.title)}")
            lines += [f"  - {line}" for line in _details(change, marks)]
        if what == "moved":
            searches = "\n".join(f"    {search}" for search in _moved(found))
            lines += ["", "To find them in Anki:", "", searches]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def as_rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The changes for programs, as JSON has them."""
    return [
        {
            "change": change.what,
            "id": change.id,
            "kind": change.kind,
            "deck": change.deck,
            "title": change.title,
            "fields": [
                {"name": e.field, "old": e.old, "new": e.new, "markup": e.markup}
                for e in change.edits
            ],
            "redated": bool(change.reasons),
            "numbers_gone": list(change.gone),
            "search": change.search,
        }
        for change in changes
    ]


def summary(changes: Iterable[Change]) -> str:
    """How many of each: “2 added, 1 edited”."""
    counts = dict.fromkeys(HEADINGS, 0)
    for change in changes:
        counts[change.what] += 1
    return ", ".join(f"{n} {what}" for what, n in counts.items() if n) or "no changes"


def dates(changes: Iterable[Change]) -> list[str]:
    """How many notes that learners have are re-dated by a build, and why; and how many changed without that. A line each."""
    edited = [change for change in changes if change.what == "edited"]
    new = [change for change in edited if change.reasons]
    lines = []
    if new:
        lines.append(redated(len(new), reasons(new)))
    if len(new) < len(edited):
        *most, last = sorted(COSMETIC)
        places = f"{', '.join(most)} or {last}"
        lines.append(
            f"not re-dated: {so_many(len(edited) - len(new), 'note')} with only another {places}"
        )
    return lines


def redated(count: int, why: str) -> str:
    """The line about notes that an import replaces because a build gives them a new date."""
    return f"re-dated: {so_many(count, 'note')} that learners have" + (f" ({why})" if why else "")


def reasons(changes: Iterable[Change]) -> str:
    """Why notes get a new date, the most frequent reason first: “Answer 3, Tags 1: an id, a lens or a tag changed”."""
    counts = Counter(reason for change in changes for reason in change.reasons)
    told = {TAGS: ": an id, a lens or a tag changed"}
    return ", ".join(f"{name} {n}{told.get(name, '')}" for name, n in counts.most_common())


def reasons_since_release(course: Course, folder: Path, out: Path) -> str:
    """The reasons for what changed since the last release; empty where git does not know that one by its tag."""
    with contextlib.suppress(Refusal, OSError):  # no tag, or no git
        return reasons(changes_since(course, folder, out, f"v{course.about.version}"))
    return ""


def _moved(changes: Iterable[Change]) -> dict[str, list[str]]:
    """The ids of notes that moved, by the search that finds their cards."""
    found: dict[str, list[str]] = {}
    for change in changes:
        if change.what == "moved":
            found.setdefault(change.search, []).append(change.id)
    return found


def _details(change: Change, marks: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    if change.what not in ("edited", "moved"):
        return
    for edit in change.edits:
        yield f"{edit.field}{' (markup)' if edit.markup else ''}: {marked(edit, marks)}"
    if change.gone:
        yield f"number {', '.join(change.gone)} is gone: Empty Cards removes its card"


def marked(edit: Edit, marks: Mapping[str, tuple[str, str]]) -> str:
    """An edit with marks around the words that only one side has."""
    text = ""
    escape = _escaped if "~~" in marks["-"] else str
    old, new = visible(edit.old), visible(edit.new)
    if edit.markup:
        return f"{escape(old) or 'none'} → {escape(new) or 'none'}"
    for sign, words_ in words(old, new):
        bare = words_.strip()
        if sign == "=" or not bare:
            text += escape(words_)
            continue
        before, after = marks[sign]
        start = words_.index(bare)
        end = words_[start + len(bare) :]
        text += words_[:start] + before + escape(bare) + after + end
    return text


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>~])", r"\\\1", text)


def files_at(folder: Path, revision: str) -> dict[str, bytes]:
    """The files of a course at a revision of git, by path. Raises Refusal when there are none."""
    if not folder.is_file():
        return git.files_at(folder, revision, lambda _: True)
    found = git.files_at(
        folder.parent,
        revision,
        lambda path: path == folder.name or path.lower().endswith(beside()),
    )
    if folder.name not in found:
        raise Refusal(f"git has no {folder} at the revision “{revision}”")
    return {folder.name: found.pop(folder.name)} | found
