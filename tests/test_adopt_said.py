"""What `adopt` makes of blanks that never break a line, of languages and of texts that several cards show, and how it says so."""

import pytest
from adopting import came
from coursedeck.incoming.adopt import adopted
from coursedeck.incoming.blanks import as_typed
from coursedeck.incoming.corrections import as_text, found
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.published.ledger import Ledger

pytestmark = pytest.mark.slow

COURSE = """title: T
id: t
key: k-0
cards:
- id: q
  ask: How are you, Ms. Ito?
  answer: One says 12 or so on p. 5.
- id: par
  ask: |
    One.

    Two.
  answer: 'It "is": so'
- pairs: [{Maus: mouse, id: maus}, {Kuh: cow, id: kuh}]
  right-language: en
  to-right: In English?
- pairs: [{le ver: worm, id: ver}, {le chat: cat, id: chat}]
  left-language: fr spoken
- pairs: [{der Hof: yard, id: hof}, {das Haus: house, id: haus}]
  one-way: true
  to-right: Meaning?
  right-language: en
- pairs: t.csv
  one-way: true
  left-language: de
- id: seq
  sequence:
    prompt: Which is missing?
    ordered: true
    items: [{id: a, text: First}, {id: b, text: Second}, {id: c, text: Third}]
- id: srt
  sort:
    ask: Which one is it?
    options: [Yeasts, Bacteria]
    cases:
    - {id: x, case: Sour., belongs: Bacteria, why: Acid.}
    - {id: y, case: It rises., belongs: Yeasts, why: Gas.}
"""
FILES = {"cards.yaml": COURSE.encode(), "t.csv": b"left,right,id\nHund,dog,hund\n"}


@pytest.fixture(scope="module")
def course():
    made, problems = assemble(FILES)
    assert made, problems
    return made


def back(course, id_, name, html):
    return found(course, Ledger(), [came(course, id_=id_, **{name.replace(" ", "_"): html})])


def taken(course, id_, name, html):
    """The lines that are new where a field came so, and what the note's field is by then."""
    came_back = back(course, id_, name, html)
    assert came_back.told == ()
    made, told = adopted(FILES, came_back.corrections)
    assert told == []
    after, _ = assemble({**FILES, **made})
    note = next(note for note in notes_of(after) if note.id == id_)
    (path,) = made
    old = FILES[path].decode().split("\n")
    lines = [line.strip() for line in made[path].decode().split("\n") if line not in old]
    return lines, note.fields[name]


def told(course, id_, name, html):
    came_back = back(course, id_, name, html)
    made, said = adopted(FILES, came_back.corrections)
    assert made == {}
    return "\n".join([*came_back.told, *said])


# --- blanks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "html", "line"),
    [
        ("Question", "How are you, Ms. Ito&nbsp;?", "ask: How are you, Ms. Ito\u00a0?"),
        ("Question", "How are you, «&nbsp;Ito&#160;»?", "ask: How are you, «\u00a0Ito\u00a0»?"),
        ("Answer", "One says 12&nbsp;km on p. 5.", "answer: One says 12\u00a0km on p. 5."),
        ("Answer", "One says 12 or so on p.&nbsp;5.", "answer: One says 12 or so on p.\u00a05."),
        ("Answer", "One says so in ch.&nbsp;5.", "answer: One says so in ch.\u00a05."),
        ("Answer", "It is 12&nbsp;<b>km</b> far.", "answer: It is 12\u00a0**km** far."),
        ("Answer", "<i>12</i>&nbsp;<b>EUR</b> each", "answer: '*12*\u00a0**EUR** each'"),
        ("Answer", "As in p.&nbsp;<i>5</i>", "answer: As in p.\u00a0*5*"),
        ("Answer", "10\u00a0000 or <b>so</b>&nbsp;!", "answer: 10\u00a0000 or **so**\u00a0!"),
    ],
)
def test_a_blank_that_binds_stays_where_typography_has_one(course, name, html, line):
    """They got lost and nothing said so."""
    assert taken(course, "q", name, html)[0] == [line]


@pytest.mark.parametrize(
    "html",
    [
        "How&nbsp;are you, Ms. Ito?",
        "How are you, &nbsp;Ms.&nbsp;Ito?&nbsp;",
        "&nbsp;How are you,&nbsp; Ms. Ito?",
    ],
)
def test_one_that_the_editor_put_in_is_a_plain_blank(course, html):
    assert back(course, "q", "Question", html) == found(course, Ledger(), [])


