"""What a preview answers, and what it reads again after an edit."""

import http.client
import json
import socket
import sys
import threading

import pytest
from brought import TYPE, card
from conftest import SAUERTEIG, run
from coursedeck import preview
from coursedeck.load import Memory
from coursedeck.problems import Problem, Span
from coursedeck.source.files import read_files
from coursedeck.source.written import document
from previewing import WAIT, answered, asked, end, first_question
from shown import picture

pytestmark = pytest.mark.slow


def asking(page, what):
    """A connection on which something was asked, with the word of the address in place of the braces."""
    connection = socket.create_connection(page.server.server_address, timeout=WAIT)
    head = f"{what.format(page.token)} HTTP/1.0\r\nHost: {page.host}\r\n\r\n"
    connection.sendall(head.encode())
    return connection


@pytest.fixture
def small(course_folder):
    """A way to a preview that has read these versions of a course's files, without a browser."""
    pages = []

    def made(*versions, tells=None, bug=None):
        page = preview.Preview(course_folder, tells, *filter(None, [bug]))
        page.show(versions)
        page.start()
        pages.append(page)
        return page

    yield made
    for page in pages:
        end(page)


def test_a_narrow_frame_is_no_telephone(small, course_folder):
    """Anki knows one by its sort and not by its width."""
    page = small(read_files(course_folder))
    note, _ = first_question(page)
    rule = b"\n@media %s { :where(.card)"
    on, off = (asked(page, f"card/{note.id}?phone={said}")[1] for said in (1, 0))
    assert (on.count(rule % b"all"), off.count(rule % b"all")) == (off.count(rule % b"not all"), 0)
    assert off.count(rule % b"not all") > 0


def test_every_card_its_row_on_paper_and_the_course_page_are_there(previewed):
    page, _ = previewed
    for note in page.seen.notes.values():
        for number in range(len(note.faces)):
            for side in ("front", "back"):
                status, body = asked(page, f"card/{note.id}?face={number}&side={side}")
                assert status == 200
                assert b"question" in body
    note, _ = first_question(page)
    status, body = asked(page, f"paper/{note.id}")
    assert (status, body[:5]) == (200, b"%PDF-")
    status, body = asked(page, "book")
    assert status == 200
    assert f'id="{note.id}"'.encode() in body


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.test"},
        {"Host": "localhost.evil.test"},
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
    ],
)
def test_another_site_is_refused(previewed, headers):
    """A page of another site, or a name that somebody has lead to this machine, gets nothing."""
    page, _ = previewed
    assert asked(page, "state", **headers)[0] == 403
    assert asked(page, "open?path=course.yaml&line=1&column=1", method="POST", **headers)[0] == 403


def test_without_the_word_of_the_address_nothing_is_given(previewed):
    page, _ = previewed
    address = page.address
    page.address = address.replace(page.token, "x" * len(page.token))
    assert asked(page, "state")[0] == 403
    page.address = address
    assert asked(page, "state")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["card/../../course.yaml", "media/../course.yaml", "media/%2e%2e/course.yaml", "../", "x"],
)
def test_nothing_but_the_course_is_given(previewed, path):
    page, _ = previewed
    assert asked(page, path)[0] in (403, 404)


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.yaml", "modules/none.yaml", ""])
def test_no_file_but_those_of_the_course_is_opened(previewed, path):
    page, folder = previewed
    assert asked(page, f"open?path={path}&line=1&column=1", method="POST")[0] == 404
    assert not (folder / "told").exists()


def test_until_the_course_is_read_nothing_is_said_to_be_wrong(small, course_folder):
    assert not json.loads(asked(small(), "state")[1])["read"]
    assert json.loads(asked(small({}), "state")[1])["read"]


def test_a_card_of_a_course_that_is_broken_since_has_no_problem_and_no_line(small, course_folder):
    """Both would be those of other lines."""
    files = read_files(course_folder)
    path = next(path for path in files if path.startswith("modules/"))
    broken = {**files, path: b"nonsense: 1\n" + files[path]}
    said = json.loads(asked(small(files, broken), "state")[1])
    assert said["problems"]
    assert {(each["line"], len(each["problems"])) for each in said["cards"]} == {(None, 0)}


