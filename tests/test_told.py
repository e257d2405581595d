"""What an author is told of YAML that is not what was meant, and that each fault stands at its own place. A course of one file is
written as its author would."""

import pytest
from coursedeck.load import assemble
from tables import with_each
from telling import HEAD, told

# --- places --------------------------------------------------------------------------------------------


@with_each(
    ("written", "place"),
    [
        ("- ask: |\n    one\n\n    two\n    three <b>\n", (7, 11)),
        ("- ask: >-\n    one\n    two\n    *three <b>\n", (6, 12)),
        ("- ask: |2-\n     one\n    two <b>\n", (5, 9)),
        ("- ask: 'it''s <b>'\n", (3, 15)),
        ("- ask: 'it''s\n\n\n    so <b>'\n", (6, 8)),
        ('- ask: "a\\x20b \\u00e4\\"c <b>"\n', (3, 26)),
        ('- ask: "a\n    b \\\n    c <b>"\n', (5, 7)),
        ("- ask: one\n    two <b>\n", (4, 9)),
        ("- {ask: a <b>, answer: c}\n", (3, 11)),
        ("- cloze: |\n    {{c1::a::b}} c\n    {{c2::d}} <b>\n", (5, 15)),
        ("- cloze: |\n    {{c1::a::b}} {{c2::c <b>::d}}\n", (4, 26)),
        ("- pairs:\n  - a: b\n  - c: d <b>\n", (5, 10)),
    ],
)
def test_a_fault_is_told_at_its_own_line_and_column(written, place):
    answer = "" if ":" in written.split("ask", 1)[0] or "answer" in written else "  answer: Sauer\n"
    ((*at, code, _, _),) = told(HEAD + written + answer)
    assert (tuple(at), code) == (place, "not-read")


def test_a_fault_in_a_table_of_pairs_is_told_in_its_row():
    course = f"{HEAD}- pairs: t.csv\n"
    table = 'left,right\na,b\nc,"d <b>"\n'
    _, found = assemble({"t.yaml": course.encode(), "t.csv": table.encode()})
    assert [e.span[:3] for e in found if e.code == "not-read"] == [("t.csv", 3, 6)]


@with_each("words", [r"\xau", r"\u12", r"\Uffffffff", "\\"])
def test_a_backslash_in_a_table_of_pairs_is_no_escape(words):
    table = f'left,right\n"{words} <b>",a\n'
    _, found = assemble({"t.yaml": f"{HEAD}- pairs: t.csv\n".encode(), "t.csv": table.encode()})
    assert {e.span.line for e in found if e.code == "not-read"} == {2}


# --- YAML ----------------------------------------------------------------------------------------------


@with_each(
    ("written", "place", "message", "hint"),
    [
        ('- ask: "What is it?\n  answer: b\n', (3, 8), "nothing closes", "close it"),
        ('- ask: "What?\n  answer: "b"\n', (3, 8), "closed only on line 4", "close it"),
        ("- ask: 'What's it?'\n  answer: b\n", (3, 14), "goes on", "write ''"),
        ('- ask: "a" or "b"?\n  answer: b\n', (3, 12), "goes on", 'write \\"'),
        ("- cloze: {{c1::a}} b\n", (3, 11), "plain word", "quotation marks"),
        ("- cloze: {{c1::a}}\n", (3, 11), "plain word", "quotation marks"),
        ("- ask: {{c1::a, b}} is\n  answer: b\n", (3, 9), "plain word", "quotation marks"),
        ("- cloze: {{c1::a, a, &b c}} is\n", (3, 11), "plain word", "quotation marks"),
        ("- {ask: a, {{c1::x}} answer: b}\n", (3, 12), "plain word", "quotation marks"),
        ("- {id: f, ask}{b} of: c\n", (3, 3), "plain word", "quotation marks"),
        ("- ask: []\n  answer: b\n", (3, 8), "not a list", 'in quotation marks: "[]"'),
        ("- ask: a\n  answer: {}\n", (4, 11), "not keys", 'in quotation marks: "{}"'),
        ("- ask: [a] is\n  answer: b\n", (3, 12), "expected", "[ needs quotation marks"),
        *[
            (f"- ask: {sign}he go\n  answer: b\n", (3, 8), "", f"{sign}")
            for sign in ("*", "&", "!", "@", "`", "%", "|", "> ")
        ],
        ("- ask: *he* goes\n  answer: b\n", (3, 8), "", "begins with *"),
        ("- ask: a\n  answer: - b\n", (4, 11), "", "“- ”"),
        ('- ask: a\n  answer: "\\d"\n', (4, 12), "escape", "second one"),
        ("-\task: a\n", (3, 2), "tab", "spaces"),
        ("- ask:a\n  answer: b\n", (3, 3), "no blank", "write “ask: a”"),
        ("- question: a\n  answer: b\n", (3, 3), "“question”", "“ask”"),
        ("- aks: a\n  answer: b\n", (3, 3), "“aks”", "“ask”"),
        ("- front: a\n  back: b\n", (3, 3), "“front”", "“ask”"),
        ("- ask a\n", (3, 3), "not a text", "colon and a blank"),
    ],
)
def test_yaml_that_is_not_what_was_meant_is_told_with_what_to_write(written, place, message, hint):
    ((*at, _, said, todo),) = told(HEAD + written)
    assert tuple(at) == place
    assert message in said
    assert hint in todo


