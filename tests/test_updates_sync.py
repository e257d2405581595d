"""Two devices and Anki's own sync server: what one of them imports, both end up with, and no review is lost."""

import os
import re
import subprocess
import sys
import time

import pytest
from author import Author, complaints, note_of, one_of_each, questions, review, take
from conftest import some
from merging import data_of, export, import_text, merge

pytestmark = pytest.mark.slow

USER, PASSWORD = "learner", "on loopback only"


@pytest.fixture
def server(tmp_path):
    """Anki's sync server on loopback; gives its address."""
    log = tmp_path / "server.log"
    with log.open("wb") as out:
        process = started(tmp_path / "server", out)
    try:
        yield f"http://{listening(process, log)}/"
    finally:
        process.kill()
        process.wait()


def started(folder, out):
    """The server, at a port that the system chooses: no other program can have it."""
    settings = {
        "SYNC_HOST": "127.0.0.1",
        "SYNC_PORT": "0",
        "SYNC_BASE": str(folder),
        "SYNC_USER1": f"{USER}:{PASSWORD}",
        "RUST_LOG": "info",
    }
    command = [sys.executable, "-m", "anki.syncserver"]
    return subprocess.Popen(command, env=os.environ | settings, stdout=out, stderr=out)


def listening(process, log):
    """Where the server says that it listens, when it does, however busy the machine is."""
    while process.poll() is None:
        if found := re.search(r"127\.0\.0\.1:\d+(?=\s)", log.read_text()):
            return found[0]
        time.sleep(0.1)
    return pytest.fail(log.read_text())


def sync(device, server):
    """Synchronise as the program does: the first time a collection goes up or comes down whole."""
    auth = device.col.sync_login(USER, PASSWORD, server)
    auth.endpoint = server  # older releases leave it out of their answer
    answer = device.col.sync_collection(auth, False)
    if answer.required in (answer.FULL_UPLOAD, answer.FULL_DOWNLOAD):
        device.col.close_for_full_sync()
        upload = answer.required == answer.FULL_UPLOAD
        device.col.full_upload_or_download(
            auth=auth, server_usn=answer.server_media_usn, upload=upload
        )
        device.col.reopen(after_full_sync=True)
        return "full"
    assert answer.required == answer.NO_CHANGES, answer
    return "normal"


def both(devices, sql):
    one, two = (device.rows(sql) for device in devices)
    assert one == two
    return one


def study(device, cards):
    """Answer so many of a device's cards, a moment apart: a review's id is its time."""
    for card_id in cards:
        review(device, card_id)
        time.sleep(0.002)


def test_one_device_imports_the_update_and_both_have_it_with_every_review(server, new_learner):
    author = Author([*one_of_each(), *questions(10)])
    phone, desktop = new_learner(), new_learner()
    take(phone, author.publish()["course.apkg"])
    assert sync(phone, server) == "full"
    assert sync(desktop, server) == "full"
    cards = [card_id for (card_id,) in phone.rows("select id from cards order by id")]
    assert cards == [card_id for (card_id,) in desktop.rows("select id from cards order by id")]

    study(phone, cards[:6])
    study(desktop, cards[6:12])
    author.freeze("1.0.0")
    author.card("card-3")["words"] = "edited"
    author.cards += questions(11)[10:]
    author.retire("pair-card")
    made = author.publish()
    assert take(desktop, made["course.apkg"])["updated"] == 1
    take(desktop, made["course-retired.apkg"])
    for device in (desktop, phone, desktop):
        assert sync(device, server) == "normal", "an update must not ask for a full sync"

    assert len(both((phone, desktop), "select id, cid, ease from revlog order by id")) == 12
    both((phone, desktop), "select guid, flds, tags, mod from notes order by guid")
    both((phone, desktop), "select id, nid, ord, reps, ivl, due, queue from cards order by id")
    for device in (phone, desktop):
        note = note_of(device, author.notes()["card-3"].guid)
        assert note["Answer"] == "aediteda"
        assert note_of(device, author.notes()["card-10"].guid)
        assert {n.will_delete_note for n in device.col.get_empty_cards().notes} == {True}
        assert complaints(device.col) == []


