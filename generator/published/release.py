"""Releases: which version may follow, version and date in `course.yaml`, and the changelog for learners."""

import re
from collections.abc import Iterable, Sequence

from ..frozen import dataclass
from ..kinds.notetype import MY_NOTES
from ..model import VERSION, Course, CourseFile
from ..notes import Note
from ..problems import Problem, Refusal, so_many
from ..source.reword import replaced
from ..source.write import inserted_keys
from ..text import to_line
from .ledger import DECLARED, NEW, UNRELEASED, Entry, Ledger, numbers_of, reason_of, words_of
from .moves import Move, Place, moves

MANY = 12  # more new cards of a deck than this are counted, not listed
LEVELS = ("patch", "minor", "major")
# What keeps no release back: the changelog tells learners of it, or the author can do nothing about it.
TOLD = (
    *("deck-renamed", "card-moved", "number-gone", "number-reused"),
    *("no-labels", "kept-media", "blank-side", "near-file", "module-name"),
)


@dataclass(frozen=True, slots=True)
class News:
    """What a release brings, seen from the last one. `moved` has each way from deck to deck with its count of cards;
    `emptied` are clozes and drawings that have lost a number, whose card learners keep without a question.
    """

    new: tuple[Note, ...]
    changed: tuple[Note, ...]
    retired: tuple[Entry, ...]
    moved: tuple[tuple[Move, int], ...]
    emptied: tuple[Note, ...]
    first: bool

    @property
    def level(self) -> str:
        """The least step that the version must take: see “Versions” in CONTRIBUTING."""
        if self.moved:
            return "major"
        return "minor" if self.new or self.retired or self.emptied else "patch"


def news_since(notes: Sequence[Note], ledger: Ledger) -> News:
    """What changed since the last release, from a ledger that knows the content as it is now."""
    entries = ledger.notes
    released = [note for note in notes if entries[note.guid].since != UNRELEASED]
    cards = {note.id: len(note.ordinals()) for note in released}
    places = (Place(n.id, n.tags, entries[n.guid].deck, n.deck, ours=n.ours) for n in released)
    return News(
        new=tuple(note for note in notes if _is_new(entries[note.guid])),
        changed=tuple(n for n in released if entries[n.guid].version == UNRELEASED),
        retired=tuple(
            entry
            for entry in sorted(entries.values(), key=lambda e: e.id)
            if entry.retired and entry.version == UNRELEASED != entry.since
        ),
        moved=tuple((move, sum(cards[id_] for id_ in move.ids)) for move in moves(places)),
        emptied=tuple(n for n in released if entries[n.guid].cards.keys() - numbers_of(n).keys()),
        first=all(entry.since == UNRELEASED for entry in entries.values()),
    )


def _is_new(entry: Entry) -> bool:
    return entry.since == UNRELEASED or entry.version == NEW


def blocking(found: Iterable[Problem]) -> list[Problem]:
    """The problems that no release goes out with: all but those that are only told."""
    return [problem for problem in found if problem.code not in TOLD]


def numbers(version: str) -> tuple[int, int, int]:
    """The numbers of a version. Raises Refusal when it is none."""
    sound = VERSION.fullmatch(version)
    if not sound:
        raise Refusal(f"“{version}” is no version: three numbers such as 1.4.0")
    return int(sound[1]), int(sound[2]), int(sound[3])


def hold_to_order(old: str, new: str, what: News) -> None:
    """Raise Refusal when the version `new` cannot follow `old` with this news. The first release may have any version."""
    if what.first:
        return
    before, after = numbers(old or "0.0.0"), numbers(new)
    if after <= before:
        raise Refusal(f"{new} does not come after {old}")
    step = LEVELS[2 - next(i for i in range(3) if after[i] != before[i])]
    if LEVELS.index(step) < LEVELS.index(what.level):
        first, second, third = before
        least = {"major": (first + 1, 0, 0), "minor": (first, second + 1, 0)}
        wanted = ".".join(map(str, least.get(what.level, (first, second, third + 1))))
        raise Refusal(
            f"{new} is a {step} release, and what changed makes this a {what.level} one: {wanted}"
        )


def stamp(text: str, about: CourseFile, version: str, date: str) -> str:
    """The text of the file of which `about` was read, with version and date set and all else as its author left it; a key that only
    the ledger has kept so far is written down.

    Raises Refusal when either is not written on one line as it reads.
    """
    given = [(old, new) for old, new in ((about.version, version), (about.date, date)) if old]
    kept = [("key", str(about.key))] * (bool(about.key) and about.key.span == about.id.span)
    new = kept + [("version", version)] * (not about.version) + [("date", date)] * (not about.date)
    # First what stands there: what is put in above would move it.
    return inserted_keys(replaced(text, given), {about.span: new} if new else {})


def sign(ledger: Ledger) -> str:
    """A line by which a rehearsal tells what words of which notes it was of: no version, no date."""
    return f"<!-- rehearsed {words_of(ledger)} -->"


