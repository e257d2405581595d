"""`release`: nothing goes out with a fault; version, ledger, changelog and files change together or not at all."""

import json
import re
import subprocess
from pathlib import Path

import conftest
import pytest
from author import Author, one_of_each, questions
from conftest import DAY, SAUERTEIG
from coursedeck import build
from coursedeck.problems import Refusal
from coursedeck.published import ledger as ledgers
from coursedeck.published import ledger_file, package, release
from coursedeck.published.release import once
from coursedeck.source.files import read_files

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("blank_pages")]


def run(*args, code=0):
    return conftest.run(*args, code=code, SOURCE_DATE_EPOCH=str(DAY))


@pytest.fixture
def desk(released_folder, monkeypatch):
    """The small course in the working directory, released as 1.0.0."""
    monkeypatch.chdir(released_folder)
    return released_folder


def edit(desk, old, new, path="modules/grundlagen.yaml"):
    file = desk / "content" / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def everything(folder):
    """What a learner or teacher gets: not what only speeds up the next build."""
    paths = [p for p in folder.rglob("*") if p.is_file() and ".coursedeck" not in p.parts]
    return {p.relative_to(folder): p.read_bytes() for p in paths}


def entries(desk):
    return json.loads((desk / "content" / "ledger.json").read_text("utf-8"))["notes"].values()


def test_a_release_stamps_the_course_and_leaves_the_rest_of_its_file_alone(desk):
    lines = (desk / "content" / "course.yaml").read_text("utf-8").splitlines()
    assert re.fullmatch("key: sauerteig-[0-9a-f]{12}", lines[0])
    assert lines[1:6] == [
        "id: sauerteig",
        "title: Sauerteig verstehen",
        "version: 1.0.0",
        "date: 2026-11-25",
        "language: de",
    ]


def test_a_release_freezes_the_ledger_and_builds_everything(desk):
    assert {entry["since"] for entry in entries(desk) if entry} == {"1.0.0"}
    assert run("build", "--check", "--only", "anki").output  # of the pages test_build.py says it
    assert (desk / "decks" / "print" / "a4" / "outline.pdf").is_file()


def test_the_version_changes_no_note(desk):
    before = list(entries(desk))
    edit(desk, "Grundsauer, more: Er", "Grundsauer, more: Der")
    run("release", "1.0.1")
    changed = [
        (old["id"], new["version"])
        for old, new in zip(before, entries(desk), strict=True)
        if old != new
    ]
    assert changed == [("stufen.grund", "1.0.1")]


def test_the_changelog_says_how_to_update_and_what_is_new_changed_and_retired(desk):
    edit(desk, "Hefe macht Gas.", "Hefe gast.")
    edit(desk, "            - {id: voll, text: Vollsauer}\n", "")
    addition = "      - id: neu\n        lens: cause\n        ask: Wozu dient das Salz?\n"
    edit(desk, "      - id: glas\n", addition + "        answer: Geschmack\n      - id: glas\n")
    (desk / "content" / "history.yaml").write_text(
        "retired:\n  - {card: stufen.voll, reason: Das war falsch., successor: neu}\n", "utf-8"
    )
    run("release", "1.1.0")
    text = (desk / "CHANGELOG.md").read_text("utf-8")
    assert text.index("## 1.1.0 · 2026-11-25") < text.index("## 1.0.0 · 2026-11-25")
    newest = text.partition("## 1.0.0")[0]
    heads = [line for line in newest.splitlines() if line.startswith("###")]
    assert heads == ["### How to update", "### New", "### Changed", "### Retired"]
    assert "Import `sauerteig.apkg`" in newest
    assert "`sauerteig-retired.apkg` too, then Tools > Empty Cards" in newest
    assert "  - Wozu dient das Salz?" in newest
    assert "- `stufen.voll`: Das war falsch. → neu" in newest
    assert "Der Teig wirft Blasen." in newest


