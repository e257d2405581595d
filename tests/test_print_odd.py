"""Odd content in print: it is set right, or an error names the card. Nothing is lost, nothing is an empty box."""

import dataclasses
import itertools
import re

import pytest
from conftest import SAUERTEIG
from coursedeck.build import unprintable
from coursedeck.citations import citer
from coursedeck.kinds.ask import Question
from coursedeck.load import assemble, load
from coursedeck.notes import notes_of
from coursedeck.outputs import breaks, fitting, glyphs, pagedata, pdf, typeset, typesetter
from coursedeck.problems import Span
from coursedeck.source import bibliography
from coursedeck.texts import Cite, Id, Prose
from print_reading import MM, characters, opened, spans, text

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def small():
    course, _ = load(SAUERTEIG)
    return course


def with_card(course, ask, answer="Kurz.", more=""):
    """The small course with one more card, from line 7 of a file."""
    span = Span("modules/odd.yaml", 7)
    card = Question(
        id=Id("odd-card"),
        lens="example",
        ask=Prose(ask, span),
        answer=Prose(answer, span),
        more=Prose(more, span),
        span=span,
    )
    module = next(m for m in course.modules if m.concepts)
    concept = dataclasses.replace(module.concepts[0], cards=(card,))
    changed = dataclasses.replace(module, concepts=(concept, *module.concepts[1:]))
    return dataclasses.replace(
        course, modules=tuple(changed if m is module else m for m in course.modules)
    )


def printed(course, only=("cards", "study-sheets"), papers=("a4",)):
    return pdf.printed(course, notes_of(course), pdf.Choice(papers=papers, only=only))


def cards(files, form="cards-3x3-long-edge"):
    """The cards of the module that has the odd one."""
    return next(data for path, data in files.items() if f"/{form}/" in path)


def on_cards(files):
    return text(cards(files))


