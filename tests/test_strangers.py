"""Authors who never met: whatever their courses are called, a learner who has both has the notes of both."""

import json
import re
import shutil

import pytest
from author import take
from conftest import SAUERTEIG, run
from coursedeck.published.ledger_file import decode
from coursedeck.published.package import of_package

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("blank_pages")]

ID = "id: spanish\n"
TITLE = "title: Spanish\n"
CARD = "cards:\n  - {id: dog, ask: What is a dog called?, answer: %s}\n"
MODULE = "id: one\ntitle: One\n" + CARD


def built(place, out):
    """The course's package."""
    run("build", place, "--out", out, "--only", "anki")
    return (out / "spanish.apkg").read_bytes()


def folder(path, answer):
    """A course in a folder with an id that its author chose."""
    (path / "modules").mkdir(parents=True)
    (path / "course.yaml").write_text(ID + TITLE)
    (path / "modules" / "one.yaml").write_text(MODULE % answer)
    return path


def one_file(path, answer):
    """The same in one file."""
    path.mkdir(parents=True)
    (path / "spanish.yaml").write_text(ID + TITLE + CARD % answer)
    return path / "spanish.yaml"


def without_id(path, answer):
    """The same without an id of the course, which is then made of its title."""
    path.mkdir(parents=True)
    (path / "spanish.yaml").write_text(TITLE + CARD % answer)
    return path / "spanish.yaml"


def edited(place, old, new):
    """The file in which the cards stand, with other words."""
    file = place / "modules" / "one.yaml" if place.is_dir() else place
    file.write_text(file.read_text().replace(old, new))


def answers(learner):
    return sorted(row[0].split("\x1f")[1] for row in learner.rows("select flds from notes"))


@pytest.mark.parametrize("course", [folder, one_file, without_id])
@pytest.mark.parametrize("other", [folder, one_file, without_id])
def test_two_courses_of_one_id_and_one_title_live_beside_each_other(
    course, other, learner, tmp_path
):
    """The second to be imported overwrote the first, or did not arrive."""
    one, two = course(tmp_path / "one", "perro"), other(tmp_path / "two", "chucho")
    assert take(learner, built(one, tmp_path / "a")) == {"new": 1}
    assert take(learner, built(two, tmp_path / "b")) == {"new": 1}
    assert answers(learner) == ["chucho", "perro"]
    edited(one, "perro", "el perro")
    assert take(learner, built(one, tmp_path / "a")) == {"updated": 1}
    assert take(learner, built(two, tmp_path / "b")) == {"duplicate": 1}
    assert answers(learner) == ["chucho", "el perro"]


@pytest.mark.parametrize("course", [folder, one_file])
def test_the_key_of_the_first_build_stays_through_edits_and_the_loss_of_all_that_was_built(
    course, learner, tmp_path
):
    place = course(tmp_path / "one", "perro")
    take(learner, built(place, tmp_path / "out"))
    for answer in ("can", "el perro"):
        edited(place, "perro", answer)
        shutil.rmtree(tmp_path / "out")
        assert take(learner, built(place, tmp_path / "out")) == {"updated": 1}
        edited(place, answer, "perro")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("course", [folder, one_file])
def test_a_first_build_elsewhere_gives_the_same_bytes(course, ends, tmp_path):
    one, two = course(tmp_path / "one", "perro"), course(tmp_path / "else" / "two", "perro")
    for file in [*two.parent.rglob("*.yaml")]:
        file.write_bytes(file.read_bytes().replace(b"\n", ends.encode()))
    assert built(one, tmp_path / "a") == built(two, tmp_path / "b")


@pytest.mark.parametrize("course", [folder, one_file])
def test_what_is_listed_before_the_first_build_has_the_guids_of_that_build(course, tmp_path):
    place = course(tmp_path / "one", "perro")
    listed = [json.loads(run("list", place, "--json").stdout)]
    package = built(place, tmp_path / "out")
    listed.append(json.loads(run("list", place, "--json").stdout))
    assert [{note["guid"] for note in each} for each in listed] == [of_package(package).keys()] * 2


@pytest.mark.parametrize("course", [folder, one_file])
def test_a_release_writes_the_key_down_so_that_no_ledger_has_to_be_there(course, learner, tmp_path):
    place = course(tmp_path / "one", "perro")
    take(learner, built(place, tmp_path / "out"))
    log = tmp_path / "CHANGELOG.md"
    run("release", "1.0.0", place, "--out", tmp_path / "out", "--changelog", log)
    main = place / "course.yaml" if place.is_dir() else place
    assert re.search(r"^key: spanish-[0-9a-f]{12}$", main.read_text(), re.MULTILINE)
    assert take(learner, (tmp_path / "out" / "spanish.apkg").read_bytes()) == {"duplicate": 1}
    for ledger in place.parent.rglob("*ledger.json"):
        ledger.unlink()
    assert "new" not in take(learner, built(place, tmp_path / "another"))


def test_a_first_build_by_a_release_has_the_key_that_it_writes_down(learner, tmp_path):
    place = folder(tmp_path / "one", "perro")
    out, log = tmp_path / "out", tmp_path / "CHANGELOG.md"
    run("release", "1.0.0", place, "--out", out, "--changelog", log)
    take(learner, (out / "spanish.apkg").read_bytes())
    edited(place, "perro", "can")
    assert take(learner, built(place, out)) == {"updated": 1}


