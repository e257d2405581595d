"""Pages in a real browser: how long they are waited for, how wide they are, and where things stand on them.

A page moves on while a test looks at it, and on a busy machine for long. So what is true of a page in the end is asked with
`expect`, which asks again until it is, and what several things have to do with each other is read from all of them at once.
"""

from conftest import PATIENCE
from playwright.sync_api import Browser, BrowserContext, Page

# The boxes of an element and of others in it, all of one moment, in pixels of their own frame, when the pictures have come.
BOXES = """async (root, paths) => {
  await Promise.all([...root.querySelectorAll("img")].map((each) => each.decode()));
  return [root, ...paths.map((path) => root.querySelector(path))].map((each) => {
    const { x, y, width, height } = each.getBoundingClientRect();
    return { x, y, width, height };
  });
}"""
# A page hears of its new size a while after the browser, and then lays itself out.
LAID_OUT = """([width, height]) => innerWidth === width && innerHeight === height
  && new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""


class Windows:
    """A browser in whose windows only what hangs fails."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def new_context(self, **options) -> BrowserContext:
        """Windows that share what they keep."""
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        return context

    def new_page(self, **options) -> Page:
        """A window that shares nothing."""
        page = self.browser.new_page(**options)
        page.set_default_timeout(PATIENCE)
        return page


def resize(page: Page, width: int, height: int) -> None:
    """Give a page another size, and wait until it is laid out in it."""
    if page.viewport_size == {"width": width, "height": height}:
        return
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(LAID_OUT, arg=[width, height])


def boxes(within, *paths: str) -> list[dict[str, float]]:
    """Where the element of a locator stands, and where others in it, by their selectors."""
    return within.evaluate(BOXES, list(paths))