@pytest.mark.parametrize(
    ("html", "typed"),
    [
        ("One says 12&nbsp;or so on p. 5.", "One says 12 or so on p. 5."),
        ("12&nbsp;<b>or</b>&nbsp;so", "12 <b>or</b> so"),
        ("12&nbsp;<br>km", "12 <br>km"),
        ("so<div>&nbsp;!</div>", "so<div> !</div>"),
        ('<a title="a&nbsp;b">12&nbsp;&nbsp;km</a>', '<a title="a b">12  km</a>'),
        ("in the end.&nbsp;5 of them", "in the end. 5 of them"),
    ],
)
def test_a_blank_behind_a_number_that_has_no_unit_or_ends_its_line_is_a_plain_one(html, typed):
    assert as_typed(html) == typed


def test_two_before_a_sign_are_what_the_editor_makes_of_two_blanks(course):
    assert taken(course, "q", "Question", "How are you &nbsp;?")[0] == ["ask: How are you ?"]


# --- languages ----------------------------------------------------------------------------------------

TTS = " [anki:tts lang=fr_FR]le ver[/anki:tts]"


@pytest.mark.parametrize(
    ("id_", "name", "html", "new"),
    [
        ("maus", "Right", '<span lang="en">mouse</span> (pl. mice)', "mouse (pl. mice)"),
        ("kuh", "Right", "cow, ox, bull", "cow, ox, bull"),
        ("kuh", "Right", '<span lang="en">cow</span>s', "cows"),
        ("kuh", "Right", '<b><span lang="en">cow</span></b>, ox', "**cow**, ox"),
        ("ver", "Left", f'<span lang="fr">le ver</span>, un ver{TTS}', "le ver, un ver"),
        ("ver", "Left", f"un ver{TTS}", "un ver"),
        ("ver", "Left", "un ver", "un ver"),
    ],
)
def test_a_side_stays_in_its_language_however_it_was_retyped(course, id_, name, html, new):
    (line,), field = taken(course, id_, name, html)
    assert new in line
    assert "lang" not in line
    assert field.startswith('<span lang="')
    assert field.count("lang=") == (2 if id_ == "ver" else 1)


def test_a_word_that_only_lost_its_language_is_no_correction(course):
    assert "the words are the same" in told(course, "kuh", "Right", "cow")


# --- rows that are asked one way only ----------------------------------------------------------------

ASKED = "<p><strong>{}</strong></p> <p>{}</p>"


@pytest.mark.parametrize(
    ("id_", "name", "html", "line"),
    [
        (
            "hof",
            "Question",
            ASKED.format("der Hof, Höfe", "Meaning?"),
            "{'der Hof, Höfe': yard, id",
        ),
        ("haus", "Question", ASKED.format("ein <em>Haus</em>", "Meaning?"), "{ein *Haus*: house,"),
        ("haus", "Answer", '<span lang="en">a house</span>', "{das Haus: a house, id: haus}"),
        ("haus", "Question", "<p><b>das</b> Häuschen</p> <p>Meaning?</p>", "{das Häuschen: house,"),
        (
            "haus",
            "Answer",
            '<span lang="en">house</span>, home',
            "{das Haus: 'house, home', id: haus}",
        ),
        ("hund", "Question", "Hunde", "Hunde,dog,"),
        ("hund", "Question", '<strong><span lang="de">der Hund</span></strong>', "der Hund,dog,"),
    ],
)
def test_the_word_of_a_row_that_is_asked_one_way_is_written_where_it_stands(
    course, id_, name, html, line
):
    assert line in taken(course, id_, name, html)[0][0]


def test_what_the_program_adds_to_that_word_is_said_to_be_its_own(course):
    html = ASKED.format("das Haus", "What meaning?")
    said = told(course, "haus", "Question", html)
    assert "write it by hand: “**das Haus** ¶ What meaning?”: " in said
    assert "the question of all rows" in said


@pytest.mark.parametrize("html", ["<b>das Häuschen</b>", "das Häuschen", "<b>das Haus</b> Sinn?"])
def test_a_word_that_came_without_the_question_of_all_rows_is_left_to_the_author(course, html):
    """The question was taken out, and nothing said so."""
    assert "the question of all rows" in told(course, "haus", "Question", html)


