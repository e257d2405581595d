"""What newcomers write: one mistake earns one message, at its place, and whoever follows its hint has a sound file."""

from pathlib import Path

import pytest
from conftest import ROOT, run
from coursedeck.load import absent, assemble, load
from coursedeck.problems import errors
from coursedeck.text.signs import SIGNS
from coursedeck.text.unread import WITHIN, unread
from coursedeck.texts import Prose
from growth import in_a_straight_line
from tables import with_each

PICTURE = ROOT / "tests" / "courses" / "anatomy" / "media" / "ecg.png"
CARDS = "title: Acids\ncards:\n"
CASE = "{case: %s, answer: Acidic, why: So.}"
CASES = "".join(
    f"      - {CASE % each}\n" for each in ("The pH is 3.", "It is vinegar.", "It burns.")
)
STEPS = "  - sequence:\n      prompt: Which is missing?\n      ordered: true\n      items:\n"


def wrong(text):
    """The errors of a course of one file whose cards these are."""
    return errors(assemble({"acids.yaml": (CARDS + text).encode()}, warnings=False)[1])


@pytest.mark.parametrize(
    ("given", "line", "code", "hint", "mended"),
    [
        pytest.param(
            f"  - cases:\n    ask: Acidic?\n    cases:\n{CASES}",
            3,
            "not-beneath",
            "set “ask” and “cases” in by two blanks more than the first “cases:”",
            f"  - cases:\n      ask: Acidic?\n      cases:\n{CASES}",
            id="cases that are not set in",
        ),
        pytest.param(
            f"  - ask: Acidic?\n    cases:\n{CASES}",
            4,
            "not-beneath",
            "write “cases:” on a line of its own, and “ask” and “cases” beneath it",
            f"  - cases:\n      ask: Acidic?\n      cases:\n{CASES}",
            id="cases without a key around them",
        ),
        pytest.param(
            "  - left: Zinc\n    right: Zn\n",
            3,
            "not-beneath",
            "write “pair:” on a line of its own, and “left” and “right” beneath it",
            "  - pair:\n      left: Zinc\n      right: Zn\n"
            "      to-right: Which sign?\n      to-left: Which metal?\n",
            id="a pair without a key around it",
        ),
        pytest.param(
            f"{STEPS}        - {{text: Pour water}}\n        - {{text: Add acid, slowly}}\n",
            8,
            "unknown-key",
            'within {…} a text with a comma needs quotation marks: text: "Add acid, slowly"',
            f'{STEPS}        - {{text: Pour water}}\n        - {{text: "Add acid, slowly"}}\n',
            id="a comma within braces",
        ),
        pytest.param(
            f"{STEPS}        - {{text: Pour water}}\n        - {{text: Acid, more: First: water}}\n",
            8,
            "yaml-syntax",
            "within {…} a text with a comma or “: ” needs quotation marks",
            f'{STEPS}        - {{text: Pour water}}\n        - {{text: Acid, more: "First: water"}}\n',
            id="a colon within braces",
        ),
        pytest.param(
            "  -ask: Which?\n    answer: This.\n",
            3,
            "yaml-syntax",
            "put a blank behind “-”: “- ask:”",
            "  - ask: Which?\n    answer: This.\n",
            id="no blank behind the first hyphen",
        ),
        pytest.param(
            "  -ask: Which?\n  answer: This.\n",
            3,
            "wrong-type",
            "put a blank behind “-”: “- ask: …”",
            "  - ask: Which?\n    answer: This.\n",
            id="a hyphen that belongs to a key",
        ),
        pytest.param(
            "  - ask: Why?\n    answer: So.\n  -ask: Which?\n    answer: This.\n",
            5,
            "yaml-syntax",
            "put a blank behind “-”: “- ask:”",
            "  - ask: Why?\n    answer: So.\n  - ask: Which?\n    answer: This.\n",
            id="no blank behind a later hyphen",
        ),
        pytest.param(
            "  - ask: Why?\n    answer: So.\n    waive: long-answer\n",
            5,
            "wrong-type",
            "begin each item with “- ”; it has the keys “rule: …”, “reason: …”",
            "  - ask: Why?\n    answer: So.\n    waive:\n"
            "      - {rule: no-referent, reason: It is a drill.}\n",
            id="a waiver as a text",
        ),
        pytest.param(
            "  - ask: Why?\n    answer: So.\n    waive: [long-answer]\n",
            5,
            "wrong-type",
            "write each key with a colon and a blank: “rule: …”, “reason: …”",
            "  - ask: Why?\n    answer: So.\n    waive:\n"
            "      - {rule: no-referent, reason: It is a drill.}\n",
            id="a waiver as a list of texts",
        ),
        pytest.param(
            "  - ask: Why?\n    answer: So.\n    tags: lab safety\n",
            5,
            "wrong-type",
            "write [lab, safety], or a line that begins with “- ” for each",
            "  - ask: Why?\n    answer: So.\n    tags: [lab, safety]\n",
            id="tags as a text",
        ),
        pytest.param(
            "  - ask: Why?\n    answer:\n",
            4,
            "empty-text",
            "write its text: it cannot be left out",
            "  - ask: Why?\n    answer: So.\n",
            id="an answer that is empty",
        ),
        pytest.param(
            "  - ask: Why?\n    answer: So.\n    more:\n",
            5,
            "empty-text",
            "write its text, or leave out “more”",
            "  - ask: Why?\n    answer: So.\n",
            id="a key that may be left out and is empty",
        ),
    ],
)
def test_one_mistake_earns_one_message_that_leads_to_a_sound_file(given, line, code, hint, mended):
    (found,) = wrong(given)
    assert (found.span.line, found.code) == (line, code)
    assert hint in found.hint
    assert wrong(mended) == []


