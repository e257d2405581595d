"""Pictures and sounds: what texts and cards show is there, and what is there is shown."""

from collections.abc import Collection, Iterator

from .. import walk
from ..kinds.cases import CasesCard
from ..media.names import ending
from ..model import Concept, Course
from ..problems import Problem, did_you_mean
from ..text import Audio, files_of
from ..texts import Line, Prose, Text


def there(course: Course) -> Iterator[Problem]:
    """A text, a diagram card or a figure names a file of media/, and a card's drawing has labels."""
    files = {file.name for file in course.files()}
    pictures = {picture.name: picture for picture in course.pictures}
    for text, file in walk.files(course):
        yield from _missing(text, file.file, files)
    for _, _, owner in walk.owners(course):
        asked = {image for card in owner.cards for image in card.images()}
        for image in owner.images():
            if image not in pictures:
                yield from _missing(image, image, pictures)
            elif image in asked and not pictures[image].masks:
                message = f"media/{image} has no labels to hide"
                yield Problem(image.span, "no-masks", message, 'add data-mask="1"')


def _missing(text: Text, name: str, known: Collection[str]) -> Iterator[Problem]:
    if name not in known:
        hint = did_you_mean(name, known) or "add it, or name one that is there"
        yield Problem(text.span, "unknown-media", f"there is no media/{name}", hint)


def shown(course: Course) -> Iterator[Problem]:
    """A file that nothing shows is a warning."""
    used = {file.file for _, file in walk.files(course)}
    used |= {str(image) for _, _, owner in walk.owners(course) for image in owner.images()}
    for file in course.files():
        if file.name not in used:
            yield Problem(
                file.span, "unused-media", "nothing shows this file", "use it or remove it"
            )


def sounds(course: Course) -> Iterator[Problem]:
    """A card of cases has no sounds: Anki would play those of all its cases, one after the other."""
    for card in walk.cards(course):
        if isinstance(card, CasesCard):
            for text in walk.texts(card):
                if isinstance(text, Line | Prose) and _sounds(text):
                    message = "a card of cases cannot play a sound"
                    hint = "Anki would play those of all cases: make a card of each"
                    yield Problem(text.span, "sound-in-cases", message, hint)


def _sounds(text: Text) -> bool:
    return any(isinstance(file, Audio) for file in files_of(text))


def figures(course: Course) -> Iterator[Problem]:
    """A figure is a drawing, which brings its text alternative with it."""
    for _, _, owner in walk.owners(course):
        if isinstance(owner, Concept) and owner.figure and ending(owner.figure) != "svg":
            message = "a figure is a drawing (SVG), which says in words what it shows"
            hint = f"show it in a text: ![what it shows]({owner.figure})"
            yield Problem(owner.figure.span, "no-alternative", message, hint)


CHECKS = (there, shown, sounds, figures)
