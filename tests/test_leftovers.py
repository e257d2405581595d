"""What an earlier build wrote and this one does not make is removed; what it did not write is never touched, only named."""

import json
import shutil
import zipfile

import pytest
from author import note_of, take
from conftest import ROOT, run
from coursedeck.cache import digest
from coursedeck.files import Output
from coursedeck.leftovers import leftovers, refuse_strange
from coursedeck.problems import Refusal

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("blank_pages")]

OLD = "sauerteig-texte.apkg"
PUBLISHED = ROOT / "tests" / "published"


def files(out):
    return {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}


def outputs(out):
    return {path for path in files(out) if not path.startswith(".coursedeck")}


def drop_a_module(folder):
    about = folder / "course.yaml"
    text = about.read_text("utf-8").replace("modules: [grundlagen, texte]", "modules: [grundlagen]")
    about.write_text(text, "utf-8")
    sources = folder / "sources.yaml"
    sources.write_text(sources.read_text("utf-8").partition("aushang:")[0], "utf-8")
    shutil.rmtree(folder / "essays")
    (folder / "modules" / "texte.yaml").unlink()


def retire(folder, *cards):
    lines = [f"  - {{card: {card}, reason: Das war falsch.}}\n" for card in cards]
    (folder / "history.yaml").write_text("retired:\n" + "".join(lines), "utf-8")


@pytest.fixture
def built(built_folder, tmp_path):
    """The small course, built, and a way to build it again."""
    out = tmp_path / "out"

    def build(*more):
        return run("build", built_folder, "--out", out, *more)

    return built_folder, out, build


@pytest.mark.parametrize("more", [[], ["--only", "anki"]])
def test_the_package_of_a_dropped_module_goes(built, more):
    """It stayed for ever, and whoever imported it had the retired cards as new ones."""
    folder, out, build = built
    drop_a_module(folder)
    said = build(*more)
    assert OLD not in outputs(out)
    assert f"{OLD}: removed, since this build does not make it" in said.stdout
    assert "sauerteig.apkg" in outputs(out)
    assert "removed" not in build(*more).stdout


def test_printed_pages_of_a_dropped_module_go_with_their_folders_where_those_are_empty(built):
    folder, out, build = built
    build()
    (out / "print" / "a4" / "worksheets" / "mine.txt").write_text("mine", "utf-8")
    assert [path for path in outputs(out) if path.endswith("/texte.pdf")]
    drop_a_module(folder)
    build("--only", "print")
    assert [path for path in outputs(out) if path.endswith("/texte.pdf")] == []
    assert OLD in outputs(out)  # of another sort
    assert (out / "print" / "a4" / "worksheets" / "mine.txt").is_file()
    build()
    assert OLD not in outputs(out)


def test_a_renamed_module_leaves_no_package_under_its_old_name(built):
    folder, out, build = built
    about = folder / "course.yaml"
    about.write_text(about.read_text("utf-8").replace("[grundlagen, texte]", "[grundlagen, lesen]"))
    module = folder / "modules" / "texte.yaml"
    text = module.read_text("utf-8").replace("id: texte\n", "id: lesen\n", 1)
    module.unlink()
    (folder / "modules" / "lesen.yaml").write_text(text, "utf-8")
    build("--only", "anki")
    assert {"sauerteig-lesen.apkg", OLD} & outputs(out) == {"sauerteig-lesen.apkg"}


def test_a_file_that_someone_changed_stays_and_is_named_until_it_is_gone(built):
    folder, out, build = built
    (out / OLD).write_bytes(b"mine now")
    drop_a_module(folder)
    for _ in range(3):  # made, and nothing to do
        assert f"{OLD}: this build does not make it; delete it" in build("--only", "anki").stderr
        assert (out / OLD).read_bytes() == b"mine now"
    (out / OLD).unlink()
    for _ in range(2):
        assert OLD not in build("--only", "anki").stderr


def test_after_a_clone_which_has_no_record_an_old_package_is_named(built):
    folder, out, build = built
    run("release", "1.0.0", folder, "--out", out, "--changelog", folder / "CHANGES.md")
    shutil.rmtree(out / ".coursedeck")
    (out / "sauerteig-mine.apkg").write_bytes(b"no package of ours")
    drop_a_module(folder)
    retire(folder, "text-1-wie-oft")
    said = build("--only", "anki")
    assert f"{OLD}: this build does not make it" in said.stderr
    assert "mine.apkg" not in said.stderr
    assert {OLD, "sauerteig-mine.apkg"} < outputs(out)


def test_a_release_removes_them_too(built):
    folder, out, _ = built
    release = ("release", "1.0.0", folder, "--out", out, "--changelog", folder / "CHANGES.md")
    run(*release)
    assert "nothing to do" in run("build", folder, "--out", out).stdout
    drop_a_module(folder)
    retire(folder, "text-1-wie-oft")
    run("release", "1.1.0", *release[2:])
    assert OLD not in outputs(out)
    assert [path for path in outputs(out) if path.endswith("/texte.pdf")] == []


