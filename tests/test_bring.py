"""A deck of Anki's brought along: a course whose packages are, to learners of the deck, the deck itself."""

import json
import shutil
import zipfile
from pathlib import Path

import anki_deck
import pymupdf
import pytest
from conftest import run
from coursedeck.load import load
from coursedeck.published import contents
from learner import Learner

pytestmark = pytest.mark.slow

FORMS = {
    "old.apkg": True,
    "new.apkg": False,
    "old.colpkg": True,
    "new.colpkg": False,
}
NOTES = "select guid, mid, mod, tags, flds from notes order by guid"
MARKUP = ("<", "{{", "}}", "&amp;", "&lt;", "[sound", "image-occlusion", "\\(")


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    """The same deck in every form, and the collection that it comes from."""
    folder = tmp_path_factory.mktemp("deck")
    one = anki_deck.made(folder / "author")
    for name, legacy in FORMS.items():
        anki_deck.exported(one, folder / name, legacy=legacy)
    one.col.close()
    return folder


@pytest.fixture
def bring(originals, tmp_path):
    """A course that was made of one of these files."""

    def made(name="new.apkg"):
        run("new", "course", tmp_path / "course", "--from", originals / name)
        return tmp_path / "course"

    return made


@pytest.fixture
def author(originals, tmp_path):
    """A copy of the collection in which the deck was made: its learner."""
    shutil.copytree(originals / "author", tmp_path / "author")
    one = Learner(tmp_path / "author")
    yield one
    one.col.close()


def package(course, out, name="welt.apkg"):
    run("build", course, "--out", out, "--only", "anki")
    return out / name


def edited(course, old, new, module="welt"):
    path = course / "modules" / f"{module}.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_over_the_studied_original_a_build_brings_nothing_and_an_edit_updates_one_note(
    form, bring, author, tmp_path
):
    course = bring(form)
    assert "0 errors, 1 warning" in run("check", course, "--strict").output  # not-there.png
    log = anki_deck.studied(author)
    before, files = author.rows(NOTES), files_of(author)
    types = author.rows("select id, mtime_secs, config from notetypes order by id")
    assert len(log) > 3
    assert author.imports(package(course, tmp_path / "out")) == {"duplicate": 10}
    assert author.rows(NOTES) == before
    assert author.rows("select id, mtime_secs, config from notetypes order by id") == types
    edited(course, "Front: Capital of France?", "Front: What is the capital of France?")
    assert author.imports(package(course, tmp_path / "out")) == {"updated": 1, "duplicate": 9}
    assert author.rows("select * from revlog order by id") == log
    assert files_of(author) == files
    assert author.col.fix_integrity()[1]


@pytest.mark.parametrize("form", FORMS)
def test_a_new_learner_gets_the_notes_cards_files_decks_and_types_of_the_original(
    form, bring, author, learner, tmp_path
):
    assert learner.imports(package(bring(form), tmp_path / "out")) == {"new": 10}
    notes = "select guid, mid, tags, flds from notes order by guid"
    assert learner.rows(notes) == author.rows(notes)
    assert learner.deck_names() == author.deck_names()
    cards = "select n.guid, c.ord from cards c join notes n on n.id = c.nid order by 1, 2"
    assert learner.rows(cards) == author.rows(cards)
    assert decks_of(learner) == decks_of(author)
    for model in {row[0] for row in learner.rows("select distinct mid from notes")}:
        ours, theirs = (one.col.models.get(model) for one in (learner, author))
        for each in (ours, theirs):
            for part in ("mod", "usn", "req", "originalId"):
                each.pop(part, None)
            each["name"] = each["name"].rstrip("+")  # where Anki has one of its own by that name
        assert ours == theirs
    assert {name for name, _ in files_of(author)} >= {"map 1.png", "flag.svg", "_schrift.ttf"}
    assert files_of(learner) == files_of(author)
    assert sorted(learner.fronts_and_backs()) == sorted(author.fronts_and_backs())


def files_of(one):
    return {(path.name, path.read_bytes()) for path in Path(one.col.media.dir()).iterdir()}


def decks_of(one):
    rows = one.rows("select n.guid, c.did from cards c join notes n on n.id = c.nid")
    return {(guid, one.col.decks.name(deck)) for guid, deck in rows}


