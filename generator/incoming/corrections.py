"""Which words of the author's a correction changes that was made in Anki.

A note is known by its guid. Which text of the author's a field is made of, the course itself tells: it is made into notes once
more with a number in the place of each text, and a field with one number is made of that text alone. What a correction becomes is
held against the field that came: the card with the new text must give that very field. All else is said and left to the author.
Nothing of the learner's own is looked at: My notes, fields that we have not, tags, decks, notes of others, schedules.
"""

import dataclasses
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..frozen import dataclass
from ..identity import names
from ..kinds.all import AnyCard
from ..kinds.cloze import Cloze
from ..kinds.notetype import ID, MY_NOTES
from ..kinds.pair import Pair
from ..late import late
from ..model import Course
from ..notes import Note, media_name, notes_of
from ..problems import Span, visible
from ..published.diff import BRACKETS, COLOURS, Edit, marked
from ..published.ledger import Ledger, mark
from ..source.lines import moved
from ..source.records import keys_of
from ..text import as_markdown, back, clozes, to_tree
from ..text.fields import FOLDER
from ..text.filenames import shown_in
from ..text.literal import literal
from ..text.tree import Foreign, Paragraph, Tree
from ..texts import Html, Line
from .blanks import NBSP, as_typed
from .field_texts import Author, Sources, alone, gaps, key_of, with_gap, with_texts
from .telling import few, in_a_line, listed, place, words_of

WAS = "was:"  # begins the name of a column with the author's words of which those of a field were made
SPOKEN = late(r" ?\[anki:tts [^\]]*\][^\[]*\[/anki:tts\]")
TOKEN = late(r"\s+|\w+|[^\w\s]")

# Blanks around a text; signs that nobody can see are none, though Python calls some of them blanks: they are told.
EDGES = late(r"\A[^\S\x0b\x1c-\x1f\x85\u2028\u2029]+|[^\S\x0b\x1c-\x1f\x85\u2028\u2029]+\Z")


