"""The bytes of a document as `.docx`. Nothing but this file and its styles imports python-docx.

Headings, lists and tables are real ones, so that they can be changed, and read aloud. The same content gives the same bytes.
"""

import datetime
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import assert_never

import docx
from docx.document import Document as Opened
from docx.enum.table import WD_TABLE_DIRECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.oxml.table import CT_Tbl
from docx.shared import Length, Mm, Pt
from docx.table import Table as Grid
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from ...frozen import dataclass
from ...languages import direction
from ...late import late
from ...text import Tree
from ...text.tree import (
    Audio,
    Block,
    Break,
    Code,
    Emphasis,
    Foreign,
    Formula,
    Image,
    Inline,
    Link,
    List,
    Listing,
    Lowered,
    Paragraph,
    Quote,
    Raised,
    Ruby,
    Strong,
    Struck,
    Table,
    lettered,
    plain,
)
from .parts import (
    LETTERS,
    WIDE,
    Choice,
    Document,
    Figure,
    Fill,
    Fine,
    Heading,
    Label,
    Part,
    Picture,
    Poster,
    Said,
    Sheet,
)
from .styles import CODE, dress, empty, new, run_leftward, style_of

EDGES = 4  # millimetres at both sides of a cell, together
DEEPEST = 3  # of lists within lists, in the styles of Word
SIDES = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
# How far letters reach above and below their feet, as LibreOffice counts, and what of that is their middle for Word, in ems: of
# Calibri, and of what stands in for it.
OVER, UNDER, MIDDLE = 0.97, 0.25, 0.34
UNFIT = late("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # for XML


def written(document: Document, pictures: Mapping[str | Formula, Picture]) -> bytes:
    """A document as the bytes of a `.docx`. `pictures` are those of its parts, by their names there, and those of formulas; for
    one that is not there stand the words of what it shows.
    """
    opened = docx.Document(io.BytesIO(empty()))
    _describe(opened, document)
    leftward = direction(document.language) == "rtl"
    writer = _Writer(opened, pictures, leftward=leftward)
    for part in document.parts:
        writer.part(part)
    made = io.BytesIO()
    opened.save(made)
    return _dated(made.getvalue())


def _dated(data: bytes) -> bytes:
    """The same file, as if all in it had been written on one day, whenever that was."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as anew:
        for entry in old.namelist():
            anew.writestr(zipfile.ZipInfo(entry), old.read(entry), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _describe(opened: Opened, document: Document) -> None:
    """Say what the document is: in its properties, its language and its foot."""
    day = datetime.datetime.fromisoformat(document.day)
    about = opened.core_properties
    about.title, about.author = _fit(document.title)[:255], _fit(document.authors)[:255]
    about.language, about.comments, about.keywords = document.language, "", ""
    about.last_modified_by = ""
    about.created = about.modified = day
    given = opened.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for key in ("val", "eastAsia", "bidi"):
        given.set(qn(f"w:{key}"), document.language)
    if direction(document.language) == "rtl":
        run_leftward(opened)
    foot = opened.sections[0].footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(WIDE), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{_fit(document.foot)}\t")
    number = new("fldSimple", instr="PAGE")  # python-docx has no fields
    number.append(foot.add_run("1")._r)  # noqa: SLF001
    foot._p.append(number)  # noqa: SLF001


def _fit(words: str) -> str:
    """Words without what no XML may hold, on one line."""
    return UNFIT.sub("", words).replace("\n", " ").replace("\t", " ")


@dataclass(frozen=True, slots=True)
class _Look:
    """How words look."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: bool = False
    lowered: bool = False
    font: str = ""
    size: float = 0
    language: str = ""


PLAIN = _Look()


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A formula in a line: its run, how high it is, how much of that is below the letters' feet, and their size, in points."""

    run: Run
    high: float
    depth: float
    size: float


class _Writer:
    """Writes parts into a document, one after the other."""

    def __init__(
        self, opened: Opened, pictures: Mapping[str | Formula, Picture], *, leftward: bool
    ) -> None:
        self.opened = opened
        self.pictures = pictures
        self.leftward = leftward
        self.room: float = WIDE  # millimetres, for a picture or a table
        self.line: object = None  # that of the last formula
        self.formulas: list[_Drawn] = []  # on that line

    def part(self, part: Part) -> None:  # noqa: PLR0912 - a case for each
        """Write one part at the end of the document."""
        body = self.opened
        match part:
            case Heading():
                self.words(_line(body, f"Heading {part.level}"), part.words)
            case Label():
                self.run(_line(body, "Label"), part.words, PLAIN)
            case Said():
                self.blocks(body, part.blocks, style="Spoken")
            case Fine():
                self.blocks(body, part.blocks, style="Fine")
            case Choice():
                self.hold()
                for answer in part.answers:
                    self.blocks(body, answer.blocks, style="List", sign="☐ ")
            case Fill():
                self.hold()
                for at in range(part.lines):
                    line = _line(body, "Line to write on")
                    if part.words and not at:
                        self.run(line, f"{part.words} ", PLAIN)
                    line.add_run("\t")
                    if at < part.lines - 1:
                        line.paragraph_format.keep_with_next = True
                    else:
                        line.paragraph_format.space_after = Pt(6)
            case Sheet():
                self.sheet(part)
            case Poster():
                self.poster(part)
            case Figure():
                self.picture(_line(body), part.name, "", PLAIN)
            case _:
                self.blocks(body, (part,))

    def hold(self) -> None:
        """Let what was written last, such as a question, stay on the page of what follows it."""
        last = self.opened.element.body.xpath("*[last() - 1][self::w:p]")
        if last:
            Line(last[0], self.opened).paragraph_format.keep_with_next = True

    def poster(self, part: Poster) -> None:
        """Write a text in large letters."""
        before = len(self.opened.paragraphs)
        said = sum(len(_letters_of(block)) for block in part.blocks)
        size = next(
            size for most, size in ((60, 60), (160, 44), (400, 32), (10**9, 22)) if said <= most
        )
        self.blocks(self.opened, part.blocks, look=_Look(size=size))
        written_now = self.opened.paragraphs[before:]
        if written_now and not part.first:
            written_now[0].paragraph_format.page_break_before = True

    def blocks(
        self,
        into: Opened | Cell,
        blocks: Iterable[Block],
        style: str = "Normal",
        look: _Look = PLAIN,
        sign: str = "",
        depth: int = 0,
    ) -> None:
        """Write blocks at the end of a document or a cell; `sign` stands before the first, `depth` counts the lists around them."""
        for block in blocks:
            match block:
                case Paragraph():
                    self.words(_line(into, style), (sign, *block.children), look)
                case List():
                    self.items(into, block, look, depth + 1)
                case Quote():
                    self.blocks(into, block.blocks, "Quote", look, depth=depth)
                case Listing():
                    _line(into, "Code").add_run(UNFIT.sub("", block.code))
                case Formula():
                    line = _line(into, style)
                    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
                    self.words(line, (sign, block), look)
                case Table():
                    self.table(into, block)
                case _:
                    assert_never(block)
            sign = ""

    def items(self, into: Opened | Cell, given: List, look: _Look, depth: int) -> None:
        """Write a list. One with numbers begins with its own, whatever lists there were before."""
        given = lettered(given)
        deep = "" if depth == 1 else f" {min(depth, DEEPEST)}"
        kind = "List Bullet" if given.start is None else "List Number"
        number = None
        if given.start is not None and given.form == "1":
            number = self.numbering(f"{kind}{deep}", given.start)
        for place, item in enumerate(given.items):
            if given.form != "1":  # the template counts with numbers alone
                sign = f"{given.mark(place)} "
                self.blocks(into, item, f"List Continue{deep}", look, sign, depth)
                continue
            first = _line(into, f"{kind}{deep}")
            if number is not None:
                properties = first._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
                properties.get_or_add_numId().val = number
                properties.get_or_add_ilvl().val = 0
            rest = item
            if item and isinstance(item[0], Paragraph):
                self.words(first, item[0].children, look)
                rest = item[1:]
            self.blocks(into, rest, f"List Continue{deep}", look, depth=depth)

    def numbering(self, style: str, start: int) -> int:
        """A numbering of its own that counts as the style's does, from a start."""
        numbers = self.opened.part.numbering_part.element
        own = style_of(self.opened, style).element.pPr.numPr.numId.val
        counted = numbers.num_having_numId(own)
        made = numbers.add_num(counted.abstractNumId.val)
        made.add_lvlOverride(0).add_startOverride(start)
        return int(made.numId)

    def table(self, into: Opened | Cell, given: Table) -> None:
        """Write an author's table."""
        sides: Sequence[str] = given.sides
        rows = [*([given.head] if given.head else []), *given.rows]
        shares = [1.0] * max(map(len, rows), default=1)
        lines = [[Tree((Paragraph(cell),)) for cell in row] for row in rows]
        self.grid(into, lines, shares, headed=bool(given.head), sides=sides)

    def sheet(self, given: Sheet) -> None:
        """Write a table of ours."""
        rows = [*([given.head] if given.head else []), *given.rows]
        made = self.grid(
            self.opened,
            rows,
            given.wide,
            headed=bool(given.head),
            high=given.high,
            look=_Look(size=given.size),
        )
        if given.whole:
            for row in list(made.rows)[:-1]:
                row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        if given.cut:
            borders = new("tblBorders")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
                borders.append(new(side, val="dashed", sz="4", space="0", color="767676"))
            made._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)  # noqa: SLF001

    def grid(
        self,
        into: Opened | Cell,
        rows: Sequence[Sequence[Tree]],
        shares: Sequence[float],
        *,
        headed: bool,
        high: float = 0,
        sides: Sequence[str] = (),
        look: _Look = PLAIN,
    ) -> Grid:
        """Write a table as wide as its room, whose first row is its head, repeated on each page, where it is `headed`."""
        wide: Sequence[Length] = [Mm(self.room * share / sum(shares)) for share in shares]
        made = self.empty_grid(into, len(rows), wide)
        alike = len(set(shares)) == 1
        rule = "atLeast" if any(tree.blocks for row in rows for tree in row) else "exact"
        lines = made._tbl.tr_lst  # noqa: SLF001
        for at, (line, row) in enumerate(zip(lines, rows, strict=True)):
            properties = line.get_or_add_trPr()
            properties.append(new("cantSplit"))
            if high and not (headed and at == 0):
                properties.append(new("trHeight", val=str(Mm(high).twips), hRule=rule))
            if headed and at == 0:
                properties.append(new("tblHeader"))
            shown = replace(look, bold=True) if headed and at == 0 else look
            for tree, tc, width, side in zip_longest(row, line.tc_lst, wide, sides):
                if not alike:
                    tc.width = width
                cell = Cell(tc, made)
                if tree and tree.blocks:
                    tc.remove(tc.p_lst[0])
                    self.cell(cell, tree.blocks, shown, width.mm - EDGES)
                if side in SIDES:
                    for paragraph in cell.paragraphs:
                        paragraph.alignment = SIDES[side]
        if isinstance(into, Opened):
            _line(into, "Gap")  # or the next table would be of one piece with this
        return made

    def empty_grid(self, into: Opened | Cell, rows: int, wide: Sequence[Length]) -> Grid:
        """Write a table with so many rows, whose columns are so wide."""
        element = CT_Tbl.new_tbl(rows, len(wide), Mm(self.room))
        (into.element.body if isinstance(into, Opened) else into._tc)._insert_tbl(element)  # noqa: SLF001
        made = Grid(element, into)
        made.style = "Table Grid"
        made.autofit = False
        if self.leftward:
            made.table_direction = WD_TABLE_DIRECTION.RTL
        for column, width in zip(element.tblGrid.gridCol_lst, wide, strict=True):
            column.w = width
        return made

    def cell(self, cell: Cell, blocks: Sequence[Block], look: _Look, room: float) -> None:
        """Fill an empty cell, whose pictures and tables have so many millimetres of room."""
        around, self.room = self.room, room
        self.blocks(cell, blocks, "Cell", look)
        self.room = around
        if isinstance(blocks[-1], Table):
            _line(cell, "Cell")  # a cell ends with a paragraph

    def words(self, line: Line, nodes: Iterable[Inline], look: _Look = PLAIN) -> None:  # noqa: C901, PLR0912
        """Write words at the end of a paragraph."""
        for node in nodes:
            match node:
                case str():
                    self.run(line, node, look)
                case Code():
                    self.run(line, node.words, replace(look, font=CODE))
                case Formula():
                    self.formula(line, node, look)
                case Ruby():
                    self.run(line, f"{node.words} ({node.reading})", look)
                case Break():
                    line.add_run().add_break()
                case Emphasis():
                    self.words(line, node.children, replace(look, italic=True))
                case Strong():
                    self.words(line, node.children, replace(look, bold=True))
                case Struck():
                    self.words(line, node.children, replace(look, struck=True))
                case Raised():
                    self.words(line, node.children, replace(look, raised=True))
                case Lowered():
                    self.words(line, node.children, replace(look, lowered=True))
                case Foreign():
                    self.words(line, node.children, replace(look, language=node.language))
                case Link():
                    self.link(line, node, look)
                case Image():
                    self.picture(line, node.file, node.alternative, look)
                case Audio():
                    self.run(line, node.alternative, look)
                case _:
                    assert_never(node)

    def run(self, line: Line, words: str, look: _Look) -> None:
        """Write words that look alike."""
        if not words:
            return
        element = line._p.add_r()  # noqa: SLF001 - python-docx looks at each letter
        element.add_t(_fit(words))
        if look == PLAIN:
            return
        made = Run(element, line)
        font = made.font
        dress(
            font,
            element.get_or_add_rPr(),
            name=look.font,
            size=look.size,
            bold=look.bold or None,
            italic=look.italic or None,
        )
        if look.struck:
            font.strike = True
        if look.raised:
            font.superscript = True
        if look.lowered:
            font.subscript = True
        if look.language:
            _speak(made, look.language)

    def link(self, line: Line, node: Link, look: _Look) -> None:
        """Write words that lead to an address."""
        key = line.part.relate_to(node.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        before = len(line._p)  # noqa: SLF001
        self.words(line, node.children, look)
        holder = OxmlElement("w:hyperlink")
        holder.set(qn("r:id"), key)
        for element in list(line._p)[before:]:  # noqa: SLF001
            holder.append(element)
            for run in element.iter(qn("w:r")):
                Run(run, line).font.underline = True
        line._p.append(holder)  # noqa: SLF001

    def picture(self, line: Line, name: str, told: str, look: _Look) -> None:
        """Write a picture with its text alternative: what its text tells of it, or else what is told of it everywhere."""
        found = self.pictures.get(name)
        if found is None:
            self.run(line, told, look)
        else:
            self.placed(line, found, found.width, told or found.told)

    def formula(self, line: Line, node: Formula, look: _Look) -> None:
        """Write a formula as a picture that is as large as the letters around it and stands on their line; one that cannot be
        drawn as its TeX.
        """
        found = self.pictures.get(node)
        if found is None:
            self.run(line, node.tex, replace(look, font=CODE))
            return
        style = line.style
        size = look.size or (style.font.size.pt if style and style.font.size else LETTERS)
        wide = found.width * size / LETTERS
        grade = self.placed(line, found, wide, found.told) / found.width
        if line._p is not self.line:  # noqa: SLF001
            self.line, self.formulas = line._p, []  # noqa: SLF001
        run = line.runs[-1]
        high = Length(_inline_of(run).extent.cy).pt
        self.formulas.append(_Drawn(run, high, Mm(found.depth * grade).pt, size))
        _align(line, self.formulas)

    def placed(self, line: Line, found: Picture, wide: float, told: str) -> float:
        """Write a picture at the end of a line, so many millimetres wide where there is room, and say how wide it is."""
        wide = min(wide, self.room)
        made = line.add_run().add_picture(io.BytesIO(found.data), width=Mm(wide))
        inline = made._inline  # noqa: SLF001
        inline.docPr.set("descr", _fit(told))
        for side in "TBLR":
            inline.set(f"dist{side}", "0")  # LibreOffice would leave room
        return wide


def _inline_of(run: Run) -> CT_Inline:
    inline: CT_Inline = run._r.xpath(".//wp:inline")[0]  # noqa: SLF001
    return inline


def _align(line: Line, formulas: Sequence[_Drawn]) -> None:
    """Let formulas stand on the line of the letters around them.

    LibreOffice raises and lowers no picture: all stand on the ground of the line. But it puts letters at the middle of the line
    where it is told to. So where one reaches below the letters' feet, all get frames alike, as high as puts the letters where
    their feet should be. Word has the middle of frame and letters on one height, and heeds `position`.
    """
    size = max(each.size for each in formulas)
    over = max(each.high - each.depth for each in formulas)
    under = max(each.depth for each in formulas)
    if under < 0.08 * size:
        return
    under = max(under, over - OVER * size, 0.12 * size)
    over = under + OVER * size
    properties = line._p.get_or_add_pPr()  # noqa: SLF001
    if properties.find(qn("w:textAlignment")) is None:
        properties.append(new("textAlignment", val="center"))
    for each in formulas:
        inline, own = _inline_of(each.run), each.run._r.get_or_add_rPr()  # noqa: SLF001
        picture = inline.graphic.graphicData.pic
        inline.extent.cy = picture.spPr.cy = Pt(over + under)
        for crop in picture.blipFill.xpath("a:srcRect"):
            picture.blipFill.remove(crop)
        crop = OxmlElement("a:srcRect")
        crop.set("t", str(round(-1e5 * (over - each.high + each.depth) / each.high)))
        crop.set("b", str(round(-1e5 * (under - each.depth) / each.high)))
        picture.blipFill.blip.addnext(crop)
        for found in own.findall(qn("w:position")):
            own.remove(found)
        own.append(new("position", val=str(round(2 * (OVER / 2 - MIDDLE) * each.size))))


def _line(into: Opened | Cell, style: str = "Normal") -> Line:
    """A new paragraph at the end of a document or a cell. python-docx would look through all styles for the id of this one."""
    made = into.add_paragraph()
    if style != "Normal":
        made._p.style = style.replace(" ", "")  # noqa: SLF001
    return made


def _speak(run: Run, language: str) -> None:
    """Say in which language some words are."""
    properties = run._r.get_or_add_rPr()  # noqa: SLF001
    if direction(language) == "rtl":
        run.font.rtl = True
    properties.append(new("lang", val=language, eastAsia=language, bidi=language))


def _letters_of(block: Block) -> str:
    return plain(Tree((block,)))
