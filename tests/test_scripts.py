"""Texts in other scripts than Latin: which way they run in Anki, readings over words, the language of words."""

import pytest
from coursedeck.checks import wording
from coursedeck.checks.rules import RULES
from coursedeck.languages import direction as of_language
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.outputs import breaks
from coursedeck.outputs.web import course as web
from coursedeck.source.naming import slug
from coursedeck.text import (
    as_markdown,
    back,
    clozes,
    scripts,
    stems,
    to_cloze,
    to_html,
    to_plain,
    to_tree,
)
from coursedeck.text.unread import near_misses, unread
from coursedeck.texts import Line, Prose

pytestmark = pytest.mark.slow

LRM, RLM = "\u200e", "\u200f"


def notes(tmp_path, text):
    path = tmp_path / "cards.yaml"
    path.write_text(text, "utf-8")
    course, found = load(path)
    assert course, found
    return notes_of(course)


# --- direction -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "usual", "runs"),
    [
        ("السلام عليكم is said to you.", "ltr", "ltr"),
        ("kataba تكتب كيف؟", "rtl", "rtl"),
        ("כתב", "ltr", "rtl"),
        ("book", "rtl", "ltr"),
        ("駅", "rtl", "ltr"),
        ("12 + 3", "rtl", "rtl"),
        ("", "ltr", "ltr"),
    ],
)
def test_a_text_runs_as_its_course_does_unless_all_its_letters_run_the_other_way(
    words, usual, runs
):
    assert scripts.direction(words, usual) == runs


@pytest.mark.parametrize(
    ("language", "runs"),
    [
        ("ar", "rtl"),
        ("fa-IR", "rtl"),
        ("ckb", "rtl"),
        ("az-Arab", "rtl"),
        ("he-Latn", "ltr"),
        ("en", "ltr"),
        ("ja", "ltr"),
    ],
)
def test_a_language_runs_as_its_script_does(language, runs):
    assert of_language(language) == runs


@pytest.mark.parametrize(
    ("html", "usual", "field"),
    [
        ("السلام is said.", "ltr", f"{LRM}السلام is said."),
        ("<em>kataba</em> تكتب", "rtl", f"{RLM}<em>kataba</em> تكتب"),
        ("<p>kataba</p> <p>تكتب</p>", "rtl", f"<p>{RLM}kataba</p> <p>تكتب</p>"),
        ("<ul> <li>a</li> <li>ب</li> </ul>", "rtl", f"<ul> <li>{RLM}a</li> <li>ب</li> </ul>"),
        ("{{c1::كتاب}} is a book", "ltr", f"{LRM}{{{{c1::كتاب}}}} is a book"),
        ("&lt;ب a", "rtl", "&lt;ب a"),
        ('<img src="a.png" alt="a"> ب', "rtl", '<img src="a.png" alt="a"> ب'),
        ("كتاب", "ltr", "كتاب"),
        ("book", "rtl", "book"),
        ("It is كتاب.", "ltr", "It is كتاب."),
    ],
)
def test_a_field_has_a_mark_where_its_first_letter_would_mislead_a_browser(html, usual, field):
    assert scripts.turned(html, usual) == field


@pytest.mark.parametrize(
    "html",
    [
        "[anki:tts lang=ar_EG]كلب.[/anki:tts]",
        '<span lang="he">[anki:tts lang=he_IL]שלום![/anki:tts]</span>',
        "[sound:dog.mp3] كلب",
    ],
)
def test_what_anki_reads_is_no_letter_of_a_field(html):
    """A mark from left to right stood before spoken Arabic, and its full stop on the wrong side."""
    assert scripts.turned(html, "ltr") == html
    assert scripts.turned(html, "rtl") == html


@pytest.mark.parametrize(
    ("html", "usual", "isolated"),
    [
        ("מה <code>a = 3;</code>?", "rtl", 'מה <code dir="ltr">a = 3;</code>?'),
        ("<p>מה</p> <pre><code>a = 3;</code></pre>", "rtl", None),
        ("What is <code>a = 3;</code>?", "rtl", None),
        ("<code>a = 3;</code>", "rtl", None),
        ("מה <code>3;</code>?", "ltr", None),
    ],
)
def test_code_keeps_its_way_among_words_from_right_to_left(html, usual, isolated):
    """It was shown as `;a = 3`."""
    assert scripts.isolated(html, usual) == (isolated or html)


def test_isolated_code_stands_on_cards_and_pages_and_comes_back_as_it_was_written(tmp_path):
    text = "title: ת `f(x);`\nlanguage: he\ncards: [{ask: 'מה `a = 3;`?', answer: '`b;` כן'}]\n"
    (note,) = notes(tmp_path, text)
    code = '<code dir="ltr">a = 3;</code>'
    assert note.fields["Question"] == f"מה {code}?"
    came = back.came(note.fields["Question"], lambda _: None)
    assert (came.lost, as_markdown.markdown(came.tree)) == (frozenset(), "מה `a = 3;`?")
    course, _ = load(tmp_path / "cards.yaml")
    page = web.page(course, [*notes_of(course)])
    assert '<code dir="ltr">f(x);</code>' in page.html.decode()
    assert code in page.html.decode()


