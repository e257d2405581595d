"""An empty document, with the styles that ours have: how headings, texts, lists and cells look."""

import functools
import io
import re

import docx
from docx.document import Document as Opened
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.font import CT_RPr
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.font import Font

from ...late import late
from .parts import WIDE

FONT = "Calibri"
CODE = "Consolas"
LEFTWARD = {FONT: "Arial", CODE: "Courier New"}  # what has Arabic and Hebrew letters beside them
INK = RGBColor(0x1F, 0x1F, 0x1F)
GROUND = "F1EFE9"  # under what is said word for word
# What an empty document of python-docx brings along and ours does not need.
SURPLUS = ("stylesWithEffects", "thumbnail", "customXml", "webSettings")
STYLES = late(
    r"Normal|heading [1-4]|List( Bullet| Number| Continue)?( [23])?|Quote|Table Grid|Normal Table"
    r"|Default Paragraph Font|No List|footer|Hyperlink",
    re.IGNORECASE,
)


@functools.cache
def empty() -> bytes:
    """An empty document, with the styles that ours have, and no others: to read all of python-docx's takes a tenth of a second."""
    opened = docx.Document()
    for holder in (opened.part.package, opened.part):
        for key, relation in list(holder.rels.items()):
            if any(each in relation.reltype + relation.target_ref for each in SURPLUS):
                del holder.rels[key]
    styles = opened.styles
    for style in list(styles):
        if not STYLES.fullmatch(style.name or ""):
            styles.element.remove(style.element)
    for latent in styles.element.findall(qn("w:latentStyles")):
        styles.element.remove(latent)
    _set_styles(opened)
    section = opened.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - WIDE) / 2)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    made = io.BytesIO()
    opened.save(made)
    return made.getvalue()


def style_of(opened: Opened, name: str) -> ParagraphStyle:
    """A style of a document by its name."""
    found = opened.styles[name]
    assert isinstance(found, ParagraphStyle)  # noqa: S101 - all of ours are
    return found


def new(tag: str, **attributes: str) -> BaseOxmlElement:
    """An element of Word's."""
    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def dress(
    font: Font,
    properties: CT_RPr,
    *,
    name: str = "",
    size: float = 0,
    bold: bool | None = None,
    italic: bool | None = None,
) -> None:
    """Say how letters look, each thing twice: Word reads only the second of a pair where a script runs from the right."""
    if bold is not None:
        font.bold = font.cs_bold = bold
    if italic is not None:
        font.italic = font.cs_italic = italic
    if name:
        font.name = name
        properties.get_or_add_rFonts().set(qn("w:cs"), LEFTWARD[name])
    if size:
        font.size = Pt(size)
        for old in properties.findall(qn("w:szCs")):
            properties.remove(old)
        properties.find(qn("w:sz")).addnext(new("szCs", val=str(round(2 * size))))


def run_leftward(opened: Opened) -> None:
    """Let a document run from the right, all but its code."""
    for name, leftward in (("Normal", True), ("Code", False)):
        style = style_of(opened, name)
        style.element.get_or_add_pPr().insert(0, new("bidi", val="1" if leftward else "0"))
        style.font.rtl = leftward


def _set_styles(opened: Opened) -> None:
    """How paragraphs look."""
    normal = style_of(opened, "Normal")
    _letters(normal, 11)
    _spaced(normal, 0, 6, 1.15)
    for level, size in enumerate((18, 14, 12, 11), 1):
        style = style_of(opened, f"Heading {level}")
        _letters(style, size, bold=True)
        style.font.italic = style.font.cs_italic = False
        _spaced(style, 14 if level > 1 else 0, 5, 1.1)
    label = _new_style(opened, "Label")
    _letters(label, 10, bold=True)
    _spaced(label, 6, 2, 1.1)
    label.paragraph_format.keep_with_next = True
    said = _new_style(opened, "Spoken")
    _letters(said, 12)
    around = new("pBdr")
    for side in ("top", "left", "bottom", "right"):
        around.append(new(side, val="single", sz="4", space="4", color=GROUND))
    said.element.get_or_add_pPr().append(around)
    said.element.get_or_add_pPr().append(new("shd", val="clear", color="auto", fill=GROUND))
    said.paragraph_format.left_indent = said.paragraph_format.right_indent = Mm(3)
    fill = _new_style(opened, "Line to write on")
    _spaced(fill, 10, 0, 1.0)
    tabs = fill.paragraph_format.tab_stops
    tabs.add_tab_stop(Mm(WIDE), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    foot = style_of(opened, "Footer")
    _letters(foot, 9)
    for tabs in foot.element.get_or_add_pPr().findall(qn("w:tabs")):
        tabs.getparent().remove(tabs)
    code = _new_style(opened, "Code")
    _letters(code, 9.5, CODE)
    cell = _new_style(opened, "Cell")
    _spaced(cell, 2, 2, 1.05)
    fine = _new_style(opened, "Fine")
    _letters(fine, 9)
    _spaced(fine, 0, 2, 1.05)
    gap = _new_style(opened, "Gap")
    _letters(gap, 4)
    _spaced(gap, 0, 0, 1.0)


def _new_style(opened: Opened, name: str) -> ParagraphStyle:
    made = opened.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(made, ParagraphStyle)  # noqa: S101 - it was asked for
    made.base_style = opened.styles["Normal"]
    made.quick_style = True
    return made


def _letters(style: ParagraphStyle, size: float, font: str = FONT, *, bold: bool = False) -> None:
    properties = style.element.get_or_add_rPr()
    for found in properties.findall(qn("w:rFonts")):
        properties.remove(found)  # those of a theme would win
    dress(style.font, properties, name=font, size=size, bold=bold)
    style.font.color.rgb = INK


def _spaced(style: ParagraphStyle, before: float, after: float, line: float) -> None:
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line
