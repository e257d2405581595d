"""Authors edit, learners study, updates come by every way and in any order: nothing of anybody's is lost.

Hypothesis plays both sides against the real Anki and looks after each step. Two learners: a busy one, who edits, tags,
moves, suspends, deletes and makes a style of her own, and a quiet one, who only studies and takes packages. Both live on one
clock with the author, so that “newer” means what it means in life.

A longer run by hand: `THOROUGH=1 STEPS=20000 pytest tests/test_updates_stateful.py`. It is then random; in CI always the same.
`SHRINK=1` makes a failure short, which takes minutes.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from author import KEEPS_DATES, START, Author, complaints, one_of_each, review, take
from conftest import THOROUGH
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.kinds.notetype import NoteType
from coursedeck.published import ledger as ledgers
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine
from learner import Learner

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

# The oldest Anki takes a share: most of a step is our own code, which the newest has passed.
STEPS = int(os.environ.get("STEPS") or (700 if KEEPS_DATES else 400) // (1 if THOROUGH else 3))
EACH = 50
PARTS = 6  # tests of their own, so that all cores share them
NAMES = {note_type.name for note_type in NOTE_TYPES.values()}
OURS = NoteType.css.fget
DATED = ledgers.DATED
# Fields that make up what the learner's edit must not break in this test: they decide which cards there are.
STRUCTURE = {"Occlusion", "Text", "Retired", "Spare 1", "Spare 2", "Link", "My notes"}

pick = st.integers(0, 10**6)


@dataclass(frozen=True)
class Row:
    """A note as a collection or a package has it."""

    fields: tuple[str, ...]
    tags: frozenset[str]
    mod: int


@dataclass(frozen=True)
class Release:
    """What an author published: the files, and what each says of every note by guid."""

    files: dict[str, bytes]
    notes: dict[str, Row]
    ords: dict[str, set[int]]
    modules: dict[str, str]
    retired: dict[str, Row]
    style: str
    time: int


def release_of(author, files, style):
    entries, notes = author.ledger.notes, author.notes().values()
    ended = ledgers.tombstones(author.ledger, author.course())
    return Release(
        files,
        {n.guid: Row(tuple(n.all_fields()), frozenset(n.tags), entries[n.guid].mod) for n in notes},
        {n.guid: {face.ordinal for face in n.faces} for n in notes},
        {n.guid: n.module.id for n in notes},
        {guid: Row(t.fields, frozenset(), entries[guid].mod) for guid, t in ended.items()},
        style,
        author.now,
    )


class Student:
    """A learner and all that must not get lost."""

    def __init__(self, folder):
        self.learner = Learner(folder)
        self.col = self.learner.col
        self.received = {}  # guid -> when what the learner got was published

    def notes(self):
        found = self.learner.rows("select guid, flds, tags, mod from notes")
        assert len({guid for guid, *_ in found}) == len(found), "a note twice"
        return {
            guid: Row(tuple(fields.split("\x1f")), frozenset(tags.split()), mod)
            for guid, fields, tags, mod in found
        }

    def cards(self):
        columns = "id, nid, ord, did, type, queue, due, ivl, factor, reps, lapses, data, flags"
        return {row[0]: row for row in self.learner.rows(f"select {columns} from cards")}  # noqa: S608

    def ords(self, guid):
        found = self.learner.rows(
            "select c.ord from cards c join notes n on n.id = c.nid where n.guid = ?", guid
        )
        return {ord_ for (ord_,) in found}

    def log(self):
        return self.learner.rows("select * from revlog order by id")

    def styles(self):
        self.col.models._clear_cache()
        found = [self.col.models.get(n.id) for n in self.col.models.all_names_and_ids()]
        return {model["name"]: model["css"] for model in found}

    def has(self, guid, row):
        """Whether the learner's note is as published, with its date where this Anki keeps it."""
        mine = self.notes()[guid]
        dated = mine.mod == row.mod or not KEEPS_DATES
        return (mine.fields, mine.tags) == (row.fields, row.tags) and dated

    def at(self, clock, before):
        """Date by the test's clock what the backend has just dated by the machine's."""
        for guid, row in self.notes().items():
            if guid not in before or before[guid].mod != row.mod:
                self.col.db.execute("update notes set mod = ? where guid = ?", clock, guid)

    def close(self):
        self.col.close()


