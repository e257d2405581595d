"""The update page's merge for tests: `merge.js` in an embedded engine, real exports and imports, and a second opinion.

`expected` is an oracle of its own: it says in plain Python, from the rules and not from `merge.js`, what the merge must give.
"""

import csv
import functools
import io
import json
import re
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import quickjs
from anki.collection import ImportCsvRequest
from author import note_of
from conftest import ROOT
from coursedeck import build
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.outputs.web import update
from coursedeck.published.ledger import advance, mark

SCRIPT = ROOT / "generator" / "outputs" / "web" / "merge.js"
BOXES = {"guid": False, "notetype": False, "deck": False, "tags": True, "html": True}
ALL = dict.fromkeys(BOXES, True)
TICKED = [{}, {"guid": True}, {"notetype": True}, {"deck": True}, ALL]  # by learners
LOG = ("new", "updated", "duplicate", "conflicting", "missing_notetype", "empty_first_field")


@functools.cache
def engine():
    """A JavaScript engine with the functions of `merge.js`."""
    context = quickjs.Context()
    context.eval(SCRIPT.read_text("utf-8"))
    return context


def merge(text, data, sure=True):
    """What the page makes of an export; the learner is sure that `Retired` follows `Id`, unless they are not."""
    context = engine()
    context.set("given", json.dumps([text, data, sure]))
    return json.loads(context.eval("JSON.stringify(merge(...JSON.parse(given)))"))


COUNTED = """
let steps = 0;
const counted = (own, parts) => new Proxy(own, {
  apply: (target, self, given) => { steps += parts(self); return Reflect.apply(target, self, given); },
});
for (const name of Object.getOwnPropertyNames(globalThis)) {
  const own = globalThis[name];
  if (typeof own === "function" && !`${own}`.includes("[native code]")) globalThis[name] = counted(own, () => 1);
}
for (const name of Object.getOwnPropertyNames(Array.prototype)) {
  const own = Array.prototype[name];
  if (typeof own === "function" && !["constructor", "push", "pop", "at"].includes(name)) {
    Object.defineProperty(Array.prototype, name, { value: counted(own, (self) => 1 + self.length) });
  }
}
"""


def steps(text, data):
    """How much a merge does: how often it calls its functions, and how many parts of lists it looks through."""
    context = quickjs.Context()
    context.eval(SCRIPT.read_text("utf-8"))
    context.eval(COUNTED)
    context.set("given", json.dumps([text, data, True]))
    context.eval("merge(...JSON.parse(given))")
    return context.eval("steps")


def marked(value):
    """The mark that `merge.js` gives a value."""
    context = engine()
    context.set("given", json.dumps(value))
    return context.eval("mark(JSON.parse(given))")


def data_of(author):
    """What the page of an author's course knows, as the course was published last."""
    course = author.course()
    notes = author.notes_of(course)
    first = build.seconds(course.about.date)
    ledger = advance(author.ledger, course, notes, now=author.now, first=first)
    rows = build._rows(course, ledger, notes)
    return json.loads(update.data(course, rows, ledger))


def many(author, count):
    """An export with so many questions of a learner who wrote on each third, and what the page knows of them."""
    data = data_of(author)
    pattern = next(note for note in data["notes"] if note["id"] == "card-1")
    data["notes"], lines = [], []
    for number in range(count):
        words = [f"{value} {number} " + "word " * 20 for value in pattern["fields"]]
        words[data["types"]["ask"]["fields"].index("Id")] = f"card-{number}"
        past = [mark(value) for value in words]
        data["notes"].append(
            pattern | {"guid": f"g{number}", "id": f"card-{number}", "fields": words, "past": past}
        )
        cells = [
            value + " own" if number % 3 == 0 and at < 3 else value
            for at, value in enumerate(words)
        ]
        lines.append("\t".join([*cells, "own"]))
    head = f"#separator:tab\n#html:true\n#tags column:{len(words) + 1}\n"
    return head + "\n".join(lines) + "\n", data


def export(learner, limit=None, **boxes):
    """“Notes in Plain Text” as Anki writes it, of all decks, with the default boxes unless others are given."""
    ticked = BOXES | boxes
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notes.txt"
        learner.col.export_note_csv(
            out_path=str(path),
            limit=limit,
            **{f"with_{name}": on for name, on in ticked.items()},
        )
        return path.read_bytes().decode()