# --- texts that several cards show ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "name", "others"),
    [
        ("seq.a", "Prompt", "seq.b, seq.c"),
        ("srt.x", "Question", "srt.y"),
        ("seq.a", "Item", "seq.b, seq.c"),
        ("srt.x", "Case", ""),
    ],
)
def test_which_other_cards_a_correction_changes_is_said(course, id_, name, others):
    note = next(note for note in notes_of(course) if note.id == id_)
    name = name if name in note.fields else "Question"
    (correction,) = back(course, id_, name, "Something else?").corrections
    head = as_text(correction, colour=False).splitlines()[0]
    assert head.endswith(f", {name}, and so on {others}" if others else f": {id_}, {name}")


def test_the_question_of_all_rows_is_said_to_be_that(course):
    said = told(course, "kuh", "Ask right", "And in English?")
    assert said == (
        "cards.yaml:14:36: kuh, Ask right: is the question of every row of these pairs: "
        "write it by hand where it stands: “And in English?”"
    )


# --- how it is said -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "html", "said"),
    [
        ("Question", "<p>One. Two.</p>", "One. [-¶-] Two."),
        ("Question", "<p>One.</p> <p>Two.</p> <p>Three.</p>", "One. ¶ Two. {+¶ Three.+}"),
        ("Answer", "It &quot;is&quot;: so&nbsp;!", 'It "is": [-so-]{+so␣!+}'),
    ],
)
def test_paragraphs_and_blanks_that_bind_are_shown(course, name, html, said):
    (correction,) = back(course, "par", name, html).corrections
    assert as_text(correction, colour=False).splitlines()[1].strip() == said


def test_what_is_quoted_has_the_words_as_they_stand(course):
    html = 'It &quot;is&quot;: <span class="x">so</span>? <u>Yes</u>.'
    assert '“It "is": so? Yes.”' in told(course, "par", "Answer", html)


# --- lists from Word ----------------------------------------------------------------------------------

WORD = (
    '<p class="MsoListParagraph" style="text-indent:-18pt;mso-list:l0 level1 lfo1"><!--[if !supportLists]-->'
    '<span style="font-family:Symbol;mso-list:Ignore">{}<span style="font:7pt">&nbsp;&nbsp;&nbsp; </span></span>'
    "<!--[endif]-->{}<o:p></o:p></p>"
)


@pytest.mark.parametrize(
    ("signs", "items"),
    [
        ("··", ["- First", "- the **second**"]),
        (["1.", "2."], ["1. First", "2. the **second**"]),
        (["3)", "4)"], ["3. First", "4. the **second**"]),
    ],
)
def test_a_list_from_word_is_a_list(course, signs, items):
    """It came as paragraphs that began with dots."""
    html = "\n".join(map(WORD.format, signs, ["First", "the <b>second</b>"]))
    (correction,) = back(course, "par", "Answer", html).corrections
    assert correction.new.split("\n") == items


@pytest.mark.parametrize("numbers", [("3.", "5."), ("1.", "2.", "1."), ("2.", "1.")])
def test_numbers_from_word_that_no_list_gives_become_no_others(course, numbers):
    html = "\n".join(WORD.format(number, f"Item {number}") for number in numbers)
    said = told(course, "par", "Answer", html)
    assert "cannot be written in its place" in said


def test_items_within_items_and_words_that_only_look_like_one_are_left(course):
    deeper = WORD.replace("level1", "level2")
    both = WORD.format("·", "First") + deeper.format("o", "Second")
    assert "our Markdown has no form for" in told(course, "par", "Answer", both)
    plain = '<p class="MsoListParagraph">- First</p><p class="MsoListParagraph">Second</p>'
    (correction,) = back(course, "par", "Answer", plain).corrections
    assert correction.new.split("\n") == ["- First", "", "Second"]
    one = WORD.format("·", "First")
    assert "a list has two items at least" in told(course, "par", "Answer", one)


def test_bold_signs_beside_a_word_are_said_to_be_the_reason(course):
    html = "It &quot;is&quot;: so<b>, and</b>"
    assert "only where no letter is right beside it" in told(course, "par", "Answer", html)
