"""Pictures and sounds: what texts and cards show is there, and what is there is shown."""

from collections.abc import Collection, Iterable, Iterator

from .. import walk
from ..kinds.cases import CasesCard
from ..kinds.diagram import Box, Diagram, DiagramContent
from ..languages import SPOKEN
from ..media.names import ending, led_astray, plain
from ..model import Concept, Course
from ..problems import Problem, did_you_mean, sign
from ..source.files import COURSE
from ..text import Audio, files_of, inlines, spoken, to_tree
from ..texts import Line, Picture, Prose, Text

Place = tuple[float, float, float, float]  # left, top, width, height
MOST_SHARED = 0.25  # of a box that another may cover
# So wide is a drawing at least where it is printed as a figure or with a question (`maps.typ` and others), in points. In a text,
# it is at most as wide as a line of the book and 13 ems high. Its letters should have no fewer points.
NARROWEST = 71 * 72 / 25.4
EM = 10.5
LINE, HIGHEST = 339, 13 * EM
SMALLEST = 7.0
LOWEST = 2.0  # millimetres of a box on a card to cut out, so that the sign on it can be read


def there(course: Course) -> Iterator[Problem]:
    """A text, a diagram card or a figure names a file of media/."""
    files = {file.name for file in course.files()}
    pictures = {picture.name for picture in course.pictures}
    named = {file.file: (text, files) for text, file in reversed(list(walk.files(course)))}
    owned = [image for _, _, owner in walk.owners(course) for image in owner.images()]
    named |= {str(image): (image, pictures) for image in reversed(owned)}
    for name, (text, known) in named.items():
        if name not in known:
            yield _missing(text, name, known, folder=course.span.path == COURSE)


def _alike(name: str, known: Iterable[str]) -> str:
    """The file whose name differs from a missing one in capitals alone."""
    return next((each for each in known if each.casefold() == name.casefold()), "")


def _missing(text: Text, name: str, known: Collection[str], *, folder: bool) -> Problem:
    if not plain(name):
        return Problem(text.span, "media-name", *led_astray(name))
    alike = _alike(name, known)
    hint = f"“{alike}” is there: capitals count" if alike else ""
    if not alike:
        # Endings are alike where names are not: they count for nothing.
        stems = {each.rpartition(".")[0]: each for each in known}
        near = did_you_mean(name.rpartition(".")[0], stems, stems)
        hint = near or "add it, or name one that is there"
    message = f"there is no media/{name}" if folder else f"there is no {name} beside this file"
    at = text.find(f"({name})") + 1
    place = sign(text, at, at + len(name)) if at else None
    return Problem(text.span, "unknown-media", message, hint, place)


def shown(course: Course) -> Iterator[Problem]:
    """A file that nothing shows is a warning."""
    used = {file.file for _, file in walk.files(course)}
    used |= {str(image) for _, _, owner in walk.owners(course) for image in owner.images()}
    there = {file.name for file in course.files()}
    used |= {_alike(name, there) for name in used - there}  # told where it is named
    for file in course.files():
        if file.name not in used:
            yield Problem(
                file.span, "unused-media", "nothing shows this file", "use it or remove it"
            )


def sounds(course: Course) -> Iterator[Problem]:
    """A card of cases has no sounds and speaks nothing: Anki would play all of its cases, one after the other."""
    for card in walk.cards(course):
        if isinstance(card, CasesCard):
            for text in walk.texts(card):
                if isinstance(text, Line | Prose) and _sounds(text):
                    message = "a card of cases cannot play a sound"
                    hint = "Anki would play those of all cases: make a card of each"
                    yield Problem(text.span, "sound-in-cases", message, hint)


def _sounds(text: Text) -> bool:
    spoken_ = SPOKEN in text and any(spoken.spoken(to_tree(text).blocks))
    return spoken_ or any(isinstance(file, Audio) for file in files_of(text))


def figures(course: Course) -> Iterator[Problem]:
    """A figure is a drawing, which brings its text alternative with it."""
    others = {picture.name for picture in course.pictures if ending(picture.name) != "svg"}
    for _, _, owner in walk.owners(course):
        if isinstance(owner, Concept) and owner.figure in others:
            message = "a figure is a drawing (SVG), which says in words what it shows"
            hint = f"show it in a text: ![what it shows]({owner.figure})"
            yield Problem(owner.figure.span, "no-alternative", message, hint)


