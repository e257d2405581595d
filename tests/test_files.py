"""Files keep what people gave them: their links, their modes, and what was written meanwhile."""

import errno
import os
import threading

import pytest
from conftest import run
from coursedeck import watch
from coursedeck.files import write, write_back
from coursedeck.load import load
from coursedeck.problems import Refusal
from coursedeck.source.files import names_of, read_files
from coursedeck.terminal import report

CARDS = "title: T\ncards:\n  - {id: a, ask: What?, answer: So.}\n"


# --- what a file keeps ----------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o755, 0o644])
def test_a_file_keeps_its_mode(tmp_path, mode):
    file = tmp_path / "one.yaml"
    file.write_bytes(b"old")
    file.chmod(mode)
    write({file: b"new"})
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", mode)


def test_a_new_file_can_be_read_by_all(tmp_path):
    write({tmp_path / "one.yaml": b"new"})
    assert (tmp_path / "one.yaml").stat().st_mode & 0o777 == 0o644


def test_a_file_that_is_marked_as_read_only_is_not_written_and_no_other_either(tmp_path):
    file, other = tmp_path / "one.yaml", tmp_path / "a.yaml"
    file.write_bytes(b"old")
    file.chmod(0o444)
    with pytest.raises(PermissionError, match=r"one\.yaml"):
        write({other: b"new", file: b"new"})
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_where_a_folder_stands_in_the_place_of_a_file_no_other_is_replaced(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"old")
    (tmp_path / "one.yaml").mkdir()
    with pytest.raises(IsADirectoryError, match=r"one\.yaml"):
        write({tmp_path / "a.yaml": b"new", tmp_path / "one.yaml": b"new"})
    assert (tmp_path / "a.yaml").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("call", "failing", "written"),
    [
        ("open", "three", []),
        ("chmod", "three", []),
        ("replace", "three", ["one", "two"]),
        ("replace", "two", ["one"]),
    ],
)
def test_where_one_file_fails_the_error_names_it_and_nothing_temporary_is_left(
    tmp_path, monkeypatch, call, failing, written
):
    real = getattr(os, call)

    def fails(path, *more, **given):
        if f".{failing}." in str(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        return real(path, *more, **given)

    monkeypatch.setattr(os, call, fails)
    with pytest.raises(OSError, match="left on device") as told:
        write({tmp_path / "made" / name: b"new" for name in ("one", "two", "three")})
    assert told.value.filename == str(tmp_path / "made" / failing)
    left = sorted(path.name for path in tmp_path.rglob("*"))
    assert left == sorted(["made", *written] if written else [])


def test_what_an_author_wrote_stays_behind_its_link(tmp_path):
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_bytes(b"old")
    link.symlink_to("real.yaml")
    write_back({link: b"new"}, {link: b"old"})
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_text_behind_a_link_is_never_written_over(make, tmp_path):
    """As root, a ledger made anew took the place of the device to which its link led."""
    end, link = tmp_path / "end", tmp_path / "ledger.json"
    make(end)
    link.symlink_to(end)
    was = end.stat()
    write_back({link: b"{}"}, {})
    assert end.stat() == was
    assert link.read_bytes() == b"{}"
    assert not link.is_symlink()


def test_an_output_never_goes_through_a_link_to_elsewhere(tmp_path):
    """The folder of the outputs may be anybody's, as in a clone."""
    real, link = tmp_path / "real", tmp_path / "out" / "index.html"
    real.write_bytes(b"old")
    link.parent.mkdir()
    link.symlink_to(real)
    write({link: b"new"})
    assert (real.read_bytes(), link.read_bytes(), link.is_symlink()) == (b"old", b"new", False)


@pytest.mark.slow
def test_a_linked_file_of_a_course_stays_one_when_a_card_is_added(tmp_path):
    course = tmp_path / "course"
    (course / "media").mkdir(parents=True)
    (course / "media" / "real").write_text(CARDS)
    (course / "cards.yaml").symlink_to("media/real")
    run("new", "card", "two", course / "cards.yaml")
    assert (course / "cards.yaml").is_symlink()
    assert "id: two" in (course / "media" / "real").read_text()


# --- what was written meanwhile -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "now"),
    [(b"old", b"mine"), (b"old", None), (None, b"mine")],
    ids=["changed", "gone", "come"],
)
def test_what_someone_wrote_meanwhile_is_not_written_over(tmp_path, read, now):
    file, other = tmp_path / "one.yaml", tmp_path / "a.yaml"
    if now is not None:
        file.write_bytes(now)
    with pytest.raises(Refusal, match=r"one\.yaml"):
        write_back({other: b"new", file: b"new"}, {} if read is None else {file: read})
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([] if now is None else [now])


