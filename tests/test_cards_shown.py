"""Cards as a learner sees and hears them, in the desktop program's own reviewer."""

import base64
import io
import re
import shutil

import pytest
from author import Author, one_of_each, take
from axe_playwright_python.sync_playwright import Axe
from conftest import COURSES, THOROUGH, run, some
from coursedeck import languages
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.labels import labels
from PIL import Image

pytest.importorskip("_aqt")

from playwright.sync_api import expect
from reviewer import Reviewer
from windows import boxes, resize

pytestmark = [pytest.mark.slow, pytest.mark.newest]

# What is left of the desktop's window for a card, at 390 by 640, 667 by 570, 900 by 760, and 740 by 360.
WINDOWS = [(390, 525), (667, 455), (900, 645), (740, 245)]
# The narrowest of them at 200 %, in pixels of the page.
ENLARGED = [(195, 262), (333, 227)]
WHOLE = {"width": 1280, "height": 720}  # where no test asks for less
# Where a mask lies, in pixels of the window, by the shape that Anki draws and the picture on which it does.
MASKS = """() => {
  const box = document.getElementById("image-occlusion-container").getBoundingClientRect();
  const shapes = document.querySelectorAll("div.cloze[data-shape], div.cloze-highlight[data-shape]");
  return [...shapes].map(({dataset: d}) => [
    box.left + d.left * box.width, box.top + d.top * box.height,
    box.left + (+d.left + +d.width) * box.width, box.top + (+d.top + +d.height) * box.height]);
}"""
LAID = """() => ["img", "canvas"].map(name => {
  const box = document.querySelector("#image-occlusion-container " + name).getBoundingClientRect();
  return [box.left, box.top, box.width, box.height];
})"""
# How far the page scrolls sideways, and the words that stand on two lines or not whole in the window.
SPILT = r"""() => {
  const page = document.documentElement, words = /[\p{L}\p{N}'’]+/gu, spilt = [];
  const texts = document.createTreeWalker(document.getElementById("qa"), NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    const within = text.parentElement;
    if (!within.checkVisibility() || within.closest("script, .masked .labels")) continue;
    for (const {0: word, index} of text.data.matchAll(words)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const parts = [...range.getClientRects()].filter(part => part.width);
      const lines = new Set(parts.map(part => Math.round(part.top)));
      const out = parts.some(part => part.left < -0.5 || part.right > page.clientWidth + 0.5);
      if (lines.size > 1 || out) spilt.push(word);
    }
  }
  return [Math.max(page.scrollWidth, document.body.scrollWidth) - page.clientWidth, spilt];
}"""


