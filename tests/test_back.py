"""What is in a field becomes what its author wrote."""

import pytest
from conftest import COURSES
from coursedeck import walk
from coursedeck.load import draft
from coursedeck.source.files import read_files
from coursedeck.text import clozes, to_cloze, to_html, to_tree
from coursedeck.text.as_markdown import languages, markdown
from coursedeck.text.back import came
from coursedeck.texts import Line, Prose
from tables import with_each
from test_text import cases

FOLDERS = sorted(path.parent for path in COURSES.glob("*/course.yaml"))
FILES = sorted((COURSES / "scripts").glob("*.yaml"))


def course_file(name):
    return name.removeprefix("media:")


def again(text, *, bare=False):
    """A text made HTML, and that Markdown again; what of it has no form."""
    shown = type(text)(clozes.closed(text))
    back = came(to_cloze(text), course_file)
    made = markdown(languages(back.tree, to_tree(shown)), bare=bare)
    return type(text)(made), back.lost


@pytest.mark.slow
@pytest.mark.parametrize("place", [*FOLDERS, *FILES], ids=lambda path: path.stem)
def test_the_html_of_the_markdown_of_a_field_is_that_field(place):
    course, _ = draft(read_files(place))
    texts = [text for text in walk.texts(course) if isinstance(text, Line | Prose)]
    assert len(texts) > 20
    for text in texts:
        for bare in (False, True):
            made, lost = again(text, bare=bare)
            assert to_cloze(made) == to_cloze(text), text
            assert not lost


@pytest.mark.parametrize("text", ["3. Oktober *1990* war es", "* he go vs. *he goes*"])
def test_a_text_that_begins_like_a_list_comes_back_with_the_blanks_it_had(text):
    assert again(Prose(text), bare=True) == (text, frozenset())


# Two lists beside each other, which nobody can write on purpose.
ODD = "words after a list in a tight item"
SOUND = [case for case in cases() if case.name.strip() != ODD]


@with_each("case", SOUND, ids=[case.name for case in SOUND])
def test_whatever_markdown_can_say_comes_back(case):
    text = Prose(case.text.removesuffix("\n"))
    made, _ = again(text)
    assert to_html(made) == to_html(text)


@with_each(
    ("html", "text"),
    {
        "<b>a</b> <i>b</i>": "**a** *b*",
        "a&nbsp;b": "a\u00a0b",
        "a<div>b</div><div>c</div>": "a\\\nb\\\nc",
        "a<br>b": "a\\\nb",
        '<span style="font-weight: bold;">a</span>': "**a**",
        "<strike>a</strike>": "~~a~~",
        r"\(x^2\) &lt; 3": "$x^2$ < 3",
        "{{c1::a &amp; b::h}} c": "{{c1::a & b::h}} c",
        "{{c2::std:&#58;move}}": "{{c2::std::move::}}",
        "<ul><li>a</li><li>b</li></ul>": "- a\n- b",
        "<p>a</p><p>b</p>": "a\n\nb",
        "1. a": "1\\. a",
        "- a": "\\- a",
        "a<div>b</div>c": "a\\\nb\\\nc",
        "<div>a</div>b": "a\\\nb",
        "<b>a<div>b</div></b>c": "**a\\\nb**\\\nc",
        "<div><div>a</div><div>b</div></div>c": "a\\\nb\\\nc",
        "a<div><br></div><div>b</div>": "a\\\n\\\nb",
        "<div>a</div>\n<div><br></div>\n<div>b<br></div>\n<div>c</div>": "a\\\n\\\nb\\\nc",
        "a<br><div>b</div>": "a\\\nb",
        "<div>a</div><br>b": "a\\\n\\\nb",
        "<div></div>a<div></div>": "a",
        "a <b>b </b>c": "a **b** c",
        "a<b> b</b> c": "a **b** c",
        "<b>a<br>b</b>": "**a\\\nb**",
        "<b>a<br></b>b": "**a**\\\nb",
        "a<b> </b>b": "a b",
        "<i><b>a </b></i>b": "***a*** b",
        "a <b>b</b><b>c</b>": "a **bc**",
        '<span style="font-weight: bold">a </span>b': "**a** b",
    }.items(),
)
def test_what_ankis_editor_writes_is_read_as_meant(html, text):
    back = came(html, course_file)
    assert markdown(back.tree) == text
    assert not back.lost
    assert came(to_cloze(Prose(text)), course_file) == back  # else nobody could write it


WORD = {
    "<p class=MsoNormal style='margin-bottom:0cm'>The <b>dog</b>\nbarks<o:p></o:p></p>": "The **dog** barks",
    '<p class="MsoNormal"><span lang="EN-US" style="mso-ansi-language:EN-US">a<o:p></o:p></span></p>': "a",
    "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>a</b> <i>b</i><o:p>&nbsp;</o:p></p>": "**a** *b*",
    "<p class=MsoNormal>a</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>b</p>": "a\n\nb",
    "<span style='font-size:12.0pt;font-family:\"Times New Roman\",serif;mso-fareast-language:DE'>a</span>": "a",
    "<span style='font-weight:bold;mso-bidi-font-weight:normal'>a</span>": "**a**",
    "<!--[if gte mso 9]><xml><o:x/></xml><![endif]--><style>p.MsoNormal {margin:0}</style><p class=MsoNormal>a</p>": "a",
    '<p class=MsoNormal>In <st1:City w:st="on">Bonn</st1:City> is <span class=SpellE>H<sub>2</sub>O</span></p>': (
        "In Bonn is H~2~O"
    ),
    '<p class=MsoNormal>What is <span lang="ja">駅</span>?</p>': "What is [駅]{lang=ja}?",
}


@with_each(("html", "text"), WORD.items())
def test_words_that_came_by_way_of_word_are_read_without_its_looks(html, text):
    back = came(html, course_file)
    assert markdown(back.tree) == text
    assert not back.lost


@with_each(
    ("html", "lost"),
    {
        "<u>a</u>": "<u>",
        '<span style="color: red">a</span>': "<span>",
        '<font color="red">a</font>': "<font color>",
        '<b class="x">a</b>': "<b class>",
        '<img src="mine.png">': "a picture that is none of the course's",
        "[sound:mine.mp3]": "a sound that is none of the course's",
        '<a href="javascript:x">a</a>': "a link that leads to no page of the web",
        "<table><tr><td>a</td></tr></table>": "a table of another shape",
        "<h1>a</h1>": "<h1>",
        "<p style='margin:0'>a</p>": "<p style>",
        "<p class=MsoNormal align=center>a</p>": "<p align>",
        "<p class=MsoNormal><u>a</u></p>": "<u>",
        "<span style='color:red;mso-themecolor:accent1'>a</span>": "<span>",
        "<span style='font:bold 9.0pt Arial;mso-bidi-font-size:9.0pt'>a</span>": "<span>",
        "<span style='display:none;mso-hide:all'>a</span>": "<span>",
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>a</p>": "<p style>",
    }.items(),
)
def test_what_markdown_has_no_form_for_is_named(html, lost):
    assert lost in came(html, lambda _: None).lost
