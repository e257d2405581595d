"""Whole courses of three subjects, thirty cards each, and a page each of three scripts: from the author's files to a learner's Anki
and to paper.
"""

import importlib.util
import io
import json
import re
import shutil
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pypdf
import pytest
from conftest import COURSES, DAY, run, some
from coursedeck.kinds.base import on_paper
from coursedeck.load import load
from coursedeck.notes import notes_of, setting_of
from coursedeck.text import to_plain, to_tree
from coursedeck.text.tree import Audio, Code, Formula, Listing, Ruby, inlines
from coursedeck.text.tree import Image as Picture
from learner import Learner
from PIL import Image
from print_reading import characters, opened, squeezed

pytestmark = pytest.mark.slow

CHINESE = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
THAI = next(
    (Path(importlib.util.find_spec("fontpkg_noto_sans_thai").origin).parent / "files").glob("*.ttf")
)
FONTS = {"wqy-zenhei.ttc": CHINESE, "NotoSansThai.ttf": THAI}


@dataclass(frozen=True)
class Subject:
    """A course of `tests/courses`: where it is, how many notes and cards its author wrote, and an edit of one note."""

    path: str
    notes: int
    cards: int
    file: str
    edit: tuple[str, str]
    font: str = ""


SUBJECTS = {
    "anatomy": Subject(
        "anatomy",
        notes=46,
        cards=81,
        file="modules/heart.yaml",
        edit=("answer: The right ventricle\n", "answer: The right ventricle.\n"),
    ),
    "calculus": Subject(
        "calculus",
        notes=40,
        cards=59,
        file="modules/machine.yaml",
        edit=("if {{c3::abs(d)}} < 1e-12", "if {{c3::abs(d)}} < 1e-14"),
    ),
    "japanese": Subject(
        "japanese",
        notes=38,
        cards=51,
        file="modules/verbs.csv",
        edit=("飲{の}む,to drink", "飲{の}む,to swallow"),
        font="wqy-zenhei.ttc",
    ),
    "arabic": Subject(
        "scripts/arabic.yaml",
        notes=8,
        cards=9,
        file="scripts/arabic.yaml",
        edit=("answer: صباح النور\n", "answer: صباح النور والسرور\n"),
    ),
    "chinese": Subject(
        "scripts/chinese.yaml",
        notes=9,
        cards=9,
        file="scripts/chinese.yaml",
        edit=("answer: 两张票 (", "answer: 两张票。 ("),
        font="wqy-zenhei.ttc",
    ),
    "thai": Subject(
        "scripts/thai.yaml",
        notes=13,
        cards=14,
        file="scripts/thai.yaml",
        edit=("answer: ครับ (", "answer: ครับผม ("),
        font="NotoSansThai.ttf",
    ),
}


@dataclass(frozen=True)
class Made:
    """A course that was built: its files, its package and its study sheets, of which each has the words of its rows by card."""

    subject: Subject
    path: Path
    folder: Path
    package: Path
    sheets: tuple[bytes, ...]


@pytest.fixture(scope="module", params=some(SUBJECTS, 3))
def made(request, tmp_path_factory):
    """Each course, built with packages and study sheets."""
    subject = SUBJECTS[request.param]
    if subject.font and not FONTS[subject.font].exists():
        pytest.skip("the machine has no font for Chinese and Japanese")
    folder = tmp_path_factory.mktemp(request.param)
    path = folder / Path(subject.path).name
    if path.suffix:
        shutil.copyfile(COURSES / subject.path, path)
    else:
        shutil.copytree(COURSES / subject.path, path)
    root = folder if path.suffix else path
    if subject.font:
        (root / "fonts").mkdir()
        shutil.copyfile(FONTS[subject.font], root / "fonts" / subject.font)
    problems = json.loads(run("check", path, "--format", "json").stdout)
    assert {each["code"] for each in problems} <= {"no-labels"}
    package = built(path, folder / "out", DAY)
    run("print", path, "--out", folder / "paper", "--only", "study-sheets", "--paper", "a4")
    sheets = tuple(each.read_bytes() for each in sorted((folder / "paper").rglob("*.pdf")))
    return Made(subject, path, root, package, sheets)


def built(path, out, day):
    """The package of the whole course."""
    run("build", path, "--out", out, "--only", "anki", SOURCE_DATE_EPOCH=str(day))
    return min(out.glob("*.apkg"), key=lambda each: len(each.name))  # a module's has more after it


