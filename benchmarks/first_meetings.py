"""How a learner first meets the cards, in Anki's own scheduler: `python benchmarks/first_meetings.py FOLDER [DAYS]`.

Builds the course's package, studies it for 42 days in a collection of its own and prints a table. Of 100 answers to a card
in learning 80 are right, and 90 of 100 to a review; the seed is fixed, but Anki draws intervals by its own chance, so that
the last columns differ a little from run to run. A card counts as given away when one of the five
cards before it shows its answer, by the test of the leak check (`generator/seen.py`): among the first meetings alone, and
among all that the learner saw, reviews and repeats as well, which Anki mixes among them as the learner's answers fall.
Time is reckoned at 20 seconds for a first meeting and 8 for every other answer.
"""

import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import anki.lang
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer, QueuedCards
from coursedeck.build import anki as packages
from coursedeck.load import load
from coursedeck.model import Course
from coursedeck.notes import notes_of
from coursedeck.order import NEAR
from coursedeck.published.ledger import Ledger, advance
from coursedeck.seen import Seen, cards_seen, shown_answer

DAY = 86_400
FIRST, AGAIN = 20, 8  # seconds for an answer
ORDERS = {"card type (Anki's default)": 0, "order gathered": 1}


@dataclass(frozen=True)
class Showing:
    """A card on the screen: on which day, which, and whether for the first time."""

    day: int
    card: Seen
    first: bool


def package(course: Course, folder: Path) -> Path:
    """The package of the whole course, as a build makes it."""
    notes = notes_of(course)
    ledger = advance(Ledger(), course, notes, now=1_800_000_000, first=1_790_000_000)
    path = folder / "course.apkg"
    path.write_bytes(packages(course, notes, ledger)[0].data)
    return path


def studied(
    course: Course, path: Path, folder: Path, *, new: int, bury: bool, order: int, days: int
) -> Iterator[Showing]:
    """Every card that comes on the screen."""
    seen = {(card.note.guid, card.ordinal): card for card in cards_seen(course)}
    place = str(folder / f"{new}-{bury}-{order}.anki2")
    col = Collection(place)
    options = ImportAnkiPackageOptions()
    col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))
    config = col.decks.config_dict_for_deck_id(col.decks.id_for_name(course.about.deck))
    config["new"] |= {"perDay": new, "bury": bury}
    config["rev"] |= {"perDay": 9999, "bury": bury}
    config["newSortOrder"] = order
    col.decks.save(config)
    known = {
        card: seen[guid, ord_]
        for card, guid, ord_ in col.db.all(
            "select c.id, n.guid, c.ord from cards c join notes n on n.id = c.nid"
        )
    }
    chance = random.Random(7)  # noqa: S311 - a learner's luck
    met: set[int] = set()
    for day in range(days):
        col.decks.select(col.decks.id_for_name(course.about.deck))
        col.sched.deck_due_tree()  # as the list of decks does, which frees what was buried yesterday
        while queued := col.sched.get_queued_cards().cards:
            top = queued[0]
            right = chance.random() < (0.9 if top.queue == QueuedCards.REVIEW else 0.8)
            rating = CardAnswer.GOOD if right else CardAnswer.AGAIN
            card = col.get_card(top.card.id)
            card.start_timer()
            answer = col.sched.build_answer(card=card, states=top.states, rating=rating)
            yield Showing(day, known[card.id], card.id not in met)
            met.add(card.id)
            col.sched.answer_card(answer)
        col.db.execute("update col set crt = crt - ?", DAY)  # tomorrow
        col.close()
        col = Collection(place)
    col.close()


def given_away(cards: Sequence[Showing]) -> list[tuple[str, str]]:
    """First meetings with a card whose answer one of the five cards before shows: the ids of that one's note and of the
    card's. Itself does not count.
    """
    found: list[tuple[str, str]] = []
    for n, each in enumerate(cards):
        before = (b.card for b in cards[max(0, n - NEAR) : n] if b.card is not each.card)
        if each.first and (one := next((b for b in before if shown_answer(b, each.card)), None)):
            found.append((one.note.id, each.card.note.id))
    return found


def table(folder: Path, days: int) -> Iterator[str]:
    """The table, line by line, as Markdown."""
    course, problems = load(folder)
    if course is None:
        raise SystemExit("\n".join(map(str, problems)))
    names = (
        "new a day",
        "siblings buried",
        "sort of new cards",
        "met",
        "given away",
        "by any card",
    )
    yield f"| {' | '.join(names)} | answers a day in week 1, 3, 6 | minutes |"
    yield "|--:|---|---|--:|--:|--:|---|---|"
    with tempfile.TemporaryDirectory() as name:
        path = package(course, Path(name))
        for new in (10, 20):
            for bury in (False, True):
                for sort, order in ORDERS.items():
                    shown = list(
                        studied(
                            course, path, Path(name), new=new, bury=bury, order=order, days=days
                        )
                    )
                    first = [each for each in shown if each.first]
                    weeks = [
                        [each for each in shown if each.day // 7 == week] for week in (0, 2, 5)
                    ]
                    answers = ", ".join(str(round(len(week) / 7)) for week in weeks)
                    minutes = ", ".join(
                        str(round(sum(FIRST if e.first else AGAIN for e in week) / 7 / 60))
                        for week in weeks
                    )
                    yield (
                        f"| {new} | {'yes' if bury else 'no'} | {sort} | {len(first)} | {len(given_away(first))} "
                        f"| {len(given_away(shown))} | {answers} | {minutes} |"
                    )


if __name__ == "__main__":
    anki.lang.set_lang("en_US")
    for line in table(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 42):
        print(line, flush=True)
