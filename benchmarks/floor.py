"""What reading the YAML and writing one package costs at least: PyYAML's C parser and genanki, and nothing else.

`python benchmarks/floor.py FOLDER PACKAGE` reads the modules of a course of plain cards.
"""

import sys
from pathlib import Path

import genanki
import yaml

FRONT_BACK = genanki.Model(
    1607392319,
    "Question",
    fields=[{"name": name} for name in ("Question", "Answer", "Detail")],
    templates=[{"name": "Card", "qfmt": "{{Question}}", "afmt": "{{Answer}}{{Detail}}"}],
)
CLOZE = genanki.Model(
    1607392320,
    "Cloze",
    fields=[{"name": name} for name in ("Text", "Detail")],
    templates=[{"name": "Cloze", "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}{{Detail}}"}],
    model_type=genanki.Model.CLOZE,
)


def note(card: dict[str, object]) -> genanki.Note:
    """A note of one plain card."""
    more = card.get("more", "")
    if "cloze" in card:
        return genanki.Note(model=CLOZE, fields=[card["cloze"], more], guid=card["id"])
    sides = card.get("pair") or {"left": card.get("ask"), "right": card.get("answer")}
    fields = [sides["left"], sides["right"], more]
    return genanki.Note(model=FRONT_BACK, fields=fields, guid=card["id"])


def main(folder: Path, package: Path) -> None:
    """Make the package."""
    deck = genanki.Deck(2059400110, "Bench")
    for path in sorted((folder / "modules").glob("*.yaml")):
        for concept in yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)["concepts"]:
            for card in concept["cards"]:
                deck.add_note(note(card))
    genanki.Package([deck]).write_to_file(package)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
