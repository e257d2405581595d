"""A course in a browser while its author writes it: every card as Anki shows it, its row on paper, its place in the book, and
what is wrong. A server of this machine alone shows it, and says when something changed.

Whoever has not the address has nothing: it holds a random word, and a request from another site, or for another host, is refused.
"""

import bisect
import contextlib
import json
import secrets
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from . import languages
from .frozen import dataclass
from .load import Memory, checked, draft
from .media.names import KNOWN, ending
from .model import Course
from .notes import Note, media_name, notes_of
from .problems import Problem, as_rows
from .text import escaped, to_line
from .text.fields import FOLDER

HOST = "127.0.0.1"
# How editors are told a place: the first that is installed, unless the author names one.
EDITORS = (
    "code --goto {file}:{line}:{column}",
    "codium --goto {file}:{line}:{column}",
    "cursor --goto {file}:{line}:{column}",
    "zed {file}:{line}:{column}",
    "subl {file}:{line}:{column}",
)
BEAT = 15  # seconds after which a page that waits for a change hears that the server is still there
STYLES = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:"
PAGE = f"{STYLES}; script-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'"
# What a browser may do with what lies at a path. The course page says so itself, and a PDF is shown by a page of the browser's own.
POLICIES = {"": PAGE, "book": "", "paper": ""}
PATIENCE = 20  # seconds after which whoever has opened a connection must have asked


@dataclass(frozen=True, slots=True)
class Seen:
    """A course as it was read. `course` is the last one without errors, with its notes, and `problems` are those of now; `sound`
    says whether they are of the same files. `number` counts what there was to show, and `edition` how often the files were read.
    """

    number: int
    edition: int
    course: Course | None
    notes: Mapping[str, Note]
    problems: tuple[Problem, ...]
    sound: bool
    paths: frozenset[str]


NOTHING = Seen(0, 0, None, {}, (), sound=False, paths=frozenset())


def read(
    files: Mapping[str, bytes], before: Seen, memory: Memory, links: Sequence[Problem] = ()
) -> Iterator[Seen]:
    """What files give; where they give no course, the one before stays. First without warnings, which take longer than all else: of
    a sound course those that were found before stay, if it was sound then. Then with them, where they are others. Links that
    lead out of the course (`links`) are told alone.
    """
    drafted, wrong = (None, links) if links else draft(files, memory=memory)
    course, found = checked(drafted, wrong, files, warnings=False)
    kept = course or before.course
    notes = {note.id: note for note in notes_of(kept)} if kept else {}
    now = Seen(
        number=before.number + 1,
        edition=before.edition + 1,
        course=kept,
        notes=notes,
        problems=before.problems if course and before.sound else tuple(found),
        sound=course is not None,
        paths=frozenset(files),
    )
    yield now
    _, every = checked(drafted, wrong, files, warnings=True)
    if tuple(every) != now.problems:
        yield replace(now, number=now.number + 1, problems=tuple(every))


# --- what is shown --------------------------------------------------------------------------------


