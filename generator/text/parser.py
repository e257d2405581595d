"""What builds the elements of HTML. The only import of `html.parser`."""

from html.parser import HTMLParser

from .elements import BLOCKS, Element

DEEPEST = 100  # elements within each other; deeper ones stand beside each other
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# What an element ends by beginning, within the one that holds both.
ENDS: dict[str, set[str]] = {
    "p": {"p"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "option": {"option"},
    "rt": {"rt", "rp"},
    "rp": {"rt", "rp"},
}
HOLDS: dict[str, set[str]] = {
    "p": {"div", "td", "th", "li", "blockquote", "table"},
    "li": {"ul", "ol", "menu"},
    "tr": {"table"},
    "td": {"table"},
    "th": {"table"},
    "rt": {"ruby"},
    "rp": {"ruby"},
}


class Parser(HTMLParser):
    """Builds elements; what is left open ends with what holds it, and what nothing opened ends nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, [])
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element, which may end others."""
        ends, holds = ENDS.get(tag, set()), HOLDS.get(tag, set())
        cut = len(self.open)
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].name in holds:
                break
            if self.open[at].name in ends:
                cut = at
        del self.open[cut:]
        element = Element(tag, {name: value or "" for name, value in attrs}, [])
        self.open[-1].children.append(element)
        if tag not in VOID and len(self.open) < DEEPEST:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The same, as browsers do: only void elements end so."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element of this name, and those in it."""
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].name == tag:
                del self.open[at:]
                return
            if tag not in BLOCKS and self.open[at].name in {"td", "th", "li", "table"}:
                return

    def handle_data(self, data: str) -> None:
        """Add words to the innermost element."""
        self.open[-1].children.append(data)
