"""A deck of Anki's that becomes a course: its notes, their types and their files as they are, in our YAML.

What learners of the deck have must stay theirs: the guid of each note, its date, its type. So the ledger of such a course
begins with all that the package held, as released under version 0.0.0.
"""

import hashlib
import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..checks.identity import deck_name
from ..frozen import dataclass
from ..identity import DAY
from ..kinds.kept import KIND, made_by_anki
from ..late import late
from ..load import assemble
from ..model import Course
from ..notes import Note, notes_of
from ..problems import Refusal, errors, so_many
from ..published import ledger_file
from ..published.contents import (
    UNREADABLE,
    Collection,
    NoteRow,
    collection_of,
    media_of,
    members,
)
from ..published.ledger import Ledger, advance
from ..source.files import COURSE, KEPT, LEDGER, TYPES, left_behind
from ..source.naming import slug
from ..source.written import Value, document
from ..text import to_plain
from ..text.filenames import shown_in
from ..text.unread import unread
from ..texts import Html, Line, Prose, literal
from . import notetype, table

SIDES = ("qfmt", "afmt")  # of a template
ORIGINAL = "0.0.0"  # the version under which learners have what was brought
WORDS = late(
    r"\{\{c[0-9]+::image-occlusion:[^}]*\}\}|<[^>]*>|\[sound:[^\]]*\]|\[/?latex\]|&nbsp;|\\[A-Za-z]+"
)
EMPTY = late(r"\(\s*\)|\[\s*\]")  # brackets whose words are gone
NO_NAME = late(r"[/\\:\x00-\x1f\x7f]")
STAYS = (
    "reviews and their log, schedules, the order of new cards, flags, suspended cards, deck options and filtered decks are no part"
    " of a course: learners keep theirs in their Anki"
)

Missing = Callable[[str], Sequence[str]]  # which characters of a text cannot be printed


@dataclass(frozen=True, slots=True)
class Brought:
    """A course that was made of a deck, its files by path, and lines about what became of what; `on_paper` are those of them that
    matter to who only prints the deck.
    """

    course: Course
    files: Mapping[str, bytes]
    told: tuple[str, ...]
    on_paper: tuple[str, ...]


def brought(data: bytes, file: str, *, key: str, now: int, missing: Missing) -> Brought:
    """The course that a package (.apkg), a whole collection (.colpkg) or a table (.txt, .csv, .tsv) becomes. The name of the
    `file`, without its ending, stands in for a title, `key` sets the course apart from others of its id, and `now` is the clock,
    in seconds since 1970. `missing` says which characters of a text cannot be printed.

    Raises Refusal when it is none of these, or holds nothing.
    """
    name, _, ending = file.rpartition(".")
    if f".{ending.lower()}" in table.ENDINGS:
        rows, told, first = table.collection(data, file, key=key, now=now)
        made = _Deck(rows, name, key, missing)
        made.on_paper += filter(None, [first])
        return made.brought(told, None)
    try:
        held = members(data)
        sound = _sound(collection_of(held))
        files = [(each.encode().decode(), data) for each, data in media_of(held)]
    except UNREADABLE as error:
        raise Refusal(
            f"{file} is no package or collection of Anki's that can be read ({type(error).__name__})"
        ) from error
    made = _Deck(sound, name, key, missing)
    made.keep_files(files)
    return made.brought([STAYS], now)


def _sound(held: Collection) -> Collection:
    """The collection, all of which that becomes a course is of the sort that it should be, so that what goes wrong later is no
    fault of the file's. Raises one of `UNREADABLE`.
    """
    json.dumps([*held.models.items(), *held.decks.items()], ensure_ascii=False).encode()
    used = [held.models[model] for model in {row.model for row in held.notes}]
    parts = [part for model in used for part in (*model["flds"], *model["tmpls"])]
    texts = [each["name"] for each in (*used, *parts)]
    texts += [template[side] for model in used for template in model["tmpls"] for side in SIDES]
    texts += [text for row in held.notes for text in (row.guid, row.tags, row.fields)]
    whole = [number for row in held.notes for number in (row.id, row.mod)]
    whole += [number for card in held.cards for number in (card.note, card.ordinal, card.deck)]
    whole += [model.get("sortf") or 0 for model in used]
    whole += [part.get("did") or 0 for part in parts]
    if not (
        all(isinstance(text, str) for text in texts)
        and all(isinstance(number, int) for number in whole)
        and all(isinstance(deck, Mapping) for deck in held.decks.values())
        and all(row.guid for row in held.notes)
    ):
        raise ValueError(held)
    return held


