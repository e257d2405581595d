"""The packages in the real Anki: what a learner gets on a double click."""

import json
import random
import shutil

import pytest
from click.testing import CliRunner
from conftest import SAUERTEIG, WORKSHOP
from coursedeck.build import as_first_built
from coursedeck.cli import main
from coursedeck.load import load
from coursedeck.order import places
from coursedeck.source.files import read_files

pytestmark = pytest.mark.slow

COURSES = [pytest.param(WORKSHOP, id="workshop"), pytest.param(SAUERTEIG, id="small and German")]


def run(*args):
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Each course's packages, built once."""
    cache = {}

    def get(folder):
        if folder not in cache:
            out = tmp_path_factory.mktemp("out")
            copy = shutil.copytree(folder, tmp_path_factory.mktemp("course") / folder.name)
            run("build", copy, "--out", out, "--only", "anki")
            notes = json.loads(run("list", folder, "--json"))
            whole = next(
                path
                for path in out.glob("*.apkg")
                if path.stem == notes[0]["tags"][0].split("::")[0]
            )
            modules = sorted(path for path in out.glob("*.apkg") if path != whole)
            cache[folder] = (whole, modules, notes)
        return cache[folder]

    return get


@pytest.mark.parametrize("folder", COURSES)
def test_a_fresh_collection_gets_every_note_that_list_names_and_nothing_else(
    built, learner, folder
):
    whole, _, notes = built(folder)
    assert learner.imports(whole) == {"new": len(notes)}
    assert {guid for (guid,) in learner.rows("select guid from notes")} == {
        n["guid"] for n in notes
    }
    assert learner.col.card_count() == sum(note["cards"] for note in notes)
    problems, fine = learner.col.fix_integrity()
    assert fine, problems


@pytest.mark.parametrize("folder", COURSES)
def test_no_card_is_empty_and_none_reports_a_template_problem(built, learner, folder):
    learner.imports(built(folder)[0])
    assert not learner.col.get_empty_cards().notes
    for front, back in learner.fronts_and_backs():
        for side in (front, back):
            assert "coursedeck" in side
            assert "{{" not in side
            assert (
                "template" not in side.lower().replace("<template", "")
                or "problem" not in side.lower()
            )
        assert "id=answer" in back


@pytest.mark.parametrize("folder", COURSES)
def test_decks_are_nested_under_the_course_by_name(built, learner, folder):
    whole, _, notes = built(folder)
    learner.imports(whole)
    course = notes[0]["deck"].partition("::")[0]
    assert learner.deck_names() == {course} | {note["deck"] for note in notes}


@pytest.mark.parametrize("folder", COURSES)
def test_importing_again_and_each_module_on_top_changes_nothing(built, learner, folder):
    whole, modules, notes = built(folder)
    learner.imports(whole)
    before = learner.rows("select * from notes"), learner.rows("select * from cards")
    assert learner.imports(whole) == {"duplicate": len(notes)}
    for module in modules:
        assert set(learner.imports(module)) == {"duplicate"}
    assert (learner.rows("select * from notes"), learner.rows("select * from cards")) == before


@pytest.mark.parametrize("folder", COURSES)
def test_the_modules_one_by_one_make_the_same_collection_as_the_whole(built, new_learner, folder):
    whole, modules, _ = built(folder)
    by_whole, by_modules = new_learner(), new_learner()
    by_whole.imports(whole)
    for module in modules:
        assert set(by_modules.imports(module)) == {"new"}
    notes = "select guid, flds, tags, mod from notes order by guid"
    assert by_whole.rows(notes) == by_modules.rows(notes)
    assert by_whole.deck_names() == by_modules.deck_names()


@pytest.mark.parametrize("folder", COURSES)
def test_each_new_card_has_the_place_that_was_planned_for_it(built, learner, folder):
    """Each of a note's cards its own: Anki's import keeps them."""
    whole, _, notes = built(folder)
    learner.imports(whole)
    dealt = learner.rows(
        "select n.guid, c.ord, c.due from cards c join notes n on n.id = c.nid order by c.due"
    )
    course = as_first_built(load(folder)[0], read_files(folder))
    planned = [(p.card.note.guid, p.card.ordinal, p.number) for p in places(course)]
    assert dealt == [list(row) for row in planned]
    first = {guid: due for guid, _, due in reversed(dealt)}
    assert {note["guid"]: note["position"] for note in notes} == first


