"""Pictures and sounds for tests, and the small course with some of them in its texts."""

import io
import shutil
from pathlib import Path

from conftest import ROOT, SAUERTEIG
from coursedeck.media import names
from PIL import Image, ImageDraw

SOUNDS = (
    ROOT / "tests" / "media"
)  # a tone of a third of a second, in all forms, each with a place and a telephone
PLACE = "+52.5200"
TELEPHONE = "Phone X"


def painted(width=320, height=200):
    """A picture whose corners differ: the upper left one is red."""
    made = Image.new("RGB", (width, height), "#dfe8ee")
    draw = ImageDraw.Draw(made)
    draw.ellipse((width // 4, height // 4, width * 3 // 4, height * 3 // 4), fill="#b03030")
    draw.rectangle((0, 0, width // 8, height // 8), fill="#ff0000")
    return made


def picture(form="PNG", size=(320, 200), **how):
    """A picture as a file."""
    buffer = io.BytesIO()
    painted(*size).save(buffer, form, **how)
    return buffer.getvalue()


def told(turned=1):
    """EXIF that names a place and a telephone, and how the picture is turned."""
    exif = Image.Exif()
    exif[0x0110] = TELEPHONE
    exif[0x0112] = turned
    exif[0x8825] = {0: b"\2\3\0\0", 1: "N", 2: (52.0, 31.0, 12.0)}
    exif[0x010E] = PLACE
    return exif


def sound(form):
    """The tone in one of the forms, by its ending."""
    return (SOUNDS / f"tone.{form}").read_bytes()


def added(folder: Path, *cards: str, **files: bytes):
    """The course in `folder` with these cards, as YAML, and files of media/ by their names, “__” for a dot."""
    module = folder / "modules" / "grundlagen.yaml"
    lines = module.read_text("utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("    cards:")) + 1
    for card in cards:
        lines[at:at] = [f"      {line}" for line in card.strip("\n").split("\n")]
    module.write_text("\n".join(lines), "utf-8")
    for name, data in files.items():
        (folder / "media" / name.replace("__", ".")).write_bytes(data)
    return folder


HIDDEN = """
- id: bild-kaesten
  lens: application
  diagram:
    image: schnitt.jpg
    alt: Ein Schnitt durch einen Teig
    prompt: Was liegt unter der Maske?
    boxes:
      - {number: 1, label: Kruste, at: [0, 0, 0.25, 0.125]}
      - {number: 3, label: Krume, at: [100, 80, 60, 40]}
      - {number: 3, label: Krume, at: [10, 250, 60, 40]}
"""


def shown_course(folder):
    """A copy of the small course with pictures and sounds wherever they may stand."""
    shutil.copytree(SAUERTEIG, folder)
    added(
        folder,
        """
- id: bild-kreis
  lens: definition
  ask: |
    Was ist das?

    ![ein Fleck](foto eins.jpg)
  answer: "Ein Ei ![so](klein.png) in der Zeile."
  more: "![ein Ton](ton.mp3), ![noch einer](ton.opus)"
""",
        """
- id: bild-luecke
  lens: part
  cloze: "Das ist {{c1::![ein Ei](ei.webp)}}, {{c2::![ein Klang](ton.ogg)}}, ![Glas](glas.svg)."
""",
        """
- id: bild-tafel
  lens: cause
  ask: |
    | Bild | Wort |
    |---|---|
    | ![quer](ei.webp) | eins |
    | ![hoch](hoch.gif) | zwei |
  answer: "![ein Laut](ton.m4a) ![ein Schlag](ton.wav)"
""",
        HIDDEN,
        schnitt__jpg=picture("JPEG", exif=told(6)),
        klein__png=picture("PNG", (24, 18)),
        ei__webp=picture("WEBP", exif=told()),
        hoch__gif=picture("GIF", (200, 600)),
        **{f"ton__{form}": sound(form) for form in names.SOUNDS},
    )
    (folder / "media" / "foto eins.jpg").write_bytes(picture("JPEG", (1600, 1000), exif=told(6)))
    return folder