def test_a_renamed_deck_asks_for_a_major_version_and_is_told(desk):
    edit(desk, "deck: 1 Grundlagen", "deck: 1 Anfang")
    result = run("release", "1.1.0", code=1)
    assert (
        "1.1.0 is a minor release, and what changed makes this a major one: 2.0.0" in result.stderr
    )
    run("build")  # in between
    run("release", "2.0.0")
    newest = (desk / "CHANGELOG.md").read_text("utf-8").partition("## 1.0.0")[0]
    assert (
        "- Sauerteig::1 Grundlagen → Sauerteig::1 Anfang: 13 cards\n\n"
        '      "deck:Sauerteig::1 Grundlagen" Id:_*\n'
    ) in newest
    assert "for the old deck, select all" not in newest
    assert "Change Deck" in newest
    assert "deck-renamed" not in run("build").stderr


def test_a_release_says_how_many_notes_it_dates_anew_and_why_where_git_knows_the_last_one(desk):
    def git(*args):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *args], cwd=desk, check=True, capture_output=True)

    edit(desk, "Hefe macht Gas.", "Hefe gast.")
    run("build", "--only", "anki")  # in between
    told = "re-dated: 1 note that learners have"
    assert run("release", "1.0.1").stdout.splitlines()[-1] == told
    edit(desk, "title: Grundlagen", "title: Anfänge")  # only the context of each card
    assert "re-dated" not in run("release", "1.0.2").stdout
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "One")
    git("tag", "v1.0.2")
    edit(desk, "Hefe gast.", "Hefe atmet.")
    edit(desk, "lens: part", "lens: example")
    said = run("release", "1.0.3").stdout.splitlines()[-1]
    assert said.endswith("(Tags 5: an id, a lens or a tag changed, Detail 1)"), said


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("1.0.0", "does not come after 1.0.0"),
        ("0.9.9", "does not come after 1.0.0"),
    ],
)
def test_a_version_out_of_order_is_refused_and_no_file_is_touched(desk, version, why):
    before = everything(desk)
    assert why in run("release", version, code=1).stderr
    assert everything(desk) == before


@pytest.mark.parametrize("version", ["1.1", "v1.1.0", "1.01.0", "1.1.0\n", "next", ""])
def test_what_is_no_version_is_wrong_usage(desk, version):
    before = everything(desk)
    assert "is no version" in run("release", version, code=2).stderr
    assert everything(desk) == before


def test_new_cards_ask_for_a_minor_version(desk):
    edit(desk, "text: Vollsauer}", "text: Vollsauer}\n            - {id: ende, text: Backen}")
    assert "what changed makes this a minor one: 1.1.0" in run("release", "1.0.1", code=1).stderr
    run("release", "1.1.0")


def test_a_fault_of_the_content_is_refused_and_no_file_is_touched(desk):
    edit(desk, "[Hefe, Milchsäurebakterium]", "[Hefe, Milch]")
    before = everything(desk)
    run("release", "1.0.1", code=1)
    assert everything(desk) == before


def test_a_card_that_vanished_is_refused(desk):
    edit(desk, "            - {id: voll, text: Vollsauer}\n", "")
    assert "vanished-id" in run("release", "1.1.0", code=1).stderr


def test_a_link_that_leads_out_is_refused_and_the_ledger_stays(desk, tmp_path):
    """With one, what was published was forgotten: a card that had vanished went out, and its guid was lost."""
    edit(desk, "            - {id: voll, text: Vollsauer}\n", "")
    (tmp_path / "n.yaml").write_text("title: N\n")
    (desk / "content" / "modules" / "n.yaml").symlink_to(tmp_path / "n.yaml")
    before = everything(desk)
    assert "leads out" in run("release", "2.0.0", code=1).stderr
    assert everything(desk) == before


def test_warnings_are_refused_too(desk):
    edit(desk, "Wie oft soll", "Wie oft " + "und wie oft " * 30 + "soll", "essays/text-1.yaml")
    before = everything(desk)
    result = run("release", "1.0.1", code=1)
    assert "warning: " in result.stderr
    assert "error: " not in result.stderr
    assert "nothing is released while anything is wrong" in result.stderr
    assert everything(desk) == before


