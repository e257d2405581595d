"""A course again whenever a file of it changes."""

import threading

import pytest
from conftest import run
from coursedeck import watch

pytestmark = pytest.mark.slow


@pytest.fixture
def watched(monkeypatch):
    """A way to do edits one after the other, each when the version before it was built; then the watching ends."""
    real = watch.versions

    def doing(*edits):
        def versions(place):
            left = list(edits)
            for files in real(place):
                yield files
                if not left:
                    return
                left.pop(0)()

        monkeypatch.setattr(watch, "versions", versions)

    return doing


def test_a_build_that_watches_goes_on_through_errors(course_folder, tmp_path, watched):
    file = course_folder / "modules" / "grundlagen.yaml"
    sound = file.read_text("utf-8")
    watched(
        lambda: file.write_text(sound.replace("title:", "titel:", 1), "utf-8"),
        lambda: file.write_text(sound + "\n# done\n", "utf-8"),
    )
    out = tmp_path / "out"
    told = run("build", course_folder, "--out", out, "--only", "anki", "--watch").output
    assert "unknown-key" in told
    assert told.count("sauerteig.apkg") >= 1
    assert (out / "sauerteig.apkg").is_file()
    assert told.rstrip().splitlines()[-1] != "1 error, 0 warnings"


def test_to_look_once_and_to_watch_exclude_each_other(course_folder):
    assert "--watch" in run("build", course_folder, "--check", "--watch", code=2).output


def test_a_ledger_that_a_build_writes_is_no_change(course_folder, tmp_path):
    """Otherwise a build would follow on each build."""
    stop = threading.Event()
    seen = watch.versions(course_folder, stop)
    next(seen)
    run("build", course_folder, "--out", tmp_path / "out", "--only", "anki")
    threading.Timer(1, stop.set).start()
    assert list(seen) == []


def test_files_of_a_folder_that_is_new_are_watched(course_folder):
    """`media/` may be made while the author writes."""
    file = course_folder / "cards.yaml"
    file.write_text("title: T\ncards: [{ask: What?, answer: 'A ![b](b.svg)'}]\n", "utf-8")
    seen = watch.versions(file)
    assert "b.svg" not in next(seen)
    folder = course_folder / "fonts"
    folder.mkdir(exist_ok=True)
    (course_folder / "b.svg").write_text("<svg/>")
    assert "b.svg" in next(seen)
