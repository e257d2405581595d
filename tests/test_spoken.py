"""Words that Anki reads out: `[駅]{lang=ja spoken}`, and sides of pairs, `left-language: ja spoken`."""

import pytest
from conftest import run
from coursedeck.languages import voice
from coursedeck.load import assemble
from coursedeck.text import in_language, to_html, to_plain, to_tree
from coursedeck.texts import Line, Prose
from tables import with_each

COURSE = """\
title: Am Bahnhof
id: bahnhof
language: de
cards:
  - id: frage
    ask: "Was heißt [｜お茶{おちゃ} & *駅*]{lang=ja spoken}?"
    answer: "Tee und Bahnhof: [x [y\\\\] \\"z\\" ]]{lang=de-CH spoken}"
    more: "[駅で待つ。]{lang=ja spoken}"
  - id: luecke
    cloze: "Der Bahnhof heißt {{c1::[駅]{lang=ja spoken}::Ort}}, der Tee {{c2::[お茶::濃]{lang=ja spoken}::}}."
    more: "[駅とお茶]{lang=ja spoken}"
  - pairs:
      - {水: Wasser, id: wasser}
    left-language: ja spoken
    right-language: de spoken
  - pairs:
      - {火: Feuer, id: feuer}
    left-language: ja spoken
    one-way: true
"""


def problems(cards):
    """The errors of a course of one file with these cards."""
    files = {"cards.yaml": f"title: T\ncards:\n{cards}".encode()}
    return [(p.code, p.message) for p in assemble(files)[1] if p.level == "error"]


@pytest.fixture
def imported(tmp_path, learner):
    (tmp_path / "cards.yaml").write_text(COURSE, "utf-8")
    run("build", tmp_path / "cards.yaml", "--out", tmp_path / "out", "--only", "anki")
    learner.imports(tmp_path / "out" / "bahnhof.apkg")
    return learner


def said(learner, id_):
    """What Anki speaks of each card of a note: on its front, and on its back."""
    cards = map(learner.col.get_card, learner.col.find_cards(f"Id:{id_}"))
    return [
        tuple(
            [(tag.lang, tag.field_text) for tag in tags]
            for tags in (card.question_av_tags(), card.answer_av_tags())
        )
        for card in cards
    ]


@pytest.mark.slow
def test_anki_speaks_the_plain_words_in_the_voice_of_their_language(imported):
    spoken = ("ja_JP", "お茶 & 駅")
    ((front, back),) = said(imported, "frage")
    assert front == [spoken]
    assert back == [spoken, ("de_CH", 'x [y] "z" ]'), ("ja_JP", "駅で待つ。")]


@pytest.mark.slow
def test_no_front_of_a_cloze_speaks_its_answer(imported):
    station, tea, more = ("ja_JP", "駅"), ("ja_JP", "お茶::濃"), ("ja_JP", "駅とお茶")
    assert said(imported, "luecke") == [
        ([tea], [station, tea, more]),
        ([station], [station, tea, more]),
    ]


@pytest.mark.slow
def test_a_side_of_a_pair_is_spoken_where_it_stands(imported):
    left, right = ("ja_JP", "水"), ("de_DE", "Wasser")
    both = said(imported, "wasser")
    assert len(both) == 2
    assert ([left], [left, right]) in both
    assert ([right], [right, left]) in both
    assert said(imported, "feuer") == [([("ja_JP", "火")], [("ja_JP", "火")])]


@pytest.mark.slow
def test_print_shows_the_words_and_no_more(tmp_path):
    from print_reading import squeezed, text

    course = 'title: Wörter\nid: woerter\ncards:\n  - {id: a, ask: "Was ist [das Haus]{lang=de spoken}?", answer: Dort}\n'
    (tmp_path / "cards.yaml").write_text(course, "utf-8")
    run("build", tmp_path / "cards.yaml", "--out", tmp_path / "out", "--only", "print")
    for page in (tmp_path / "out" / "print" / "a4").rglob("*.pdf"):
        words = squeezed(text(page.read_bytes()))
        assert "anki" not in words
        assert "spoken" not in words
    sheets = tmp_path / "out" / "print" / "a4" / "worksheets"
    assert any("WasistdasHaus?" in squeezed(text(p.read_bytes())) for p in sheets.rglob("*.pdf"))