def test_the_scheduler_itself_deals_the_first_cards_in_the_planned_order(built, learner):
    whole, _, notes = built(WORKSHOP)
    learner.imports(whole)
    deck = notes[0]["deck"]
    learner.col.decks.select(learner.col.decks.id_for_name(deck))
    config = learner.col.decks.config_dict_for_deck_id(learner.col.decks.id_for_name(deck))
    learner.col.decks.save(config | {"newSortOrder": 1})  # as they were gathered
    dealt = [card.card.id for card in learner.col.sched.get_queued_cards(fetch_limit=10).cards]
    dues = [learner.col.get_card(card).due for card in dealt]
    own = [p for p in places(load(WORKSHOP)[0]) if p.card.note.deck == deck]
    assert dues == [place.number for place in own][:10]


def test_an_update_leaves_cards_that_a_learner_has_where_they_are(tmp_path, learner):
    """Places are read once, when a card arrives: those that a learner has not met yet stay where they were."""
    course = tmp_path / "course"
    shutil.copytree(SAUERTEIG, course)
    run("build", course, "--out", tmp_path / "out", "--only", "anki")
    learner.imports(tmp_path / "out" / "sauerteig.apkg")
    rows = "select n.guid, c.ord, c.due from cards c join notes n on n.id = c.nid"
    before = learner.rows(rows)
    about = course / "course.yaml"
    turned = about.read_text("utf-8").replace("[grundlagen, texte]", "[texte, grundlagen]")
    about.write_text(turned, "utf-8")
    run("build", course, "--out", tmp_path / "out", "--only", "anki")
    learner.imports(tmp_path / "out" / "sauerteig.apkg")
    assert learner.rows(rows) == before


@pytest.mark.parametrize("folder", COURSES)
def test_diagrams_open_as_native_image_occlusion(built, learner, folder):
    """Anki's own editor of image occlusions reads the notes, and each mask lies within the picture."""
    whole, _, notes = built(folder)
    learner.imports(whole)
    diagrams = learner.col.find_notes('"note:Coursedeck diagram"')
    assert len(diagrams) == sum(note["kind"] == "diagram" for note in notes)
    assert len(diagrams) >= 1
    for nid in diagrams:
        opened = learner.col.get_image_occlusion_note(nid)
        assert opened.WhichOneof("value") == "note", opened
        assert opened.note.image_data.startswith(b"<svg") or opened.note.image_data.startswith(
            b"<?xml"
        )
        for occlusion in opened.note.occlusions:
            for shape in occlusion.shapes:
                sides = {
                    prop.name: float(prop.value) for prop in shape.properties if prop.name != "oi"
                }
                assert 0 <= sides["left"] < sides["left"] + sides["width"] <= 1
                assert 0 <= sides["top"] < sides["top"] + sides["height"] <= 1


@pytest.mark.parametrize("folder", COURSES)
def test_media_of_a_package_are_all_used_and_all_there(built, learner, folder):
    learner.imports(built(folder)[0])
    report = learner.col.media.check()
    assert not report.missing
    assert not report.unused


@pytest.mark.parametrize("folder", COURSES)
def test_anki_reads_the_same_deletions_in_a_cloze_as_we_do(built, learner, folder):
    """The oracle: the backend's own reading of cloze numbers."""
    whole, _, notes = built(folder)
    learner.imports(whole)
    by_guid = {note["guid"]: note for note in notes}
    for nid in learner.col.find_notes('"note:Coursedeck cloze"'):
        note = learner.col.get_note(nid)
        numbers = learner.col._backend.cloze_numbers_in_note(note._to_backend_note())
        assert len(numbers) == by_guid[note.guid]["cards"], by_guid[note.guid]["id"]


@pytest.mark.newest
def test_a_package_is_smaller_than_the_one_that_anki_would_write(built, new_learner, tmp_path):
    """Of short texts and of long ones; three quarters of it is the most that we have seen."""
    from anki.collection import ExportAnkiPackageOptions

    drawn = random.Random(7)  # noqa: S311 - words by chance, no secret
    words = ["".join(drawn.choices("abdefgiklmnoprstu", k=6)) for _ in range(2000)]
    packages = [built(WORKSHOP)[0]]
    for name, count, length in (("short", 1000, 4), ("long", 100, 500)):
        cards = (
            f"- id: card-{n}\n  ask: Which {' '.join(drawn.choices(words, k=9))}?\n"
            f"  answer: {' '.join(drawn.choices(words, k=length))}\n"
            for n in range(count)
        )
        course = tmp_path / f"{name}.yaml"
        course.write_text(f"id: {name}\ntitle: {name}\ncards:\n{''.join(cards)}")
        run("build", course, "--out", tmp_path, "--only", "anki")
        packages.append(tmp_path / f"{name}.apkg")
    for package in packages:
        one, own = new_learner(), tmp_path / f"anki-{package.name}"
        one.imports(package)
        options = ExportAnkiPackageOptions(with_media=True)
        one.col.export_anki_package(out_path=str(own), options=options, limit=None)
        assert package.stat().st_size < 0.8 * own.stat().st_size