def test_a_changelog_keeps_its_head_and_its_older_sections():
    old = "# Changes\n\nFor learners.\n\n## 1.0.0 · 2026-01-02\n\nOld.\n"
    assert release.inserted(old, "## 1.1.0\n\nNew.\n") == (
        "# Changes\n\nFor learners.\n\n## 1.1.0\n\nNew.\n\n## 1.0.0 · 2026-01-02\n\nOld.\n"
    )
    assert release.inserted("", "## 1.0.0\n") == "# Changes\n\n## 1.0.0\n"
    windows = old.replace("\n", "\r\n")
    made = release.inserted(windows, "## 1.1.0\n\nNew.\n")
    assert made == release.inserted(old, "## 1.1.0\n\nNew.\n").replace("\n", "\r\n")


# --- the act, without the command line -----------------------------------------------------------


def released(files, ledger=None, version="1.0.0", changelog=""):
    """What `release_course` gives on the day of these tests."""
    return build.release_course(
        files, ledger or ledgers.Ledger(), version=version, now=DAY, changelog=changelog
    )


@pytest.fixture(scope="module")
def first():
    """The small course's first release."""
    made, problems = released(read_files(SAUERTEIG), changelog="# Changes\n")
    assert not problems
    return made


def ledger_of(made):
    return ledger_file.decode({o.path: o.data for o in made.outputs}["ledger.json"])


def test_a_release_keeps_every_byte_of_the_course_file_but_version_and_date_and_the_key_before_them():
    files = read_files(SAUERTEIG)
    text = files["course.yaml"].decode()
    odd = text.replace("version: 0.3.1", "# ours\n\n'version' :  # soon\n   '0.3.1' # now")
    odd = "\ufeff" + odd.replace("\n", "\r\n")
    made, problems = released(files | {"course.yaml": odd.encode()})
    assert not problems
    key = f"\ufeffkey: {made.course.about.key}\r\n"
    stamped = odd.replace("0.3.1", "1.0.0").replace("2026-03-02", "2026-11-25")
    assert made.course_file == stamped.replace("\ufeff", key)


def test_a_release_is_made_of_bytes_and_gives_bytes(first):
    assert "version: 1.0.0\ndate: 2026-11-25\n" in first.course_file
    assert first.changelog.startswith("# Changes\n\n## 1.0.0 · 2026-11-25\n")
    assert {entry.since for entry in ledger_of(first).notes.values()} == {"1.0.0"}
    assert {"sauerteig.apkg", "print/a4/outline.pdf"} < {o.path for o in first.outputs}


def test_a_release_looks_at_version_then_course_then_guard_then_news(first):
    """What comes first is told first, and nothing is made."""
    files = read_files(SAUERTEIG) | {"course.yaml": first.course_file.encode()}
    ledger = ledger_of(first)
    with pytest.raises(Refusal, match="is no version"):
        released({}, version="1.0")
    assert [p.code for p in released({}, ledger, "1.0.0")[1]] == ["no-file"]
    gone = files["modules/grundlagen.yaml"].replace(
        b"{id: voll, text: Vollsauer}", b"{id: satt, text: Satt}"
    )
    made, found = released(files | {"modules/grundlagen.yaml": gone}, ledger, "1.0.0")
    assert (made, [p.code for p in found]) == (None, ["vanished-id"])
    with pytest.raises(Refusal, match="does not come after"):
        released(files, ledger, "1.0.0")


def test_pages_that_cannot_be_printed_hold_a_release_back():
    files = read_files(SAUERTEIG)
    wrong = files["course.yaml"].replace(b"Sauerteig & Brot", "Sauerteig 🙂".encode())
    made, found = released(files | {"course.yaml": wrong})
    assert (made, [p.code for p in found]) == (None, ["no-glyph"])


# --- two branches that both release ---------------------------------------------------------------