@with_each(
    ("tag", "name"),
    [
        ("ja", "ja_JP"),
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("pt", "pt_BR"),
        ("zh", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("zh-Hant-HK", "zh_HK"),
        ("sr-Latn", "sr_RS"),
        ("no", "nb_NO"),
        ("fil", "fil_PH"),
        ("la-VA", "la_VA"),
        ("tlh", ""),
        ("f", ""),
    ],
)
def test_a_language_has_the_voice_that_anki_knows_it_by(tag, name):
    assert voice(tag) == name


@with_each(
    ("card", "why"),
    [
        ('{ask: "[a]{lang=tlh spoken}", answer: b}', "no device has a voice for “tlh”"),
        ('{ask: "[a $x$]{lang=en spoken}", answer: b}', "a voice can speak words alone"),
        ('{ask: "[a `x`]{lang=en spoken}", answer: b}', "a voice can speak words alone"),
        ('{ask: "x [—]{lang=en spoken}", answer: b}', "there are no words that can be spoken"),
        (
            '{ask: "[a [b]{lang=de spoken}]{lang=en spoken}", answer: b}',
            "spoken words stand within others",
        ),
        (
            '{cloze: "[The {{c1::heart}} beats]{lang=en spoken}"}',
            "a deletion stands in words that are spoken, on the front too",
        ),
        (
            '{cloze: "It is [*{{c1::a}}* {{c2::b}}]{lang=en spoken}"}',
            "a deletion stands in words that are spoken, on the front too",
        ),
        (
            "{pair: {left: a, right: b, left-language: tlh spoken}}",
            "no device has a voice for “tlh”",
        ),
        (
            '{pair: {left: "$x$", right: b, left-language: en spoken}}',
            "a voice can speak words alone",
        ),
    ],
)
def test_what_cannot_be_spoken_is_told(card, why):
    assert ("spoken", why) in problems(f"  - {card}\n")


def test_a_card_of_cases_speaks_nothing():
    cases = "".join(
        f'        - {{id: {one}, case: "{one}.", answer: "[{one}]{{lang=en spoken}}", why: so}}\n'
        for one in "abc"
    )
    found = problems(f"  - id: c\n    cases:\n      ask: What?\n      cases:\n{cases}")
    assert [code for code, _ in found] == ["sound-in-cases"] * 3


@with_each(
    "written",
    [
        "{lang=ja  spoken}",
        "{lang=ja Spoken}",
        "{spoken lang=ja}",
        "{spoken}",
        "{lang=ja spoken now}",
    ],
)
def test_a_near_miss_is_told_and_not_shown(written):
    assert [code for code, _ in problems(f'  - {{ask: "[a]{written}", answer: b}}\n')] == [
        "not-read"
    ]


@pytest.mark.parametrize("tag", ["jp", "JA", "german"])
def test_the_language_of_words_is_a_tag(tag):
    assert [code for code, _ in problems(f'  - {{ask: "[a b]{{lang={tag}}}", answer: b}}\n')] == [
        "bad-language"
    ]


@with_each("side", ["a [ b", "a ] b [", "[x](https://example.org) ] y", r"a \[ b", "a]"])
def test_a_side_with_a_bracket_alone_keeps_its_language_and_its_words(side):
    line = in_language(Line(side), "ja spoken")
    assert 'lang="ja"' in to_html(line)
    assert "lang=ja_JP" in to_html(line)
    assert to_plain(line) == to_plain(Line(side))


def test_words_are_the_same_whether_spoken_or_not():
    plain, spoken = (Prose(f"Was ist [駅]{{lang=ja{end}}} hier?") for end in ("", " spoken"))
    assert to_plain(plain) == to_plain(spoken)
    assert to_tree(plain) != to_tree(spoken)


def test_no_bracket_of_the_words_ends_what_is_spoken():
    html = to_html(Prose(r"[a \[/anki:tts\] b]{lang=en spoken}"))
    assert html.endswith(" [anki:tts lang=en_US]a &#91;/anki:tts] b[/anki:tts]")
