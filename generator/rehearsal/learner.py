"""Learners, each with a real Anki: what those of every kind do between two versions, and the ways of taking an update."""

import functools
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

import anki.lang
import quickjs
from anki.buildinfo import version
from anki.collection import Collection, ImportCsvRequest
from anki.decks import DeckId
from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.models import NotetypeDict
from anki.notes import Note

from ..frozen import dataclass
from ..kinds.notetype import ID, MY_NOTES, RETIRED
from ..outputs import web

if TYPE_CHECKING:
    from anki.dbproxy import DBProxy

ANKI = re.sub(r"\b0(?=\d)", "", version)  # 26.9.3 calls itself 26.09.3
BOXES = {"guid": False, "notetype": False, "deck": False, "tags": True, "html": True}
ALL = dict.fromkeys(BOXES, True)
# Whoever edits these tells Anki that it is another note, or another set of cards.
FIXED = (ID, RETIRED, MY_NOTES, "Occlusion", "Spare 1", "Spare 2", "Link")

anki.lang.set_lang("en_US")


@dataclass(frozen=True, slots=True)
class Update:
    """What is there to take: a package, that of retired notes if there is one, and what the update page knows, as JSON."""

    package: Path
    retired: Path | None
    data: str


class Learner:
    """A learner's Anki. Its file is closed at the end of a `with`."""

    def __init__(self, file: Path) -> None:
        self.col = Collection(str(file))
        self.db = cast("DBProxy", self.col.db)  # None only when closed
        self.text = ""  # what the update page gave

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.col.close()

    def imports(self, package: Path) -> None:
        """Import a package as a double click does."""
        options = ImportAnkiPackageOptions()
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        self.col.import_anki_package(request)
        self.col.models._clear_cache()  # noqa: SLF001  no other way to see new note types

    def complaints(self) -> list[str]:
        """What Anki's own check finds. A review on the edge of a second has one second on the card and another in the log, which is
        no fault.
        """
        said, fine = self.col.fix_integrity()
        lines = [] if fine else said.splitlines()[:-1]  # the last one says that it is rebuilt
        return [line for line in lines if "last review time" not in line]

    # --- ways of taking an update ---

    def takes_package(self, update: Update) -> None:
        """Import the package."""
        self.imports(update.package)

    def takes_retired(self, update: Update) -> None:
        """Import the package of retired notes, if there is one, then remove the empty cards and their notes."""
        if update.retired:
            self.imports(update.retired)
        empty = [card for note in self.col.get_empty_cards().notes for card in note.card_ids]
        self.col.remove_cards_and_orphaned_notes(empty)

    def opens_page(self, update: Update) -> None:
        """Export all notes, and give the text to the update page. Where it asks for more boxes, tick them."""
        made = self._merged(update, BOXES)
        if made.get("problem") == "boxes":
            made = self._merged(update, ALL)
        self.text = made.get("text", "")

    def imports_text(self, update: Update) -> None:
        """Import what the page gave. Where Anki says that note types have changed, undo it and begin again, as the page says."""
        if self._imports_text():
            self.col.undo()
            self.text = self._merged(update, ALL).get("text", "")
            self._imports_text()

    def _imports_text(self) -> bool:
        """Import the page's text; whether Anki says that note types have changed."""
        if not self.text:
            return False
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "update.txt")
            Path(path).write_bytes(self.text.encode())
            metadata = self.col.get_csv_metadata(path, None)
            log = self.col.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
        return bool(log.conflicting)

    def _merged(self, update: Update, boxes: Mapping[str, bool]) -> dict[str, Any]:
        """What the page makes of an export with these boxes."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "notes.txt"
            ticked = {f"with_{name}": on for name, on in boxes.items()}
            self.col.export_note_csv(out_path=str(path), limit=None, **ticked)
            page = _page()
            page.set("text", path.read_bytes().decode())
        page.set("data", update.data)
        # The last argument says that `Retired` stands right after `Id`, which no learner here has changed.
        made: dict[str, Any] = json.loads(
            page.eval("JSON.stringify(merge(text, JSON.parse(data), true))")
        )
        return made

    # --- what learners do ---

    def only_studies(self) -> None:
        """Do nothing else."""

    def edits(self) -> None:
        """Add to a field, of each note to another one."""
        for number, note in enumerate(self._every_other()):
            names = [name for name in note.keys() if name not in FIXED]  # noqa: SIM118  a note is no mapping
            note[names[number % len(names)]] += " mine"
            self.col.update_note(note)

    def writes(self) -> None:
        """Write in `My notes`."""
        for note in self._every_other():
            note[MY_NOTES] = "mine"
            self.col.update_note(note)

    def tags(self) -> None:
        """Tag notes."""
        for note in self._every_other():
            note.add_tag("mine")
            self.col.update_note(note)

    def has_leeches(self) -> None:
        """Forget cards so often that Anki tags and suspends them."""
        for note in self._every_other():
            note.add_tag("leech")
            self.col.update_note(note)
            self.col.sched.suspend_cards(note.card_ids())

    def sets_aside(self) -> None:
        """Suspend, flag and move cards."""
        for note in self._every_other():
            self.col.sched.suspend_cards(note.card_ids()[:1])
            self.col.set_user_flag_for_cards(3, note.card_ids())
            self.col.set_deck(note.card_ids()[:1], self.col.decks.id("Mine") or 1)

    def deletes(self) -> None:
        """Delete notes."""
        self.col.remove_notes([note.id for note in self._every_other()][::4])

    def moves_a_field(self) -> None:
        """Put `My notes` further up, and write in it."""
        for model in self._models():
            field = next(each for each in model["flds"] if each["name"] == MY_NOTES)
            self.col.models.reposition_field(model, field, 1)
            self.col.models.update_dict(model)
        self.writes()

    def adds_a_field(self) -> None:
        """Add a field, and write in it."""
        for model in self._models():
            field = self.col.models.new_field("Mine")
            self.col.models.add_field(model, field)
            self.col.models.reposition_field(model, field, 1)
            self.col.models.update_dict(model)
        for note in self._every_other():
            note["Mine"] = "mine"
            self.col.update_note(note)

    def _every_other(self) -> Iterator[Note]:
        """Every other note of the course."""
        for id_ in self.col.find_notes(f"{ID}:_*", order="n.id asc")[::2]:
            yield self.col.get_note(id_)

    def _models(self) -> list[NotetypeDict]:
        """The note types of the course."""
        every = self.col.models.all()
        return [model for model in every if any(each["name"] == ID for each in model["flds"])]

    def studies(self) -> None:
        """Answer every seventh card, and have a note of another course."""
        for number, id_ in enumerate(self.col.find_cards("", order="c.id asc")[::7]):
            card = self.col.get_card(id_)
            card.start_timer()
            self.col.sched.answerCard(card, (3, 1, 4, 2)[number % 4])
        other = self.col.new_note(self.col.models.all()[0])  # Anki's Basic
        other.fields[0] = "Of another course"
        self.col.add_note(other, DeckId(1))

    def had(self, packages: Iterable[tuple[Path, int]]) -> None:
        """Have taken more packages, each by a time of its own, and studied. (Anki before 25.2 dates what it updates by its own
        clock, by which the next package would be an old one.)
        """
        for package, when in packages:
            self.imports(package)
            self.touched({id_: mod for id_, mod in self.dates().items() if mod <= when}, when)
        self.studies()

    def dates(self) -> dict[int, int]:
        """When each note was changed last, in seconds since 1970, by its id."""
        return {row[0]: row[1] for row in self.db.all("select id, mod from notes")}

    def touched(self, since: Mapping[int, int], when: int) -> None:
        """Have the notes that changed since then, going by their dates, changed at another time."""
        ids = [(when, id_) for id_, mod in self.dates().items() if since.get(id_) != mod]
        self.db.executemany("update notes set mod = ? where id = ?", ids)


@functools.cache
def _page() -> "quickjs.Context":
    """A JavaScript engine with what the update page does."""
    context = quickjs.Context()
    context.eval(files(web).joinpath("merge.js").read_text("utf-8"))
    return context


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of learner: what they do, before the author's build or after it, with the course or one module of it."""

    name: str
    does: Callable[[Learner], None]
    after: bool = False
    module: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A way of taking an update, and what is promised for it: see `judge`."""

    name: str
    steps: tuple[Callable[[Learner, Update], None], ...]
    keeps: bool = False
    mends: bool = False
    removes: bool = False


KINDS = (
    Kind("only studies", Learner.only_studies),
    Kind("edits fields", Learner.edits),
    Kind("edits fields after the build", Learner.edits, after=True),
    Kind("writes in My notes", Learner.writes),
    Kind("tags notes", Learner.tags),
    Kind("has leeches after the build", Learner.has_leeches, after=True),
    Kind("suspends, flags, moves cards", Learner.sets_aside),
    Kind("deletes notes", Learner.deletes),
    Kind("moves a field", Learner.moves_a_field),
    Kind("adds a field", Learner.adds_a_field),
    Kind("edits fields, one module only", Learner.edits, module=True),
)
_package, _export, _text = Learner.takes_package, Learner.opens_page, Learner.imports_text
WAYS = (
    Way("the package", (_package,)),
    Way("the page, then the package", (_export, _text, _package), keeps=True, mends=True),
    Way("the page, its file after the package", (_export, _package, _text), keeps=True, mends=True),
    Way("the package, then the page", (_package, _export, _text), mends=True),
    Way("the package, then the retired one", (_package, Learner.takes_retired), removes=True),
)
