"""Scripts that no shipped font has: a course brings fonts of its own, and says so."""

import importlib.util
import shutil
from pathlib import Path

import pytest
from conftest import SAUERTEIG, run
from coursedeck.outputs.typesetter import FONTS
from print_reading import characters, opened, spans, text

pytestmark = pytest.mark.slow

CJK = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
THAI = """\
id: thai
title: Thai
cards:
  - {id: thanks, ask: What does ขอบคุณ mean?, answer: Thank you}
  - {id: going, cloze: "{{c1::ไปไหน}} is what you say to ask a friend where they go."}
"""


def packed(name):
    """A font as a package for tests brings it."""
    found = importlib.util.find_spec(f"fontpkg_{name}")
    (path,) = (Path(found.origin).parent / "files").glob("*.ttf")
    return path


@pytest.fixture
def course(tmp_path):
    """A way to write a course of one file, with fonts beside it."""

    def write(words, **fonts):
        path = tmp_path / "course" / "cards.yaml"
        (path.parent / "fonts").mkdir(parents=True, exist_ok=True)
        named = f"fonts: [{', '.join(f'{name}.ttf' for name in fonts)}]\n" if fonts else ""
        path.write_text(named + words, "utf-8")
        for name, font in fonts.items():
            shutil.copyfile(font, path.parent / "fonts" / f"{name}.ttf")
        return path

    return write


def printed(path):
    return text(made(path, "study-sheets"))


def made(path, form):
    """The one PDF of a form."""
    out = path.parent / "printed"
    run("print", path, "--out", out, "--only", form, "--paper", "a4")
    (found,) = out.rglob("*.pdf")
    return found.read_bytes()


def test_what_no_font_can_print_is_told_by_check_once_for_each_script(course):
    path = course(THAI + "  - {id: korean, ask: Is it ไป or 학습 here?, answer: 학습}\n")
    said = run("check", path, code=1).output.splitlines()
    assert [line.partition(": error: ")[2] for line in said if ": error: " in line] == [
        "card “thanks” holds Thai, which no font here can print [no-glyph]",
        "card “korean” holds Thai, Korean, which no font here can print [no-glyph]",
    ]


def test_a_character_that_no_font_can_print_is_told_at_its_place(course):
    """In a block and behind a mark of reading, and by build too."""
    words = "title: T\nid: t\ncards:\n  - id: a\n    ask: |\n      What?\n\n      It is ｜x{y} and *학습* here.\n    answer: b\n"
    path = course(words)
    row = words.split("\n").index("      It is ｜x{y} and *학습* here.")
    column = words.split("\n")[row].index("학") + 1
    for command in (("check", path), ("build", path, "--out", path.parent / "out")):
        said = run(*command, code=1).output
        assert f"cards.yaml:{row + 1}:{column}: error: card “a” holds Korean" in said


@pytest.mark.parametrize(
    ("words", "script"), [("राग भैरव की उत्पत्ति", "Devanagari"), ("ຂອບໃຈ", "Lao"), ("の", "Japanese")]
)
def test_a_script_of_which_a_font_for_formulas_has_letters_is_told(course, words, script):
    """Hindi was printed with its letters apart, without a word."""
    said = run("check", course(f"title: T\ncards: [{{ask: What is {words}?, answer: It}}]"), code=1)
    assert f"holds {script}" in said.output
    assert "which no font here can print" in said.output


def test_signs_of_formulas_need_no_font(course):
    assert "∀ ℵ ⊢ 𝔸" in printed(course("title: T\ncards: [{ask: What is ∀ ℵ ⊢ 𝔸?, answer: It}]"))


def test_cards_need_no_font(course):
    path = course(THAI)
    run("check", path, "--only", "anki")
    run("build", path, "--out", path.parent / "decks", "--only", "anki")


def test_a_course_is_printed_in_its_own_fonts(course):
    path = course(THAI, sarabun=packed("noto_sans_thai"))
    assert "nothing to mend" in run("check", path).output
    assert "ขอบคุณ" in printed(path)


