"""What changed between two states of a course: notes added, edited field by field, moved, retired."""

import difflib
import html
import io
import re
import subprocess
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..load import assemble
from ..model import Course
from ..notes import notes_of
from ..problems import Refusal, errors
from .package import State, of_notes, of_package

What = Literal["added", "edited", "moved", "retired"]
HEADINGS: dict[What, str] = {
    "added": "Added",
    "edited": "Edited",
    "moved": "Moved",
    "retired": "Retired",
}
RED, GREEN, PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Edit:
    """One field before and after, as plain text."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one note. The one edit of a moved note is its deck, before and after."""

    what: What
    id: str
    kind: str
    deck: str
    title: str
    edits: tuple[Edit, ...] = ()


def changes_since(course: Course, folder: Path, out: Path, against: str | None) -> list[Change]:
    """What changed in the course of `folder` since the package in `out`, or since another package or a revision of git
    if `against` names one. Raises Refusal when there is nothing to compare with.
    """
    path = Path(against or out / f"{course.about.id}.apkg")
    if path.is_file():
        old = of_package(path.read_bytes())
    elif against and not against.endswith(".apkg"):
        before, found = assemble(files_at(folder, against))
        if before is None:
            raise Refusal(f"the course at {against} has errors, the first: {errors(found)[0]}")
        old = of_notes(notes_of(before))
    else:
        raise Refusal(f"there is no {path}: build first, or say what to compare --against")
    return compare(old, of_notes(notes_of(course)))


def compare(old: Mapping[str, State], new: Mapping[str, State]) -> list[Change]:
    """The changes that lead from the old state to the new one, in the order of the new one."""
    changes: list[Change] = []
    for guid, state in new.items():
        before = old.get(guid)
        if before is None or (before.retired and not state.retired):
            changes.append(_change("added", state, _edits({}, state)))
            continue
        if before.deck != state.deck:
            changes.append(_change("moved", state, (Edit("Deck", before.deck, state.deck),)))
        edits = _edits(_plain(before), state)
        if edits:
            changes.append(_change("edited", state, edits))
    gone = [state for guid, state in old.items() if guid not in new and not state.retired]
    return [*changes, *(_change("retired", state, ()) for state in gone)]


def _change(what: What, state: State, edits: tuple[Edit, ...]) -> Change:
    title = _text(next(iter(state.fields.values())))
    return Change(what, state.id, state.kind, state.deck, title, edits)


def _plain(state: State) -> dict[str, str]:
    return {name: _text(value) for name, value in state.fields.items() if value} | {
        "Tags": " ".join(state.tags)
    }


def _text(value: str) -> str:
    """A field without its HTML, but with the names of its pictures."""
    named = re.sub(r'<img[^>]*src="([^"]*)"[^>]*>', r"[\1]", value)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", named)).split())


def _edits(before: Mapping[str, str], state: State) -> tuple[Edit, ...]:
    after = _plain(state)
    names = dict.fromkeys([*after, *before])
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(Edit(*pair) for pair in pairs if pair[1] != pair[2])


def words(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The stretches of two texts, word by word: ("=", …) in both, ("-", …) only old, ("+", …) only new."""
    one, two = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    for tag, from_one, to_one, from_two, to_two in matcher.get_opcodes():
        if tag == "equal":
            yield "=", "".join(one[from_one:to_one])
            continue
        if to_one > from_one:
            yield "-", "".join(one[from_one:to_one])
        if to_two > from_two:
            yield "+", "".join(two[from_two:to_two])


def as_text(changes: Sequence[Change], *, colour: bool) -> str:
    """The changes for a person at a terminal: old words in red, new ones in green, or without colour in brackets."""
    marks = (
        {"-": (RED, PLAIN), "+": (GREEN, PLAIN)}
        if colour
        else {"-": ("[-", "-]"), "+": ("{+", "+}")}
    )
    lines: list[str] = []
    for change in changes:
        lines.append(f"{change.what} {change.id} ({change.kind}, {change.deck}): {change.title}")
        if change.what in ("edited", "moved"):
            lines += [f"    {edit.field}: {_marked(edit, marks)}" for edit in change.edits]
    return "\n".join([*lines, summary(changes)])


def as_markdown(changes: Sequence[Change]) -> str:
    """The changes as Markdown, for a review or a release page."""
    marks = {"-": ("~~", "~~"), "+": ("**", "**")}
    blocks: list[str] = [summary(changes)]
    for what, heading in HEADINGS.items():
        found = [change for change in changes if change.what == what]
        if not found:
            continue
        lines = [f"## {heading}", ""]
        for change in found:
            lines.append(f"- `{change.id}` {_escaped(change.title)}")
            if what in ("edited", "moved"):
                lines += [f"  - {edit.field}: {_marked(edit, marks)}" for edit in change.edits]
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
            "fields": [{"name": e.field, "old": e.old, "new": e.new} for e in change.edits],
        }
        for change in changes
    ]


def summary(changes: Iterable[Change]) -> str:
    """How many of each: “2 added, 1 edited”."""
    counts = dict.fromkeys(HEADINGS, 0)
    for change in changes:
        counts[change.what] += 1
    return ", ".join(f"{n} {what}" for what, n in counts.items() if n) or "no changes"


def _marked(edit: Edit, marks: Mapping[str, tuple[str, str]]) -> str:
    text = ""
    escape = _escaped if "~~" in marks["-"] else str
    for sign, words_ in words(edit.old, edit.new):
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
    """The files of a folder at a revision of git, by path. Raises Refusal when there are none."""
    command = ["git", "archive", "--format=tar", "--end-of-options", revision, "."]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=True)  # noqa: S603
    except subprocess.CalledProcessError as error:
        raise Refusal(f"git has no folder {folder} at the revision “{revision}”") from error
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        members = [(member, archive.extractfile(member)) for member in archive if member.isfile()]
        return {member.name.removeprefix("./"): file.read() for member, file in members if file}