def test_both_devices_import_the_update_before_they_sync(server, new_learner):
    author = Author(questions(10))
    phone, desktop = new_learner(), new_learner()
    take(phone, author.publish()["course.apkg"])
    sync(phone, server)
    sync(desktop, server)
    author.card("card-3")["words"] = "edited"
    made = author.publish()["course.apkg"]
    for device in (phone, desktop):
        assert take(device, made) == {"updated": 1, "duplicate": 9}
    for device in (desktop, phone, desktop):
        assert sync(device, server) == "normal"
    assert len(both((phone, desktop), "select guid, flds from notes order by guid")) == 10
    assert len(both((phone, desktop), "select id, nid, ord from cards order by id")) == 10


@pytest.mark.parametrize(
    "phone_takes", some(["the page and the package", "the package", "nothing"], 3)
)
def test_one_device_takes_the_page_and_the_other_something_else(server, new_learner, phone_takes):
    """A text brought new notes with ids of its own: after the sync each was there twice."""
    author = Author(questions(10))
    phone, desktop = new_learner(), new_learner()
    take(phone, author.publish()["course.apkg"])
    for device in (phone, desktop):
        note = note_of(device, author.notes()["card-1"].guid) if device is phone else None
        if note:
            note["My notes"] = "mine"
            device.col.update_note(note)
        assert sync(device, server) == "full"
    author.freeze("1.0.0")
    author.card("card-1")["words"] = "edited"
    author.cards += questions(12)[10:]
    made = author.publish()
    for device, takes in ((desktop, "the page and the package"), (phone, phone_takes)):
        if "page" in takes:
            text = merge(export(device), data_of(author))["text"]
            assert import_text(device, text) == {"updated": 1}
        if "package" in takes:
            assert take(device, made["course.apkg"])["new"] == 2
    for device in (phone, desktop, phone):
        assert sync(device, server) == "normal"
    guids = [guid for (guid,) in both((phone, desktop), "select guid from notes order by guid")]
    assert len(guids) == len(set(guids)) == 12
    note = note_of(phone, author.notes()["card-1"].guid)
    assert (note["Answer"], note["My notes"]) == ("aediteda", "mine")
    # the next change reaches the one note that there is
    for n in (10, 11):
        tags = {*note_of(phone, author.notes()[f"card-{n}"].guid).tags}
        assert tags == {*author.notes()[f"card-{n}"].tags}
    author.card("card-10")["words"] = "edited"
    author.now = int(time.time()) + 1
    assert take(phone, author.publish(0)["course.apkg"])["updated"] == 1


def test_a_note_that_two_devices_got_from_different_packages_is_one_note_after_the_sync(
    server, new_learner
):
    """Sync tells notes apart by their ids and not by guid: so an id hangs on the guid, not on the package."""
    author = Author([*one_of_each(), *questions(3)])
    phone, desktop = new_learner(), new_learner()
    take(phone, author.publish()["course-two.apkg"])
    sync(phone, server)
    sync(desktop, server)
    author.cards += [card | {"module": "two"} for card in questions(5)[3:]]
    made = author.publish()
    take(phone, made["course-two.apkg"])
    take(desktop, made["course.apkg"])
    # the phone lacks the rest of the course, which the sync brings
    for device in (desktop, phone, desktop):
        assert sync(device, server) == "normal"
    guids = both((phone, desktop), "select guid, flds from notes order by guid")
    assert len(guids) == len({guid for guid, _ in guids}) == len(author.notes())
    cards = sum(len(note.ordinals()) for note in author.notes().values())
    assert len(both((phone, desktop), "select id, nid, ord from cards order by id")) == cards
