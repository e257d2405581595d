"""A deck as people make them in Anki: several note types, decks in decks, pictures, a sound, clozes, an image occlusion."""

import io
import sys
from pathlib import Path

from anki.collection import (
    DeckIdLimit,
    ExportAnkiPackageOptions,
)
from learner import Learner
from PIL import Image

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["zstd"]

FONT = b"\0\1\0\0 not really a font"
HTML = '<div>Paris &amp; <b style="color: red">Île-de-France</b></div><br><img src="map 1.png">'


def picture(colour, size=(60, 40)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def made(folder: Path) -> Learner:
    """A learner who has written a deck of ten notes."""
    one = Learner(folder)
    col = one.col
    media = {
        "map 1.png": picture("red"),
        "hund.mp3": b"ID3\3\0\0\0\0\0\0 no sound",
        "_schrift.ttf": FONT,
        "heart.png": picture("blue", (200, 100)),
        "flag.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="9" height="9"/></svg>',
    }
    for name, data in media.items():
        assert col.media.write_data(name, data) == name
    basic = col.models.by_name("Basic (and reversed card)")
    basic["css"] += "@font-face { font-family: s; src: url('_schrift.ttf'); }"
    basic["flds"][1]["rtl"] = True
    col.models.update_dict(basic)
    own = col.models.copy(col.models.by_name("Basic"))
    own["name"] = "Länder: {Karte}"
    extra = col.models.new_field("Zusatz mehr")
    col.models.add_field(own, extra)
    own["tmpls"][0]["qfmt"] = (
        "{{#Zusatz mehr}}<i>{{hint:Zusatz mehr}}</i>{{/Zusatz mehr}}\n{{Front}}\n<script>1</script>"
    )
    own["tmpls"][0]["afmt"] = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}} {{type:Back}} {{Tags}}"
    own["sortf"] = 1
    col.models.update_dict(own)

    def add(model, deck, *fields, tags=()):
        note = col.new_note(col.models.by_name(model))
        for place, value in enumerate(fields):
            note.fields[place] = value
        note.tags = list(tags)
        col.add_note(note, col.decks.id(deck))
        return note

    add("Basic (and reversed card)", "Welt", "Capital of France?", HTML, tags=("geo::europe", "a"))
    add("Basic (and reversed card)", "Welt::Tiere", "Hund [sound:hund.mp3]", "dog", tags=("a",))
    add("Basic (and reversed card)", "Welt::Tiere", "كلب", "dog: <i>again</i>")
    add("Länder: {Karte}", "Welt::Tiere::Kleine", "A\nB", 'it\'s "quoted"', "mehr")
    add("Länder: {Karte}", "Welt::Tiere::Kleine", "No: # hint", "- a\t'b'", "")
    add("Länder: {Karte}", "Welt", r"\(x^2 &lt; 1\)", "<ul><li>eins<li>zwei</ul>")
    add(
        "Cloze",
        "Welt",
        "A {{c1::cat}} and {{c2::a {{c1::small}} dog::animal}}.",
        "<table><tr><td>x<td>y</table>",
    )
    add("Cloze", "Welt", "{{c3::three}} alone", "")
    add("Länder: {Karte}", "Welt", "flag", '<img src="flag.svg"> <img src="not-there.png">')
    col.add_image_occlusion_notetype()
    model = next(m for m in col.models.all() if m.get("originalStockKind") == 6)
    col.decks.set_current(col.decks.id("Welt"))
    col.add_image_occlusion_note(
        notetype_id=model["id"],
        image_path=str(folder / "collection.media" / "heart.png"),
        occlusions="{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>"
        "{{c2::image-occlusion:ellipse:left=.5:top=.5:rx=.1:ry=.2:oi=1}}",
        header="What is hidden?",
        back_extra="The heart",
        tags=["bild"],
    )
    return one


def exported(one: Learner, path: Path, *, legacy: bool) -> Path:
    """The learner's deck as a package, or all of it as a collection, in the old or in the new form."""
    if path.suffix == ".colpkg":
        one.col.export_collection_package(str(path), include_media=True, legacy=legacy)
        if one.col.db is None:
            one.col.reopen()
        return path
    options = ExportAnkiPackageOptions(
        with_scheduling=False, with_deck_configs=False, with_media=True, legacy=legacy
    )
    one.col.export_anki_package(
        out_path=str(path), options=options, limit=DeckIdLimit(one.col.decks.id("Welt"))
    )
    return path


def studied(one: Learner, cards: int = 5) -> list[list]:
    """What the review log holds once the learner has answered some cards."""
    for _ in range(cards):
        for deck in one.col.decks.all_names_and_ids():
            one.col.decks.select(deck.id)
            queued = one.col.sched.get_queued_cards(fetch_limit=1).cards
            if queued:
                card = one.col.get_card(queued[0].card.id)
                card.start_timer()
                one.col.sched.answerCard(card, 3)
                break
    return one.rows("select * from revlog order by id")
