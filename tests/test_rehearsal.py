"""A rehearsal: learners of every kind take an update, and a judge that shares no code with us says what became of it."""

import re
import shutil
import sqlite3
import sys

import conftest
import pytest
from author import Author, one_of_each, questions
from conftest import DAY, THOROUGH, some
from coursedeck.problems import Refusal
from coursedeck.rehearsal.judge import judge
from coursedeck.rehearsal.learner import KINDS, WAYS, Learner, Update
from coursedeck.rehearsal.rehearse import DATA, as_markdown, kept, rehearse

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("blank_pages")]


# --- the judge -----------------------------------------------------------------------------------

PAGE = {"keeps": True, "mends": True, "removes": False}
PACKAGE = {"keeps": False, "mends": False, "removes": False}


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    """Collections of newcomers, and of a learner who wrote on every other note between two versions: before and after the update,
    by the page and by the package alone. The author edited eight questions, retired a card and added one.
    """
    folder = tmp_path_factory.mktemp("stage")
    author = Author([*one_of_each(), *questions(8)])
    old = author.publish()
    author.freeze("1.0.0")
    for number in range(8):
        author.card(f"card-{number}")["words"] = f"edited{number}"
    author.retire("sort-card")
    author.cards.append({**questions(1)[0], "id": "card-new", "words": "fresh"})
    new = author.publish()
    packages = {
        "old": [old["course.apkg"]],
        "new": [new["course.apkg"]],
        "new and retired": [new["course.apkg"], new["course-retired.apkg"]],
    }
    for name, every in packages.items():
        with Learner(folder / f"{name}.anki2") as newcomer:
            for data in every:
                (folder / f"{name}.apkg").write_bytes(data)
                newcomer.imports(folder / f"{name}.apkg")
    page = DATA.search(new["update.html"].decode())[1]
    update = Update(folder / "new.apkg", None, page)
    with Learner(shutil.copy(folder / "old.anki2", folder / "before.anki2")) as learner:
        learner.had([])
        before = learner.dates()
        learner.edits()
        learner.tags()
        learner.touched(before, author.now - 1)
    with Learner(shutil.copy(folder / "before.anki2", folder / "by page.anki2")) as learner:
        learner.opens_page(update)
        learner.imports_text(update)
        learner.takes_package(update)
    with Learner(shutil.copy(folder / "before.anki2", folder / "by package.anki2")) as learner:
        learner.takes_package(update)
    return folder


def judged(folder, after, new, promised):
    """The verdict, and what was broken."""
    verdict = judge(
        folder / "before.anki2",
        folder / f"{after}.anki2",
        had=[folder / "old.anki2"],
        new=folder / f"{new}.anki2",
        cosmetic=(),
        **promised,
    )
    return verdict, {what for what, _ in verdict.broken}


def test_the_judge_finds_no_fault_with_an_update_by_the_page(stage):
    verdict, broken = judged(stage, "by page", "new and retired", PAGE)
    assert broken == set()
    assert verdict.reviews[0] == verdict.reviews[1] > 0
    assert verdict.new == 1
    assert verdict.fates["kept"] > verdict.fates["open"] > 0
    # Question and answer of eight notes changed; the learner wrote in three of these fields.
    assert verdict.fates["arrived"] == 13


def test_what_is_announced_of_a_package_is_a_fault_of_the_page(stage):
    verdict, broken = judged(stage, "by package", "new", PACKAGE)
    assert broken == set()
    assert verdict.fates["replaced"]
    assert judged(stage, "by package", "new", PAGE)[1] == {LOST}


def test_a_change_that_did_not_arrive_is_seen(stage):
    assert judged(stage, "before", "new", PACKAGE)[1] == {MISSED}


def test_a_change_with_too_old_a_date_is_seen_where_the_learner_touched_nothing(stage):
    shutil.copy(stage / "new.anki2", stage / "too old.anki2")
    change(stage / "too old.anki2", "update notes set mod = (select min(mod) from notes)")
    verdict, broken = judged(stage, "before", "too old", PACKAGE)
    assert broken == {MISSED}
    assert verdict.fates["held"]


