"""A repository cloned, spoilt or lost: whatever happens to its files, no note is dated anew and no learner cut off."""

import os
import shutil

import pytest
from conftest import SAUERTEIG, some
from desk import EDITS, MODULE, Desk, a_retired_card, learns, only

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("blank_pages")]


# --- what the repository keeps -------------------------------------------------------------------


def test_packages_and_outlines_are_kept_and_all_other_pages_are_not(desk):
    kept = set(desk.git("ls-files", "decks").split())
    assert kept == {
        "decks/sauerteig.apkg",
        "decks/sauerteig-grundlagen.apkg",
        "decks/sauerteig-texte.apkg",
        "decks/index.html",
        "decks/update.html",
        "decks/print/a4/outline.pdf",
        "decks/print/letter/outline.pdf",
    }
    assert (desk.folder / "decks" / "print" / "a4" / "maps.pdf").is_file()


def test_an_edit_with_its_build_is_two_text_files_to_commit(desk):
    desk.edit(*EDITS[0])
    desk.build()
    desk.commit()
    assert desk.git("show", "--name-only", "--format=").split() == ["content/ledger.json", MODULE]


# --- clones --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "attributes"),
    [
        ([], True),
        (["-c", "core.autocrlf=true"], True),
        (["-c", "core.autocrlf=true"], False),
        (["-c", "core.autocrlf=false", "-c", "core.eol=crlf"], True),
    ],
)
def test_a_clone_builds_the_same_whatever_its_line_ends(desk, new_learner, options, attributes):
    """Git for Windows gave all drawings another name: fourteen notes were replaced for everyone."""
    if not attributes:
        desk.git("rm", "-q", ".gitattributes")
        desk.git("commit", "-q", "-m", "Two")
    clone = desk.clone("clone", *options)
    for option in options[1::2]:
        clone.git("config", *option.split("="))
    if not attributes:
        clone.git("rm", "-q", "-r", "--cached", ".")
        clone.git("reset", "-q", "--hard")
        assert b"\r\n" in (clone.folder / "content" / "media" / "glas.svg").read_bytes()
    before = clone.dates()
    clone.build()
    assert clone.dates() == before
    assert learns(new_learner, desk.package(), clone.package()) == {"duplicate": 11}
    clone.edit(EDITS[1][0], EDITS[1][1])
    clone.build()
    assert only(before, clone.dates()) == {"hefe-oder-bakterie.blasen"}
    assert learns(new_learner, desk.package(), clone.package()) == {"updated": 1, "duplicate": 10}
    assert desk.git("status", "--porcelain") == ""


def test_a_shallow_clone_and_a_download_without_git(desk, new_learner):
    copies = [desk.clone("shallow", "-c", "protocol.file.allow=always")]
    archive = desk.folder.parent / "archive"
    shutil.copytree(desk.folder, archive, ignore=shutil.ignore_patterns(".git"))
    copies.append(Desk(archive))
    for copy in copies:
        copy.now = desk.now
        copy.edit(*EDITS[0])
        copy.build()
        assert only(desk.dates(), copy.dates()) == {"anstellgut-was"}


# --- decks lost ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", ["all", "the record", "a package"])
def test_an_edit_arrives_though_the_packages_were_deleted(desk, new_learner, lost):
    """After `rm -rf decks` the changed note had its first date again, and learners never got the change."""
    before, package = desk.dates(), desk.package()
    for round_, edit in enumerate(EDITS[:2]):
        desk.edit(*edit)
        match lost:
            case "all":
                shutil.rmtree(desk.folder / "decks")
            case "the record":
                shutil.rmtree(desk.folder / "decks" / ".coursedeck")
            case "a package":
                (desk.folder / "decks" / "sauerteig.apkg").unlink()
        desk.build()
        assert len(only(before, desk.dates())) == round_ + 1
        assert learns(new_learner, package, desk.package()) == {
            "updated": round_ + 1,
            "duplicate": 10 - round_,
        }


def test_the_retired_package_is_made_again_after_the_packages_were_deleted(desk, new_learner):
    package = desk.package()
    a_retired_card(desk)
    desk.build()
    path = desk.folder / "decks" / "sauerteig-retired.apkg"
    retired = path.read_bytes()
    shutil.rmtree(desk.folder / "decks")
    desk.build()
    assert path.read_bytes() == retired
    assert learns(new_learner, package, retired) == {"updated": 1}