def test_code_is_isolated_in_print_among_words_from_right_to_left_alone():
    def pieces(text, runs):
        return breaks.nodes(to_tree(Line(text)), runs)

    assert {"t": "code", "c": ["\u2066", "f(x);", "\u2069"]} in pieces("מה `f(x);`?", "rtl")
    (strong,) = pieces("**מה `a;`**", "rtl")
    assert {"t": "code", "c": ["\u2066", "a;", "\u2069"]} in strong["c"]
    assert {"t": "code", "c": ["f(x);"]} in pieces("What is `f(x);`?", "ltr")
    (turned,) = pieces("What is `f(x);`?", "rtl")
    assert {"t": "code", "c": ["f(x);"]} in turned["c"]


def test_a_course_from_right_to_left_says_so_on_its_cards(tmp_path):
    """The style does, by the language; the field is the language alone."""
    (note,) = notes(tmp_path, "title: ت\nlanguage: ar\ncards: [{ask: '*ab* كيف؟', answer: ب}]\n")
    assert note.fields["Language"] == "ar"
    assert note.fields["Question"].startswith(RLM)
    (note,) = notes(tmp_path, "title: T\nlanguage: en-GB\ncards: [{ask: How?, answer: So}]\n")
    assert note.fields["Language"] == "en-GB"


# --- readings --------------------------------------------------------------------------------------


def over(words, reading):
    return f"<ruby>{words}<rp>(</rp><rt>{reading}</rt><rp>)</rp></ruby>"


@pytest.mark.parametrize(
    ("text", "field", "asked"),
    [
        ("{{c1::駅{えき}}}はどこ", f"{{{{c1::{over('駅', 'えき')}}}}}はどこ", r"\[…\]はどこ"),
        ("{{c1::駅{えき}::place}}", f"{{{{c1::{over('駅', 'えき')}::place}}}}", r"\[place\]"),
        (
            "駅{えき}の{{c1::｜出口{でぐち}}}",
            f"{over('駅', 'えき')}の{{{{c1::{over('出口', 'でぐち')}}}}}",
            r"駅{えき}の\[…\]",
        ),
        (
            "{{c1::駅{えき}}}と{{c2::口{くち}}}",
            f"{{{{c1::{over('駅', 'えき')}}}}}と{{{{c2::{over('口', 'くち')}}}}}",
            r"\[…\]と口{くち}",
        ),
    ],
)
def test_a_reading_stands_within_a_deletion(text, field, asked):
    assert to_cloze(Prose(text)) == field
    assert clozes.hidden(text, 1) == asked


@pytest.mark.parametrize(
    "text", ["{{c1::駅}}{えき}はどこ", "駅{{{c1::えき}}}はどこ", "｜お茶{{{c1::おちゃ}}}を"]
)
def test_a_deletion_that_parts_words_from_their_reading_is_an_error(tmp_path, text):
    path = tmp_path / "cards.yaml"
    path.write_text(f"title: T\nlanguage: ja\ncards:\n  - {{cloze: '{text}'}}\n", "utf-8")
    _, found = load(path)
    assert [each.code for each in found if "reading" in each.message] == ["cloze"]


@pytest.mark.parametrize(
    ("with_readings", "without"),
    [
        ("駅{えき}の｜出口{でぐち}", "駅の出口"),
        ("妈{mā} is mother", "妈 is mother"),
        ("{と} f{x}", "{と} f{x}"),
    ],
)
def test_a_reading_changes_neither_plain_words_nor_ids(with_readings, without):
    assert to_plain(Line(with_readings)) == without
    assert slug(with_readings) == slug(without)


@pytest.mark.parametrize(
    "text",
    [
        "{漢字|かんじ}を読む",
        "これは{漢字|かん|じ}です",
        "これは 漢字[かんじ]です",
        "｜漢字《かんじ》です",
        "漢字《かんじ》です",
        "<ruby>漢字<rt>かんじ</rt></ruby>です",
        "カナ{かな}です",
        "お茶の葉っぱ{はっぱ}です",
        "[駅]{lang=}です",
        "[駅] {lang=ja}です",
        "[station]{lang = de}",
    ],
)
def test_what_looks_like_a_reading_or_a_language_in_another_form_is_told(text):
    (found,) = unread(Prose(text))
    assert found.code == "not-read"
    assert (
        "漢字{かんじ}" in found.hint
        or "｜お茶{おちゃ}" in found.hint
        or "[駅]{lang=ja}" in found.hint
    )