@with_each(
    ("written", "rest", "mended"),
    [
        ("What, if any, barks?", "if any, barks?", '"What, if any, barks?"'),
        ("No, no, no!", "no, no!", '"No, no, no!"'),
        ("Is it 1,000 or 10,000?", "000 or 10,000?", '"Is it 1,000 or 10,000?"'),
        ('"Stop", she says, why?', "she says, why?", "'\"Stop\", she says, why?'"),
        ('Which "it\'s", if any?', "if any?", "'Which \"it''s\", if any?'"),
        ("What,\n      if any, barks?", "if any, barks?", '"What, if any, barks?"'),
    ],
)
def test_all_commas_of_a_text_within_braces_earn_one_message_with_the_whole_text(
    written, rest, mended
):
    """Each earned a hint that lost the words behind the other one."""
    (found,) = wrong(f"  - {{ask: {written}, answer: A dog}}\n")
    assert found.code == "unknown-key"
    assert f"before “{rest}”" in found.message
    assert found.hint.endswith(f": ask: {mended}")
    assert wrong(f"  - {{ask: {mended}, answer: A dog}}\n") == []


def test_each_text_within_braces_that_a_comma_cuts_earns_a_message_of_its_own():
    found = wrong("  - {ask: What, if any?, answer: A dog, or two, more: So, yes}\n")
    assert [each.hint.rpartition(": ")[2] for each in found] == [
        '"What, if any?"',
        '"A dog, or two"',
        '"So, yes"',
    ]


def test_a_row_with_keys_of_its_own_earns_one_message():
    rows = "".join(f"        - {each}: acid\n" for each in ("vinegar", "lemon", "cola"))
    found = wrong(f"  - cases:\n      ask: Acidic?\n      cases:\n{rows}")
    assert [each.span.line for each in found] == [6, 7, 8]
    assert {each.hint for each in found} == {"a case has the keys “case: …”, “answer: …”, “why: …”"}


