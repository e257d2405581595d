"""Pictures and formulas on paper: none is dropped where there is room, none smaller than it could be or in the way."""

import io
import itertools

import pytest
from conftest import run
from PIL import Image
from print_reading import MM, opened, spans, text

pytestmark = pytest.mark.slow
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 {high}" width="480" height="{high}">'
    "<title>Drawing {n}</title><desc>A box.</desc>"
    '<text x="240" y="{low}" font-size="18">Outside{n}</text>'
    '<g data-mask="1"><title>Inner {n}</title><rect x="40" y="20" width="160" height="40"/></g></svg>'
)
MODULE = """title: Things
deck: {deck}
summary: What they are.
concepts:
  - id: thing
    name: Thing
    definition: Something to look at.
    cards:
{cards}
"""
CARD = """      - id: part-{n}
        lens: part
        diagram: {{image: "{name}", prompt: What stands under the mask?{more}}}
"""


def course(folder, heights, *, words=1, deck="Things"):
    """A course of one module with a drawing of each height, and a definition of so many sentences."""
    (folder / "modules").mkdir(parents=True)
    (folder / "media").mkdir()
    (folder / "course.yaml").write_text("id: things\ntitle: Things to see\nmodules: [things]\n")
    cards = "".join(CARD.format(n=n, name=f"d{n}.svg", more="") for n, _ in enumerate(heights))
    made = MODULE.format(cards=cards, deck=deck).replace("at.", "at. " * words)
    (folder / "modules" / "things.yaml").write_text(made)
    for n, high in enumerate(heights):
        (folder / "media" / f"d{n}.svg").write_text(SVG.format(n=n, high=high, low=high - 20))
    return folder


def printed(folder, tmp_path, form, path):
    run("print", folder, "--only", form, "--paper", "a4", "--out", tmp_path / "out")
    return opened((tmp_path / "out" / "print" / "a4" / path).read_bytes())


@pytest.mark.parametrize(
    ("heights", "shown"), [([300] * 3, 3), ([300, 900, 200, 480], 3), ([480], 1)]
)
def test_a_map_shows_pictures_large_and_says_how_many_more_there_are(tmp_path, heights, shown):
    (page,) = printed(course(tmp_path / "c", heights), tmp_path, "maps", "maps.pdf")
    assert page.get_text().count("Outside") == shown
    assert (f"{len(heights) - shown} more" in page.get_text()) is (len(heights) > shown)
    boxes = [d["rect"] for d in page.get_drawings() if d["rect"].width > 15 * MM]
    assert boxes  # a mask is a third of its drawing, which is more than 45 mm wide
    assert all(box.x1 < page.rect.width and box.y1 < page.rect.height for box in boxes)


@pytest.mark.parametrize("heights", [[480] * 2, [480, 560, 480]])
def test_the_letters_in_pictures_of_a_map_are_not_dwarfed_by_its_names(tmp_path, heights):
    """The pictures go from one side of the map to the other; where that leaves little room, names are smaller."""
    folder = course(tmp_path / "c", heights)
    with (folder / "modules" / "things.yaml").open("a") as module:
        for n in range(20):
            module.write(f"  - {{id: c{n}, name: Thing {n}, definition: {'Look at it. ' * 9}}}\n")
    (page,) = printed(folder, tmp_path, "maps", "maps.pdf")
    shown = [(box, size) for said, box, size, _ in spans(page) if "Outside" in said]
    (name,) = [size for said, _, size, _ in spans(page) if said == "Thing"]
    assert min(size for _, size in shown) > min(8.3, 0.7 * name)
    middles = [left - page.rect.width / 2 for (left, *_), _ in shown]  # where their words begin
    assert max(middles) == pytest.approx(-min(middles), abs=1)


@pytest.mark.parametrize("said", [40, 55, 70])
def test_a_figure_of_the_book_stands_between_its_concept_and_the_next(tmp_path, said):
    """On the same page or at the top of the next one; no other concept comes before it, and no hole above it."""
    folder = course(tmp_path / "c", [300] * 5)
    concepts = "".join(
        f"  - id: c{n}\n    name: Thing {n}\n    definition: {'Something to look at. ' * said}\n    cards:\n"
        + CARD.format(n=n, name=f"d{n}.svg", more="")
        for n in range(5)
    )
    (folder / "modules" / "things.yaml").write_text(
        f"title: Things\nsummary: S.\nconcepts:\n{concepts}"
    )
    found = []
    for page in printed(folder, tmp_path, "book", "book.pdf"):
        own = sorted((box[3], words) for words, box, _, _ in spans(page) if words)
        found += [
            words
            for _, words in own
            if words in {f"Thing {n}" for n in range(5)} or "Outside" in words
        ]
    order = [word for n in range(5) for word in (f"Thing {n}", f"Outside{n}")]
    assert [words for words in found if words in order][-10:] == order or found[:10] == order, found


