"""The update page in a real browser: exports of the real Anki in, a file that Anki imports out."""

import contextlib
import copy
import json
import re
import time

import pytest
from anki.collection import DeckIdLimit
from author import Author, note_of, one_of_each, questions, take
from axe_playwright_python.sync_playwright import Axe
from conftest import THOROUGH, some
from coursedeck.kinds.all import NOTE_TYPES
from learner import Learner
from merging import data_of, edit, export, import_text, many, merge
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

MANY = 5_000 if THOROUGH else 1_000


@pytest.fixture(scope="module")
def _told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("told")
    learner, author = Learner(folder), Author([*one_of_each(), *questions(12)])
    author.first = author.publish()
    author.freeze("1.0.0")
    take(learner, author.first["course.apkg"])
    for number in (1, 2, 3):
        note = note_of(learner, author.notes()[f"card-{number}"].guid)
        note["My notes"] = "<b>mine</b><br>and <img src=x onerror=alert(1)>"
        note["Answer" if number == 2 else "My notes"] += " own"
        note.add_tag("own")
        learner.col.update_note(note)
    learner.col.remove_notes([note_of(learner, author.notes()["card-5"].guid).id])
    for id_ in ("card-1", "card-2", "pair-card"):
        author.card(id_)["words"] = "edited"
    author.retire("card-3")
    author.retire("card-4")
    author.cards.append({**questions(1)[0], "id": "card-new"})
    author.version = "1.1.0"
    author.second = author.publish()
    author.freeze("1.1.0")
    learner.col.close()
    return folder, author


@pytest.fixture
def author(_told):
    """An author with two releases, of which the second edited, retired and added cards."""
    return copy.deepcopy(_told[1])


@pytest.fixture
def student(learner, _told):
    """A learner of the first release who wrote something, tagged something and deleted something before the second."""
    learner.becomes(_told[0])
    return learner


@contextlib.contextmanager
def a_window(browser):
    """A narrow window; all that its page asked for and complained of."""
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("dialog", lambda dialog: page.said.append(dialog.message))
    yield page
    context.close()


@contextlib.contextmanager
def opening(page, author, folder):
    """The page of the second release, opened from a file."""
    path = folder / "update.html"
    path.write_bytes(author.second["update.html"])
    page.asked.clear()
    page.said.clear()
    page.goto(path.as_uri())
    yield page
    assert page.said == []
    assert page.asked == [path.as_uri()]  # the page itself, and nothing else


@pytest.fixture(scope="module")
def window(browser):
    """One window for all tests: to make another takes longer than most of them. The page keeps nothing in it."""
    with a_window(browser) as page:
        yield page


@pytest.fixture
def opened(window, author, tmp_path):
    """The page, opened for one test."""
    with opening(window, author, tmp_path) as page:
        yield page
    window.emulate_media(color_scheme="null")


@pytest.fixture
def on_its_own_clock(browser, author, tmp_path):
    """The page in a window of its own, whose clock a test may set."""
    with a_window(browser) as page, opening(page, author, tmp_path):
        yield page


@pytest.fixture(scope="module")
def left_open(browser, _told, tmp_path_factory):
    """The page, opened once for files that it refuses."""
    folder = tmp_path_factory.mktemp("page")
    with a_window(browser) as window, opening(window, _told[1], folder) as page:
        yield page


def give(page, tmp_path, content):
    """Give the page a file; what it says then. Each has a name of its own: Playwright gives the same one no second time."""
    path = tmp_path / f"notes-{len([*tmp_path.iterdir()])}.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    page.evaluate("document.getElementById('result').replaceChildren()")  # what it said before
    page.set_input_files("#file", path)
    page.wait_for_selector("#result h3:focus")
    return page.inner_text("#result")


