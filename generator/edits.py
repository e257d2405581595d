"""A build after an edit that changed nothing but texts on cards of one module: only what they stand in is made anew.

All else that goes in is, byte for byte, what the last build of the packages into this folder had, and all that it made
still stands. It had nothing to warn of, so that only these texts can be wrong, and only by what looks at the words of a card:
that is asked anew. Where the cards stand is a matter of their module and of the few cards around it (`order.py`), and must
have stayed. Wherever anything is not so, the whole course is built: this can make a build faster and nothing else.
"""

import itertools
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from sqlite3 import Connection
from typing import NamedTuple

from . import checks, walk
from .cache import CACHE, digest, regular
from .files import Output
from .identity import module_of
from .kinds.base import Card
from .load import draft, module_alone
from .model import Course
from .notes import Note, notes_of
from .order import KEPT, arranged
from .outputs import collection
from .outputs.web import update
from .problems import so_many
from .published import ledger_file
from .published.contents import UNREADABLE
from .published.guard import guard_words, names_of, new_words
from .published.ledger import Ledger, advance
from .seen import cards_seen
from .source.files import LEDGER, contents
from .texts import Line, Prose, Record
from .uptodate import State, digests

TEXTS = f"{CACHE}/texts"
PAGE = "update.html"
UNREAD = ("plan.yaml", "tools.yaml")  # no card takes anything from them


class Made(NamedTuple):
    """The outputs that an edit changed, and by path what the next build has to know of this one."""

    outputs: list[Output]
    records: dict[str, bytes]


class Last(NamedTuple):
    """The last build: the course's key, what it made, with its digests, and the one module that was edited since, as it was."""

    course: str
    outputs: Mapping[str, bytes]
    digests: Mapping[str, str]
    module: str
    text: bytes

    @property
    def path(self) -> str:
        """The module's file."""
        return f"modules/{self.module}.yaml"

    @property
    def packages(self) -> tuple[str, str]:
        """The packages that hold the module's notes: that of the course, and its own."""
        names = [path for path in self.outputs if path.endswith(".apkg")]
        course = min(names, key=len)  # the others have its name before their own
        return course, course.replace(".apkg", f"-{self.module}.apkg")


def texts(state: State, now: int) -> bytes:
    """What `made` has to know of a build at this time, in seconds since 1970, beside the record of `State`: a line that says how
    long the file of each module is, and the files one after the other.
    """
    modules = {name: data for name, data in state.files.items() if name.startswith("modules/")}
    sizes = {name: len(data) for name, data in modules.items()}
    line = json.dumps([now, collection.TOOLS, sizes]).encode()
    return b"\n".join((line, b"".join(modules.values())))


def made(state: State, now: int) -> Made | None:
    """What a build at this time has to make after an edit of texts; None where it may be more than that."""
    try:
        last = _last(state, now)
        return _made(state, last, now) if last else None
    except (OSError, *UNREADABLE):  # records of any shape
        return None


def _last(state: State, now: int) -> Last | None:
    """The last build, where it left nothing else to do than to look at one module."""
    record = json.loads(regular(state.out / state.path))
    edited = {
        name
        for name in state.inputs.keys() | record["inputs"]
        if state.inputs.get(name) != record["inputs"].get(name)
    }
    if len(edited) != 1 or record["told"] or record["left"]:
        return None
    (path,) = edited
    if not path.startswith("modules/"):
        return None
    line, _, kept = regular(state.out / TEXTS).partition(b"\n")
    then, tools, sizes = json.loads(line)
    starts = dict(zip(sizes, itertools.accumulate(sizes.values(), initial=0), strict=False))
    text = kept[starts[path] : starts[path] + sizes[path]]
    if digest(text) != record["inputs"][path] or tools != collection.TOOLS or now < then:
        return None
    outputs = dict(contents(state.out, record["outputs"]))
    if digests(outputs.items()) != record["outputs"]:
        return None
    others = {path.name for path in state.out.glob("*.apkg")} - outputs.keys()
    if others or (state.out / LEDGER).exists():  # that may have to go, or to be told of
        return None
    module = path[len("modules/") : -len(".yaml")]
    return Last(record["course"], outputs, record["outputs"], module, text)


