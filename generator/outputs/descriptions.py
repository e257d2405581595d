"""What the decks say of themselves in Anki, as Markdown: a few lines, since on a phone they push its *Study Now* down."""

import re
from urllib.parse import quote

from ..labels import labels
from ..late import late
from ..model import Course, Module
from ..text import to_line
from ..texts import Text

UPDATE_PAGE = "update.html"
OURS = late(r"[${]")


def descriptions(course: Course) -> dict[str, str]:
    """The description of each deck by its name: the course's own deck, and that of each module that says something.

    Where notes came from Anki, the course's own deck is one that learners have and describe themselves: Anki leaves theirs as it
    is where a package has none.
    """
    about = course.about
    found = {} if course.note_types else {str(about.deck): _of_course(course)}
    for module in course.modules:
        if module.deck and module.deck != about.deck and (text := _of_module(course, module)):
            found[f"{about.deck}::{module.deck}"] = text
    return found


def _of_course(course: Course) -> str:
    """What it is; how to study it; where updates, sheets and the author are; title, version and licence."""
    about, words = course.about, labels(course.about.language)
    what = _markdown(about.subtitle or about.description)
    head = " ".join(filter(None, (_markdown(about.title), str(about.version))))
    last = " · ".join(filter(None, (head, str(about.date), str(about.license))))
    lines = (what, words["deck-dose"], _way_home(course), last)
    return "\n\n".join(line for line in lines if line)


def _way_home(course: Course) -> str:
    """How to take an update and report an error, with links where the course has an address."""
    about, words = course.about, labels(course.about.language)
    if not about.url:
        return words["deck-update"]
    home = _address(str(about.url))
    folder = home if home.endswith("/") else f"{home}/"
    links = (
        f"[{words['deck-update-link']}]({folder}{UPDATE_PAGE})",
        f"[{words['deck-sheets-link']}]({home})",
        f"[{words['deck-report-link']}]({home})",
    )
    return f"{words['deck-update']} {' · '.join(links)}"


def _markdown(text: Text) -> str:
    """A text in Anki's Markdown. Of what Anki does not know, formulas, readings and languages, the words stand there alone."""
    return to_line(text) if OURS.search(text) else str(text)


def _of_module(course: Course, module: Module) -> str:
    """What it teaches, and what to read first; of a module of documents, that one needs to know what they claim."""
    words = labels(course.about.language)
    lines = [_markdown(module.summary)]
    if module.essays:
        lines.append(words["deck-documents"])
    elif module.chapters and not module.mixed:
        lines.append(f"{words['deck-read']} {module.chapters}.")
    return "\n\n".join(line for line in lines if line)


def _address(text: str) -> str:
    """An address as Markdown takes it within round brackets: none of its signs ends the link."""
    return re.sub(r"[\s()<>\[\]\\]", lambda sign: quote(sign[0]), text)