def cards_of(learner, html=True):
    """“Cards in Plain Text” as Anki writes it, of all decks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cards.txt"
        learner.col.export_card_csv(out_path=str(path), limit=None, with_html=html)
        return path.read_bytes().decode()


def import_text(learner, text):
    """Import a text as the dialogue would with nothing changed in it; what the log counts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "update.txt"
        path.write_bytes(text.encode())
        metadata = learner.col.get_csv_metadata(str(path), None)
        log = learner.col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    return {name: len(getattr(log, name)) for name in LOG if getattr(log, name)}


def rows_of(text):
    """The rows of a written file: type, cells without padding and tags, by guid."""
    lines = [line for line in text.split("\n") if not re.match(r"#[a-z ]+:", line)]
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter="\t")
    found = {}
    for guid, type_, *cells, tags in rows:
        assert guid not in found
        while cells and not cells[-1]:
            cells.pop()
        found[guid] = type_, cells, sorted(tags.split())
    return found


# --- the second opinion --------------------------------------------------------------------------


class Published:
    """One published note, as the rules speak of it."""

    def __init__(self, raw, types):
        self.guid, self.kind, self.retired = raw["guid"], raw["kind"], raw["retired"]
        self.id = raw["id"]
        self.type_id = str(types[raw["kind"]]["id"])
        names = types[raw["kind"]]["fields"]
        self.new = dict.fromkeys(names, "") | dict(zip(names, raw["fields"], strict=False))
        past = dict.fromkeys(names, "") | dict(zip(names, raw["past"], strict=False))
        self.past = {name: set((marks or "-").split()) for name, marks in past.items()}
        self.tags, self.old_tags = raw["tags"], set(raw["tagsPast"].split())
        counted = Counter(each for marks in self.past.values() for each in marks)
        self.names = {
            each: name
            for name, marks in self.past.items()
            for each in marks
            if each != "-" and counted[each] == 1
        }
        self.shared_ids = {each for each in self.past["Id"] if counted[each] > 1}

    def aim(self, name, first):
        """What a field should hold: a retired note has its id in the first column, which Anki wants filled."""
        return self.new[name] or (self.id if self.retired and first else "")

    def seen(self, cells):
        """Where words of the note stand that belong to one field only: the field of each column.

        An id that stands once is in `Id`, though a retired note's first field has one as well.
        """
        once = {cell for cell in cells if cells.count(cell) == 1}
        named = {
            at: "Id"
            if cell in once and mark(cell) in self.shared_ids
            else self.names.get(mark(cell))
            for at, cell in enumerate(cells)
            if cell
        }
        return {at: name for at, name in named.items() if name}


def expected(text, data, sure_of_retired=True):
    """What the merge of an export, whole or cut short, must write, by guid, or the word of its problem."""
    notes = [Published(raw, data["types"]) for raw in data["notes"]]
    head = dict(re.findall(r"^#([a-z ]+):(.*)$", text, re.MULTILINE))
    body = "\n".join(line for line in text.split("\n") if not re.match(r"#[a-z]+[a-z ]*:", line))
    rows = list(csv.reader(io.StringIO(body), delimiter="\t"))
    if wrong := wrong_with(text, head, rows):
        return wrong
    front = [name for name in ("guid", "notetype", "deck") if f"{name} column" in head]
    found, sure = defaultdict(list), True
    for row in rows:
        named = dict(zip(front, row, strict=False))
        cells = row[len(front) : -1]
        if "guid" in named:
            fit = [note for note in notes if note.guid == named["guid"]]
        else:
            words = [mark(cell) for cell in cells if cell]
            holding = {note: sum(word in note.past["Id"] for word in words) for note in notes}
            scores = {
                note: len({*note.seen(cells).values()} - {"Id"}) + (times > 1)
                for note, times in holding.items()
                if times
            }
            best = max(scores.values(), default=0)
            fit = [note for note, score in scores.items() if score == best and best]
            sure = sure and not (best == 1 or len(fit) > 1)
        if len(fit) == 1:
            found[fit[0]].append((cells, {*row[-1].split()}, named.get("notetype", "")))
    if not found and sure:
        return "other-course"
    sure = sure and all(len(each) == 1 for each in found.values())
    kinds = defaultdict(list)
    for note, [(cells, tags, name), *_] in found.items():
        kinds[note.kind, name].append((note, cells, tags))
    made = {}
    for (_, name), group in kinds.items():
        where = columns_of(group, sure_of_retired)
        for note, cells, tags in group:
            seen = note.seen(cells)
            wrong = [at for at, field in seen.items() if where and where.get(field, at) != at]
            shaped = len(wrong) * 2 <= len(seen)
            sure = sure and (shaped or bool(name))
            row = row_for(note, cells, tags, where if shaped else None, data)
            if row:
                made[note.guid] = name or note.type_id, *row
    return made if sure else "boxes"