@pytest.mark.parametrize(
    "text",
    [
        "漢字{かんじ}と｜お茶{おちゃ}と｜葉っぱ{はっぱ}",
        "[駅]{lang=ja}",
        "駅[1]",
        "《紅樓夢》は",
        "a[b] {c|d}",
        r"\{漢字|かんじ}",
        "`漢字[かんじ]`",
        "[漢字](https://a.b)",
    ],
)
def test_what_is_read_or_means_nothing_is_not_told(text):
    assert list(unread(Prose(text))) == []


@pytest.mark.parametrize("text", ["{{c２::出口}}", "｛｛c1::駅｝｝", "{{ｃ1::駅}}", "{{c1：：駅}}"])
def test_signs_as_wide_as_a_character_make_a_near_miss(text):
    assert [each.code for each in near_misses(Prose(text))] == ["near-cloze"]


def test_a_language_of_some_words_stands_on_the_card():
    assert (
        to_html(Line("The [駅{えき}]{lang=ja}"))
        == f'The <span lang="ja">{over("駅", "えき")}</span>'
    )
    assert to_plain(Line("The [*駅*]{lang=ja}!")) == "The 駅!"


JA = '<span lang="ja">駅</span>'


def test_a_side_of_a_pair_has_a_language_of_its_own(tmp_path):
    pair = "title: T\ncards: [{pair: {left: 駅, right: station, left-language: ja}}]"
    (note,) = notes(tmp_path, pair)
    assert (note.fields["Left"], note.fields["Right"]) == (JA, "station")
    assert to_html(note.faces[0].question) == f"<strong>{JA}</strong>"
    assert note.faces[1].answer == "[駅]{lang=ja}"


def test_rows_of_pairs_share_the_languages_of_their_sides(tmp_path):
    (first, _) = notes(
        tmp_path, "title: T\ncards:\n  - {pairs: [{駅: station}, {口: mouth}], left-language: ja}\n"
    )
    assert first.fields["Left"] == JA
    one_way = "title: T\ncards:\n  - {pairs: [{駅: station}], one-way: true, left-language: ja, right-language: de}\n"
    (note,) = notes(tmp_path, one_way)
    assert note.fields["Question"] == f"<strong>{JA}</strong>"
    assert note.fields["Answer"] == '<span lang="de">station</span>'


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("jp", "“ja”"),
        ("Japanese", "“ja”"),
        ("ja_JP", "“ja-JP”"),
        ("english", "“en”"),
        ("cn", "“zh”"),
        ("??", "pt-BR"),
    ],
)
def test_what_is_no_language_is_told_with_the_one_that_may_be_meant(tmp_path, said, meant):
    path = tmp_path / "cards.yaml"
    for text in (
        f"language: '{said}'\ncards: [{{ask: How?, answer: So}}]",
        f"cards: [{{pair: {{left: a, right: b, left-language: '{said}'}}}}]",
    ):
        path.write_text(f"title: T\n{text}\n", "utf-8")
        found = [each for each in load(path)[1] if each.code == "bad-language"]
        assert [meant in each.hint for each in found] == [True]


# --- words and rules -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("駅の出口", ["駅", "の", "出", "口"]),
        ("Two 駅 don’t", ["two", "駅", "don’t"]),
        ("ก้า ก่า", ["ก้", "า", "ก่", "า"]),
        ("عَلَم وعِلْم", ["عَلَم", "وعِلْم"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("شלום", ["شלום"]),
        ("학교 가다", ["학교", "가다"]),
        ("Äpfel", ["äpfel"]),
        ("e\u0301cole", ["e\u0301cole"]),
    ],
)
def test_words_are_cut_as_their_script_cuts_them(text, words):
    assert wording.words(text) == words


@pytest.mark.parametrize(
    ("text", "answer", "shown"),
    [
        ("駅の出口で何を見ますか", "出口", True),
        ("口から出る", "出口", False),
        ("駅はどこですか", "駅", True),
        ("عَلَم البلد", "عِلْم", False),
        ("สถานีรถไฟ", "รถไฟ", True),
    ],
)
def test_an_answer_is_shown_where_all_its_characters_stand_together(text, answer, shown):
    assert (stems.stems(answer, "ja") <= stems.stems(text, "ja")) is shown


def codes(tmp_path, cards, language="ja"):
    path = tmp_path / "cards.yaml"
    path.write_text(f"title: T\nlanguage: {language}\ncards:\n{cards}\n", "utf-8")
    return [each.code for each in load(path)[1] if each.code in {rule.id for rule in RULES}]