LOST = "words of the learner's are lost"
MISSED = "a change did not arrive"
CARD = "a card is not as it was"
NOTE = "select {}, {}, mid, mod, usn, tags, flds, sfld, csum, flags, data from notes limit 1"
FIRST = "where id = (select min(id) from cards)"
EDITED = "(select id from notes where flds like '%edited3%')"
NEW = "(select id from notes where flds like '%qfreshq%')"
LOSSES = {
    "delete from revlog where id = (select min(id) from revlog)": {"a review is lost"},
    "update revlog set ivl = ivl + 1": {"a review is lost", "a review came from nowhere"},
    "insert into revlog select 1, cid, usn, 1, 1, 1, 1, 1, 1 from revlog limit 1": {
        "a review came from nowhere"
    },
    "update cards set ivl = ivl + 1 where id = (select max(cid) from revlog)": {CARD},
    **{f"update cards set {name} = 7 {FIRST}": {CARD} for name in ("due", "queue", "flags", "did")},
    f"delete from cards {FIRST}": {CARD, "a card did not arrive"},
    "update notes set flds = replace(flds, ' mine', '')": {LOST},
    "update notes set tags = replace(tags, ' mine ', ' ')": {LOST},
    "update notes set flds = 'x' || flds where flds like 'Of another course%'": {LOST},
    "update notes set tags = replace(tags, 'course::lens', 'lens')": {LOST, MISSED},
    "update notes set flds = replace(flds, 'edited3', '3')": {MISSED},
    f"delete from cards where nid = {EDITED}; delete from notes where id = {EDITED}": {
        CARD,
        LOST,
        MISSED,
    },
    f"delete from cards where nid = {NEW}": {"a card did not arrive"},
    f"delete from cards where nid = {NEW}; delete from notes where id = {NEW}": {MISSED},
    f"insert into notes {NOTE.format(1, 'guid')}": {"a note is there twice"},
    f"insert into notes {NOTE.format(1, '1')}": {"a note came from nowhere"},
    "create table t (a); insert into t values (null); pragma writable_schema = 1;"
    " update sqlite_master set sql = 'create table t (a not null)' where name = 't'": {
        "the file is damaged"
    },
}


def change(file, statements):
    db = sqlite3.connect(file)
    db.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    db.executescript(statements)
    db.close()


@pytest.mark.parametrize(("statements", "told"), LOSSES.items())
def test_no_loss_of_any_sort_is_overlooked(stage, tmp_path, statements, told):
    shutil.copy(stage / "by page.anki2", stage / "spoilt.anki2")
    change(stage / "spoilt.anki2", statements)
    assert judged(stage, "spoilt", "new and retired", PAGE)[1] == told


# --- the rehearsal -------------------------------------------------------------------------------


VERSIONS = ("1.0.0", "1.1.0") if THOROUGH else ("1.0.0",)
HAD = {"1.0.0", "1.1.0", "1.0.0, then 1.1.0"} if THOROUGH else {"1.0.0"}


@pytest.fixture(scope="module")
def trials():
    """A new version of a course with every kind of card, tried on those who have an earlier one, or both."""
    author = Author([*one_of_each(), *questions(4)])
    published = {}
    for version in VERSIONS:
        author.version = version
        made = author.publish()
        published[version] = {n: data for n, data in made.items() if n.endswith(".apkg")}
        author.freeze(version)
        for card in author.cards[::2]:
            card["words"] = f"{card['words']}after{version[2]}"
        author.retire(f"card-{version[2]}")
    author.version = "1.2.0"
    return rehearse(published, author.publish(), "course")


def test_nobody_loses_anything_who_studies_gets_every_change_and_each_trial_has_a_row(trials):
    """One test, so that no second core makes the trials again."""
    assert [line for trial in trials for line in trial.broken] == []
    assert len(trials) == len(HAD) * len(KINDS) * len(WAYS)
    assert {trial.had for trial in trials} == HAD
    for fate in ("kept", "replaced", "arrived", "held", "closed", "open"):
        assert any(trial.verdict.fates.get(fate) for trial in trials), fate
    assert all(trial.verdict.reviews[0] for trial in trials)
    studying = [trial for trial in trials if trial.kind == KINDS[0]]
    for had in HAD:
        arrived = {t.verdict.fates["arrived"] for t in studying if t.had == had}
        assert len(arrived) == 1
        assert not any(t.verdict.fates.get("held") for t in studying)
    text = as_markdown(trials)
    head = r"<summary>From .* in Anki [\d.]+: \d+ trials, 0 lost</summary>"
    assert len(re.findall(head, text)) == len(HAD)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == len(trials) + len(HAD) * 2
    assert len({row.count("|") for row in rows}) == 1


# --- the command, and the changelog --------------------------------------------------------------


def run(*args, code=0, now=DAY):
    return conftest.run(*args, code=code, SOURCE_DATE_EPOCH=str(now))


@pytest.fixture
def desk(released_folder, monkeypatch):
    """The small course in the working directory, released as 1.0.0, its packages kept, and edited since. `trials` has learners of
    all kinds; here it is the command that is tried, so one does who only studies.
    """
    monkeypatch.chdir(released_folder)
    monkeypatch.setitem(rehearse.__globals__, "KINDS", KINDS[:1])
    keep(released_folder, "1.0.0")
    edit(released_folder, "Hefe macht Gas.", "Hefe gast.")
    return released_folder


