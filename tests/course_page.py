"""The course page of a course, and the page in a browser."""

import contextlib
from functools import cache

from conftest import COURSES
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.outputs.web import course as web


def page_of(course):
    return web.page(course, notes_of(course)).html.decode()


def loaded(name):
    course, found = load(COURSES / name)
    assert course, found
    return course


@cache
def first_edition_page():
    """A course with all that a course may have, and its page."""
    course = loaded("first-edition")
    return course, page_of(course)


@contextlib.contextmanager
def opening(browser, given, folder, width=1280, height=900, **options):
    """A page in a browser; it must ask for nothing and complain of nothing."""
    path = folder / "index.html"
    path.write_text(given, "utf-8")
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    yield page
    assert said == []
    assert set(asked) == {path.as_uri()}
    context.close()