RULE_CASES = [
    ("ja", "  - {id: a, ask: 駅の出口で何を見ますか。, answer: 駅}", ["answer-in-question"]),
    ("ja", "  - {id: a, ask: 毎日パンをたべます。何をたべますか。, answer: パ}", []),
    ("ja", "  - {id: a, ask: 何ですか？ どこですか？, answer: 駅}", ["two-questions"]),
    ("ja", "  - {id: a, ask: 四季は何ですか。, answer: 春、夏、秋、冬}", ["set-answer"]),
    (
        "ja",
        "  - {id: a, ask: これは駅ですよね。, answer: はい、駅です。}",
        ["yes-no"],
    ),
    ("ja", f"  - {{id: a, ask: {'駅の前で何を見ますか' * 6}。, answer: 空}}", ["long-question"]),
    (
        "ja",
        "  - {id: a, ask: 駅の前の大きな公園の木の下で、毎朝あの人は何を見ますか。, answer: 空}",
        [],
    ),
    ("zh", "  - {id: a, cloze: '我买了三{{c1::本}}书。'}", []),
    ("zh", "  - {id: a, ask: 二张票还是两张票？, answer: 两张票}", []),
    ("ar", "  - {id: a, ask: ماذا قال؟ وماذا فعل؟, answer: شيء}", ["two-questions"]),
    (
        "ar",
        "  - {id: a, ask: ما الفصول الأربعة في السنة؟, answer: 'ربيع، صيف، خريف، شتاء'}",
        ["set-answer"],
    ),
    ("ar", "  - {id: a, ask: هل هو كبير جدا في نظرك؟, answer: صغير}", ["yes-no"]),
    ("ar", "  - {id: a, ask: هل هو كبير أم صغير في نظرك؟, answer: صغير}", []),
    (
        "ar",
        "  - {id: a, ask: ما معنى «عَلَم» هنا؟, answer: راية}\n  - {id: b, ask: ما معنى «عِلْم» هنا؟, answer: معرفة}",
        [],
    ),
    ("th", "  - {id: a, ask: ค่ะ หรือ คะ จบประโยคคำถาม, answer: คะ}", []),
    ("en", "  - {id: a, ask: これは*駅*です。何？, answer: station}", []),
]


@pytest.mark.parametrize(("language", "cards", "found"), RULE_CASES)
def test_rules_read_the_signs_and_words_of_other_scripts(tmp_path, language, cards, found):
    assert codes(tmp_path, cards, language) == found


def test_rows_that_share_their_prompt_are_told_apart_by_the_rest(tmp_path):
    rows = """\
  - pairs: [{{食べる: to eat}}, {{飲む: {0}}}, {{行く: to go}}]
    to-left: Which Japanese verb, in its dictionary form?
    to-right: In English?"""
    assert codes(tmp_path, rows.format("to drink"), "en") == []
    assert "overlap" in codes(tmp_path, rows.format("To eat"), "en")


# --- lines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (">-\n      これは\n      駅です。\n      大きい", "これは駅です。大きい"),
        (">-\n      切手{きって}\n      を三枚{さんまい}", "切手{きって}を三枚{さんまい}"),
        ("これは\n      駅です", "これは駅です"),
        ('"これは\n      駅です"', "これは駅です"),
        (">-\n      これは A\n      station 駅\n      です", "これは A station 駅です"),
        (">-\n      これは 駅\n      です", "これは 駅です"),
        (">-\n      한국\n      사람", "한국 사람"),
        (">-\n      一つ\n\n      二つ", "一つ\n二つ"),
        ("|-\n      これは\n      駅です", "これは\n駅です"),
    ],
)
def test_the_end_of_a_line_is_no_blank_between_characters_of_chinese_and_japanese(
    tmp_path, written, read
):
    (note,) = notes(
        tmp_path, f"title: T\nlanguage: ja\ncards:\n  - id: a\n    ask: {written}\n    answer: A\n"
    )
    assert note.faces[0].question == read


def test_a_line_of_japanese_goes_on_without_a_blank_on_the_card():
    assert to_html(Prose("これは\n駅です\nA\n駅")) == "これは駅です A 駅"


# --- ids and tables --------------------------------------------------------------------------------


def test_a_row_is_named_after_the_side_that_ids_can_be_written_in(tmp_path):
    rows = "title: T\ncards:\n  - pairs: [{食{た}べる: to eat}, {Hund: 犬}, {駅: 站}]\n".replace(
        "{食{た}べる", "{'食{た}べる'"
    )
    first, second, third = notes(tmp_path, rows)
    assert (first.id, second.id) == ("to-eat", "hund")
    assert third.id.startswith("c-")


def test_a_column_too_many_is_named(tmp_path):
    (tmp_path / "v.csv").write_text("left,right,reading\n駅,station,えき\n", "utf-8")
    path = tmp_path / "cards.yaml"
    path.write_text("title: T\ncards: [{pairs: v.csv}]\n", "utf-8")
    assert "“reading” is not a column here" in [each.message for each in load(path)[1]]