# --- the ledger lost -----------------------------------------------------------------------------


def lose(ledger, how):
    text = ledger.read_bytes()
    ledger.unlink()
    match how:
        case "deleted":
            pass
        case "empty":
            ledger.write_bytes(b"")
        case "cut":
            ledger.write_bytes(text[: len(text) // 2])
        case "cut at a line":
            ledger.write_bytes(text[: text.index(b"\n", len(text) // 2)])
        case "a folder":
            ledger.mkdir()
        case "a dangling link":
            ledger.symlink_to("nowhere.json")
        case "a pipe":
            os.mkfifo(ledger)
        case "a device":
            ledger.symlink_to("/dev/zero")
        case "another file":
            ledger.write_bytes(b'{"notes": {}}')
        case "no note":
            ledger.write_bytes(b'{"notes": {}, "types": {}, "decks": {}}')


LOST = (
    "deleted",
    "empty",
    "cut",
    "cut at a line",
    "a folder",
    "a dangling link",
    "a pipe",
    "a device",
    "another file",
    "no note",
)


@pytest.mark.parametrize("packages", [True, False])
@pytest.mark.parametrize("how", some(LOST, 3))
def test_a_lost_ledger_stops_everything_with_one_sentence_and_is_never_begun_anew(
    desk, how, packages
):
    """All that learners have would get the dates of new notes, so that no change would reach them."""
    desk.edit(*EDITS[0])
    desk.build()
    desk.commit()
    ledger = desk.folder / "content" / "ledger.json"
    lose(ledger, how)
    if not packages:
        shutil.rmtree(desk.folder / "decks")
    packed = {p: p.read_bytes() for p in desk.folder.rglob("decks/*.apkg")}
    desk.edit(*EDITS[1])
    for command in (["build", "--only", "anki"], ["build"], ["check"], ["release", "1.0.1"]):
        said = desk.run(*command, code=1).stderr
        assert said.startswith("Error: "), said
        assert len(said.splitlines()) == 1
        assert "version control" in said
    assert {p: p.read_bytes() for p in desk.folder.rglob("decks/*.apkg")} == packed
    # the way on that it names
    if ledger.is_dir():
        ledger.rmdir()
    else:
        ledger.unlink(missing_ok=True)
    desk.git("checkout", "-q", "content/ledger.json")
    before = desk.dates()
    desk.build()
    assert only(before, desk.dates()) == {"hefe-oder-bakterie.blasen"}


@pytest.mark.parametrize("how", some(LOST, 3))
def test_without_version_control_the_last_packages_give_it_back(desk, new_learner, how):
    desk.edit(*EDITS[0])
    desk.build()
    package, before = desk.package(), desk.dates()
    shutil.rmtree(desk.folder / ".git")
    ledger = desk.folder / "content" / "ledger.json"
    lose(ledger, how)
    assert "ledger --rebuild" in desk.build(code=1).stderr
    if ledger.is_dir():
        ledger.rmdir()
    desk.run("ledger", "--rebuild")
    assert desk.dates() == before
    desk.edit(*EDITS[1])
    desk.build()
    assert only(before, desk.dates()) == {"hefe-oder-bakterie.blasen"}
    assert learns(new_learner, package, desk.package()) == {"updated": 1, "duplicate": 10}


def test_a_course_that_was_never_released_may_change_its_id(tmp_path):
    """It was told to delete the ledger, and then that the ledger was lost."""
    folder = tmp_path / "desk"
    shutil.copytree(SAUERTEIG, folder / "content")
    draft = Desk(folder)
    draft.git("init", "-q", "-b", "main")
    draft.build()
    draft.commit(".")
    draft.edit("id: sauerteig", "id: brot", "content/course.yaml")
    draft.build()
    assert (folder / "decks" / "brot.apkg").is_file()
    draft.run("release", "1.0.0")
    draft.commit(".")
    draft.edit("id: brot", "id: kruste", "content/course.yaml")
    assert "[other-course]" in draft.build(code=1).stderr