def branch(*steps):
    """An author who has released 1.0.0, and then does these things: edits (a card and its new words) and releases (a version)."""
    author = Author(questions(6))
    author.publish()
    author.freeze("1.0.0")
    for step in steps:
        if isinstance(step, str):
            author.publish()
            author.freeze(step)
        else:
            number, words = step
            if number >= len(author.cards):
                author.cards.append({**questions(number + 1)[number]})
            author.card(f"card-{number}")["words"] = words
    author.publish()
    return author


def merged_by_git(tmp_path, *sides):
    """What git makes of the ledgers of two branches, and whether there is no conflict."""
    files = []
    for name, side in zip(("ours", "base", "theirs"), (sides[0], branch(), sides[1]), strict=True):
        files.append(tmp_path / name)
        files[-1].write_bytes(ledger_file.encode(side.ledger))
    done = subprocess.run(["git", "merge-file", "-p", *files], capture_output=True, check=False)
    return done.stdout, done.returncode == 0


@pytest.mark.parametrize(
    ("ours", "theirs", "changed", "new"),
    [
        # both released the same version
        ([(1, "ours"), "1.0.1"], [(4, "theirs"), "1.0.1"], "1 4", ""),
        # each another one
        ([(1, "ours"), "1.0.1"], [(4, "theirs"), "1.1.0"], "1 4", ""),
        ([(1, "ours"), "1.0.1", (2, "more"), "1.0.2"], [(4, "theirs"), "1.0.1"], "1 2 4", ""),
        # new cards
        ([(6, "ours"), "1.1.0"], [(4, "theirs"), "1.1.0"], "4", "6"),
        ([(6, "ours"), "1.1.0", (6, "more"), "1.1.1"], [(4, "theirs"), "1.1.0"], "4", "6"),
        ([(6, "ours"), "1.1.0", (6, "since")], [(4, "theirs"), "1.0.1"], "4", "6"),
        # what was built since is told as ever
        ([(1, "ours"), "1.0.1", (0, "since")], [(4, "theirs"), "1.0.1"], "0 1 4", ""),
    ],
)
def test_after_two_releases_met_the_next_one_tells_the_changes_of_both(
    tmp_path, ours, theirs, changed, new
):
    """Learners of each have never had those of the other."""
    one, two = branch(*ours), branch(*theirs)
    data, clean = merged_by_git(tmp_path, one, two)
    assert not clean
    merged = branch(*(step for step in (*ours, *theirs) if not isinstance(step, str)))
    merged.ledger = ledger_file.resolve(data)
    before = merged.ledger
    merged.publish()
    assert merged.ledger.notes == before.notes
    news = release.news_since([*merged.notes().values()], merged.ledger)
    assert " ".join(sorted(note.id[5:] for note in news.changed)) == changed
    assert " ".join(sorted(note.id[5:] for note in news.new)) == new
    since = {guid: entry.since for guid, entry in merged.ledger.notes.items()}
    for card in merged.cards if new else ():  # an edit on the way leaves a new card new
        card["words"] = f"{card['words']}again"
    merged.publish()
    news = release.news_since([*merged.notes().values()], merged.ledger)
    assert " ".join(sorted(note.id[5:] for note in news.new)) == new
    merged.freeze("1.2.0")
    news = release.news_since([*merged.notes().values()], merged.ledger)
    assert not news.changed
    assert not news.new
    assert {guid: entry.since for guid, entry in merged.ledger.notes.items()} == since


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([(1, "ours"), "1.0.1"], [(4, "theirs")]),  # one side released
        ([(1, "same"), "1.0.1"], [(1, "same"), "1.0.1"]),  # both the same words
        ([(1, "ours")], [(4, "theirs")]),
    ],
)
def test_where_no_two_releases_met_git_merges_and_nothing_is_told_twice(tmp_path, ours, theirs):
    one, two = branch(*ours), branch(*theirs)
    data, clean = merged_by_git(tmp_path, one, two)
    assert clean
    versions = {entry.id: entry.version for entry in ledger_file.decode(data).notes.values()}
    for entry in one.ledger.notes.values():
        if entry.version == "1.0.1":
            assert versions[entry.id] == "1.0.1"


# --- the ledger's own command --------------------------------------------------------------------


