"""What an author is told of lines that join, end or run on otherwise than they look: where, and what to write."""

import pytest
from coursedeck.load import assemble
from coursedeck.text import to_html
from coursedeck.text.unread import unread
from coursedeck.texts import Prose
from growth import in_a_straight_line
from tables import with_each
from telling import HEAD, block, joined, told, told_of, with_told

# --- lines that are broken on purpose -----------------------------------------------------------------

VERSES = {
    "short": "Roses are red,\nviolets are blue,\nsugar is sweet,\nand so are you.",
    "capitals": """\
Souvent, pour s'amuser, les hommes d'équipage
Prennent des albatros, vastes oiseaux des mers,
Qui suivent, indolents compagnons de voyage,
Le navire glissant sur les gouffres amers.""",
    "two": "Tyger Tyger, burning bright,\nIn the forests of the night;",
    "Japanese": "古池や\n蛙飛びこむ\n水の音",
    "Arabic": "ذهب الولد إلى المدرسة\nوعاد في المساء\nثم نام",
    "address": "Jane Doe\n12 High Street\nOxford OX1 4AA",
    "dialogue": "– Wie geht es dir heute, nach der langen Reise von gestern?\n– Gut.",
    "German": "Füllest wieder Busch und Tal,\nStill mit Nebelglanz,",
    "a name on each line": "Anna Berg,\nCarl Dorn,\nEmil Fuchs",
    "names in verses": "Roses, Violets and sugar,\nHoney, Clover and bees,\nAll in a garden, at ease.",
    "a name in verses": "Oh, Anna,\nKomm zu mir,\nKomm herein",
    "items": "a) the heart, which pumps blood through two circuits in a row\nb) the liver",
}
PROSE = {
    "wrapped": """\
In 1999 the Massachusetts Institute of Technology began to publish the Material
of its lectures, which anybody may use, copy and change as long as its source is
named and nothing is sold.""",
    "edited": """\
The heart pumps blood through two circuits,
one behind the other, and each
of them has its own ventricle, so that both
must pump the same amount.""",
    "a line for each sentence": """\
The heart pumps blood through two circuits, one behind the other.
Each has its own ventricle.
Both pump the same amount.
Else one side would fill up.""",
    "German nouns": """\
Die Bäckerin formt am frühen Morgen aus dem reifen Teig ein großes
Brot, das im heißen
Ofen schnell aufgeht, und stellt es danach auf ein Gitter.""",
    "capitals alone": """\
THE SOFTWARE IS PROVIDED AS IT IS, WITHOUT A
WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED.""",
    "a question": "What is the capital\nof France?",
    "list": "Three parts:\n\n- Head,\n- Trunk,\n- Tail.",
    "code": "```text\nRoses are red,\nViolets are blue,\nSugar is sweet.\n```",
    "table": "| A, | B |\n|---|---|\n| C, | D |\n| E, | F |",
    "formula": "$$\na = b,\\\\\nC = d,\\\\\nE = f\n$$",
    "verses": "Roses are red,\\\nViolets are blue,\\\nSugar is sweet.",
    "paragraphs": "Roses are red,\n\nViolets are blue,\n\nSugar is sweet.",
    "picture": "What is it?\n![A heart](heart.png)\nName two.",
    "formulas": "Which of these acids are strong: HCl,\nHNO3, H2CO3 or H2SO4?",
    "a formula each": "HCl,\nHNO3",
    "lowered": "Zu den starken Säuren zählen Essigsäure,\nH~2~SO~4~ und Salzsäure nicht.",
    "signs that wrapped prose may hold": """\
The ratio of the two is 3:1 at noon; it is said: the sooner, the
better. Others put it so: never too late. From pre- and post-war
years (1914-18, say) on, x = 1 held → then, at 20:00, it ended.""",
    "colons in wrapped prose": """\
Four minutes to prepare, ten to debate, six to look back. The motion,
on the board: **This has too little to say.** Each side needs a clear
piece of evidence: from the tools, from the work, or from an article.""",
    "a blank that keeps words together": "Anna, Berta,\n\u00a0",
    "names": "Anna Berg,\nCarl Dorn",
    "narrow names": "Who is who: Anna, Bert,\nCarl, Dora, Emil, Fred,\nGerd, Hans and Ida?",
    "names on wider lines": """\
The members were Anna Berg, Carl von Dorn, Emil Fuchs,
Ida Jung, Karl Lang, Max Nagel, Otto Pohl, Rosa Stein,
Tom Ulrich and Zoe.""",
    "Chinese formulas": "强酸有HCl，\nHNO3和H2SO4。",
    "love": "Liebe ist für ihn keine,\nwenn sie nicht auch im Alltag trägt, was sie am Fest versprochen hat.",
    "love and courage": "Liebe, Mut und Treue,\nso steht es in dem alten Lied, das sie noch alle kannten und gern sangen.",
    "dear to many": "Dear to the hearts of all,\nthe queen was never seen without her dog, as the papers of these years tell.",
    "rather": "Lieber Brot als Kuchen,\nsagte die Bäckerin, die von beidem genug gesehen hatte in all den Jahren.",
    "statistics": """\
t(38) = 2.10, p = .04, for the young ones of the first group, and so
F(1, 38) = 4.41, p = .04, for all of the others in both groups.""",
    "means": """\
M = 3.20 (SD = 0.91) in the first of the groups that were asked and
M = 4.10 (SD = 1.11) in the other one, which had more time.""",
    "degrees of freedom": """\
χ²(1, N = 90) = 0.89, for the first one of all the tests that were made;
χ²(2, N = 90) = 4.10, for the second.""",
    "two figures": """\
M = 3.2 and SD = 1.1 for the women of the first group that were asked;
M = 4.1 and SD = 0.9 for the men.""",
    "short statistics": "M = 3.20, SD = 0.91,\nM = 4.10, SD = 1.11",
    "short ones of tests": "t(38) = 2.10, p = .04,\nF(1, 38) = 4.41, p = .04",
    "dashes around words": """\
— so she said — and went home, though nobody had asked her to leave
— at least not aloud — and the night was long and far from over.""",
    "dashes that end with a line": """\
– so sagte sie – und ging nach Hause, obwohl niemand sie gebeten hatte –
– jedenfalls nicht laut – und die Nacht war noch lange nicht vorüber.""",
    "a chain of arrows": """\
Glucose → pyruvate → acetyl-CoA → citrate, which then goes on to make
Isocitrate → ketoglutarate → succinyl-CoA → succinate and so on.""",
    "narrow words between dashes": "Yet – so – it was with\nthem – too – in all of it",
}


