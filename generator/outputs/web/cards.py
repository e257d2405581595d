"""A card as HTML for a web page: the same templates and the same style as in Anki, without anything of Anki's around them.

Nothing in it runs or is fetched: what a script of a card does in Anki is laid out here. The masks of a drawing lie over it as
elements; of a card of cases, each case is a card. A note that came from Anki shows the words that print shows of it, since
its templates may hold anything, in a style of their own.
"""

import functools
import html
import re
from collections.abc import Callable, Iterable, Mapping

from ...frozen import dataclass
from ...kinds.base import Face
from ...late import late
from ...notes import Note
from ...text import formula, templates, to_html
from ...text.fields import FRAMES, OVER
from ...texts import Mask
from .parts import read

# The address of a file by its name in HTML; empty where a page has it not.
Address = Callable[[str], str]

MASKS = "Masks"  # what a template here shows over a picture
SCRIPT = late(r"<script>.*?</script>\n?|<link [^<>]*>|<i id=[^<>]*>.*?</i>\n?", re.DOTALL)
OCCLUSION = late(
    r'<div style="display: none">.*?</div>\n|<p class="needs"></p>\n|<div><button id="toggle">.*?</div>\n'
)
# What a note of a course never has anything for.
ALWAYS_EMPTY = late(
    r"\{\{(?:[#^/]Retired|cloze:(?:Spare 1|Id))\}\}|\{\{#My notes\}\}.*?\{\{/My notes\}\}",
    re.DOTALL,
)
PICTURE = late(
    r'<div id="image-occlusion-container"[^<>]*>\s*(\{\{Image\}\})\s*<canvas[^<>]*></canvas>\s*</div>'
)
IDENTIFIED = late(r'\bid="?([\w-]+)"?')
IMAGE = late(r'<img src="(?:media:)?([^"]*)" alt="([^"]*)"')
FRAMED = late(rf'<img src="[^"]*{OVER}{FRAMES}[^"]*"[^<>]*>')
NOTHING = "data:,"
SOUND = late(r'<span class="sound" title="([^"]*)">\[sound:(?:media:)?([^\]]*)\]</span>')
SPOKEN = late(r"\[anki:tts lang=(\w+)\](.*?)\[/anki:tts\]")
TAG = late(r"<[^<>]*>")
# A formula; or code, in which Anki looks for none.
FORMULA = late(r"<(code|pre)\b.*?</\1>|\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
# Of a style sheet: its ids, the rules for the night and those for telephones.
ID = late(r"(?<=[\s~>(,])#(?=[a-z-]+(?:\s*[{,:~> )]))")
RULE = r"[^{{}}]*{name}[^{{}}]*\{{[^{{}}]*\}}"
DARK = "screen and (prefers-color-scheme: dark)"
NARROW = "screen and (max-width: 480px)"
NIGHT = late(RULE.format(name=r"\.night_?[mM]ode"))
# In a low window, a card in Anki is all that there is; in a page it is one of many.
LOW = late(r"@media \(max-height[^{}]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")
PHONE = late(RULE.format(name=r"\.mobile"))


@dataclass(frozen=True, slots=True)
class Sides:
    """Front and back of a card, each what stands in an element of the class `card`. The back has the front's words too."""

    front: str
    back: str


def card_html(
    note: Note, face: Face, address: Address, fields: Mapping[str, str] | None = None
) -> Sides:
    """A card of a note. Of a card that shows one of several cases, `face` says which. `fields` are the note's own unless given: a
    page may put links into them.
    """
    if not note.ours:
        return _kept(face, address)
    template = note.note_type.templates[0 if note.note_type.cloze else face.ordinal]
    values = _case(note.fields if fields is None else fields, face.number)
    masks, found = (_with_masks(values, face, name, address) for name in ("mask", "found"))
    number = face.ordinal + 1
    side = templates.Side(masks, {}, number, screen=True)
    asked = text_html(templates.rendered(_without(template.front), side), address)
    side = templates.Side(found, {}, number, back=True, front=asked, screen=True)
    return Sides(asked, text_html(templates.rendered(_without(template.back), side), address))


@functools.cache
def style(css: str) -> str:
    """The style of a note type for cards that stand in elements of the class `card`, in a page that holds many of them. By night,
    and on a telephone, it goes by what the reader's browser says.
    """
    css = "\n".join([css, read("cards.css")])
    css = NIGHT.sub(_within(DARK), ID.sub(".id-", LOW.sub("", css)))
    return PHONE.sub(_within(NARROW), css)


def _within(media: str) -> Callable[[re.Match[str]], str]:
    """A rule as one for some media; what Anki's class for them weighs, another one does."""

    def written(found: re.Match[str]) -> str:
        rule = re.sub(r"\.(?:nightMode|night_mode|mobile)", ".card", found[0].strip())
        return f"\n@media {media} {{ {rule} }}"

    return written


@functools.cache
def _without(side: str) -> str:
    """A side of a template without scripts, and with classes in place of ids, of which a page has each but once."""
    side = OCCLUSION.sub("", SCRIPT.sub("", ALWAYS_EMPTY.sub("", side)))
    if "{{Image}}" in side:
        masked = f"{{{{#{MASKS}}}}}masked {{{{/{MASKS}}}}}"
        side = side.replace('class="coursedeck ', f'class="coursedeck {masked}')
        side = PICTURE.sub(rf'<div id="image-occlusion-container">\1{{{{{MASKS}}}}}</div>', side)
    return IDENTIFIED.sub(r'class="id-\1"', side.replace("\n", ""))


def _case(fields: Mapping[str, str], number: int) -> Mapping[str, str]:
    """The fields of a note; of one with cases, as if the one of this number were all."""
    if "Case 1" not in fields:
        return fields
    numbered = re.compile(r"(Case|Answer|Why) [0-9]+")
    kept = {name: value for name, value in fields.items() if not numbered.fullmatch(name)}
    return kept | {f"{name} 1": fields[f"{name} {number}"] for name in ("Case", "Answer", "Why")}


def _with_masks(
    fields: Mapping[str, str], face: Face, name: str, address: Address
) -> Mapping[str, str]:
    """The fields, with the masks of a card where the page has its picture."""
    found = IMAGE.search(fields.get("Image", "")) if face.masks else None
    if not found or not address(html.unescape(found[1])):
        return fields
    return {**fields, MASKS: _masks(face.masks, name)}


def _masks(masks: Iterable[Mask], name: str) -> str:
    """What lies over the labels of a picture."""
    return "".join(
        f'<i class="{name}" style="left:{100 * mask.left:.2f}%;top:{100 * mask.top:.2f}%;'
        f'width:{100 * mask.width:.2f}%;height:{100 * mask.height:.2f}%"></i>'
        for mask in masks
    )


def _kept(face: Face, address: Address) -> Sides:
    """A card of a note that came from Anki."""
    asked, answer = to_html(face.question), to_html(face.answer)
    for name, hint in face.hints:
        asked += (
            f'<details class="hint"><summary>{html.escape(name)}</summary>{to_html(hint)}</details>'
        )
    masks, found = ("", "")
    if face.picture and address(face.picture.name):
        image = text_html(f'<img src="{html.escape(face.picture.name)}" alt="">', address)
        covers = _masks(face.covers, "mask cover")
        masks, found = (
            f'<div class="id-image-occlusion-container">{image}{covers}{_masks(face.masks, name)}</div>'
            for name in ("mask", "found")
        )
        answer = FRAMED.sub("", answer)  # the same picture, as paper has it

    asked, answer = text_html(asked, address), text_html(answer, address)
    masked = " masked" if masks else ""  # as the style of cards shows a picture with masks

    def side(over: str, under: str = "") -> str:
        return f'<div class="coursedeck{masked}" dir="auto"><div class="question">{asked}</div>{over}{under}</div>'

    line = f'<hr class="id-answer"><div class="answer">{answer}</div>'
    return Sides(side(masks), side(found, line))


# --- what a browser shows without Anki ------------------------------------------------------------


def text_html(given: str, address: Address) -> str:
    """The HTML of a field, for a page: with pictures, sounds and formulas that need no Anki."""
    if "<img" in given:
        given = IMAGE.sub(lambda m: _image(m, address(html.unescape(m[1]))), given)
    if "[" in given:
        if "[sound:" in given:
            given = SOUND.sub(lambda m: _sound(m[1], address(html.unescape(m[2]))), given)
        given = SPOKEN.sub(_spoken, given) if "[anki:tts" in given else given
    if "\\(" in given or "\\[" in given:
        given = FORMULA.sub(_formula, given)
    return given


def _image(found: re.Match[str], address: str) -> str:
    """A picture; where the page has it not, one of nothing, with the words that say what it shows."""
    return f'<img src="{address or NOTHING}" alt="{found[2]}"'


def _sound(said: str, address: str) -> str:
    """A sound with what is heard in it; the words alone where the page has it not."""
    if not address:
        return f'<span class="sound">♪ {said}</span>'
    return f'<audio class="sound" controls preload="none" title="{said}" src="{address}"></audio>'


def _spoken(found: re.Match[str]) -> str:
    """A button for words that a device reads out, which a script of the page may show."""
    language, words = found[1].replace("_", "-"), TAG.sub("", found[2])
    return f'<button type="button" class="say" lang="{language}" value="{words}" hidden>▶</button>'


def _formula(found: re.Match[str]) -> str:
    if found[1]:
        return found[0]
    tex = html.unescape(found[2] or found[3] or "")
    return _mathml(tex, display=found[2] is None) or f"<code>{html.escape(tex)}</code>"


@functools.lru_cache(maxsize=4096)
def _mathml(tex: str, *, display: bool) -> str:
    try:
        return formula.mathml(tex, display=display)
    except Exception:  # noqa: BLE001 - whatever the library stumbles on: of a cloze, only a part may be there
        return ""
