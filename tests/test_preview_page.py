"""The page that shows a course to its author, in a real browser."""

import json
import re

import pytest
from coursedeck import preview
from playwright.sync_api import expect
from previewing import first_question, until
from windows import boxes

pytestmark = pytest.mark.slow


def shown(window, note):
    """The front of a card in the window, when it has come."""
    return window.frame_locator(f'iframe[title="{note.id}: front"]').locator(".question")


@pytest.fixture
def window(previewed, browser):
    """The preview in a browser."""
    page, _ = previewed
    tab = browser.new_page()
    note, _ = first_question(page)
    tab.goto(f"{page.address}#{note.id}")
    shown(tab, note).wait_for()
    yield tab
    tab.close()


def test_an_edit_shows_when_the_file_is_saved(previewed, window):
    page, folder = previewed
    note, question = first_question(page)
    file = folder / note.card.span.path
    file.write_text(file.read_text("utf-8").replace(question, "Wozu das alles?", 1), "utf-8")
    shown(window, note).filter(has_text="Wozu das alles?").wait_for()


def test_a_save_leaves_the_keyboard_where_it_is_and_a_page_that_nobody_sees_takes_no_connection(
    previewed, window
):
    """A browser has six connections for all the pages of a server."""
    page, folder = previewed
    note, question = first_question(page)
    file = folder / note.card.span.path
    held = window.locator(f"nav [data-card={note.id}]")
    held.focus()
    seen = """hidden => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
        return events.readyState === EventSource.CLOSED;
    }"""
    assert window.evaluate(seen, True)
    number = page.seen.number
    file.write_text(file.read_text("utf-8").replace(question, "Wozu das alles?", 1), "utf-8")
    page.later(number)
    assert not window.evaluate(seen, False)
    shown(window, note).filter(has_text="Wozu das alles?").wait_for()
    held.filter(has_text="Wozu das alles?").wait_for()
    expect(held).to_be_focused()


def test_an_address_that_names_no_card_shows_the_first_and_marks_it_in_the_list(previewed, window):
    page, _ = previewed
    window.goto(f"{page.address}#%")
    window.reload()
    first = next(iter(page.seen.notes))
    expect(window.locator("nav [aria-current]")).to_have_attribute("data-card", first)
    expect(window.locator("[data-id]")).to_have_text(first)


def test_what_is_wrong_is_told_with_its_place_and_the_last_good_card_stays(previewed, window):
    page, folder = previewed
    note, question = first_question(page)
    file = folder / note.card.span.path
    sound = file.read_text("utf-8")
    file.write_text(sound.replace("ask:", "asks-what:", 1), "utf-8")
    told = window.locator("[data-problems] .error")
    expect(told.first).to_contain_text(note.card.span.path)
    expect(shown(window, note)).to_contain_text(question)
    expect(window.locator("nav .wrong")).to_have_count(0)
    expect(window.locator("[data-place]")).to_have_attribute("aria-disabled", "true")
    file.write_text(sound, "utf-8")
    expect(told).to_have_count(0)


def test_the_search_and_the_choice_of_cards_with_problems_leave_the_others_out(previewed, window):
    page, _ = previewed
    note, _ = first_question(page)
    listed, every = window.locator("nav li"), len(page.seen.notes)
    expect(listed).to_have_count(every)
    window.locator("[data-search]").fill(note.id)
    expect(listed).not_to_have_count(every)
    expect(listed.first).to_contain_text(note.id)
    window.locator("[data-search]").fill("")
    window.locator("[data-wrong]").check()
    expect(listed).to_have_count(len(_wrong(page)))


def test_the_list_follows_the_cards_when_they_change_places(previewed, window):
    page, folder = previewed
    note, _ = first_question(page)
    file = folder / note.card.span.path
    ids = "() => [...document.querySelectorAll('nav button')].map(each => each.dataset.card)"
    before = window.evaluate(ids)
    parts = re.split(r"(?m)^(?=      - id: )", file.read_text("utf-8"))
    file.write_text("".join([parts[0], parts[2], parts[1], *parts[3:]]), "utf-8")
    wanted = [before[1], before[0], *before[2:]]
    window.wait_for_function(f"() => {json.dumps(wanted)}.join() === ({ids})().join()")
    expect(window.locator("nav [aria-current]")).to_have_attribute("data-card", note.id)


def _wrong(page):
    """The ids of the notes whose cards have a problem."""
    return {each["id"] for each in preview._cards(page.seen) if each["problems"]}


def test_a_click_on_a_place_opens_it_in_the_editor(previewed, window):
    page, folder = previewed
    note, _ = first_question(page)
    window.locator("[data-place]").click()
    told = folder / "told"
    until(lambda: told.exists() and told.read_text())
    span = note.card.span
    assert told.read_text() == str([str(folder / span.path), str(span.line), str(span.column)])


def test_night_and_phone_are_those_of_anki(previewed, window):
    page, _ = previewed
    note, _ = first_question(page)
    frame = f'iframe[title="{note.id}: front"]'
    card = window.frame_locator(frame).locator(".card")
    day = card.evaluate("each => getComputedStyle(each).backgroundColor")
    window.locator("[data-night]").check()
    window.locator(f'{frame}[src*="night=1"]').wait_for()
    expect(card).not_to_have_css("background-color", day)
    window.locator("[data-phone]").check()
    window.locator(f'{frame}[src*="phone=1"]').wait_for()
    expect(window.locator(".sides figure").first).to_have_css("width", "360px")


def test_a_frame_is_as_high_as_its_card_after_a_longer_one_too(previewed, window):
    """It kept the height of the longest card that it had shown."""
    page, folder = previewed
    note, question = first_question(page)
    file = folder / note.card.span.path
    whole = file.read_text("utf-8")
    frame = window.locator(f'iframe[title="{note.id}: front"]')

    def high():
        return frame.evaluate("each => each.clientHeight")

    before = high()
    file.write_text(whole.replace(question, "Wozu das alles? " * 200, 1), "utf-8")
    until(lambda: high() > before + 200)
    assert high() > before + 200
    file.write_text(whole, "utf-8")
    until(lambda: abs(high() - before) < 5)
    assert abs(high() - before) < 5


def test_a_label_that_is_asked_is_hidden_by_its_mask(previewed, window):
    page, _ = previewed
    note = next(note for note in page.seen.notes.values() if note.kind == "diagram")
    window.locator(f'[data-card="{note.id}"]').click()
    frame = window.frame_locator(f'iframe[title^="{note.id}: front, 1"]')
    masked = frame.locator(".card").filter(has=frame.locator(".mask"))
    _, mask, image = boxes(masked, ".mask", "img")
    (asked, *_) = note.faces[0].masks
    assert mask["x"] == pytest.approx(image["x"] + asked.left * image["width"], abs=1)
    assert mask["y"] == pytest.approx(image["y"] + asked.top * image["height"], abs=1)
    assert mask["width"] == pytest.approx(asked.width * image["width"], abs=1)
