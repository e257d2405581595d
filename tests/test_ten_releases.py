"""Ten releases in a row: authors at random work, and learners who take each one, skip some, take them late, learn one module,
go back to an old package, or write on their cards. What reaches whom, what stays, and that nothing is lost without a word.

`LIVES=100 pytest tests/test_ten_releases.py -s` plays more of them, each with another seed, and prints the table of
docs/promises.md.
"""

import os
import random
from collections import Counter
from dataclasses import dataclass

import pytest
from author import KEEPS_DATES, Author, complaints, one_of_each, questions, review, take
from conftest import THOROUGH
from coursedeck.kinds.notetype import MY_NOTES
from coursedeck.notes import notes_of
from coursedeck.published import release
from coursedeck.published.ledger import COSMETIC
from coursedeck.published.package import of_package
from learner import Learner

pytestmark = [
    pytest.mark.slow,
    pytest.mark.no_cover,
    pytest.mark.skipif(not KEEPS_DATES, reason="this Anki dates an updated note by its own clock"),
]

LIVES = int(os.environ.get("LIVES", "2" if THOROUGH else "1"))
DAY = 86_400
RELEASES = 10
KINDS = ("ask", "cloze", "pair", "sequence", "sort", "diagram", "cases")
COLUMNS = {
    "new": "new notes",
    "updated": "changed notes",
    "reviews": "reviews kept",
    "kept": "own words kept",
    "replaced": "own words replaced: announced",
    "held": "changes held back by own words: announced",
    "moved": "cards found and moved",
    "stay": "cards that stay in the old deck: announced",
    "retired": "retired cards gone",
    "lost": "lost",
}


@dataclass(frozen=True)
class Published:
    """A release: its files, its notes as the whole package has them, and what the changelog is made from."""

    files: dict
    notes: dict
    modules: dict
    news: release.News


