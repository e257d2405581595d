"""Authors publish, learners do as they like with words, tags, fields and note types, and take each update by the update page:
nothing of a learner's is lost, and every change of the author arrives where the learner had not touched the field.

Chance plays both sides against the real Anki. After each update two judges look: the oracle of merging.py at what the page
wrote, and plain SQL at the collection before and after, which knows nothing of marks, columns or votes.

A longer run by hand: `THOROUGH=1 MERGE_STEPS=100000 pytest tests/test_merge_stateful.py`; `MERGE_SEED` begins it elsewhere.
"""

import os
import random
import shutil
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from author import KEEPS_DATES, START, Author, complaints, one_of_each, questions, review, take
from conftest import THOROUGH
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.published import ledger as ledgers
from learner import Learner
from merging import ALL, data_of, expected, export, import_text, merge, rows_of, text_of_1_0_0

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

# The oldest Anki takes a share: most of a step is our own code, which the newest has passed.
STEPS = int(
    os.environ.get("MERGE_STEPS") or (1000 if KEEPS_DATES else 600) // (1 if THOROUGH else 5)
)
SEED = int(os.environ.get("MERGE_SEED", "1"))
EACH = 40  # steps of one learner's life
PARTS = 5 if STEPS > EACH else 1  # tests that may run beside each other
OURS = {field for note_type in NOTE_TYPES.values() for field in note_type.fields}
# A learner who edits these tells Anki that it is another note, or another set of cards.
KEPT = {"Id", "Retired", "Occlusion", "Text"}
RENAMED = " (mine)"


