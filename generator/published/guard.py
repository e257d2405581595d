"""The guard of identity: what was released is still there, or what became of it is written in `history.yaml`.

What was built but never released is free: learners do not have it.
"""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..identity import COPY, DAY, card_of, names
from ..kinds.notetype import NoteType
from ..late import late
from ..likeness import nearest, ratio
from ..model import Course
from ..notes import Note
from ..problems import Problem, Span, did_you_mean
from .ledger import (
    DECLARED,
    UNRELEASED,
    Entry,
    Ledger,
    kinds_of,
    mark,
    numbers_of,
    released,
    replaced,
    shape_of,
)

RETIRED = "retired"  # stands in the name of a package where else a module's id does
DEVICE = late("con|prn|aux|nul|com[0-9]|lpt[0-9]")  # as Windows calls what is no file
# Below this likeness (`likeness.ratio`) the words under a number of a cloze are other words, not the same ones mended.
LIKE = 0.5
HINTS = 20  # where more cards than these are gone, it was no slip of a key, and looking for each would take for ever


def guard(course: Course, notes: Sequence[Note], ledger: Ledger, now: int) -> Iterator[Problem]:
    """What the ledger and the content disagree on, and what the clock (`now`, in seconds since 1970) has against the
    course's date. An empty ledger agrees with everything.
    """
    yield from _unnamed(course)
    date = course.about.date
    if date and datetime.datetime.fromisoformat(f"{date}T00:00Z").timestamp() > now + DAY:
        yield Problem(
            date.span,
            "late-date",
            f"{date} is later than today",
            "give the day of this version: Anki would overwrite what learners write until then",
        )
    if of_another_course(course, notes, ledger):
        about = course.about
        message = f"the ledger is that of another course: “{ledger.decks.get('', '')}”"
        own = "this course's own"
        if ledger.decks.get("") == about.deck:  # so it is its key that is another
            message = f"the ledger is that of a course with the key “{ledger.course}”"
            own += ", or that key"
        hint = f"put back {own}; if this is a copy of another course, {COPY}"
        yield Problem((about.key or about.id).span, "other-course", message, hint)
        return
    yield from _names_of_outputs(course, ledger)
    yield from _kept_types(course, notes, ledger)
    yield from _declarations(course, notes)
    yield from _vanished(course, notes, ledger)
    yield from _moved(course, notes, ledger)
    yield from _swapped(notes, ledger)
    yield from guard_words(notes, ledger)


def guard_words(notes: Sequence[Note], ledger: Ledger) -> Iterator[Problem]:
    """What the words of notes have against them in a ledger that has all entries under their ids and those of their cards."""
    yield from _reused(notes, ledger)
    yield from _renumbered(notes, ledger)


def _names_of_outputs(course: Course, ledger: Ledger) -> Iterator[Problem]:
    """Ids that name files which collide, or which Windows cannot have. What was released before anyone looked stays, unless one of
    its packages would overwrite the other.
    """
    modules = [module.id for module in course.modules if module.deck]  # the others have no file
    out = released(ledger)
    if not out or any(entry.retired for entry in ledger.notes.values()):
        for id_ in modules:
            if id_ == RETIRED:
                name = f"{course.about.id}-{RETIRED}.apkg"
                message = f"{name} is the package of retired notes, and a module “{RETIRED}” would have the same"
                yield Problem(id_.span, "duplicate-id", message, "give the module another id")
    if not out:
        sessions = [session.id for form in course.forms for session in form.sessions]
        own = [course.about.id, *modules, *(essay.id for essay in course.essays), *sessions]
        for id_ in (*own, *(tool.id for tool in course.tools)):
            if len(id_) < 5 and DEVICE.fullmatch(id_):
                message = f"Windows can have no file of the name “{id_}”"
                hint = f"name it in more words, such as “{id_}-1”"
                yield Problem(id_.span, "bad-id", message, hint)