@pytest.fixture(scope="module")
def imported(made, tmp_path_factory):
    """A learner who has imported the course, and what the import said."""
    learner = Learner(tmp_path_factory.mktemp("anki"))
    said = learner.imports(made.package)
    yield learner, said
    learner.col.close()


def test_anki_takes_every_note_and_card_that_the_author_wrote(made, imported):
    learner, said = imported
    assert said == {"new": made.subject.notes}
    assert learner.col.card_count() == made.subject.cards
    assert not learner.col.get_empty_cards().notes
    assert learner.col.fix_integrity()[1]
    assert learner.col.card_count() == made.subject.cards


def test_anki_finds_every_file_and_the_package_holds_no_other(made, imported):
    learner, _ = imported
    report = learner.col.media.check()
    assert not report.missing
    assert not report.unused
    course, _ = load(made.path)
    with zipfile.ZipFile(made.package) as archive:
        names = set(json.loads(archive.read("media")).values())
    assert names == {name for note in notes_of(course) for name in note.media}
    # A figure of a concept is printed, and on no card; every other file of the author's is there.
    written = {file.name for file in course.files()}
    assert len(names) == len(written)


def test_no_picture_or_sound_tells_place_device_or_author(made):
    with zipfile.ZipFile(made.package) as archive:
        files = {
            name: archive.read(member) for member, name in json.loads(archive.read("media")).items()
        }
    for name, data in files.items():
        assert b"Anatomy Room" not in data, name
        assert b"A. Teacher" not in data, name
        if name.endswith((".jpg", ".webp", ".png")):
            photograph = Image.open(io.BytesIO(data))
            assert set(photograph.getexif()) <= {0x0112}, name  # how it is turned
            assert not photograph.info.keys() & {"comment", "xmp"}, name


def test_an_author_s_photograph_tells_more_than_its_copy_in_the_package():
    photograph = Image.open(COURSES / "anatomy" / "media" / "artery-vein.jpg")
    assert "Anatomy Room" in photograph.getexif().values()
    assert b"A. Teacher" in photograph.info["comment"]


def test_a_second_build_brings_nothing_and_an_edit_one_note(made, tmp_path, learner):
    copied = Path(shutil.copytree(made.folder, tmp_path / "course"))
    path = copied / made.path.name if made.path.suffix else copied
    learner.imports(made.package)
    again = learner.imports(built(path, tmp_path / "again", DAY + 60))
    assert again == {"duplicate": made.subject.notes}
    edited = path if path.suffix else path / made.subject.file
    before, after = made.subject.edit
    words = edited.read_text("utf-8")
    assert words.count(before) == 1
    edited.write_text(words.replace(before, after), "utf-8")
    then = learner.imports(built(path, tmp_path / "then", DAY + 120))
    assert then == {"updated": 1, "duplicate": made.subject.notes - 1}
    assert learner.col.card_count() == made.subject.cards


SMALL = 5.5  # points: of this size are readings over words, which a PDF tells between the lines
RIGHT_TO_LEFT_OR_STACKED = re.compile(r"[\u0590-\u08ff\u0e00-\u0eff]")


def paper(sheets, *, readings=True):
    """The words of study sheets without blanks, with or without the readings over them."""
    pages = (page for data in sheets for page in opened(data))
    pieces = (
        (span["text"].replace("\u00ad", "").replace("\u200b", ""), span["size"])
        for page in pages
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
    )
    return squeezed("".join(words for words, size in pieces if readings or size > SMALL))


def letters(words):
    """How often each letter stands in some words, where a PDF tells neither the order nor the marks."""
    return Counter(c for c in unicodedata.normalize("NFKC", words) if c.isalpha())


def blocks_of_code(blocks):
    return [line for each in blocks if isinstance(each, Listing) for line in each.code.split("\n")]


def said(words, hidden):
    """The pieces of a text as they stand side by side on paper, but for formulas, which are drawn, and for what a cloze hides in
    other places too.
    """
    tree = to_tree(words)
    for node in (*inlines(tree.blocks), *blocks_of_code(tree.blocks)):
        match node:
            case str():
                piece = node
            case Code() | Ruby():
                piece = node.words
            case Audio():
                piece = f"♪{node.alternative}"
            case _:
                continue
        for part in re.split("|".join(map(re.escape, hidden)), piece) if hidden else [piece]:
            yield squeezed(part)