def test_a_map_in_a_script_without_blanks_uses_its_page(tmp_path):
    """Its lines break between any two words: a sentence is no long word."""
    concepts = "".join(
        f"  - {{id: c{n}, name: แนวคิด, definition: {'ทุกคนไปไหนมาขอบคุณ' * 5}}}\n" for n in range(3)
    )
    files = {
        "course.yaml": "id: thai\ntitle: Thai\nlanguage: en\nmodules: [m]\nfonts: [thai.ttf]\n",
        "modules/m.yaml": f"id: m\ntitle: M\nsummary: S\nconcepts:\n{concepts}",
    }
    for name, words in files.items():
        path = tmp_path / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, "utf-8")
    (path.parent.parent / "fonts").mkdir()
    shutil.copyfile(packed("noto_sans_thai"), path.parent.parent / "fonts" / "thai.ttf")
    (page,) = opened(made(tmp_path / "course", "maps"))
    assert min(size for said, _, size, _ in spans(page) if "แนว" in said or "ขอบ" in said) > 24


@pytest.mark.skipif(not CJK.exists(), reason="the machine has no font for Chinese")
def test_several_fonts_serve_together(course):
    words = "  - {id: ni, ask: What does 你好 mean?, answer: A greeting}\n"
    read = printed(course(THAI + words, thai=packed("noto_sans_thai"), cjk=CJK))
    assert "ขอบคุณ" in read
    assert "你好" in read


@pytest.mark.skipif(not CJK.exists(), reason="the machine has no font for Chinese")
@pytest.mark.parametrize("words", ["学习", "学習する", "학습"])
def test_a_collection_of_fonts_prints_chinese_japanese_and_korean(course, words):
    path = course(f"title: T\ncards: [{{ask: What is {words}？, answer: Learning}}]\n", cjk=CJK)
    assert words in printed(path)


@pytest.mark.skipif(not CJK.exists(), reason="the machine has no font for Chinese")
def test_a_letter_that_a_font_for_formulas_happens_to_have_is_printed_in_the_course_s_own(course):
    path = course("title: T\ncards: [{ask: What is のりば here？, answer: A platform}]\n", cjk=CJK)
    out = path.parent / "printed"
    run("print", path, "--out", out, "--only", "study-sheets", "--paper", "a4")
    (made,) = out.rglob("*.pdf")
    letters = [each for page in opened(made.read_bytes()) for each in characters(page)]
    assert {each.font for each in letters if each.sign in "のりば"} == {"WenQuanYiZenHei"}


def test_a_font_under_the_same_name_that_lacks_a_sign_is_seen(course):
    path = course(THAI, one=packed("noto_sans_thai"))
    out = path.parent / "decks"
    run("build", path, "--out", out)
    before = {made: made.read_bytes() for made in out.rglob("*.pdf")}
    shutil.copyfile(FONTS / "Amiri-Regular.ttf", path.parent / "fonts" / "one.ttf")
    done = run("build", path, "--out", out, code=1)
    assert "no-glyph" in done.output
    assert before == {made: made.read_bytes() for made in out.rglob("*.pdf")}


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0" + bytes(50), b"ttcf" + bytes(8)])
def test_a_damaged_font_is_an_error_at_its_file(course, tmp_path, data):
    damaged = tmp_path / "damaged"
    damaged.write_bytes(data)
    done = run("check", course(THAI, one=damaged), code=1)
    assert "fonts/one.ttf:1:1: error: this is no font that can be read" in done.output


def test_a_font_that_is_not_there_and_one_that_nobody_names_are_told(course):
    path = course("title: T\nfonts: [other.ttf]\ncards: [{ask: Why is it?, answer: So}]\n")
    assert (
        "cards.yaml:2:9: error: there is no fonts/other.ttf [no-file]"
        in run("check", path, code=1).output
    )
    folder = path.parent / "whole"
    (folder / "fonts").mkdir(parents=True)
    (folder / "modules").mkdir()
    (folder / "course.yaml").write_text("title: T\n")
    (folder / "modules" / "m.yaml").write_text("title: M\ncards: [{ask: Why is it?, answer: So}]\n")
    shutil.copyfile(packed("noto_sans_thai"), folder / "fonts" / "thai.ttf")
    assert (
        "fonts/thai.ttf:1:1: warning: nothing names this font [unused-media]"
        in run("check", folder).output
    )


def test_what_a_bibliography_says_by_itself_is_in_the_language_of_our_labels(tmp_path):
    """A style would write 2019年 in a course that has no other sign of that script, and no font for it."""
    folder = tmp_path / "course"
    shutil.copytree(SAUERTEIG, folder)
    about = folder / "course.yaml"
    about.write_text(about.read_text("utf-8").replace("language: de", "language: ja"), "utf-8")
    run("check", folder)
    out = tmp_path / "out"
    run("build", folder, "--out", out, "--only", "print")
    assert "2019" in text((out / "print" / "a4" / "book.pdf").read_bytes())
