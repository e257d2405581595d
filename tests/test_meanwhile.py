"""Two commands at once: the ledger never goes back to what a command read of it before another one wrote it."""

import shutil

import pytest
from conftest import SAUERTEIG, run
from coursedeck import build, edits
from coursedeck.published import ledger_file

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("blank_pages")]

WORDS = ("Hefe macht Gas.", "Hefe macht Gas!")


def everything(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def while_it_works(monkeypatch):
    """Have something done while a command works: after it has read the ledger, and before it writes."""

    def during(module, name, act):
        work = getattr(module, name)

        def interrupted(*args, **options):
            monkeypatch.setattr(module, name, work)  # what is done meanwhile may do the same
            made = work(*args, **options)
            act()
            return made

        monkeypatch.setattr(module, name, interrupted)

    return during


def edit(folder):
    module = folder / "modules" / "grundlagen.yaml"
    text = module.read_text("utf-8")
    assert WORDS[0] in text
    module.write_text(text.replace(*WORDS), "utf-8")


@pytest.mark.parametrize("only", [("--only", "anki"), ()], ids=["anki", "all"])
def test_a_build_leaves_the_ledger_of_a_release_that_ended_meanwhile(
    built_folder, tmp_path, while_it_works, only
):
    out = tmp_path / "out"
    if not only:
        (built_folder / "tools.yaml").write_text("tools: []\n", "utf-8")
    edit(built_folder)
    after = {}

    def release():
        log = tmp_path / "CHANGELOG.md"
        run("release", "0.4.0", built_folder, "--out", out, "--changelog", log)
        after.update(everything(tmp_path))

    module, name = (edits, "made") if only else (build, "build_course")
    while_it_works(module, name, release)
    told = run("build", built_folder, "--out", out, *only, code=1).stderr
    assert f"{built_folder / 'ledger.json'} changed meanwhile: nothing is written" in told
    assert b'"since": "0.4.0"' in after[built_folder / "ledger.json"]
    assert everything(tmp_path) == after
    run("build", built_folder, "--out", out, *only)  # once more, as it says


def test_of_two_first_builds_at_once_one_gives_the_course_its_key(tmp_path, while_it_works):
    cards = tmp_path / "cards.yaml"
    cards.write_text("title: T\ncards:\n  - {ask: What?, answer: So.}\n", "utf-8")
    build_it = ("build", cards, "--out", tmp_path / "out", "--only", "anki")
    while_it_works(build, "build_course", lambda: run(*build_it))
    assert "cards.ledger.json changed meanwhile" in run(*build_it, code=1).stderr
    assert "nothing to do" in run(*build_it).stdout  # the package is that of the ledger


def test_a_release_leaves_the_ledger_of_a_build_that_ended_meanwhile(
    built_folder, tmp_path, while_it_works
):
    out, log, ledger = tmp_path / "out", tmp_path / "CHANGELOG.md", built_folder / "ledger.json"
    theirs = ledger.read_bytes() + b"\n"
    while_it_works(build, "release_course", lambda: ledger.write_bytes(theirs))
    before = everything(built_folder)
    told = run("release", "0.4.0", built_folder, "--out", out, "--changelog", log, code=1).stderr
    assert "ledger.json changed meanwhile" in told
    assert everything(built_folder) == {**before, ledger: theirs}
    assert not log.exists()


@pytest.mark.parametrize("gone", [False, True], ids=["there", "gone"])
def test_a_ledger_that_is_mended_meanwhile_is_not_mended_again(
    built_folder, tmp_path, while_it_works, gone
):
    ledger = built_folder / "ledger.json"
    theirs = ledger.read_bytes()
    if gone:
        ledger.unlink()
    else:
        ledger.write_bytes(b"<<<<<<< ours\n" + theirs)
    while_it_works(build, "rebuilt_ledger", lambda: ledger.write_bytes(theirs))
    told = run("ledger", "--rebuild", built_folder, "--out", tmp_path / "out", code=1).stderr
    assert "changed meanwhile" in told
    assert ledger.read_bytes() == theirs


def test_a_conflict_that_is_resolved_meanwhile_is_not_resolved_again(tmp_path, while_it_works):
    course = shutil.copytree(SAUERTEIG, tmp_path / "course")
    ledger = course / "ledger.json"
    run("build", course, "--out", tmp_path / "out", "--only", "anki")
    theirs = ledger.read_text("utf-8")
    row = next(line for line in theirs.splitlines() if '"mod"' in line)
    conflict = f"<<<<<<< ours\n{row}\n=======\n{row}\n>>>>>>> theirs"
    ledger.write_text(theirs.replace(row, conflict), "utf-8")
    while_it_works(ledger_file, "resolve", lambda: ledger.write_text(f"{theirs}\n", "utf-8"))
    assert "changed meanwhile" in run("ledger", "--resolve", course, code=1).stderr
    assert ledger.read_text("utf-8") == f"{theirs}\n"
