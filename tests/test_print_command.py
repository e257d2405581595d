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
        return [{w[4]: w[:2] for w in page.get_text("words")} for page in pages]

    (front, back), (same, moved) = words("still"), words("moved", "--offset", "1.5,-2")
    assert front == same
    x, y = back["Täglich."]
    assert moved["Täglich."] == pytest.approx((x + 1.5 * MM, y - 2 * MM), abs=0.02)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--only", "map"), "did you mean “maps”?"),
        (("--only", "posters"), f"one of: {', '.join(NAMES)}"),
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
    said = " ".join(run("print", "--help").stdout.split())
    assert f"One of: {', '.join(NAMES)}." in said
    assert "One of: a4, letter." in said


def test_help_names_every_sort_of_output():
    assert "One of: anki, page, print." in " ".join(run("build", "--help").stdout.split())


def test_readme_tells_what_every_printed_form_is():
    told = (ROOT / "README.md").read_text("utf-8")
    table = [line for line in told.splitlines() if line.startswith("| `")]
    for name in NAMES:
        assert any(re.search(rf"`{name}(\.pdf|/|-)", line) for line in table), name


def test_every_printed_form_is_a_pair_and_every_pair_is_in_the_table():
    folder = ROOT / "generator" / "outputs" / "print" / "pages"
    others = {"__init__", "all", "base"}
    templates = [form.template for form in FORMS]
    assert sorted(templates) == sorted(path.stem for path in folder.glob("*.typ"))
    assert sorted(templates) == sorted({path.stem for path in folder.glob("*.py")} - others)
