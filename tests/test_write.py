"""Edits of YAML keep comments and layout."""

from pathlib import Path

import pytest
from conftest import SAUERTEIG
from coursedeck.source.write import edited

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