def wrong_with(text, head, rows):
    """The word of the problem of an export as a whole, or nothing."""
    if not text.endswith("\n") or text.count('"') % 2 or len({len(row) for row in rows}) > 1:
        return "cut"
    if not rows:
        return "empty"
    if head["html"] == "false":
        return "no-html"
    return "" if "tags column" in head else "no-tags"


def columns_of(group, sure_of_retired):
    """The column of each field of a note type by its name, where that is sure; None where two columns are as good as each other.

    A field that was nowhere seen must fit between two that were, or between one and the left edge. The one exception is
    `Retired` right of `Id`, if the learner says so.
    """
    fields = list(group[0][0].new)
    votes = Counter()
    for note, cells, _ in group:
        votes.update((name, at) for at, name in note.seen(cells).items() if name != "My notes")
    best = {}
    for name in fields:
        own = sorted(((n, at) for (other, at), n in votes.items() if other == name), reverse=True)
        if len(own) > 1 and own[0][0] == own[1][0]:
            return None
        if own:
            best[name] = own[0][1]
    sure = {
        name: at
        for name, at in best.items()
        if all(
            votes[other, at] < votes[name, at]
            for other, there in best.items()
            if there == at and other != name
        )
    }
    made = dict(sure)
    implied = {name: told_by_neighbours(fields, sure, name) for name in fields}
    missing = {name for name in fields if name not in {*sure, "My notes"}}
    for name, at in sure.items():
        free = implied[name] not in {None, *sure.values()}
        rest = {other: there for other, there in sure.items() if other != name}
        wanted = {told_by_neighbours(fields, rest, other) for other in missing}
        if votes[name, at] < 3 and free and at not in wanted:
            made[name] = implied[name]  # the words are a copy
    if sure_of_retired and "Id" in sure:
        implied["Retired"] = sure["Id"] + 1
    width = len(group[0][1])
    for name in missing:
        at = implied[name]
        if at is None or at in sure.values() or not 0 <= at < width:
            continue
        if all(not cells[at] or note.past[name] != {"-"} for note, cells, _ in group):
            made[name] = at
    return made


def told_by_neighbours(fields, sure, name):
    """The column in which both neighbours of a field that are known, or the left edge, have it; else None."""
    place = fields.index(name)
    near = {fields.index(other): at for other, at in sure.items() if other != name}
    left = max((other for other in near if other < place), default=-1)
    right = min((other for other in near if other > place), default=None)
    if right is None:
        return None
    told = {near.get(left, -1) + place - left, near[right] + place - right}
    return told.pop() if len(told) == 1 else None


def tags_for(note, tags, course):
    """The learner's tags without our marks, their own ones among those, and what they become."""
    ours = re.compile(rf"{re.escape(course)}::(mine|changed)::", re.IGNORECASE)
    before = [tag for tag in tags if not ours.match(tag)]
    low = {tag.lower() for tag in note.tags}
    own = [t for t in before if mark(t) not in note.old_tags and t.lower() not in low]
    after = {*own, *(t for t in before if t.lower() in low)}
    after |= {t for t in note.tags if t.lower() not in {b.lower() for b in before}}
    return before, own, after


def bare(words, breaking=True):
    """Words without what nobody sees: blanks and empty lines at the ends, and which blanks do not break."""
    words = words.replace("&nbsp;", "\u00a0").strip()
    for tail in ("<br>", "<br/>", "<br />", "<div></div>", "<div> </div>", "<div><br></div>"):
        if words.lower().endswith(tail):
            return bare(words[: -len(tail)], breaking)
    return words.replace("\u00a0", " ") if breaking else words