def test_an_export_goes_in_and_a_file_that_anki_imports_comes_out(
    opened, author, student, tmp_path
):
    said = give(opened, tmp_path, export(student))
    assert f"{student.col.note_count()} notes of this course in your file" in said
    opened.check("#sure")
    expect(opened.locator("#sure:checked")).to_be_focused()
    said = opened.inner_text("#result")
    assert "The update is for 5 of them; the others need nothing. What you wrote stays." in said
    assert "It is called course-update-1.1.0.txt" in said
    for part in (
        "3 notes that the author has changed",
        "1 note that you and the author have both changed",
        "1 note retired, and closed by this update\n",
        "1 note retired, but kept",
        "1 note missing from your file",
        "1 note that the package will bring as new",
    ):
        assert part in said + "\n"
    with opened.expect_download() as download:
        opened.click("button")
    assert download.value.suggested_filename == "course-update-1.1.0.txt"
    text = download.value.path().read_bytes().decode()
    assert text == merge(export(student), data_of(author))["text"]
    assert import_text(student, text) == {"updated": 5}
    assert note_of(student, author.notes()["card-1"].guid)["Answer"] == "aediteda"
    assert note_of(student, author.notes()["card-2"].guid)["Answer"] == "a2a own"
    take(student, author.second["course.apkg"])
    card = note_of(student, author.notes()["card-2"].guid)
    assert card["Answer"] == "a2a own"
    assert "words of your own" not in said  # they answer to an older question
    assert "You have put one of the author’s fields into words of your own" in give(
        opened, tmp_path, export(student)
    )
    with opened.expect_download() as download:
        opened.click("text=Save the suggestions")
    assert download.value.suggested_filename == "course-corrections.txt"
    assert download.value.path().read_bytes().decode().splitlines()[3:] == [
        "#columns:guid\tId\tAnswer",
        "#version:1.1.0",
        f'"{card.guid}"\t"card-2"\t"a2a own"',
    ]


def test_the_page_asks_only_where_no_closed_card_of_the_note_type_is_in_the_file(
    opened, author, student, tmp_path
):
    """The reason on a closed card shows where `Retired` stands; where none is, nothing in a file does."""
    said = give(opened, tmp_path, export(student))
    assert "I have added, moved or removed no field" in said
    assert "course-retired.apkg, imported after step 3" in said
    assert opened.query_selector("#sure")
    take(student, author.second["course-retired.apkg"])
    author.retire("card-7")
    author.version = "1.2.0"
    (tmp_path / "update.html").write_bytes(author.publish()["update.html"])
    opened.asked.clear()
    opened.reload()
    assert (
        "1 note retired, and closed by this update\n"
        in give(opened, tmp_path, export(student)) + "\n"
    )
    assert not opened.query_selector("#sure")


def words(page):
    """All that the page says of a file, also where it is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    return page.inner_text("#result")


OPEN, CLOSED = "1 note retired, and open until you tick the box", "1 note retired, and closed by"
BY_HAND = "suspend them, or delete them"


def test_retired_cards_wait_for_the_tick_and_are_closed_with_it(opened, student, tmp_path):
    """Without the tick the page must not send a learner to do by hand what the tick does."""
    give(opened, tmp_path, export(student))
    for ticked in (False, True, False):
        opened.set_checked("#sure", ticked)
        expect(opened.locator("#sure")).to_be_checked(checked=ticked)
        said = words(opened)
        assert (
            "The update is for 4 of them; 1 other is retired: tick the box below to close it; "
            "the rest needs nothing." in said
        ) == (not ticked)
        assert ("The update is for 5 of them" in said) == ticked
        assert (OPEN in said, CLOSED in said) == (not ticked, ticked)
        assert ("tick the box above: this update closes them then" in said) == (not ticked)
        assert BY_HAND not in said
        assert "cannot be updated" not in said


def test_where_only_retired_cards_are_left_the_page_says_to_tick_first(
    opened, author, new_learner, student, tmp_path
):
    """They are no reason to say that nothing is left to do."""
    import_text(student, merge(export(student), data_of(author), sure=False)["text"])
    take(student, author.second["course.apkg"])
    said = give(opened, tmp_path, export(student))
    assert "1 other is retired: tick the box below to close it" in said
    assert "nothing is left to do" not in said
    studious = new_learner()
    for package in (author.first, author.second):
        take(studious, package["course.apkg"])
    said = give(opened, tmp_path, export(studious))
    assert "2 of your notes are retired: tick the box below to close them. Without the tick" in said
    assert opened.query_selector("button") is None
    opened.check("#sure")
    expect(opened.locator("#result")).to_contain_text("The update is for 2 of them")
    expect(opened.locator("#result button")).not_to_have_count(0)


def test_cards_that_no_tick_can_close_are_the_learners_to_suspend(
    opened, author, student, tmp_path
):
    """Words of the learner's stand right after `Id`: nothing is asked, and they are told what to do themselves."""
    model = student.col.models.by_name(NOTE_TYPES["ask"].name)
    student.col.models.add_field(model, student.col.models.new_field("Own"))
    student.col.models.reposition_field(
        model, model["flds"][-1], NOTE_TYPES["ask"].fields.index("Id") + 1
    )
    student.col.models.update_dict(model)
    edit(student, author, "card-1", Own="a word")
    give(opened, tmp_path, export(student))
    said = words(opened)
    assert not opened.query_selector("#sure")
    assert "1 other cannot be updated: see below" in said
    assert "1 note retired, but still open" in said
    assert BY_HAND in said


