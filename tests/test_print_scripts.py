"""Other scripts than Latin on paper: nothing is lost, and words, numbers and columns stand on the side where a reader begins."""

import unicodedata
from collections import Counter

import pytest
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.outputs import pdf
from coursedeck.outputs.print.pages.cards import GRIDS
from coursedeck.text import to_plain
from print_reading import MM, opened, spans, text
from shown import picture

pytestmark = pytest.mark.slow

# A card of each kind, and the forms of text that a front can have.
ARABIC = """
title: تحيات
language: LANGUAGE
cards:
  - {id: plain, ask: ماذا تقول صباحا؟, answer: صباح النور}
  - id: paragraphs
    ask: |
      ما جذر الكلمة؟

      ملعب
    answer: لعب
  - id: listed
    ask: |
      ما الناقص؟

      - كتاب
      - قلم
    answer: دفتر
  - id: tabled
    ask: |
      ما الناقص؟

      | كلمة | جذر |
      |---|---|
      | مكتب | كتب |

      > هكذا قالوا
    answer: كتب
  - id: mixed
    ask: "*kataba* تكتب بالعربية كيف؟"
    answer: "كتب (*kataba l-walad*)."
  - id: cloze
    cloze: |
      هذا {{c1::كتاب}} كبير.

      وهذا قلم.
  - id: sides
    pair: {left: كتاب, to-right: ما هو؟, right: book, to-left: كيف يقال؟}
  - id: day
    sequence:
      prompt: تحيات اليوم. ما التحية الناقصة؟
      ordered: true
      items: [{id: a, text: صباح الخير}, {id: b, text: مساء الخير}, {id: c, text: تصبح على خير}]
  - id: kind
    sort:
      ask: اسم أم فعل؟
      options: [اسم, فعل]
      cases: [{id: a, case: ذهب, belongs: فعل, why: حدث}, {id: b, case: بيت, belongs: اسم, why: شيء}]
  - id: root
    cases:
      ask: ما جذر هذه الكلمة؟
      cases:
        - {id: a, case: ملعب, answer: لعب, why: الميم زائدة}
        - {id: b, case: مشروب, answer: شرب, why: الميم زائدة}
        - {id: c, case: كاتب, answer: كتب, why: الألف زائدة}
  - id: seen
    diagram:
      image: bild.png
      prompt: ماذا تحت القناع؟
      alt: صورة
      boxes: [{number: 1, label: قلب, at: [0.5, 0.5, 0.2, 0.1]}]
"""
LATIN = """
title: Kinds
cards:
  - id: paragraphs
    ask: |
      What is the root?

      - one
      - two
    answer: A root
  - {id: cloze, cloze: "A {{c1::cat}} purrs."}
  - id: sides
    pair: {left: Hund, to-right: What is it?, right: dog, to-left: Was ist das?}
  - id: foreign
    pair: {left: كتاب, to-right: What is it?, right: book, to-left: In Arabic?}
"""


def built(tmp_path, words, only=("cards", "study-sheets", "worksheets")):
    path = tmp_path / "cards.yaml"
    path.write_text(words, "utf-8")
    (tmp_path / "media").mkdir(exist_ok=True)
    (tmp_path / "media" / "bild.png").write_bytes(picture())
    course, found = load(path)
    assert course, found
    files, problems = pdf.printed(course, notes_of(course), pdf.Choice(papers=("a4",), only=only))
    assert problems == []
    return course, {path.split("/")[2]: data for path, data in files.items()}


def letters(words):
    """How often each letter stands in some words. (What a PDF tells of marks above letters and of their order is not reliable.)"""
    return Counter(c for c in unicodedata.normalize("NFKC", words) if c.isalpha())


def cells(data, grid="2x4"):
    """The words of each card of the pages of fronts, in their order."""
    columns, rows, wide, high = GRIDS[grid]
    left, top = (210 - columns * wide) / 2, (297 - rows * high) / 2
    for page in list(opened(data))[::2]:
        for n in range(columns * rows):
            x, y = left + n % columns * wide, top + n // columns * high
            yield page.get_text(clip=(x * MM, y * MM, (x + wide) * MM, (y + high) * MM))


