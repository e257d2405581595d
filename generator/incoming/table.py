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
from ..problems import Refusal
from ..published.contents import VALUE, CardRow, Collection, NoteRow

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
CLOZE = re.compile(r"\{\{c[0-9]+::")
SHOWN = re.compile(r"""<img\b[^>]*\bsrc|\[sound:""", re.IGNORECASE)
NOT_IN_NAMES = re.compile(r'[:{}"]')


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows, the names of its columns, the roles of those that are no fields by their places from 0, and its headers."""

    rows: Sequence[Sequence[str]]
    names: Sequence[str]
    roles: Mapping[str, int]
    headers: Mapping[str, str]
    html: bool


def collection(data: bytes, name: str, *, key: str, now: int) -> tuple[Collection, list[str]]:
    """The notes of a table, and what is to be said of them. `name` is that of the file, `key` sets its notes apart from those of
    others, `now` is their date in seconds since 1970.

    Raises Refusal when it is no table in UTF-8.
    """
    table = _read(data, name)
    fields = [at for at in range(len(table.names)) if at not in table.roles.values()]
    if not fields or not table.rows:
        raise Refusal(f"{name} holds no note")
    by_type: dict[str, list[int]] = {}
    for number, row in enumerate(table.rows):
        by_type.setdefault(_cell(row, table, "notetype") or name, []).append(number)
    models: dict[int, dict[str, Any]] = {}
    decks: dict[str, int] = {}
    notes: list[NoteRow] = []
    for kind, numbers in by_type.items():
        rows = [table.rows[number] for number in numbers]
        last = max(
            (at for row in rows for at in fields if at < len(row) and row[at]), default=fields[0]
        )
        own = [at for at in fields if at <= last]
        id_ = _number(f"{key}\n{kind}")
        models[id_] = _model(kind, [table.names[at] for at in own], rows, own[0])
        for number, row in zip(numbers, rows, strict=True):
            values = [row[at] if at < len(row) else "" for at in own]
            if not table.html:
                values = [html.escape(value, quote=False).replace("\n", "<br>") for value in values]
            tags = " ".join(
                filter(None, (_cell(row, table, "tags"), table.headers.get("tags", "")))
            )
            identity = _cell(row, table, "guid") or guid(key, str(number), kind)
            notes.append(NoteRow(number, identity, id_, now, tags, "\x1f".join(values)))
    cards = []
    for number, row in enumerate(table.rows):
        deck = decks.setdefault(_cell(row, table, "deck") or name, len(decks))
        cards.append(CardRow(number, 0, deck, 0, number))
    made = Collection(
        models,
        {id_: {"name": deck} for deck, id_ in decks.items()},
        tuple(sorted(notes)),
        tuple(cards),
        0,
    )
    return made, list(_told(table))


def _told(table: Table) -> Iterator[str]:
    yield "a text does not tell what note types look like: each has a plain one of its own, which you may change"
    if "guid" in table.roles:
        yield "in an Anki that has these notes they would be conflicts: to update those, bring the package (.apkg)"
    named = sum(len(SHOWN.findall(cell)) for row in table.rows for cell in row)
    if named:
        yield f"{named} pictures and sounds are named and not in a text: put their files into anki-media/"


def _cell(row: Sequence[str], table: Table, role: str) -> str:
    at = table.roles.get(role, len(row))
    return (
        row[at].strip() if at < len(row) else table.headers.get(role, "") if role != "tags" else ""
    )


def _read(data: bytes, name: str) -> Table:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(f"{name} is not UTF-8: save it so") from error
    headers: dict[str, str] = {}
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while len(headers) < len(lines) and (found := HEADER.fullmatch(lines[len(headers)])):
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
    if not headers and rows and all(cell.strip().lower() in NAMES for cell in rows[0]):
        names = [cell.strip() for cell in rows.pop(0)]
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
    return Table(
        rows, names, roles, headers, marked == "true" or (not marked and bool(MARKED.search(body)))
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
    """The sign that parts the cells of the first line."""
    first = body.partition("\n")[0]
    return max(("\t", ";", ",", "|"), key=first.count)


def _number(name: str) -> int:
    """The id of a note type: a time in milliseconds, of the years from 2001 to 2012, when no program of today was there."""
    digest = hashlib.sha256(name.encode()).digest()
    return 1_000_000_000_000 + int.from_bytes(digest[:5], "big") % 350_000_000_000


def _model(
    name: str, names: Sequence[str], rows: Sequence[Sequence[str]], first: int
) -> dict[str, Any]:
    """A plain note type: the first field asks, the others answer; one of clozes where the first field has deletions."""
    fields: list[str] = []
    for number, given in enumerate(names, 1):
        plain = NOT_IN_NAMES.sub(" ", given).strip(" #^/") or f"Field {number}"
        fields.append(plain if plain not in fields else f"{plain} {number}")
    cloze = any(CLOZE.search(row[first]) for row in rows if first < len(row))
    others = "\n".join(f"{{{{#{f}}}}}<div>{{{{{f}}}}}</div>{{{{/{f}}}}}" for f in fields[1:])
    if cloze:
        front, back = f"{{{{cloze:{fields[0]}}}}}", f"{{{{cloze:{fields[0]}}}}}\n{others}"
    else:
        front, back = f"{{{{{fields[0]}}}}}", f"{{{{FrontSide}}}}\n<hr id=answer>\n{others}"
    return {
        "name": name,
        "type": int(cloze),
        "mod": 0,
        "flds": [{"name": field} for field in fields],
        "tmpls": [{"name": "Card 1", "qfmt": front, "afmt": back}],
        "css": ".card { font-family: arial; font-size: 20px; text-align: center; }\n.cloze { font-weight: bold; }\n",
    }