LINES = {
    "dialogue": "A: Hello, and how have you been since I saw you last in the spring?\nB: Fine.",
    "labels": "Phone: 555\nFax: 556",
    "labels of words": "Singular: der Hund, des Hundes\nPlural: die Hunde, der Hunde",
    "glosses": "ich bin - I am\ndu bist - you are",
    "equations": "a = 1 + n\nb = 2",
    "arrows": "A → B\nB → C",
    "reactions": "2 H2 + O2 -> 2 H2O\nC + O2 -> CO2",
    "times": "08:00 the doors of the hall are opened for all who want to come in and sit\n20:00 end",
    "years": "1914-18 the First World War, in which most of Europe and its colonies fought\n1939-45",
    "amounts": "1 cup flour\n2 eggs",
    "numbers": "-5\n-10",
    "letter": "Dear all,\nplease note that the exam is on Monday, and that it begins at nine.",
    "definition": "Term\n: what it means",
    "a greeting": "Liebe alle,\ndie Prüfung ist am Montag, und sie beginnt um neun Uhr im großen Saal.",
    "words": "Hund = dog, hound, and in old books also cur, as the teacher said\nKatze = cat, puss",
    "solutions": "x = 1, y = 2\nx = 3, y = 4",
    "a dialogue": "— ¿Y qué hora es ahora en la ciudad de tu madre, tan lejos de aquí?\n— Las tres.",
    "lines behind a sentence": "Name both.\nA: the one\nB: the other",
}