def test_it_says_what_a_course_cannot_carry(originals, tmp_path):
    told = run("new", "course", tmp_path / "course", "--from", originals / "new.apkg").stdout
    assert "10 notes, 4 note types, 3 decks, 5 files" in told
    assert "no part of a course" in told
    assert "a file that notes show is not in the deck: not-there.png" in told
    said = run("check", tmp_path / "course").output
    assert "“flag” shows “not-there.png”, which is not in anki-media/ [kept-media]" in said


def test_notes_of_anki_s_own_deck_stay_in_it(tmp_path, learner):
    """The package had two decks of its name, and learners got a third, `Default_`."""
    (tmp_path / "w.txt").write_text("#separator:tab\n#deck column:1\nDefault\ta\tb\nOther\tc\td\n")
    run("new", "course", tmp_path / "course", "--from", tmp_path / "w.txt")
    learner.imports(package(tmp_path / "course", tmp_path / "out", "w.apkg"))
    assert {deck for _, deck in decks_of(learner)} == {"Default", "Other"}
    assert list(learner.deck_names()) == ["Other"]  # beside Anki's own


@pytest.mark.parametrize("legacy", [True, False])
def test_a_template_with_a_deck_of_its_own_is_told(tmp_path, legacy):
    one = anki_deck.made(tmp_path / "author")
    basic = one.col.models.by_name("Basic (and reversed card)")
    basic["tmpls"][1]["did"] = one.col.decks.id("Welt::Umgekehrt")
    one.col.models.update_dict(basic)
    path = anki_deck.exported(one, tmp_path / "w.colpkg", legacy=legacy)
    one.col.close()
    told = run("new", "course", tmp_path / "course", "--from", path).stdout
    assert "templates send new cards to decks of their own (“Welt::Umgekehrt”)" in told


def test_descriptions_of_decks_stay_what_learners_have_and_that_is_told(tmp_path, learner):
    """The package wrote over them of a way to update that its learners do not have, and of My notes, which theirs lack."""
    one = anki_deck.made(tmp_path / "author")
    for name, said in {"Welt": "<b>Read</b> chapter 3!", "Welt::Tiere": "Pets"}.items():
        one.col.decks.save(one.col.decks.by_name(name) | {"desc": said, "md": False})
    path = anki_deck.exported(one, tmp_path / "welt.apkg", legacy=False)
    told = run("new", "course", tmp_path / "course", "--from", path).stdout
    assert "2 decks have descriptions" in told
    assert "learners keep theirs: “Welt”, “Welt::Tiere”; on pages" in told
    made = package(tmp_path / "course", tmp_path / "out")
    one.imports(made)
    learner.imports(made)
    said = {name: one.col.decks.by_name(name)["desc"] for name in ("Welt", "Welt::Tiere")}
    one.col.close()
    assert said == {"Welt": "<b>Read</b> chapter 3!", "Welt::Tiere": "Pets"}
    assert {each["desc"] for each in learner.col.decks.all()} == {""}


def test_a_note_with_cards_in_several_decks_is_named(tmp_path):
    one = anki_deck.made(tmp_path / "author")
    (card,) = one.col.find_cards('"Capital of France?" card:2')
    one.col.set_deck([card], one.col.decks.id("Welt::Umgekehrt"))
    path = anki_deck.exported(one, tmp_path / "w.colpkg", legacy=False)
    one.col.close()
    told = run("new", "course", tmp_path / "course", "--from", path).stdout
    assert "a note has cards in several decks (“Capital of France? Paris & Île-de-France”)" in told
    assert "the order of new cards" in told


def test_a_title_that_no_font_can_print_is_told(tmp_path):
    (tmp_path / "w.txt").write_text(
        "#separator:tab\n#deck column:1\nKannada (ಕನ್ನಡ)\ta\tb\nहिन्दी\tc\td\n", "utf-8"
    )
    told = run("new", "course", tmp_path / "course", "--from", tmp_path / "w.txt").stdout
    assert "the title “Kannada (ಕನ್ನಡ)” holds letters that no font here can print" in told
    assert "stands as “Kannada”, and 1 more such" in told
    assert "title: Kannada\n" in (tmp_path / "course" / "modules" / "kannada.yaml").read_text()
    out = run("print", tmp_path / "w.txt", "--out", tmp_path / "o", "--only", "study-sheets").stderr
    assert "stands as “Kannada”" in out


