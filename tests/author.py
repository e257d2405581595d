"""An author at work, for tests of updates: a course in memory that can be edited, and its published state."""

import functools
import json
import tempfile
from pathlib import Path

from anki.buildinfo import version
from coursedeck import build
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.problems import errors
from coursedeck.published import ledger as ledgers
from coursedeck.published import ledger_file
from coursedeck.published.guard import guard
from coursedeck.published.ledger import Ledger

START = 1_795_600_000  # later than the course's date, earlier than any clock that runs a test

ANKI = tuple(int(part) for part in version.split("."))
# Before 25.2, a note that a package updates is dated by the moment of the import and not by the package.
KEEPS_DATES = ANKI >= (25, 2)

MASK = (
    '<g data-mask="{n}"><title>label{word}x{n}</title>'
    '<rect x="10" y="{y}" width="100" height="30"/></g>'
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240" width="480" height="240">'
    "<title>Picture {word}</title><desc>Labels.</desc>{masks}</svg>"
)


class Author:
    """A course as plain data. `cards` hold id, module, kind, a number for the wording, and parts.

    The parts are the items of a sequence, the cases of a sort, the numbers of a cloze or of a diagram.
    """

    def __init__(self, cards, modules=("one", "two")):
        self.cards = [dict(card) for card in cards]
        self.modules = {module: f"{i} {module.title()}" for i, module in enumerate(modules, 1)}
        self.deck = "Course"
        self.key = ""  # what a copy made by `new course --from` has
        self.version = "1.0.0"
        self.retired = []
        self.renamed = []
        self.ledger = Ledger()
        self.now = START
        self.notes_of = notes_of  # what makes the notes: a test may put a later release's in

    def files(self):
        """The course's files; JSON is YAML."""
        made = {"course.yaml": self._about()}
        made["sources.yaml"] = {"book": {"type": "book", "title": "A book"}}
        for module, deck in self.modules.items():
            made[f"modules/{module}.yaml"] = self._module(module, deck)
        history = {}
        if self.retired:
            history["retired"] = self.retired
        if self.renamed:
            history["renamed"] = self.renamed
        if history:
            made["history.yaml"] = history
        files = {path: json.dumps(value).encode() for path, value in made.items()}
        for card in self.cards:
            if card["kind"] == "diagram":
                files[f"media/{card['id']}.svg"] = picture(card)
        return files

    def course(self):
        """The course as it stands; it must be sound."""
        return _assembled(tuple(sorted(self.files().items())))

    def problems(self):
        """What the guard says to the course as it stands."""
        course = self.course()
        return list(guard(course, notes_of(course), self.ledger, self.now))

    def publish(self, wait=60):
        """Build after `wait` seconds, as the command does; the outputs by path."""
        self.now += wait
        assert not errors(self.problems()), self.problems()
        made = {o.path: o.data for o in self.packages()}
        self.ledger = ledger_file.decode(made["ledger.json"])
        return made

    def packages(self):
        """What the command builds for Anki, as the course stands."""
        course = self.course()
        return build.packages(course, self.notes_of(course), self.ledger, self.now)

    def freeze(self, version):
        """Release what was published."""
        course = self.course()
        self.ledger = ledgers.freeze(self.ledger, course, notes_of(course), version)

    def notes(self):
        """The notes as they stand, by id."""
        return {note.id: note for note in notes_of(self.course())}

    def card(self, id_):
        """One card, to be edited."""
        return next(card for card in self.cards if card["id"] == id_)

    def retire(self, id_, reason="It was wrong."):
        """Remove a card and say so."""
        self.cards.remove(self.card(id_))
        self.retired.append({"card": id_, "reason": reason})

    def rename(self, old, new):
        """Give a card another id and say so."""
        self.card(old)["id"] = new
        self.renamed.append({"from": old, "to": new})

    def _about(self):
        text = {"audience", "prerequisites", "description", "how-to-use", "origin", "license"}
        return dict.fromkeys(sorted(text), "Text.") | {
            "id": "course",
            **({"key": self.key} if self.key else {}),
            "title": "A course",
            "version": self.version,
            "date": "2026-01-02",
            "language": "en",
            "deck": self.deck,
            "authors": ["Nobody"],
            "outcomes": [{"id": "can", "text": "do it"}],
            "modules": list(self.modules),
        }

    def _module(self, module, deck):
        cards = [content(card) for card in self.cards if card["module"] == module]
        return {
            "id": module,
            "title": module.title(),
            "deck": deck,
            "accent": "amber",
            "chapters": "none",
            "summary": "Summary.",
            "opening": ["What?"],
            "objectives": [{"id": f"{module}-can", "text": "do it", "outcome": "can"}],
            "concepts": [
                {
                    "id": f"{module}-concept",
                    "name": module.title(),
                    "definition": "Defined.",
                    "why": "Because.",
                    "example": "Such.",
                    "sources": [{"book": "p. 1"}],
                    "objectives": [f"{module}-can"],
                    "cards": cards,
                }
            ],
        }


