"""However a course was edited, a build into a folder that knows the last state gives what a build from nothing gives: the
same bytes, the same words, the same end.

A longer run by hand: `EXAMPLES=500 pytest tests/test_built_again.py`.
"""

import json
import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import THOROUGH
from coursedeck.cli import main
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

# Among them near twins, the same answers, and what the rules find wrong by itself.
ASKS = [
    "Who drew the first ladder of rungs in the school of the old town?",
    "Who drew the first ladder of rungs in the school of the new town?",
    "Which *part* of the wheel carries the load when the cart stands still?",
    "Whose hand opens the gate before anybody else in the village is up?",
    "Which bird sings before the sun has risen over the long hill?",
    "What keeps the water of a mill pond from running off at night?",
    "Is the ladder made of wood?",
    "",
]
ANSWERS = ["Argyris", "Ross", "The hub\u2028alone", "A **keeper**", "Some stone", "No, never"]
CLOZES = [
    "The {{c1::miller}} grinds the corn that the {{c2::farmer}} of the next valley brings.",
    "The {{c1::miller}} grinds the corn that the farmer of the next valley brings.",
    "Where the {{c3::brook}} meets the road, two oaks stand.",
    "Nothing is hidden here.",
]
IDS = [f"card-{n}" for n in range(7)]
MODULES = ["one", "two", "three"]


def ask(n):
    return {"id": IDS[n], "lens": "part", "ask": ASKS[n % 4 + 1], "answer": f"Word{n} alone"}


class Course:
    """A course as plain data, written anew before each build."""

    def __init__(self) -> None:
        self.cards = {
            "one": [ask(0), {"id": IDS[1], "lens": "cause", "cloze": CLOZES[0]}],
            "two": [ask(2), ask(3)],
            "three": [{"id": IDS[4], "lens": "part", "cloze": CLOZES[2]}],
        }
        self.names = {module: f"Name of {module}" for module in MODULES}
        self.title = "Small"
        self.overlap = 80
        self.works = ["book"]
        self.named: dict[str, dict[str, list[str]]] = {}
        self.gone: set[str] = set()
        self.broken: set[str] = set()

    def write(self, folder: Path) -> None:
        """Write its files, and no others but the ledger, which is the builds' own."""
        shutil.rmtree(folder / "modules", ignore_errors=True)
        (folder / "modules").mkdir(parents=True, exist_ok=True)
        texts = dict.fromkeys(
            ["audience", "prerequisites", "description", "how-to-use", "origin", "license"], "Some."
        )
        about = {
            "id": "small",
            "title": self.title,
            "version": "1.0.0",
            "date": "2026-01-01",
            "language": "en",
            "deck": "Small",
            "authors": ["Nobody"],
            "outcomes": [{"id": "can", "text": "do it"}],
            "modules": MODULES,
            "thresholds": {"overlap-percent": self.overlap, "lenses": 1, "same-answer": 2},
            **texts,
        }
        (folder / "course.yaml").write_text(json.dumps(about), "utf-8")
        works = {work: {"type": "book", "title": work, "date": "1999"} for work in self.works}
        (folder / "sources.yaml").write_text(json.dumps(works), "utf-8")
        for module in set(MODULES) - self.gone:
            text = json.dumps(self._module(module), ensure_ascii=False, indent=1)
            if module in self.broken:
                text = text.replace('"accent": "teal"', '"accent": "teel"')
            (folder / "modules" / f"{module}.yaml").write_text(text, "utf-8")

    def _module(self, module: str) -> dict[str, object]:
        concept = {
            "id": f"concept-{module}",
            "name": self.names[module],
            "definition": "So.",
            "why": "Because.",
            "example": "Such.",
            "sources": ["book"],
            "objectives": [f"can-{module}"],
            "builds-on": [] if module == "one" else ["concept-one"],
            "cards": self.cards[module],
            **self.named.get(module, {}),
        }
        return {
            "id": module,
            "title": f"Title {module}",
            "deck": f"Deck {module}",
            "accent": "teal",
            "chapters": "none",
            "summary": "Summary.",
            "opening": ["What?"],
            "objectives": [{"id": f"can-{module}", "text": "do it", "outcome": "can"}],
            "concepts": [concept],
        }


# --- edits: what an author does to a course, and somebody to the folder of outputs --------------


def edit_text(draw, course, out):
    for _ in range(draw(st.integers(1, 2))):
        cards = [card for module in MODULES for card in course.cards[module]]
        if not cards:
            return
        card = draw(st.sampled_from(cards))
        if "cloze" in card:
            card["cloze"] = draw(st.sampled_from(CLOZES))
        else:
            key, texts = draw(st.sampled_from([("ask", ASKS), ("answer", ANSWERS)]))
            card[key] = draw(st.sampled_from(texts))


def edit_more(draw, course, out):
    for card in draw(st.sampled_from(list(course.cards.values())))[:1]:
        card["more"] = draw(st.sampled_from(["Because.", "As *said*."]))


def add_a_card(draw, course, out):
    n = draw(st.integers(0, 6))
    taken = {card["id"] for cards in course.cards.values() for card in cards}
    if IDS[n] not in taken or draw(st.integers(0, 3)) == 0:
        course.cards[draw(st.sampled_from(MODULES))].insert(0, ask(n))


