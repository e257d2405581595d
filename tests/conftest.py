"""What the tests share: courses, commands and real Anki collections."""

import atexit
import collections
import contextlib
import copy
import gc
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner, Result
from coursedeck.cli import main

# With THOROUGH=1, as in CI, tests that play by chance play as long as they should once for each change, long texts are long, and
# all cases are tried. Without it, they play the first part of the same, and the first of every few cases.
THOROUGH = bool(os.environ.get("THOROUGH"))
FEW = 3  # without it, of the cases of each slow test the first of every so many
T = TypeVar("T")


def some(cases: Iterable[T], step: int) -> list[T]:
    """All of these with THOROUGH=1, and without it the first of every `step`."""
    return list(cases)[:: 1 if THOROUGH else step]


ROOT = Path(__file__).parent.parent
# Courses that stay as they are: a small one in German, one with all that a course can have, the whole first edition of a real one.
# They are copies, so that nothing gets into the repository. What is shipped (`CONTENT`) is read by test_shipped_course.py alone.
COURSES = Path(tempfile.mkdtemp(prefix="coursedeck-tests-"))
atexit.register(shutil.rmtree, COURSES, ignore_errors=True)
shutil.copytree(ROOT / "tests" / "courses", COURSES, dirs_exist_ok=True)
SAUERTEIG = COURSES / "sauerteig"
WORKSHOP = COURSES / "workshop"
CONTENT = ROOT / "content"
LONGEST = {
    *("test_built_again", "test_edits", "test_merge_stateful", "test_mutations"),
    *("test_rehearsal", "test_ten_releases", "test_updates_stateful"),
}
# To measure these takes up to three times as long as to pass them. On 27 November 2026, of 37,364 steps from one line to the next
# they alone took 40; what a new test of them reaches alone, `make cover` lists as unreached.
REACHED_BY_OTHERS = {
    *("test_accessible", "test_anki_import", "test_any_text", "test_edits", "test_exam"),
    *("test_merge", "test_page_cards", "test_pages", "test_print", "test_print_again"),
    *("test_print_ends", "test_repository", "test_strangers", "test_subjects", "test_updates"),
}
SLOW_FILE = re.compile(r"^pytestmark = (\[\s*)?pytest\.mark\.slow\b", re.MULTILINE)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 300_000  # milliseconds: only a browser that hangs fails, not one on a busy machine
DAY = 1_795_600_000  # when the small course is released: 25 November 2026


def pytest_configure(config):
    os.environ.pop(
        "SOURCE_DATE_EPOCH", None
    )  # the machine's clock must not decide what a test sees
    if config.getoption("numprocesses", None):
        return  # others run the tests, and this one begins sooner
    gc.disable()  # until all is collected
    if config.getoption("markexpr") == "not slow":
        return  # no examples are tried
    from hypothesis import HealthCheck, settings

    # No example fails because the machine is busy. The examples are the same each time.
    slowly = [HealthCheck.too_slow]
    settings.register_profile(
        "thorough", deadline=None, derandomize=True, suppress_health_check=slowly
    )
    settings.register_profile("usual", settings.get_profile("thorough"), max_examples=15)
    settings.load_profile("thorough" if THOROUGH else "usual")


def pytest_collection_modifyitems(config, items):
    """The longest first: at the end, no core waits for a long one on another, and what several share is seldom made twice.
    Without THOROUGH=1 some cases stay out, unless tests are asked for by name or snapshots written; none that `--lf` asks for.
    """
    items.sort(key=lambda item: item.path.stem not in LONGEST)
    asked = config.option.keyword or any("::" in arg for arg in config.args)
    if THOROUGH:
        # To measure a test takes more than as long again, and cases of one test reach the same lines.
        kept = {item for item in _first_of_few(items) if item.path.stem not in REACHED_BY_OTHERS}
        for item in set(items).difference(kept):
            item.add_marker("no_cover")
    elif not (asked or config.getoption("rewrite")):
        kept = _first_of_few(items, _failed(config))
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def _failed(config):
    """The ids of tests that failed the last time, where these are asked for."""
    asked = config.getoption("lf", False) or config.getoption("failedfirst", False)
    return config.cache.get("cache/lastfailed", {}) if asked else {}