def test_two_courses_in_one_folder_leave_each_other_alone(built, tmp_path):
    _, out, build = built
    other = tmp_path / "other"
    run("new", "course", other, "--from", built[0])
    about = other / "course.yaml"
    text = about.read_text("utf-8").replace("id: sauerteig", "id: brot")
    about.write_text(text.replace("deck: Sauerteig", "deck: Brot"), "utf-8")
    before = outputs(out)
    for _ in range(2):
        assert "removed" not in run("build", other, "--out", out, "--only", "anki").stdout
        assert "removed" not in build("--only", "anki").stdout
    assert before < outputs(out)


@pytest.mark.parametrize(
    "path", ["../out-there.apkg", "link/there.apkg", "link.apkg", ".coursedeck/built-anki.json"]
)
def test_a_record_that_names_other_files_removes_none(built, tmp_path, path):
    """A record may come along with a course from a stranger."""
    folder, out, build = built
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for file in (tmp_path / "out-there.apkg", elsewhere / "there.apkg"):
        file.write_bytes(b"precious")
    (out / "link").symlink_to(elsewhere)
    (out / "link.apkg").symlink_to(tmp_path / "out-there.apkg")
    record = json.loads((out / ".coursedeck" / "built-anki.json").read_bytes())
    record["outputs"][path] = digest(b"precious")
    (out / ".coursedeck" / "built-anki.json").write_text(json.dumps(record), "utf-8")
    drop_a_module(folder)
    build("--only", "anki")
    assert (tmp_path / "out-there.apkg").is_file()
    assert (elsewhere / "there.apkg").is_file()
    assert (out / ".coursedeck" / "built-anki.json").is_file()


def test_only_what_has_the_very_bytes_that_were_recorded_is_ours(tmp_path):
    for name in ("same", "changed", "kept"):
        (tmp_path / name).write_bytes(name.encode())
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.write_bytes(b"x")
    (tmp_path / "link").symlink_to(outside)
    earlier = {name: {digest(name.encode())} for name in ("same", "kept", "gone")}
    earlier |= {name: {digest(b"x")} for name in ("changed", f"../{outside.name}", "link")}
    found = leftovers(tmp_path, earlier, {"kept"})
    assert (found.ours, found.others) == (("same",), ("changed",))


def test_building_into_the_course_s_own_folder_keeps_the_ledger(course_folder):
    """It was taken for the one that version 1.0.0 had there, and deleted."""
    for _ in range(2):
        run("build", course_folder, "--out", course_folder, "--only", "anki")
        assert (course_folder / "ledger.json").is_file()


def test_a_learner_cannot_get_a_retired_card_back_from_what_a_build_leaves(built, learner):
    folder, out, build = built
    release = ("release", "1.0.0", folder, "--out", out, "--changelog", folder / "CHANGES.md")
    run(*release)
    drop_a_module(folder)
    retire(folder, "text-1-wie-oft")
    build("--only", "anki")
    for package in sorted(out.glob("*.apkg")):
        take(learner, package.read_bytes())
    entries = json.loads((folder / "ledger.json").read_bytes())["notes"]
    (guid,) = [guid for guid, entry in entries.items() if entry and entry.get("retired")]
    note = note_of(learner, guid)
    assert note is None or not note.cards()


# --- what somebody else wrote ---------------------------------------------------------------------

PDF = b"%PDF-1.7\n%somebody's\n"


def lose_records(out):
    """As after a clone, which has outputs and no records."""
    shutil.rmtree(out / ".coursedeck", ignore_errors=True)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("index.html", b"<!doctype html><title>My school</title>"),
        ("update.html", b"<p>What is new at our school</p>"),
        ("sauerteig-texte.apkg", b"PK\3\4\x14\0\2\0\x08\0\0\0!\0 what Anki has exported"),
        ("print/a4/outline.pdf", PDF),
    ],
)
def test_a_build_overwrites_nothing_that_somebody_else_made(course_folder, path, data):
    """`--out .` where a web site lies took its first page for an output."""
    out = course_folder / "site"
    (out / path).parent.mkdir(parents=True)
    (out / path).write_bytes(data)
    said = run("build", course_folder, "--out", out, code=1)
    assert f"{out / path}: somebody else wrote or changed that" in said.stderr
    assert outputs(out) == {path}
    assert (out / path).read_bytes() == data
    (out / path).unlink()
    run("build", course_folder, "--out", out)


