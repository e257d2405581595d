"""A file that its author takes for a part of the course, and that is called otherwise, is told; those of others are not."""

import pytest
from conftest import run
from coursedeck.load import load
from coursedeck.source.files import names_of, read_files

NOTHING = "nothing to do"
MODULE = "title: One\ncards:\n  - {id: a, ask: What rises?, answer: Bread.}\n"
# What a file is called, and what `check` says to call it.
UNREAD = {
    "modules/extra.yml": "rename it to modules/extra.yaml",
    "modules/extra.YAML": "rename it to modules/extra.yaml",
    "modules/extra.yaml.txt": "rename it to modules/extra.yaml",
    "modules/sub/b.yaml": "move it to modules/b.yaml",
    "modules/sub/below/b.yml": "move it to modules/b.yaml",
    "modules/sub/one.yaml": "modules/one.yaml is there too: what counts belongs in that one, or give this one a name of"
    " its own in modules/ that ends in .yaml",
    "Modules/b.yaml": "move it to modules/b.yaml",
    "essays/letter.yml": "rename it to essays/letter.yaml",
    "essays/old/letter.yaml": "move it to essays/letter.yaml",
    "note-types/basic.yml": "rename it to note-types/basic.yaml",
    "plan.yml": "rename it to plan.yaml",
    "tools.yml": "rename it to tools.yaml",
    "sources.yml": "rename it to sources.yaml",
    "history.yml": "rename it to history.yaml",
    "history.yaml.txt": "rename it to history.yaml",
    "Plan.yaml": "rename it to plan.yaml",
    "PLAN.YML": "rename it to plan.yaml",
    "course.yml": "course.yaml is there too: what counts belongs in that one",
    "Ledger.json": "rename it to ledger.json",
}
NEAR = {
    "plans.yaml": "plan.yaml",
    "tool.yml": "tools.yaml",
    "source.yaml": "sources.yaml",
    "Histroy.yaml": "history.yaml",
}
OF_OTHERS = (
    *("mkdocs.yml", "compose.yml", ".travis.yml", "_config.yml", "codecov.yml", "resources.yaml"),
    *("courses.yaml", "docs/plan.yml", ".github/tools.yml", "modules/README.md", "plan.md"),
    *("modules/.hidden.yml", "modules/.cache/a.yaml", "modules/table.csv", "essays/table.csv"),
    *("media.yml", "modules.yaml", "modules/notes/ideas.txt"),
    *("modules/_metadata.yml", "modules/_old/a.yaml", "modules/node_modules/p/compose.yml"),
)


@pytest.fixture
def folder(tmp_path):
    """A course in a folder, of one module."""
    write(tmp_path / "course.yaml", "title: T\nid: t\n")
    write(tmp_path / "modules/one.yaml", MODULE)
    return tmp_path