def legible(course: Course) -> Iterator[Problem]:
    """The letters of a drawing can be read where print shows it."""
    figures = {str(image) for _, _, owner in walk.owners(course) for image in owner.images()}
    in_texts = {file.file for _, file in walk.files(course)}
    for picture in course.pictures:
        if ending(picture.name) != "svg":
            continue
        from ..pictures import PIXELS, letters  # brings a parser of XML

        across = letters(picture.data.decode("utf-8", errors="replace"), picture.width)
        wide = [NARROWEST] if picture.name in figures else []
        if picture.name in in_texts:
            ratio = picture.height / picture.width
            wide.append(min(picture.width / PIXELS * EM, LINE, HIGHEST / ratio))
        if across and wide and (size := min(wide) / across) < SMALLEST:
            message = (
                f"the smallest letters of media/{picture.name} are {size:.1f} pt high in print"
            )
            hint = f"make them {SMALLEST / size:.1f} times as high: {SMALLEST:.0f} pt can be read"
            yield Problem(picture.span, "small-letters", message, hint)


def diagrams(course: Course) -> Iterator[Problem]:
    """A diagram has labels to hide, each in a place of its own, and words for those who cannot see it."""
    pictures = {picture.name: picture for picture in course.pictures}
    for card in walk.cards(course):
        if isinstance(card, Diagram) and (picture := pictures.get(card.diagram.image)):
            yield from _diagram(card.diagram, picture)


def _diagram(given: DiagramContent, picture: Picture) -> Iterator[Problem]:
    image = given.image
    if not given.over(picture).title:
        hint = "say what it shows, without its answers, under “alt”"
        message = f"“{image}” has no words for those who cannot see it"
        yield Problem(image.span, "no-alternative", message, hint)
    if not given.boxes and not picture.masks:
        hint = 'add data-mask="1" to a drawing, or “boxes” to the card'
        yield Problem(image.span, "no-masks", f"media/{image} has no labels to hide", hint)
    if given.boxes and picture.masks:
        message = f"media/{image} has labels of its own, and the card has boxes"
        yield Problem(image.span, "box-place", message, "keep one of them")
    for number, box in enumerate(given.boxes):
        yield from _box(box, picture, given.boxes[:number])


def _box(box: Box, picture: Picture, earlier: Iterable[Box]) -> Iterator[Problem]:
    if not all(isinstance(node, str) for node in inlines(to_tree(Line(box.label)).blocks)):
        message = f"“{box.label}” would show its signs: a label is plain words"
        hint = "write the words alone, with signs such as ₂ and ² where they are needed"
        yield Problem(box.label.span, "not-read", message, hint)
    if not 1 <= box.number <= 999:
        message = f"a box has a number from 1 to 999, not {box.number}"
        yield Problem(box.span, "box-place", message, "1, 2, 3 …")
    if not (place := box.shares(picture)):
        size = f"{picture.width:.0f} × {picture.height:.0f}"
        message = f"“{box.label}” has no place within the picture, which has {size} pixels"
        hint = "at: [left, top, width, height], in shares from 0 to 1 or in pixels"
        yield Problem(box.span, "box-place", message, hint)
        return
    if (high := place[3] * _printed_height(picture)) < LOWEST:
        message = f"“{box.label}” is {high:.1f} mm high on a card to cut out"
        hint = f"make the box higher, or cut the picture closer: {LOWEST:.0f} mm can be read"
        yield Problem(box.span, "small-box", message, hint)
    for other in earlier:
        beside = other.shares(picture)
        if beside and other.number != box.number and _shared(place, beside) > MOST_SHARED:
            message = f"the boxes of “{box.label}” and “{other.label}” lie over each other"
            hint = "move one, or give both the same number, to hide them together"
            yield Problem(box.span, "box-place", message, hint)


def _printed_height(picture: Picture) -> float:
    """About how high a picture is in millimetres where eight cards stand on a page: beside its question or below it."""
    ratio = picture.height / picture.width
    return max(min(50 * ratio, 56), min(86 * ratio, 36))


def _shared(one: Place, two: Place) -> float:
    """How much of the smaller of two boxes the other covers, from 0 to 1."""
    wide = min(one[0] + one[2], two[0] + two[2]) - max(one[0], two[0])
    high = min(one[1] + one[3], two[1] + two[3]) - max(one[1], two[1])
    return max(0, wide) * max(0, high) / min(one[2] * one[3], two[2] * two[3])


CHECKS = (there, shown, sounds, figures, legible, diagrams)