def tables_of(rehearsal: str, ledger: Ledger) -> str:
    """The tables that `rehearse` printed, without the lines of `sign`: once where several Ankis gave the same. `ledger` knows the
    content as it is released.

    Raises Refusal when something was lost in the rehearsal, or it was of other words.
    """
    signs = re.compile("<!-- rehearsed .* -->\n")
    rehearsal = rehearsal.replace("\r\n", "\n")
    if {*signs.findall(rehearsal)} != {sign(ledger) + "\n"}:
        raise Refusal("what was rehearsed is not what is released: rehearse it again")
    return once(signs.sub("", rehearsal))


def once(rehearsal: str) -> str:
    """What several Ankis gave, each table once, with the names of all that gave it: three times as long a changelog is not shown
    any more where people read it (GitHub ends at 512 KB).
    """
    pattern = re.compile(
        r"<details><summary>(From [^\n]* in Anki )([\d.]+)(: [^\n]*)</summary>\n(.*?)</details>\n",
        re.DOTALL,
    )
    if pattern.sub("", rehearsal).strip():
        return rehearsal  # what else stands there is not ours to leave out
    ankis: dict[tuple[str, ...], list[str]] = {}
    for had, anki, told, table in pattern.findall(rehearsal):
        ankis.setdefault((had, told, table), []).append(anki)
    return "\n".join(
        f"<details><summary>{had}{', '.join(names)}{', each' * (len(names) > 1)}{told}</summary>\n{table}</details>\n"
        for (had, told, table), names in ankis.items()
    )


def section(course: Course, what: News, version: str, date: str, tables: str = "") -> str:
    """The release's part of the changelog. `tables` are those of a rehearsal."""
    parts = [f"## {version} · {date}", _how(course, what), _new(what), _changed(what)]
    parts += [_retired(course, what), _moved(what), _rehearsed(tables)]
    return "\n\n".join(filter(None, parts)) + "\n"


def inserted(changelog: str, new: str) -> str:
    """The changelog with a section before all older ones, and with the line ends that it has."""
    end = "\r\n" if "\r\n" in changelog else "\n"
    older = re.search(r"^## ", changelog, re.MULTILINE)
    at = older.start() if older else len(changelog)
    head = changelog[:at].rstrip() or "# Changes"
    said = new.replace("\n", end)
    return f"{head}{end}{end}{said}" + (f"{end}{changelog[at:]}" if older else "")


def _how(course: Course, what: News) -> str:
    name = course.about.id
    steps = [f"Import `{name}.apkg` with the options as they are: your reviews stay."]
    changed = () if what.first else what.changed
    if any(note.ours for note in changed):
        steps.append(
            f"If you have edited or tagged cards, or written in `{MY_NOTES}`, open `update.html` first: it puts"
            " the changes around what is yours."
        )
    brought = sum(not note.ours for note in changed)
    if brought:
        steps.append(
            f"The package replaces {so_many(brought, 'note')} of note types that came from Anki, with what you wrote on them: see"
            " “Changed”, and copy your words first."
        )
    if what.emptied:
        steps.append("Run Tools > Empty Cards, which removes the cards whose question is gone.")
    if what.retired:
        steps.append(
            f"To be rid of the retired cards, import `{name}-retired.apkg` too, then Tools > Empty Cards."
        )
    return "\n".join(["### How to update", "", *steps])


def _new(what: News) -> str:
    decks: dict[str, list[Note]] = {}
    for note in what.new:
        decks.setdefault(note.deck, []).append(note)
    lines = []
    for deck, notes in decks.items():
        lines.append(f"- {deck}: {so_many(len(notes), 'note')}")
        if len(notes) <= MANY and not what.first:
            lines += [f"  - {_label(note)}" for note in notes]
    return "\n".join(["### New", "", *lines]) if lines else ""


def _changed(what: News) -> str:
    gone = {note.guid for note in what.emptied}
    told = dict.fromkeys(gone, ": a blank of it is gone, with its card")
    lines = [f"- {_label(note)} ({note.deck}){told.get(note.guid, '')}" for note in what.changed]
    return "\n".join(["### Changed", "", *lines]) if lines else ""


def _retired(course: Course, what: News) -> str:
    later, ended = course.history.later, course.history.ended
    lines = []
    for entry in what.retired:
        reason = "asked in another way now, as a new card"
        if entry.retired == DECLARED:
            reason = reason_of(entry.id, later, ended)
        lines.append(f"- `{entry.id}`: {reason}")
    return "\n".join(["### Retired", "", *lines]) if lines else ""


def _moved(what: News) -> str:
    if not what.moved:
        return ""
    lines: list[str] = []
    for move, count in what.moved:
        cards = so_many(count, "card")
        lines += [f"- {move.old} → {move.new}: {cards}", "", f"      {move.search}", ""]
    told = (
        "An import cannot move cards that you have. To have them where new learners find them, import the package, then in "
        "Browse search for the line under the deck's name, which finds just these cards, select all, Cards > Change Deck. "
        "You lose nothing if you leave them."
    )
    return "\n".join(["### Moved to another deck", "", *lines, told])


def _rehearsed(tables: str) -> str:
    told = (
        "Before this release, learners of every kind took it in a trial. *Announced*: a package replaces a note that the author"
        " changed after you did, and leaves alone one that you touched after the author; the update page does neither."
    )
    return f"### Rehearsed\n\n{told}\n\n{tables.strip()}" if tables else ""


def _label(note: Note) -> str:
    words = to_line(note.faces[0].question)
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", words)