def test_a_map_with_many_words_shows_its_pictures_too(tmp_path):
    folder = course(tmp_path / "c", [300] * 3, words=700)
    (page,) = printed(folder, tmp_path, "maps", "maps.pdf")
    assert page.get_text().count("Outside") == 3


@pytest.mark.parametrize(
    ("high", "wide"),
    [(200, 80 * MM), (260, 65 * MM), (480, 48 * MM)],
    ids=["flat", "lying", "square"],
)
def test_a_picture_on_a_card_that_lies_is_as_large_as_it_can_be(tmp_path, high, wide):
    """Below its question where it is larger so, else beside it."""
    folder = course(tmp_path / "c", [high])
    page = printed(folder, tmp_path, "cards", "cards-2x4-long-edge/things.pdf")[0]
    boxes = [d["rect"].width for d in page.get_drawings() if d["rect"].width > 10 * MM]
    assert max(boxes) >= wide * 160 / 480  # the mask, a third of the picture


def test_a_photograph_in_webp_does_not_swell_a_sheet(tmp_path):
    folder = course(tmp_path / "c", [480])
    photograph = io.BytesIO()
    Image.effect_noise((80, 60), 40).convert("RGB").resize((800, 600)).save(
        photograph, "WEBP", quality=60
    )
    more = ", alt: A heart, boxes: [{number: 1, label: Aorta, at: [0.1, 0.1, 0.2, 0.2]}]"
    module = folder / "modules" / "things.yaml"
    module.write_text(module.read_text() + CARD.format(n=9, name="heart.webp", more=more))
    (folder / "media" / "heart.webp").write_bytes(photograph.getvalue())
    after = printed(folder, tmp_path, "study-sheets", "study-sheets/things.pdf")
    assert len(after.tobytes()) < 250_000


@pytest.mark.parametrize(
    ("formulas", "apart"),
    [
        (("$v_1$", "$x^2$", "$H_2O$"), False),
        (("$x$", "$C_2^3$", "$y_k^2 + z_k^2 + w_k^2 = r^2$"), False),
        ((r"$\frac{a}{b}$", "$x$", r"$\sum_{i=1}^n i$"), True),
    ],
)
def test_only_a_tall_formula_pushes_lines_apart(tmp_path, formulas, apart):
    words = " and many words that fill the line up to its very end ".join(
        (*formulas, *formulas, ".")
    )
    (tmp_path / "f.yaml").write_text(f"title: F\ncards:\n  - {{ask: What?, answer: '{words}'}}\n")
    page = printed(tmp_path / "f.yaml", tmp_path, "study-sheets", "study-sheets/f.pdf")[0]
    answer = page.rect.width / 2
    lines = sorted(
        {round(y, 1) for _, (x, *_, y), size, _ in spans(page) if x > answer and 9.9 < size < 10.1}
    )
    gaps = [low - high for high, low in itertools.pairwise(lines)]
    assert len(gaps) >= 5
    assert (max(gaps) - min(gaps) > 1) is apart, gaps


def test_what_there_is_to_say_of_an_item_stands_on_the_study_sheet_and_on_no_worksheet(tmp_path):
    (tmp_path / "f.yaml").write_text(
        "title: F\ncards:\n  - sequence:\n      prompt: Which?\n      ordered: true\n      items:\n"
        "        - {id: a, text: Atrium, more: A porch.}\n        - {id: b, text: Ventricle}\n"
    )
    sheet = printed(tmp_path / "f.yaml", tmp_path, "study-sheets", "study-sheets/f.pdf")
    assert "A porch." in text(sheet.tobytes())
    fill = printed(tmp_path / "f.yaml", tmp_path, "worksheets", "worksheets/f.pdf")
    assert "A porch." not in text(fill.tobytes())