ALL_AT_ONCE = ("diagram", "sequence")


def test_the_words_of_every_front_and_back_are_in_the_study_sheets(made):
    """A pair stands there in one direction, and a list with all of its items as answers. Where all is asked at once, what asks for
    one is left out.
    """
    course, _ = load(made.path)
    setting = setting_of(course)
    shown = paper(made.sheets, readings=False)
    counted = letters(paper(made.sheets))
    looked = 0
    for note in notes_of(course):
        faces = note.faces[:1] if note.kind == "pair" else note.faces
        hidden = [to_plain(face.answer) for face in faces] if note.kind == "cloze" else []
        hidden += ["[…]", *re.findall(r"\[[^\]]+\]", "".join(to_plain(f.prompt) for f in faces))]
        for face in faces:
            asked = on_paper(face.prompt, setting) if note.kind in ALL_AT_ONCE else face.prompt
            prompt = said(asked, hidden if note.kind == "cloze" else [])
            # Several gaps are numbered there, in place of the dot between their words.
            parted = [" · ", "·"] if note.kind == "cloze" else []
            for piece in (*prompt, *said(face.answer, parted)):
                looked += 1
                if RIGHT_TO_LEFT_OR_STACKED.search(piece):
                    assert letters(piece) <= counted, (note.id, piece)
                else:
                    assert piece in shown, (note.id, piece)
    assert looked > made.subject.cards


def test_every_reading_and_every_formula_is_on_paper(made):
    """A formula is a drawing there, with what its author wrote for those who cannot see it."""
    course, _ = load(made.path)
    shown = paper(made.sheets)
    alternatives = set()
    for data in made.sheets:
        reader = pypdf.PdfReader(io.BytesIO(data))
        for number in range(1, reader.trailer["/Size"]):
            found = pypdf.generic.IndirectObject(number, 0, reader).get_object()
            if isinstance(found, dict) and "/Alt" in found:
                alternatives.add(str(found["/Alt"]))
    for note in notes_of(course):
        faces = note.faces[:1] if note.kind == "pair" else note.faces
        texts = [face.answer for face in faces]
        texts += [face.prompt for face in faces if note.kind != "cloze"]
        for node in (node for words in texts for node in inlines(to_tree(words).blocks)):
            match node:
                case Ruby():
                    assert squeezed(node.reading) in shown, note.id
                case Formula():
                    assert node.tex in alternatives, note.id
                case Picture():
                    assert node.alternative in alternatives, note.id


RAW = re.compile(r"\$\$|\{\{c|\*\*|\\frac|\]\(|[\u3040-\u9fff]\{|\{lang=")


def visible(html):
    """The words of a card that Anki has rendered, without code, and without formulas, which MathJax sets."""
    html = re.sub(r"(?s)<(style|script|code|pre)\b.*?</\1>|<!--.*?-->", " ", html)
    html = re.sub(r"(?s)\\\(.*?\\\)|\\\[.*?\\\]", " ", html)
    return unescape(re.sub(r"(?s)<[^>]*>", " ", html))


def test_no_markup_is_left_on_a_card_or_on_paper(made, imported):
    learner, _ = imported
    for sides in learner.fronts_and_backs():
        for side in sides:
            assert not RAW.search(visible(side)), visible(side)
    for fields in learner.col.db.list("select flds from notes"):
        words = re.sub(r"\{\{c\d+::", "", fields)  # what Anki reads as a deletion
        assert not RAW.search(visible(words)), words
    for data in made.sheets:
        for page in opened(data):
            words = "".join(each.sign for each in characters(page) if "Mono" not in each.font)
            assert not RAW.search(words), RAW.search(words)
            assert "\\" not in words


def test_what_looks_for_markup_finds_it():
    for raw in (
        "$$x$$",
        "{{c1::a}}",
        "**a**",
        r"\frac{1}{2}",
        "[a](b)",
        "漢字{かんじ}",
        "[a]{lang=ja}",
    ):
        assert RAW.search(visible(f"<p>{raw}</p>"))
    assert not RAW.search(visible(r"<p>\(\frac{1}{2}\) <code>x**2</code></p>"))