class _Deck:
    """A deck on its way to a course. `told` gathers what could not be placed as it was."""

    def __init__(self, held: Collection, name: str, key: str, missing: Missing) -> None:
        self.held = held
        self.key = key
        self.missing = missing
        self.told: list[str] = []
        self.on_paper: list[str] = []
        self.lost: dict[str, str] = {}  # titles without some letters, by what they were
        self.files: dict[str, bytes] = {}
        self.spare = 0
        self.counted: Counter[str] = Counter()  # ids that were wanted again
        self.notes = self._notes()
        if not self.notes:
            raise Refusal(f"{name} holds no note")
        self.decks = self._decks()
        self.types = self._types()
        self.root = self._root()
        self.title = self._words(self.root.rpartition("::")[2] or name, "Deck")
        self.deck = self.root or self._plain_title()

    def _count(self, count: int, one: str, many: str) -> None:
        if count:
            self.told.append(one if count == 1 else f"{count} {many}")

    # --- what is there ----------------------------------------------------------------------------

    def _notes(self) -> list[NoteRow]:
        """The notes, each guid once."""
        found: dict[str, NoteRow] = {}
        for row in self.held.notes:
            found.setdefault(unicodedata.normalize("NFC", row.guid), row)  # as YAML has it
        again = len(self.held.notes) - len(found)
        self._count(
            again,
            "a note has the guid of another one, and is left out: Anki would take them for one",
            ("notes have the guid of another one, and are left out: Anki would take them for one"),
        )
        odd = sum(
            not unicodedata.is_normalized("NFC", row.fields + row.guid) for row in found.values()
        )
        self._count(
            odd,
            "the letters of a note are written in the form that Anki gives them itself (NFC)",
            ("notes are written in the form of letters that Anki gives them itself (NFC)"),
        )
        return list(found.values())

    def _decks(self) -> dict[int, str]:
        """The deck of each note, by the note's id: that of its first card."""
        found: dict[int, str] = {}
        parted: set[int] = set()
        filtered: set[int] = set()
        for card in self.held.cards:
            place = card.home or card.deck
            deck = self.held.decks.get(place, {})
            if deck.get("dyn"):
                filtered.add(card.note)
            name = "::".join(
                " ".join(part.split()).strip(":") or "blank"
                for part in str(deck.get("name", "Default")).split("::")
            )
            name = "".join(c for c in unicodedata.normalize("NFC", name) if c.isprintable())
            if found.setdefault(card.note, name) != name:
                parted.add(card.note)
        several = f"cards in several decks{self._first_of(parted)}: new learners get all of them in that of the first"
        self._count(len(parted), f"a note has {several}", f"notes have {several}")
        self._count(
            len(filtered),
            "a card lies in a filtered deck that does not say where it belongs",
            ("notes lie in a filtered deck that does not say where they belong"),
        )
        alone = [row for row in self.notes if row.id not in found]
        self._count(
            len(alone),
            "a note has no card, and gets its first one",
            "notes have no card, and get their first one",
        )
        usual = Counter(found.values()).most_common(1)
        for row in alone:
            found[row.id] = usual[0][0] if usual else "Default"
        return found

    def _first_of(self, notes: Container[int]) -> str:
        """The beginning of the first of these notes, to be found by."""
        row = next((row for row in self.notes if row.id in notes), None)
        words = to_plain(Html(row.fields.replace("\x1f", " ")[:1000]))[:40] if row else ""
        return f" (“{words}”)" if words else ""

    def _types(self) -> dict[int, str]:
        """The names of the files of note types, by model."""
        made: dict[int, str] = {}
        for model in dict.fromkeys(row.model for row in self.notes):
            name = str(self.held.models[model]["name"])
            made[model] = _free(slug(name) or f"type-{model}", made.values())
        return made

    def _root(self) -> str:
        """The deck above all others; empty where there is none."""
        decks = {self.decks[row.id] for row in self.notes}
        roots = {name.partition("::")[0] for name in decks}
        return roots.pop() if len(roots) == 1 else ""

    def _words(self, name: str, instead: str) -> str:
        """A title that print and checks take, of a deck's name."""
        lost = set(self.missing(name))
        said = " ".join("".join(c for c in name if c not in lost).split())
        if lost:
            said = " ".join(EMPTY.sub(" ", said).split())
        if next(unread(Line(literal(said))), None):
            said = " ".join(re.findall(r"[^\W_]+", said))
        if not re.search(r"\w", said):
            said = instead
        if lost:
            self.lost[name] = said
        return literal(said)

    # --- files of the course ----------------------------------------------------------------------

    def keep_files(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Put the deck's pictures, sounds and other files where the course has them."""
        unsafe = []
        for given, data in files:
            name = unicodedata.normalize("NFC", given)
            if (
                NO_NAME.search(name)
                or name.strip(" .") != name
                or not 0 < len(name.encode()) <= 240
                or left_behind(name)
            ):
                unsafe.append(given)
            else:
                self.files[f"{KEPT}/{name}"] = data
        if unsafe:
            listed = ", ".join(repr(name[:40]) for name in unsafe[:5])
            self._count(
                len(unsafe),
                f"a file is left out, since no folder takes its name: {listed}",
                (f"files are left out, since no folder takes their names: {listed}"),
            )

    def brought(self, told: Sequence[str], now: int | None) -> Brought:
        """The course, and what is to be said of it, with `told` before the rest. With `now`, learners have it as it is."""
        modules = self._modules()
        deck = self.deck
        about: dict[str, Value] = {
            "id": slug(self.title) or "deck",
            "key": self.key,
            "title": self.title,
        }
        if deck != to_plain(Line(self.title)):
            about["deck"] = deck
        description = self._description()
        if description:
            about["description"] = description
        self.files[COURSE] = document(about | {"modules": list(modules)})
        for model, handle in self.types.items():
            self.files[f"{TYPES}/{handle}.yaml"] = document(
                notetype.described(model, self.held.models[model])
            )
        for id_, module in modules.items():
            self.files[f"modules/{id_}.yaml"] = document(module)
        course, found = assemble(self.files, warnings=False)
        if course is None:
            raise Refusal(f"this deck cannot become a course: {errors(found)[0]}")
        if now is not None:
            self.files[LEDGER] = ledger_file.encode(self._ledger(course, now))
        self._tell_of_titles()
        self._tell_of_templates()
        if now is not None:  # of a text, `table.py` tells
            self._tell_of_files()
        every = (self._summary(), *self.on_paper, *told, *self.told)
        return Brought(course, self.files, every, tuple(self.on_paper))

    def _tell_of_titles(self) -> None:
        for was, now in list(self.lost.items())[:1]:
            others = f", and {len(self.lost) - 1} more such" if len(self.lost) > 1 else ""
            self.on_paper.append(
                f"the title “{was}” holds letters that no font here can print, and stands as “{now}”{others}: a course that names a"
                " font under `fonts` can have them back"
            )

    def _tell_of_templates(self) -> None:
        """Templates may send their cards to another deck than that of their note."""
        decks = {
            str(self.held.decks.get(deck, {}).get("name", deck))
            for model in self.types
            for template in self.held.models[model]["tmpls"]
            if (deck := template.get("did"))
        }
        if decks:
            named = ", ".join(f"“{name}”" for name in sorted(decks))
            self.told.append(
                f"templates send new cards to decks of their own ({named}): new learners get them in that of the note"
            )

    def _tell_of_files(self) -> None:
        """A package may lack what its notes show."""
        named = {name for row in self.notes for name in shown_in(row.fields)}
        lost = sorted(name for name in named if f"{KEPT}/{name}" not in self.files)
        if lost:
            listed = ", ".join(lost[:5]) + (" …" if len(lost) > 5 else "")
            self._count(
                len(lost),
                f"a file that notes show is not in the deck: {listed}",
                f"files that notes show are not in the deck: {listed}",
            )

    def _summary(self) -> str:
        media = sum(path.startswith(f"{KEPT}/") for path in self.files)
        decks = len({self.decks[row.id] for row in self.notes})
        parts = [
            (len(self.notes), "note"),
            (len(self.types), "note type"),
            (decks, "deck"),
            (media, "file"),
        ]
        return ", ".join(so_many(count, what) for count, what in parts)

    def _plain_title(self) -> str:
        plain = to_plain(Line(self.title)).replace("::", " ")
        return plain if deck_name(plain) else "Deck"

    def _description(self) -> str:
        """The words of the description of the deck above all others, for the course's pages; packages leave what learners have."""
        held = {
            str(d.get("name")): to_plain(Html(str(d.get("desc", "")))) for d in self._own_decks()
        }
        described = sorted(name for name, words in held.items() if words)
        if not described:
            return ""
        words = held.get(self.root, "")
        lost = set(self.missing(words))
        made = Prose(literal("".join(c for c in words if c not in lost)))
        if next(unread(made), None):
            words = ""
        listed = ", ".join(f"“{name}”" for name in described[:5]) + (" …" * (len(described) > 5))
        kept = f"; on pages stand the words of that of “{self.root}”" if words else ""
        self._count(
            len(described),
            f"the description of the deck {listed} is in no package of the course, so that learners keep theirs{kept}",
            f"decks have descriptions, which are in no package of the course, so that learners keep theirs: {listed}{kept}",
        )
        return str(made) if words else ""

    def _own_decks(self) -> Iterator[Mapping[str, Any]]:
        """The decks of the notes, and those above them."""
        inside = {f"{self.decks[row.id]}::" for row in self.notes}
        for deck in self.held.decks.values():
            if any(name.startswith(f"{deck.get('name')}::") for name in inside):
                yield deck

    def _modules(self) -> dict[str, dict[str, Value]]:
        """A module for each deck, by its id."""
        by_deck: dict[str, list[NoteRow]] = {}
        for row in self.notes:
            by_deck.setdefault(self.decks[row.id], []).append(row)
        made: dict[str, dict[str, Value]] = {}
        titles = [self.deck]
        cards = self._ordinals()
        taken: set[str] = set()
        for number, (deck, rows) in enumerate(sorted(by_deck.items()), 1):
            below = deck.removeprefix(f"{self.root}::") if self.root else deck
            id_ = _free(slug(below) or f"deck-{number}", [*made, "lens"])
            title = self._words(deck.rpartition("::")[2], f"Deck {number}")
            module: dict[str, Value] = {"title": title}
            # A deck with a name that is taken, capitals apart, stands at its notes.
            inside = deck == self.root or (below != deck and _free(below, titles) == below)
            own = below if inside else _free(to_plain(Line(title)).replace("::", " "), titles)
            titles.append(own)
            if own != to_plain(Line(title)):
                module["deck"] = own
            module["cards"] = [
                self._card(row, cards.get(row.id, []), taken, "" if inside else deck)
                for row in rows
            ]
            made[id_] = module
        self._count(
            self.spare,
            "a note has more fields than its type: what stood in them is left out",
            ("notes have more fields than their type: what stood in them is left out"),
        )
        return made

    def _ordinals(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for card in self.held.cards:
            found.setdefault(card.note, []).append(card.ordinal + 1)
        return found

    def _card(
        self, row: NoteRow, numbers: list[int], taken: set[str], deck: str
    ) -> dict[str, Value]:
        model = self.held.models[row.model]
        names = [str(field["name"]) for field in model["flds"]]
        values = row.fields.split("\x1f")
        if len(values) > len(names):
            self.spare += any(values[len(names) :])
        given = dict(zip(names, values, strict=False))
        words = next(
            (
                slug(said)
                for v in values
                if (said := html.unescape(WORDS.sub(" ", v[:1000]))).strip()
            ),
            "",
        )
        digest = hashlib.sha256(row.guid.encode()).hexdigest()[:8]
        id_ = base = words or f"n-{digest}"
        while id_ in taken:
            self.counted[base] += 1
            id_ = f"{base}-{self.counted[base] + 1}"
        taken.add(id_)
        card: dict[str, Value] = {
            "id": id_,
            KIND: self.types[row.model],
            "guid": row.guid,
            "fields": {name: value for name, value in given.items() if value},
        }
        tags = [unicodedata.normalize("NFC", tag) for tag in row.tags.split()]
        if tags:
            card["tags"] = tags
        if deck:
            card["deck"] = deck
        fronts = [str(template["qfmt"]) for template in model["tmpls"]]
        usual = made_by_anki(fronts, given, tags, cloze=bool(model.get("type")))
        if numbers and sorted(numbers) != usual:
            card["cards"] = sorted({*numbers})
        return card

    def _ledger(self, course: Course, now: int) -> Ledger:
        """All as it was in the package, as learners have it."""
        notes: Sequence[Note] = notes_of(course)
        begun = advance(Ledger(), course, notes, now=now, first=now)
        rows = {unicodedata.normalize("NFC", row.guid): row for row in self.notes}
        entries = {
            guid: replace(
                entry, mod=_dated(rows[guid].mod, now, 1), since=ORIGINAL, version=ORIGINAL
            )
            for guid, entry in begun.notes.items()
        }
        types = dict(begun.types)
        for model in self.types:
            mod = self.held.models[model].get("mod", 0)
            types[str(model)] = replace(types[str(model)], mod=_dated(mod, now, 0))
        late = [row for row in self.notes if row.mod > now + DAY]
        self._count(
            len(late),
            "a note bears a date of the future, which becomes tomorrow",
            ("notes bear dates of the future, which become tomorrow"),
        )
        return replace(begun, notes=entries, types=types)


def _dated(mod: object, now: int, least: int) -> int:
    return min(max(mod, least), now + DAY) if type(mod) is int else least


def _free(wanted: str, taken: Iterable[str]) -> str:
    """A name that none of these is, capitals apart."""
    known = {name.casefold() for name in taken}
    made, count = wanted, 1
    while made.casefold() in known:
        count += 1
        made = f"{wanted}-{count}"
    return made
