"""Edits of YAML keep comments and layout."""

from pathlib import Path

import pytest
from conftest import SAUERTEIG
from coursedeck.problems import Refusal, Span
from coursedeck.source import yaml
from coursedeck.source.reword import replaced, reworded
from coursedeck.source.write import appended, edited, inserted_keys
from coursedeck.texts import Plain, Prose
from ruamel.yaml import YAML
from tables import with_each

ODD = """# a head
title:   "Odd"   # kept
list: [ {a: 1,b: 2},
        {a: 3} ]

version: 1.0.0      # the version
cards:
- id: one
  ask:   >-
     folded
     text
-   id: two
"""


def nothing(_):
    """An edit that changes nothing."""


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(SAUERTEIG.rglob("*.yaml")), ids=lambda p: p.name)
def test_an_edit_that_changes_nothing_leaves_every_byte(path: Path):
    text = path.read_text("utf-8")
    assert edited(text, "course.yaml", nothing) == text


def test_only_the_line_of_the_edit_changes_whatever_the_layout():
    def stamp(data):
        data["version"] = "1.1.0"

    old, new = ODD.splitlines(), edited(ODD, "course.yaml", stamp).splitlines()
    assert [line for line in new if line not in old] == ["version: 1.1.0      # the version"]
    assert len(new) == len(old)


def test_what_is_added_to_a_list_stands_behind_it_and_the_rest_as_it_was():
    def add(data):
        data["cards"].append({"id": "three", "ask": "Why?"})

    assert edited(ODD, "course.yaml", add) == ODD + "- id: three\n  ask: Why?\n"


def test_line_ends_and_byte_order_mark_are_kept():
    text = "\ufeff" + ODD.replace("\n", "\r\n")
    assert edited(text, "course.yaml", nothing) == text


def test_a_long_flow_mapping_keeps_its_meaning():
    text = "{id: a, about: '" + "word " * 60 + "', version: 1.0.0}\n"

    def stamp(data):
        data["version"] = "1.1.0"

    assert YAML().load(edited(text, "course.yaml", stamp)) == {
        **YAML().load(text),
        "version": "1.1.0",
    }


# --- one text in the place of another ------------------------------------------------------------

# Each is a whole file with a version and a date in it.
LAYOUTS = {
    "plain": "id: a\nversion: 1.0.0   # ours\ntitle: version 2\ndate:  2026-01-02\n",
    "quoted": "id: a\nversion: '1.0.0' # “1.0”\ndate: \"2026-01-02\"\n",
    "flow": "{id: a,   date: 2026-01-02,version: '1.0.0' , title: " + "long " * 60 + "}\n",
    "flow on several lines": "{id: a, # here\n version: 1.0.0\n\n  , date:\n 2026-01-02 # there\n}\n",
    "quoted keys": "'id': a\n\"version\" :   1.0.0\n'date': 2026-01-02\n",
    "keys with a sign": "? version\n: 1.0.0\n? date\n: 2026-01-02\n",
    "comments between": "# a\nversion: # b\n  1.0.0 # c\n\n# d\n\ndate: 2026-01-02\n# e\n\n\n",
    "blocks": "version: >-  # folded\n    1.0.0\ndate: |+\n  2026-01-02\n\nid: a\n",
    "indented": "  id: a\n  version: 1.0.0\n  date: 2026-01-02\n  list:\n     -  a\n     - b\n",
    "marks of a document": "%YAML 1.1\n---\nversion: 1.0.0\ndate: 2026-01-02\n...\n",
    "tabs": "id:\ta\nversion:\t1.0.0\t# a\ndate:\t2026-01-02\n",
    "no last end of line": "version: 1.0.0\ndate: 2026-01-02",
    "ends of lines of two sorts": "id: a\r\nversion: 1.0.0\ndate: 2026-01-02\r\n",
}


def texts_of(text):
    """The texts of a file by their keys."""
    problems = []
    node = yaml.read(text.encode(), "course.yaml", problems)
    assert problems == []
    scalars = [pair for pair in node.pairs if isinstance(pair[1], yaml.Scalar)]
    return {key.value: Plain(value.value.strip(), value.span) for key, value in scalars}


@with_each("mark", ["", "\ufeff"])
@with_each("end", ["\n", "\r\n"])
@with_each("layout", LAYOUTS)
def test_a_replaced_text_leaves_every_other_byte(layout, end, mark):
    text = mark + LAYOUTS[layout].replace("\n", end).replace("\r\r", "\r")
    known = texts_of(text)
    pairs = [(known["version"], "10.1.0"), (known["date"], "2027-11-15")]
    expected = text.replace("1.0.0", "10.1.0").replace("2026-01-02", "2027-11-15")
    assert replaced(text, pairs) == replaced(text, reversed(pairs)) == expected