@pytest.mark.parametrize(
    "words",
    [ARABIC.replace("LANGUAGE", "ar"), ARABIC.replace("LANGUAGE", "en"), LATIN],
    ids=["Arabic", "Arabic in an English course", "Latin"],
)
def test_the_words_of_every_front_are_on_its_card_and_in_its_row(tmp_path, words):
    course, files = built(tmp_path, words)
    shown = [letters(cell) for cell in cells(files["cards-2x4-long-edge"])]
    faces = [face for note in notes_of(course) for face in note.faces]
    assert len(faces) > 5
    for face in faces:
        assert any(letters(to_plain(face.question)) <= cell for cell in shown), face.question
    sheets = letters(text(files["worksheets"]))
    for note in notes_of(course):
        assert letters(to_plain(note.faces[0].prompt)) <= sheets, note.id


def places(data, page=0):
    """Where each line of a page stands: its words, its left and its right edge in millimetres."""
    for block in opened(data)[page].get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            x0, _, x1, _ = line["bbox"]
            yield "".join(span["text"] for span in line["spans"]).strip(), x0 / MM, x1 / MM


def test_a_sheet_of_a_course_from_right_to_left_is_turned_round(tmp_path):
    """Numbers stand right of their questions, questions right of the fold and its name at it, answers at their right edge."""
    _, files = built(tmp_path, ARABIC.replace("LANGUAGE", "ar"), only=("study-sheets",))
    found = {said: (x0, x1) for said, x0, x1 in places(files["study-sheets"])}
    middle, right = 105, 188
    assert found["Question"][1] == pytest.approx(right, abs=1)
    assert found["fold here"][0] == pytest.approx(middle, abs=3)
    assert found["Answer"][1] == pytest.approx(middle - 6, abs=1)
    numbered = [
        word for word in opened(files["study-sheets"])[0].get_text("words") if word[4] == "1"
    ]
    assert numbered[0][2] / MM == pytest.approx(right, abs=1)
    answered = next(
        x for said, *x in places(files["study-sheets"]) if letters(said) == letters("صباح النور")
    )
    assert answered[1] == pytest.approx(middle - 6, abs=1)
    assert found["Study sheet"][1] == pytest.approx(right, abs=1)  # in the foot


@pytest.mark.parametrize("language", ["ar", "en"])
def test_slanted_words_of_the_other_direction_keep_their_order(tmp_path, language):
    """Also where one is a compound, which elsewhere is set in a box."""
    words = ARABIC.replace("LANGUAGE", language).replace("kataba l-walad", "wa-l first s-sec third")
    _, files = built(tmp_path, words, only=("study-sheets",))
    line = next(said for said, *_ in places(files["study-sheets"]) if "third" in said)
    assert "wa-l first s-sec third" in line.replace("\u00a0", " ")


def test_a_reading_stands_small_above_its_words_and_below_the_line_before(tmp_path):
    asked = (
        "Over and over, this is a line that goes on and on, gypsy, and then ｜words{reading} come."
    )
    words = f"title: T\ncards: [{{ask: '{asked}', answer: A}}]"
    _, files = built(tmp_path, words, only=("study-sheets",))
    found = {said: (box, size) for said, box, size, _ in spans(opened(files["study-sheets"])[0])}
    reading = next(found[said] for said in found if said == "reading")
    base = next(found[said] for said in found if "words" in said)
    before = next(found[said] for said in found if said.startswith("Over"))
    assert reading[1] == pytest.approx(base[1] / 2)
    assert reading[0][3] < base[0][3] - 0.88 * base[1]
    assert before[0][3] + 0.2 * base[1] < reading[0][3] - 0.8 * reading[1]


def test_numbers_stand_before_the_words_of_the_program_that_they_count(tmp_path):
    """“1 point” read “point 1” where the course runs from right to left and its language has no words for it here."""
    _, files = built(tmp_path, ARABIC.replace("LANGUAGE", "ar"), only=("test", "cards"))

    def edges(name, *words):
        """Where words that follow each other in the text of the first page begin, from the left."""
        page = [
            (word[4].strip("\u2068\u2069"), word[0])
            for word in opened(files[name])[0].get_text("words")
        ]
        found = [said for said, _ in page]
        at = next(n for n in range(len(found)) if tuple(found[n : n + len(words)]) == words)
        return [x for _, x in page[at : at + len(words)]]

    points, size = edges("test-a.pdf", "1", "point"), edges("cards-2x4-long-edge", "100", "%")
    assert points == sorted(points)
    assert size == sorted(size)