def test_what_is_there_already_is_no_change(tmp_path):
    (tmp_path / "one.yaml").write_bytes(b"new")
    write_back({tmp_path / "one.yaml": b"new"}, {})


@pytest.mark.slow
def test_a_line_that_the_author_writes_while_a_command_works_is_kept(tmp_path, monkeypatch):
    file = tmp_path / "cards.yaml"
    file.write_text(CARDS.replace("id: a, ", ""))
    mine = file.read_text() + "# mine\n"

    def shown(*_, **__):
        file.write_text(mine)

    monkeypatch.setattr("coursedeck.commands.looking.show_edits", shown)
    assert "changed meanwhile" in run("check", file, "--fix", code=1).stderr
    assert file.read_text() == mine


# --- files of a course ----------------------------------------------------------------------------


def problems(place):
    return [(each.span.path, each.code) for each in load(place, warnings=False)[1]]


@pytest.mark.slow
def test_what_a_link_has_outside_of_the_course_is_no_part_of_it(course_folder, tmp_path):
    (tmp_path / "secret.svg").write_text("<svg/>")
    link = course_folder / "media" / "s.svg"
    link.symlink_to(tmp_path / "secret.svg")
    assert "media/s.svg" not in read_files(course_folder)
    assert problems(course_folder) == [("media/s.svg", "no-file")]
    link.unlink()
    glass = course_folder / "media" / "glas.svg"
    glass.rename(course_folder / "real.svg")
    glass.symlink_to("../real.svg")
    assert "media/glas.svg" in read_files(course_folder)
    assert problems(course_folder) == []


def test_a_folder_that_is_a_link_to_elsewhere_is_told_once(course_folder, tmp_path):
    (course_folder / "media").rename(tmp_path / "shared")
    (course_folder / "media").symlink_to(tmp_path / "shared")
    assert not [name for name in names_of(course_folder) if name.startswith("media/")]
    assert problems(course_folder).count(("media", "no-file")) == 1


def test_a_main_file_that_leads_out_is_told_once(course_folder, tmp_path):
    (course_folder / "course.yaml").rename(tmp_path / "about.yaml")
    (course_folder / "course.yaml").symlink_to(tmp_path / "about.yaml")
    told = problems(course_folder)
    assert told.count(("course.yaml", "no-file")) == 1


def linked_out(course_folder, tmp_path):
    """Put a link in a course that leads out of it."""
    (tmp_path / "secret.yaml").write_text("a secret: of mine\n")
    (course_folder / "modules" / "s.yaml").symlink_to(tmp_path / "secret.yaml")


def test_a_link_that_leads_out_is_told_alone_and_nothing_of_what_it_leads_to(
    course_folder, tmp_path, capsys
):
    linked_out(course_folder, tmp_path)
    about = course_folder / "course.yaml"
    about.write_text(about.read_text("utf-8").replace("modules: [", "modules: [s, "), "utf-8")
    assert "[s, " in about.read_text("utf-8")
    assert problems(course_folder) == [("modules/s.yaml", "no-file")]
    (told, _) = report(load(course_folder)[1], course_folder)
    assert "modules/s.yaml:1:1: error" in told
    assert "secret" not in told + capsys.readouterr().err


