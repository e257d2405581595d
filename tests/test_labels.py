"""Every word that a printed page says by itself is there, in every language that is offered."""

import re
import typing
from pathlib import Path

import pytest
from conftest import ROOT
from coursedeck import labels, model, plan
from coursedeck.outputs import descriptions, lessondata
from coursedeck.outputs.print.pages.all import FORMS
from coursedeck.outputs.web import course
from coursedeck.texts import Confidence

TEMPLATES = sorted((ROOT / "generator" / "outputs" / "print").rglob("*.typ"))
KINDS = sorted((ROOT / "generator" / "kinds").glob("*.py"))
LANGUAGES = sorted(labels.LANGUAGES)
# A form is named on its pages; of sorts of cards only their folders are.
NAMES = {name for form in FORMS for name in form.names if not name.startswith("cards-")}
# What a page says of a value that the author may write: a new value needs a word, or `check` would pass what print cannot.
VALUES = [
    *typing.get_args(model.Relation),
    *typing.get_args(model.ClaimKind),
    *typing.get_args(model.Cut),
    *lessondata.USES,
    *(f"per-{per}" for per in typing.get_args(plan.Per)),
    *(level for level in typing.get_args(Confidence) if level != "confirmed"),
]


def named() -> set[str]:
    """The labels that templates name by `say.NAME`, kinds of card by `labels["NAME"]`, and descriptions, sheets and
    the course page by `words["NAME"]`.
    """
    pages = "\n".join(path.read_text("utf-8") for path in TEMPLATES)
    kinds = "\n".join(path.read_text("utf-8") for path in KINDS)
    said = re.findall(r"(?<!\w)say\.(?!at\b)([a-z]+(?:-[a-z]+)*)", pages)
    others = "".join(
        Path(each.__file__).read_text("utf-8") for each in (descriptions, lessondata, course)
    )
    return {*said, *re.findall(r"""(?:labels|words)\[["']([a-z-]+)["']\]""", kinds + others)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_and_every_word_of_templates_and_kinds_has_a_label(language):
    assert {*VALUES, *NAMES, *named()} - labels.labels(language).keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_there_that_nothing_says(language):
    assert labels.labels(language).keys() - {*VALUES, *NAMES, *named()} == set()


def test_the_walk_found_the_templates_and_their_words():
    assert len(TEMPLATES) > 5
    assert len(named()) > 50