@functools.lru_cache(maxsize=64)
def _assembled(files):
    """The course of these files; read once, however often a test asks for it."""
    course, problems = assemble(dict(files))
    assert course, problems
    return course


def content(card):
    """A card as the YAML has it. No two wordings share a word that could give an answer away."""
    word, parts = card.get("words"), card.get("parts")
    made = {"id": card["id"], "lens": card.get("lens", "part")}
    match card["kind"]:
        case "raw":
            made["cloze"] = card["cloze"]
        case "ask":
            made |= {"ask": f"Which one belongs to q{word}q?", "answer": f"a{word}a"}
        case "cloze":
            made |= {"cloze": " ".join(f"x{word} {{{{c{n}::d{word}n{n}}}}}" for n in parts)}
        case "pair":
            made["pair"] = {
                "left": f"l{word}l",
                "to-right": "Which one to the right?",
                "right": f"r{word}r",
                "to-left": "Which one to the left?",
            }
        case "sequence":
            items = [{"id": f"p{n}", "text": f"i{word}n{n}"} for n in parts]
            made["sequence"] = {"prompt": f"List of s{word}s?", "ordered": True, "items": items}
        case "sort":
            cases = [
                {"id": f"p{n}", "case": f"c{word}n{n} happens.", "belongs": "Left", "why": "So."}
                for n in parts
            ]
            made["sort"] = {"ask": "Which side?", "options": ["Left", "Right"], "cases": cases}
        case "cases":
            cases = [
                {
                    "id": f"p{n}",
                    "case": f"e{word}n{n} comes.",
                    "answer": f"f{word}n{n}",
                    "why": "So.",
                }
                for n in (*parts, 8, 9)
            ]
            made["cases"] = {"ask": "What now?", "cases": cases}
        case "diagram":
            made["diagram"] = {"image": f"{card['id']}.svg", "prompt": "What is under the mask?"}
    if "more" in card:
        made["more"] = f"m{card['more']}m"
    return made


def picture(card):
    """The drawing of a diagram card."""
    masks = "".join(MASK.format(n=n, word=card["words"], y=10 + 40 * n) for n in card["parts"])
    return SVG.format(word=card["words"], masks=masks).encode()


def one_of_each():
    """A card of every kind, in two modules."""
    kinds = ("ask", "cloze", "pair", "sequence", "sort", "diagram", "cases")
    return [
        {
            "id": f"{kind}-card",
            "module": "one" if index % 2 else "two",
            "kind": kind,
            "words": index,
            "parts": [1, 2],
        }
        for index, kind in enumerate(kinds)
    ]


def questions(count):
    """So many questions with answers, in one module."""
    return [
        {"id": f"card-{n}", "module": "one", "kind": "ask", "words": n, "parts": [1]}
        for n in range(count)
    ]


def take(learner, data):
    """A learner imports a package given as bytes, with Anki's default options."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "course.apkg"
        path.write_bytes(data)
        return learner.imports(path)


def review(learner, card_id, ease=3):
    """A learner answers a card."""
    card = learner.col.get_card(card_id)
    card.start_timer()
    learner.col.sched.answerCard(card, ease)


def complaints(col):
    """What Anki's own check of a collection finds. When a review falls on the edge of a second, Anki writes the one
    second on the card and the other in its log, and the check sets the card right: no fault of anyone's here.
    """
    said, fine = col.fix_integrity()
    lines = [] if fine else said.splitlines()[:-1]  # the last one says that it is rebuilt
    return [line for line in lines if "last review time" not in line]


def note_of(learner, guid):
    """The learner's note, or None."""
    ids = learner.col.db.list("select id from notes where guid = ?", guid)
    assert len(ids) < 2
    return learner.col.get_note(ids[0]) if ids else None