@pytest.mark.parametrize("written", ['"1.\\x30.0"', "'1.0.0\n  '", ">-\n\n  1.0.0"])
def test_a_text_that_is_written_otherwise_than_it_reads_is_not_replaced(written):
    text = f"id: a\nversion: {written}\n"
    with pytest.raises(Refusal, match=r"course.yaml, line \d: write “1.0.0” on one line"):
        replaced(text, [(texts_of(text)["version"], "1.1.0")])


@with_each("text", ["a: b\r\nc: d\n", "a: b\nc: d\r\n", "a: b\r\nc: d", "a: b"])
def test_a_key_that_is_put_in_has_the_line_end_of_its_place(text):
    lines = text.split("\n")
    for number, line in enumerate(lines[: text.count("\n") + 1], 1):
        if line:
            made = inserted_keys(text, {Span("m.yaml", number): [("id", "x")]})
            near = line if number < len(lines) else lines[number - 2]
            new = "id: x\r" if near.endswith("\r") else "id: x"
            assert made.split("\n") == [*lines[: number - 1], new, *lines[number - 1 :]]


# --- one item more --------------------------------------------------------------------------------

CARD = {"id": "new", "ask": "Why?"}
# Each is a whole file, with ¶ where the card comes, its dash so far to the right.
PLACES = {
    "by itself": "cards:\n  - id: a\n¶  ",
    "under the key": "cards:\n- id: a\n¶",
    "far in": "cards:\n    -   id: a\n        ask: b\n¶    ",
    "before another key": "cards:\n  - id: a\n¶  \nmore: b\n",
    "before a heading": "cards:\n  - id: a\n¶  \n\n# ---- more ----\nmore: b\n",
    "before remarks": "cards:\n  - id: a\n¶  \n\n  # to do\n\n# end\n",
    "behind its own remark": "cards:\n  - id: a\n    # sure?\n¶  \n  # to do\n",
    "behind a tab": "cards:\n  - id: a\t# tab\n    ask: b \t\n¶  ",
    "behind a block": "cards:\n  - id: a\n    ask: |\n      b\n\n      # c\n¶  \n\nmore: b\n",
    "behind a block with its blank lines": "cards:\n  - id: a\n    ask: |+\n      b\n\n\n¶  ",
    "behind folded words": "cards:\n  - id: a\n    ask: b\n      c\n¶  \n\n# d\n",
    "behind braces": "cards:\n  - {id: a,\n     ask: b} # c\n¶  \nmore: b\n",
    "behind a dash alone": "cards:\n  -\n    id: a\n¶  ",
    "before the end of a document": "---\ncards:\n  - id: a\n¶  \n...\n",
    "in a list that was empty": "cards: []  # none\n¶  \nmore: b\n",
    "in a list that was not there": "id: a\n# end\n",
}


@with_each("mark", ["", "\ufeff"])
@with_each("end", ["\n", "\r\n"])
@with_each("layout", PLACES)
def test_an_item_comes_behind_the_others_and_every_other_line_stays(layout, end, mark):
    before, _, after = PLACES[layout].partition("¶")
    column = after[: len(after) - len(after.lstrip(" "))]
    after = after.lstrip(" ").removeprefix("\n")
    gap = "   " if layout == "far in" else " "
    lines = f"{column}-{gap}id: new\n{column} {gap}ask: Why?\n"
    if layout == "in a list that was not there":
        lines = "cards:\n  - id: new\n    ask: Why?\n"
    text = mark + (before + after).replace("\n", end)
    expected = mark + (before.replace(" []", "") + lines + after).replace("\n", end)
    assert appended(text, "m.yaml", (), "cards", CARD) == expected


@with_each(
    ("text", "expected"),
    [
        ("cards: [{id: a}]  # b\n", "cards: [{id: a}, {id: new, ask: Why?}]  # b\n"),
        ("cards: [\n  {id: a}, # b\n]\n", "cards: [\n  {id: a}, {id: new, ask: Why?}, # b\n]\n"),
        ("{id: m, cards: []}\n", "{id: m, cards: [{id: new, ask: Why?}]}\n"),
        ("{id: m}", "{id: m, cards: [{id: new, ask: Why?}]}"),
        ('{"id": "m"}', '{"id": "m", "cards": [{"id": "new", "ask": "Why?"}]}'),
        ("cards:\n  - id: a", "cards:\n  - id: a\n  - id: new\n    ask: Why?"),
    ],
)
def test_an_item_comes_between_brackets_where_the_others_are(text, expected):
    assert appended(text, "m.yaml", (), "cards", CARD).replace("'", "") == expected