def test_a_note_that_goes_is_declared_and_then_retired_for_who_has_it(bring, author, tmp_path):
    course = bring()
    text = (course / "modules" / "welt.yaml").read_text("utf-8")
    start = text.index("  - id: flag\n")
    end = text.index("  - id: what-is-hidden\n")
    (course / "modules" / "welt.yaml").write_text(text[:start] + text[end:], "utf-8")
    assert "vanished-id" in run("check", course, code=1).stderr
    (course / "history.yaml").write_text("retired: [{card: flag, reason: It had a gap.}]\n")
    out = tmp_path / "out"
    assert author.imports(package(course, out)) == {"duplicate": 9}
    assert author.imports(out / "welt-retired.apkg") == {"updated": 1}
    assert len(author.col.get_empty_cards().notes) == 1
    assert author.rows("select count() from notes") == [[10]]


def test_the_shape_of_a_note_type_that_learners_have_cannot_change(bring):
    course = bring()
    path = course / "note-types" / "cloze.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("name: Back Extra", "name: Extra", 1).replace("{{Back Extra}}", "")
    )
    edited(course, "      Back Extra: '<table", "      Extra: '<table")
    assert "note-type" in run("check", course, code=1).stderr
    path.unlink()
    assert "kept-note" in run("check", course, code=1).stderr


def test_a_new_style_reaches_learners(bring, author, tmp_path):
    course = bring()
    path = course / "note-types" / "cloze.yaml"
    path.write_text(path.read_text("utf-8").replace("color: blue", "color: green"), "utf-8")
    author.imports(package(course, tmp_path / "out"))
    assert "color: green" in author.col.models.by_name("Cloze")["css"]
    assert "+" not in "".join(name for (name,) in author.rows("select name from notetypes"))


def test_cards_of_our_own_stand_beside_those_that_came(bring, author, tmp_path):
    course = bring()
    edited(
        course,
        "title: Welt\ncards:\n",
        "title: Welt\ncards:\n  - {id: seine, ask: Which river flows through Paris?, answer: The Seine}\n",
    )
    assert author.imports(package(course, tmp_path / "out")) == {"new": 1, "duplicate": 10}


def test_diff_and_list_speak_of_such_notes(bring, originals):
    course = bring()
    edited(course, "Front: Capital of France?", "Front: Capital of la France?")
    changes = json.loads(run("diff", course, "--against", originals / "new.apkg", "--json").stdout)
    (change,) = changes
    assert (change["change"], change["id"]) == ("edited", "capital-of-france")
    assert "capital-of-france" in run("list", course).stdout


@pytest.mark.usefixtures("blank_pages")
def test_a_release_takes_such_a_course_and_writes_only_what_changed_into_the_changelog(
    bring, tmp_path
):
    course = bring()
    edited(course, "Front: Capital of France?", "Front: Capital of la France?")
    changelog = tmp_path / "CHANGELOG.md"
    run("release", "1.0.0", course, "--out", tmp_path / "out", "--changelog", changelog)
    text = changelog.read_text("utf-8")
    assert text.count("- Capital of la France?") == 1
    assert "### New" not in text


# --- print ----------------------------------------------------------------------------------------


def words(pdf):
    with pymupdf.open(pdf) as document:
        return "\n".join(page.get_text() for page in document)


@pytest.mark.parametrize("form", ["old.colpkg", "new.apkg"])
def test_any_deck_is_printed_without_raw_markup_and_it_is_said_what_paper_lacks(
    form, originals, tmp_path
):
    told = run("print", originals / form, "--paper", "a4", "--out", tmp_path)
    assert told.stderr.count("[not-printed]") == 6
    assert "of a question and the same one backwards the first stands alone" in told.stderr
    assert "colours, underlines and sizes are left out" in told.stderr
    assert "the boxes around them are hidden" in told.stderr
    assert "what scripts do is left out" in told.stderr
    assert "stand as their names" in told.stderr
    sheets = [words(path) for path in tmp_path.rglob("study-sheets/*.pdf")]
    cards = [words(path) for path in tmp_path.rglob("cards-2x4-long-edge/*.pdf")]
    assert len(sheets) == len(cards) == 3
    for text in ("\n".join(sheets), "\n".join(cards)):
        assert not [sign for sign in MARKUP if sign in text]
        for said in ("Paris & Île-de-France", "Capital of France?", "♪", "كلب", "What is hidden?"):
            assert said in " ".join(text.split())
    assert "[animal]" in cards[0] + cards[1] + cards[2]
    assert not list(tmp_path.rglob("*.yaml"))