class Life:
    """A course through ten releases, worked on at random."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - a test
        self.author = Author(
            [*one_of_each(), *({**card, "parts": [1, 2]} for card in questions(12))]
        )
        self.fresh = 100
        self.titles = {}
        module = self.author._module
        self.author._module = lambda *given: module(*given) | self.titles
        self.releases = []
        self.publish()

    def any(self):
        return self.random.choice(self.author.cards)

    def new(self):
        self.fresh += 1
        return self.fresh

    def edits(self):
        self.any()["words"] = self.new()

    def adds(self):
        card = {"id": f"n{self.new()}", "module": self.random.choice(["one", "two"])}
        card |= {"kind": self.random.choice(KINDS), "words": self.new(), "parts": [1, 2]}
        self.author.cards.insert(self.random.randrange(len(self.author.cards)), card)

    def retires(self):
        if len(self.author.cards) > 12:
            self.author.retire(self.any()["id"])

    def renames(self):
        self.author.rename(self.any()["id"], f"n{self.new()}")

    def moves(self):
        card = self.any()
        card["module"] = {"one": "two", "two": "one"}[card["module"]]

    def asks_through_another_lens(self):
        self.any()["lens"] = self.random.choice(["cause", "example", "definition"])

    def changes_a_kind(self):
        card = self.any()
        card |= {"kind": self.random.choice(KINDS), "parts": card["parts"][:2]}

    def adds_a_part(self):
        card = self.any()
        if len(card["parts"]) < 3 and not card.get("grown"):
            card["grown"] = True
            card["parts"].append(3)

    def gives_another_title(self):
        self.titles = {"title": f"Title {self.new()}"}

    def work(self):
        """What an author does between two releases, with builds in between that nobody hands out."""
        acts = [self.edits] * 5 + [self.adds] * 3 + [self.moves, self.retires, self.renames]
        acts += [self.asks_through_another_lens, self.changes_a_kind, self.adds_a_part]
        acts += [self.gives_another_title]
        for _ in range(self.random.randint(3, 12)):
            self.random.choice(acts)()
            if self.random.random() < 0.3:
                self.author.publish(3600)

    def publish(self):
        """Release what there is, under the least version that the news allows."""
        author = self.author
        for module in author.modules:
            if not any(card["module"] == module for card in author.cards):
                author.cards[0]["module"] = module
        files = author.publish(DAY)
        news = release.news_since(notes_of(author.course()), author.ledger)
        step = release.LEVELS[::-1].index(news.level)
        numbers = [int(part) for part in author.version.split(".")]
        version = ".".join(map(str, [*numbers[:step], numbers[step] + 1, 0, 0][:3]))
        release.hold_to_order(author.version, version, news)
        author.freeze(version)
        author.version = version
        notes = of_package(files["course.apkg"])
        modules = {note.guid: str(note.module.id) for note in author.notes().values()}
        self.releases.append(Published(files, notes, modules, news))


class Student:
    """A learner's Anki, on the clock of the author; and a count of what became of what."""

    def __init__(self, folder, seed):
        self.learner = Learner(folder)
        self.col = self.learner.col
        self.random = random.Random(seed)  # noqa: S311 - a test
        self.count = Counter()
        self.own = {}  # guid -> when the learner wrote on the note
        self.lost = []

    def notes(self):
        found = self.learner.rows(
            "select guid, flds, tags, notes.mod, mid from notes order by guid"
        )
        assert len({row[0] for row in found}) == len(found), "a note twice"
        names = {
            m.id: self.col.models.field_names(self.col.models.get(m.id))
            for m in self.col.models.all_names_and_ids()
        }
        return {
            guid: (dict(zip(names[mid], flds.split("\x1f"), strict=True)), set(tags.split()), mod)
            for guid, flds, tags, mod, mid in found
        }

    def schedule(self):
        return {
            row[0]: row
            for row in self.learner.rows(
                "select id, nid, did, type, queue, due, ivl, factor, reps, lapses, data from cards"
            )
        }

    def studies(self):
        for card in self.learner.rows(
            "select id from cards where queue >= 0 order by random() limit 8"
        ):
            review(self.learner, card[0], self.random.randint(1, 4))

    def writes(self, now):
        """In `My notes`, in another field, or a tag."""
        for guid in self.random.sample(sorted(self.notes()), 3):
            (id_,) = self.learner.rows("select id from notes where guid = ?", guid)[0]
            note = self.col.get_note(id_)
            match self.random.choice(["mine", "field", "tag"]):
                case "mine":
                    note[MY_NOTES] += f"mine {now}"
                case "field":
                    note["Source"] += f" mine {now}"
                case "tag":
                    note.add_tag(f"mine-{now}")
            self.col.update_note(note)
            self.col.db.execute("update notes set mod = ? where id = ?", now, id_)
            self.own[guid] = now

    def takes(self, published, part=None):
        """Import a package, and look at each note, card and review."""
        before, cards = self.notes(), self.schedule()
        log = self.learner.rows("select * from revlog order by id")
        name = f"course-{part}.apkg" if part else "course.apkg"
        take(self.learner, published.files[name])
        after, now = self.notes(), self.schedule()
        expect = {g: s for g, s in published.notes.items() if part in (None, published.modules[g])}
        if self.learner.rows("select * from revlog order by id") != log:
            self.lost.append("a review")
        self.lost += [f"the schedule of {id_}" for id_, row in cards.items() if now.get(id_) != row]
        others = [guid for guid in before if guid not in expect]
        self.lost += [f"what {guid} was" for guid in others if after.get(guid) != before[guid]]
        for guid, state in expect.items():
            self.look_at(guid, state, before.get(guid), after.get(guid))

    def look_at(self, guid, state, old, new):
        same = new and new[:2] == (dict(state.fields), set(state.tags))
        if old is None or state.mod > old[2]:
            if not same:
                self.lost.append(f"{state.id} did not arrive")
            self.count["updated" if old else "new"] += 1
            if self.own.pop(guid, None) is not None:
                self.count["replaced"] += 1
        elif new != old:
            self.lost.append(f"{state.id} was replaced by something older")

    def has_all(self, published, part=None):
        """Count what is not as the release has it; each must be what the docs announce."""
        mine = self.notes()
        for guid, state in published.notes.items():
            if part not in (None, published.modules[guid]):
                continue
            fields, tags, mod = mine.get(guid, ({}, set(), 0))
            other = {name for name, value in state.fields.items() if fields.get(name) != value}
            if guid in self.own:
                self.count["kept"] += 1
                self.count["held"] += mod > state.mod and bool(
                    other - COSMETIC - {"Source", MY_NOTES}
                )
            elif other - COSMETIC or tags != set(state.tags):
                self.lost.append(f"{state.id} is not as it was released: {sorted(other)}")
        self.count["reviews"] = self.learner.rows("select count() from revlog")[0][0]

    def moves_cards(self, published):
        """Follow the changelog: search, select all, Change Deck."""
        for move, _ in published.news.moved:
            found = self.col.find_cards(move.search)
            ids = {self.col.get_card(card).note()["Id"] for card in found}
            if ids != set(move.ids):
                self.lost.append(f"{move.search} finds {sorted(ids)} and not {sorted(move.ids)}")
            self.col.set_deck(found, self.col.decks.id(move.new))
            self.count["moved"] += len(found)

    def takes_the_retired(self, published):
        data = published.files.get("course-retired.apkg")
        if data:
            take(self.learner, data)
            report = self.col.get_empty_cards().notes
            blank = [c for found in report for c in found.card_ids if found.will_delete_note]
            self.count["retired"] += len(blank)
            self.col.remove_cards_and_orphaned_notes([c for n in report for c in n.card_ids])

    def leaves_in_old_decks(self, published):
        for guid, state in published.notes.items():
            rows = self.learner.rows(
                "select distinct d.name from cards c join notes n on n.id = c.nid join decks d on d.id = c.did where n.guid = ?",
                guid,
            )
            self.count["stay"] += bool(rows) and state.deck.replace("::", "\x1f") not in {
                n for (n,) in rows
            }