def test_three_thousand_letters_are_an_error_that_names_the_card(small):
    """Neither a card nor a row of a sheet holds them; half as many fit a row. Nothing is cut off."""
    long = "Ein Satz von vielen, der noch weiter geht. " * 70
    files, problems = printed(with_card(small, long), only=("cards",))
    assert {(p.code, p.span.path, p.span.line) for p in problems} == {
        ("card-too-long", "modules/odd.yaml", 7)
    }
    assert all("odd-card" in p.message for p in problems)
    _, again = printed(with_card(small, 4 * long), only=("cards",))  # measured at one size alone
    assert again == problems
    _, problems = printed(with_card(small, long), only=("study-sheets",))
    assert [(p.code, p.span.line) for p in problems] == [("row-too-long", 7)]
    files, problems = printed(with_card(small, long[: len(long) // 2]), only=("study-sheets",))
    assert problems == []
    assert " ".join(map(text, files.values())).count("noch weiter geht.") == 35


@pytest.mark.parametrize("long", ["title", "name", "at"])
def test_check_knows_that_a_long_title_or_source_leaves_no_room_on_a_card(long):
    """They stand on each card beside its own words."""
    said = {key: key for key in ("title", "name", "at")} | {long: "Lang und länger. " * 150}
    course, _ = assemble(
        {
            "course.yaml": b"title: T\nid: t\nmodules: [m]\n",
            "sources.yaml": b"buch: {type: book, title: Buch, author: 'X, Y', date: 2000}\n",
            "modules/m.yaml": (
                f"id: m\ntitle: '{said['title']}'\nconcepts:\n  - id: c\n    name: '{said['name']}'\n"
                f"    sources: [buch: '{said['at']}']\n    cards: [{{id: f, ask: Was?, answer: Das.}}]\n"
            ).encode(),
        }
    )
    assert course
    assert "card-too-long" in {p.code for p in unprintable(course)}


def test_check_tries_only_as_many_long_cards_as_it_takes_to_find_one_that_does_not_fit(monkeypatch):
    """Thousands of them would take minutes."""
    monkeypatch.setattr(fitting, "AT_ONCE", 2)
    words = {"fits": "Lang und länger. " * 30, "not": "Lang und länger. " * 300}
    cards = "".join(
        f"  - {{id: f{n}, ask: Was ist {n}?, answer: '{words[fits]}{n}'}}\n"
        for n, fits in enumerate(["fits", "fits", "fits", "not", "not"])
    )
    course, _ = assemble({"cards.yaml": f"title: T\nid: t\ncards:\n{cards}".encode()})
    assert {p.span.line for p in unprintable(course)} == {7}


@pytest.mark.parametrize(("height", "left"), [(240, 2), (900, 5)])
def test_a_full_map_says_how_many_pictures_it_has_no_room_for(height, left):
    svg = (SAUERTEIG / "media" / "glas.svg").read_text("utf-8")
    tall = svg.replace('viewBox="0 0 480 240"', f'viewBox="0 0 480 {height}"')
    tall = tall.replace('height="240" font', f'height="{height}" font')
    names = "abcde"
    cards = "".join(
        f"      - {{id: {n}, diagram: {{image: {n}.svg, prompt: Was?}}}}\n" for n in names
    )
    concepts = "".join(
        f"  - id: c{n}\n    name: Wort {n}\n    definition: {'Ein langer Satz steht hier. ' * 4}\n"
        for n in range(20)
    )
    course, problems = assemble(
        {
            "course.yaml": b"title: T\nid: t\nlanguage: de\nmodules: [m]\n",
            "modules/m.yaml": f"id: m\ntitle: M\nconcepts:\n{concepts}    cards:\n{cards}".encode(),
            **{f"media/{n}.svg": tall.encode() for n in names},
        }
    )
    assert course, problems
    files, found = printed(course, only=("maps",))
    assert found == []
    (page,) = map(text, files.values())
    assert f"{left} mehr im Kursbuch und auf den Lernblättern" in " ".join(page.split())


CODE = """\
Was folgt?

```python
while True:
    d = f(x)
        if d < 1e-12 and something_else(first, second, third) -> 4 and not anything_long_enough(x):
```
"""


@pytest.mark.parametrize("form", ["cards-3x3-long-edge", "study-sheets"])
def test_code_keeps_its_blanks_and_stays_in_its_column(small, form):
    """A line that is too wide goes on under its beginning, with a mark; nothing is squeezed or runs into what is beside it."""
    files, problems = printed(with_card(small, CODE))
    assert problems == []
    page = opened(next(data for path, data in files.items() if f"/{form}/" in path))[0]
    letters = [c for c in characters(page) if "Mono" in c.font]
    lines = {}
    for letter in letters:
        lines.setdefault(round(letter.y), []).append(letter)
    starts = {"".join(c.sign for c in line)[:5].strip("\u00a0 "): line for line in lines.values()}
    (wide,) = {round(c.right - c.x, 2) for c in letters if c.sign in "dfx"}
    left = min(letter.x for letter in letters)
    assert [
        round((min(c.x for c in line if not c.sign.isspace()) - left) / wide)
        for line in starts.values()
    ][:3] == [0, 4, 8]
    assert sum(c.sign == "↪" for c in letters) >= 1
    column = 62 / 25.4 * 72 if form.startswith("cards") else 90 / 25.4 * 72
    assert max(c.right for c in letters) - left < column
    assert "".join(c.sign for c in letters if not c.sign.isspace() and c.sign != "↪").endswith(
        "ifd<1e-12andsomething_else(first,second,third)->4andnotanything_long_enough(x):"
    )


@pytest.mark.parametrize("form", ["cards-3x3-long-edge", "study-sheets"])
@pytest.mark.parametrize(
    "formula",
    ["So $$z^4$$ and $$y^3$$.", "$f(x) = " + " + ".join("abcdefghijklmnopqrstuvwxyz") + "$ gilt."],
)
def test_formulas_are_there_and_within_their_column(small, form, formula):
    """Also displayed ones within a paragraph that is not alone, and those that are too wide."""
    files, problems = printed(with_card(small, f"Was?\n\n{formula}"))
    assert problems == []
    page = opened(next(data for path, data in files.items() if f"/{form}/" in path))[0]
    boxes = [
        path["rect"]
        for path in page.get_drawings()
        if path["type"] == "f" and path["rect"].height > 1
    ]
    assert len(boxes) >= formula.count("$$") // 2 + 1
    words = min(box[0] for said, box, *_ in spans(page) if said.startswith("Was?"))
    column = 62 / 25.4 * 72 if form.startswith("cards") else 85 / 25.4 * 72
    assert all(words - 2 < box.x0 and box.x1 < words + column for box in boxes)


def test_a_formula_by_itself_stands_in_the_middle_of_the_question(small):
    """Not in the middle of the words above it, which may be few."""
    files, problems = printed(with_card(small, "Was?\n\n$$z$$"))
    assert problems == []
    page = opened(next(data for path, data in files.items() if "/study-sheets/" in path))[0]
    left, right = (
        min(box[0] for said, box, *_ in spans(page) if said == "Was?"),
        page.rect.width / 2,
    )
    boxes = [each["rect"] for each in page.get_drawings() if each["type"] == "f"]
    assert any(abs((box.x0 + box.x1) / 2 - (left + right - 6 * MM) / 2) < 2 * MM for box in boxes)


def test_formulas_have_the_colour_of_the_words_beside_them(small):
    """What stands quietly under an answer is grey, with its formulas; the answer's own ones are as dark as it is."""
    files, problems = printed(with_card(small, "Was ist $x$?", more="Denn $x$ gilt."))
    assert problems == []
    page = opened(next(data for path, data in files.items() if "/study-sheets/" in path))[0]
    drawn = {
        "{:02x}{:02x}{:02x}".format(*(round(255 * part) for part in path["fill"]))
        for path in page.get_drawings()
        if path["type"] == "f" and 1 < path["rect"].height < 12 and path["rect"].width < 12
    }
    written = {
        f"{span['color']:06x}"
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        if "Was ist" in span["text"] or "gilt" in span["text"]
    }
    assert len(written) == 2
    assert written <= drawn


def test_cells_of_a_wide_table_do_not_cover_each_other(small):
    head = "| Quantity measured | Unit | Symbolically | Characteristically | Notes |\n|---|---:|---|---|---|\n"
    files, problems = printed(
        with_card(
            small, head + "| Electromagnetic induction | Wb | B | incomprehensibilities | no |"
        )
    )
    assert problems == []
    for form in ("cards-3x3-long-edge", "study-sheets"):
        page = opened(next(data for path, data in files.items() if f"/{form}/" in path))[0]
        boxes = sorted(
            box for said, box, *_ in spans(page) if said in {"Wb", "B", "no"} or "incompre" in said
        )
        assert all(one[2] < two[0] + 0.5 for one, two in itertools.pairwise(boxes))


@pytest.mark.parametrize("table", ["|  |\n|---|\n|  |", "|  |  |\n|---|---|\n|  |  |"])
def test_a_table_of_empty_cells_is_printed(small, table):
    """Its width was nothing, by which the width of the page was divided."""
    files, problems = printed(with_card(small, "What is here?", f"Before.\n\n{table}"))
    assert problems == []
    assert "Before." in on_cards(files)


def test_text_shrinks_before_it_is_refused(small):
    """Four hundred letters fit a card in a smaller size."""
    files, problems = printed(
        with_card(small, "Ein Satz mit einigen Wörtern. " * 22), only=("cards",)
    )
    assert problems == []
    page = opened(cards(files))[0]
    sizes = {round(size, 1) for said, _, size, _ in spans(page) if "Wörtern" in said}
    assert len(sizes) == 1
    assert 7 <= sizes.pop() < 11.5


def test_a_word_of_sixty_letters_breaks_within_its_card(small):
    """All its letters are there, and none beyond the edge."""
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
    files, problems = printed(with_card(small, word))
    assert problems == []
    pieces = (
        on_cards(files).replace("\u00ad", "").replace("- ", "").replace("-", "").replace(" ", "")
    )
    assert word in pieces
    for page in opened(cards(files)):
        for said, (x0, _, x1, _), size, _ in spans(page):
            assert size < 7 or x1 - x0 <= 52 * 72 / 25.4 + 1, said


UNBROKEN = {
    "a path": r"C:\Users\nina\AppData\Local\Programs\Python\Python312\python.exe",
    "a dotted name": "com.example.project.module.submodule.package.ClassName.methodName",
    "a call": 'document.getElementById("x").addEventListener("y")',
    "arguments": "f(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z)",
    "an expression": r"\d\w\s" * 12,
    "a hash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "stars": "*" * 68,
}
WITHIN = {
    "in the line": "{}",
    "in a list": "- {}\n- Kurz.",
    "before a word that holds to it": "{} da.",
    "in brackets": "So (siehe {}).",
    "in a table": "| a | b |\n|---|---|\n| {} | c |",
}


@pytest.mark.parametrize("within", WITHIN)
def test_code_without_blanks_stays_in_its_column_and_is_copied_to_the_letter(small, within):
    """It ran off the paper, or had hyphens that were no part of it."""
    for name, code in UNBROKEN.items():
        for said in (f"`{code}`", re.sub(r"([^\w\s])", r"\\\1", code)):
            answer = WITHIN[within].format(said.replace("|", r"\|"))
            files, problems = printed(with_card(small, f"Wie geht {said}?", answer))
            assert problems == []
            for form, most in (("cards-3x3-long-edge", 52), ("study-sheets", 80)):
                data = next(made for path, made in files.items() if f"/{form}/" in path)
                words = "".join(page.get_text() for page in opened(data))
                assert "".join(words.split()).count(code) >= 2, (name, form)
                for page in opened(data):
                    for _, (x0, _, x1, _), size, _ in spans(page):
                        blank = size / 3  # it may stand at the end of a line
                        assert size < 8 or size > 15 or x1 - x0 <= most * MM + blank, (name, form)


def test_a_run_that_fits_its_column_is_not_broken(small):
    """It goes to the next line whole, as each word does."""
    path = "example.project.module.Name"
    files, problems = printed(with_card(small, "Wo?", f"Das steht in der Datei `{path}` dort."))
    assert problems == []
    sheet = next(made for name, made in files.items() if "/study-sheets/" in name)
    assert any(path in said for page in opened(sheet) for said, *_ in spans(page))


def test_a_formula_of_lowered_numbers_breaks_between_its_groups(small):
    files, problems = printed(with_card(small, "Was?", f"CH~3~{'CH~2~' * 30}COOH"))
    assert problems == []
    for page in opened(cards(files)):
        for line in page.get_text().splitlines():
            assert not line.startswith("2"), line
        for _, (x0, _, x1, _), size, _ in spans(page):
            assert size < 7 or x1 - x0 <= 52 * MM + 1


@pytest.mark.parametrize("words", ["שלום עולם", "مرحبا بالعالم"])
def test_words_from_right_to_left_are_printed_so(small, words):
    """Hebrew and Arabic stand at the right edge of their card, in a font that has them."""
    files, problems = printed(with_card(small, words))
    assert problems == []
    page = opened(cards(files, "cards-2x4-long-edge"))[0]
    found = [
        span
        for span in spans(page)
        if any("\u0590" <= c <= "\u08ff" or c >= "\ufb1d" for c in span[0])
    ]
    assert found
    assert max(span[1][2] for span in found) > 85 * 72 / 25.4


@pytest.mark.parametrize(
    ("words", "script"), [("学習する組織", "Japanese"), ("組織는", "Korean"), ("學習", "Chinese")]
)
def test_chinese_and_japanese_are_errors_that_name_the_card(small, words, script):
    """No shipped font has them: the build says so, at the text."""
    files, problems = printed(with_card(small, f"Was heißt {words}?"))
    assert files == {}
    assert {(p.code, p.span.path, p.span.line) for p in problems} == {
        ("no-glyph", "modules/odd.yaml", 7)
    }
    assert "odd-card" in problems[0].message
    assert script in problems[0].message


def test_an_emoji_is_an_error_that_names_the_card(small):
    """Also one that is made of several signs."""
    for emoji in ("🙂", "👩‍🍳"):
        _, problems = printed(with_card(small, f"Gut {emoji}"))
        assert [p.code for p in problems] == ["no-glyph"]
        assert "odd-card" in problems[0].message


def test_signs_of_mathematics_are_printed(small):
    """∀ ∑ ∫ √ ≤ ≠ → ∞ come from the fonts of the wheel."""
    files, problems = printed(
        with_card(small, "Wann gilt ∀x ∈ ℝ: ∑ xᵢ² ≥ 0, √2 ≠ π, a → ∞, ∫ f ≤ ½?")
    )
    assert problems == []
    for sign in "∀∈ℝ∑≥√≠π→∞∫≤½":
        assert sign in on_cards(files)


def test_signs_of_typst_and_yaml_are_only_text(small):
    """What would be code in a template's language is printed as it stands."""
    odd = "#panic(1) \\$x\\$ = @ref \\<label> // no /* comment */ \\\\ ~ `#code` --- \" ' [x]"
    files, problems = printed(with_card(small, odd))
    assert problems == []
    assert "#panic(1) $x$ = @ref <label> // no /* comment */" in on_cards(files)
    assert "#code" in on_cards(files)


def test_a_link_shows_its_address(small):
    """On paper nobody can press it."""
    files, problems = printed(with_card(small, "Siehe [dort](https://example.org/brot)."))
    assert problems == []
    assert "https://example.org/brot" in on_cards(files).replace(" ", "")


def test_an_address_that_is_its_own_words_is_shown_once(small):
    """Also where one of its words is kept whole, or may break."""
    address = "https://two-column.example.org/einsehrlangeswortohnejedenbindestrich"
    files, problems = printed(with_card(small, f"Siehe [{address}]({address})."))
    assert problems == []
    assert on_cards(files).count("column") == 1


def test_a_text_as_deep_as_texts_become_is_printed(small):
    """Typst walks only so deep: emphasis inside emphasis has an end, and so have lists."""
    lists = "".join("  " * deep + "- tief\n" for deep in range(9))
    odd = lists.rstrip("\n") + " *b" * 30 + " c*" * 30
    files, problems = printed(with_card(small, odd), only=("study-sheets",))
    assert problems == []
    assert any("c c c" in text(data) for data in files.values())


def test_typst_can_print_all_that_the_table_of_coverage_promises():
    """Every character of the table, asked of Typst itself, in both faces."""
    signs = sorted(c for c in glyphs.covered() if c.isprintable() and not c.isspace())
    assert len(signs) > 6000
    for face in ("serif", "sans"):
        rows = " ".join(f"#text(str.from-unicode({ord(c)}))" for c in signs)
        dressed = f'set document(title: "x"); set text(font: {face}, lang: "en")'
        call = f'{{ import "/parts/style.typ": {face}; {dressed}; [= x\n{rows}] }}'
        course, _ = load(SAUERTEIG)
        document = typesetter.Document("x.pdf", call)
        data = breaks.page(pagedata.base(course))
        batch = typesetter.Batch(
            "calibration", typeset.as_json(data), "2026-01-01", ("a4",), (document,)
        )
        (result,) = typesetter.compiled(batch)
        assert not isinstance(result, typesetter.Failure), result.message


@pytest.mark.parametrize(
    ("entry", "line", "said"),
    [
        ("  type: nonsense\n  title: T\n", 2, "backbuch.type: unknown variant `nonsense`"),
        ("  type: book\n  title: T\n  date: soon\n", 4, "backbuch.date: date format unknown"),
        (
            "  type: book\n  title: T\n  author: 3\n",
            4,
            "backbuch.author: invalid type: integer `3`",
        ),
        (
            "  type: book\n  title: T\n  author: [[type]]\n",
            4,
            "backbuch.author[0]: invalid type: sequence",
        ),
    ],
)
def test_a_work_that_hayagriva_cannot_read_is_an_error_at_its_place(small, entry, line, said):
    """What only Typst's own reader of `sources.yaml` finds, an author sees like any other problem."""
    wrong = dataclasses.replace(small, bibliography=f"backbuch:\n{entry}".encode())
    files, problems = printed(wrong, only=("book",))
    assert files == {}
    assert [(p.code, p.span.path, p.span.line) for p in problems] == [
        ("bad-bibliography", "sources.yaml", line)
    ]
    assert problems[0].message.startswith(said)
    assert len(problems[0].message) < 120
    assert unprintable(wrong) == problems


def test_what_a_work_without_a_title_is_stands_upright_in_square_brackets(small):
    """It is no title, and is not set as one; a card names it without the brackets."""
    entry = b"w: {type: misc, title: '[Studies of dough]', author: 'Bell, A'}\n"
    works = bibliography.works(entry, [])
    assert citer(works)(Cite(work=Id("w"))) == "Bell, Studies of dough"
    every = dataclasses.replace(small, bibliography=small.bibliography + b"\n" + entry)
    files, problems = printed(every, only=("book",))
    assert problems == []
    said = [each for page in opened(files["print/a4/book.pdf"]) for each in characters(page)]
    fonts = [{each.font for each in said if each.sign == sign} for sign in "[]"]
    assert fonts == [{"LibertinusSerif-Regular"}] * 2


def test_works_of_every_year_of_four_digits_need_no_look_by_hayagriva(small):
    """What `check` takes for sure is not laid out, which takes seconds; and Hayagriva reads it."""
    dates = ("1000", "1999-02", "3000", "9999-12-28")
    works = "".join(f"w{n}: {{type: book, title: T, date: {d}}}\n" for n, d in enumerate(dates))
    assert bibliography.sure(works.encode())
    every = small.bibliography + b"\n" + works.encode()
    _, problems = printed(dataclasses.replace(small, bibliography=every), only=("book",))
    assert problems == []