def keep(desk, version):
    folder = desk / "published" / version
    folder.mkdir(parents=True)
    for package in (desk / "decks").glob("*.apkg"):
        shutil.copy(package, folder)


def edit(desk, old, new):
    file = desk / "content" / "modules" / "grundlagen.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_card_that_two_releases_changed_and_this_one_does_not_arrived_long_ago(desk):
    """Anki before 25.2 dates what it updates by its own clock: learners take each version before there is a next one."""
    run("release", "1.0.1", now=DAY + 3600)
    keep(desk, "1.0.1")
    edit(desk, "Hefe gast.", "Hefe treibt.")
    run("release", "1.0.2", now=DAY + 7200)
    keep(desk, "1.0.2")
    edit(desk, "Wie heißt der Rest", "Wie heißt jener Rest")
    assert "1.0.0, then 1.0.1, then 1.0.2" in run("rehearse", now=DAY + 10800).stdout


@pytest.mark.newest
def test_what_was_rehearsed_goes_into_the_changelog_and_other_words_do_not(desk, monkeypatch):
    """Of who only studies, who acts after the build, and who has a module."""
    monkeypatch.setitem(rehearse.__globals__, "KINDS", some(KINDS[::5], 3))
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    told = run("rehearse").stdout
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before
    (desk / "rehearsal.md").write_text(told, "utf-8")
    edit(desk, "Hefe gast.", "Hefe treibt.")
    result = run("release", "1.0.1", "--rehearsed", "rehearsal.md", code=1)
    assert "what was rehearsed is not what is released" in result.stderr
    edit(desk, "Hefe treibt.", "Hefe gast.")
    run("release", "1.0.1", "--rehearsed", "rehearsal.md", now=DAY + 60)
    newest = (desk / "CHANGELOG.md").read_text("utf-8").partition("## 1.0.0")[0]
    assert "### Rehearsed" in newest
    assert told.partition("-->\n")[2].strip() in newest
    assert "<!--" not in newest


def test_an_update_that_does_not_arrive_fails_the_rehearsal_and_is_not_released(desk):
    """A ledger was taken back after its packages were handed out: the change bears too old a date."""
    ledger = (desk / "content" / "ledger.json").read_bytes()
    edit(desk, "Hefe gast.", "Hefe treibt.")
    run("build", now=DAY + 7200)
    shutil.rmtree(desk / "published")
    keep(desk, "1.0.1")
    (desk / "content" / "ledger.json").write_bytes(ledger)
    edit(desk, "Hefe treibt.", "Hefe gast.")
    result = run("rehearse", now=DAY + 3600, code=1)
    assert "1.0.1, only studies, the package: a change did not arrive: " in result.stderr
    assert " to learners: do not release this" in result.stderr
    (desk / "rehearsal.md").write_text(result.stdout, "utf-8")
    run("release", "1.0.2", "--rehearsed", "rehearsal.md", code=1)


def test_a_new_date_without_a_change_fails_the_rehearsal(desk, monkeypatch):
    """It would replace what learners wrote, and bring them nothing."""
    monkeypatch.setitem(rehearse.__globals__, "KINDS", KINDS[3:4])
    ledger = desk / "content" / "ledger.json"
    run("build")
    text = re.sub(
        r'"mod": \d+, "since"', f'"mod": {DAY + 1000}, "since"', ledger.read_text("utf-8")
    )
    ledger.write_text(text, "utf-8")
    result = run("rehearse", now=DAY + 7200, code=1)
    assert "writes in My notes, the package: words of the learner's are lost: " in result.stderr
    assert "the page" not in result.stderr.replace("the package, then the page", "")


@pytest.mark.newest
def test_a_missing_extra_is_one_sentence(desk, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("coursedeck.rehearsal")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "quickjs", None)
    result = run("rehearse", code=1)
    assert result.stderr == (
        'Error: a rehearsal needs quickjs: run `pip install "coursedeck[anki]"`\n'
    )


@pytest.mark.newest
def test_what_learners_have_must_be_there_and_be_packages(desk):
    assert "has no published version" in run("rehearse", "--published", "nothing", code=1).stderr
    with pytest.raises(Refusal, match=r"has no other\.apkg"):
        kept(desk / "published", "other")
    (desk / "published" / "1.0.0" / "sauerteig-grundlagen.apkg").write_bytes(b"no package")
    with pytest.raises(Refusal, match="not a package"):
        kept(desk / "published", "sauerteig")
    (desk / "published" / "1.0.0").rename(desk / "published" / "first")
    with pytest.raises(Refusal, match="is no version"):
        kept(desk / "published", "sauerteig")