def test_pictures_of_cards_that_came_from_anki_are_shown_whatever_their_names(small):
    name = "red box #1 50%.png"
    files = {
        "course.yaml": document({"id": "c", "title": "Course"}),
        "note-types/type.yaml": document(TYPE),
        "modules/m.yaml": document(
            {
                "title": "M",
                "cards": [card("type", Front=f"<img src='{name}'>", Back="B")],
            }
        ),
        f"anki-media/{name}": picture(),
    }
    page = small(files)
    (note,) = page.seen.notes
    shown = asked(page, f"card/{note}")[1].decode()
    address = shown.partition('<img src="../')[2].partition('"')[0]
    answer, body = answered(page, address)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/svg+xml")
    assert b"image/png;base64" in body


@pytest.mark.parametrize(
    ("tells", "status"),
    [(None, 501), ("no-such-editor {file}", 502), (f"{sys.executable} -V", 200)],
)
def test_an_editor_that_is_not_there_is_told_from_one_that_does_not_start(
    small, course_folder, tells, status
):
    page = small(read_files(course_folder), tells=tells)
    assert asked(page, "open?path=course.yaml&line=1&column=1", method="POST")[0] == status


@pytest.mark.parametrize(
    ("asks", "status"),
    [
        ("GET /{}/card/x?face=" + "9" * 5000, b"404"),
        ("POST /{}/open?path=course.yaml&column=1&line=" + "9" * 5000, b"404"),
        ("GET http://[/", b"400"),
    ],
    ids=["face", "line", "host"],
)
def test_an_odd_request_is_answered_and_no_bug(small, asks, status):
    bugs = []
    page = small({}, bug=bugs.append)
    with asking(page, asks) as connection:
        assert connection.recv(100).split()[1] == status
    assert bugs == []