# Each with what is written around the slip, where it is told, its name, and what to write.
SLIPS = {
    "no blank behind the last colon": (
        "- ask: a\n  answer:b c\n",
        (4, 3),
        "“answer:”",
        "“answer: b c”",
    ),
    "no blank in the midst": (
        "- ask: a\n  answer:b\n  why: c\n",
        (4, 3),
        "no blank",
        "“answer: b”",
    ),
    "no blank before another card": (
        "- ask: a\n  answer:b\n- ask: a\n  answer: b\n",
        *((4, 3), "no blank", "“answer: b”"),
    ),
    "no blank before a quotation mark": (
        '- ask: a\n  answer:"b"\n',
        (4, 3),
        "no blank",
        'answer: "b"',
    ),
    "no blank behind a key that holds more": (
        "- sequence:\n    prompt:a\n    items: [b, c]\n",
        *((4, 5), "“prompt:”", "“prompt: a”"),
    ),
    "no blank within braces": ("- {ask:a, answer: b}\n", (3, 4), "“ask:”", "“ask: a”"),
    "no blank within braces, later": ("- {ask: a, answer:b}\n", (3, 12), "no blank", "“answer: b”"),
    "a wide colon within braces": ("- {ask: a, answer：b}\n", (3, 12), "“：”", "“answer: b”"),
    "a wide colon": ("- ask: a\n  answer： b\n", (4, 3), "“：” is no colon", "“answer: b”"),
    "a no-break space behind a colon": (
        "- ask: a\n  answer:\u00a0b\n",
        *((4, 3), "a no-break space (u+00a0) behind “answer:”", "“answer: b”"),
    ),
    "a no-break space that begins a line": (
        "- ask: a\n\u00a0 answer: b\n",
        *((4, 1), "a no-break space (u+00a0) in the indentation", "indent with spaces"),
    ),
    "a no-break space before the key of an item": (
        "- ask: a\n  answer: b\n- \u00a0ask: a\n  answer: b\n",
        *((5, 3), "a no-break space", "indent with spaces"),
    ),
    "a no-break space behind a hyphen": (
        "-\u00a0ask: a\n  answer: b\n",
        (3, 2),
        "no-break",
        "spaces",
    ),
    "a wide blank in the indentation": (
        "- ask: a\n\u3000answer: b\n",
        (4, 1),
        "(u+3000)",
        "spaces",
    ),
    "a dash for the first item": ("– ask: a\n  answer: b\n", (3, 1), "“–”", "“- ask: a”"),
    "a dash for a later one": (
        "- ask: a\n  answer: b\n– ask: a\n  answer: b\n",
        *((5, 1), "“–” begins no item", "“- ask: a”"),
    ),
    "a point for an item": (
        "- sequence:\n    prompt: a\n    items:\n    - b\n    • c\n    - d\n",
        *((7, 5), "“•” begins no item", "“- c”"),
    ),
    "a block that is not set in": (
        "- ask: |\n  a\n  answer: b\n",
        *((4, 3), "the text of “ask” is not set in", "by two blanks more than “ask:”"),
    ),
    "a block of several lines": (
        "- ask: a\n  answer: >-\n  b\n\n  and c\n",
        *((5, 3), "the text of “answer” is not set in", "more than “answer:”"),
    ),
    "a block less far in than its key": (
        "  - ask: |\n  a\n    answer: b\n",
        *((4, 3), "the text of “ask” is not set in", "more than “ask:”"),
    ),
    "a key without a colon": ("- ask: a\n  answer\n  why: c\n", (4, 3), "no colon", "“answer: …”"),
    "a text that goes on under its key": (
        "- ask: a\n  answer: b\n  and so on\n",
        *((5, 3), "no key with its text", "set it in further"),
    ),
}
SOUND_ABOVE = {
    "words with a colon in a block": "- ask: |\n    at:night\n  answer: b: c\n",
    "a dash in a block": "- ask: |\n    – Go?\n  answer: b: c\n",
    "a no-break space in a block": "- ask: |\n    \u00a0 Go?\n  answer: b: c\n",
    "an empty block": "- ask: a\n  why: |\n  answer: b: c\n",
    "an address": "- ask: a\n  why: http://example.org\n  answer: b: c\n",
}


