"""Authors at work with git: whatever is cloned, merged, rebased, deleted or lost, no note is dated anew and no learner cut off."""

import json
import os
import shutil
import subprocess

import pytest
from author import take
from conftest import ROOT, SAUERTEIG, run

pytestmark = pytest.mark.slow

MODULE = "content/modules/grundlagen.yaml"
DAY = 1_795_600_000
EDITS = (
    ("answer: Anstellgut\n", "answer: Anstellgut (neu)\n"),
    ("Hefe macht Gas.", "Hefe atmet."),
    ("Er braucht am längsten.", "Er braucht lange."),
    ("right: starter", "right: a starter"),
    ("Kälte hält die Hefe auf.", "Kälte bremst die Hefe."),
    ('}} gefüttert."', '}} genährt."'),
)


class Desk:
    """An author's clone of a repository with the small course and this project's own git files."""

    def __init__(self, folder, hour=0):
        self.folder = folder
        self.now = DAY + 3600 * hour

    def git(self, *args, code=0):
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *map(str, args)]
        plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        plain |= {"GIT_EDITOR": "true"}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | plain,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) == (code == 0), done.stdout + done.stderr
        return done.stdout

    def build(self, code=0):
        """Build the packages a minute later."""
        self.now += 60
        return self.run("build", "--only", "anki", code=code)

    def run(self, command, *more, code=0):
        before = os.getcwd()  # noqa: PTH109 - only to come back
        os.chdir(self.folder)
        try:
            return run(command, *more, code=code, SOURCE_DATE_EPOCH=str(self.now))
        finally:
            os.chdir(before)

    def edit(self, old, new, path=MODULE):
        file = self.folder / path
        text = file.read_bytes().decode()
        assert old in text
        file.write_bytes(text.replace(old, new).encode())

    def commit(self, *paths, message="One"):
        self.git("add", *(paths or ["content"]))
        self.git("commit", "-q", "-m", message)

    def clone(self, name, *options):
        self.git(*options, "clone", "-q", self.folder, self.folder.parent / name)
        other = Desk(self.folder.parent / name)
        other.now = self.now
        return other

    def dates(self):
        """The dates of the notes, by id."""
        rows = json.loads((self.folder / "content" / "ledger.json").read_bytes())["notes"]
        return {row["id"]: row["mod"] for row in rows.values() if row}

    def package(self):
        return (self.folder / "decks" / "sauerteig.apkg").read_bytes()

    def tracked(self):
        return (self.folder / "content" / "ledger.json").read_bytes()


@pytest.fixture
def desk(tmp_path):
    """The small course in a repository, released as 1.0.0 with its packages."""
    folder = tmp_path / "desk"
    shutil.copytree(SAUERTEIG, folder / "content")
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(ROOT / name, folder / name)
    one = Desk(folder)
    one.git("init", "-q", "-b", "main")
    one.run("release", "1.0.0")
    one.commit(".")
    one.git("tag", "v1.0.0")
    return one


def only(before, after):
    """The ids whose date changed."""
    assert before.keys() == after.keys()
    return {id_ for id_, mod in after.items() if mod != before[id_]}


def learns(new_learner, package, then):
    """What the import of a later package says to a learner who has an earlier one."""
    learner = new_learner()
    take(learner, package)
    return take(learner, then)


# --- what the repository keeps -------------------------------------------------------------------