@pytest.fixture(scope="module")
def window(browser):
    """A page in which one test after the other opens a program anew: to make a page takes longer than that."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def open_(browser, window, learner):
    """A way to open the reviewer of a learner's program, in a window of its own where it leaves something behind."""
    opened = []

    def make(*, night=False, **options):
        page = browser.new_page(**options) if options else window
        opened.append(Reviewer(page, learner, night=night))
        return opened[-1]

    yield make
    for shown in opened:
        shown.close()
        if shown.page is not window:
            shown.page.close()
    resize(window, **WHOLE)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The packages of the courses that have drawings, by the name of the course."""
    made = {}
    for name in ("workshop", "first-edition", "anatomy"):
        folder = tmp_path_factory.mktemp(name)
        shutil.copytree(COURSES / name, folder / "course")
        run("build", folder / "course", "--out", folder / "out", "--only", "anki")
        made[name] = min((folder / "out").glob("*.apkg"), key=lambda path: len(path.name))
    return made


def cards_of(learner, name=""):
    return [learner.col.get_card(cid) for cid in learner.col.find_cards(name)]


def drawings(learner):
    return cards_of(learner, '"note:Coursedeck diagram"')


# --- drawings --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", some(["anatomy", "workshop", "first-edition"], 3))
def test_every_mask_lies_whole_in_the_window_before_anyone_scrolls(built, learner, open_, name):
    learner.imports(built[name])
    shown = open_()
    found = drawings(learner)
    assert len(found) == {"workshop": 26, "first-edition": 74, "anatomy": 34}[name]
    for width, height in some(WINDOWS, 3):
        shown.size(width, height)
        for card in some(found[::5], 3):  # the masks of a drawing are all on one picture
            shown.front(card)
            masks = shown.page.evaluate(MASKS)
            assert masks
            for left, top, right, bottom in masks:
                where = f"{card.note()['Id']} {card.ord + 1}, {width} by {height}"
                assert min(left, top) >= -0.5, where
                assert right <= width + 0.5, where
                assert bottom <= height + 0.5, where
            drawn, over = shown.page.evaluate(LAID)
            assert drawn == pytest.approx(over, abs=0.5)


def test_the_label_that_was_asked_and_its_words_are_in_sight_on_the_back(built, learner, open_):
    learner.imports(built["first-edition"])
    shown = open_()
    for width, height in some(WINDOWS, 3):
        shown.size(width, height)
        for card in some(drawings(learner)[::5], 4):
            shown.front(card)
            shown.back(card)
            ((_, top, _, bottom),) = shown.page.evaluate(MASKS)
            assert top >= -0.5
            assert bottom <= height + 0.5
            _, answer = boxes(shown.page.locator("#qa"), ".answer")
            assert answer["y"] + answer["height"] <= height + 0.5


def test_each_card_of_a_drawing_answers_with_its_label_in_words(built, learner):
    learner.imports(built["anatomy"])
    for note in {card.nid: card.note() for card in drawings(learner)}.values():
        assert len(note.cards()) == note["Occlusion"].count("{{c")
    for card in drawings(learner):
        answer = (
            card.answer().partition('<div class="answer" dir="auto">')[2].partition("</div>")[0]
        )
        assert answer
        assert f"{{{{c{card.ord + 1}::{answer}}}}}" in card.note()["Labels"]
        asked = card.question().partition('<div class="labels" dir="auto">')[2]
        assert "[...]" in asked.partition("</div>")[0]
    assert not learner.col.get_empty_cards().notes


@pytest.mark.parametrize("without", ["anki = undefined", "anki.imageOcclusion = undefined", None])
def test_where_masks_cannot_be_drawn_the_picture_stays_hidden_and_its_labels_are_asked_in_words(
    built, learner, open_, without
):
    learner.imports(built["workshop"])
    shown = open_(java_script_enabled=bool(without))
    card = drawings(learner)[0]
    if without is None:  # no scripts at all: the page as the program would have written it
        shown.page.set_content(f'<body class="card">{card.question()}</body>')
    else:
        shown.page.evaluate(f"() => {{ {without} }}")
        shown.front(card)
    expect(shown.page.locator("#image-occlusion-container img")).not_to_be_visible()
    expect(shown.page.locator(".labels")).to_contain_text("[...]")
    expect(shown.page.locator(".needs")).to_be_visible()
    if without:
        words = "() => getComputedStyle(document.querySelector('.needs'), '::before').content"
        assert labels("en")["needs-anki"] in shown.page.evaluate(words)


def test_by_night_a_drawing_is_turned_dark_and_a_photograph_is_not(built, learner, open_):
    learner.imports(built["anatomy"])
    shown = open_(night=True)
    filters = {}
    for card in {card.nid: card for card in drawings(learner)}.values():
        shown.front(card)
        image = shown.page.locator("#image-occlusion-container img")
        ending = image.get_attribute("src").rpartition(".")[2]
        filters[ending] = image.evaluate("each => getComputedStyle(each).filter")
    assert filters.pop("svg") == "invert(0.9) hue-rotate(180deg)"
    assert set(filters.values()) == {"none"}


def test_by_night_a_drawing_that_holds_a_photograph_is_not_turned_dark_in_a_text_either(
    learner, open_, tmp_path
):
    pixels = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(pixels, "PNG")
    data = base64.b64encode(pixels.getvalue()).decode()
    held = {"line": "<rect width='9' height='9'/>"}
    held["man"] = f'<image width="40" height="30" href="data:image/png;base64,{data}"/>'
    (tmp_path / "media").mkdir()
    for name, body in held.items():
        svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 32" width="48" height="32">'
        (tmp_path / "media" / f"{name}.svg").write_text(
            f"{svg}<title>T</title><desc>D</desc>{body}</svg>"
        )
    (tmp_path / "faces.yaml").write_text(
        "title: Faces\nid: faces\ncards:\n- id: who\n  ask: Who stands at the line?\n"
        "  answer: 'Ada ![a man](man.svg) ![a line](line.svg)'\n"
    )
    run("build", tmp_path / "faces.yaml", "--out", tmp_path / "out", "--only", "anki")
    learner.imports(tmp_path / "out" / "faces.apkg")
    shown = open_(night=True)
    (card,) = cards_of(learner)
    shown.front(card)
    shown.back(card)
    turned = "each => each.map(one => getComputedStyle(one).filter)"
    dark = ["none", "invert(0.9) hue-rotate(180deg)"]
    assert shown.page.locator("#qa img").evaluate_all(turned) == dark


def test_the_browser_lists_what_a_drawing_asks(built, learner):
    learner.imports(built["workshop"])
    card = drawings(learner)[0]
    said = card.render_output(reload=True, browser=True).question_text
    assert card.note()["Header"] in said
    assert "[...]" in said


# --- all kinds -------------------------------------------------------------------------------------

EACH = {kind: f'"note:{note_type.name}"' for kind, note_type in NOTE_TYPES.items()}


@pytest.fixture
def each_kind(learner):
    take(learner, Author(one_of_each()).publish()["course.apkg"])
    return learner


def answers(card):
    """The words that a card asks for, in lower case."""
    note, name = card.note(), card.note_type()["name"]
    fields = {
        "Coursedeck question": ["Answer"],
        "Coursedeck pair": [["Right", "Left"][card.ord % 2]],
        "Coursedeck sequence": ["Item"],
        "Coursedeck cases": [f"Answer {n}" for n in range(1, 5)],
    }
    if name == "Coursedeck sort":
        return []  # one of the options
    if name in ("Coursedeck cloze", "Coursedeck diagram"):
        field = "Labels" if "Labels" in note else "Text"
        return [note[field].partition(f"{{{{c{card.ord + 1}::")[2].partition("}}")[0]]
    return [note[field] for field in fields[name]]


@pytest.mark.parametrize("kind", EACH)
def test_what_a_screen_reader_says_of_a_question_does_not_tell_the_answer_and_then_it_does(
    each_kind, open_, kind
):
    shown = open_()
    for card in cards_of(each_kind, EACH[kind]):
        shown.front(card)
        front = shown.heard()
        asked = answers(card)
        assert asked or kind == "sort"
        for answer in asked:
            assert answer not in front
        shown.back(card)
        back = shown.heard()
        assert sum(answer in back for answer in asked or [card.note()["Answer"]]) == 1
        assert "visible" not in (front, back)
        if kind == "diagram":
            assert labels("en")["masked"] in front
            assert "[...]" in front


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("kind", some(EACH, 3))
def test_every_word_stands_out_from_its_ground(built, learner, open_, kind, night):
    """At least 4.5 to 1, as axe measures it, in the colour of each module."""
    take(learner, Author(one_of_each()).publish()["course.apkg"])
    learner.imports(built["first-edition"])
    shown = open_(night=night)
    found = cards_of(learner, EACH[kind])
    axe, rules = Axe(), {"runOnly": ["color-contrast"]}
    for card in some({card.note()["Accent"]: card for card in found}.values(), 4):
        for show in (shown.front, shown.back):
            show(card)
            result = axe.run(shown.page, context="#qa", options=rules).response
            axe = Axe("0")  # from now on the window has it, and need not read it again
            assert result["violations"] == []
            assert result["passes"]


def test_a_rule_of_ones_own_for_the_question_wins_on_every_kind(each_kind, open_):
    """On a computer, and on a telephone too. One test, since such a rule needs a window of its own, which takes long to make."""
    each_kind.col.media.write_data("_coursedeck-mine.css", b".question { font-size: 31px }")
    shown = open_(viewport=WHOLE)
    for kind in some([kind for kind in EACH if kind not in ("cloze", "diagram")], 2):
        (card, *_) = cards_of(each_kind, EACH[kind])
        shown.front(card)
        for phone in ("false", "true"):
            shown.page.evaluate(f"document.documentElement.classList.toggle('mobile', {phone})")
            shown.page.wait_for_function(f"() => ({SIZES})()[0] === '31px'")


def test_a_style_of_ones_own_wins_with_rules_of_equal_weight_and_no_update_takes_it(
    each_kind, open_, monkeypatch
):
    (card,) = cards_of(each_kind, EACH["ask"])
    shown = open_(viewport=WHOLE)
    shown.front(card)
    while not shown.missed:  # a style that a card names may come after the card
        shown.page.evaluate("() => new Promise(requestAnimationFrame)")
    assert set(shown.missed) == {"_coursedeck-mine.css"}
    assert "22px" in shown.page.evaluate(SIZES)
    mine = ".question { font-size: 31px } .card { --paper: #00ff00 }"
    each_kind.col.media.write_data("_coursedeck-mine.css", mine.encode())
    report = each_kind.col.media.check()
    assert not report.missing
    assert not report.unused
    for _ in range(2):
        for side in (shown.front, shown.back):
            side(card)
            shown.page.wait_for_function(f"() => ({SIZES})().join() === '31px,rgb(0, 255, 0)'")
        css = NOTE_TYPES["ask"].css + "\n.newer { color: red }"
        monkeypatch.setattr(type(NOTE_TYPES["ask"]), "css", property(lambda _, css=css: css))
        monkeypatch.setattr("coursedeck.published.ledger.DATED", 1_800_000_000)
        take(each_kind, Author(one_of_each()).publish()["course.apkg"])
        card.load()
        assert ".newer" in card.question(reload=True)


SIZES = """() => [getComputedStyle(document.querySelector(".question")).fontSize,
  getComputedStyle(document.body).backgroundColor]"""


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_a_case_is_the_same_on_both_sides_and_its_answer_alone_is_bold(each_kind, open_, night):
    (card,) = cards_of(each_kind, EACH["cases"])
    shown = open_(night=night)
    shown.front(card)
    case = shown.page.locator(".case:visible").inner_text()
    shown.back(card)
    assert shown.page.locator(".case:visible").inner_text() == case
    bold = "each => each.map(one => +getComputedStyle(one).fontWeight)"
    assert shown.page.locator(".answer:visible").evaluate_all(bold) == [600]
    assert shown.page.locator(".case:visible, .question").evaluate_all(bold) == [400, 400]


def test_what_was_asked_stays_in_sight_where_an_answer_is_long(built, learner, open_):
    learner.imports(built["first-edition"])
    shown = open_()
    shown.size(390, 525)
    for card in some(cards_of(learner, EACH["sort"]), 4):
        shown.front(card)
        shown.back(card)
        _, line, question = boxes(shown.page.locator("#qa"), "hr#answer", ".question")
        assert 0.4 * 525 < line["y"] < 0.8 * 525
        assert question["y"] > 0


def test_a_list_that_is_cut_shows_where_it_goes_on(built, learner, open_):
    learner.imports(built["first-edition"])
    shown = open_()
    seen = set()
    for card in cards_of(learner, "Id:mm-ladder.* or Id:fr-disabilities.*"):
        shown.front(card)
        rows = shown.page.locator(".items li").all_inner_texts()
        numbers = shown.page.locator(".items li:not(.more)").evaluate_all(
            "each => each.map(li => +li.getAttribute('value') || 0)"
        )
        first = max(numbers[0], 1)
        assert (rows[0] == "⋮") == (first > 1)
        whole = 7
        last = first + len(numbers) - 1
        assert (rows[-1] == "⋮") == (last < whole)
        seen.add((rows[0] == "⋮", rows[-1] == "⋮"))
    assert seen == {(False, True), (True, True), (True, False)}


# --- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", some(["first-edition", "workshop", "anatomy"], 3))
def test_nothing_scrolls_sideways_and_no_word_is_broken_at_any_size_or_enlarged(
    built, learner, open_, name
):
    learner.imports(built[name])
    shown = open_()
    # Where there is a dictionary, a word may be parted, with a hyphen.
    shown.page.add_style_tag(content="* { hyphens: manual !important }")
    for card in with_the_longest_words(cards_of(learner), 10 if THOROUGH else 4):
        for show in (shown.front, shown.back):
            shown.size(900, 645)
            show(card)
            for width, height in (WINDOWS[0], WINDOWS[-1], *ENLARGED):
                shown.size(width, height)
                where = f"{card.note()['Id']}, {show.__name__}, {width} by {height}"
                assert (where, *shown.page.evaluate(SPILT)) == (where, 0, [])


def with_the_longest_words(cards, number):
    """So many cards, those first whose words are longest."""

    def longest(card):
        return max(map(len, re.findall(r"[^\W_]+", re.sub(r"<[^>]+>", " ", card.answer()))))

    return sorted(cards, key=longest, reverse=True)[:number]


def test_where_a_fact_comes_from_takes_at_most_two_lines(built, learner, open_):
    learner.imports(built["first-edition"])
    shown = open_()
    shown.size(390, 525)
    lines = set()
    sources = {card.note()["Source"]: card for card in cards_of(learner)}
    for source in some(sorted(sources, key=len)[-8:], 3):
        card = sources[source]
        shown.front(card)
        shown.back(card)
        _, box = boxes(shown.page.locator(".source"), "span:not(.id)")
        lines.add(round(box["height"] / 18.2))
    assert lines == {2}


def test_no_option_is_parted_where_it_fits_on_a_line(built, learner, open_):
    learner.imports(built["first-edition"])
    shown = open_()
    shown.size(390, 525)
    for card in some(cards_of(learner, EACH["sort"]), 4):
        shown.front(card)
        lines = shown.page.locator(".options li").evaluate_all(
            "each => each.map(li => [Math.round(li.getBoundingClientRect().height / 26), li.scrollWidth])"
        )
        assert len(lines) >= 2
        for high, wide in lines:
            assert high == 1 or wide > 340


def test_a_card_runs_as_its_language_does(window):
    tags = ["ar", "he-IL", "fa", "az-Arab", "az", "ar-Latn", "ur-PK", "de", "dv"]
    cards = "".join(f'<div class="coursedeck" lang="{tag}">x</div>' for tag in tags)
    window.set_content(f"<style>{NOTE_TYPES['ask'].css}</style>{cards}")
    runs = "each => each.map(one => getComputedStyle(one).direction)"
    found = window.locator(".coursedeck").evaluate_all(runs)
    assert found == [languages.direction(tag) for tag in tags]