def test_a_deck_that_came_along_builds_and_prints_as_a_whole(bring, tmp_path):
    run("build", bring(), "--out", tmp_path / "out")
    assert list((tmp_path / "out").rglob("study-sheets/tiere-kleine.pdf"))


def test_the_boxes_of_an_image_occlusion_hide_their_part_on_paper(originals, tmp_path):
    run("print", originals / "new.apkg", "--paper", "a4", "--only", "cards", "--out", tmp_path)
    (path,) = tmp_path.rglob("cards-2x4-long-edge/welt.pdf")
    assert words(path).count("What is hidden?") == 2  # a card for each box
    assert words(path).count("?\n") >= 2


def test_what_paper_lacks_of_a_deck_is_told_in_words_of_a_deck(tmp_path):
    """It spoke of lines of a course that nobody has, and of a folder to put a font into."""
    (tmp_path / "w.txt").write_text("#separator:tab\nहिन्दी\tHindi\nकवि\tpoet\n", "utf-8")
    said = run("print", tmp_path / "w.txt", "--out", tmp_path / "o", "--paper", "a4").stderr
    line, hint, *_ = said.splitlines()
    assert line.startswith("w.txt: warning: 2 notes, the first “n-")
    assert "Devanagari (Hindi" in line
    assert "stand as □" in line
    assert "make a course of it first: coursedeck new course FOLDER --from w.txt; then put" in hint
    assert ".yaml:" not in said


def test_a_file_that_is_not_there_or_of_no_known_sort_is_named(tmp_path):
    (tmp_path / "outline.pdf").write_bytes(b"%PDF")
    for command in (
        ("new", "course", tmp_path / "c", "--from"),
        ("print", "--out", tmp_path / "o"),
    ):
        for name in ("nosuch.apkg", "nosuch.csv", "nosuch"):
            said = run(*command, tmp_path / name, code=2).stderr
            assert f"there is no {tmp_path / name}" in said
        said = run(*command, tmp_path / "outline.pdf", code=2).stderr
        assert "outline.pdf is none of the sorts that can be read" in said
        assert ".apkg" in said


# --- files from strangers -------------------------------------------------------------------------


def test_what_is_no_deck_is_refused_in_a_sentence(tmp_path, originals):
    for name, data in {
        "empty.apkg": b"",
        "text.apkg": b"hello",
        "cut.apkg": (originals / "new.apkg").read_bytes()[:3000],
    }.items():
        (tmp_path / name).write_bytes(data)
        result = run("new", "course", tmp_path / "c", "--from", tmp_path / name, code=1)
        assert "no package" in result.stderr
        assert not (tmp_path / "c").exists()


def test_what_zstd_packs_small_is_not_unpacked_without_bound():
    packed = anki_deck.zstd.compress(bytes(1 << 22))
    with pytest.raises(contents.Refusal, match="larger"):
        contents.unpacked(packed, 1 << 20)
    assert len(contents.unpacked(packed)) == 1 << 22


def test_a_file_whose_name_leads_elsewhere_is_left_out(originals, tmp_path):
    held = contents.members((originals / "old.apkg").read_bytes())
    media = json.loads(held["media"])
    place = next(key for key, name in media.items() if name == "heart.png")
    held["media"] = json.dumps(media | {place: "../../heart.png"}).encode()
    with zipfile.ZipFile(tmp_path / "odd.apkg", "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    told = run("new", "course", tmp_path / "c", "--from", tmp_path / "odd.apkg").stdout
    assert "a file is left out, since no folder takes its name: '../../heart.png'" in told
    assert not list(tmp_path.glob("heart.png"))
    assert load(tmp_path / "c")[0]


@pytest.mark.usefixtures("blank_pages")
def test_a_course_of_brought_notes_has_no_update_page_and_its_changelog_names_none(bring, tmp_path):
    """It told learners to open a page that was never made, and not that the package takes their words."""
    course, out, log = bring(), tmp_path / "out", tmp_path / "CHANGELOG.md"
    where = (course, "--out", out, "--changelog", log)
    run("release", "1.0.0", *where)
    edited(course, "Back Extra: The heart", "Back Extra: A heart")
    run("release", "1.0.1", *where)
    newest = log.read_text("utf-8").partition("## 1.0.0")[0]
    assert not (out / "update.html").exists()
    assert "update.html" not in newest
    assert "The package replaces 1 note of note types that came from Anki" in newest
