"""A table of notes (Anki's *Notes in Plain Text*, CSV, TSV) as a collection, from which `anki.py` makes a course.

Such a file tells of fields, decks, tags and guids, but not what a note type looks like: each gets a plain one of its own.
Form: the headers that Anki's manual describes under “Text Files”.
"""

import csv
import hashlib
import html
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..frozen import dataclass
from ..identity import guid
from ..kinds.kept import made_by_anki, shown_in
from ..problems import Refusal, so_many
from ..published.contents import VALUE, CardRow, Collection, NoteRow
from . import stock

ENDINGS = (".txt", ".csv", ".tsv")
SEPARATORS = {
    "comma": ",",
    "tab": "\t",
    "semicolon": ";",
    "pipe": "|",
    "colon": ":",
    "space": " ",
}
HEADER = re.compile(r"#([a-z ]+):(.*)")
# What the columns of a table hold that are no fields, by the names of their headers.
ROLES = ("guid", "notetype", "deck", "tags")
# The first row of a table without headers names its columns where all of its cells are such words.
NAMES = frozenset(
    [
        "front",
        "back",
        "question",
        "answer",
        "text",
        "extra",
        "term",
        "definition",
        "word",
        "meaning",
        "translation",
        "example",
        "hint",
        "note",
        "notes",
        "left",
        "right",
        "more",
        "reading",
        "pronunciation",
        "audio",
        "image",
        "picture",
        "source",
        "comment",
        "tags",
        "deck",
        "guid",
        "notetype",
    ]
)
MARKED = re.compile(
    r"</?(?:a|b|br|div|em|i|img|li|ol|p|span|strong|sub|sup|table|u|ul)\b[^>]*>", re.IGNORECASE
)
NOT_IN_NAMES = re.compile(r'[:{}"]')


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows, the names of its columns, the roles of those that are no fields by their places from 0, and its headers.
    `first` is what its first row was taken for, where nothing in the table says it.
    """

    rows: Sequence[Sequence[str]]
    names: Sequence[str]
    roles: Mapping[str, int]
    headers: Mapping[str, str]
    html: bool
    first: str


def collection(data: bytes, name: str, *, key: str, now: int) -> tuple[Collection, list[str], str]:
    """The notes of a table, what is to be said of them, and what its first row was taken for. `name` is that of the file, `key`
    sets its notes apart from those of others, `now` is their date in seconds since 1970.

    Raises Refusal when it is no table in UTF-8.
    """
    table = read(data, name)
    fields = [at for at in range(len(table.names)) if at not in table.roles.values()]
    if not fields or not table.rows:
        raise Refusal(f"{name} holds no note")
    by_type: dict[str, list[int]] = {}
    for number, row in enumerate(table.rows):
        by_type.setdefault(cell(row, table, "notetype") or name, []).append(number)
    models: dict[int, dict[str, Any]] = {}
    decks: dict[str, int] = {}
    notes: list[NoteRow] = []
    ordinals: dict[int, list[int]] = {}
    for kind, numbers in by_type.items():
        rows = [table.rows[number] for number in numbers]
        last = max(
            (at for row in rows for at in fields if at < len(row) and row[at]), default=fields[0]
        )
        own = [at for at in fields if at <= last]
        parts = [[row[at] if at < len(row) else "" for at in own] for row in rows]
        if not table.html:
            parts = [
                [html.escape(value, quote=False).replace("\n", "<br>") for value in values]
                for values in parts
            ]
        id_ = _number(f"{key}\n{kind}")
        models[id_] = model = stock.model(kind, _names([table.names[at] for at in own]), parts)
        names = [str(field["name"]) for field in model["flds"]]
        fronts = [str(template["qfmt"]) for template in model["tmpls"]]
        for number, row, values in zip(numbers, rows, parts, strict=True):
            tags = " ".join(filter(None, (cell(row, table, "tags"), table.headers.get("tags", ""))))
            identity = cell(row, table, "guid") or guid(key, str(number), kind)
            notes.append(NoteRow(number, identity, id_, now, tags, "\x1f".join(values)))
            given = dict(zip(names, values, strict=False))
            ordinals[number] = made_by_anki(
                fronts, given, tags.split(), cloze=bool(model.get("type"))
            )
    cards = []
    for number, row in enumerate(table.rows):
        deck = decks.setdefault(cell(row, table, "deck") or name, len(decks))
        cards += [CardRow(number, n - 1, deck, 0, number) for n in ordinals[number]]
    made = Collection(
        models,
        {id_: {"name": deck} for deck, id_ in decks.items()},
        tuple(sorted(notes)),
        tuple(cards),
        0,
    )
    return made, list(_told(table)), table.first


def _told(table: Table) -> Iterator[str]:
    yield "a text does not tell what note types look like: each has a plain one of its own, which you may change"
    if "guid" in table.roles:
        yield "in an Anki that has these notes they would be conflicts: to update those, bring the package (.apkg)"
    named = {name for row in table.rows for cell in row for name in shown_in(cell)}
    if named:
        many = so_many(len(named), "picture or sound is", "pictures and sounds are")
        yield f"{many} named and not in a text: put their files into anki-media/"


def cell(row: Sequence[str], table: Table, role: str) -> str:
    """What a row says in one of the columns that are no fields, or the headers say for all rows; empty where neither does."""
    at = table.roles.get(role, len(row))
    return (
        row[at].strip() if at < len(row) else table.headers.get(role, "") if role != "tags" else ""
    )


def read(data: bytes, name: str) -> Table:
    """The table in a file, which is called so. Raises Refusal when it is none in UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(f"{name} is not UTF-8: save it so") from error
    headers: dict[str, str] = {}
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for line in lines:
        found = HEADER.fullmatch(line)
        if not found:
            break
        headers[found[1]] = found[2]
    body = "\n".join(_without_comments(lines))
    said = headers.get("separator", "")
    separator = SEPARATORS.get(said.lower(), said[:1]) or _guessed(body)
    csv.field_size_limit(VALUE)
    try:
        rows = [row for row in csv.reader(io.StringIO(body), delimiter=separator) if any(row)]
    except csv.Error as error:
        raise Refusal(f"{name} cannot be read as a table ({error})") from error
    width = max(map(len, rows), default=0)
    names = next(csv.reader([headers.get("columns", "")], delimiter=separator), [])
    first = ""
    if not headers and len(rows) > 1:
        cells = ", ".join(f"“{cell.strip()[:30]}”" for cell in rows[0])
        if _names_columns(rows[0]):
            names = [cell.strip() for cell in rows.pop(0)]
            first = f"the first row names the columns ({cells}): if it is a card, put a line “#html:false” before it"
        else:
            first = f"the first row is a card ({cells}): if it names the columns, put “#columns:” before it, on its line"
    names = [*names, *(f"Field {n}" for n in range(len(names) + 1, width + 1))]
    roles = {
        role: int(place) - 1
        for role in ROLES
        if (place := headers.get(f"{role} column", "")).isdecimal() and 0 < int(place) <= width
    }
    for at, each in enumerate(names):
        if each.lower() in ROLES:
            roles.setdefault(each.lower(), at)
    marked = headers.get("html", "").lower()
    as_html = marked == "true" or (not marked and bool(MARKED.search(body)))
    return Table(rows, names, roles, headers, as_html, first)


