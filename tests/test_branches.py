"""Authors at work on branches: whatever is merged, rebased, picked or taken back, no note is dated anew and every edit arrives."""

import shutil

import pytest
from conftest import DAY, SAUERTEIG
from coursedeck.published.ledger_file import decode
from desk import EDITS, MODULE, Desk, a_retired_card, learns, only

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("blank_pages")]


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
    merged, ledger = desk.dates(), desk.ledger()
    said = desk.build()
    assert desk.ledger() == ledger, said.output  # the merge itself was already right
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


@pytest.mark.parametrize(("kept", "later"), [("theirs", 0), ("ours", 1)])
def test_both_edited_the_same_card(desk, new_learner, kept, later):
    """What is kept is as new as the newer side, and newer where it was the older one's, whatever the clock says."""
    package = desk.package()
    ours, theirs = EDITS[0], (EDITS[0][0], "answer: Anstellgut (anders)\n")
    alice, bob = branches(desk, [ours], [theirs])
    desk.git("merge", "-q", "bob", code=1)
    assert "a merge left a conflict here" in desk.build(code=1).stderr
    desk.git("checkout", "-q", f"--{kept}", MODULE)
    assert "ledger --resolve" in desk.build(code=1).stderr
    desk.run("ledger", "--resolve")
    desk.now = DAY
    desk.build()
    assert only(alice, desk.dates()) == {"anstellgut-was"}
    assert desk.dates()["anstellgut-was"] == bob["anstellgut-was"] + later
    assert learns(new_learner, package, desk.package())["updated"] == 1


def test_two_branches_that_both_released_one_version_are_told_of_together(desk):
    """Learners of each have never had the changes of the other, and the next changelog left out both."""
    for name, edit in (("alice", EDITS[1]), ("bob", EDITS[2])):
        desk.git("switch", "-q", "-c", name, "main")
        desk.edit(*edit)
        desk.run("release", "1.0.1")
        desk.commit(".")
    desk.git("merge", "-q", "alice", code=1)
    desk.git("checkout", "-q", "--ours", "decks", "CHANGELOG.md")
    assert "ledger --resolve" in desk.build(code=1).stderr
    assert "tells the changes of both" in desk.run("ledger", "--resolve").stdout
    merged = desk.dates()
    desk.build()
    assert desk.dates() == merged
    desk.run("release", "1.0.2")
    newest = (desk.folder / "CHANGELOG.md").read_text("utf-8").partition("## 1.0.1")[0]
    changed = newest.partition("### Changed")[2]
    assert changed.count("\n- ") == 2
    assert desk.dates() == merged


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


@pytest.mark.parametrize("kept", ["ours", "theirs"])
def test_two_first_builds_that_meet_are_one_course_with_one_key(tmp_path, kept):
    """Neither had the other's ledger, and each build made a key of its own; nothing was released."""
    folder = tmp_path / "desk"
    shutil.copytree(SAUERTEIG, folder / "content")
    desk = Desk(folder)
    desk.git("init", "-q", "-b", "main")
    (folder / ".gitignore").write_text("decks\n")
    desk.commit(".")
    keys = []
    for name, edit in (("alice", EDITS[1]), ("bob", EDITS[2])):
        desk.git("switch", "-q", "-c", name, "main")
        desk.edit(*edit)
        desk.build()
        keys.append(decode(desk.ledger()).course)
        desk.commit()
        shutil.rmtree(folder / "decks")
    assert keys[0] != keys[1]
    desk.git("switch", "-q", "alice" if kept == "ours" else "bob")
    desk.git("merge", "-q", "bob" if kept == "ours" else "alice", code=1)
    desk.run("ledger", "--resolve")
    desk.build()
    merged = decode(desk.ledger())
    assert merged.course == keys[kept == "theirs"]
    assert len(merged.notes) == 11
    desk.run("release", "1.0.0")
    assert decode(desk.ledger()).notes.keys() == merged.notes.keys()
