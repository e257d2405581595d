"""Rows of pairs: `pairs:` under `cards:` is a list of `left: right`, or the name of a CSV file. Each row is a card.

The first row of a CSV file names its columns: `left` and `right`, and if wanted `id`, `more` and `tags`; between them
stand commas, semicolons or tabs.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dict
from typing import Any, NamedTuple

from ..media import names
from ..problems import Problem, Span, did_you_mean
from ..text import in_language
from ..texts import Line, Text
from .yaml import UTF8_CSV, Listing, Mapping, Node, Scalar, decode

PAIRS = "pairs"
ASKED = ("to-right", "to-left")
LANGUAGES = ("left-language", "right-language")  # of the sides of all rows
ONE_WAY = "one-way"
COLUMNS = ("left", "right", "id", "more", "tags")
DELIMITERS = ";\t,"
SHEETS = (".xlsx", ".xls", ".ods", ".numbers", ".tsv", ".txt")  # what tables are often saved as
FORM = "- left: right"
BOM = "\ufeff"

Pairs = tuple[tuple[Scalar, Node], ...]

# For editors: what an entry of pairs is, beside the kinds of card.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "Rows of pairs, each a card of its own, asked both ways. Other keys of a card are those of every row.",
    "properties": {
        PAIRS: {
            "anyOf": [
                {"type": "string", "pattern": r"\.csv$"},
                {"type": "array", "items": {"type": "object", "minProperties": 1}},
            ],
            "description": "A list of rows, `left: right`, or the name of a CSV file beside this one, see “Rows of pairs” in "
            "docs/format.md. Behind its pair, a row may have an `id`, `more` and other keys of its own card.",
        },
        **{
            name: {
                "type": ["string", "number"],
                "description": f"The question that asks for the {side} side of every row.",
            }
            for name, side in zip(ASKED, ("right", "left"), strict=True)
        },
        **{
            name: {
                "type": "string",
                "description": f"The language of all {side} sides, such as `ja`, if it is not that of the course; with "
                "`spoken` behind it (`ja spoken`) Anki also speaks them.",
            }
            for name, side in zip(LANGUAGES, ("left", "right"), strict=True)
        },
        ONE_WAY: {
            "type": "boolean",
            "description": "Whether each row is asked from left to right only, as a question. Then there is no `to-left`.",
        },
    },
    "required": [PAIRS],
}


class Row(NamedTuple):
    """A pair as its author wrote it. `own` are the keys of this card alone; `id` is None where it was left out."""

    left: Scalar
    right: Node
    own: Pairs
    id: Scalar | None
    span: Span


def rows_of(
    node: Node, path: str, files: Dict[str, bytes], problems: list[Problem], tables: set[str]
) -> Iterator[Row]:
    """The rows under `pairs` in the file at `path`, in their order. `tables` are the CSV files whose rows are cards already."""
    if isinstance(node, Listing):
        for item in node.items:
            row = _row(item, problems)
            if row:
                yield row
    elif isinstance(node, Scalar):
        name = f"{path.rpartition('/')[0]}/{node.value}".lstrip("/")
        if name in tables:
            message = f"the rows of {name} are cards already"
            problems.append(Problem(node.span, "pairs", message, "name each CSV file once"))
        elif name in files and name.endswith(".csv"):
            tables.add(name)
            yield from _csv_rows(files[name], name, problems)
        elif names.leads_away(node.value):
            problems.append(
                Problem(node.span, "no-file", *names.led_astray(node.value, "beside this one"))
            )
        elif name.lower().endswith(SHEETS):
            message = f"{name} is no CSV file, and nothing else is read as a table"
            hint = f"in your spreadsheet program save it as {UTF8_CSV}, and name that file here"
            problems.append(Problem(node.span, "no-file", message, hint))
        else:
            free = [each for each in files if each.endswith(".csv") and each not in tables]
            known = {each.rpartition(".")[0]: each for each in free}
            near = did_you_mean(name.rpartition(".")[0], known, known)
            hint = near or "name a CSV file that lies beside this one"
            problems.append(Problem(node.span, "no-file", f"there is no {name}", hint))
    else:
        message = f"“{PAIRS}” takes a list of rows, or the name of a CSV file"
        problems.append(Problem(node.span, "pairs", message, f"write each row as “{FORM}”"))


def _row(node: Node, problems: list[Problem]) -> Row | None:
    if not isinstance(node, Mapping) or not node.pairs:
        message = "a row of pairs takes two sides"
        problems.append(Problem(node.span, "pairs", message, f"write it as “{FORM}”"))
        return None
    id_ = next((value for key, value in node.pairs if key.value == "id"), None)
    rest = [pair for pair in node.pairs if pair[0].value != "id"]
    if not rest:
        message = "“id” gives a row its id, so that no row can ask for the word itself"
        problems.append(Problem(node.span, "pairs", message, "put this pair into a CSV file"))
        return None
    if id_ is not None and not isinstance(id_, Scalar):
        problems.append(Problem(id_.span, "pairs", "a row's id is one word", "write “id: word”"))
        return None
    (left, right), *own = rest
    return Row(left, right, tuple(own), id_, node.span)


def cards_of(
    entry: Mapping, rows: Sequence[tuple[Row, Scalar]], problems: list[Problem]
) -> list[Node]:
    """A card for each row with its id: a pair or, one way only, a question. Other keys of the entry are those of all its cards."""
    given = {key.value: value for key, value in entry.pairs}
    way = given.get(ONE_WAY)
    if way is not None and not (
        isinstance(way, Scalar) and way.value in ("true", "false", "yes", "no")
    ):
        problems.append(Problem(way.span, "bad-value", f"“{ONE_WAY}” is true or false"))
    both = not (isinstance(way, Scalar) and way.value in ("true", "yes"))
    consumed = {PAIRS, ONE_WAY, *ASKED, *LANGUAGES}
    shared = tuple(pair for pair in entry.pairs if pair[0].value not in consumed)
    for key, _ in shared:
        if key.value == "id":
            message = "rows have ids of their own, so that there is none for all of them"
            problems.append(Problem(key.span, "pairs", message, "remove it"))
    shared = tuple(pair for pair in shared if pair[0].value != "id")
    asked = {name: given[name] for name in (*ASKED, *LANGUAGES) if name in given}
    if not both and "to-left" in asked:
        message = f"“to-left” is never asked where “{ONE_WAY}” is true"
        problems.append(Problem(asked["to-left"].span, "pairs", message, "remove one of the two"))
    return [_card(row, id_, shared, asked, both) for row, id_ in rows]


def _card(row: Row, id_: Scalar, shared: Pairs, asked: Dict[str, Node], both: bool) -> Mapping:
    def key(name: str) -> Scalar:
        return Scalar(name, row.span)

    left = Scalar(row.left.value, row.left.span)
    content: Pairs
    if both:
        sides = ((key("left"), left), (key("right"), row.right))
        questions = tuple((key(name), _at(row, value)) for name, value in asked.items())
        content = ((key("pair"), Mapping((*sides, *questions), row.span)),)
    else:
        question = asked.get("to-right")
        said = question.value if isinstance(question, Scalar) else ""
        shown, answer = (
            _in_language(side, asked.get(name))
            for side, name in zip((left, row.right), LANGUAGES, strict=True)
        )
        given = shown.value.strip() if isinstance(shown, Scalar) else ""
        whole = Scalar(f"**{given}**\n\n{said}".rstrip(), left.span)
        content = ((key("ask"), whole), (key("answer"), answer))
    return Mapping(((key("id"), id_), *content, *_joined(shared, row.own)), row.span)


MADE_OF_SIDE = (("**[", "]{lang="), ("**", "**"), ("[", "]{lang="))  # what stands around it


def own_words(old: str, new: str, side: str) -> str | None:
    """The new words of a side of a row, where a text that was made of it for a card of one way says something new; None where
    something else of that text is new, or it was not made of this side. Bold and the language are the program's, however much of
    the words they were around when these came.
    """
    for before, behind in MADE_OF_SIDE:
        if not old.startswith(f"{before}{side}{behind}"):
            continue
        after = old[len(before) + len(side) :]
        words = new[len(before) : len(new) - len(after)]
        if f"{before}{words}{after}" != new:
            frame, parts, question = after.partition("\n\n")
            words = new.removesuffix(parts + question) if parts else new
            if parts and words == new:
                return None
            if language := re.match(r"\]\{lang=[^}]*\}", frame):
                words = re.sub(rf"\[([^\[\]]*){re.escape(language[0])}", r"\1", words)
            if before.startswith("**") and words.count("**") == 2:
                words = words.replace("**", "")
        words = words.strip()
        return words if words not in ("", side) and "\n" not in words else None
    return None


def _in_language(side: Node, language: Node | None) -> Node:
    """A side of a row that is asked one way only, marked as in its language."""
    if isinstance(side, Scalar) and isinstance(language, Scalar):
        return side._replace(value=str(in_language(Line(side.value), language.value)))
    return side


def _at(row: Row, question: Node) -> Node:
    """The question of all rows, as one of this row's: what is wrong with the card is shown there."""
    sound = isinstance(question, Scalar) and question.value.strip()
    return question._replace(span=row.span) if sound else question