@pytest.mark.parametrize("course", [folder, one_file, without_id])
def test_a_lost_ledger_is_made_of_the_packages_with_the_key_that_only_it_had(
    course, learner, tmp_path
):
    place, out = course(tmp_path / "one", "perro"), tmp_path / "out"
    take(learner, built(place, out))
    (ledger,) = place.parent.rglob("*ledger.json")
    before = decode(ledger.read_bytes())
    ledger.unlink()
    edited(place, "perro", "can")
    said = run("build", place, "--out", out, "--only", "anki", code=1).stderr
    assert "ledger --rebuild" in said
    run("ledger", place, "--out", out, "--rebuild")
    after = decode(ledger.read_bytes())
    assert (after.course, after.notes) == (before.course, before.notes)
    assert take(learner, built(place, out)) == {"updated": 1}


def test_anki_takes_no_key_over_from_a_package(learner, tmp_path):
    before = set(learner.col.db.list("select key from config"))
    take(learner, built(folder(tmp_path / "one", "perro"), tmp_path / "out"))
    assert not {key for key in learner.col.db.list("select key from config") if "coursedeck" in key}
    assert before <= set(learner.col.db.list("select key from config"))


def test_a_key_that_is_written_down_wins_over_the_ledger_s(tmp_path):
    place = folder(tmp_path / "one", "perro")
    built(place, tmp_path / "out")
    (place / "course.yaml").write_text(ID + "key: mine\n" + TITLE)
    built(place, tmp_path / "out")
    assert b'"key": "mine"' in (place / "ledger.json").read_bytes()


@pytest.mark.parametrize("was", ["the id", "nothing"])
def test_a_ledger_of_a_course_that_was_built_before_keeps_its_guids(was, learner, tmp_path):
    """The shipped course, and whatever 1.0.0 built: their notes are known by the id alone."""
    place, out = folder(tmp_path / "one", "perro"), tmp_path / "out"
    (place / "course.yaml").write_text(ID + "key: spanish\n" + TITLE)
    take(learner, built(place, out))
    (place / "course.yaml").write_text(ID + TITLE)
    ledger = place / "ledger.json"
    text = ledger.read_text()
    assert '"course": {"key": "spanish"' in text
    if was == "nothing":
        ledger.write_text(re.sub(r'"course": .*,\n\n', "", text, count=1))
    shutil.rmtree(out)
    edited(place, "perro", "can")
    assert take(learner, built(place, out)) == {"updated": 1}
    assert '"key": "spanish"' in ledger.read_text()


def test_another_id_before_a_release_is_another_course(learner, tmp_path):
    place = folder(tmp_path / "one", "perro")
    built(place, tmp_path / "a")
    (place / "course.yaml").write_text(ID.replace("spanish", "espanol") + TITLE)
    run("build", place, "--out", tmp_path / "b", "--only", "anki")
    other = folder(tmp_path / "two", "perro")
    (other / "course.yaml").write_text(ID.replace("spanish", "espanol") + TITLE)
    run("build", other, "--out", tmp_path / "c", "--only", "anki")
    one, two = (decode((each / "ledger.json").read_bytes()) for each in (place, other))
    assert one.course == two.course
    assert re.fullmatch("espanol-[0-9a-f]{12}", one.course)


@pytest.mark.parametrize("translated", [False, True])
def test_a_fork_that_copied_the_files_and_not_the_ledger_is_a_course_of_its_own(
    translated, learner, tmp_path
):
    original, copy = tmp_path / "original", tmp_path / "copy"
    shutil.copytree(SAUERTEIG, original)
    shutil.copytree(SAUERTEIG, copy)
    main = copy / "course.yaml"
    old, new = ("language: de", "language: en") if translated else ("title: Sauer", "title: Süß")
    main.write_text(main.read_text("utf-8").replace(old, new), "utf-8")
    for place, out in ((original, "a"), (copy, "b")):
        run("build", place, "--out", tmp_path / out, "--only", "anki")
        package = (tmp_path / out / "sauerteig.apkg").read_bytes()
        assert take(learner, package) == {"new": 11}


def test_a_fork_that_copied_the_ledger_too_is_told_how_to_begin(tmp_path):
    """Nothing tells a copy from the course itself that got another name."""
    folder(tmp_path / "one", "perro")
    out = tmp_path / "out"
    run("release", "1.0.0", tmp_path / "one", "--out", out, "--changelog", tmp_path / "C.md")
    copy = tmp_path / "two"
    shutil.copytree(tmp_path / "one", copy)
    main = copy / "course.yaml"
    main.write_text(main.read_text().replace("title: Spanish", "title: Castilian"))
    assert "coursedeck new course" in run("check", copy, "--out", tmp_path / "b").output


def test_a_fork_that_took_the_key_along_under_another_id_is_refused(tmp_path):
    place = folder(tmp_path / "one", "perro")
    run("release", "1.0.0", place, "--out", tmp_path / "a", "--changelog", tmp_path / "C.md")
    (place / "ledger.json").unlink()
    main = place / "course.yaml"
    main.write_text(main.read_text().replace("id: spanish", "id: castilian"))
    said = run("check", place, "--out", tmp_path / "b", code=1).stderr
    assert "the key is that of another course, with the id “spanish” [other-course]" in said
    assert "coursedeck new course" in said