def test_the_content_of_two_kinds_is_named():
    (found,) = wrong("  - {ask: Why?, answer: So., cloze: 'It is {{c1::so}}.'}\n")
    assert found.message.endswith("“ask” and “cloze”")
    assert "“- cloze: …”" in found.hint


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("content", "acids.yaml has cards: give that file, as in `coursedeck check acids.yaml`"),
        ("acid.yaml", "did you mean “acids.yaml”?"),
        ("salts.yaml", "acids.yaml has cards: give that file, as in `coursedeck check acids.yaml`"),
        (".", "acids.yaml has cards: give that file, as in `coursedeck check acids.yaml`"),
        (
            "year9/content",
            "year9/course.yaml is one: give its folder, as in `coursedeck check year9`",
        ),
    ],
)
def test_where_no_course_is_the_one_that_lies_there_is_named(asked, hint, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("acids.yaml").write_text(CARDS + "  - {ask: Why?, answer: So.}\n")
    Path("year9").mkdir()
    Path("year9/course.yaml").write_text("title: Year 9\n")
    found = absent(Path(asked))
    assert found is not None
    assert found.hint == hint
    assert absent(Path("acids.yaml")) is absent(Path("year9")) is None


def test_a_preview_of_nothing_says_so_and_gives_no_address(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("preview", code=1)
    assert result.stderr.startswith("content:1:1: error: there is no folder content [no-course]\n")
    assert result.stdout == ""


def test_a_folder_that_is_not_there_is_named_once_for_github_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("check", "nowhere", "--format", "github", code=1)
    assert result.stdout.startswith("::error file=nowhere,line=1,")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("formula.csv", "did you mean “formulas.csv”?"),
        ("formulas.xlsx", "save it as CSV in UTF-8 (in Excel: File, Save As, “CSV UTF-8”)"),
        ("table.csv", "name a CSV file that lies beside this one"),
    ],
)
def test_of_a_table_that_is_not_there_it_is_said_what_may_be_meant(name, said, tmp_path):
    (tmp_path / "formulas.csv").write_text("left,right\nwater,H~2~O\n")
    (tmp_path / "formulas.xlsx").write_bytes(b"PK")
    file = tmp_path / "acids.yaml"
    file.write_text(f"{CARDS}  - pairs: {name}\n")
    (found,) = errors(load(file)[1])
    assert said in found.hint


def test_a_table_in_the_encoding_of_a_spreadsheet_says_how_to_save_it():
    files = {
        "a.yaml": f"{CARDS}  - pairs: a.csv\n".encode(),
        "a.csv": b"left,right\nS\xe4ure,acid\n",
    }
    (found,) = errors(assemble(files)[1])
    assert "in Excel: File, Save As, “CSV UTF-8”" in found.hint


@with_each(
    "text",
    [
        *("H_2O", "CO_2", "Ca^2+", "Na^+", "SO4^2-", "v_0", "H<sub>2</sub>O"),
        *("Fe^{3+}", "10^{-3}", "2^{1/2}", "^{14}C", "2^(1/2)", "a_{ij}", "CO_{2}", "x_{n+1}"),
        *("x_i", "x_n+1", "k_B", "N_A", "SpO_2_", "H_2_O", "v_1_"),
        *("R^2", "10^6", "10^-3", "m·s^-2", "E=mc^2", "(a+b)^2", "2^10", "a^b", "e^-x", "e^iπ"),
        *("n^th", "1^st", "cm^3", "β^2"),
    ],
)
def test_what_would_show_its_sign_to_learners_is_one_error(text):
    (found,) = unread(Prose(f"Where is {text} found?"))
    assert found.code == "not-read"
    assert "write H~2~O, Ca^2+^ or x^2^, or a formula such as $\\ce{Ca^2+}$" in found.hint


@with_each(
    "text",
    [
        *(
            "H~2~O",
            "Ca^2+^ and Mg^2+^",
            "10^-3^ mol",
            "$\\ce{Ca^2+}$ and $x_1^2$",
            "`H_2O` and `x^2`",
        ),
        *("__init__", "my_var, n_max and i_", "a_b.png", "file_{name}.png", "f_{name}_x", "`x^2`"),
        *("V_C and C_C", "a → b / _#", "o_O, T_T and x_x", "https://a.b/x_1?y=2^3", "x_1@a.b"),
        *("Ctrl+^W and ^C", "a ^ b", "well^^", r"10\^6 and x\_i and a\_{ij}"),
        *(r"H\_2O and x\^2", "snake_1, case_2 and IMG_2034", "my_var_1", "a^b^ 2"),
    ],
)
def test_what_is_raised_lowered_or_a_name_is_no_error(text):
    assert list(unread(Prose(f"Where is {text} found?"))) == []