def test_a_bug_is_told_and_the_next_request_answered(small, monkeypatch):
    bugs = []
    page = small({}, bug=bugs.append)
    with monkeypatch.context() as patched:
        patched.setattr(preview, "state", lambda _: 1 // 0)
        assert asked(page, "state")[0] == 500
    assert [type(each) for each in bugs] == [ZeroDivisionError]
    assert asked(page, "state")[0] == 200


def test_who_leaves_or_says_nothing_leaves_no_trace(small, monkeypatch, capfd):
    monkeypatch.setattr(preview, "state", lambda _: b" " * 10**8)
    bugs, others = [], set(threading.enumerate())
    page = small({}, bug=bugs.append)
    with monkeypatch.context() as hasty:
        hasty.setattr(preview._Handler, "timeout", 0.01)
        with socket.create_connection(page.server.server_address, timeout=WAIT) as silent:
            assert silent.recv(1) == b""
    with asking(page, "GET /{}/state") as leaving:
        leaving.recv(1)
    for thread in set(threading.enumerate()) - others:
        if "process_request" in thread.name:
            thread.join(WAIT)
    assert (bugs, capfd.readouterr().err) == ([], "")


def test_nothing_but_the_two_pages_may_run_anything(small, course_folder):
    page = small(read_files(course_folder))
    note, _ = first_question(page)
    for path in (f"card/{note.id}", f"%63ard/{note.id}", "media/none.svg", "none", "state"):
        assert answered(page, path)[0].headers["Content-Security-Policy"] == preview.STYLES
    assert "script-src 'self'" in answered(page, "")[0].headers["Content-Security-Policy"]


def test_the_address_without_its_last_sign_leads_to_the_page(small):
    page = small()
    with asking(page, "GET /{}") as connection:
        answer = http.client.HTTPResponse(connection)
        answer.begin()
    assert (answer.status, answer.headers["Location"]) == (308, page.address)


def test_what_changes_while_a_page_begins_to_listen_is_told(small, monkeypatch):
    page = small({})
    head = preview._Handler._head

    def slow(handler, *said):
        head(handler, *said)
        page.show([{}])

    monkeypatch.setattr(preview._Handler, "_head", slow)
    monkeypatch.setattr(preview, "BEAT", 0.1)
    with asking(page, "GET /{}/events") as listening:
        came = b""
        while b"\r\n\r\n" not in came or not came.endswith(b"\n\n"):
            came += listening.recv(1000)
    assert came.partition(b"\r\n\r\n")[2].startswith(b"data: ")


@pytest.mark.parametrize("told", ['vim "+{line}', "no-such-editor {file}", ""])
def test_an_editor_that_cannot_be_run_is_refused_at_once(course_folder, told):
    assert "--editor" in run("preview", course_folder, "--editor", told, code=2).output


def test_of_the_editors_that_are_installed_the_first_is_taken():
    there = {"subl", "zed"}
    assert preview.editor(None, there.__contains__) == "zed {file}:{line}:{column}"
    assert preview.editor("vi {file}", there.__contains__) == "vi {file}"
    assert preview.editor(None, lambda _: False) is None


def test_a_place_with_odd_signs_is_one_word_of_the_command(tmp_path):
    file = tmp_path / "a b; rm -rf $HOME.yaml"
    assert preview.command("zed {file}:{line}:{column}", file, 3, 4) == ["zed", f"{file}:3:4"]


# --- reading again ---------------------------------------------------------------------------------

MODULE = "modules/grundlagen.yaml"
# Edits one after the other: a file, and what is written in place of what.
EDITS = [
    (MODULE, b"starter", b"leaven"),
    (MODULE, b"  - id: anstellgut\n", b"# one line more\n  - id: anstellgut\n"),
    (MODULE, b"ask: Wie", b"asks-what: Wie"),
    (MODULE, b"asks-what: Wie", b"ask: Wo"),
    (MODULE, b"    cards:\n", b"    cards:\n      - pairs: tiere.csv\n"),
    ("modules/tiere.csv", b"Hund,dog", b"Katze,cat"),
    ("media/glas.svg", b"<svg ", b"<svg  "),
    ("course.yaml", b"title: ", b"title: Neu "),
    ("sources.yaml", b"title: ", b"title: Neu "),
    (MODULE, b"{backbuch: Kap. 1}", b"{kein-buch: Kap. 1}"),
]


def all_shown(seen):
    """All that a preview shows of a course: its cards and problems, and each side of each card."""
    state = json.loads(preview.state(seen))
    del state["edition"]
    sides = [
        preview.card(seen, id_, number, back=back, night=False, phone=False)
        for id_, note in seen.notes.items()
        for number in range(len(note.faces))
        for back in (False, True)
    ]
    return state, sides


def read(files, before, memory, links=()):
    for seen in preview.read(files, before, memory, links):
        before = seen
    return before


def test_what_is_shown_after_an_edit_is_what_a_preview_shows_that_begins_then():
    files = {**read_files(SAUERTEIG), "modules/tiere.csv": b"left,right\nHund,dog\n"}
    memory, last, sound = Memory(), preview.NOTHING, []
    last = read(files, last, memory)
    for path, old, new in EDITS:
        assert old in files[path], old
        files = {**files, path: files[path].replace(old, new, 1)}
        last = read(files, last, memory)
        afresh = read(files, preview.NOTHING, Memory())
        sound.append(last.sound)
        if last.sound:
            assert all_shown(last) == all_shown(afresh)
        else:
            assert last.problems == afresh.problems
    assert sound.count(False) == 2


def test_an_edit_of_one_module_makes_no_card_of_another_anew():
    files = {
        "course.yaml": b"{id: c, title: T}",
        "modules/a.yaml": b"{title: A, cards: [{ask: Why?, answer: So.}]}",
        "modules/b.yaml": b"{title: B, cards: [{ask: Who?, answer: They.}]}",
    }
    memory = Memory()
    before = read(files, preview.NOTHING, memory)
    after = read(
        {**files, "modules/a.yaml": files["modules/a.yaml"].replace(b"So", b"Thus")}, before, memory
    )
    same = {id_: note.card is before.notes[id_].card for id_, note in after.notes.items()}
    assert same == {"why": False, "who": True}


def test_a_page_is_told_of_warnings_only_where_they_are_others():
    files, memory = read_files(SAUERTEIG), Memory()
    first = read(files, preview.NOTHING, memory)
    words = {**files, MODULE: files[MODULE].replace(b"starter", b"leaven")}
    assert [seen.number - first.number for seen in preview.read(words, first, memory)] == [1]
    useless = b"waive:\n          - {rule: same-answer, reason: So.}\n"
    warned = {**files, MODULE: files[MODULE].replace(b"waive:\n", useless, 1)}
    assert [seen.number - first.number for seen in preview.read(warned, first, memory)] == [1, 2]


def test_links_that_lead_out_are_all_that_is_wrong_and_the_course_before_stays():
    files, memory = read_files(SAUERTEIG), Memory()
    first = read(files, preview.NOTHING, memory)
    link = Problem(Span("modules/n.yaml"), "no-file", "a link")
    last = read({"course.yaml": b"title: T"}, first, memory, [link])
    assert (last.sound, last.problems, last.course) == (False, (link,), first.course)


def test_what_was_mended_is_not_told_of_the_sound_course():
    files, memory = read_files(SAUERTEIG), Memory()
    first = read(files, preview.NOTHING, memory)
    broken = read({**files, MODULE: b"titel: a"}, first, memory)
    assert not broken.sound
    mended = next(preview.read(files, broken, memory))
    assert (mended.sound, mended.problems) == (True, ())
