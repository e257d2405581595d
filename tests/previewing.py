"""Previews for tests: how one is begun, asked and ended."""

import contextlib
import http.client
import socket
import sys
import threading
import time
from urllib.parse import urlsplit

from coursedeck import preview, watch

WAIT = 100  # seconds: only what hangs fails


@contextlib.contextmanager
def watching(course_folder):
    """A preview of a course that shows what becomes of its files. Its editor writes down what it is told."""
    script = course_folder / "editor.py"
    script.write_text("import sys\nopen(sys.argv[1], 'w').write(str(sys.argv[2:]))\n")
    tells = f"{sys.executable} {script} {course_folder}/told {{file}} {{line}} {{column}}"
    page = preview.Preview(course_folder, tells)
    page.start()
    stop = threading.Event()
    known = threading.Event()
    versions = _told(watch.versions(course_folder, stop), known)
    thread = threading.Thread(target=page.show, args=(versions,))
    thread.start()
    assert known.wait(WAIT)
    yield page
    stop.set()
    thread.join(WAIT)
    end(page)


def _told(versions, known):
    """The same versions; `known` is set when all of the first is known, its warnings too, and the second is waited for."""
    yield next(versions)
    known.set()
    yield from versions


def until(holds):
    """Wait until something holds that no page shows."""
    end_ = time.monotonic() + WAIT
    while not holds() and time.monotonic() < end_:
        time.sleep(0.05)


def end(page):
    """Stop a preview's server, which looks up when somebody comes, and else twice a second."""
    ending = threading.Thread(target=page.server.shutdown)
    ending.start()
    socket.create_connection(page.server.server_address).close()
    ending.join(WAIT)
    page.server.server_close()


def first_question(page):
    """The first plain question of the course, as a note, and its words."""
    note = next(n for n in page.seen.notes.values() if n.kind == "ask")
    return note, str(note.faces[0].question)


def answered(page, path, method="GET", headers=None):
    """An answer of the preview's server, and its body."""
    parts = urlsplit(page.address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=WAIT)
    connection.request(method, parts.path + path, headers=headers or {})
    answer = connection.getresponse()
    return answer, answer.read()


def asked(page, path, method="GET", **headers):
    """The status and the body of an answer."""
    answer, body = answered(page, path, method, headers)
    return answer.status, body