class Life:
    """One learner with one author, until the end of their steps."""

    def __init__(self, seed, counts):
        self.chance = random.Random(seed)  # noqa: S311
        self.counts = counts
        self.folder = Path(tempfile.mkdtemp())
        self.learner = Learner(self.folder)
        self.col = self.learner.col
        self.author = Author([*one_of_each(), *questions(4)])
        self.clock = START
        self.words = 100
        self.version = 0
        self.ever = defaultdict(lambda: defaultdict(set))  # guid -> field -> all that was published
        self.tags_ever = defaultdict(set)
        self.second_types = False
        self.texts = []
        self.publish()
        take(self.learner, self.made["course.apkg"])
        self.date({})

    def close(self):
        assert complaints(self.col) == []
        self.col.close()
        shutil.rmtree(self.folder)

    def word(self):
        self.words += 1
        return self.words

    # --- the author ---

    def publish(self):
        self.version += 1
        self.author.version = f"1.{self.version}.0"
        self.clock += self.chance.choice(
            [1, 60, 600]
        )  # never past the machine's, which dates edits
        self.author.now = self.clock
        self.made = self.author.publish(0)
        self.author.freeze(self.author.version)
        notes = self.author.notes().values()
        ended = ledgers.tombstones(self.author.ledger, self.author.course()).values()
        self.now = {
            n.guid: (dict(zip(NOTE_TYPES[n.kind].fields, n.all_fields(), strict=True)), {*n.tags})
            for n in notes
        }
        self.retired = {
            t.guid: (dict(zip(NOTE_TYPES[t.kind].fields, t.fields, strict=True)), set())
            for t in ended
        }
        for guid, (fields, tags) in (self.now | self.retired).items():
            for name, value in fields.items():
                self.ever[guid][name].add(value)
            self.tags_ever[guid] |= tags
        self.texts.append(text_of_1_0_0(notes))

    def the_author_edits(self):
        self.chance.choice(self.author.cards)["words"] = self.word()

    def the_author_explains(self):
        self.chance.choice(self.author.cards)["more"] = self.word()

    def the_author_explains_no_more(self):
        self.chance.choice(self.author.cards).pop("more", None)

    def the_author_sees_it_otherwise(self):
        self.chance.choice(self.author.cards)["lens"] = self.chance.choice(["part", "cause"])

    def the_author_adds(self):
        kind = self.chance.choice(["ask", "pair", "cloze", "sequence", "sort"])
        word = self.word()
        module = self.chance.choice(["one", "two"])
        card = {"id": f"card-{word}", "module": module, "kind": kind, "words": word}
        self.author.cards.append(card | {"parts": [1, 2]})

    def the_author_retires(self):
        if len(self.author.cards) > 8:
            self.author.retire(self.chance.choice(self.author.cards)["id"])

    def the_author_renames(self):
        card = self.chance.choice(self.author.cards)
        if card["kind"] != "diagram":
            self.author.rename(card["id"], f"name-{self.word()}")

    # --- the learner ---

    def notes(self):
        """Type, fields, tags and date of each note by guid, as SQL has them."""
        found = self.learner.rows("select guid, mid, flds, tags, mod from notes")
        assert len({guid for guid, *_ in found}) == len(found), "a note twice"
        return {guid: (mid, f.split("\x1f"), {*t.split()}, mod) for guid, mid, f, t, mod in found}

    def date(self, before):
        """Date by the clock of this life what Anki has just dated by the machine's."""
        self.clock += 1
        found = self.learner.rows("select guid, mod from notes")
        new = [guid for guid, mod in found if guid not in before or before[guid][3] != mod]
        marks = ", ".join("?" * len(new))
        update = f"update notes set mod = ? where guid in ({marks})"  # noqa: S608
        self.col.db.execute(update, self.clock, *new)

    def some_note(self):
        return self.col.get_note(
            self.chance.choice(self.col.db.list("select id from notes order by id"))
        )

    def some_type(self):
        used = self.col.db.list("select distinct mid from notes order by mid")
        return self.col.models.get(self.chance.choice(used))

    def edits(self):
        note = self.some_note()
        name = self.chance.choice([n for n in note.keys() if n.removesuffix(RENAMED) not in KEPT])  # noqa: SIM118
        first = name == note.keys()[0]
        odd = ['"<b>&amp;', "a\tb", "x<br>y", "#", "=1+1", " ", "e\u0301"]
        note[name] = self.chance.choice(
            [f"{note[name]} own{self.word()}", f"own{self.word()}{self.chance.choice(odd)}"]
            + ([] if first else [""])
        )
        self.col.update_note(note)

    def writes_my_notes(self):
        note = self.some_note()
        name = next(n for n in note.keys() if n.startswith("My notes"))  # noqa: SIM118
        note[name] = self.chance.choice([f"mine{self.word()}", "line<br>line", note.fields[0]])
        self.col.update_note(note)

    def tags(self):
        note = self.some_note()
        note.add_tag(self.chance.choice([f"own::{self.word()}", "leech", "marked"]))
        self.col.update_note(note)

    def takes_a_tag_away(self):
        note = self.some_note()
        note.tags = note.tags[1:]
        self.col.update_note(note)

    def renames_the_tags(self):
        if self.chance.random() < 0.2:
            self.col.tags.rename("course", "mycourse")

    def deletes(self):
        self.col.remove_notes([self.some_note().id])

    def copies(self):
        """“Create Copy”, and sometimes the original goes."""
        note = self.some_note()
        copy = self.col.new_note(note.note_type())
        copy.fields, copy.tags = list(note.fields), list(note.tags)
        self.col.add_note(copy, 1)

    def studies(self):
        ids = self.col.db.list("select id from cards where queue >= 0 order by id")
        review(self.learner, self.chance.choice(ids))

    def moves_cards(self):
        self.col.set_deck(self.some_note().card_ids(), self.col.decks.id("Own"))

    def renames_a_deck(self):
        name = f"Deck {self.word()}"
        cards = self.some_note().cards()
        if cards:  # a note that was retired may have none
            self.col.decks.rename(cards[0].did, name)

    def suspends(self):
        self.col.sched.suspend_cards(self.some_note().card_ids())

    def changes_a_type(self):
        """Moves, adds, removes or renames a field, or renames the type."""
        if self.chance.random() < 0.6:
            return  # it would be too much for one life
        models, model = self.col.models, self.some_type()
        fields = model["flds"]
        tail = next(i for i, f in enumerate(fields) if f["name"].startswith("Id"))
        what = self.chance.choice(["move", "move mine", "add", "remove", "rename", "type"])
        if what == "move":
            # Not among the fields that are empty everywhere: nothing in an export tells those apart.
            place = self.chance.randrange(1, tail)
            models.reposition_field(model, fields[self.chance.randrange(1, tail)], place)
        elif what == "move mine":
            mine = next(f for f in fields if f["name"].startswith("My notes"))
            models.reposition_field(model, mine, self.chance.randrange(1, tail))
        elif what == "add":
            field = models.new_field(f"Own {self.word()}")
            models.add_field(model, field)
            if self.chance.random() < 0.5:
                models.reposition_field(model, field, self.chance.randrange(1, tail))
        elif what == "remove":
            may = [f for f in fields[1:] if f["name"].startswith(("Spare", "Own", "Topic"))]
            if may and model.get("originalStockKind") != 6:
                models.remove_field(model, self.chance.choice(may))
        elif what == "rename":
            field = self.chance.choice(fields)
            if field["name"] in OURS:
                models.rename_field(model, field, field["name"] + RENAMED)
        else:
            model["name"] = f"Type {self.word()}"
        models.update_dict(model)
        self.second_types = True

    def takes_an_old_text(self):
        """The text update of version 1.0.0, which wrote by the place of the fields."""
        if not self.second_types:
            import_text(self.learner, self.chance.choice(self.texts))

    # --- the update ---

    def takes_an_update(self):
        self.publish()
        data = data_of(self.author)
        boxes = {name: self.chance.random() < 0.3 for name in ("guid", "notetype", "deck")}
        boxes |= {name: self.chance.random() < 0.95 for name in ("html", "tags")}
        made = self.merged(boxes, data)
        while "problem" in made:
            # The page says what to tick: the learner does it.
            self.counts[made["problem"]] += 1
            if made["problem"] in ("empty", "other-course"):
                assert not self.known()
                return
            assert boxes != ALL
            boxes = ALL
            made = self.merged(boxes, data)
        before, cards, log = self.notes(), self.cards(), self.log()
        part = self.chance.choice(["course.apkg", "course-one.apkg", "course-retired.apkg", None])
        self.report = made["report"]
        steps = [lambda: self.imports(made, data), lambda: self.takes(part)]
        # A type that the learner changed may stand twice, with the same fields: Anki itself says so when the text comes in, and
        # the page says to begin again; so the package does not come first there.
        if boxes["notetype"] or not self.second_types:
            self.chance.shuffle(steps)
        for step in steps:
            step()
        self.judge(before, cards, log, self.report)

    def merged(self, boxes, data):
        text = export(self.learner, **boxes)
        if self.chance.random() < 0.2:
            self.agrees(text[: self.chance.randint(min(30, len(text)), len(text))], data)
        return self.agrees(text, data)

    def agrees(self, text, data):
        """What becomes of an export, whole or cut short, on which the oracle must agree."""
        made, wanted = merge(text, data), expected(text, data)
        got = made.get("problem") or rows_of(made["text"])
        assert got == wanted, f"the oracle says otherwise: {differences(got, wanted)}"
        return made

    def imports(self, made, data):
        before = self.notes()
        if made["text"]:
            said = import_text(self.learner, made["text"])
            if "conflicting" in said:
                self.counts["conflicting"] += 1
                # Without its types an export may be read amiss: what the page says counts from the whole one.
                again = self.merged(ALL, data)
                self.report = again["report"]
                if again["text"]:
                    said = import_text(self.learner, again["text"])
            assert said.keys() <= {"updated", "new"}, said
        self.date(before)

    def takes(self, part):
        before = self.notes()
        if part in self.made:
            take(self.learner, self.made[part])
        self.date(before)

    def known(self):
        return self.notes().keys() & (self.now | self.retired).keys()

    def cards(self):
        columns = "id, nid, ord, did, type, queue, due, ivl, reps, lapses"
        return {row[0]: row for row in self.learner.rows(f"select {columns} from cards")}  # noqa: S608

    def log(self):
        return self.learner.rows("select * from revlog order by id")

    # --- the judge ---

    def judge(self, before, cards, log, report):
        self.col.models._clear_cache()
        after = self.notes()
        told = {each["guid"]: each for each in report["told"]}
        assert before.keys() <= after.keys(), "a note is gone"
        assert after.keys() - before.keys() <= self.now.keys() | self.retired.keys(), "a stray note"
        assert self.log() == log, "a review is lost"
        now = self.cards()
        assert all(now.get(id_) == row for id_, row in cards.items()), "a card changed"
        published = self.now | self.retired
        for guid, (mid, old, tags, _) in before.items():
            names = [f["name"].removesuffix(RENAMED) for f in self.col.models.get(mid)["flds"]]
            assert after[guid][0] == mid
            held = dict(zip(names, after[guid][1], strict=True))
            had = dict(zip(names, old, strict=True))
            if guid not in published:
                assert (held, after[guid][2]) == (had, tags), "a note that is not the course's"
                continue
            self.judge_note(guid, had, held, tags, after[guid][2], told[guid])

    def judge_note(self, guid, had, held, tags, now, told):
        fields, author_tags = (self.now | self.retired)[guid]
        ever, ever_tags = self.ever[guid], self.tags_ever[guid]
        own = {n: v for n, v in had.items() if (v not in ever[n] if n in fields else v)}
        marks = {t for t in tags if t.startswith(("course::mine::", "course::changed::"))}
        own_tags = {t for t in tags - marks if t not in ever_tags}
        for name, value in own.items():
            assert held[name] == value, f"the learner's {name} is lost"
        self.counts["words kept"] += len(own)
        assert own_tags <= now, "a tag of the learner's is lost"
        self.counts["tags kept"] += len(own_tags)
        if told["left"]:
            self.counts[f"left: {told['left']}"] += 1
            if told["left"] == "own":
                assert guid in self.retired
                assert own or own_tags - {"leech", "marked"}
            return
        missing = {each["name"] for each in told["missing"]}
        for name, value in fields.items():
            if name == "My notes" or name not in had or had[name] not in ever[name]:
                continue
            if name in missing:
                self.counts["said to be missing"] += 1
                continue
            if guid in self.retired and held["Retired"] and self.shared(guid, had[name]):
                continue  # such words name no column, and a closed card shows none
            assert held[name] == value, f"the author's {name} did not arrive"
            self.counts["fixes arrived"] += had[name] != value
        marks = {t for t in now if t.startswith(("course::mine::", "course::changed::"))}
        assert now - marks == own_tags | author_tags

    def shared(self, guid, words):
        """Whether more than one field of a note has ever held these words."""
        return sum(words in held for held in self.ever[guid].values()) > 1


