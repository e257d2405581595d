"""A module, a concept and a card come to a course that is there, and nothing else in it changes."""

import pytest
from conftest import SAUERTEIG, run, some
from coursedeck.incoming.new import with_card
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.load import load
from coursedeck.problems import Refusal
from coursedeck.source.files import read_files

MODULE = "modules/grundlagen.yaml"
pytestmark = pytest.mark.slow


def only_added(before, after, path):
    """The lines that a file has more than it had, all others being there in their order."""
    old, new = (each[path].decode().splitlines() for each in (before, after))
    rest = iter(new)
    added = []
    for line in old:
        for other in rest:
            if other == line:
                break
            added.append(other)
    return added + list(rest)


def check(folder):
    course, found = load(folder, warnings=False)
    assert course, found
    return {str(c.id) for m in course.modules for k in m.concepts for c in k.cards}


def test_a_module_is_a_file_and_a_word_in_the_list(course_folder):
    before = read_files(course_folder)
    run("new", "module", "ofen", course_folder)
    after = read_files(course_folder)
    assert {path for path in after if after[path] != before.get(path)} == {
        "course.yaml",
        "modules/ofen.yaml",
    }
    assert "ofen-1" in check(course_folder)
    old, new = (each["course.yaml"].decode() for each in (before, after))
    assert new.replace(", ofen]", "]") == old


def test_a_concept_stands_behind_the_others(course_folder):
    before = read_files(course_folder)
    run("new", "concept", "dampf", course_folder, "--module", "grundlagen")
    after = read_files(course_folder)
    added = only_added(before, after, MODULE)
    assert added[:3] == ["  - id: dampf", "    name: Dampf", "    cards:"]
    assert len(after[MODULE].splitlines()) == len(before[MODULE].splitlines()) + len(added)
    assert "dampf-1" in check(course_folder)


@pytest.mark.parametrize("kind", some(NOTE_TYPES, 3))
def test_a_card_of_each_kind_stands_behind_the_others(course_folder, kind):
    path = course_folder / MODULE
    text, entry = path.read_text("utf-8"), "      - id: stufen"
    path.write_text(text.replace(entry, f"      # Treppen\n{entry}   # drei"), "utf-8")
    before = read_files(course_folder)
    place = ("--module", "grundlagen", "--concept", "anstellgut")
    run("new", "card", "neu", course_folder, *place, "--kind", kind)
    after = read_files(course_folder)
    assert only_added(before, after, MODULE)[0] == "      - id: neu"
    assert "neu" in check(course_folder)


def test_a_card_of_a_course_of_one_file(tmp_path):
    path = tmp_path / "cards.yaml"
    path.write_text("# mine\ntitle: T\ncards:\n  - {ask: Why?, answer: So.}  # one\n")
    run("new", "card", "two", path)
    assert path.read_text().startswith(
        "# mine\ntitle: T\ncards:\n  - {ask: Why?, answer: So.}  # one\n  - id: two\n"
    )
    assert "course of one file" in run("new", "module", "m", path, code=1).stderr


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ("module", "grundlagen"),
            "“grundlagen” is there already: give another id, such as grundlagen-2",
        ),
        (("card", "stufen", "--module", "grundlagen"), "such as stufen-2"),
        (
            ("card", "neu", "--module", "grundlage"),
            "there is no module “grundlage”: did you mean “grundlagen”?",
        ),
        (
            ("card", "neu", "--module", "grundlagen", "--concept", "x"),
            "no concept “x”: it has anstellgut",
        ),
        (("card", "Neu Karte", "--module", "grundlagen"), "such as neu-karte"),
        (("concept", "stufen", "--module", "grundlagen"), "is there already"),
    ],
)
def test_what_is_there_is_never_written_over(course_folder, command, said):
    before = read_files(course_folder)
    sort, id_, *more = command
    assert said in run("new", sort, id_, course_folder, *more, code=1).stderr
    assert read_files(course_folder) == before


def test_an_id_that_learners_have_is_not_given_again(released_folder):
    folder = released_folder / "content"
    path = folder / MODULE
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("      - id: glas")] + "essays: []\n", "utf-8")
    (folder / "history.yaml").write_text("retired: [{card: glas, reason: So.}]\n")
    (folder / "media" / "glas.svg").unlink()
    assert "glas-2" in run("new", "card", "glas", folder, "--module", "grundlagen", code=1).stderr


def test_an_unknown_kind_is_wrong_usage():
    said = run("new", "card", "x", SAUERTEIG, "--module", "grundlagen", "--kind", "clozes", code=2)
    assert "did you mean “cloze”?" in said.stderr


CONCEPT = """id: one
title: One
deck: One
concepts:
  - id: {}
    name: Orwell
    cards:
      - id: a
        ask: Who wrote this book about the year to come?
        answer: He did.
"""


def of_concept(id_):
    about = b"id: c\ntitle: C\nmodules: [one]\n"
    return {"course.yaml": about, "modules/one.yaml": CONCEPT.format(id_).encode()}


