"""`print` as a command: its options, and what it says to a selection that cannot be."""

import re

import pytest
from conftest import ROOT, SAUERTEIG, run
from coursedeck.outputs.print.pages.all import FORMS, NAMES
from print_reading import MM, opened, text

pytestmark = pytest.mark.slow


def printed(out, *options):
    """The PDFs that `print` writes, by path, after it has named each of them."""
    result = run("print", SAUERTEIG, "--out", out, *options)
    paths = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert {line.partition(": ")[0] for line in result.stdout.splitlines()} == {
        f"{out}/{path}" for path in paths
    }
    return paths


def test_print_takes_kinds_modules_and_paper(tmp_path):
    options = ("--only", "study-sheets", "--only", "maps", "--module", "texte", "--paper", "a4")
    made = printed(tmp_path, *options)
    assert made.keys() == {"print/a4/maps.pdf", "print/a4/study-sheets/texte.pdf"}
    assert "Aushang" in text(made["print/a4/study-sheets/texte.pdf"])


def test_print_takes_the_documents_for_a_word_processor_and_says_what_does_not_change_them(
    tmp_path,
):
    options = ("--only", "docx", "--module", "texte", "--large", "--paper", "letter")
    result = run("print", SAUERTEIG, "--out", tmp_path, *options)
    assert {line.partition(":")[0] for line in result.stderr.splitlines()} == {"--large", "--paper"}
    made = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")]
    assert "print/docx/outline.docx" in made
    assert all(path.startswith("print/docx/") for path in made)


def test_print_takes_the_cards_with_a_tag(tmp_path):
    made = printed(tmp_path, "--only", "study-sheets", "--tag", "lens::definition", "--paper", "a4")
    (data,) = made.values()
    assert "Wie heißt der Rest" in text(data)
    assert "London" not in text(data)


def test_an_offset_moves_the_backs_of_cut_out_cards_by_millimetres(tmp_path):
    def words(name, *options):
        made = printed(
            tmp_path / name, "--only", "cards", "--module", "texte", "--paper", "a4", *options
        )
        pages = opened(made["print/a4/cards-2x4-long-edge/texte.pdf"])
        above_the_foot = (0, 0, 600, 780)
        return [
            {w[4]: w[:2] for w in page.get_text("words", clip=above_the_foot)} for page in pages
        ]

    (front, back), (same, moved) = words("still"), words("moved", "--offset", "1.5,-2")
    assert front == same
    x, y = back["Täglich."]
    assert moved["Täglich."] == pytest.approx((x + 1.5 * MM, y - 2 * MM), abs=0.02)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--only", "map"), "did you mean “maps”?"),
        (("--only", "posters"), f"one of: {', '.join((*NAMES, 'docx'))}"),
        (("--module", "text"), "did you mean “texte”?"),
        (("--tag", "lens::opinion", "--only", "cards"), "no card has that tag"),
        (("--paper", "a5"), "one of: a4, letter"),
        (("--offset", "1"), "two numbers of millimetres"),
        (("--offset", "1,2,3"), "two numbers of millimetres"),
        (("--offset", "left,right"), "two numbers of millimetres"),
        (("--offset", "nan,0"), "two numbers of millimetres"),
        (("--offset", "0,inf"), "two numbers of millimetres"),
        (("--offset", "0,1e9"), "two numbers of millimetres"),
    ],
)
def test_a_selection_that_cannot_be_printed_is_wrong_usage(tmp_path, options, told):
    said = " ".join(run("print", SAUERTEIG, "--out", tmp_path, *options, code=2).stderr.split())
    assert told in said
    assert not list(tmp_path.iterdir())


def test_help_names_every_form_and_paper():
    said = "".join(run("print", "--help").stdout.split())  # lines break at hyphens too
    assert f"Oneof:{','.join((*NAMES, 'docx'))}." in said
    assert "Oneof:a4,letter." in said


def test_help_names_every_sort_of_output():
    assert "One of: anki, page, print." in " ".join(run("build", "--help").stdout.split())


def test_teachers_are_told_what_every_printed_form_is():
    told = (ROOT / "docs" / "teachers.md").read_text("utf-8")
    table = [line for line in told.splitlines() if line.startswith("| `")]
    for name in NAMES:
        assert any(re.search(rf"`{name}(\.pdf|/|-)", line) for line in table), name