def _kept_types(course: Course, notes: Sequence[Note], ledger: Ledger) -> Iterator[Problem]:
    """Note types that came from Anki are as they were published, and each note is of its own."""
    hint = (
        "put it back as it was: Anki would call every note of this type a conflict, and update none"
    )
    for each in course.note_types:
        entry = ledger.types.get(each.kind)
        if entry and entry.shape and entry.shape != shape_of(each):
            message = f"fields or templates of the note type “{each.name}” are other ones than learners have"
            yield Problem(each.span, "note-type", message, hint)
    used = {entry.kind for entry in ledger.notes.values() if entry.released}
    for kind in sorted(used - course.types.keys()):
        message = f"the note type {kind} of published notes is gone from note-types/"
        yield Problem(course.about.id.span, "note-type", message, "put its file back")
    for note in notes:
        found = ledger.notes.get(note.guid)
        if found and found.released and found.kind != note.kind:
            message = f"“{note.id}” is of another note type than learners have it"
            retire = "retire it, and give the new one another id and no guid"
            yield Problem(note.card.id.span, "note-type", message, retire)


def _unnamed(course: Course) -> Iterator[Problem]:
    """Ids that were left out: what stands in for them changes with the words that it is made of."""
    if course.unnamed:
        count = len(course.unnamed)
        yield Problem(
            course.unnamed[0].span,
            "no-id",
            f"{count} ids are left out: this is a draft, for a look in your own Anki"
            if count > 1
            else f"the id “{course.unnamed[0]}” is left out: this is a draft, for a look in your own Anki",
            "before others get it, `coursedeck check --fix` writes them down: reviews hang on ids, and those of a draft"
            " change with its words",
        )


def of_another_course(course: Course, notes: Sequence[Note], ledger: Ledger) -> bool:
    """Whether the ledger bears another course's key, or has neither this course's deck nor any of its notes. One in which nothing
    was released yet is nobody's.
    """
    if not released(ledger):
        return False
    if ledger.decks.get("") == course.about.deck:
        return ledger.course not in ("", course.about.identity)
    return ledger.notes.keys().isdisjoint(note.guid for note in notes)


def names_of(note: Note) -> tuple[str, str]:
    """A note's id and its card's: `history.yaml` may name either."""
    return note.id, str(note.card.id)


def _declarations(course: Course, notes: Sequence[Note]) -> Iterator[Problem]:
    if not course.history.retired and not course.history.renamed:
        return
    there = {name for note in notes for name in names_of(note)}
    for end in course.history.retired:
        if end.card in there:
            hint = "delete the card, or the line that retires it"
            yield Problem(
                end.card.span,
                "retired-but-there",
                f"“{end.card}” is retired, but still in the content",
                hint,
            )
        if end.successor and end.successor not in there:
            hint = did_you_mean(end.successor, there) or "name one that is there"
            yield Problem(
                end.successor.span, "unknown-card", f"there is no card “{end.successor}”", hint
            )
    somewhere = there | course.history.later.keys() | course.history.ended.keys()
    free = there - course.history.earlier.keys()
    for renaming in course.history.renamed:
        if renaming.to not in somewhere:
            hint = did_you_mean(renaming.to, free) or "name one that is there"
            yield Problem(
                renaming.to.span, "unknown-card", f"there is no card “{renaming.to}”", hint
            )
        if renaming.from_ in there:
            hint = "a released id is never used again: give the other card a new one"
            yield Problem(
                renaming.from_.span,
                "reused-id",
                f"“{renaming.from_}” was renamed, and is in the content again",
                hint,
            )


