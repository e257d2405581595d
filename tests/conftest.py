"""What the tests share: courses, commands and real Anki collections."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from coursedeck.cli import main
from hypothesis import settings

# No example fails because the machine is busy. The examples are the same each time; `make quick` tries fewer.
settings.register_profile("coursedeck", deadline=None, derandomize=True)
settings.register_profile("quick", settings.get_profile("coursedeck"), max_examples=20)

ROOT = Path(__file__).parent.parent
# Courses that stay as they are: a small one in German, and one with all that a course can have. They are copies, since a build
# writes the ledger beside the content. What is shipped (`CONTENT`) is read by test_shipped_course.py alone.
COURSES = Path(tempfile.mkdtemp(prefix="coursedeck-tests-"))
atexit.register(shutil.rmtree, COURSES, ignore_errors=True)
shutil.copytree(ROOT / "tests" / "courses", COURSES, dirs_exist_ok=True)
SAUERTEIG = COURSES / "sauerteig"
WORKSHOP = COURSES / "workshop"
CONTENT = ROOT / "content"


def pytest_configure(config):
    settings.load_profile("quick" if config.getoption("markexpr") == "not slow" else "coursedeck")


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


@pytest.fixture
def course_folder(tmp_path):
    """A copy of the small course that a test may spoil."""
    return Path(shutil.copytree(SAUERTEIG, tmp_path / "course"))


@pytest.fixture(autouse=True)
def _no_clock_from_outside(monkeypatch):
    """A SOURCE_DATE_EPOCH of the machine must not decide what a test sees."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        monkeypatch.delenv("SOURCE_DATE_EPOCH")