@dataclass(frozen=True, slots=True)
class Correction:
    """Other words for a text of the author's. `id` is that of the first note in which they came, and `field` the field's name.

    Where the author has written none, `key` is what to write them under, `old` is empty and at the place of the record, and
    `after` are the keys of the record behind which it belongs. `others` are the ids of the other notes that show this text.
    """

    id: str
    field: str
    old: Author
    new: str
    key: str = ""
    after: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What came back: corrections in the order of the course, and lines about what could not be placed."""

    corrections: tuple[Correction, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """A note that came from Anki, or words for it from one of our pages: its fields by name. `was` are the author's words of which
    those were made, as far as that is known, on the page of this `version`.
    """

    guid: str
    type_: str
    fields: Mapping[str, str]
    was: Mapping[str, str] = dataclasses.field(default_factory=dict)
    version: str = ""


# --- corrections -----------------------------------------------------------------------------------


def found(course: Course, ledger: Ledger, came: Iterable[Came]) -> Found:
    """The corrections in notes that came back, held against the course as it stands and all that was ever published of it."""
    return _Finder(course, ledger).found(came)


class _Finder:
    """Finds corrections. `told` gathers what cannot be placed, `wanted` the new words of each text."""

    def __init__(self, course: Course, ledger: Ledger) -> None:
        self.course = course
        self.ledger = ledger
        self.notes = {note.guid: note for note in notes_of(course)}
        self.sources = Sources(course)
        self.files = {media_name(file): file.name for file in course.files()}
        self.told: list[str] = []
        self.counts: Counter[str] = Counter()
        self.strange: dict[str, None] = {}  # names of columns that are no fields
        self.wanted: dict[tuple[Span, str], dict[str, Correction]] = defaultdict(dict)

    def found(self, came: Iterable[Came]) -> Found:
        """All corrections and all that is to be said."""
        for each in map(_composed, came):
            note = self.notes.get(each.guid)
            if note is None:
                self.counts["earlier" if each.guid in self.ledger.notes else "others"] += 1
            elif self._same_type(note, each):
                self._note(note, each)
        self.told += [
            f"“{name}” is no field of a note in whose row it stands, and is not read"
            for name in self.strange
        ]
        corrections = []
        for key in sorted(self.wanted):
            several = list(self.wanted[key].values())
            if len(several) > 1:
                listed = " · ".join(f"“{each.new}”" for each in several)
                self.told.append(
                    f"{place(key[0])}: {several[0].id}, {several[0].field}: came in several ways: {listed}"
                )
            else:
                corrections.append(several[0])
        for name, one, many in (
            (
                "others",
                "a note that the course has not is left out",
                "notes that the course has not are left out",
            ),
            ("earlier", "a note is retired by now", "notes are retired by now"),
            (
                "old",
                "a field holds earlier words of the course, which are no correction",
                "fields hold earlier words of the course, which are no corrections",
            ),
        ):
            if count := self.counts[name]:
                self.told.append(one if count == 1 else f"{count} {many}")
        return Found(tuple(corrections), tuple(self.told))

    def _same_type(self, note: Note, came: Came) -> bool:
        own = note.note_type.fields
        shared = any(name in came.fields for name in own)
        if not came.type_:  # a table, whose columns may have any names
            self.strange |= dict.fromkeys(name for name in came.fields if name not in own)
        if note.ours and ID in came.fields:
            same = came.fields[ID] in {*names(note.id, self.course.history.earlier), note.id}
            why = (
                "its id does not stand where its note type has it (was its note type changed in Anki, or are the names of the"
                " columns lost?)"
            )
        elif came.type_:
            same = _same_name(came.type_, note.note_type.name) and shared
            why = f"it is of the note type “{came.type_}”, and here of “{note.note_type.name}” (was its note type changed in Anki?)"
        else:
            return shared
        if not same:
            self.told.append(f"{note.id}: {why}: its fields are not read")
        return same

    def _note(self, note: Note, came: Came) -> None:
        entry = self.ledger.notes.get(note.guid)
        past = entry.past if entry else {}
        differing: list[str] = []
        behind = False  # whether the learner's note is of an earlier version
        for name in note.note_type.fields:
            old, new = note.fields.get(name, ""), came.fields.get(name, "")
            if name == MY_NOTES or name not in came.fields or mark(old) == mark(new):
                continue
            if mark(new) in past.get(name, "-").split(" "):
                behind = True
                self.counts["old"] += 1
            elif note.ours and self._read(old) == self._read(new):
                continue  # Anki writes the same in another way
            else:
                differing.append(name)
        for name in differing:
            if behind and " " in past.get(name, ""):
                self._tell(
                    note,
                    name,
                    "was changed on an earlier version of the card, and the course has other words by now",
                )
            elif not self._still(note, name, came):
                new = words_of(came.fields[name])
                of = f"version {came.version}" if came.version else "an earlier version"
                why = f"“{new}” was made of other words than the course has by now; the file is of {of}"
                self._tell(note, name, why)
            else:
                self._field(note, name, note.fields.get(name, ""), came.fields[name])

    def _still(self, note: Note, name: str, came: Came) -> bool:
        """Whether the author's words are those of which new ones were made, as far as that is known."""
        was, now = came.was.get(name, ""), note.fields.get(name, "")
        return not was or mark(was) == mark(now) or self._read(was) == self._read(now)

    def _tell(self, note: Note, field: str, why: str, at: Span | None = None) -> None:
        self.told.append(f"{place(at or note.card.span)}: {note.id}, {field}: {why}")

    def _read(self, html: str) -> back.Came:
        return back.came(html, self.files.get)

    def _field(self, note: Note, name: str, old: str, new: str) -> None:
        """Place what came in a field, or say why it cannot be."""
        texts = self.sources.of(note.guid, name)
        if not old:
            self._new(note, name, new)
        elif not texts:
            self._tell(note, name, "is made by the program, of what stands elsewhere in the course")
        elif len(texts) > 1:
            self._tell(note, name, "is made of several texts, so that none can be told to be meant")
        elif _is_of_all_rows(note, texts[0]):
            why = "is the question of every row of these pairs: write it by hand where it stands"
            self._tell(note, name, f"{why}: “{words_of(new)}”", texts[0].span)
        elif self.sources.places[key_of(texts[0])] > 1:
            self._tell(note, name, "stands on several cards at once", texts[0].span)
        elif not new.strip():
            self._tell(note, name, "was emptied", texts[0].span)
        else:
            self._text(note, name, texts[0], old, new)

    def _new(self, note: Note, name: str, new: str) -> None:
        """Place what came in an empty field: under a key that the author has left out, that which changes the fewest notes."""
        empty, wanted = self._read(""), self._read(as_typed(new))
        before = self._fields(note, note.card)
        found: dict[int, Correction] = {}
        wrong = ""
        for record, key in gaps(note.card) if not wanted.lost else ():
            if record is not note.card and record.span == note.card.span:
                continue  # a row of pairs, which has no place for a key of what its two sides become
            old = type(getattr(record, key.attribute))("", record.span)
            kind: type = type(record)
            after = frozenset(k for k, each in keys_of(kind).items() if each.required)
            for candidate in _candidates(old, empty.tree, wanted.tree):
                said, wrong = self._literal(note, old, candidate)
                if wrong or not said or (isinstance(old, Line) and "\n" in said):
                    continue
                card = with_gap(note.card, record, key, type(old)(said, record.span))
                made = self._fields(note, card)
                changed = [guid for guid in made if made[guid] != before.get(guid)]
                own = {**made.get(note.guid, {}), name: ""}
                if (
                    own == {**before[note.guid], name: ""}
                    and self._read(made[note.guid][name]) == wanted
                    and len(list(card.faults())) <= len(list(note.card.faults()))
                ):
                    made_of = Correction(note.id, name, old, said, key.name, after - {"id"})
                    found.setdefault(len(changed), made_of)
                    break
        if not found:
            why = f": {wrong}" if wrong else ""
            if wanted.lost:
                why = f", and our Markdown has no form for {listed(wanted.lost)}"
            self._tell(note, name, f"is new there: “{words_of(new)}”{why}")
            return
        nearest = found[min(found)]
        self.wanted[nearest.old.span, f"{nearest.key}:"].setdefault(nearest.new, nearest)

    def _fields(self, note: Note, card: AnyCard) -> dict[str, Mapping[str, str]]:
        """The fields of a card's notes by guid, the card being in the place of a note's."""
        return {each.guid: each.fields for each in notes_of(alone(self.course, note, card))}

    def _text(self, note: Note, name: str, text: Author, old: str, new: str) -> None:
        if isinstance(text, Html):
            there = {unicodedata.normalize("NFC", file.name) for file in self.course.kept}
            if absent := shown_in(new) - shown_in(old) - there:
                why = f"“{words_of(new)}” shows what is not in {FOLDER}/: {listed(absent)}"
                self._tell(note, name, why, text.span)
            else:
                self._want(note, name, text, new)
            return
        if not NBSP.search(old):
            new = as_typed(new)
        before, after = self._read(old), self._read(new)
        if before == after:
            return
        side = _side(before.tree, text)
        if side:
            came = self._read(SPOKEN.sub("", new) if side.spoken else new)
            wrapped = dataclasses.replace(came, tree=back.in_one_language(came.tree, side))
            after = after if wrapped == before else wrapped
        if after.lost - before.lost:
            lost = listed(after.lost - before.lost)
            was, now = words_of(old), words_of(new)
            words = f"“{was}” came as “{now}”" if was != now else f"the words are the same, “{was}”"
            self._tell(note, name, f"our Markdown has no form for {lost}: {words}", text.span)
            return
        if not after.tree.blocks:
            self._tell(note, name, "was emptied", text.span)
            return
        why = ""
        for candidate in dict.fromkeys(_candidates(text, before.tree, after.tree)):
            said, why = self._literal(note, text, candidate)
            why = why or self._why_not(note, name, text, said, after)
            if not why:
                self._want(note, name, text, said)
                return
        words = f"“{words_of(new)}”"
        self._tell(note, name, f"cannot be written in its place: {words}: {why}", text.span)

    def _literal(self, note: Note, text: Author, new: str) -> tuple[str, str]:
        """New words for a text in which no sign is taken for markup that nobody meant, and which one is all the same."""
        of_cloze = isinstance(note.card, Cloze) and key_of(note.card.cloze) == key_of(text)
        return literal(type(text)(EDGES.sub("", new), text.span), deletions=of_cloze)

    def _why_not(self, note: Note, name: str, text: Author, new: str, wanted: back.Came) -> str:
        """Why the card with a new text does not give the very field that came, or is not as sound as before; empty where it does
        and is.
        """
        if isinstance(text, Line) and "\n" in new:
            return "this text is one line"

        def write(each: Author) -> Author:
            return type(each)(new, each.span) if key_of(each) == key_of(text) else each

        card = with_texts(note.card, write)
        known = {(each.code, each.message) for each in note.card.faults()}
        if fault := next((p for p in card.faults() if (p.code, p.message) not in known), None):
            return fault.message
        made = self._fields(note, card)
        if note.guid not in made:
            return "the note would be another one"
        given = self._read(made[note.guid][name])
        return "" if given == wanted else back.unsaid(wanted.tree, given.tree)

    def _want(self, note: Note, name: str, text: Author, new: str) -> None:
        said = new if isinstance(text, Html) else new.strip()
        guids = self.sources.guids[key_of(text)]
        others = tuple(self.notes[guid].id for guid in guids if guid != note.guid)
        made = Correction(note.id, name, text, said, others=others)
        self.wanted[key_of(text)].setdefault(made.new, made)