def _names_columns(row: Sequence[str]) -> bool:
    """Whether a first row can be nothing but names: all of it, or that of a column which is no field."""
    words = [cell.strip().lower() for cell in row]
    return all(word in NAMES for word in words) or (
        len(words) > 1 and ("tags" in words or "guid" in words)
    )


def _without_comments(lines: Sequence[str]) -> Iterator[str]:
    """The lines without those that begin with “#”, but for lines within a quoted cell."""
    quoted = False
    for line in lines:
        if not quoted and line.startswith("#"):
            continue
        quoted ^= line.count('"') % 2 == 1
        yield line


def _guessed(body: str) -> str:
    """The sign that parts the cells of the first line that is not empty."""
    first = body.lstrip("\n").partition("\n")[0]
    return max(("\t", ";", ",", "|"), key=first.count)


def _number(name: str) -> int:
    """The id of a note type: a time in milliseconds, of the years from 2001 to 2012, when no program of today was there."""
    digest = hashlib.sha256(name.encode()).digest()
    return 1_000_000_000_000 + int.from_bytes(digest[:5], "big") % 350_000_000_000


def _names(given: Sequence[str]) -> list[str]:
    """The names of fields, each of which Anki takes."""
    made: list[str] = []
    for number, name in enumerate(given, 1):
        plain = NOT_IN_NAMES.sub(" ", name).strip(" #^/") or f"Field {number}"
        made.append(plain if plain not in made else f"{plain} {number}")
    return made