def test_a_link_to_itself_is_as_if_it_were_not_there(course_folder):
    (course_folder / "fonts").symlink_to("fonts")
    (course_folder / "modules" / "loop.yaml").symlink_to("loop.yaml")
    assert problems(course_folder) == []


def test_a_link_that_leads_out_is_another_version_of_the_course(
    course_folder, tmp_path, monkeypatch
):
    before = read_files(course_folder)
    link = course_folder / "modules" / "s.yaml"
    seen = following(
        course_folder, monkeypatch, lambda: linked_out(course_folder, tmp_path), link.unlink
    )
    assert seen == [before, before]


def test_a_course_may_be_named_by_a_link_to_its_folder_or_file(course_folder, tmp_path):
    (tmp_path / "link").symlink_to(course_folder)
    assert names_of(tmp_path / "link") == names_of(course_folder)
    (tmp_path / "elsewhere").mkdir()
    (course_folder / "cards.yaml").write_text(CARDS)
    (tmp_path / "elsewhere" / "cards.yaml").symlink_to(course_folder / "cards.yaml")
    assert problems(tmp_path / "elsewhere" / "cards.yaml") == []


# --- while a course is watched --------------------------------------------------------------------


def following(place, monkeypatch, *happens):
    """The versions of a course while these things happen one after the other, each at a look at its files, and one look more."""
    stop, left = threading.Event(), list(happens)

    def looks(*_):
        while not stop.is_set():
            if left:
                left.pop(0)()
            else:
                stop.set()
            yield

    monkeypatch.setattr(watch, "_looks", looks)
    return list(watch.versions(place, stop))[1:]


def test_a_course_of_one_file_may_be_away_while_it_is_saved(tmp_path, monkeypatch):
    file = tmp_path / "cards.yaml"
    file.write_text(CARDS)
    new = CARDS.replace("So.", "Thus.")
    seen = following(
        file, monkeypatch, lambda: file.rename(tmp_path / "kept~"), lambda: file.write_text(new)
    )
    assert seen == [{"cards.yaml": new.encode()}]


def test_a_folder_may_be_away_for_a_while(course_folder, monkeypatch):
    before, away = read_files(course_folder), course_folder.with_name("away")

    def back():
        away.rename(course_folder)
        (course_folder / "media" / "new.svg").write_text("<svg/>")

    seen = following(course_folder, monkeypatch, lambda: course_folder.rename(away), back)
    assert seen == [before | {"media/new.svg": b"<svg/>"}]


def test_a_file_that_cannot_be_read_for_a_while_is_waited_for(tmp_path, monkeypatch):
    file = tmp_path / "cards.yaml"
    file.write_text(CARDS)
    real, locked = watch.read_files, []

    def read(place):
        if locked:
            raise PermissionError(13, "Permission denied", str(place))
        return real(place)

    monkeypatch.setattr(watch, "read_files", read)
    new = CARDS.replace("So.", "Thus.")

    def freed():
        locked.clear()
        file.write_text(new)

    seen = following(file, monkeypatch, lambda: locked.append(True), freed)
    assert seen == [{"cards.yaml": new.encode()}]


@pytest.mark.parametrize("error", [PermissionError(13, "locked"), RuntimeError("a watcher's own")])
def test_where_nothing_can_be_listened_to_files_are_looked_at(tmp_path, monkeypatch, error):
    """A folder that is locked makes one or the other, by how the system is listened to."""

    def deaf(*_, **__):
        raise error

    monkeypatch.setattr(watch, "watch", deaf)
    stop = threading.Event()
    stop.set()
    assert len(list(watch._looks([tmp_path], stop))) == 1


def test_a_folder_that_is_away_ends_nothing(tmp_path):
    stop = threading.Event()
    stop.set()
    assert len(list(watch._looks([tmp_path / "nowhere"], stop))) == 1