def _joined(shared: Pairs, own: Pairs) -> Pairs:
    """The keys of one card: its own go before those of all, but for lists, such as tags, which are joined."""
    made = {key.value: (key, value) for key, value in shared}
    for pair in own:
        key, value = pair
        _, before = made.get(key.value, pair)
        if isinstance(before, Listing) and isinstance(value, Listing) and before is not value:
            made[key.value] = key, Listing((*before.items, *value.items), value.span)
        else:
            made[key.value] = pair
    return tuple(made.values())


# --- CSV -----------------------------------------------------------------------------------------


class Cells(NamedTuple):
    """A row of a CSV file: its cells, and the lines of the file that it takes, counted from 1."""

    cells: Sequence[str]
    first: int
    last: int


def _lines(text: str) -> Iterator[Cells]:
    """The rows of a file, blank ones left out. Raises csv.Error on what is no CSV."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    done = 0
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Cells(cells, done + 1, reader.line_num)
        done = reader.line_num


def _delimiter(text: str) -> str:
    head = text.lstrip().partition("\n")[0]
    return next((sign for sign in DELIMITERS if sign in head), ",")


def _columns(cells: Sequence[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]


def _csv_rows(data: bytes, path: str, problems: list[Problem]) -> Iterator[Row]:
    text = decode(data, path, problems)
    if text is None:
        return
    text = unicodedata.normalize("NFC", text)
    written = text.split("\n")

    def place(line: int) -> Span:
        shown = written[line - 1] if line <= len(written) else ""
        return Span(path, line, 1, max(2, len(shown) + 1))

    rows = _lines(text)
    at = 1
    try:
        head = next(rows, None)
        columns = _columns(head.cells) if head else []
        odd = [name for name in columns if name not in COLUMNS]
        sides = {"left", "right"} <= set(columns)
        if not sides or odd or len(set(columns)) < len(columns):
            message = "the first row does not name the columns"
            hint = "begin the file with a row “left,right”; id, more and tags may follow"
            if sides and odd:
                message = f"“{odd[0]}” is not a column here"
                hint = "left, right, id, more and tags are; put the rest under more, or into the texts: 駅{えき}"
            problems.append(Problem(place(head.first if head else 1), "pairs", message, hint))
            return
        at = head.last + 1 if head else 1
        for line in rows:
            at = line.last + 1
            row = _csv_row(line, columns, place(line.first), problems)
            if row:
                yield row
    except csv.Error as error:
        hint = "a text that holds a quotation mark, a line end or the sign between cells needs quotation marks"
        problems.append(Problem(place(at), "pairs", f"this is not CSV: {error}", hint))


def _csv_row(
    line: Cells, columns: Sequence[str], span: Span, problems: list[Problem]
) -> Row | None:
    if len(line.cells) > len(columns):
        message = f"this row has {len(line.cells)} cells, and the first one names {len(columns)}"
        hint = "put a text that holds the sign between cells into quotation marks"
        problems.append(Problem(span, "pairs", message, hint))
        return None
    cells = {name: cell.strip() for name, cell in zip(columns, line.cells, strict=False)}
    for side in ("left", "right"):
        if not cells.get(side):
            problems.append(Problem(span, "pairs", f"“{side}” is empty in this row", "fill it in"))
            return None
    own: list[tuple[Scalar, Node]] = []
    if cells.get("more"):
        own.append((Scalar("more", span), Scalar(cells["more"], span)))
    if cells.get("tags"):
        tags = tuple(Scalar(tag, span) for tag in cells["tags"].split())
        own.append((Scalar("tags", span), Listing(tags, span)))
    id_ = Scalar(cells["id"], span) if cells.get("id") else None
    left, right = Scalar(cells["left"], span), Scalar(cells["right"], span)
    return Row(left, right, tuple(own), id_, span)


def ids_in(data: bytes) -> set[str]:
    """The ids that stand in a CSV file."""
    return {row.id.value for row in _csv_rows(data, "", []) if row.id}


def with_ids(text: str, ids: Dict[int, str]) -> str:
    """The text of a CSV file with ids in rows that had none, by the line on which each begins. A column for them is added last
    where there is none; rows that get no id stay as they are.
    """
    body = text.removeprefix(BOM)
    written = re.split(r"(?<=\n)", body)
    sign = _delimiter(body)
    rows = _lines(body)
    head = next(rows)
    columns = _columns(head.cells)
    new = {line.first: (line, ids[line.first]) for line in rows if line.first in ids}
    if "id" not in columns:
        new[head.first] = (head, "id")
    for line, id_ in new.values():
        last = written[line.last - 1]
        bare = last.rstrip("\r\n")
        end = last[len(bare) :]
        if "id" not in columns:
            missing = sign * (len(columns) - len(line.cells))
            written[line.last - 1] = f"{bare}{missing}{sign}{id_}{end}"
            continue
        cells = [*line.cells, *[""] * (len(columns) - len(line.cells))]
        cells[columns.index("id")] = id_
        stream = io.StringIO()
        # With another line end, Python 3.11 would not quote the cells that hold one.
        csv.writer(stream, delimiter=sign, lineterminator="\r\n").writerow(cells)
        written[line.first - 1] = stream.getvalue().removesuffix("\r\n") + end
        written[line.first : line.last] = [""] * (line.last - line.first)
    return text[: len(text) - len(body)] + "".join(written)


Change = tuple[Text, str, str]  # a text that was read, its new words, and a column, or nothing


def reworded(text: str, changes: Iterable[Change]) -> tuple[str, list[int]]:
    """The text of a CSV file in which cells say something else: each that of a text that was read of it, or, where a column is
    named, the empty one of that column in the same row. All others stay as they are written. Beside it the numbers of those
    changes, from 0, that cannot be made: the row has that text in two cells, or there is no such column.
    """
    mark = BOM if text.startswith(BOM) else ""
    body = text.removeprefix(BOM)
    written = re.split(r"(?<=\n)", body)
    sign, columns = _delimiter(body), _columns(next(_lines(body)).cells)
    kept = [
        number
        for number, change in enumerate(changes)
        if not _with_cell(written, change, columns, sign)
    ]
    return mark + "".join(written), kept


def _with_cell(written: list[str], change: Change, columns: Sequence[str], sign: str) -> bool:
    """Write one of these changes into the lines of a file, which stay as many; False where it cannot be made."""
    old, new, column = change
    sought = str(old)
    first = last = old.span.line - 1
    quotes = written[first].count('"')
    while quotes % 2 and last + 1 < len(written):
        last += 1
        quotes += written[last].count('"')
    whole = "".join(written[first : last + 1])
    row = whole.rstrip("\r\n")
    cells = _cells(row, sign)
    if column:
        at = columns.index(column) if column in columns else len(columns)
        cells += [""] * (len(columns) - len(cells))
        free = cells[at : at + 1] == [""]
    else:
        if sought not in cells:  # as a card of one way has it
            made_of = ((cell, own_words(old, new, cell)) for cell in cells if cell)
            sought, new = next(((cell, words) for cell, words in made_of if words), (sought, new))
        at = cells.index(sought) if sought in cells else 0
        free = cells.count(sought) == 1
    if not free:
        return False
    cells[at] = new
    parts = _parts(row, sign)
    parts += [""] * (len(cells) - len(parts))
    parts[at] = _in_cell(parts[at], new, sign)
    made = sign.join(parts)
    if _cells(made, sign) != cells:
        return False
    written[first : last + 1] = [made + whole[len(row) :], *[""] * (last - first)]
    return True


def _parts(row: str, sign: str) -> list[str]:
    """The cells of a row as they are written."""
    cell = re.compile(f'"(?:[^"]|"")*"|[^{re.escape(sign)}]*')
    parts, at = [], 0
    while at <= len(row) and (found := cell.match(row, at)):
        parts.append(found[0])
        at = found.end() + 1
    return parts


def _in_cell(written: str, new: str, sign: str) -> str:
    """New words in the place of a cell, in quotation marks where it had some or they need some."""
    if written.startswith('"') or any(each in new for each in (sign, '"', "\n")):
        doubled = new.replace('"', '""')
        return f'"{doubled}"'
    bare = written.strip()
    return written.replace(bare, new, 1) if bare else new


def _cells(row: str, sign: str) -> list[str]:
    try:
        rows = list(csv.reader(io.StringIO(row, newline=""), delimiter=sign, strict=True))
    except csv.Error:
        return []
    return [cell.strip() for cell in rows[0]] if len(rows) == 1 else []