def _made(state: State, last: Last, now: int) -> Made | None:
    """The outputs of the last build with the notes of the edited module as they are now."""
    with ExitStack() as stack:
        opened = {
            path: stack.enter_context(closing(collection.opened(last.outputs[path])))
            for path in last.packages
        }
        course = _course(state, last, *opened.values())
        if course is None:
            return None
        notes = [note for note in notes_of(course) if note.module.id == last.module]
        ids = {name for note in notes for name in names_of(note)}
        data = state.files[LEDGER]
        before = ledger_file.part(data, ids, state.folder, now)
        if before is None or any(guard_words(notes, before)):
            return None
        if any(new[0].encode() in data for new in new_words(notes, before).values()):
            return None  # another card had these words: their ids may have changed places
        ledger = advance(before, course, notes, now=now, first=now)
        changed = [n for n in notes if ledger.notes[n.guid] != before.notes[n.guid]]
        outputs = [
            _package(path, connection, last.outputs[path], changed, ledger)
            for path, connection in opened.items()
        ]
    outputs.append(
        Output(PAGE, update.edited(last.outputs[PAGE], changed, ledger), "the update page")
    )
    data = ledger_file.edited(data, [note.guid for note in changed], ledger)
    outputs.append(Output(LEDGER, data, outputs[0].detail.partition(",")[0]))
    anew = digests((output.path, output.data) for output in outputs)
    record = state.record(
        last.course, last.packages[0][: -len(".apkg")], {**last.digests, **anew}, (), ()
    )
    return Made(outputs if changed else [], {TEXTS: texts(state, now), state.path: record})


def _package(
    path: str, opened: Connection, held: bytes, notes: Sequence[Note], ledger: Ledger
) -> Output:
    """A package with these notes as they are now."""
    for note in notes:
        fields, mod = note.all_fields(), ledger.notes[note.guid].mod
        words = "\x1f".join(fields), fields[0], mod, note.guid
        opened.execute("UPDATE old.notes SET flds = ?, sfld = ?, mod = ? WHERE guid = ?", words)
        own = "(SELECT id FROM old.notes WHERE guid = ?)"
        opened.execute(f"UPDATE old.cards SET mod = ? WHERE nid = {own}", words[2:])  # noqa: S608
    counts = "SELECT (SELECT count() FROM old.notes), (SELECT count() FROM old.cards)"
    ((count, cards),) = opened.execute(counts)
    return Output(
        path, collection.copied(opened, held), f"{so_many(count, 'note')}, {so_many(cards, 'card')}"
    )


def _course(state: State, last: Last, whole: Connection, own: Connection) -> Course | None:
    """The course as far as the edit bears on it: the edited module, and those around it with which cards of it are met. None
    where more than texts on cards has changed, where they are wrong, or where a card would be met elsewhere.
    """
    cards = "FROM old.cards JOIN old.notes ON nid = notes.id WHERE due BETWEEN ? AND ? ORDER BY due"
    ((first, end),) = own.execute("SELECT min(due), max(due) FROM old.cards")
    near = (first - KEPT, end + KEPT)
    around = whole.execute(f"SELECT guid, ord, due, tags {cards}", near).fetchall()
    every = {
        name[len("modules/") : -len(".yaml")] for name in state.files if name.startswith("modules/")
    }
    names = {module_of(tags.split(), every) for *_, tags in around}
    files = {name: data for name, data in state.files.items() if name not in UNREAD}
    course, found = draft(files, names)
    if course is None or found or _wrong(course):
        return None
    module = next((module for module in course.modules if module.id == last.module), None)
    if not module or _bare(module) != _bare(module_alone(last.text, last.path)):
        return None
    seen = {(card.note.guid, card.ordinal): card for card in cards_seen(course)}
    known = own.execute("SELECT guid, ord FROM old.cards JOIN old.notes ON nid = notes.id")
    if {*known} != {name for name, card in seen.items() if card.note.module is module}:
        return None
    before = [seen[guid, ordinal] for guid, ordinal, due, _ in around if due < first]
    behind = course.modules[course.modules.index(module) :]  # the edited one first
    own_and_after = (card for card in seen.values() if card.note.module in behind)
    planned = [card for card, _ in arranged(own_and_after, before)]
    there = (first, first + len(planned) - 1)
    met = whole.execute(f"SELECT guid, ord {cards}", there).fetchall()
    return course if met == [(each.note.guid, each.ordinal) for each in planned] else None


def _wrong(course: Course) -> bool:
    """Whether anything is wrong with a part of a course, as far as it does not hang on another part."""
    return any(checks.local(course)) or any(checks.rules.run(course, warnings=False))


def _bare(value: object, *, on_card: bool = False) -> object:
    """All that a part of a course holds but texts on cards and the places in the file."""
    if on_card and isinstance(value, Line | Prose):
        return type(value)
    if isinstance(value, tuple):
        return [_bare(each, on_card=on_card) for each in value]
    if isinstance(value, Record):
        kind: type = type(value)
        inside = on_card or isinstance(value, Card)
        held = (_bare(getattr(value, name), on_card=inside) for name in walk.names(kind))
        return [kind, *held]
    return value
