"""Cards as a web page shows them, held against Anki's own rendering."""

import re

import pytest
from author import Author, one_of_each, take
from brought import card, course_of
from conftest import COURSES
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.outputs.web.cards import card_html, style, text_html
from coursedeck.source.files import read_files

pytestmark = pytest.mark.slow

CLOZES = (
    "A {{c1::dog::an animal}} and a {{c2::cat}}.",
    "Say $a^{{{c1::2}}}$ and `x` and {{c1::*y*}}.",
    "{{c1::One}}, {{c2::two}} & [駅]{lang=ja spoken}, ｜駅{えき}.",
)
SHAPE = re.compile(r"<div class=\"cloze[^<>]*></div>")


def bare(given):
    """HTML without what Anki adds for its program and what its scripts need, and without what a page has in their place."""
    for pattern, instead in (
        (r"<style>.*?</style>|<script>.*?</script>|<link [^<>]*>", ""),
        (r'<i (?:id="cd-id"|class="mask"|class="found")[^<>]*>.*?</i>', ""),
        (r'<div style="display: none">.*?</div>\n', ""),
        (r'<p class="needs"></p>|<div><button id="toggle">.*?</div>|<canvas[^<>]*></canvas>', ""),
        (r'(?<=container") style="[^"]*"| data-[a-z]+="[^"]*"(?=[^<>]*>)| hidden(?=>)', ""),
        (r'\bid="?([\w-]+)"?', r'class="id-\1"'),
        (r"coursedeck masked ", "coursedeck "),
        (r'<button type="button" class="say".*?</button>|\[anki:play:\w:\d\]', "[read out]"),
        (r"<math.*?</math>|\\\(.*?\\\)", "[formula]"),
        (r'(<img src=")[^"]*', r"\1"),
        (r"\s+", " "),
        (r" ?(</?(?:div|p|hr|ol|ul|li)\b[^<>]*>) ?", r"\1"),
    ):
        given = re.sub(pattern, instead, given, flags=re.DOTALL)
    return given.strip()


def of_case(given, number):
    """What Anki shows of a card when the case of this number is drawn."""
    return re.sub(
        r'<div(?: class="case" dir="auto")? data-case="(\d)".*?\n',
        lambda found: found[0] if int(found[1]) == number else "",
        given,
    )


def course_named(name):
    """One of the test courses; its fonts are for print alone, and not all machines have them."""
    files = read_files(COURSES / name)
    about = re.sub(rb"\nfonts:.*?\n(?=\S)", b"\n", files["course.yaml"], flags=re.DOTALL)
    course, found = assemble({**files, "course.yaml": about})
    assert course, found
    return course


def shown(note):
    """The sides of every face of a note."""
    return [(face, card_html(note, face, lambda name: name)) for face in note.faces]


@pytest.mark.slow
def test_every_kind_of_card_is_the_same_html_as_in_anki(learner):
    raw = [
        {"id": f"raw-{n}", "module": "one", "kind": "raw", "cloze": text, "more": n}
        for n, text in enumerate(CLOZES)
    ]
    author = Author([*one_of_each(), *raw])
    take(learner, author.publish()["course.apkg"])
    seen = []
    for note in author.notes().values():
        (nid,) = learner.col.find_notes(f'"Id:{note.id}"')
        cards = {each.ord: each for each in learner.col.get_note(nid).cards()}
        assert {face.ordinal for face in note.faces} == cards.keys()
        for face, sides in shown(note):
            question, answer = cards[face.ordinal].question(), cards[face.ordinal].answer()
            if note.kind == "cases":
                question, answer = (of_case(side, face.number) for side in (question, answer))
            assert bare(sides.front) == bare(question)
            assert bare(sides.back) == bare(answer)
            seen.append(note.kind)
    assert {*seen} == NOTE_TYPES.keys()
    assert len(seen) > len({*seen})


def test_a_card_has_no_script_no_id_no_link_to_a_file_and_no_field_of_the_template_left():
    for course in map(course_named, ("workshop", "anatomy", "japanese", "calculus")):
        for note in notes_of(course):
            for _, sides in shown(note):
                for side in (sides.front, sides.back):
                    assert not re.search(
                        r"<script|<link|\bid=|\{\{[#^>A-Z]|\[sound:|\[anki:|\\\(", side
                    )


def test_the_masks_of_a_card_lie_over_its_picture_and_are_marked_on_the_back():
    course = course_named("workshop")
    note = next(note for note in notes_of(course) if note.kind == "diagram")
    for face, sides in shown(note):
        assert sides.front.count('<i class="mask" style="left:') == len(face.masks)
        assert sides.back.count('<i class="found" style="left:') == len(face.masks)
        assert f"left:{100 * face.masks[0].left:.2f}%" in sides.front
        assert sides.front.count("<img ") == 1


def test_each_case_is_a_card_of_its_own():
    notes = Author(one_of_each()).notes()
    cases = [sides.front for _, sides in shown(notes["cases-card"])]
    assert [len(re.findall("comes", each)) for each in cases] == [1] * 4
    assert len(set(cases)) == 4


def test_formulas_are_mathml_and_what_stands_in_them_is_escaped():
    notes = Author(
        [
            {
                "id": "x",
                "module": "one",
                "kind": "raw",
                "cloze": r"$a < b \& c$ {{c1::one}}",
            }
        ]
    ).notes()
    ((_, sides),) = shown(notes["x"])
    assert "<math " in sides.front
    assert "<mo>&lt;</mo>" in sides.front
    assert "<mi>&amp;</mi>" in sides.front


def test_in_code_no_formula_is_looked_for():
    code = r"<code>\(x\)</code> <pre><code>\[y\]</code>\(</pre>"
    made = text_html(rf"{code} \(z\) {code}", str)
    assert made.startswith(code)
    assert made.endswith(code)
    assert made.count("<math ") == 1


def test_a_sound_that_a_page_has_not_stands_as_its_words():
    course = course_named("japanese")
    note = next(n for n in notes_of(course) if any("[sound:" in v for v in n.fields.values()))
    face = note.faces[0]
    there = card_html(note, face, lambda name: f"data:{name}")
    gone = card_html(note, face, lambda _: "")
    assert '<audio class="sound" controls preload="none" title="' in there.back
    assert "♪ " in gone.back
    assert "<audio" not in gone.back


def test_a_note_from_anki_shows_its_words_and_no_element_of_its_own():
    given = card("type", Front="<b>One</b><script>1</script></div></div>", Back="<p onclick=x>Two")
    (note,) = notes_of(course_of(given))
    _, sides = shown(note)[0]
    assert "<strong>One</strong>" in sides.front
    assert "Two" in sides.back
    assert "Two" not in sides.front
    assert not re.search("script|onclick", sides.front + sides.back)
    for side in (sides.front, sides.back):
        assert side.count("<div") == side.count("</div")


def test_by_night_and_on_a_telephone_the_style_goes_by_the_browser():
    made = style(NOTE_TYPES["ask"].css)
    assert not re.search(r"night_?mode|\.mobile|(?<!:) #[a-z-]+ *\{", made, re.IGNORECASE)
    assert "(prefers-color-scheme: dark) { .card.card, .card.card { --paper: #1a1c20" in made
    assert ".id-answer { height: 0" in made
    assert "#20242c" in made
    assert "position: fixed" not in made
    assert made.count("{") == made.count("}")