def _first_of_few(items, failed=()):
    """Of the cases of each slow test the first of every few and those that failed, and all other tests."""
    turns = collections.Counter()
    kept = {}
    for item in items:
        if hasattr(item, "callspec") and item.get_closest_marker("slow"):
            test = item.path, item.originalname
            turns[test] += 1
            if turns[test] % FEW != 1 and item.nodeid not in failed:
                continue
        kept[item] = None
    return kept


def pytest_collection_finish():
    """What is there now stays to the end: nothing need look through it again and again for what may go."""
    gc.freeze()
    gc.enable()


def pytest_ignore_collect(collection_path, config):
    """`make quick` does not even import what only slow tests need: Anki, readers of PDF."""
    if config.getoption("markexpr") == "not slow" and collection_path.suffix == ".py":
        return SLOW_FILE.search(collection_path.read_text("utf-8")) is not None or None
    return None


def run(*args: object, code: int = 0, **env: str) -> Result:
    """Run a command of coursedeck in this process; it must end with this exit code."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], env=env)
    assert result.exit_code == code, result.output
    return result


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --rewrite` writes snapshots anew: look at what git says has changed in them."""
    parser.addoption("--rewrite", action="store_true", help="write the snapshots anew")


@pytest.fixture
def learner(tmp_path):
    """A fresh collection."""
    from learner import Learner

    one = Learner(tmp_path / "learner")
    yield one
    one.col.close()


@pytest.fixture
def new_learner(tmp_path):
    """A way to make several fresh collections."""
    from learner import Learner

    made = []

    def make():
        made.append(Learner(tmp_path / f"learner-{len(made)}"))
        return made[-1]

    yield make
    for one in made:
        one.col.close()


@pytest.fixture(scope="session")
def _chromium():
    from playwright.sync_api import expect, sync_playwright

    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    # It draws by itself, without a process that plays a graphics card: half the work for each page.
    flags += ["--in-process-gpu", "--disable-software-rasterizer", "--disable-gpu-compositing"]
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=flags, timeout=PATIENCE)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def browser(_chromium):
    """A real Chromium, in which the next file of tests finds no window of this one's."""
    from windows import Windows

    yield Windows(_chromium)
    for context in _chromium.contexts:
        context.close()


