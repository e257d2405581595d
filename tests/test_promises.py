"""docs/promises.md names tests: each of them is there, and each promise has one."""

import re

from conftest import ROOT

TEXT = (ROOT / "docs" / "promises.md").read_text("utf-8")
NAMED = re.findall(r"`(test_\w+\.py)::(\w+)`", TEXT)


def names_in(file):
    text = (ROOT / "tests" / file).read_text("utf-8")
    return set(re.findall(r"^def (test_\w+)\(", text, re.MULTILINE))


def test_each_named_test_is_there():
    assert NAMED
    assert [(file, name) for file, name in NAMED if name not in names_in(file)] == []


def test_each_promise_names_a_test():
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and "held by" not in line]
    promises = [row for row in rows if row.count("|") == 4]
    assert len(promises) > 20
    assert [row for row in promises if "::" not in row] == []


def test_the_table_of_ten_releases_says_that_nothing_was_lost():
    part = TEXT.partition("## Ten releases")[2].partition("## To authors")[0]
    head, _, *rows = re.findall(r"^\|.*\|$", part, re.MULTILINE)
    assert head.rstrip("| ").endswith("lost")
    assert {row.rstrip("| ").rpartition("|")[2].strip() for row in rows} == {"0"}
