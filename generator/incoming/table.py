"""A table of notes (Anki's *Notes in Plain Text*, CSV, TSV) as a collection, from which `anki.py` makes a course.

Such a file tells of fields, decks, tags and guids, but not what a note type looks like: each gets a plain one of its own.
Form: the headers that Anki's manual describes under “Text Files”.
"""

import csv
import hashlib
import html
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..frozen import dataclass
from ..identity import guid
from ..kinds.kept import made_by_anki
from ..late import late
from ..problems import Refusal, so_many
from ..published.contents import VALUE, CardRow, Collection, NoteRow
from ..text.filenames import shown_in
from ..text.templates import is_blank
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
HEADER = late(
    r"#\s*(separator|html|tags|columns|notetype|deck|version|if matches|(?:tags|guid|notetype|deck) column)\s*:(.*)",
    re.IGNORECASE,
)
PLACE = late(r"[0-9]{1,9}")
SEP = late(r"sep=(.)", re.IGNORECASE)  # what Excel is told by its first line
# What the columns of a table hold that are no fields, by the names of their headers.
ROLES = ("guid", "notetype", "deck", "tags")
ANKIS = frozenset(("separator", "guid column", "notetype column", "deck column", "tags column"))
UTF16 = frozenset((b"\xff\xfe", b"\xfe\xff"))  # what begins a text of that form
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
# What nobody writes who does not mean HTML: an element that stands alone or ends again.
MARKED = late(
    r"<(?:br|hr|img)\b[^<>]*>|<(a|b|div|em|h[1-6]|i|li|ol|p|pre|s|span|strong|sub|sup|table|u|ul)\b[^<>]*>.*?</\1>",
    re.IGNORECASE | re.DOTALL,
)
ENTITY = late(r"&(?:[a-z]+[0-9]*|#[0-9]+|#x[0-9a-f]+);", re.IGNORECASE)
NO_CELLS = late(rf'"[^"]*"|{ENTITY.pattern}', re.IGNORECASE)
GUESSED = 20_000  # letters of a table that are looked at for the sign between its cells
IN_BLOCKS = late(r"<(?:br|div|h[1-6]|li|ol|p|pre|table|ul)\b", re.IGNORECASE)
UTF8 = "save it as UTF-8 (in Excel: “CSV UTF-8”)"
NOT_IN_NAMES = late(r'[:{}"]')


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows, the names of its columns, the roles of those that are no fields by their places from 0, and its headers.
    `html` is whether its cells are HTML, where it says so. `first` is what its first row was taken for, where nothing in the table
    says it, `told` what of the file is in no row, and `odd` which headers cannot be meant as they stand.
    """

    rows: Sequence[Sequence[str]]
    names: Sequence[str]
    roles: Mapping[str, int]
    headers: Mapping[str, str]
    html: bool | None
    first: str
    told: Sequence[str]
    odd: Sequence[str]


def collection(data: bytes, file: str, *, key: str, now: int) -> tuple[Collection, list[str], str]:
    """The notes of a table, what is to be said of them, and what its first row was taken for. `file` is its name, `key` sets its
    notes apart from those of others, `now` is their date in seconds since 1970.

    Raises Refusal when it is no table in Unicode.
    """
    name = file.rpartition(".")[0]
    table = read(data, file)
    as_html = _as_html(table)
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
    blank: list[int] = []
    alone = 0
    for kind, numbers in by_type.items():
        rows = [table.rows[number] for number in numbers]
        last = max(
            (at for row in rows for at in fields if at < len(row) and row[at]), default=fields[0]
        )
        own = [at for at in fields if at <= last]
        parts = [[as_html(row[at]) if at < len(row) else "" for at in own] for row in rows]
        id_ = _number(f"{key}\n{kind}")
        models[id_] = model = stock.model(kind, _names([table.names[at] for at in own]), parts)
        names = [str(field["name"]) for field in model["flds"]]
        fronts = [str(template["qfmt"]) for template in model["tmpls"]]
        for number, row, values in zip(numbers, rows, parts, strict=True):
            own_tags = cell(row, table, "tags")
            if not table.headers:  # what people write between tags, and Anki does not
                own_tags = re.sub(r"[,;](?:\s|$)", " ", own_tags)
            tags = " ".join(filter(None, (own_tags.strip(), table.headers.get("tags", ""))))
            identity = cell(row, table, "guid") or guid(key, str(number), kind)
            notes.append(NoteRow(number, identity, id_, now, tags, "\x1f".join(values)))
            given = dict(zip(names, values, strict=False))
            cloze = bool(model.get("type"))
            ordinals[number] = made_by_anki(fronts, given, tags.split(), cloze=cloze)
            if not cloze and is_blank(values[0]):
                blank.append(number)
            alone += not cloze and not any(values[1:])
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
    return made, [*_told(table), *_told_of_cards(table, blank, alone)], table.first


def _as_html(table: Table) -> Callable[[str], str]:
    """How a cell becomes the HTML of a field. Where a table does not say what its cells are, each shows it by itself."""
    some = table.html is None and any(MARKED.search(value) for row in table.rows for value in row)

    def made(value: str) -> str:
        if table.html:
            return value
        if not (some and (MARKED.search(value) or ENTITY.search(value))):
            return html.escape(value, quote=False).replace("\n", "<br>")
        return value if IN_BLOCKS.search(value) else value.replace("\n", "<br>")

    return made


def _told_of_cards(table: Table, blank: Sequence[int], alone: int) -> Iterator[str]:
    if blank:
        many = so_many(len(blank), "row has an empty first cell", "rows have an empty first cell")
        places = set(table.roles.values())
        own = [said for at, said in enumerate(table.rows[blank[0]]) if said and at not in places]
        first = f", the first “{', '.join(own)[:30]}”" if own else ""
        yield f"{many} and so a card with a blank front{first}: look at them"
    if alone:
        many = so_many(alone, "row has one cell", "rows have one cell")
        yield f"{many} and so a card with nothing on its back"


def _told(table: Table) -> Iterator[str]:
    yield from table.told
    yield from table.odd
    found = [value for row in table.rows for value in row if MARKED.search(value)]
    if found and table.html is None:
        many = so_many(len(found), "cell is read as HTML", "cells are read as HTML")
        yield f"{many}, the first “{found[0][:40]}”: if it is plain text, put a line “#html:false” before all"
    if table.html is False and table.headers.keys() & ANKIS:
        yield (
            "if Anki exported this text, pictures and formats are not in it, since it says “#html:false”: export it with “Include"
            " HTML and media references”, or as a package"
        )
    yield "a text does not tell what note types look like: each has a plain one of its own, which you may change"
    if "guid" in table.roles:
        yield "in an Anki that has these notes they would be conflicts: to update those, bring the package (.apkg)"
    named = {name for row in table.rows for cell in row for name in shown_in(cell)}
    if named:
        many = so_many(len(named), "picture or sound is", "pictures and sounds are")
        listed = ", ".join(sorted(named)[:5]) + (" …" if len(named) > 5 else "")
        yield f"{many} named and not in a text: put their files into anki-media/: {listed}"


def cell(row: Sequence[str], table: Table, role: str) -> str:
    """What a row says in one of the columns that are no fields, or the headers say for all rows; empty where neither does."""
    at = table.roles.get(role, len(row))
    return (
        row[at].strip() if at < len(row) else table.headers.get(role, "") if role != "tags" else ""
    )


def read(data: bytes, file: str) -> Table:
    """The table in a file, which is called so. Raises Refusal when it is none in Unicode, or a quotation mark has no end."""
    lines = _lines(data, file)
    sep = SEP.fullmatch(lines[0])
    if sep:
        lines[0] = ""
    headers: dict[str, str] = {}
    for line in itertools.takewhile(lambda line: line.startswith("#"), lines):
        if found := HEADER.fullmatch(line):
            name, value = found[1].lower(), found[2]
            headers[name] = value if name == "columns" else value.strip() or value
    said = headers.get("separator", "")
    separator = SEPARATORS.get(said.lower(), said[:1]) or (sep[1] if sep else "")
    if separator in ("", '"'):  # a quotation mark is around cells, never between them
        separator = _guessed(line for line in lines if not (headers and line.startswith("#")))
    body, remarks = _without_remarks(lines, separator) if headers else ([*enumerate(lines, 1)], [])
    every = _rows(body, separator, file)
    rows = [row for row in every if any(row)]
    told = [*_told_of_rows(remarks, every, rows)]
    width = max(map(len, rows), default=0)
    names = next(csv.reader([headers.get("columns", "")], delimiter=separator), [])
    first = ""
    if not headers and rows:
        cells = ", ".join(f"“{cell.strip()[:30]}”" for cell in rows[0])
        if _names_columns(rows[0]):
            names = [cell.strip() for cell in rows.pop(0)]
            first = f"the first row names the columns ({cells}): if it is a card, put a line “#html:false” before it"
        elif len(rows) > 1:
            first = f"the first row is a card ({cells}): if it names the columns, put “#columns:” before it, on its line"
    names = [*names, *(f"Field {n}" for n in range(len(names) + 1, width + 1))]
    as_html = {"true": True, "false": False}.get(headers.get("html", "").strip().lower())
    roles = _roles(headers, names, width)
    odd = [*_odd(headers, roles, names)] if rows else []
    return Table(rows, names, roles, headers, as_html, first, told, odd)


def _odd(
    headers: Mapping[str, str], roles: Mapping[str, int], names: Sequence[str]
) -> Iterator[str]:
    """The headers that name no column, and the names and roles that one of them has not alone."""
    taken: dict[str, str] = {}
    for role in ROLES:
        place = headers.get(f"{role} column")
        if place is None:
            continue
        said = f"#{role} column:{place}"
        if not PLACE.fullmatch(place) or roles.get(role) != int(place) - 1:
            yield f"“{said[:60]}” names no column"
        elif place in taken:
            yield f"“{said}” names the column of “{taken[place]}”"
        else:
            taken[place] = said
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    for name in twice:
        yield f"several columns are called “{name[:40]}”"


def _lines(data: bytes, file: str) -> list[str]:
    try:
        text = data.decode("utf-16" if data[:2] in UTF16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(f"{file} is not UTF-8: {UTF8}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _told_of_rows(
    remarks: Sequence[str], every: Sequence[list[str]], rows: Sequence[list[str]]
) -> Iterator[str]:
    """What is left out of a table: remarks, and of `every` row those that are not among the `rows` with something in them."""
    if remarks:
        many = so_many(len(remarks), "line begins", "lines begin")
        first = f"the first “{remarks[0][:40]}”"
        yield f"{many} with “#”, which is a remark to Anki, {first}: put it in quotation marks if it is a card"
    if empty := sum(len(row) > 1 for row in every) - sum(len(row) > 1 for row in rows):
        many = so_many(empty, "row of empty cells is", "rows of empty cells are")
        yield f"{many} left out"


def _roles(headers: Mapping[str, str], names: Sequence[str], width: int) -> dict[str, int]:
    """The columns that are no fields, by what they are: as the headers say, or else as they are called."""
    roles = {
        role: int(place) - 1
        for role in ROLES
        if PLACE.fullmatch(place := headers.get(f"{role} column", "")) and 0 < int(place) <= width
    }
    for at, each in enumerate(names):
        if each.lower() in ROLES:
            roles.setdefault(each.lower(), at)
    return roles


def _names_columns(row: Sequence[str]) -> bool:
    """Whether a first row can be nothing but names: all of it, or that of a column which is no field."""
    words = [cell.strip().lower() for cell in row]
    return all(word in NAMES for word in words) or (
        len(words) > 1 and ("tags" in words or "guid" in words)
    )


def _without_remarks(
    lines: Sequence[str], separator: str
) -> tuple[list[tuple[int, str]], list[str]]:
    """The lines, each with its number, but for headers and those that begin with “#”, which Anki passes over where it is told its
    headers; and of those the ones that are no header. Within a quoted cell, which the reader of CSV knows, a line is neither.
    """
    kept: list[tuple[int, str]] = []
    remarks: list[str] = []
    begins = True  # whether the next line begins a row

    def of_rows() -> Iterator[str]:
        nonlocal begins
        for number, line in enumerate(lines, 1):
            if begins and line.startswith("#"):
                if kept or not HEADER.fullmatch(line):
                    remarks.append(line)
                continue
            begins = False
            kept.append((number, line))
            yield f"{line}\n"

    csv.field_size_limit(VALUE)
    try:
        for _ in csv.reader(of_rows(), delimiter=separator):
            begins = True
    except csv.Error:  # which `_rows` tells, with its place
        return [*enumerate(lines, 1)], []
    return kept, remarks


def _rows(body: Sequence[tuple[int, str]], separator: str, file: str) -> list[list[str]]:
    """The rows of numbered lines. Raises Refusal where a quotation mark would take them for others than its author meant."""
    csv.field_size_limit(VALUE)
    reader = csv.reader((f"{line}\n" for _, line in body), delimiter=separator, strict=True)
    rows = []
    at = 0
    try:
        for row in reader:
            rows.append(row)
            at = reader.line_num
    except csv.Error as error:
        hint = 'a cell that holds a quotation mark stands in quotation marks, and its own are doubled: "a ""b"""'
        raise Refusal(
            f"{file}:{body[min(at, len(body) - 1)][0]} cannot be read as a table ({error}): {hint}"
        ) from error
    return rows


def _guessed(lines: Iterable[str]) -> str:
    """The sign that parts the cells of the first row that is not empty; one within quotation marks or an entity parts none."""
    text = NO_CELLS.sub("", "\n".join(lines)[:GUESSED])
    first = text.lstrip("\n").partition("\n")[0]
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
        others = (f"{plain} {n}" for n in itertools.count(number))
        made.append(
            next(
                each for each in (plain, *itertools.islice(others, len(given))) if each not in made
            )
        )
    return made