@pytest.mark.parametrize("id_", ["1984", "true", "no", "1e3", "'12'", "0x1f"])
def test_a_concept_is_found_whatever_yaml_takes_its_id_for(id_):
    made = with_card(of_concept(id_), "new", "one", id_.strip("'"), "ask")
    assert made["modules/one.yaml"].startswith(CONCEPT.format(id_).encode() + b"      - id: new\n")


def test_where_ids_are_left_out_what_gives_them_is_named():
    files = of_concept("x")
    files["modules/one.yaml"] = files["modules/one.yaml"].replace(b"id: x\n    name", b"name")
    with pytest.raises(Refusal, match=r"no concept “orwell”: .*`coursedeck check --fix`"):
        with_card(files, "new", "one", "orwell", "ask")


@pytest.mark.parametrize("kind", some(NOTE_TYPES, 3))
def test_a_new_card_has_words_to_replace_and_nothing_but_that_is_told_of_two_of_them(
    tmp_path, kind
):
    path = tmp_path / "cards.yaml"
    path.write_text("title: T\nid: t\ncards:\n  - {id: one, ask: What barks?, answer: A dog}\n")
    for name, line in (("two", 5), ("three", None)):
        said = run("new", "card", name, path, "--kind", kind).stdout
        assert line is None or f"cards.yaml:{line}: the card “two” stands here" in said
    assert "#" not in path.read_text()
    assert "\n\n" not in path.read_text()
    _, found = load(path)
    assert [each.code for each in found] == ["placeholder", "placeholder"]


def test_a_module_is_not_asked_for_in_a_course_of_one_file(tmp_path):
    path = tmp_path / "cards.yaml"
    path.write_text("title: T\ncards:\n  - {ask: Why?, answer: So.}\n")
    said = run("new", "card", "two", path, "--module", "basics", code=1).stderr
    assert "cards.yaml is a course of one file, without modules" in said


WORDS = "Write your own words where it says “Your …”; `coursedeck check {}` names the places that are left."


@pytest.mark.parametrize("folder", ["brot", "mein kurs", "курс"])
def test_it_is_said_where_something_new_stands_and_what_to_do_next(tmp_path, folder):
    where = tmp_path / "far away" / folder
    said = run("new", "course", where).output.splitlines()
    assert said == [
        f"{where}: 6 files, an example with a card of each kind",
        f'Put your own words in their place; `coursedeck preview "{where}"` shows the cards meanwhile.',
    ]
    for command, file, begins in (
        (("module", "oven"), "modules/oven.yaml", "id: oven"),
        (("concept", "steam", "--module", "oven"), "modules/oven.yaml", "  - id: steam"),
        (("card", "c1", "--module", "oven"), "modules/oven.yaml", "  - id: c1"),
        (
            ("card", "c2", "--module", "oven", "--concept", "steam"),
            "modules/oven.yaml",
            "      - id: c2",
        ),
    ):
        kind, id_, *more = command
        place, next_ = run("new", kind, id_, where, *more).output.splitlines()
        lines = (where / file).read_text("utf-8").splitlines()
        path, number = place.removesuffix(f": the {kind} “{id_}” stands here").rsplit(":", 1)
        assert path == str(where / file)
        assert lines[int(number) - 1] == begins
        assert next_ == WORDS.format(f'"{where}"')


def test_of_all_files_that_something_new_needs_it_is_said_what_they_are_for(course_folder):
    said = run("new", "module", "ofen", course_folder).output.splitlines()
    assert said[0].startswith(f"{course_folder / 'modules' / 'ofen.yaml'}:")
    assert said[1].startswith(f"{course_folder / 'course.yaml'}:")
    assert said[1].endswith(": changed")
    said = run("new", "card", "bild", course_folder, "--module", "ofen", "--kind", "diagram").output
    assert f"{course_folder / 'media' / 'jar.svg'}: written" in said


def test_a_card_of_one_file_is_told_with_its_line_in_whatever_layout(tmp_path):
    path = tmp_path / "cards.yaml"
    path.write_text("title: A\ncards: [{ask: What barks?, answer: A dog}]\n", "utf-8")
    said = run("new", "card", "c1", path).output.splitlines()
    assert said == [f"{path}:2: the card “c1” stands here", WORDS.format(path)]


def test_an_id_of_other_letters_is_refused_with_what_may_have_them(course_folder):
    for id_ in ("窯", "печь"):
        said = run("new", "module", id_, course_folder, code=1).output
        assert "lower-case letters from a to z, digits and single hyphens" in said
        assert "titles and all else that learners read may have any letters" in said
    said = run("new", "module", "Öfen", course_folder, code=1).output
    assert "such as ofen" in said


def test_where_no_module_is_named_the_option_is_and_what_there_is(course_folder):
    said = run("new", "card", "c1", course_folder, code=1).output
    assert "--module is missing, which says where it belongs: grundlagen" in said