def state(seen: Seen) -> bytes:
    """Problems and cards as JSON, for the page's script."""
    title = str(to_line(seen.course.about.title)) if seen.course else ""
    said = {
        "edition": seen.edition,
        "read": seen.number > 0,
        "sound": seen.sound,
        "title": title,
        "problems": as_rows(seen.problems),
        "cards": _cards(seen),
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _cards(seen: Seen) -> list[dict[str, object]]:
    """Each note with what it asks, its place, and the numbers of the problems that stand between it and the next card. Places
    and problems of different files are not held against each other: cards of an older course have neither.
    """
    places = sorted({(n.card.span.path, n.card.span.line, n.card.id) for n in seen.notes.values()})
    wrong: dict[str, list[int]] = {}
    for number, problem in enumerate(seen.problems if seen.sound else ()):
        at = bisect.bisect_right(places, (problem.span.path, problem.span.line, "\U0010ffff")) - 1
        if at >= 0 and places[at][0] == problem.span.path:
            wrong.setdefault(places[at][2], []).append(number)
    return [
        {
            "id": note.id,
            "kind": note.kind,
            "module": str(to_line(note.module.title)),
            "topic": str(to_line(note.topic)),
            "faces": [str(to_line(face.question)) for face in note.faces],
            "answers": " ".join(str(to_line(face.answer)) for face in note.faces),
            "path": note.card.span.path,
            "line": note.card.span.line if seen.sound else None,
            "column": note.card.span.column,
            "problems": wrong.get(note.card.id, []),
        }
        for note in seen.notes.values()
    ]


def card(
    seen: Seen, id_: str, number: int, *, back: bool, night: bool, phone: bool
) -> bytes | None:
    """One side of a card as a page of its own; None where there is no such card."""
    from .outputs.web import cards

    note = seen.notes.get(id_)
    if note is None or seen.course is None or not 0 <= number < len(note.faces):
        return None
    shown = cards.card_html(note, note.faces[number], lambda name: f"../media/{quote(name)}")
    html = shown.back if back else shown.front
    css = cards.style(note.note_type.css)
    for media, given in ((cards.DARK, night), (cards.NARROW, phone)):
        css = css.replace(media, "all" if given else "not all")
    language = seen.course.about.language
    return (
        f'<!doctype html><html lang="{escaped(str(language))}"><meta charset="utf-8">'
        f"<title>{escaped(id_)}</title><style>html, body {{ margin: 0; }}\n{css}</style>"
        f'<body><div class="card" dir="{languages.direction(language)}">{html}</div></body></html>'
    ).encode()


def book(seen: Seen) -> bytes | None:
    """The course page; None where there is no course yet."""
    from .outputs.web import course

    return course.page(seen.course, tuple(seen.notes.values())).html if seen.course else None


def paper(seen: Seen, id_: str) -> bytes | None:
    """The note's row on a study sheet as PDF; None where there is none."""
    from .outputs import pdf

    note = seen.notes.get(id_)
    if note is None or seen.course is None:
        return None
    choice = pdf.Choice(papers=("a4",), only=("study-sheets",), modules=(note.module.id,))
    files, _ = pdf.printed(seen.course, [note], choice)
    return next(iter(files.values()), None)


def medium(seen: Seen, name: str) -> tuple[str, bytes] | None:
    """The sort and the bytes of a picture or sound, by its name in the course or in Anki; of a picture that came from Anki, by the
    name that print has for it.
    """
    from .outputs import pagedata

    if seen.course is None:
        return None
    if name.startswith(f"{FOLDER}/"):
        return KNOWN["svg"], pagedata.kept_drawing(seen.course, name).svg.encode()
    files = seen.course.files()
    found = next((file for file in files if name in (file.name, media_name(file))), None)
    return (KNOWN[ending(found.name)], found.data) if found else None


# --- the author's editor --------------------------------------------------------------------------


def editor(given: str | None, installed: Callable[[str], object] = shutil.which) -> str | None:
    """How the author's editor is told a place: as given, or the first that is installed."""
    return given or next((each for each in EDITORS if installed(each.partition(" ")[0])), None)


def command(told: str, file: Path, line: int, column: int) -> list[str]:
    """The words of the command that opens a place."""
    place = {"file": str(file), "line": str(line), "column": str(column)}
    words = shlex.split(told)
    for name, said in place.items():
        words = [word.replace(f"{{{name}}}", said) for word in words]
    return words


# --- the server -----------------------------------------------------------------------------------


class Preview:
    """What the author's browser is shown: the course as it was read last, and those who wait for the next time."""

    def __init__(
        self, root: Path, tells: str | None, bug: Callable[[Exception], object] = lambda _: None
    ) -> None:
        """`bug` is told of each exception that is a fault of the program's, since the server goes on."""
        self.root, self.tells, self.bug = root, tells, bug
        self.seen = NOTHING
        self.changed = threading.Condition()
        self.server = _Server(self)
        self.token = secrets.token_urlsafe(16)
        self.host = f"{HOST}:{self.server.server_port}"
        self.address = f"http://{self.host}/{self.token}/"

    def start(self) -> None:
        """Answer from now on, in a thread."""
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def show(
        self,
        versions: Iterable[Mapping[str, bytes]],
        links: Callable[[], Sequence[Problem]] = tuple,
    ) -> None:
        """Show each of the versions of the course's files when it comes: at once, and then with warnings. `links` tells which lead
        out of the course by then.
        """
        memory = Memory()
        for files in versions:
            for seen in read(files, self.seen, memory, links()):
                with self.changed:
                    self.seen = seen
                    self.changed.notify_all()

    def later(self, number: int) -> Seen:
        """The course when it was read again after that number, or as it is after a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.seen.number > number, BEAT)
            return self.seen

    def open(self, path: str, line: int, column: int) -> HTTPStatus:
        """Open a place of the course's files in the author's editor: NOT_FOUND without such a file, NOT_IMPLEMENTED without an
        editor, BAD_GATEWAY where it does not start.
        """
        if path not in self.seen.paths:
            return HTTPStatus.NOT_FOUND
        if not self.tells:
            return HTTPStatus.NOT_IMPLEMENTED
        told, none = command(self.tells, self.root / path, line, column), subprocess.DEVNULL
        try:
            subprocess.Popen(told, stdin=none, stdout=none, stderr=none)  # noqa: S603 - the author named it
        except OSError:
            return HTTPStatus.BAD_GATEWAY
        return HTTPStatus.OK

    def answer(self, path: str, asked: Mapping[str, str]) -> tuple[str, bytes] | None:
        """The sort and the bytes of what lies at a path under the address."""
        from .outputs.web.parts import read as part

        seen = self.seen
        number = _number(asked.get("face", "")) or 0
        if path in ("", "preview.css", "preview.js"):
            name = path or "preview.html"
            return _sort(name), part(name).encode()
        if path == "state":
            return "application/json", state(seen)
        if path.startswith("media/"):
            return medium(seen, path.removeprefix("media/"))
        made = None
        if path.startswith("card/"):
            id_, back = path.removeprefix("card/"), asked.get("side") == "back"
            night, phone = (asked.get(name) == "1" for name in ("night", "phone"))
            made = card(seen, id_, number, back=back, night=night, phone=phone)
        elif path == "book":
            made = book(seen)
        elif path.startswith("paper/"):
            made = paper(seen, path.removeprefix("paper/"))
            return ("application/pdf", made) if made else None
        return ("text/html; charset=utf-8", made) if made else None


def _number(said: str) -> int | None:
    """A whole number that is not too long to be one of ours; None for anything else."""
    return int(said) if said.isdecimal() and len(said) < 10 else None


def _sort(name: str) -> str:
    kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
    return f"{kinds[ending(name)]}; charset=utf-8"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        super().__init__((HOST, 0), _Handler)

    def handle_error(self, *_: object) -> None:
        """Browsers leave without waiting for an answer; all else is told."""
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, ConnectionError | TimeoutError):
            self.preview.bug(error)


class _Handler(BaseHTTPRequestHandler):
    """Answers the author's browser, and nobody else."""

    server: "_Server"
    timeout = PATIENCE
    policy = STYLES

    def do_GET(self) -> None:
        place = self._place()
        if place is None:
            return
        path, asked = place
        if path == "events":
            self._events()
            return
        try:
            found = self.server.preview.answer(path, asked)
        except Exception as error:  # noqa: BLE001 - a bug ends this answer alone
            self.server.preview.bug(error)
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR)
            return
        if found:
            self._give(*found)
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        place = self._place()
        if place is None:
            return
        path, asked = place
        line, column = (_number(asked.get(name, "")) for name in ("line", "column"))
        status = HTTPStatus.NOT_FOUND
        if path == "open" and line is not None and column is not None:
            status = self.server.preview.open(asked.get("path", ""), line, column)
        self._refuse(status)

    def _place(self) -> tuple[str, dict[str, str]] | None:
        """The path under the address and what is asked of it; refuses who has not the address, or asks from elsewhere."""
        origin = self.headers.get("Origin", f"http://{self.server.preview.host}")
        theirs = (
            self.headers.get("Host") != self.server.preview.host
            or origin != f"http://{self.server.preview.host}"
        )
        try:
            parts = urlsplit(self.path)
        except ValueError:
            self._refuse(HTTPStatus.BAD_REQUEST)
            return None
        word, slash, path = parts.path.removeprefix("/").partition("/")
        if theirs or not secrets.compare_digest(word.encode(), self.server.preview.token.encode()):
            self._refuse(HTTPStatus.FORBIDDEN)
            return None
        if not slash:  # from here, a browser would look for the page's parts in another place
            self._refuse(HTTPStatus.PERMANENT_REDIRECT)
            return None
        path = unquote(path)
        self.policy = POLICIES.get(path.partition("/")[0], STYLES)
        return path, {key: said[-1] for key, said in parse_qs(parts.query).items()}

    def _refuse(self, status: HTTPStatus) -> None:
        self._give("text/plain; charset=utf-8", f"{status.phrase}\n".encode(), status)

    def _give(self, sort: str, data: bytes, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._head(sort, status)
        self.send_header("Content-Length", str(len(data)))
        with contextlib.suppress(ConnectionError):  # a page that was told of a change waits no more
            self.end_headers()
            self.wfile.write(data)

    def _head(self, sort: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", sort)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        if status == HTTPStatus.PERMANENT_REDIRECT:
            self.send_header("Location", self.server.preview.address)

    def _events(self) -> None:
        # First: the page asks for the state as soon as it has the head.
        number = self.server.preview.seen.number
        self._head("text/event-stream")
        self.end_headers()
        try:
            while True:
                now = self.server.preview.later(number)
                told = f"data: {now.edition}" if now.number > number else ": still here"
                self.wfile.write(f"{told}\n\n".encode())
                self.wfile.flush()
                number = now.number
        except OSError:
            pass  # the page was closed

    def log_message(self, *_: object) -> None:
        """Say nothing of single requests."""