@pytest.mark.slow
@pytest.mark.parametrize("begin", ["", "$", "$ ", "$a"])
@pytest.mark.parametrize("piece", ["^", "_ a", "\\", "= ", "[^", "<a", "`", "~"])
def test_a_text_of_signs_takes_no_longer_than_it_is_long(begin, piece):
    """A dollar sign and many signs of a formula that none ended took seconds."""

    def searched(text):
        return [pattern.search(text) for pattern in (WITHIN, *(each for each, *_ in SIGNS))]

    assert in_a_straight_line(searched, lambda size: begin + piece * size, 600)


def test_a_caption_that_names_a_label_is_told_what_to_write_there():
    box = "{number: 1, label: Burette, at: [0.1, 0.1, 0.5, 0.5]}"
    card = f"{{image: a.png, alt: A burette, prompt: What is this?, boxes: [{box}]}}"
    files = {"a.yaml": f"{CARDS}  - diagram: {card}\n".encode(), "a.png": PICTURE.read_bytes()}
    _, problems = assemble(files)
    (found,) = (each for each in problems if each.code == "answer-in-drawing")
    assert found.hint.startswith("say what kind of picture it is and name none of its labels")


SLIPS = """\
title: Slips
cards:
- id: a
  ask: "Who said" that?
  answer: %d is a number
- id: b
  ask: @home or at work?
  answer: So: it is a colon
- id: c
  ask: |
    What?
  answer: "a \\q b"
- {id: d, ask: What: is it?, answer: so}
- id: e
  ask: > folded on the line
  answer: &x
- id: f
  ask: `code` first
  answer: good
"""


def syntax_of(tmp_path, text):
    file = tmp_path / "slips.yaml"
    file.write_text(text, "utf-8")
    return [(each.span.line, each.code) for each in load(file)[1]]


def test_all_slips_of_yaml_are_told_at_once_each_at_its_line(tmp_path):
    lines = [4, 5, 7, 8, 12, 13, 15, 16, 18]
    codes = ["yaml-anchor" if line == 16 else "yaml-syntax" for line in lines]
    assert syntax_of(tmp_path, SLIPS) == list(zip(lines, codes, strict=True))


@pytest.mark.parametrize(
    "open_text",
    [
        'ask: "What?\n  answer: So',  # the quotation mark closes nowhere
        "ask: %d is\n    a number\n  answer: @x",  # the text may go on
        "ask: [What\n  answer: @x",
    ],
)
def test_below_a_text_whose_end_is_not_known_no_other_slip_is_guessed(tmp_path, open_text):
    told = syntax_of(tmp_path, f"title: T\ncards:\n- id: a\n  {open_text}\n- id: b\n  ask: @y\n")
    assert len(told) == 1


def test_many_slips_are_told_up_to_a_bound_in_a_straight_line(tmp_path):
    cards = "".join(f"- id: c{n}\n  ask: @{n}\n  answer: A\n" for n in range(200))
    told = syntax_of(tmp_path, f"title: T\ncards:\n{cards}")
    assert len(told) == 31


@pytest.mark.parametrize("form", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_that_an_editor_saved_in_two_bytes_a_sign_is_told_as_such(tmp_path, form):
    file = tmp_path / "acids.yaml"
    mark = "" if form == "utf-16" else "\ufeff"
    file.write_bytes(f"{mark}{CARDS}  - {{ask: What?, answer: That}}\n".encode(form))
    (found,) = load(file)[1]
    assert (found.code, found.message) == ("not-utf8", "this file is UTF-16, and not UTF-8")
    assert found.hint == "save the file as UTF-8"


FREE = "the keys still free here"
HINTS = {
    "notes": FREE,
    "comments": FREE,
    "anguage": "did you mean “language”?",
    "licence": "did you mean “license”?",
    "ersion": "did you mean “version”?",
    "font": "did you mean “fonts”?",
}


@pytest.mark.parametrize("key", HINTS)
def test_a_key_of_another_program_is_not_taken_for_one_that_only_shares_letters_with_it(key):
    written = f"title: T\nid: t\n{key}: x\ncards: [{{id: a, ask: What rises?, answer: Bread.}}]\n"
    (found,) = (p for p in assemble({"t.yaml": written.encode()})[1] if p.code == "unknown-key")
    assert found.hint.startswith(HINTS[key])
