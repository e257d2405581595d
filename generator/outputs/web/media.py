"""The pictures and sounds that the course page holds: each stands in it once, as long as there is room."""

import base64

from ...media.names import KNOWN, ending
from ...model import Course
from ...notes import media_name
from ...pictures import PIXELS
from ...text.fields import FOLDER
from ...texts import Picture, Sound
from .. import pagedata

# Bytes of media that the page holds: the pictures and sounds that come first.
ROOM = 1_000_000
BLANK = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='{}' height='{}'/%3E"


class Media:
    """The files that the page shows, each in it once: a style gives a picture's place its picture. `without` are those for which
    there is no room.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self.files = {file.name: file for file in course.files()}
        self.files |= {media_name(file): file for file in course.files()}
        self.left = ROOM
        self.addresses: dict[str, str] = {}
        self.without: set[str] = set()
        self.rules: list[str] = []

    def address(self, name: str) -> str:
        """Where the page has a file, by its name in the course or in Anki; empty where it has it not."""
        if name not in self.addresses:
            self.addresses[name] = self._made(name)
        return self.addresses[name]

    def style(self) -> str:
        """The pictures."""
        return "\n".join(self.rules)

    def _made(self, name: str) -> str:
        file = self.files.get(name)
        if file and file.name != name:
            return self.address(file.name)
        kind = ending(name)
        if isinstance(file, Sound):
            return self._held(name, KNOWN[kind], file.data)
        if isinstance(file, Picture):
            sort, data, width, height = KNOWN[kind], file.data, file.width, file.height
        elif name.startswith(f"{FOLDER}/") and self.left:  # which print knows how to read
            drawn = pagedata.kept_drawing(self.course, name)
            width = drawn.wide * PIXELS
            sort, data, height = KNOWN["svg"], drawn.svg.encode(), width * drawn.ratio
            kind = "kept"  # by night it stays as it is
        else:
            return ""
        held = self._held(name, sort, data)
        if not held:
            return ""
        sign = f"#{len(self.rules)}.{kind}"
        self.rules.append(f'img[src$="{sign}"] {{ background-image: url("{held}"); }}')
        return BLANK.format(f"{width:g}", f"{height:g}") + sign

    def _held(self, name: str, sort: str, data: bytes) -> str:
        """The file as an address that holds it; empty where it, or one before it, has no room."""
        coded = base64.b64encode(data).decode()
        if len(coded) > self.left:
            self.without.add(name)
            self.left = 0
            return ""
        self.left -= len(coded)
        return f"data:{sort};base64,{coded}"