def test_what_the_learner_wrote_on_a_retired_card_is_shown(opened, student, tmp_path):
    give(opened, tmp_path, export(student))
    kept = opened.locator("details", has_text="retired, but kept")
    kept.locator("summary").click()
    said = kept.inner_text()
    assert "My notes, or a field of your own: yours\nmine\nand [x] own" in re.sub(" +", " ", said)
    assert "Tags: yours\nown" in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is no note in this file"),
        (b"PK\x03\x04", "This is a package of Anki"),
        (b"\x89PNG\r\n\x1a\n", "This is no text: a picture, perhaps"),
        ("#separator:tab\n#html:true\n“".encode()[:-1], "or it was cut short"),
        (b"#separator:tab\n#html:true\n#tags column:3\na\tb", "This file is not whole"),
        (b'#separator:tab\n#html:true\n#tags column:3\na\t"b\n', "This file is not whole"),
        ("#separator:tab\n".encode("utf-16"), "another program has saved it"),
        (b"Question\tAnswer\n", "not a file of Anki’s export"),
        (b"#separator:tab\n#html:true\n#tags column:3\n", "There is no note in this file"),
        (b"#separator:tab\n#html:false\n#tags column:3\na\tb\t\n", "without HTML"),
        (b"#separator:tab\n#html:true\na\tb\tc\n", "without tags"),
        (b"#separator:tab\n#html:true\na\tb\n", "You exported cards"),
        (b"#separator:tab,,\n#html:true,,\na,b,\n", "another program has saved it"),
        (b"#separator:tab\n#html:true\n#if matches:update current\na\tb\n", "has saved. Import it"),
        (
            b"#separator:tab\n#html:true\n#if matches:update current\n#columns:a\tb\na\tb\n",
            "the old update file",
        ),
        (b"#separator:tab\n#html:true\n#tags column:3\na\tb\t\n", "is of this course"),
        (
            b"#separator:tab\n#html:true\n#tags column:3\na\tb\tcourse::mine::9.0.0\n",
            "Take the newest update page",
        ),
        (b"x" * 100_000_001, "larger than 100 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_wrong_file_is_refused_with_a_plain_sentence(left_open, tmp_path, content, sentence):
    assert sentence in give(left_open, tmp_path, content)
    assert left_open.query_selector("button") is None
    assert left_open.said == []


def test_the_page_names_the_notes_that_came_from_anki_and_are_not_its_own(
    opened, author, student, tmp_path
):
    page = author.second["update.html"].replace(b'"types":', b'"brought":2,"types":')
    (tmp_path / "update.html").write_bytes(page)
    assert "came from Anki" not in give(opened, tmp_path, export(student))
    opened.asked.clear()
    opened.reload()
    said = give(opened, tmp_path, export(student))
    assert "2 notes of this course came from Anki with note types of their own" in said


@pytest.mark.parametrize(
    ("days", "said"), some([(1.1, "1 day old"), (0.9, ""), (3.5, "3 days old")], 3)
)
def test_an_export_of_days_ago_is_asked_about(on_its_own_clock, student, tmp_path, days, said):
    opened = on_its_own_clock
    opened.clock.set_fixed_time(time.time() + days * 86_400)
    told = give(opened, tmp_path, export(student))
    assert ("Did you edit since?" in told) == bool(said)
    assert said in told


def test_the_page_says_which_module_is_not_in_the_file_and_what_is_done(
    opened, author, student, tmp_path
):
    one = DeckIdLimit(student.col.decks.id("Course::1 One"))
    said = give(opened, tmp_path, export(student, one))
    assert "Nothing of “2 Two” is in your file. If you have it in Anki" in said
    import_text(student, merge(export(student), data_of(author))["text"])
    assert "You have imported this update: go on with" in give(opened, tmp_path, export(student))
    take(student, author.second["course.apkg"])
    said = give(opened, tmp_path, export(student))
    assert "You have taken this update; nothing is left to do" in said


@pytest.mark.parametrize("ahead", some([60, 0, 80_000], 3))
def test_before_the_moment_of_the_build_the_page_says_until_when_to_wait(
    on_its_own_clock, author, student, tmp_path, ahead
):
    """A clock is wrong then, and the package would replace what the file has merged."""
    opened = on_its_own_clock
    opened.clock.set_fixed_time(author.now - ahead)
    said = give(opened, tmp_path, export(student))
    assert ("Not yet" in said) == (ahead > 0)
    assert (opened.query_selector("button") is None) == (ahead > 0)
    if ahead:
        assert not Axe().run(opened).response["violations"]
        assert opened.evaluate("document.documentElement.scrollWidth") <= 320
        moments = opened.evaluate(f"[{author.now}, {author.now - ahead}].map(moment)")
        assert moments[0] != moments[1]
        assert all(each in said for each in moments)


def test_all_can_be_done_with_the_keyboard_alone(opened, student, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text(export(student), "utf-8")
    with opened.expect_file_chooser() as chooser:  # takes effect a while after it is said
        opened.keyboard.press("Tab")
        expect(opened.locator("#file")).to_be_focused()
        opened.keyboard.press("Space")
    chooser.value.set_files(path)
    opened.wait_for_selector("#result h3:focus")  # a screen reader reads on from here
    opened.keyboard.press("Tab")
    opened.keyboard.press("Space")
    opened.wait_for_selector("#sure:checked:focus")
    opened.keyboard.press("Tab")
    with opened.expect_download():
        opened.keyboard.press("Enter")
    opened.keyboard.press("Tab")
    expect(opened.locator("summary").first).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened.locator("details").first).to_have_attribute("open", "")


@pytest.mark.parametrize("scheme", some(["dark", "light"], 2))
def test_axe_finds_nothing_serious_by_day_and_night(opened, student, tmp_path, scheme):
    opened.emulate_media(color_scheme=scheme)
    give(opened, tmp_path, export(student))
    opened.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = Axe().run(opened).response["violations"]
    assert [(each["id"], each["nodes"]) for each in found] == []


def test_nothing_sticks_out_at_320_pixels(opened, student, tmp_path):
    give(opened, tmp_path, export(student))
    opened.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320


def test_words_of_a_course_run_the_way_of_their_script(opened, student, tmp_path):
    give(opened, tmp_path, export(student))
    opened.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    words = opened.locator("body [lang]")
    assert words.count() > 5
    for at in range(words.count()):
        word = words.nth(at)
        assert word.evaluate("each => getComputedStyle(each).direction") == "ltr"
        word.evaluate("each => { each.textContent = 'ما هي العاصمة؟ (1)'; }")
        assert word.evaluate("each => getComputedStyle(each).direction") == "rtl"


def test_without_javascript_the_page_says_so(browser, author, tmp_path):
    path = tmp_path / "update.html"
    path.write_bytes(author.first["update.html"])
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    # Of what stands in `noscript` itself, `expect` says that it is nothing.
    expect(page.locator("noscript .notice")).to_contain_text("This page needs JavaScript")
    context.close()


def test_the_words_of_a_course_cannot_break_out_of_the_data(browser, author, tmp_path):
    author.card("card-1")["words"] = " `</script><!--<script> &amp;` "
    path = tmp_path / "update.html"
    path.write_bytes(author.publish()["update.html"])
    page = browser.new_page()
    page.goto(path.as_uri())
    held = page.evaluate("JSON.parse(document.getElementById('data').textContent)")
    assert held == data_of(author)
    page.close()


def test_thousands_of_notes_are_merged(browser, author, tmp_path):
    """How the time grows with them is looked at in test_merge.py, where no other process counts."""
    path = tmp_path / "update.html"
    path.write_bytes(author.first["update.html"])
    page = browser.new_page()
    page.goto(path.as_uri())
    took, count = page.evaluate(
        """(given) => {
            const [text, data] = JSON.parse(given);
            const start = performance.now();
            const made = merge(text, data);
            return [performance.now() - start, made.report.written];
        }""",
        json.dumps(many(author, MANY)),
    )
    page.close()
    print(f"{MANY} notes merged in {took:.0f} ms")  # noqa: T201
    assert count == MANY


def test_the_page_names_no_address_and_loads_nothing(author):
    """Beside requests that a test can count, there are those that a click would make."""
    page = author.first["update.html"].decode()
    assert re.findall(r"https?://", page) == []
    assert re.findall(r"""(?:src|href)=["'](?!data:,)""", page) == []
