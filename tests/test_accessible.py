"""PDF/UA-1 by checkers that are not Typst's own, over the PDFs of two courses, of the small one on both papers, and large print."""

import outloud
import page
import pytest
from conftest import SAUERTEIG, WORKSHOP, some
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.outputs import pdf

pytestmark = pytest.mark.slow

LEAST = 80  # rules that the checker tries, so that it cannot pass for want of any


@pytest.mark.parametrize("path", some([WORKSHOP, SAUERTEIG], 2), ids=lambda path: path.name)
@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
def test_every_pdf_passes_the_rules_of_pdf_ua(path, large):
    course, _ = load(path)
    only = ("outline", "study-sheets", "worksheets", "test") if large else ()
    small = path == SAUERTEIG
    # Of the small course moved too, as for a printer that needs it; those of the large one other tests print as well.
    choice = pdf.Choice(only=only, large=large, offset=(0.5, -1) if small else (0, 0), ids=True)
    files, problems = pdf.printed(course, notes_of(course), choice)
    assert problems == []
    for name, data in some(files.items(), 5):
        if not small and "/letter/" in name:  # the same pages on another paper, as of the small one
            continue
        report = page.validate_pdf_bytes(data, profile="ua1")
        assert [(each.rule_id, each.message) for each in report.failures] == [], name
        assert report.rules.total >= LEAST, name


def test_sheets_tests_and_cards_have_headings_and_tables_with_heads(tmp_path):
    """What no rule of PDF/UA asks: a heading on each, no empty head of a column, and an order in which they can be heard."""
    course, _ = load(SAUERTEIG)
    only = ("study-sheets", "worksheets", "test", "cards-fold", "cards-calibration")
    choice = pdf.Choice(papers=("letter",), only=only)
    files, _ = pdf.printed(course, notes_of(course), choice)
    for number, (name, data) in enumerate(files.items()):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(data)
        result = outloud.check(str(path))
        said = [f"{each.rule}: {each.message}" for each in result.findings]
        assert [each for each in said if each[:3] in ("HDG", "TBL")] == [], name
        assert result.errors == 0, (name, said)