def test_pages_are_printed_over_those_of_before_and_over_nothing_that_somebody_else_made(
    course_folder, tmp_path
):
    args = ("print", course_folder, "--out", tmp_path / "out", "--only")
    printed = tmp_path / "out" / "print" / "a4" / "outline.pdf"
    printed.parent.mkdir(parents=True)
    printed.write_bytes(PDF)
    assert "outline.pdf: somebody else" in run(*args, "outline", code=1).stderr
    assert printed.read_bytes() == PDF


def test_documents_that_a_teacher_has_adapted_are_not_overwritten(course_folder, tmp_path):
    """Word and LibreOffice pack a document otherwise than we do, whatever was changed in it."""
    args = ("print", course_folder, "--out", tmp_path, "--only", "docx")
    run(*args)
    about = course_folder / "course.yaml"
    about.write_text(about.read_text("utf-8").replace("title: ", "title: Neu ", 1), "utf-8")
    run(*args)
    file = tmp_path / "print" / "docx" / "outline.docx"
    held = zipfile.ZipFile(file)
    saved = {name: held.read(name) for name in held.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as anew:
        for name, data in saved.items():
            anew.writestr(name, data)
    adapted = file.read_bytes()
    assert "outline.docx: somebody else" in run(*args, code=1).stderr
    assert file.read_bytes() == adapted


@pytest.mark.parametrize("version", sorted(path.name for path in PUBLISHED.iterdir()))
def test_packages_of_every_version_are_built_over_without_a_question(version):
    for package in (PUBLISHED / version).glob("*.apkg"):
        refuse_strange(package.parent, [Output(package.name, b"other")])


@pytest.mark.parametrize("where", ["shipped", "built"])
def test_a_clone_builds_over_its_outputs_without_a_question(built, where):
    out = ROOT / "decks" if where == "shipped" else built[1]
    made = [path for path in outputs(out) if not path.endswith(".md")]
    assert len(made) > 3
    refuse_strange(out, [Output(path, b"other") for path in made])


@pytest.mark.parametrize("data", [b"", b"version https://git-lfs.github.com/spec/v1\noid 1\n"])
def test_what_stands_in_the_place_of_an_output_that_was_not_fetched_is_no_loss(tmp_path, data):
    (tmp_path / "course.apkg").write_bytes(data)
    refuse_strange(tmp_path, [Output("course.apkg", b"other")])


def test_many_files_of_somebody_else_are_told_in_one_line(tmp_path):
    for name in "abcde":
        (tmp_path / f"{name}.pdf").write_bytes(PDF)
    with pytest.raises(Refusal, match=r"a\.pdf, .*b\.pdf, .*c\.pdf and 2 more: somebody else"):
        refuse_strange(tmp_path, [Output(f"{name}.pdf", b"other") for name in "abcde"])


def test_a_page_that_takes_the_place_of_another_course_s_is_told(built, tmp_path):
    _, out, build = built
    other = tmp_path / "other.yaml"
    other.write_text("title: Brot\nid: brot\ncards: [{id: a, ask: Was?, answer: Brot.}]\n", "utf-8")
    build("--only", "page")
    told = "index.html: belonged to the course “sauerteig”"
    assert told in run("build", other, "--out", out, "--only", "page").stderr
    assert told not in run("build", other, "--out", out, "--only", "page").stderr
    assert "“brot”" in build("--only", "page").stderr


def test_a_course_with_a_new_key_or_id_is_no_other_one(tmp_path):
    """A draft whose ledger was thrown away gets a new key; with a key of its own, it may change its id."""
    file = tmp_path / "brot.yaml"
    rest = "title: Brot\ncards: [{id: a, ask: Was?, answer: Brot.}]\n"
    for ids in ("id: brot\nkey: one\n", "id: brot\nkey: other\n", "id: teig\nkey: other\n"):
        file.write_text(ids + rest, "utf-8")
        said = run("build", file, "--out", tmp_path / "out", "--only", "page")
        assert (said.stderr, "index.html" in said.stdout) == ("", True)


def test_the_ledger_of_another_course_stays_where_outputs_go(built_folder, tmp_path):
    """It was taken for the one that version 1.0.0 had there, and deleted."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "ledger.json").write_bytes((built_folder / "ledger.json").read_bytes())
    run("build", built_folder, "--out", other, "--only", "anki")
    assert (other / "ledger.json").is_file()


@pytest.mark.parametrize("path", ["index.html", "print/docx/outline.docx"])
def test_what_somebody_put_in_the_place_of_an_output_is_not_overwritten_either(built, path):
    """The record of the build before says that the place is ours; a web page or a document may be a person's work by now."""
    folder, out, build = built
    build()
    (out / path).write_bytes(b"mine")
    about = folder / "course.yaml"
    about.write_text(about.read_text("utf-8").replace("title: ", "title: Neu ", 1), "utf-8")
    said = run("build", folder, "--out", out, code=1).stderr
    assert f"{path}: somebody else" in said
    assert (out / path).read_bytes() == b"mine"
