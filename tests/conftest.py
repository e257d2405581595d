"""What the tests share: courses, built packages and real Anki collections."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import anki.lang
import pytest
from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from click.testing import CliRunner, Result
from coursedeck.cli import main
from hypothesis import settings

anki.lang.set_lang("en_US")
# No example fails because the machine is busy.
settings.register_profile("coursedeck", deadline=None, derandomize=True)
settings.load_profile("coursedeck")

ROOT = Path(__file__).parent.parent
# Courses that stay as they are: a small one in German, and one with all that a course can have. They are copies, since a build
# writes the ledger beside the content. What is shipped (`CONTENT`) is read by test_shipped_course.py alone.
COURSES = Path(tempfile.mkdtemp(prefix="coursedeck-tests-"))
atexit.register(shutil.rmtree, COURSES, ignore_errors=True)
shutil.copytree(ROOT / "tests" / "courses", COURSES, dirs_exist_ok=True)
SAUERTEIG = COURSES / "sauerteig"
WORKSHOP = COURSES / "workshop"
CONTENT = ROOT / "content"


def pytest_ignore_collect(collection_path, config):
    """`make quick` does not even import what only slow tests need: Anki, readers of PDF."""
    if config.getoption("markexpr") == "not slow" and collection_path.suffix == ".py":
        return "\npytestmark = pytest.mark.slow\n" in collection_path.read_text("utf-8") or None
    return None


def run(*args: object, code: int = 0, **env: str) -> Result:
    """Run a command of coursedeck in this process; it must end with this exit code."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], env=env)
    assert result.exit_code == code, result.output
    return result


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --rewrite` writes snapshots anew: look at what git says has changed in them."""
    parser.addoption("--rewrite", action="store_true", help="write the snapshots anew")


class Learner:
    """A learner's Anki: a real collection, with what a test wants to know about it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.col = Collection(str(folder / "collection.anki2"))

    def imports(self, package: Path, **options: object) -> dict[str, int]:
        """Import a package with Anki's default options, as a double click does; what the log counts."""
        request = ImportAnkiPackageRequest(
            package_path=str(package), options=ImportAnkiPackageOptions(**options)
        )
        log = self.col.import_anki_package(request).log
        self.col.models._clear_cache()
        names = (
            "new",
            "updated",
            "duplicate",
            "conflicting",
            "missing_notetype",
            "missing_deck",
            "empty_first_field",
        )
        return {name: len(getattr(log, name)) for name in names if getattr(log, name)}

    def fronts_and_backs(self) -> list[tuple[str, str]]:
        """Every card as Anki renders it."""
        cards = [self.col.get_card(cid) for cid in self.col.find_cards("")]
        return [(card.question(), card.answer()) for card in cards]

    def rows(self, sql: str, *args: object) -> list[list]:
        """Rows of the collection's own tables."""
        return self.col.db.all(sql, *args)

    def deck_names(self) -> set[str]:
        """All decks but Anki's own."""
        return {deck.name for deck in self.col.decks.all_names_and_ids()} - {"Default"}


@pytest.fixture
def learner(tmp_path):
    """A fresh collection."""
    one = Learner(tmp_path / "learner")
    yield one
    one.col.close()


@pytest.fixture
def new_learner(tmp_path):
    """A way to make several fresh collections."""
    made = []

    def make() -> Learner:
        made.append(Learner(tmp_path / f"learner-{len(made)}"))
        return made[-1]

    yield make
    for one in made:
        one.col.close()


@pytest.fixture
def course_folder(tmp_path):
    """A copy of the small course that a test may spoil."""
    return Path(shutil.copytree(SAUERTEIG, tmp_path / "course"))


@pytest.fixture(autouse=True)
def _no_clock_from_outside(monkeypatch):
    """A SOURCE_DATE_EPOCH of the machine must not decide what a test sees."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        monkeypatch.delenv("SOURCE_DATE_EPOCH")