def test_a_text_among_others_is_told_as_it_is_alone():
    texts = [*LINES.values(), *PROSE.values()][::4]
    alone = {text: found for text in texts if (found := told(block("ask", text)))}
    assert 0 < len(alone) < len(texts)
    assert told_of(texts) == alone


def mended(text):
    """The same lines, ended as the hint says."""
    return text.replace("\n", "\\\n")


def test_of_lines_that_end_as_the_hint_says_nothing_is_told():
    assert told_of(map(mended, [*VERSES.values(), *LINES.values()])) == {}


@with_told("text", VERSES.values(), ids=VERSES)
def test_lines_that_were_broken_on_purpose_are_told_before_they_are_joined(text, found):
    ((line, at, code, said, hint),) = found
    assert (line, at, code) == (4, 5, "joined-lines")
    assert text.partition("\n")[0][:39] in said
    assert "a backslash at the end of each line" in hint
    assert to_html(Prose(mended(text))).count("<br") == text.count("\n")


def test_lines_that_may_be_wrapped_or_that_end_as_written_are_left_alone():
    assert told_of(PROSE.values()) == {}


@with_told("text", LINES.values(), ids=LINES)
def test_two_lines_that_share_a_sign_are_told_however_wide_they_are(text, found):
    ((_, at, code, said, hint),) = found
    assert (at, code) == (5, "joined-lines")
    assert "ends here" in said
    assert "a backslash at the end of each line" in hint


@pytest.mark.parametrize("dash", "—–")
def test_of_a_dialogue_it_is_told_how_lines_end_and_not_how_items_begin(dash):
    ((*_, hint),) = told(block("ask", f"{dash} Wer ist da, so spät?\n{dash} Ich."))
    assert "a backslash at the end of each line" in hint
    assert "item" not in hint


TORN = {
    "literal": ("|\n    The deter-\n    mination of it\n", (4, 9)),
    "folded": (">-\n    The deter-\n    mination of the vari-\n    ables\n", (4, 9)),
    "plain": ("The deter-\n    mination of it\n", (3, 12)),
    "quoted": ('"The deter-\n    mination of it"\n', (3, 13)),
}


@with_each(("written", "place"), TORN.values(), ids=TORN)
def test_a_word_that_is_broken_at_the_end_of_a_line_is_told_with_how_to_join_it(written, place):
    ((*at, code, said, hint),) = told(f"{HEAD}- ask: {written}  answer: Sauer\n")
    assert (tuple(at), code) == (place, "joined-lines")
    assert "“deter- mination”" in said
    assert "determination" in hint


@with_told(
    "text",
    [
        *("What of the pre-\nand post-war years?", "Welche Vor-\nund Nachteile?", "A `deter-\nmi`"),
        *(
            "Nicht die Vor-\nsondern die Nachteile?",
            "Is it pre-\nnot post-war?",
            "Von Haupt-\nauch Neben?",
        ),
        *(
            "Aus Haupt-\nvon Nebensätzen?",
            "Is it full-\nrather than part-time?",
            "Les pré-\nmais non",
        ),
    ],
)
def test_a_part_of_a_word_that_is_left_out_on_purpose_is_not_told(text, found):
    assert found == []
    assert told(block("ask", text).replace("|", ">-")) == []


def test_a_word_of_several_parts_is_told_whole_where_one_of_them_ends_a_line():
    ((_, at, _, said, hint),) = told(block("ask", "Who is a mother-in-\nlaw here?"))
    assert at == 14
    assert "“mother-in-law” is broken" in said
    assert hint.endswith("or mother-in-law")