def differences(one, other):
    """Where two merges differ, short enough to be read."""
    if isinstance(one, str) or isinstance(other, str):
        return f"{str(one)[:40]} {str(other)[:40]}"
    every = sorted(one.keys() | other.keys())
    return [
        (guid, one.get(guid), other.get(guid)) for guid in every if one.get(guid) != other.get(guid)
    ]


STEPS_OF = [
    *[Life.the_author_edits] * 5,
    *[Life.the_author_explains] * 2,
    Life.the_author_explains_no_more,
    Life.the_author_sees_it_otherwise,
    Life.the_author_adds,
    Life.the_author_retires,
    Life.the_author_renames,
    *[Life.edits] * 6,
    *[Life.writes_my_notes] * 3,
    *[Life.tags] * 3,
    Life.takes_a_tag_away,
    Life.renames_the_tags,
    Life.deletes,
    Life.copies,
    Life.studies,
    Life.moves_cards,
    Life.suspends,
    Life.renames_a_deck,
    *[Life.changes_a_type] * 2,
    Life.takes_an_old_text,
    *[Life.takes_an_update] * 6,
]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_sequence_of_edits_and_updates_by_the_page_loses_anything(part):
    counts = Counter()
    for seed in range(SEED + part, SEED + max(STEPS // EACH, PARTS), PARTS):
        life = Life(seed, counts)
        try:
            for _ in range(EACH):
                step = life.chance.choice(STEPS_OF)
                before = life.notes()
                step(life)
                counts[step.__name__] += 1
                life.date(before)
            life.takes_an_update()
            life.close()
        except BaseException:
            print(f"MERGE_SEED={seed} MERGE_STEPS={EACH}")  # noqa: T201
            raise
    print(dict(sorted(counts.items())))  # noqa: T201 - the counts of a long run
    assert counts["words kept"]
    assert counts["fixes arrived"]