def test_packages_and_outlines_are_kept_and_all_other_pages_are_not(desk):
    kept = set(desk.git("ls-files", "decks").split())
    assert kept == {
        "decks/sauerteig.apkg",
        "decks/sauerteig-grundlagen.apkg",
        "decks/sauerteig-texte.apkg",
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


# --- merges --------------------------------------------------------------------------------------


def branches(desk, one, two):
    """Two branches, each with edits and a build after each."""
    sides = []
    for name, edits in (("alice", one), ("bob", two)):
        desk.git("switch", "-q", "-c", name, "main")
        for edit in edits:
            if callable(edit):
                edit(desk)
            else:
                desk.edit(*edit)
            desk.build()
            desk.commit()
        sides.append(desk.dates())
        desk.git("restore", "decks")  # what was built is for trying it out
    desk.git("switch", "-q", "alice")
    return sides


def a_new_card(desk):
    card = "      - id: neu\n        lens: cause\n        ask: Wozu dient das Salz?\n        answer: Geschmack\n"
    desk.edit("      - id: glas\n", card + "      - id: glas\n")


def a_retired_card(desk):
    desk.edit("            - {id: voll, text: Vollsauer}\n", "")
    path = desk.folder / "content" / "history.yaml"
    path.write_text("retired:\n  - {card: stufen.voll, reason: Das war falsch.}\n", "utf-8")


@pytest.mark.parametrize(
    ("one", "two", "changed"),
    [
        (EDITS[:1], EDITS[1:2], {"anstellgut-was", "hefe-oder-bakterie.blasen"}),
        # neighbours in the ledger
        (EDITS[3:4], EDITS[5:6], {"anstellgut-englisch", "anstellgut-fuettern"}),
        (EDITS[:1], EDITS[5:6], {"anstellgut-was", "anstellgut-fuettern"}),
        (EDITS[:1], [a_new_card], {"anstellgut-was", "neu"}),
        (
            [a_retired_card],
            EDITS[3:5],
            {
                *("stufen.voll", "stufen.anfrisch", "stufen.grund"),  # they show each other
                *("anstellgut-englisch", "naechster-griff"),
            },
        ),
    ],
)
def test_two_authors_work_merges_without_a_conflict_and_dates_nothing_anew(
    desk, new_learner, one, two, changed
):
    released, package = desk.dates(), desk.package()
    alice, bob = branches(desk, one, two)
    desk.git("merge", "-q", "bob")
    merged = desk.dates()
    said = desk.build()
    assert desk.dates() == merged, said.output  # the merge itself was already right
    for id_, mod in merged.items():
        assert mod == max(alice.get(id_, 0), bob.get(id_, 0))
    assert {id_ for id_, mod in merged.items() if released.get(id_) != mod} - {"neu"} == (
        changed - {"neu"}
    )
    log = learns(new_learner, package, desk.package())
    there = changed - {"stufen.voll"}
    assert log.get("updated", 0) + log.get("new", 0) == len(there), log


def test_branches_that_committed_their_packages_all_the_same_come_through_by_the_recipe(desk):
    """The packages are binary; CONTRIBUTING says what to do."""
    for name, edit in (("alice", EDITS[0]), ("bob", EDITS[1])):
        desk.git("switch", "-q", "-c", name, "main")
        desk.edit(*edit)
        desk.build()
        desk.commit(".")
    bob = desk.dates()
    desk.git("switch", "-q", "alice")
    alice = desk.dates()
    desk.git("merge", "-q", "bob", code=1)
    conflicts = desk.git("diff", "--name-only", "--diff-filter=U").split()
    assert all(path.startswith("decks/") for path in conflicts)
    desk.git("checkout", "-q", "--ours", "decks")
    desk.build()
    desk.commit("decks", "content")
    merged = desk.dates()
    assert {id_: max(mod, bob[id_]) for id_, mod in alice.items()} == merged


def test_both_edited_the_same_card(desk, new_learner):
    package = desk.package()
    ours, theirs = EDITS[0], (EDITS[0][0], "answer: Anstellgut (anders)\n")
    alice, bob = branches(desk, [ours], [theirs])
    desk.git("merge", "-q", "bob", code=1)
    assert "a merge left a conflict here" in desk.build(code=1).stderr
    desk.git("checkout", "-q", "--theirs", MODULE)
    assert "ledger --resolve" in desk.build(code=1).stderr
    desk.run("ledger", "--resolve")
    desk.build()
    assert only(alice, desk.dates()) == {"anstellgut-was"}
    assert desk.dates()["anstellgut-was"] >= bob["anstellgut-was"]
    assert learns(new_learner, package, desk.package())["updated"] == 1


def test_a_rebase_over_five_commits_each_with_a_build(desk, new_learner):
    package = desk.package()
    sides = branches(desk, EDITS[:5], EDITS[5:])
    desk.git("rebase", "-q", "bob")
    rebased = desk.dates()
    desk.build()
    assert (
        desk.dates() == rebased == {id_: max(mod, sides[1][id_]) for id_, mod in sides[0].items()}
    )
    assert learns(new_learner, package, desk.package()) == {"updated": 6, "duplicate": 5}


@pytest.mark.parametrize("how", ["revert", "revert a release", "an old ledger"])
def test_what_is_taken_back_by_git_arrives_too(desk, new_learner, how):
    """A revert takes the ledger back too: the old words had their old date, and whoever had the new ones kept them."""
    first, before = desk.package(), desk.dates()
    desk.edit(*EDITS[1])
    if how == "revert a release":
        desk.run("release", "1.0.1")
        desk.commit(".")
    else:
        desk.build()
        desk.commit()
    second, then = desk.package(), desk.dates()
    if how == "an old ledger":
        desk.git("checkout", "-q", "v1.0.0", "--", "content")
    else:
        desk.git("revert", "--no-edit", "HEAD")
    desk.build()
    assert only(before, desk.dates()) == {"hefe-oder-bakterie.blasen"}
    assert desk.dates()["hefe-oder-bakterie.blasen"] > then["hefe-oder-bakterie.blasen"]
    assert learns(new_learner, second, desk.package()) == {"updated": 1, "duplicate": 10}
    assert learns(new_learner, first, desk.package()) == {"updated": 1, "duplicate": 10}
    desk.commit(".")
    last = desk.dates()
    desk.build()
    assert desk.dates() == last


def test_a_mistyped_year_that_was_committed_stays_forgotten(tmp_path):
    folder = tmp_path / "desk"
    shutil.copytree(SAUERTEIG, folder / "content")
    draft = Desk(folder)
    draft.git("init", "-q", "-b", "main")
    draft.build()
    ledger = folder / "content" / "ledger.json"
    sound = ledger.read_bytes()
    mods = {str(mod).encode() for mod in draft.dates().values()}
    for mod in mods:
        ledger.write_bytes(ledger.read_bytes().replace(mod, b"2908483200"))
    draft.commit(".")
    ledger.write_bytes(sound)
    draft.run("release", "1.0.0")
    draft.commit(".")
    before = draft.dates()
    draft.edit(*EDITS[0])
    draft.build()
    assert only(before, draft.dates()) == {"anstellgut-was"}
    assert max(draft.dates().values()) <= draft.now


def test_a_look_at_another_branch_dates_nothing_anew(desk):
    alice, bob = branches(desk, EDITS[:1], EDITS[1:2])
    for name, dates in (("bob", bob), ("alice", alice), ("bob", bob)):
        desk.git("switch", "-q", name)
        desk.build()
        assert desk.dates() == dates
        desk.git("restore", "decks")


def test_a_squash_and_a_cherry_pick_are_merges_too(desk):
    _, bob = branches(desk, EDITS[:1], EDITS[1:3])
    desk.git("switch", "-q", "main")
    desk.git("merge", "-q", "--squash", "bob")
    desk.commit()
    desk.git("cherry-pick", "alice")
    merged = desk.dates()
    desk.build()
    assert desk.dates() == merged
    assert only(bob, merged) == {"anstellgut-was"}


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
@pytest.mark.parametrize("how", LOST)
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


@pytest.mark.parametrize("how", LOST)
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
