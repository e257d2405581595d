"""Edits of YAML keep comments and layout."""

from pathlib import Path

import pytest
from conftest import SAUERTEIG
from coursedeck.problems import Refusal
from coursedeck.source import yaml
from coursedeck.source.write import edited, replaced
from coursedeck.texts import Plain
from ruamel.yaml import YAML

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
    assert edited(text, nothing) == text


def test_only_the_line_of_the_edit_changes_whatever_the_layout():
    def stamp(data):
        data["version"] = "1.1.0"

    old, new = ODD.splitlines(), edited(ODD, stamp).splitlines()
    assert [line for line in new if line not in old] == ["version: 1.1.0      # the version"]
    assert len(new) == len(old)


def test_what_is_added_to_a_list_stands_behind_it_and_the_rest_as_it_was():
    def add(data):
        data["cards"].append({"id": "three", "ask": "Why?"})

    assert edited(ODD, add) == ODD + "- id: three\n  ask: Why?\n"


def test_line_ends_and_byte_order_mark_are_kept():
    text = "\ufeff" + ODD.replace("\n", "\r\n")
    assert edited(text, nothing) == text


def test_a_long_flow_mapping_keeps_its_meaning():
    text = "{id: a, about: '" + "word " * 60 + "', version: 1.0.0}\n"

    def stamp(data):
        data["version"] = "1.1.0"

    assert YAML().load(edited(text, stamp)) == {**YAML().load(text), "version": "1.1.0"}


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


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("layout", LAYOUTS)
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
