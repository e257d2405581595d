"""What a learner meets in Anki besides the cards: descriptions, the way home, the dose, the editor."""

import pytest
import yaml
from conftest import run

pytestmark = pytest.mark.slow

HOME = "https://example.org/animals"
COURSE = {
    "id": "animals",
    "title": "Animals",
    "subtitle": "Who makes which sound",
    "description": "A long text for the outline.",
    "version": "1.0.0",
    "date": "2026-01-02",
    "license": "CC BY 4.0",
    "modules": ["pets"],
}
PETS = {
    "title": "Pets",
    "chapters": "ch. 3",
    "summary": "Cats and dogs.",
    "concepts": [
        {
            "id": "dogs",
            "name": "Dogs",
            "definition": "They bark.",
            "cards": [{"id": "barks", "ask": "What barks?", "answer": "A dog"}],
        }
    ],
}


def imported(tmp_path, learner, *, more=None, **options):
    folder = tmp_path / "course"
    (folder / "modules").mkdir(parents=True)
    (folder / "course.yaml").write_text(yaml.safe_dump(COURSE | (more or {})))
    (folder / "modules" / "pets.yaml").write_text(yaml.safe_dump(PETS))
    run("build", folder, "--out", tmp_path / "out", "--only", "anki")
    learner.imports(tmp_path / "out" / "animals.apkg", **options)
    return learner


def description(learner, deck):
    return learner.col.decks.by_name(deck)["desc"]


def test_a_deck_says_what_it_is_how_much_a_day_and_how_to_take_an_update(tmp_path, learner):
    said = description(imported(tmp_path, learner), "Animals")
    what, dose, update, last = said.split("\n\n")
    assert what == "Who makes which sound"
    assert "10" in dose
    assert "“Bury new siblings”" in dose  # 23.10 shows asterisks as they are
    assert "update.html" in update
    assert "id at the foot" in update
    assert "](" not in said
    assert last == "Animals 1.0.0 · 2026-01-02 · CC BY 4.0"


def test_with_an_address_a_deck_links_to_updates_sheets_and_the_author(tmp_path, learner):
    said = description(imported(tmp_path, learner, more={"url": HOME}), "Animals")
    assert f"[update page]({HOME}/update.html)" in said
    assert f"[sheets to print]({HOME})" in said
    assert f"[report an error]({HOME})" in said


def test_no_sign_of_an_address_ends_its_link(tmp_path, learner):
    odd = "https://example.org/a_(b)/[c]"
    said = description(imported(tmp_path, learner, more={"url": odd}), "Animals")
    assert "(https://example.org/a_%28b%29/%5Bc%5D)" in said


def test_a_module_s_deck_says_what_it_teaches_and_what_to_read_first(tmp_path, learner):
    said = description(imported(tmp_path, learner), "Animals::Pets")
    assert said.startswith("Cats and dogs.\n\nRead first:")
    assert said.endswith("ch. 3.")


def test_with_an_address_the_id_on_a_card_s_back_leads_there(tmp_path, learner):
    ((front, back),) = imported(tmp_path, learner, more={"url": HOME}).fronts_and_backs()
    assert f'<a href="{HOME}#barks">barks</a>' in back
    assert "example.org" not in front


def test_without_one_the_id_is_a_plain_word(tmp_path, learner):
    ((_, back),) = imported(tmp_path, learner).fronts_and_backs()
    assert '<span class="id">barks</span>' in back
    assert "<a " not in back


@pytest.mark.parametrize("odd", ["javascript:alert(1)", "ftp://x.org/", "https://", 'https://x"y'])
def test_an_address_that_is_none_is_a_located_error(tmp_path, odd):
    file = tmp_path / "cards.yaml"
    file.write_text(
        yaml.safe_dump(
            {"title": "Animals", "url": odd, "cards": [{"ask": "What barks?", "answer": "A dog"}]}
        )
    )
    result = run("check", file, code=1)
    assert "bad-address" in result.output


def test_options_stay_the_learner_s_unless_they_ask_for_ours(tmp_path, learner):
    imported(tmp_path, learner)
    options = learner.col.decks.config_dict_for_deck_id(learner.col.decks.id("Animals::Pets"))
    assert options["name"] == "Default"


def test_whoever_takes_our_options_gets_ten_new_cards_a_day_and_no_siblings(tmp_path, learner):
    imported(tmp_path, learner, with_deck_configs=True)
    for deck in ("Animals", "Animals::Pets"):
        options = learner.col.decks.config_dict_for_deck_id(learner.col.decks.id(deck))
        assert options["name"] == "Animals"
        assert options["new"]["perDay"] == 10
        assert options["new"]["bury"]
        assert options["rev"]["bury"]


def test_the_editor_shows_the_learner_s_field_under_the_author_s_words_and_says_what_it_is(
    tmp_path, learner
):
    imported(tmp_path, learner)
    fields = learner.col.models.by_name("Coursedeck question")["flds"]
    assert [each["name"] for each in fields if not each["collapsed"]] == [
        *("Question", "Answer", "Detail", "Source", "My notes")
    ]
    said = {each["name"]: each["description"] for each in fields}
    assert "update.html" in said["My notes"]
    assert "empty" in said["Retired"]