def _vanished(course: Course, notes: Sequence[Note], ledger: Ledger) -> Iterator[Problem]:
    if not released(ledger):
        return  # what nobody has may go
    guids = {note.guid for note in notes}
    there = {note.id for note in notes}
    # A card that was renamed has an id that no other had: what is published already is another card.
    new = [note for note in notes if note.guid not in ledger.notes]
    fresh = {name for note in new for name in names_of(note)}
    history = course.history.span.path
    kinds, later = kinds_of(notes), course.history.later
    declared = course.history.ended.keys()
    cards = {str(note.card.id) for note in notes}
    gone: set[str] = set()
    for guid, entry in ledger.notes.items():
        # The card still exists but changed its kind: the build retires the old note and adds a new one, and the author
        # need not declare it.
        if guid in guids or entry.retired or not entry.released or replaced(entry, kinds, later):
            continue
        known = names(entry.id, later)
        if known[-1] in there:
            yield Problem(
                Span(history),
                "vanished-id",
                f"the card “{entry.id}” would be a new card for everyone who has it",
                f"a published line under renamed in {history} is gone, or the course's id has changed: put it back",
            )
        elif declared.isdisjoint([*known, *map(card_of, known)]):
            # Of a card that is gone with all of its items or cases, those are not told one by one.
            id_ = entry.id if card_of(entry.id) in cards else card_of(entry.id)
            if id_ in gone:
                continue
            gone.add(id_)
            near = nearest(id_, fresh) if len(gone) <= HINTS else ""
            fresh.discard(near)
            yield Problem(
                Span(history),
                "vanished-id",
                f"the published card “{id_}” is no longer in the content",
                f"put it back, or list it in {history} under retired or renamed"
                + (f"; did you mean “{near}”?" if near else ""),
            )


def _reused(notes: Sequence[Note], ledger: Ledger) -> Iterator[Problem]:
    """Ids that a retired card had. The same card may come back: any words while no release told of its end, and the
    same words after that.
    """
    ended = {
        e.id for e in ledger.notes.values() if e.retired == DECLARED and e.version != UNRELEASED
    }
    for note in notes:
        if not ended.isdisjoint(names_of(note)) and not _same_words(
            note, ledger.notes.get(note.guid)
        ):
            yield Problem(
                note.card.id.span,
                "reused-id",
                f"the id “{note.id}” belonged to a card that was retired",
                "give the new card an id of its own; only the same card, in the same words, may come back",
            )


def _same_words(note: Note, entry: Entry | None) -> bool:
    """Whether all that the note says was published of it before."""
    if entry is None:
        return False
    past = {name: set(marks.split(" ")) for name, marks in entry.past.items()}
    return all(mark(value) in past.get(name, {"-"}) for name, value in note.fields.items())


def _swapped(notes: Sequence[Note], ledger: Ledger) -> Iterator[Problem]:
    """Released ids under which now stand the words that learners have under another one, which has got others: their reviews would
    change places. This stops the build: one that had them would remember the new words as each note's own.
    """
    moved = new_words(notes, ledger)
    bearers: dict[tuple[str, ...], list[Note]] = {}  # by kind and what was published last
    for note in notes if moved else ():
        if entry := ledger.notes.get(note.guid):
            last = (entry.past.get(name, "-").rpartition(" ")[2] for name in _worded(note))
            bearers.setdefault((note.kind, *last), []).append(note)
    for note in notes:
        held = bearers.get((note.kind, *moved.get(note.guid, ())), ())
        if len(held) == 1 and held[0].guid in moved:
            before = held[0].id
            yield Problem(
                note.card.id.span,
                "id-swapped",
                f"under the id “{note.id}” stands now what learners have under “{before}”",
                f"put it back under “{before}”: each id has the reviews of its own words",
            )


def _worded(note: Note) -> tuple[str, ...]:
    """The fields by which a note is known: those that hold words of its author's, each a text; of one from Anki all."""
    note_type = note.note_type
    return note_type.worded if isinstance(note_type, NoteType) else note_type.fields


