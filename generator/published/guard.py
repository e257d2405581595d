"""The guard of identity: what was published is still there, or what became of it is written in `history.yaml`."""

from collections.abc import Iterator, Sequence

from ..identity import card_of, names
from ..model import Course
from ..notes import Note
from ..problems import Problem, Span, did_you_mean
from .ledger import DECLARED, Ledger, kinds_of, replaced

HISTORY = "history.yaml"
# For so many vanished cards a similar id is looked for. More of them are no typing errors, and each search takes long.
HINTS = 20


def guard(course: Course, notes: Sequence[Note], ledger: Ledger) -> Iterator[Problem]:
    """Where the content breaks with what was published. With an empty ledger nothing was."""
    if of_another_course(course, notes, ledger):
        yield Problem(
            course.about.id.span,
            "other-course",
            f"another course was published there: “{ledger.decks.get('', '')}”",
            "give this one a folder of its own with --out",
        )
        return
    yield from _declarations(course, notes)
    yield from _vanished(course, notes, ledger)
    yield from _reused(notes, ledger)
    yield from _moved(course, notes, ledger)


def of_another_course(course: Course, notes: Sequence[Note], ledger: Ledger) -> bool:
    """Whether the ledger has neither this course's deck nor any of its notes."""
    if not ledger.notes or ledger.decks.get("") == course.about.deck:
        return False
    return ledger.notes.keys().isdisjoint(note.guid for note in notes)


def _names(note: Note) -> tuple[str, str]:
    """A note's id and its card's: `history.yaml` may name either."""
    return note.id, str(note.card.id)


def _declarations(course: Course, notes: Sequence[Note]) -> Iterator[Problem]:
    there = {name for note in notes for name in _names(note)}
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
    for renaming in course.history.renamed:
        if renaming.to not in somewhere:
            hint = did_you_mean(renaming.to, there) or "name one that is there"
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
    guids = {note.guid for note in notes}
    there = {note.id for note in notes}
    kinds, later = kinds_of(notes), course.history.later
    declared = course.history.ended.keys()
    hints = 0
    for guid, entry in ledger.notes.items():
        # The card still exists but changed its kind: the build retires the old note and adds a new one, and the author
        # need not declare it.
        if guid in guids or entry.retired or replaced(entry, kinds, later):
            continue
        known = names(entry.id, later)
        if known[-1] in there:
            yield Problem(
                Span(HISTORY),
                "vanished-id",
                f"the card “{entry.id}” would be a new card for everyone who has it",
                f"a published line under renamed in {HISTORY} is gone, or the course's id has changed: put it back",
            )
        elif declared.isdisjoint([*known, *map(card_of, known)]):
            hints += 1
            hint = did_you_mean(entry.id, there) if hints <= HINTS else ""
            yield Problem(
                Span(HISTORY),
                "vanished-id",
                f"the published card “{entry.id}” is no longer in the content",
                f"put it back, or list it in {HISTORY} under retired or renamed"
                + (f"; {hint}" if hint else ""),
            )


def _reused(notes: Sequence[Note], ledger: Ledger) -> Iterator[Problem]:
    ended = {entry.id for entry in ledger.notes.values() if entry.retired == DECLARED}
    for note in notes:
        if not ended.isdisjoint(_names(note)):
            yield Problem(
                note.card.id.span,
                "reused-id",
                f"the id “{note.id}” belonged to a card that was retired",
                "give the new card an id of its own",
            )


def _moved(course: Course, notes: Sequence[Note], ledger: Ledger) -> Iterator[Problem]:
    hint = "an update cannot move cards: learners who have them must move them by hand"
    renamed = False
    decks = {"": course.about.deck} | {str(module.id): module.deck for module in course.modules}
    for key, deck in decks.items():
        old = ledger.decks.get(key)
        if old is not None and old != deck:
            renamed = True
            yield Problem(
                deck.span,
                "deck-renamed",
                f"the deck “{old}” is now called “{deck}”",
                hint,
            )
    for note in notes:
        entry = ledger.notes.get(note.guid)
        if entry and entry.deck != note.deck and not renamed:
            message = f"“{note.id}” moved from the deck “{entry.deck}” to “{note.deck}”"
            yield Problem(note.card.id.span, "card-moved", message, hint)