def test_addresses_that_are_named_elsewhere_are_told_as_such_alone():
    (found,) = told(block("ask", "[a]: https://a.de\n[b]: https://b.de"))
    assert found[2] == "not-read"


def test_verses_are_found_in_quotations_in_lists_and_beside_deletions():
    verses = VERSES["short"].split("\n")
    assert joined("Who?\n\n" + "\n".join(f"> {line}" for line in verses)) == [(6, 7)]
    assert joined("- one\n- " + "\n  ".join(verses)) == [(5, 7)]
    text = VERSES["short"].replace("blue", "{{c1::blue}}")
    ((line, at, code, *_),) = told(block("cloze", text))
    assert (line, at, code) == (4, 5, "joined-lines")


LONG = {
    "wrapped quotation": lambda size: (
        "> " + "and it goes on for a while, up to where its author has wrapped a line\n" * size
    ),
    "code": lambda size: "`a b` c, " * (10 * size),
    "backquotes": lambda size: "`ab\n\n" * (5 * size),
    "word without end": lambda size: "so\n" + "a2" * (200 * size),
    "word of many parts": lambda size: "so\n" + "ab-" * (100 * size),
    "word of a verse": lambda size: "漢" * (50 * size) + "\\\n字",
    "paragraphs": lambda size: "**a\n\n" + "b\n\n" * (5 * size) + "**c",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_takes_no_longer_to_look_at_than_it_is_long(text):
    assert in_a_straight_line(lambda given: list(unread(Prose(given))), text, 20)


def test_a_long_line_is_quoted_with_a_sign_that_it_goes_on():
    ((*_, said, _),) = told(block("ask", VERSES["capitals"]))
    assert "“Souvent, pour s'amuser, les hommes d'équ…”" in said


def test_lines_beside_a_formula_of_its_own_line_may_still_be_broken():
    assert joined("$$x$$\n" + VERSES["short"]) == [(5, 5)]
    assert joined("Es gilt $$x$$ immer,\nAuch hier") == [(4, 19)]


def test_a_line_is_quoted_with_its_code_and_formulas():
    text = "Wer ruft `f(x)` auf,\nWer liest $y$ ein,\nWer ist da?"
    ((line, at, _, said, _),) = told(block("ask", text))
    assert (line, at) == (4, 5)
    assert "“Wer ruft `f(x)` auf,”" in said


@with_told(
    ("text", "hint"),
    [
        ("| a | b |\n| c | d |\n| e | f |", "|---|---|"),
        ("for x in y:\n    print(x)\n    y = 3", "```"),
        ("let x = f(3);\nlog(x);\nx = 4;", "```"),
        ("SELECT name\nFROM t\nWHERE x = 3", "```"),
        ("The night is long;\nThe day is short;\nThe rest is dark.", "a backslash at the end of"),
    ],
)
def test_lines_are_told_with_what_they_look_like(text, hint, found):
    ((*_, code, _, said),) = found
    assert code == "joined-lines"
    assert hint in said
    assert "a block that begins with |" in said


@pytest.mark.parametrize(
    "written",
    [
        '- ask: "Red,\\nBlue,\\nGreen."\n',
        "- ask: >\n    Red,\n\n    Blue,\n\n    Green.\n",
        "- ask: Red,\n\n    Blue,\n\n    Green.\n",
    ],
    ids=["double quotes", "folded", "plain"],
)
def test_the_hint_holds_for_every_way_of_writing_a_text(written):
    ((*_, code, _, said),) = told(f"{HEAD}{written}  answer: Sauer\n")
    assert code == "joined-lines"
    assert "in a block that begins with |" in said


@with_each(
    ("written", "place"),
    [
        ("- ask: >\n    Roses are red,\\\n    Violets too\n", (4, 15)),
        ("- ask: Roses are red,\\\n    Violets too\n", (3, 18)),
        ("- ask: |\n    Roses are red,\\\n    Violets too\\\n", (5, 13)),
        ("- ask: |\n    Roses are red,\\\n\n    Violets too\n", (4, 15)),
        ("- ask: |\n    Which?\n\n    - one\\\n    - two\n", (6, 7)),
        ("- ask: What is in C:\\ there?\n", (3, 19)),
        ("- ask: |\n    Roses are red,\\ \n    Violets too\n", (4, 15)),
        ("- ask: |\n    Roses \\ \n    Violets \\ \n    Tulips\n", (4, 5)),
    ],
    ids=[
        *("folded", "plain", "last verse", "before an empty line", "item", "path"),
        *("before a blank", "between blanks"),
    ],
)
def test_a_backslash_that_ends_no_line_is_told_since_learners_see_it(written, place):
    ((*at, code, said, _),) = told(f"{HEAD}{written}  answer: Sauer\n")
    assert (tuple(at), code) == (place, "joined-lines")
    assert "learners see it" in said


@with_each(
    "text",
    [
        "A \\ B",
        "\\",
        "a\\\\ b",
        "`a\\ b`",
        "$a\\ b$",
        "“\\” there",
        "a\\\nb",
        "a\\*",
        "x^a\\ b^",
        "x~a\\ b~",
    ],
)
def test_a_backslash_that_is_a_sign_or_ends_a_line_is_not_told(text):
    assert joined(text) == []


GLUED = {
    "question": ('- ask: "Roses are red,\\\n    Violets too"\n', (3, 19)),
    "deletion": ('- ask: |\n    Who?\n  more: "so {{c1::much}}\\\n    depends"\n', (5, 13)),
    "second line": ('- ask: "Roses\n    are red,\\\n    Violets too"\n', (4, 9)),
    "written end": ('- ask: "Who?\\n\\n Roses are red,\\\n    Violets too"\n', (3, 28)),
}


@with_each(("written", "place"), GLUED.values(), ids=GLUED)
def test_lines_that_a_backslash_joins_between_double_quotes_are_told(written, place):
    found = [each for each in told(f"{HEAD}{written}  answer: Sauer\n") if each[2] != "near-cloze"]
    ((*at, code, said, hint),) = found
    assert (tuple(at), code) == (place, "joined-lines")
    assert "without a blank" in said
    assert "a block that begins with |" in hint


@with_each(
    "said",
    [
        *(
            '"one \\\n    two"',
            '"one\\\n    \\ two"',
            '"one\\n\\\n    two"',
            '"one\\n    two\\\n    "',
        ),
        *('"what is \\\\\n    here"', '"静かな夜\\\n    月が出る"'),
        # Programs break lines in a word where a sign is written as a code.
        *('"caf\\xE9\\\n    s"', '"l\\u2019\\\n    un"', '"\\"red\\"\\\n    is it"'),
    ],
    ids=["blank", "written blank", "written end", "end", "sign", "Japanese", "é", "’", "quote"],
)
def test_a_backslash_between_double_quotes_that_glues_no_words_is_not_told(said):
    assert told(f"{HEAD}- ask: {said}\n  answer: Sauer\n") == []


@pytest.mark.parametrize(
    "card",
    [
        "sequence: {prompt: Which is missing?, ordered: true, items: [{text: %s}]}",
        "sort: {ask: Which?, options: [Acid], cases: [{case: %s, belongs: Acid, why: It is.}]}",
    ],
    ids=["sequence", "sort"],
)
def test_a_warning_about_a_text_hides_no_error_of_its_record(card):
    _, found = assemble({"t.yaml": (HEAD + "- " + card % '"so\\\n    on"').encode()})
    assert {"joined-lines", "short-list"} <= {each.code for each in found}


PARTED = {
    "folded": (">-\n    One sentence here.\n\n    And another there.\n", (6, 5), "begins with >"),
    "plain": ("One sentence here.\n\n    And another there.\n", (5, 5), "without |"),
    "quoted": ('"One sentence here.\n\n    And another there."\n', (5, 5), "quotation marks"),
    "single": ("'One sentence isn''t.\n\n    And another there.'\n", (5, 5), "quotation marks"),
    "indented list": ("|\n    x\n  more: >\n    - a\n\n    And what then?\n", (8, 5), "with >"),
    "verses": (">\n    Red,\n\n    Blue,\n\n    Green.\n", (6, 5), "with >"),
}


@with_each(("written", "place", "said"), PARTED.values(), ids=PARTED)
def test_paragraphs_that_one_empty_line_does_not_part_outside_of_a_literal_block_are_told(
    written, place, said
):
    ((*at, code, message, hint),) = told(f"{HEAD}- ask: {written}  answer: Sauer\n")
    assert (tuple(at), code) == (place, "joined-lines")
    assert said in message
    assert "begins with |, or leave two lines empty" in hint
    if said == "with >":
        return
    two = written.replace("\n\n", "\n\n\n")
    assert told(f"{HEAD}- ask: {two}  answer: Sauer\n") == [], "what the hint says mends it"


@with_each(
    "written",
    [
        ">\n    Which?\n\n    - one\n\n    - two\n",
        ">\n    | a | b |\n\n    |---|---|\n\n    | 1 | 2 |\n",
        ">\n    One.\n\n\n    Two.\n",
        ">\n    One line\n    and another one\n\n",
        "|\n    One.\n\n    Two.\n",
        '"Roses are red;\\n\\n\n    what are violets?"\n',
        "'One line,\\\n\n    and another one.'\n",
    ],
    ids=["list", "table", "two lines", "last line", "literal", "written ends", "break"],
)
def test_an_empty_line_that_parts_or_that_a_list_stands_behind_is_not_told(written):
    assert told(f"{HEAD}- ask: {written}  answer: Sauer\n") == []


def test_a_line_that_holds_an_empty_one_is_told_once():
    course = "title: >-\n  One\n\n  two\ncards:\n- ask: A\n  answer: B\n"
    _, found = assemble({"t.yaml": course.encode()})
    (said,) = [each for each in found if each.code in {"not-a-line", "joined-lines"}]
    assert "leave no line empty" in said.hint


# --- ends of lines ---------------------------------------------------------------------------------


@with_each("sign", ["\u2028", "\u2029", "\x85", "\r"])
@with_each(
    ("written", "place"),
    [
        ("- ask: |\n    What{} is it?\n  answer: Sauer\n", (4, 9)),
        ("- ask: |\n    What{}    is it?\n  answer: Sauer\n", (4, 9)),
        ("- ask: What{}is it?\n  answer: Sauer\n", (3, 12)),
        ("# a{}b\n- ask: What is it?\n  answer: Sauer\n", (3, 4)),
    ],
    ids=["block", "block with a line", "plain", "comment"],
)
def test_a_sign_that_ends_a_line_for_yaml_alone_is_told_where_it_stands(sign, written, place):
    ((*at, code, _, hint),) = told(HEAD + written.format(sign))
    assert (tuple(at), code) == (place, "yaml-character")
    assert hint


def test_what_stands_behind_such_a_sign_has_its_place():
    _, (line, at, code, *_) = told(f"{HEAD}- ask: What\u2028is it?\n  answer: Ca^2+\n")
    assert (line, at, code) == (4, 11, "not-read")


def test_a_control_character_is_told_where_it_stands_behind_letters_of_any_alphabet():
    ((*at, code, _, _),) = told(f"{HEAD}- ask: Größe „ä“ 静?\n  answer: né\0e\n")
    assert (at, code) == ([4, 13], "yaml-character")


def test_line_ends_of_windows_are_told_by_nobody():
    for end in ("\r\n", "\r\r\n"):
        written = f"{HEAD}- ask: What is it?\n  answer: Sauer\n"
        assert told(written.replace("\n", end)) == []


def test_verses_in_a_folded_block_are_one_paragraph_as_it_says():
    assert told(block("ask", VERSES["short"]).replace("|", ">")) == []