@with_each(("written", "place", "name", "hint"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_at_its_own_line_with_its_name_and_what_to_write(written, place, name, hint):
    ((*at, code, said, todo),) = told(HEAD + written)
    assert (*at, code) == (*place, "yaml-syntax")
    assert name in said
    assert hint in todo


@with_each("written", SOUND_ABOVE.values(), ids=SOUND_ABOVE)
def test_what_is_sound_above_is_not_blamed_for_a_colon_in_a_text(written):
    ((line, *_, hint),) = told(HEAD + written)
    assert (line, "quotation marks" in hint) == (5, True)


@pytest.mark.parametrize("written", ["$\\nu$", "$a \\neq b$", "so $\\nabla f$"])
def test_a_line_end_that_yaml_makes_in_a_formula_is_told(written):
    ((line, *_, hint),) = told(f'{HEAD}- ask: "{written}"\n  answer: b\n')
    assert line == 3
    assert "single quotes" in hint


def test_a_bare_list_is_told_what_a_file_begins_with():
    ((*_, hint),) = told("- ask: a\n  answer: b\n")
    assert "title" in hint
    assert "cards" in hint


@with_each(
    ("line", "column"),
    [("Issue #5", 16), ("C #", 12), ("F # major", 12), ("a #b", 12), ("#include", 10)],
)
def test_words_that_yaml_takes_for_a_comment_are_told(line, column):
    found = told(f"{HEAD}- ask: {line}\n  answer: b\n")
    assert [each[:3] for each in found] == [(3, column - 2, "yaml-comment")] or line == "#include"
    assert found[-1][2] == "yaml-comment"


@with_each(
    "line",
    [
        "Which sign begins a comment, # or //?",
        'What is in "a # b" here?',
        "(see note # 5)",
        "What does `x = 1 # one` do?",
        "Was heißt „Nr. # 5“?",
        "list[0, # the first] and more",
        "sharps, ## and so on",
    ],
)
def test_a_comment_that_cuts_a_text_off_is_told(line):
    found = told(f"{HEAD}- ask: {line}\n  answer: b\n")
    places = [each[:2] for each in found if each[2] == "yaml-comment"]
    assert places == [(3, 8 + line.index("#"))]


@with_each(
    "line",
    [
        *(
            "x := 5 # a remark (of mine)",
            "sad :( # TODO",
            '5" long # in inches',
            "rock 'n roll # it's old",
        ),
        *(
            "[0, 1[ # half open",
            "(a) or (b)  # which (of the two)?",
            "“a” and „b“ # both”",
            "a) b # c)",
        ),
        *("{{c1::a}} # (so)", "`a` # and `b`", "costs $5 # not $6"),
    ],
)
def test_a_remark_behind_a_whole_text_is_not_told(line):
    course = f"title: T  # (mine), \ncards:  # all,\n- more: b # TODO, later\n  ask: s{line}\n  answer: b\n"
    assert [each for each in told(course) if each[2] == "yaml-comment"] == []


@with_each("line", ["a # a remark", "'Issue #5'", '"C #"', "C# and F#", "vitamin D # x"])
def test_remarks_and_quoted_words_are_not_told(line):
    assert told(f"{HEAD}- ask: {line}\n  answer: b # TODO\n") == []
