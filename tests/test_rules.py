"""The rules for prompts, held to the examples in their own documentation."""

import inspect
import re
import textwrap

import pytest
import yaml
from conftest import SAUERTEIG
from coursedeck.checks.rules import RULES
from coursedeck.load import assemble
from coursedeck.source.files import read_files

MODULE = """
id: grundlagen
title: Grundlagen
deck: 1 Grundlagen
accent: amber
chapters: none
summary: A summary.
opening: [What is it?]
objectives: [{id: g-stufen, text: name it, outcome: fuehren}]
concepts:
- id: anstellgut
  name: A concept
  definition: Something.
  why: Therefore.
  example: So.
  sources: [backbuch]
  objectives: [g-stufen]
  cards:
"""


def drawing(title):
    """A drawing with two labels, of which a title may tell one."""
    groups = "".join(
        f'<g data-mask="{n}"><title>{word}</title><rect x="0" y="{n * 40}" width="80" height="30"/></g>'
        for n, word in enumerate(("Crust", "Crumb"), 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240" width="480" height="240">'
        f"<title>{title}</title><desc>Drawn for tests.</desc>{groups}</svg>"
    ).encode()


def problems_of(cards):
    """What is said of a course, in English, whose only module has these cards."""
    files = {
        path: data for path, data in read_files(SAUERTEIG).items() if not path.startswith("media/")
    }
    files["course.yaml"] = files["course.yaml"].replace(b"language: de", b"language: en")
    files |= {
        "media/told.svg": drawing("A loaf and its crust"),
        "media/untold.svg": drawing("A loaf"),
    }
    rows = [{"id": f"card-{number}", "lens": "part"} | card for number, card in enumerate(cards)]
    files["modules/grundlagen.yaml"] = (
        MODULE + textwrap.indent(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False), "  ")
    ).encode()
    _, problems = assemble(files)
    return problems


def examples(rule, word):
    text = inspect.cleandoc(rule.documentation)
    found = re.search(rf"^{word}:\n((?:^[- ].*\n?)+)", text, re.MULTILINE)
    return yaml.safe_load(found[1]) if found else []


def codes(problems):
    return [problem.code for problem in problems]


ACROSS = {
    "overlap",
    "same-answer",
    "answer-just-shown",
    "answer-in-row",
}  # these need their failing cards together


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_failing_example_of_a_rule_fails_it_at_its_level(rule):
    failing = examples(rule, "fails")
    assert failing
    for cards in [failing] if rule.id in ACROSS else [[card] for card in failing]:
        found = [problem for problem in problems_of(cards) if problem.code == rule.id]
        assert found, cards
        assert {problem.level for problem in found} == {rule.level}
        assert all(problem.hint for problem in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_passing_examples_of_a_rule_pass_every_rule(rule):
    passing = examples(rule, "passes")
    assert passing
    found = [p for p in problems_of(passing) if p.code in {each.id for each in RULES}]
    assert found == []


def test_a_rule_points_to_the_line_of_the_text_that_breaks_it():
    problem = next(
        p
        for p in problems_of([{"ask": "Describe creative tension.", "answer": "A pull"}])
        if p.code == "vague-verb"
    )
    line = (MODULE + "").count("\n") + 3
    assert (problem.span.path, problem.span.line) == ("modules/grundlagen.yaml", line)


def test_a_waiver_excuses_its_card_and_only_that():
    vague = {"ask": "Describe creative tension.", "answer": "A pull"}
    waived = vague | {"waive": [{"rule": "vague-verb", "reason": "a drawing is asked for"}]}
    found = [
        p
        for p in problems_of([waived, vague | {"ask": "Discuss the ladder."}])
        if p.code == "vague-verb"
    ]
    assert [p.message.partition(":")[0] for p in found] == ["card-1"]


def test_a_waiver_that_excuses_nothing_is_a_warning():
    card = {"ask": "What pulls between the two?", "answer": "Tension"}
    waived = card | {"waive": [{"rule": "yes-no", "reason": "none"}]}
    assert "unused-waiver" in codes(problems_of([waived]))


def test_a_waiver_of_a_rule_that_does_not_exist_is_an_error_with_the_nearest_name():
    card = {"ask": "What pulls between the two?", "answer": "Tension"}
    waived = card | {"waive": [{"rule": "yes-or-no", "reason": "none"}]}
    problem = next(p for p in problems_of([waived]) if p.code == "unknown-rule")
    assert problem.level == "error"
    assert "yes-no" in problem.hint


def test_a_threshold_of_the_course_decides():
    files = read_files(SAUERTEIG)
    _, before = assemble(files)
    files["course.yaml"] += b"thresholds: {question-words: 3}\n"
    _, after = assemble(files)
    assert "long-question" not in codes(before)
    assert "long-question" in codes(after)


def test_ids_of_rules_differ():
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_words_that_the_card_gives_its_drawing_are_named_as_its_own():
    """They stand under `alt`, and not in the drawing."""
    card = {"diagram": {"image": "untold.svg", "prompt": "Which?", "alt": "A loaf with its crust"}}
    found = [p for p in problems_of([card]) if p.code == "answer-in-drawing"]
    assert [p.message for p in found] == ["card-0: “alt”, “A loaf with its crust”, shows “Crust”"]