def write(path, text="title: T\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def told(folder, path, text="title: T\n"):
    """What is told of a course with one more file, as code, place and hint."""
    write(folder / path, text)
    found = load(folder, warnings=False)[1]
    (folder / path).unlink()
    return [(each.code, each.level, each.span.path, each.hint) for each in found]


def test_a_file_that_is_called_as_a_part_but_for_ending_capitals_or_folder_is_an_error(folder):
    wrong = {path: told(folder, path) for path in UNREAD}
    assert wrong == {path: [("unread-file", "error", path, hint)] for path, hint in UNREAD.items()}


def test_a_file_that_is_nearly_called_as_a_part_which_is_not_there_is_a_warning(folder):
    for path, near in NEAR.items():
        ((code, level, place, hint),) = told(folder, path)
        assert (code, level, place) == ("near-file", "warning", path)
        assert hint.startswith(f"if it is meant, call it {near}; else")


def test_beside_the_part_that_it_is_like_a_file_is_that_of_others(folder):
    write(folder / "plan.yaml", "title: P\nsessions: []\n")
    alone = load(folder, warnings=False)[1]
    write(folder / "plans.yaml")
    assert load(folder, warnings=False)[1] == alone


def test_files_of_others_are_told_nothing_of_and_are_not_read(folder):
    for path in OF_OTHERS:
        write(folder / path)
    assert load(folder, warnings=False)[1] == []
    assert {path for path in OF_OTHERS if path in names_of(folder)} == {
        "modules/table.csv",
        "essays/table.csv",
    }


def test_a_course_of_one_file_may_be_called_as_it_likes(tmp_path):
    write(tmp_path / "plan.yml", MODULE.replace("title", "id: one\ntitle", 1))
    write(tmp_path / "tools.yml")
    assert load(tmp_path / "plan.yml", warnings=False)[1] == []


def test_a_module_that_is_listed_and_called_otherwise_is_told_once(folder):
    write(folder / "course.yaml", "title: T\nid: t\nmodules: [one, two]\n")
    assert [code for code, *_ in told(folder, "modules/two.yml")] == ["unread-file"]
    assert [code for code, *_ in told(folder, "modules/week/two.yaml")] == ["unread-file"]


def test_works_that_are_cited_from_a_file_of_another_name_are_told_once(folder):
    write(folder / "modules/one.yaml", MODULE.replace("Bread.", "Bread., sources: [baker-2001]"))
    assert [code for code, *_ in told(folder, "sources.yml")] == ["unread-file"]


def test_what_is_told_is_among_the_files_that_are_watched_and_compared(folder):
    for path in (*UNREAD, *NEAR):
        write(folder / path)
    assert {*UNREAD} <= set(read_files(folder))
    for path in NEAR:
        write(folder / path)
        assert path in read_files(folder)


def test_a_folder_below_that_is_a_link_is_not_followed(folder, tmp_path_factory):
    write(tmp_path_factory.mktemp("beside") / "a.yaml")
    (folder / "modules" / "sub").symlink_to(tmp_path_factory.getbasetemp())
    (folder / "modules" / "round").symlink_to(folder / "modules")
    assert names_of(folder) == ["course.yaml", "modules/one.yaml"]


def test_a_name_under_which_a_part_is_read_after_all_is_told_nothing_of(folder):
    """A link to the part itself; on disks that take capitals for small letters, the part itself."""
    write(folder / "history.yaml", "retired: []\n")
    (folder / "History.yaml").symlink_to("history.yaml")
    assert load(folder, warnings=False)[1] == []


@pytest.mark.parametrize(
    "name", ["course.yml", "Course.yaml", "COURSE.YML", "course.yaml.txt", "courses.yaml"]
)
def test_where_the_main_file_is_called_otherwise_a_hint_says_what_to_call_it(tmp_path, name):
    write(tmp_path / name)
    (found,) = load(tmp_path)[1]
    assert (found.code, found.hint) == ("no-course", f"rename {tmp_path / name} to course.yaml")
    (found,) = load(tmp_path / "course.yaml")[1]
    assert found.hint == f"rename {tmp_path / name} to course.yaml"


@pytest.mark.slow
def test_a_file_of_another_name_that_comes_and_goes_is_a_change_for_the_next_build(folder):
    out = folder / "decks"
    write(folder / "modules/one.yaml", "id: one\n" + MODULE)
    args = ("build", folder, "--out", out, "--only", "anki")
    run(*args)
    assert NOTHING in run(*args).stdout
    write(folder / "plans.yaml")
    assert NOTHING not in run(*args).stdout
    assert NOTHING in run(*args).stdout
    write(folder / "modules/extra.yml")
    assert "unread-file" in run(*args, code=1).stderr
    (folder / "modules/extra.yml").unlink()
    assert NOTHING in run(*args).stdout


# --- folders, and files without an ending ---------------------------------------------------------

ESSAY = "title: A letter\nclaims:\n  - {id: c, text: It rises.}\n"
WITHIN = {
    "module/acids.yaml": ("folder", "modules", MODULE),
    "module_/acids.yaml": ("folder", "modules", MODULE),
    "Module/acids.yml": ("folder", "modules", MODULE),
    "modul/acids.yaml": ("folder", "modules", MODULE),
    "moduls/acids.yaml": ("folder", "modules", MODULE),
    "essay/letter.yaml": ("folder", "essays", ESSAY),
    "esays/letter.yaml": ("folder", "essays", ESSAY),
    "note-type/basic.yaml": ("folder", "note-types", "name: Basic\ntemplates:\n  - name: Card\n"),
    "modules/acids": ("file", "modules/acids.yaml", MODULE),
    "modules/acids.txt": ("file", "modules/acids.yaml", MODULE),
    "Modules/acids": ("file", "modules/acids.yaml", MODULE),
    "essays/letter": ("file", "essays/letter.yaml", ESSAY),
}
LAYER = "title: A layer\nlayers:\n  - {kind: dense}\n"
NOT_WITHIN = {
    **dict.fromkeys(("models/cnn.yaml", "models/cards.yml", "module/values.yaml"), LAYER),
    **dict.fromkeys(("notes/a.yaml", "docs/a.yaml", "src/a.yaml", "material/a.yaml"), MODULE),
    **dict.fromkeys(("modules-old/a.yaml", "modules2/a.yaml", "_modules/a.yaml"), MODULE),
    **dict.fromkeys(("lessons/a.yaml", "node_modules/a.yaml", ".module/a.yaml"), MODULE),
    **dict.fromkeys(("module/a.md", "module/a.txt", "modules/one", "modules/one.txt"), MODULE),
    **dict.fromkeys(("modules/a.yaml~", "modules/a.yaml.bak", "modules/a.orig"), MODULE),
    **dict.fromkeys(
        ("modules/README", "modules/LICENSE", "modules/notes.txt"), "All the cards: many.\n"
    ),
}


def test_a_part_without_its_ending_or_in_a_folder_nearly_called_as_one_of_a_course_is_a_warning(
    folder,
):
    for path, (what, near, text) in WITHIN.items():
        ((code, level, place, hint),) = told(folder, path, text)
        assert (code, level, place) == ("near-file", "warning", path)
        assert hint == f"if it is meant, call it {near}; else give it a name that is less like it"
        write(folder / path, text)
        assert (
            load(folder)[1][0].message == f"nothing is read of this {what}; it is not called {near}"
        )
        (folder / path).unlink()


def test_what_others_keep_under_such_names_is_told_nothing_of(folder):
    before = names_of(folder)
    for path, text in NOT_WITHIN.items():
        write(folder / path, text)
    assert load(folder, warnings=False)[1] == []
    assert names_of(folder) == before


def test_of_a_folder_with_many_files_it_is_told_once(folder):
    (folder / "modules").rename(folder / "module")
    for n in range(3):
        write(folder / f"module/m{n}.yaml", MODULE)
    assert [(p.code, p.span.path) for p in load(folder)[1]] == [("near-file", "module/m0.yaml")]


def test_a_folder_of_such_a_name_that_is_a_link_is_not_followed(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere / "a.yaml", MODULE)
    (folder / "module").symlink_to(elsewhere)
    assert names_of(folder) == ["course.yaml", "modules/one.yaml"]


# --- names that become ids ------------------------------------------------------------------------

UNFIT = {
    "my acids": "it has a blank in it",
    " lead": "it has a blank in it",
    "lead ": "it has a blank in it",
    "two\nlines": "it has a blank in it",
    "acids (1)": "it has a blank in it",
    "a::b": "it has “:” in it",
    '"q"': 'it has “"” in it',
    "a,b": "it has “,” in it",
    "why?": "it has “?” in it",
    "a\\b": "it has “\\” in it",
    "bell\x07": "it has a sign in it that cannot be seen",
    "soft\u00adhyphen": "it has a sign in it that cannot be seen",
    "no\u00a0break": "it has a blank in it",
    "a" * 101: "it is longer than 100 letters",
    "酸" * 78: "it is longer than 100 letters",
}
FIT = (
    "acids",
    "a" * 100,
    "酸" * 34,
    "säuren",
    "Acids",
    "-x",
    "my_acids",
    "l'eau",
    "a.b",
    "кислоты",
    "酸と塩基",
    "1",
)


@pytest.mark.parametrize("listed", ["", "modules: [one]\n"])
def test_the_name_of_a_module_s_file_is_an_id_wherever_no_list_has_it(folder, listed):
    """Anki takes what stands behind a blank for another tag."""
    write(folder / "course.yaml", "title: T\nid: t\n" + listed)
    for name, why in UNFIT.items():
        found = told(folder, f"modules/{name}.yaml", "title: Two\n")
        unfit = "bad-id" if "longer" in why else "module-name"
        expected = "unused-file" if listed else unfit
        assert [(code, path) for code, _, path, _ in found] == [
            (expected, f"modules/{name}.yaml")
        ], name


def test_it_is_told_what_keeps_a_file_s_name_from_being_an_id(folder):
    for name, why in UNFIT.items():
        write(folder / f"modules/{name}.yaml")
        (found,) = load(folder, warnings=False)[1]
        (folder / f"modules/{name}.yaml").unlink()
        said = " ".join(name.split())[:60]
        assert found.message == f"the file's name is the module's id, and “{said}” is none: {why}"


def test_a_file_s_name_that_harms_no_tag_and_no_package_stays(folder):
    """Learners may have its tags."""
    for name in FIT:
        assert told(folder, f"modules/{name}.yaml") == [], name


def test_of_two_names_that_differ_in_capitals_the_one_with_capitals_is_told(folder):
    """Anki takes their tags for one, and so do many disks their packages."""
    ((code, _, path, _),) = told(folder, "modules/One.yaml", "title: Two\n")
    assert (code, path) == ("module-name", "modules/One.yaml")
