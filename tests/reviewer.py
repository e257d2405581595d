"""The desktop program's own reviewer in Chromium: its page, its scripts, its style, without the program around them."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import _aqt
from playwright.sync_api import Page, Route
from windows import resize

WEB = Path(next(iter(_aqt.__path__))) / "data" / "web"
HOST = "http://anki.test"
PAGE = f"""<!doctype html><html dir="ltr"><head><meta charset="utf-8">
<link rel="stylesheet" href="{HOST}/_anki/css/webview.css"><link rel="stylesheet" href="{HOST}/_anki/css/reviewer.css">
<script>window.bridgeCommand = window.pycmd = function () {{}};</script></head>
<body class="isLin"><div id="_mark" hidden></div><div id="_flag" hidden></div><div id="qa" dir="auto"></div>
<script src="{HOST}/_anki/js/reviewer.js"></script></body></html>"""
# The card is there, and so are its pictures, after which the program scrolls to the answer.
THERE = """() => document.getElementById("there") && document.getElementById("qa").style.opacity === "1"
  && [...document.images].every((each) => each.complete)"""
# Masks are drawn, where there are any, unless the program cannot. A card gives them up after a while, and shows them all the
# same when they come.
DRAWN = """() => {
  const box = document.getElementById("image-occlusion-container");
  return !box || (globalThis.anki?.imageOcclusion ? box.style.visibility === "visible" : !document.querySelector(".masked"));
}"""


class Reviewer:
    """A window of the desktop program that shows cards of a learner's collection. `missed` are the files that it asked for and
    that were not there.
    """

    def __init__(self, page: Page, learner, *, night: bool = False):
        self.page, self.learner, self.night = page, learner, night
        self.missed: list[str] = []
        page.unroute_all()
        page.route("**/*", self._serve)
        page.goto(f"{HOST}/")

    def _serve(self, route: Route) -> None:
        name = unquote(urlsplit(route.request.url).path).lstrip("/")
        if not name:
            route.fulfill(body=PAGE, content_type="text/html")
            return
        own = name.startswith("_anki/")
        path = WEB / name[6:] if own else Path(self.learner.col.media.dir()) / name
        if path.is_file():
            route.fulfill(path=path)
        else:
            self.missed.append(name)
            route.fulfill(status=404, body="")

    def size(self, width: int, height: int) -> None:
        """Make the part of the window in which cards stand this large, in pixels."""
        resize(self.page, width, height)

    def front(self, card) -> None:
        """Show the question."""
        self._show("_showQuestion", card.question(), card)

    def back(self, card) -> None:
        """Show the answer."""
        self._show("_showAnswer", card.answer(), card)

    def _show(self, function: str, html: str, card) -> None:
        html = self.learner.col.media.escape_media_filenames(html)
        html += '<i id="there"></i>'
        classes = f"card card{card.ord + 1} isLin{' nightMode night_mode' if self.night else ''}"
        self.page.evaluate("document.getElementById('qa').innerHTML = ''")
        said = [html, "", classes] if function == "_showQuestion" else [html, classes]
        self.page.evaluate(f"said => {function}(...said)", said)
        self.page.wait_for_function(THERE)
        self.page.wait_for_function(DRAWN)

    def close(self) -> None:
        """Ask for nothing more."""
        self.page.goto("about:blank")
        self.page.unroute_all(behavior="ignoreErrors")

    def heard(self) -> str:
        """What a screen reader says, in one line."""
        said = self.page.locator("#qa").aria_snapshot()
        return re.sub(r"\s+", " ", said)