class Updates(RuleBasedStateMachine):
    """The course, its author, two learners."""

    steps = 0

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.author = Author(one_of_each())
        self.author.card("sequence-card")["parts"] = [1, 2, 3]
        self.clock = START
        self.fresh = 100
        self.style = ""
        NoteType.css = property(lambda note_type: OURS(note_type) + self.style)
        self.busy = Student(self.folder / "busy")
        self.quiet = Student(self.folder / "quiet")
        self.releases = []
        self.own_styles = {}
        self.style_changed = 0
        self.changed = {}  # guid -> when the author last published it otherwise than before

    @initialize()
    def first_release(self):
        self.publish()
        for student in (self.busy, self.quiet):
            self.take_package(student, self.releases[-1], None)

    def teardown(self):
        NoteType.css = property(OURS)
        ledgers.DATED = DATED
        for student in (self.busy, self.quiet):
            assert complaints(student.col) == []
            student.close()
        shutil.rmtree(self.folder)

    def new(self):
        self.fresh += 1
        return self.fresh

    def any_card(self, number):
        return self.author.cards[number % len(self.author.cards)]

    def tick(self):
        type(self).steps += 1
        self.clock += 10

    # --- the author ---

    @rule(numbers=st.lists(pick, min_size=1, max_size=5))
    def edits_cards(self, numbers):
        self.tick()
        for number in numbers:
            self.any_card(number)["words"] = self.new()

    @rule(number=pick)
    def takes_an_edit_back(self, number):
        """The content is what it was some releases ago; still it is the newest."""
        self.tick()
        self.any_card(number)["words"] = number % 7

    @rule(kind=st.sampled_from(["ask", "cloze", "pair", "sequence", "sort", "diagram"]), at=pick)
    def adds_a_card(self, kind, at):
        self.tick()
        card = {"id": f"n{self.new()}", "module": ["one", "two"][at % 2], "kind": kind}
        self.author.cards.insert(
            at % (len(self.author.cards) + 1), card | {"words": self.new(), "parts": [1, 2]}
        )

    @precondition(lambda self: len(self.author.cards) > 3)
    @rule(number=pick)
    def retires_a_card(self, number):
        self.tick()
        self.author.retire(self.any_card(number)["id"])

    @rule(number=pick)
    def renames_a_card(self, number):
        self.tick()
        self.author.rename(self.any_card(number)["id"], f"n{self.new()}")

    @rule(
        number=pick, kind=st.sampled_from(["ask", "cloze", "pair", "sequence", "sort", "diagram"])
    )
    def changes_the_kind_of_a_card(self, number, kind):
        self.tick()
        card = self.any_card(number)
        # What was retired part by part keeps its name: no part of it comes again under another kind.
        card |= {
            "kind": kind,
            "parts": card["parts"] if len(card["parts"]) < 4 else card["parts"][:3],
        }

    @rule(number=pick)
    def adds_a_part(self, number):
        self.tick()
        card = self.any_card(number)
        if len(card["parts"]) < 3:
            used = card.setdefault("used", max(card["parts"]))
            card["used"] = used + 1
            card["parts"].append(card["used"])

    @rule(number=pick)
    def removes_a_part(self, number):
        self.tick()
        card = self.any_card(number)
        if len(card["parts"]) < 3 or card.get("gone"):
            return
        card.setdefault("used", max(card["parts"]))
        part = card["parts"].pop(number % 3)
        card["gone"] = True
        self.author.retired.append({"card": f"{card['id']}.p{part}", "reason": "No."})

    @rule(number=pick)
    def moves_a_card_to_the_other_module(self, number):
        """Its tags change with it; the learner's card stays where it is."""
        self.tick()
        card = self.any_card(number)
        card["module"] = {"one": "two", "two": "one"}[card["module"]]

    @rule(lens=st.sampled_from(["definition", "cause", "example"]))
    def asks_through_another_lens(self, lens):
        """Which changes a tag of each card and no field."""
        self.tick()
        for card in self.author.cards:
            card["lens"] = lens

    @rule(data=st.data())
    def reorders(self, data):
        self.tick()
        self.author.cards = data.draw(st.permutations(self.author.cards))

    @rule()
    def changes_the_style(self):
        self.tick()
        self.style = f"/* {self.new()} */"
        ledgers.DATED = self.clock  # as a release of the program does it

    @rule(draft=st.booleans())
    def publishes(self, draft):
        self.tick()
        self.publish(draft)

    def release(self, age):
        """The newest release, built just now, or one before it."""
        if age == 0:
            self.publish()
        return self.releases[-1 - age % len(self.releases)]

    def publish(self, draft=False):
        """Build; and release what was built, unless it is a draft that somebody hands out."""
        for module in self.author.modules:  # a module always has something to show
            if not any(card["module"] == module for card in self.author.cards):
                self.author.cards[0]["module"] = module
        self.author.now = self.clock
        files = self.author.publish(0)
        before = self.releases[-1] if self.releases else None
        release = release_of(self.author, files, self.style)
        for guid, row in (release.notes | release.retired).items():
            old = (before.notes | before.retired).get(guid) if before else None
            if old and (old.fields, old.tags) != (row.fields, row.tags):
                self.changed[guid] = self.clock
        if before and before.style != self.style:
            self.style_changed = self.clock
        self.releases = [*self.releases[-3:], release]
        if not draft:
            self.author.freeze(f"1.{len(self.changed)}.0")

    # --- what learners take ---

    @rule(age=st.sampled_from([0, 0, 0, 1, 2]), part=st.sampled_from([None, None, "one", "two"]))
    def the_busy_learner_takes_a_package(self, age, part):
        self.tick()
        self.take_package(self.busy, self.release(age), part)

    @rule(age=st.sampled_from([0, 0, 0, 1, 2]), part=st.sampled_from([None, None, "one", "two"]))
    def the_quiet_learner_takes_a_package(self, age, part):
        self.tick()
        release = self.release(age)
        self.take_package(self.quiet, release, part)
        if release is self.releases[-1] and KEEPS_DATES:
            for guid, row in release.notes.items():
                if part in (None, release.modules[guid]):
                    assert self.quiet.has(guid, row), "a change of the author did not arrive"

    @rule(quiet=st.booleans(), age=st.sampled_from([0, 0, 1]))
    def a_learner_takes_the_retired(self, quiet, age):
        self.tick()
        student = self.quiet if quiet else self.busy
        release = self.release(age)
        if release.retired:
            data = release.files["course-retired.apkg"]
            self.take(
                student, release, data, release.retired, {guid: set() for guid in release.retired}
            )

    def take_package(self, student, release, part):
        name = "course.apkg" if part is None else f"course-{part}.apkg"
        notes = {g: row for g, row in release.notes.items() if part in (None, release.modules[g])}
        self.take(student, release, release.files[name], notes, release.ords)

    def take(self, student, release, data, published, ords):
        """A package: what is newer arrives, the rest is left alone."""
        before, cards, log = student.notes(), student.cards(), student.log()
        styles = student.styles()
        said = take(student.learner, data)
        assert set(said) <= {"new", "updated", "duplicate"}, said
        after = student.notes()
        for guid, row in before.items():
            if guid not in published:
                assert after[guid] == row, "a note that the package has not changed"
        for guid, row in published.items():
            old = before.get(guid)
            if old is None or row.mod > old.mod:
                assert student.has(guid, row), "a change did not arrive"
                if guid in student.received and old:
                    unchanged = self.changed.get(guid, 0) <= student.received[guid]
                    assert not unchanged, "a note updated that the author did not change"
                student.received[guid] = release.time
            else:
                assert after[guid] == old, "an older note overwrote a newer one"
            assert student.ords(guid) >= ords[guid], "a card is missing"
        if not KEEPS_DATES:
            student.at(self.clock, before | published)
        self.nothing_is_lost(student, cards, log)
        for name in NAMES:
            css, since = self.own_styles.get(name, ("", 0))
            if student is self.busy and styles.get(name) == css and self.style_changed <= since:
                assert student.styles()[name] == css, "a learner's style lost though ours is older"

    def nothing_is_lost(self, student, cards, log):
        assert student.log() == log, "a review lost"
        now = student.cards()
        for card_id, row in cards.items():
            assert now.get(card_id) == row, "a card changed its place or its history"
        names = set(student.styles())
        assert not {name for name in names if "+" in name}
        assert {name for name in names if name.startswith("Coursedeck")} <= NAMES

    # --- what learners do ---

    def some_note(self, number):
        ids = self.busy.col.db.list("select id from notes order by guid")
        return self.busy.col.get_note(ids[number % len(ids)]) if ids else None

    @rule(quiet=st.booleans(), number=pick, ease=st.integers(1, 4))
    def a_learner_reviews(self, quiet, number, ease):
        self.tick()
        student = self.quiet if quiet else self.busy
        ids = student.col.db.list("select id from cards where queue >= 0 order by id")
        if ids:
            before = len(student.log())
            review(student.learner, ids[number % len(ids)], ease)
            assert len(student.log()) == before + 1

    @rule(number=pick, field=pick)
    def the_busy_learner_edits(self, number, field):
        self.tick()
        note = self.some_note(number)
        if note:
            before = self.busy.notes()
            names = [name for name in note.keys() if name not in STRUCTURE]  # noqa: SIM118
            note[names[field % len(names)]] += f" own{self.new()}"
            self.busy.col.update_note(note)
            self.busy.at(self.clock, before)

    @rule(number=pick)
    def the_busy_learner_writes_my_notes(self, number):
        self.tick()
        note = self.some_note(number)
        if note:
            before = self.busy.notes()
            note["My notes"] = f"mine{self.new()}"
            self.busy.col.update_note(note)
            self.busy.at(self.clock, before)

    @rule(number=pick)
    def the_busy_learner_tags(self, number):
        self.tick()
        note = self.some_note(number)
        if note:
            before = self.busy.notes()
            note.add_tag(f"own{self.new()}")
            self.busy.col.update_note(note)
            self.busy.at(self.clock, before)

    @rule(number=pick)
    def the_busy_learner_suspends(self, number):
        self.tick()
        note = self.some_note(number)
        if note:
            self.busy.col.sched.suspend_cards(note.card_ids())

    @rule(number=pick)
    def the_busy_learner_moves_cards(self, number):
        self.tick()
        note = self.some_note(number)
        if note:
            deck = self.busy.col.decks.id(f"Own {number % 3}")
            self.busy.col.set_deck(note.card_ids(), deck)

    @rule(number=pick)
    def the_busy_learner_deletes_a_note(self, number):
        """It comes back with the next package, as a new one: Anki does not remember what is gone."""
        self.tick()
        note = self.some_note(number)
        if note:
            log = self.busy.log()
            self.busy.col.remove_notes([note.id])
            self.busy.received.pop(note.guid, None)
            assert self.busy.log() == log

    @rule(number=pick)
    def the_busy_learner_makes_a_style(self, number):
        self.tick()
        kinds = [n for n in self.busy.col.models.all_names_and_ids() if n.name in NAMES]
        if kinds:
            model = self.busy.col.models.get(kinds[number % len(kinds)].id)
            model["css"] = f"own{self.new()}"
            self.own_styles[model["name"]] = (model["css"], self.clock)
            self.busy.col.models.update_dict(model)
            self.busy.col.db.execute(
                "update notetypes set mtime_secs = ? where id = ?", self.clock, model["id"]
            )
            self.busy.col.models._clear_cache()

    @rule(quiet=st.booleans())
    def a_learner_removes_empty_cards(self, quiet):
        """Only what the author retired goes, and no review with it."""
        self.tick()
        student = self.quiet if quiet else self.busy
        log = student.log()
        report = student.col.get_empty_cards().notes
        for found in report:
            note = student.col.get_note(found.note_id)
            assert note["Retired"] or not found.will_delete_note, "a living note would be deleted"
        student.col.remove_cards_and_orphaned_notes([c for n in report for c in n.card_ids])
        student.received = {g: row for g, row in student.received.items() if g in student.notes()}
        assert student.log() == log

    @rule(quiet=st.booleans())
    def a_learner_checks_the_database(self, quiet):
        self.tick()
        student = self.quiet if quiet else self.busy
        notes, cards, log = student.notes(), student.cards(), student.log()
        assert complaints(student.col) == []
        assert student.notes() == notes
        self.nothing_is_lost(student, cards, log)


@pytest.mark.skipif(STEPS < EACH, reason="no steps were asked for")
@pytest.mark.parametrize("part", range(PARTS))
def test_no_sequence_of_edits_studies_and_updates_loses_anything(part):
    """As many steps in all as `STEPS`, each with all that a learner has looked at."""
    Updates.steps = 0
    run_machine(
        Updates if "STEPS" in os.environ else seed(part)(Updates),
        settings=settings(
            max_examples=STEPS * 13 // (EACH * 10 * PARTS) + 2,
            stateful_step_count=EACH,
            deadline=None,
            derandomize="STEPS" not in os.environ,
            database=None,
            phases=[Phase.generate, *([Phase.shrink] if "SHRINK" in os.environ else [])],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Updates.steps >= STEPS // PARTS