def each(student, life, number):
    """Takes each release, follows the changelog, and is rid of what was retired."""
    published = life.releases[number]
    student.takes(published)
    student.moves_cards(published)
    student.takes_the_retired(published)


def skips(student, life, number):
    """Takes the first, the fourth, the eighth and the last."""
    if number in (0, 3, 7, RELEASES - 1):
        student.takes(life.releases[number])


def late(student, life, number):
    """Takes each when the next one is out already."""
    if number:
        student.takes(life.releases[number - 1])
    if number == RELEASES - 1:
        student.takes(life.releases[number])


def one_module(student, life, number):
    """Takes one module's package only."""
    student.takes(life.releases[number], "one")


def goes_back(student, life, number):
    """Takes each, then the one before once more."""
    student.takes(life.releases[number])
    if number:
        student.takes(life.releases[number - 1])


def writes(student, life, number):
    """Takes each, and writes on cards in between."""
    student.takes(life.releases[number])
    student.writes(life.author.now + 600)


def writes_before_taking(student, life, number):
    """Writes on cards after a release was built and before taking it."""
    if number:
        student.writes(life.author.now + 600)
    student.takes(life.releases[number])


LEARNERS = (each, skips, late, one_module, goes_back, writes, writes_before_taking)


def lived(seed, folder):
    """One life; the learners by name."""
    life = Life(seed)
    students = {do.__name__: Student(folder / do.__name__, seed) for do in LEARNERS}
    for number in range(RELEASES):
        if number:
            life.work()
            life.publish()
        for do in LEARNERS:
            do(students[do.__name__], life, number)
            students[do.__name__].studies()
    for name, student in students.items():
        student.has_all(life.releases[-1], "one" if name == "one_module" else None)
        student.leaves_in_old_decks(life.releases[-1])
        student.count["lost"] = len(student.lost)
        assert complaints(student.col) == []
        student.col.close()
    return students


def table(counts):
    """The counts of all lives, as docs/promises.md has them."""
    lines = ["| learner | " + " | ".join(COLUMNS.values()) + " |", "|---|" + "--:|" * len(COLUMNS)]
    for do in LEARNERS:
        cells = [f"{counts[do.__name__][key]:,}" for key in COLUMNS]
        lines.append(f"| {do.__doc__.rstrip('.')} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def test_ten_releases_lose_nothing_of_anybody_s(tmp_path):
    counts = {do.__name__: Counter() for do in LEARNERS}
    for seed in range(LIVES):
        for name, student in lived(seed, tmp_path / str(seed)).items():
            assert student.lost == [], (seed, name)
            counts[name] += student.count
    print()  # noqa: T201 - for whoever plays more lives
    print(f"{LIVES} lives of {RELEASES} releases:\n\n{table(counts)}")  # noqa: T201
    assert all(counts[name]["updated"] for name in counts)
    assert all(counts["each"][key] for key in ("new", "moved", "retired"))
    assert all(counts["writes"][key] for key in ("kept", "replaced"))
    assert counts["writes_before_taking"]["held"]
