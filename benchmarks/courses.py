"""Courses of any size with a fixed seed: `python benchmarks/courses.py SHAPE COUNT FOLDER`.

`plain`: 60 % questions, 30 % clozes, 10 % pairs, 40 % with `more`; 50 cards a module, 12 sources; nothing to warn of.
`modules`: 5 plain cards in each of COUNT modules. `sources`: 5,000 plain cards and COUNT sources, each cited.
`quotes`, `brackets`, `clozes`: one card with a text of COUNT signs that open and never end.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

SYLLABLES = ["ba", "ke", "li", "mo", "nu", "pra", "ste", "tri", "vo", "za", "fen", "gol"]
COURSE = """id: bench
title: Bench
version: 1.0.0
date: 2026-01-01
language: en
deck: Bench
audience: All.
prerequisites: None.
description: Cards.
how-to-use: Study.
origin: Made.
authors: [Nobody]
license: CC0
outcomes: [{id: can, text: do it}]
modules:
"""
MODULE = """id: module-{n}
title: Module {n}
deck: Deck {n}
accent: teal
chapters: none
summary: Summary.
opening: [What?]
objectives:
  - {{id: can-{n}, text: do it, outcome: can}}
concepts:
  - id: concept-{n}
    name: Concept {n}
    definition: Defined.
    why: Because.
    example: Such.
    sources: [{sources}]
    objectives: [can-{n}]
    cards:
"""


class Words:
    """Made-up words: common ones from a vocabulary of 6,000, and rare ones that come once."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - not a secret
        sizes = (self.random.randint(2, 4) for _ in range(6000))
        self.vocabulary = ["".join(self.random.choices(SYLLABLES, k=size)) for size in sizes]

    def common(self, count: int) -> str:
        """So many words that come again."""
        return " ".join(self.random.choices(self.vocabulary, k=count))

    def rare(self, number: int) -> str:
        """The word of this number."""
        return "q" + "".join(chr(97 + number // 26**place % 26) for place in range(4))


def card(words: Words, number: int) -> Iterator[str]:
    """The lines of one plain card."""
    yield f"      - id: card-{number}"
    yield f"        lens: {words.random.choice(['definition', 'part', 'cause', 'example'])}"
    drawn, one, other = words.random.random(), words.rare(2 * number), words.rare(2 * number + 1)
    if drawn < 0.6:
        yield f"        ask: Which {words.common(9)}?"
        yield f"        answer: {one} {words.common(3)}"
    elif drawn < 0.9:
        left, middle, right = words.common(5), words.common(4), words.common(2)
        yield f'        cloze: "{left} {{{{c1::{one}}}}} {middle} {{{{c2::{other}}}}} {right}."'
    else:
        yield "        pair:"
        yield f"          left: {other} {words.common(1)}"
        yield f"          to-right: Which {words.common(4)} goes right?"
        yield f"          right: {one} {words.common(1)}"
        yield f"          to-left: Which {words.common(4)} goes left?"
    if words.random.random() < 0.4:
        yield f"        more: {words.common(10)}"


def make(folder: Path, cards: int, *, a_module: int = 50, sources: int = 12, seed: int = 7) -> None:
    """Write a course of plain cards."""
    words = Words(seed)
    (folder / "modules").mkdir(parents=True)
    count = -(-cards // a_module)
    for n in range(count):
        lines = []
        for number in range(n * a_module, min(cards, (n + 1) * a_module)):
            lines += card(words, number)
            if sources > count:  # more than the concepts could cite
                lines.append(f"        sources: [{{book-{number % sources}: p. 1}}]")
        cited = f"{{book-{n % sources}: p. 1}}"
        text = MODULE.format(n=n, sources=cited) + "\n".join(lines) + "\n"
        (folder / "modules" / f"module-{n}.yaml").write_text(text, "utf-8")
    modules = "".join(f"  - module-{n}\n" for n in range(count))
    (folder / "course.yaml").write_text(COURSE + modules, "utf-8")
    works = "".join(
        f'book-{k}: {{type: Book, title: Book {k}, author: "Writer{k}, A.", date: {1000 + k}}}\n'
        for k in range(sources)
    )
    (folder / "sources.yaml").write_text(works, "utf-8")


def make_open(folder: Path, shape: str, count: int) -> None:
    """Write a course of one card, a text of which opens what it never ends."""
    make(folder, 1)
    sign = {"quotes": "“a ", "brackets": "[a ", "clozes": "{{c1::a "}[shape]
    text = sign * (count // len(sign))
    key = "cloze" if shape == "clozes" else "answer: Such\n        ask"
    file = folder / "modules" / "module-0.yaml"
    head = file.read_text("utf-8").partition("      - id: card-0")[0]
    lines = ["      - id: card-0", "        lens: part", f"        {key}: 'Which {text}?'"]
    file.write_text(head + "\n".join(lines) + "\n", "utf-8")


def for_peers(folder: Path, cards: int, seed: int = 7) -> None:
    """The same number of questions in the forms of other programs: `deck.yaml`, and `decks/*.md` of 50 cards each."""
    words = Words(seed)
    (folder / "decks").mkdir(parents=True)
    rows = [(f"Which {words.common(9)}?", words.common(4)) for _ in range(cards)]
    for n in range(-(-cards // 50)):
        text = "".join(f"## {ask}\n\n{answer}\n\n" for ask, answer in rows[n * 50 : n * 50 + 50])
        (folder / "decks" / f"deck-{n}.md").write_text(f"# Deck {n}\n\n{text}", "utf-8")
    template = {"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}
    config = {"name": "Basic", "fields": ["Front", "Back"], "templates": [template], "css": ""}
    data = "".join(f"- front: {json.dumps(a)}\n  back: {json.dumps(b)}\n" for a, b in rows)
    text = f"config: {json.dumps(config)}\ndeck-name: Bench\ndata:\n{data}"
    (folder / "deck.yaml").write_text(text, "utf-8")


def main(shape: str, count: int, folder: Path) -> None:
    """Write one course."""
    if shape == "modules":
        make(folder, count * 5, a_module=5)
    elif shape == "sources":
        make(folder, 5000, sources=count)
    elif shape in ("quotes", "brackets", "clozes"):
        make_open(folder, shape, count)
    else:
        make(folder, count)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
