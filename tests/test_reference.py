"""The page of every key is what the model gives, and its examples are sound."""

import functools
import re
from urllib.parse import unquote

import pytest
import yaml
from conftest import COURSES, ROOT
from coursedeck import kinds, model, plan  # noqa: F401 - all records are there
from coursedeck.incoming.new import BLANK
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.load import load
from coursedeck.source.editor import said_of
from coursedeck.source.records import keys_of
from coursedeck.texts import Record
from tables import with_each
from tools import reference

PAGE = ROOT / "docs" / "reference.md"
DOCS = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def test_the_page_of_every_key_is_what_the_model_gives(request):
    made = reference.page()
    if request.config.getoption("--rewrite"):
        PAGE.write_bytes(made.encode())
    assert PAGE.read_text("utf-8") == made


@pytest.mark.slow
@pytest.mark.parametrize("place", ["reference", "animals.yaml"])
def test_the_examples_of_the_page_are_sound(place):
    course, found = load(COURSES / place)
    assert course
    assert {problem.code for problem in found} <= {"no-id"}


def test_new_has_a_blank_card_of_each_kind_to_write():
    cards = yaml.safe_load(BLANK.read_text("utf-8"))["cards"]
    assert sorted(next(iter(card)) for card in cards) == sorted(NOTE_TYPES)


def descendants(record):
    for each in record.__subclasses__():
        yield each
        yield from descendants(each)


def test_nothing_is_said_of_a_key_that_is_not_there():
    described = {each: set(said_of(each)[1]) for each in descendants(Record)}
    assert sum(map(bool, described.values())) > 50
    unknown = {each: keys - set(keys_of(each)) for each, keys in described.items() if keys}
    assert not any(unknown.values()), unknown


@functools.cache
def anchors(page):
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {"", *map(reference.anchor, headings)}


@with_each("page", DOCS)
def test_every_link_of_the_docs_leads_to_a_file_and_a_heading(page):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, anchor = unquote(link).partition("#")
        there = page.parent / file if file else page
        if "//" not in link:
            assert there.exists(), link
            assert not anchor or anchor in anchors(there), link