def rename_a_card(draw, course, out):
    for card in draw(st.sampled_from(list(course.cards.values())))[:1]:
        card["id"] = draw(st.sampled_from(IDS))


def name_something_else(draw, course, out):
    key = draw(st.sampled_from(["sources", "builds-on", "objectives"]))
    course.named[draw(st.sampled_from(MODULES))] = {key: [draw(st.sampled_from(["can-two", "x"]))]}


def remove_a_card(draw, course, out):
    cards = course.cards[draw(st.sampled_from(MODULES))]
    if cards:
        cards.pop()


def move_a_card(draw, course, out):
    one, other = (draw(st.sampled_from(MODULES)) for _ in range(2))
    if course.cards[one]:
        course.cards[other].append(course.cards[one].pop())


def waive(draw, course, out):
    for card in draw(st.sampled_from(list(course.cards.values())))[:1]:
        rule = draw(st.sampled_from(["overlap", "same-answer", "no-referent"]))
        card["waive"] = [{"rule": rule, "reason": "So."}]
        if draw(st.booleans()):
            del card["waive"]


def rename_a_concept(draw, course, out):
    course.names[draw(st.sampled_from(MODULES))] = draw(st.sampled_from(["A rung", "A *rung*"]))


def delete_or_restore_a_module(draw, course, out):
    course.gone ^= {draw(st.sampled_from(MODULES))}


def break_or_mend_a_module(draw, course, out):
    course.broken ^= {draw(st.sampled_from(MODULES))}


def edit_course(draw, course, out):
    course.title = draw(st.sampled_from(["Small", "Smaller"]))
    course.overlap = draw(st.sampled_from([80, 95, 20]))


def edit_sources(draw, course, out):
    course.works = draw(st.sampled_from([["book"], ["book", "other"], ["other"]]))


def mend_all(draw, course, out):
    course.__dict__.update(Course().__dict__)


def damage(draw, course, out):
    paths = [path for path in sorted(out.rglob("*")) if path.is_file()]
    if paths:
        path = draw(st.sampled_from(paths))
        path.write_bytes(draw(st.sampled_from([b"", b"[]", b'["one", "", [], []]', b"\xff{"])))


EDITS = [
    *[edit_text] * 8,
    *[mend_all] * 5,
    edit_more,
    add_a_card,
    rename_a_card,
    name_something_else,
    remove_a_card,
    move_a_card,
    waive,
    rename_a_concept,
    delete_or_restore_a_module,
    break_or_mend_a_module,
    edit_course,
    edit_sources,
    damage,
]


def build(folder, out, now):
    """What a build gives: its end, what it told, the files but the records."""
    args = ["build", str(folder), "--only", "anki", "--out", str(out)]
    result = CliRunner().invoke(main, args, env={"SOURCE_DATE_EPOCH": str(now)})
    files = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".coursedeck" not in path.parts
    }
    ledger = folder / "ledger.json"
    files["ledger.json"] = ledger.read_bytes() if ledger.is_file() else b""
    return result.exit_code, result.stderr, result.stdout.replace(str(out), "OUT"), files


def same_as_from_nothing(folder, out, now):
    """Build, also into an empty folder; both must give the same. Says whether the build took the edit for one of texts."""
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place) / "fresh"
        fresh.mkdir()
        before = {path.name for path in out.glob("*") if path.is_file()}
        ledger = folder / "ledger.json"
        published = ledger.read_bytes() if ledger.is_file() else None
        expected = build(folder, fresh, now)
        if published is None:
            ledger.unlink(missing_ok=True)
        else:
            ledger.write_bytes(published)
        got = build(folder, out, now)
    if "nothing to do" in got[2]:  # then what was told last is told again
        got = got[:1] + expected[1:3] + got[3:]
    # After an edit of texts, only what was written is told.
    whole, lines = expected[2].splitlines(), got[2].splitlines()
    of_texts = got[0] == 0 and "OUT/update.html" in got[2] and len(lines) < len(whole)
    if of_texts:
        assert {*lines} < {*whole}
        got = (*got[:2], expected[2], got[3])
    # What is left of a module that is gone, which is removed or named, an empty folder does not have.
    got = (
        got[0],
        *(re.sub(r".*this build does not make it.*\n", "", told) for told in got[1:3]),
        got[3],
    )
    if expected[0] == 0:
        left = before - expected[3].keys()
        kept = {name: data for name, data in got[3].items() if name not in left}
        assert (*got[:3], kept) == expected
    else:
        assert got[:3] == expected[:3]
    return of_texts


def test_a_build_after_edits_is_a_build_from_nothing():
    of_texts: list[bool] = []

    @settings(max_examples=int(os.environ.get("EXAMPLES", "20" if THOROUGH else "6")))
    @given(st.data())
    def edited(data):
        of_texts.extend(edits_of(data))

    edited()
    assert sum(of_texts) > len(of_texts) / 20  # both ways are gone


def edits_of(data):
    course = Course()
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "course", Path(place) / "out"
        out.mkdir()
        course.write(folder)
        same_as_from_nothing(folder, out, 1_795_600_000)
        for hour in range(data.draw(st.integers(1, 8), "edits")):
            data.draw(st.sampled_from(EDITS), "edit")(data.draw, course, out)
            course.write(folder)
            yield same_as_from_nothing(folder, out, 1_795_600_000 + hour)
