"""What newcomers write: one mistake earns one message, at its place, and whoever follows its hint has a sound file."""

import pytest
from coursedeck.load import assemble
from coursedeck.problems import errors

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


def test_a_row_with_keys_of_its_own_earns_one_message():
    rows = "".join(f"        - {each}: acid\n" for each in ("vinegar", "lemon", "cola"))
    found = wrong(f"  - cases:\n      ask: Acidic?\n      cases:\n{rows}")
    assert [each.span.line for each in found] == [6, 7, 8]
    assert {each.hint for each in found} == {"a case has the keys “case: …”, “answer: …”, “why: …”"}


def test_the_content_of_two_kinds_is_named():
    (found,) = wrong("  - {ask: Why?, answer: So., cloze: 'It is {{c1::so}}.'}\n")
    assert found.message.endswith("“ask” and “cloze”")
    assert "“- cloze: …”" in found.hint
