"""What `merge.js` takes for no export of this course, or for one that lacks something."""

import re

import pytest
from merging import cards_of, data_of, edit, export, merge, merged, text_of_1_0_0

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"html": False}, "no-html"),
        ({"tags": False}, "no-tags"),
    ],
)
def test_an_export_without_what_the_merge_needs_is_refused(learner, studied, change, problem):
    assert merged(learner, studied, **change)[0] == {"problem": problem}


def test_what_is_no_export_of_this_course_is_refused(learner, new_learner, studied):
    data, other = data_of(studied), new_learner()
    assert merge("", data) == {"problem": "no-export"}
    studied.card("card-1")["words"] = "edited"
    studied.publish()
    text = merge(export(learner), data_of(studied))["text"]
    assert merge(text, data) == {"problem": "own-text"}
    assert merge(text_of_1_0_0(studied.notes().values()), data) == {"problem": "old-text"}
    for html in (True, False):
        assert merge(cards_of(learner, html), data) == {"problem": "cards"}
    for sign in ",;\t":
        filled = export(learner).replace("#separator:tab\n", f"#separator:tab{sign * 9}\n")
        assert merge(filled, data) == {"problem": "not-text"}
    assert merge("Question\tAnswer\n", data) == {"problem": "no-export"}
    assert merge(export(other), data) == {"problem": "empty"}
    note = other.col.new_note(other.col.models.by_name("Basic"))
    note.fields = ["card-1", "a word of the learner's own"]
    other.col.add_note(note, 1)
    assert merge(export(other), data) == {"problem": "other-course"}
    note["Back"] = "en"
    other.col.update_note(note)
    unsure = {"why": "unsure", "title": "card-1"}
    assert merge(export(other), data) == {"problem": "boxes", "refused": [unsure]}
    assert merge(export(other, guid=True), data) == {"problem": "other-course"}


def test_an_export_that_was_cut_short_is_refused_unless_it_ends_with_a_whole_note(learner, studied):
    """Nothing in a file says how many notes it had; but Anki ends each with a line end, the last too."""
    edit(learner, studied, "card-1", Source='“so”, or "so"\nand\tso', My_notes="mine")
    text, data = export(learner), data_of(studied)
    lines = [found.end() for found in re.finditer("\n", text)]
    within = [at for at in lines if text[:at].count('"') % 2]
    assert len(within) > 0
    for at in {*range(30, len(text), 53), *lines[1:], *(at - 1 for at in lines[1:])}:
        whole = at in lines and at not in within
        assert (merge(text[:at], data).get("problem") == "cut") == (not whole), text[:at][-40:]


def test_an_export_of_which_a_row_lacks_cells_is_refused(learner, studied):
    text, data = export(learner), data_of(studied)
    assert "problem" not in merge(text.replace("\n", "\r\n"), data)
    *rows, last = text.splitlines(keepends=True)
    for short in (last.partition("\t")[2], last.partition("\t")[0] + "\n"):
        assert merge("".join([*rows, short]), data) == {"problem": "cut"}
        assert merge("".join([*rows, short, last]), data) == {"problem": "cut"}


def test_an_export_of_a_newer_version_is_refused(learner, studied):
    edit(learner, studied, "card-1", My_notes="mine")
    old = data_of(studied)
    studied.version = "1.1.0"
    studied.publish()
    merged(learner, studied)
    assert merge(export(learner), old) == {"problem": "newer"}