def test_every_printed_form_is_a_pair_and_every_pair_is_in_the_table():
    folder = ROOT / "generator" / "outputs" / "print" / "pages"
    others = {"__init__", "all", "base"}
    templates = [form.template for form in FORMS]
    assert sorted(templates) == sorted(path.stem for path in folder.glob("*.typ"))
    assert sorted(templates) == sorted({path.stem for path in folder.glob("*.py")} - others)


def said_of(*arguments, code=0):
    """What a command says to standard error, on one line."""
    return " ".join(run("print", *arguments, code=code).stderr.split())


def test_several_forms_may_stand_in_one_list(tmp_path):
    made = printed(tmp_path, "--only", "maps,cards-fold", "--module", "texte", "--paper", "a4")
    assert made.keys() == {"print/a4/maps.pdf", "print/a4/cards-fold/texte.pdf"}


@pytest.mark.parametrize("sort", ["cards-2x4-short-edge", "cards-fold", "cards-calibration"])
def test_one_sort_of_cards_may_be_printed_alone(tmp_path, sort):
    made = printed(tmp_path, "--only", sort, "--module", "texte", "--paper", "letter")
    assert [path.split("/")[2].removesuffix(".pdf") for path in made] == [sort]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--tag", "lens::definition", "--only", "maps"), "--tag: changes nothing on these pages"),
        (("--offset", "1,1", "--only", "worksheets"), "--offset: changes nothing on these pages"),
        (("--offset", "1,1", "--only", "cards-fold"), "--offset: changes nothing on these pages"),
        (("--ids", "--only", "worksheets"), "--ids: changes nothing on these pages"),
        (("--module", "texte", "--only", "cards-calibration"), "--module: changes nothing"),
    ],
)
def test_an_option_that_changes_nothing_is_named(tmp_path, options, told):
    assert told in said_of(SAUERTEIG, "--paper", "a4", "--out", tmp_path, *options)


def test_an_option_that_changes_something_is_not_complained_of(tmp_path):
    options = ("--only", "cards-2x4-long-edge", "--tag", "lens::definition", "--module", "texte")
    assert not said_of(SAUERTEIG, "--paper", "a4", "--out", tmp_path, *options[:2])


def test_how_far_backs_are_moved_is_said_and_stands_on_the_sheet(tmp_path):
    """Someone who writes a half millimetre the German way, 0,5, sees what it was taken for."""
    options = ("--only", "cards-2x4-short-edge", "--module", "texte", "--paper", "a4")
    said = said_of(SAUERTEIG, "--out", tmp_path, *options, "--offset", "0,5")
    assert said == "backs are moved 0 mm right and 5 mm down"
    foot = text((tmp_path / "print/a4/cards-2x4-short-edge/texte.pdf").read_bytes())
    assert "über die kurze Kante wenden · 100 % · Versatz 0,5" in foot


def test_numbers_with_a_blank_between_them_are_told_of_the_comma(tmp_path):
    for given in (("0.5", "-1"), ("0.5,", "-1")):
        said = said_of(SAUERTEIG, "--out", tmp_path, "--offset", *given, code=2)
        assert "with a comma between them and no blank" in said


def test_a_wrong_tag_is_met_with_the_one_that_may_be_meant(tmp_path):
    said = said_of(SAUERTEIG, "--out", tmp_path, "--tag", "lens::definitoin", code=2)
    assert "did you mean “lens::definition”?" in said


def test_what_a_course_has_no_pages_for_is_named_with_what_it_lacks(tmp_path):
    cards = tmp_path / "cards.yaml"
    cards.write_text("title: Animals\ncards: [{ask: What barks?, answer: A dog}]\n", "utf-8")
    out = tmp_path / "out"
    said = said_of(cards, "--out", out, "--only", "facilitator", code=2)
    assert "facilitator: not printed, since the course has no plan and no sheets to print" in said
    said = said_of(cards, "--out", out, "--only", "maps,worksheets", "--paper", "a4")
    assert said == "maps: not printed, since the course has no concepts and no documents"


@pytest.mark.parametrize("held", [".coursedeck", "sauerteig.apkg", "update.html"])
def test_pages_never_go_where_a_build_keeps_its_files(tmp_path, held):
    (tmp_path / held).mkdir()
    said = said_of(SAUERTEIG, "--out", tmp_path, "--only", "maps", code=2)
    assert "a build keeps its files there" in said
    assert [path.name for path in tmp_path.iterdir()] == [held]


def test_pages_go_to_a_folder_of_their_own_unless_told_otherwise(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("print", SAUERTEIG, "--only", "maps", "--paper", "a4")
    assert (tmp_path / "handout" / "print" / "a4" / "maps.pdf").is_file()