def new_words(notes: Iterable[Note], ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """Of the released notes whose words are others than they were in any build, the marks of these, by guid."""
    found = {}
    for note in notes:
        entry = ledger.notes.get(note.guid)
        if entry and entry.released and not entry.retired:
            names = _worded(note)
            now = tuple(mark(note.fields.get(name, "")) for name in names)
            past = (entry.past.get(name, "-").split(" ") for name in names)
            if any(each not in marks for each, marks in zip(now, past, strict=True)):
                found[note.guid] = now
    return found


def _renumbered(notes: Sequence[Note], ledger: Ledger) -> Iterator[Problem]:
    """What became of the numbers of clozes and drawings that were released: each is a card with a history of its own."""
    for note in notes:
        entry = ledger.notes.get(note.guid)
        if entry and entry.released and entry.cards and not entry.retired:
            for code, message, hint in _numbers(entry.cards, numbers_of(note)):
                yield Problem(note.card.id.span, code, f"“{note.id}”: {message}", hint)


def _numbers(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    gone = [number for number in old if number not in new]
    if gone:
        yield (
            "number-gone",
            f"learners have a card for number {', '.join(gone)}, which is gone",
            "the next release tells learners to run Empty Cards",
        )
    for number, words in new.items():
        before = old.get(number, words)
        if words == before:
            continue
        was = next((n for n, each in old.items() if each == words and n != number), "")
        if was and new.get(was) != words:
            yield (
                "number-swapped",
                f"“{words}” stood under number {was} and stands under {number} now",
                f"put it back under {was}: each number has the reviews of its own words",
            )
        elif ratio(before, words) < LIKE:
            yield (
                "number-reused",
                f"under number {number} stood “{before}”, and now “{words}”",
                "where it asks for something else, give it the next free number",
            )


def _moved(course: Course, notes: Sequence[Note], ledger: Ledger) -> Iterator[Problem]:
    """What lies in another deck than learners have it in: told of a deck once, and else of each note."""
    hint = "an update cannot move cards: learners who have them must move them by hand"
    renamed = [*_renamed_decks(course, ledger, hint)]
    yield from renamed
    for note in notes:
        entry = ledger.notes.get(note.guid)
        if entry and entry.deck != note.deck and not renamed:
            message = f"“{note.id}” moved from the deck “{entry.deck}” to “{note.deck}”"
            yield Problem(note.card.id.span, "card-moved", message, hint)


def _renamed_decks(course: Course, ledger: Ledger, hint: str) -> Iterator[Problem]:
    """The decks that are called otherwise than learners have them. Of modules, the names below the course's deck are compared, and
    a module that lies in that deck itself has none there, whether it says so or is the only one of a course of one file.
    """
    deck, old = course.about.deck, ledger.decks.get("", str(course.about.deck))
    if old != deck:
        message = f"the deck “{old}” is now called “{deck}”"
        told = f"{_to_keep(old, deck.span)}; {hint}; if this is a copy of another course, {COPY}"
        yield Problem(deck.span, "deck-renamed", message, told)
    for module in course.modules:
        before, now = ledger.decks.get(str(module.id)), str(module.deck)
        if before is None or before == now or _below(before, old) == _below(now, deck):
            continue
        if _below(before, old) and _below(now, deck):
            message = f"the deck “{before}” is now called “{now}”"
        else:
            message = f"the deck “{_whole(before, old)}” is now called “{_whole(now, deck)}”"
        if now:
            told = f"{_to_keep(before or old, module.deck.span)}; {hint}"
            yield Problem(module.deck.span, "deck-renamed", message, told)
        else:  # one file cannot name a deck below that of the course
            yield Problem(deck.span, "deck-renamed", message, hint)


def _below(own: str, root: str) -> str:
    """A module's deck below that of its course; nothing where it is the very same."""
    return "" if own == root else own


def _whole(own: str, root: str) -> str:
    """The whole name of a module's deck, as learners see it."""
    return f"{root}::{_below(own, root)}" if _below(own, root) else root


def _to_keep(name: str, place: Span) -> str:
    """What to write so that a deck keeps its name."""
    return f"to keep its name, write “deck: {json.dumps(name, ensure_ascii=False)}” in {place.path}"