def test_a_damaged_ledger_is_named_in_one_line_and_rebuilt_from_the_packages(desk):
    edit(desk, "            - {id: voll, text: Vollsauer}\n", "")
    (desk / "content" / "history.yaml").write_text(
        "retired:\n  - {card: stufen.voll, reason: Nein.}\n", "utf-8"
    )
    run("release", "1.1.0")
    before = everything(desk)
    ledger = desk / "content" / "ledger.json"
    ledger.write_bytes(b"spoilt")
    for command in ("build", "check"):
        result = run(command, code=1)
        assert result.stderr == f"Error: {ledger_file.DAMAGED}\n"
    run("ledger", "--rebuild")
    run("build")
    after = everything(desk)
    kept = json.loads(before.pop(Path("content/ledger.json")))
    made = json.loads(after.pop(Path("content/ledger.json")))
    page = Path("decks/update.html")  # it has what the ledger remembers
    assert after.pop(page) != before.pop(page)
    assert after == before
    # What a package does not tell: which version brought a note, and what it was before.
    known = ("id", "kind", "hash", "mod", "retired", "tags", "cards")
    assert [[row.get(name) for name in known] for row in made["notes"].values() if row] == [
        [row.get(name) for name in known] for row in kept["notes"].values() if row
    ]
    assert {row["since"] for row in made["notes"].values() if row} == {"1.1.0"}
    assert (made["types"], made["decks"]) == (kept["types"], kept["decks"])


def test_a_ledger_rebuilt_from_every_kind_of_card_is_the_one_that_was_lost():
    from coursedeck.notes import notes_of

    author = Author([*one_of_each(), *questions(2)])
    author.publish()
    author.freeze("1.0.0")
    author.retire("card-0")
    author.card("ask-card")["kind"] = "pair"
    made = author.publish()
    author.freeze("1.1.0")
    packages = [made["course.apkg"], made["course-retired.apkg"]]
    course = author.course()
    again = package.rebuilt(course, notes_of(course), packages)
    kept = {g: (e.id, e.kind, e.hash, e.mod, e.retired) for g, e in author.ledger.notes.items()}
    assert {g: (e.id, e.kind, e.hash, e.mod, e.retired) for g, e in again.notes.items()} == kept
    assert again.decks == author.ledger.decks
    assert again.types.items() <= author.ledger.types.items()
    author.ledger = again
    # What was published before those packages is forgotten, and the page with it.
    forgotten = {"ledger.json": b"", "update.html": b""}
    assert author.publish() | forgotten == made | forgotten


def test_without_a_package_a_rebuild_says_what_is_missing(course_folder, tmp_path):
    result = run("ledger", course_folder, "--out", tmp_path, "--rebuild", code=1)
    assert "sauerteig.apkg" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def table(had, anki, row, lost=0):
    summary = f"<summary>From {had} in Anki {anki}: 55 trials, {lost} lost</summary>"
    return f"<details>{summary}\n\n| learner |\n|---|\n| {row} |\n\n</details>\n"


def test_what_several_ankis_gave_stands_in_the_changelog_once_with_the_names_of_all():
    same = [table("1.0.0", anki, "edits") for anki in ("26.9", "25.9", "23.10")]
    other = table("1.1.0", "26.9", "edits")
    told = once("\n".join([same[0], other, *same[1:]]))
    assert told.count("| edits |") == 2
    assert "From 1.0.0 in Anki 26.9, 25.9, 23.10, each: 55 trials, 0 lost<" in told
    assert "From 1.1.0 in Anki 26.9: 55 trials, 0 lost<" in told


def test_of_what_ankis_gave_nothing_is_left_out_that_differs_or_is_no_table():
    tables = [table("1.0.0", "26.9", "edits"), table("1.0.0", "23.10", "edits", 1)]
    tables.append(table("1.0.0", "25.9", "studies"))
    assert once("\n".join(tables)) == "\n".join(tables)
    more = "A note of the author's.\n" + table("1.0.0", "26.9", "edits") * 2
    assert once(more) == more
