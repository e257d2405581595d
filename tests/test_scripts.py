"""Texts in other scripts than Latin: which way they run in Anki."""

import pytest
from coursedeck.labels import direction as of_language
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.text import scripts

LRM, RLM = "\u200e", "\u200f"


def notes(tmp_path, text):
    path = tmp_path / "cards.yaml"
    path.write_text(text, "utf-8")
    course, found = load(path)
    assert course, found
    return notes_of(course)


# --- direction -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "usual", "runs"),
    [
        ("السلام عليكم is said to you.", "ltr", "ltr"),
        ("kataba تكتب كيف؟", "rtl", "rtl"),
        ("כתב", "ltr", "rtl"),
        ("book", "rtl", "ltr"),
        ("駅", "rtl", "ltr"),
        ("12 + 3", "rtl", "rtl"),
        ("", "ltr", "ltr"),
    ],
)
def test_a_text_runs_as_its_course_does_unless_all_its_letters_run_the_other_way(
    words, usual, runs
):
    assert scripts.direction(words, usual) == runs


@pytest.mark.parametrize(
    ("language", "runs"),
    [
        ("ar", "rtl"),
        ("fa-IR", "rtl"),
        ("ckb", "rtl"),
        ("az-Arab", "rtl"),
        ("he-Latn", "ltr"),
        ("en", "ltr"),
        ("ja", "ltr"),
    ],
)
def test_a_language_runs_as_its_script_does(language, runs):
    assert of_language(language) == runs


@pytest.mark.parametrize(
    ("html", "usual", "field"),
    [
        ("السلام is said.", "ltr", f"{LRM}السلام is said."),
        ("<em>kataba</em> تكتب", "rtl", f"{RLM}<em>kataba</em> تكتب"),
        ("<p>kataba</p> <p>تكتب</p>", "rtl", f"<p>{RLM}kataba</p> <p>تكتب</p>"),
        ("<ul> <li>a</li> <li>ب</li> </ul>", "rtl", f"<ul> <li>{RLM}a</li> <li>ب</li> </ul>"),
        ("{{c1::كتاب}} is a book", "ltr", f"{LRM}{{{{c1::كتاب}}}} is a book"),
        ("&lt;ب a", "rtl", "&lt;ب a"),
        ('<img src="a.png" alt="a"> ب', "rtl", '<img src="a.png" alt="a"> ب'),
        ("كتاب", "ltr", "كتاب"),
        ("book", "rtl", "book"),
        ("It is كتاب.", "ltr", "It is كتاب."),
    ],
)
def test_a_field_has_a_mark_where_its_first_letter_would_mislead_a_browser(html, usual, field):
    assert scripts.turned(html, usual) == field


def test_a_course_from_right_to_left_says_so_on_its_cards(tmp_path):
    """The templates have no place for it but the one of its language; one that runs as usual says nothing."""
    (note,) = notes(tmp_path, "title: ت\nlanguage: ar\ncards: [{ask: '*ab* كيف؟', answer: ب}]\n")
    assert f'lang="{note.fields["Language"]}"' == 'lang="ar" dir="rtl"'
    assert note.fields["Question"].startswith(RLM)
    (note,) = notes(tmp_path, "title: T\nlanguage: en-GB\ncards: [{ask: How?, answer: So}]\n")
    assert note.fields["Language"] == "en-GB"