def _composed(came: Came) -> Came:
    """A note with its letters and marks as the author's files are read: é as one sign."""
    fields, was = (
        {name: unicodedata.normalize("NFC", value) for name, value in each.items()}
        for each in (came.fields, came.was)
    )
    return dataclasses.replace(came, fields=fields, was=was)


def _is_of_all_rows(note: Note, text: Author) -> bool:
    """Whether a text is what asks for one side of all rows of pairs, which each row has at its own place."""
    if not isinstance(note.card, Pair) or text.span != note.card.span:
        return False
    sides = note.card.pair
    return key_of(text) in (key_of(sides.to_right), key_of(sides.to_left))


def _same_name(came: str, name: str) -> bool:
    """Whether a note type has the name of ours. Where a learner has another type of that name, Anki puts a sign behind it."""
    return came.rstrip("+") == name.rstrip("+")


def _candidates(text: Author, old: Tree, new: Tree) -> Iterator[str]:
    """What the author might have written, the nearest to the present text first."""
    shown = type(text)(clozes.closed(text), text.span)
    like = to_tree(shown)
    ways = [(old, new)]
    inner = _foreign(old), _foreign(new)
    if (
        inner[0] is not None and inner[1] is not None
    ):  # a side of a pair that is in another language
        ways.insert(0, (inner[0], inner[1]))
    for way in ways:
        for bare in (True, False):
            one, other = (
                as_markdown.markdown(as_markdown.languages(each, like), bare=bare) for each in way
            )
            yield "".join(moved(*(TOKEN.findall(each) for each in (str(text), one, other))))
            yield other


def _side(tree: Tree, text: Author) -> Foreign | None:
    """What the program puts around a text that is a side of a pair in another language."""
    match tree.blocks, to_tree(text).blocks:
        case (Paragraph((Foreign() as side,)),), own if not _foreign(Tree(own)):
            return side
        case _:
            return None


def _foreign(tree: Tree) -> Tree | None:
    match tree.blocks:
        case (Paragraph((Foreign(children),)),):
            return Tree((Paragraph(children, tight=True),))
        case _:
            return None


def as_text(correction: Correction, *, colour: bool) -> str:
    """A correction for a person: its place, then old words and new ones, as in `coursedeck diff`."""
    edit = Edit(correction.field, *in_a_line(correction.old, correction.new))
    on = f", and so on {few(correction.others)}" if correction.others else ""
    head = visible(f"{place(correction.old.span)}: {correction.id}, {correction.field}{on}")
    return f"{head}\n    {marked(edit, COLOURS if colour else BRACKETS)}"