@pytest.fixture(scope="session", autouse=True)
def _printed_once(request, tmp_path_factory):
    """What one test has printed no other prints again, except those that ask for `printed_anew`."""
    if request.config.getoption("markexpr") == "not slow":
        yield
        return
    from printing import Printer, typeset

    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # of the run: all workers see it
    (folder / "printed").mkdir(exist_ok=True)
    printer = Printer(folder / "printed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typeset, "_fed", printer.feed)
        yield
    printer.ends()


@pytest.fixture
def printed_anew(monkeypatch):
    """All is printed in processes of its own, as outside of tests: for tests of how it is done, or whether the same comes out."""
    from printing import FED, typeset

    monkeypatch.setattr(typeset, "_fed", FED)


@pytest.fixture
def blank_pages(monkeypatch):
    """No page is printed, but its file is there: for tests of what else a release makes and keeps, which takes half the time."""
    from printing import blank, typeset

    monkeypatch.setattr(typeset, "_fed", blank)


@pytest.fixture(scope="session")
def _studied(tmp_path_factory):
    from author import Author, one_of_each, questions, review, take
    from learner import Learner

    folder = tmp_path_factory.mktemp("studied")
    learner, author = Learner(folder), Author([*one_of_each(), *questions(12)])
    take(learner, author.publish()["course.apkg"])
    for (card_id,) in learner.rows("select id from cards order by id limit 10"):
        review(learner, card_id)
    learner.col.close()
    return folder, author


@pytest.fixture
def studied(_studied, learner):
    """The author of a course with two releases' worth of cards; the learner has the first and has begun to study it."""
    folder, author = _studied
    learner.becomes(folder)
    return copy.deepcopy(author)


@pytest.fixture
def retiring(learner, studied):
    """A learner whose author has retired a card of every kind; they wrote on one question, and two became leeches."""
    from author import note_of, one_of_each
    from merging import edit

    studied.freeze("1.0.0")
    edit(learner, studied, "card-1", My_notes="mine")
    for id_ in ("card-2", "pair-card"):
        note = note_of(learner, studied.notes()[id_].guid)
        note.add_tag("leech")
        learner.col.update_note(note)
    for id_ in ("card-1", "card-2", *(card["id"] for card in one_of_each())):
        studied.retire(id_)
    studied.publish()
    return studied


@pytest.fixture
def course_folder(tmp_path):
    """A copy of the small course that a test may spoil."""
    return Path(shutil.copytree(SAUERTEIG, tmp_path / "course"))


@pytest.fixture
def previewed(course_folder):
    """A preview of the small course in a folder of its own, and that folder."""
    from previewing import watching

    with watching(course_folder) as page:
        yield page, course_folder


@pytest.fixture
def cards(tmp_path):
    """A way to write the one file of a course."""

    def write(text, name="cards.yaml"):
        path = tmp_path / "course" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


# What takes long to make is made once, and copied for each test that needs it. `shutil.copytree` keeps the clock of each file.


@pytest.fixture(scope="session")
def workshop_printed():
    """The course that has everything, its notes, and all that is printed of it, with the ids of notes."""
    from coursedeck.load import load
    from coursedeck.notes import notes_of
    from coursedeck.outputs import pdf

    course, _ = load(WORKSHOP)
    notes = notes_of(course)
    files, problems = pdf.printed(course, notes, pdf.Choice(ids=True))
    assert problems == []
    return course, notes, files


@pytest.fixture(scope="session")
def _first_build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first-build")
    shutil.copytree(SAUERTEIG, folder / "course")
    run("build", folder / "course", "--out", folder / "out", "--only", "anki")
    return folder


@pytest.fixture
def built_folder(_first_build, tmp_path):
    """A copy of the small course with its packages, in `out` beside it, that a test may spoil."""
    shutil.copytree(_first_build, tmp_path, dirs_exist_ok=True)
    return tmp_path / "course"


@pytest.fixture(scope="session")
def _first_release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first-release")
    shutil.copytree(SAUERTEIG, folder / "content")
    with contextlib.chdir(folder):
        run("release", "1.0.0", SOURCE_DATE_EPOCH=str(DAY))
    return folder


@pytest.fixture
def released_folder(_first_release, tmp_path):
    """A copy of the small course, in `content`, and of all that its release as 1.0.0 made."""
    return Path(shutil.copytree(_first_release, tmp_path / "released"))


@pytest.fixture(scope="session")
def _first_commit(_first_release, tmp_path_factory):
    from desk import Desk

    folder = tmp_path_factory.mktemp("first-commit") / "desk"
    shutil.copytree(_first_release, folder)
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(ROOT / name, folder / name)
    one = Desk(folder)
    one.git("init", "-q", "-b", "main")
    one.commit(".")
    one.git("tag", "v1.0.0")
    return folder


@pytest.fixture
def desk(_first_commit, tmp_path):
    """The small course in a repository, released as 1.0.0 with its packages."""
    from desk import Desk

    return Desk(Path(shutil.copytree(_first_commit, tmp_path / "desk")))


@pytest.fixture(scope="session", autouse=True)
def _courses_stay_as_they_are():
    """A build writes the ledger beside the content: the next test would read what this one published."""
    yield
    assert not list(COURSES.rglob("ledger.json")), "a test has built a course that others read"