def test_a_line_has_the_end_of_the_line_before_it():
    text = "id: m\r\ncards:\n  - id: a\n"
    assert appended(text, "m.yaml", (), "cards", CARD).count("\r") == 1


def test_an_item_of_a_part_comes_into_that_part_and_not_under_the_next_heading():
    first, second = "parts:\n  - id: a\n    # first\n", "\n  # ---- second ----\n  - id: b\n"
    made = appended(first + second, "m.yaml", ("parts", 0), "cards", CARD)
    assert made == first + "    cards:\n      - id: new\n        ask: Why?\n" + second
    twice = appended(made, "m.yaml", ("parts", 0), "cards", CARD | {"id": "other"})
    assert twice.endswith("      - id: other\n        ask: Why?\n" + second)


def test_what_cannot_be_written_without_another_change_is_refused():
    with pytest.raises(Refusal, match=r"m\.yaml, line 1: write it into `cards` by hand"):
        appended("parts: [id: a]\n", "m.yaml", ("parts", 0), "cards", CARD)


# --- a text said anew -----------------------------------------------------------------------------


def said_anew(text, old, new):
    """The file with another value in the place of the one that reads so."""
    node = yaml.read(text.encode(), "m.yaml", [])
    (card,) = yaml.plain(node)["cards"]
    waiting = [value for _, value in node.pairs[0][1].items[0].pairs]
    (span,) = [each.span for each in waiting if each.value.strip() == old]
    assert old in [each.strip() for each in card.values()]
    return reworded(text, Prose(old, span), new)


@with_each("end", ["\n", "\r\n"])
@with_each(
    ("text", "expected"),
    [
        (
            "cards:\n  - ask: 'It rose.'   # sure\n\n    more: b\n",
            "cards:\n  - ask: |-   # sure\n      It.\n\n      Rose.\n\n    more: b\n",
        ),
        (
            "cards:\n    -   id: a\t# tab\n        ask: It\n          rose.\n        more: b\n",
            "cards:\n    -   id: a\t# tab\n        ask: |-\n          It.\n\n          Rose.\n        more: b\n",
        ),
        (
            "cards:\n- ask: >  # folded\n    It\n    rose.\n\n# b\n",
            "cards:\n- ask: |  # folded\n    It.\n\n    Rose.\n\n# b\n",
        ),
        (
            "cards: [{ask: It rose., more: b}] # c\n",
            'cards: [{ask: "It.\\n\\nRose.", more: b}] # c\n',
        ),
        ("cards:\n- ask:\n    It rose.", "cards:\n- ask:\n    |-\n      It.\n\n      Rose."),
    ],
)
def test_paragraphs_come_in_the_place_of_a_line_and_every_other_byte_stays(text, expected, end):
    made = said_anew(text.replace("\n", end), "It rose.", "It.\n\nRose.")
    assert made == expected.replace("\n", end).replace("\\r", "")


@with_each("sign", ["|", "|-", "|+"])
@with_each("end", ["\n", "\r\n"])
def test_a_block_that_gets_a_line_keeps_its_indentation_and_how_it_ends(sign, end):
    text = f"cards:\n- ask: {sign} # why\n      It\n\n      rose.\n\n  more: b\n"
    made = said_anew(text.replace("\n", end), "It\n\nrose.", "It\n\nreally\n\nrose.")
    wanted = text.replace("      rose", "      really\n\n      rose")
    assert made == wanted.replace("\n", end)


# --- what ruamel.yaml writes ----------------------------------------------------------------------


def titled(data):
    data["title"] = "Other"


@with_each(
    "text",
    [
        "title: T\r\nid: a\nlist:\n  - b\n",
        "id: a\r\ntitle: T\nlist:\r\n  - b\n",
        "title: T\nlist:\n    -   a: b\n        c:\n            -   d: e\n",
        "title: T\nlist:\n-   a: b\n    c:\n    -   d: e\n",
    ],
)
def test_an_edit_keeps_the_line_ends_and_the_indentation_of_all_other_lines(text):
    assert edited(text, "course.yaml", titled) == text.replace("title: T", "title: Other")


def test_what_ruamel_cannot_read_is_refused_with_its_place():
    with pytest.raises(Refusal, match=r"course\.yaml, line 2: .*no tabs"):
        edited("title: T\nid: a\t# tab\n", "course.yaml", titled)