def fate_of(note, name, words, first):
    """Whether a field has the author's newest words, gets them, or stays the learner's."""
    past = note.past[name] | (note.past["Id"] if first else set())
    new = note.aim(name, first)
    if mark(words) == mark(new):
        return "same"
    if mark(words) in past:
        return "author's"
    if bare(words) == bare(new):
        return "same"
    if not new and sum(mark(words) in marks for marks in note.past.values()) > 1:
        return "same"  # words of other fields, in a column that may be one of theirs
    # Published words are known as hashes, with blanks that may break or may not.
    known = {mark(bare(words)), mark(bare(words, breaking=False))} & past
    return "author's" if known else "learner's"


def row_for(note, cells, tags, where, data):
    """The cells and tags to write of one row, or nothing."""
    before, own, after = tags_for(note, tags, data["course"])
    merged, wrote, lacking = list(cells), where is None, False
    for name, at in (where or {}).items():
        fate = fate_of(note, name, cells[at], first=at == 0)
        if fate == "author's":
            merged[at] = note.aim(name, first=at == 0)
        wrote = wrote or fate == "learner's"
    if where is not None:
        named = note.id if note.id in cells else ""
        lacking = any(new not in ("", named) for name, new in note.new.items() if name not in where)
        nameless = [note.past[name] for name in note.new if name not in where]
        published = note.past["Id"].union(*nameless)
        wrote = wrote or any(
            bare(cell) and mark(cell) not in published
            for at, cell in enumerate(cells)
            if at not in where.values()
        )
    if note.retired and merged != cells:
        keeps = wrote or any(tag.lower() not in ("leech", "marked") for tag in own)
        if keeps:
            merged, after, wrote = list(cells), set(before), True
        elif "Retired" not in where:
            return None
    changed = merged != cells or {*after} != {*before}
    mine = wrote or lacking or bool(own)
    if not (changed or mine) or not merged[0]:
        return None
    root, version = data["course"], data["version"]
    signs = [f"{root}::mine::{version}"] * mine + [f"{root}::changed::{version}"] * changed
    if merged == cells and sorted({*after, *signs}) == sorted(tags):
        signs = [f"{sign}::again" for sign in signs]
    while merged and not merged[-1]:
        merged.pop()
    return merged, sorted([*after, *signs])


# --- what version 1.0.0 gave ---------------------------------------------------------------------


def text_of_1_0_0(notes):
    """The text update that version 1.0.0 had, which learners may still have and import."""
    lines = io.StringIO()
    rows = csv.writer(lines, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
    notes = [note for note in notes if not note.picture]
    for note in notes:
        rows.writerow([note.guid, NOTE_TYPES[note.kind].name, note.deck, *note.all_fields()[:-1]])
    widest = max(len(NOTE_TYPES[note.kind].fields) for note in notes) - 1
    names = ["guid", "note type", "deck", *(f"field {n}" for n in range(1, widest + 1))]
    head = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#if matches:update current\n"
    return head + "#columns:" + "\t".join(names) + "\n" + lines.getvalue()


def edit(learner, author, id_, **fields):
    """A learner edits fields of a note; its guid."""
    note = note_of(learner, author.notes()[id_].guid)
    for name, value in fields.items():
        note[name.replace("_", " ")] = value
    learner.col.update_note(note)
    return note.guid


def merged(learner, author, sure=True, **boxes):
    """An update by the page: what it reports, and what Anki's log said."""
    text = export(learner, **boxes)
    made = merge(text, data_of(author), sure)
    assert made.get("problem") == (
        wanted if isinstance(wanted := expected(text, data_of(author), sure), str) else None
    )
    if "problem" in made:
        return made, {}
    assert rows_of(made["text"]) == wanted
    return made["report"], import_text(learner, made["text"]) if made["text"] else {}


def models_of(learner):
    """Our note types as a learner has them."""
    return [learner.col.models.by_name(note_type.name) for note_type in NOTE_TYPES.values()]


def move(learner, name, place):
    """A learner moves a field of all our note types that have it to another place."""
    for model in models_of(learner):
        for field in [f for f in model["flds"] if f["name"] == name]:
            learner.col.models.reposition_field(model, field, place)
        learner.col.models.update_dict(model)
