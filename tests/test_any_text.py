"""What holds of every text, tried on texts by chance and on long ones."""

import re
from collections import Counter

import pytest
from conftest import THOROUGH
from coursedeck.checks import wording
from coursedeck.outputs import breaks
from coursedeck.text import clozes, escaped, markdown, to_html, to_plain, to_tree, unread
from coursedeck.text.html import ANKI_COMMANDS
from coursedeck.text.html import DELETION as DELETION_SIGN
from coursedeck.texts import Line, Prose, literal
from growth import in_a_straight_line
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

pytestmark = pytest.mark.slow

KINDS = (Line, Prose)
both_kinds = pytest.mark.parametrize("kind", KINDS)

# --- by chance -------------------------------------------------------------------------------------

SIGNS = [
    *("~", "~~", "^", "$", "$$", "|", "> ", "```", "\n|-|-|\n"),
    *("*", "**", "_", "__", "`", "``", "[", "]", "](", "(", ")", "<", ">", "&", "&amp;", "&#10;"),
    *(
        "\\",
        "\\*",
        "!",
        "\n",
        "\n\n",
        "\n  ",
        "\n    ",
        "  \n",
        "\\\n",
        "- ",
        "-",
        "+ ",
        "* ",
        "1. ",
    ),
    *(
        "2) ",
        "0. ",
        "1990. ",
        "a",
        "b c",
        "ä",
        "“",
        '"',
        " ",
        "  ",
        "\t",
        "\u00a0",
        "\r",
        "\0",
        "\u2028",
    ),
    *(
        "https://a.b/?c&d",
        "javascript:",
        "<b>",
        "[sound:",
        "[/latex]",
        "[$]",
        "{{c1::",
        "}}",
        "א",
        "\x1c",
    ),
]
# As many examples as three properties get.
thrice = settings(max_examples=3 * settings.default.max_examples)
texts = st.lists(st.sampled_from(SIGNS), max_size=20).map("".join)
OWN = MarkdownIt("zero", {"html": False}).enable(
    ["emphasis", "strikethrough", "backticks", "link", "list", "newline", "escape"]
)
OWN.use(sub_plugin).use(superscript_plugin)
markdown._with_stars(OWN)
# What is read otherwise than the library writes it: numbers that are no list, and what has a form of its own on cards.
OTHERWISE = re.compile(
    r"^\W*[0-9]+[.)]|\n\W*[0-9]+[.)]|[|$>]|```|~~~|^\s*[-+*](\s|$)", re.MULTILINE
)


@pytest.mark.no_cover
@both_kinds
@thrice
@given(text=texts)
def test_the_html_made_of_the_tree_is_that_of_markdown_its_own_renderer(kind, text):
    assume(not OTHERWISE.search(text))
    own = OWN.renderInline(text) if kind is Line else OWN.render(text).strip()
    if own.count("<p>") == 1 and own.startswith("<p>") and own.endswith("</p>"):
        own = own[3:-4]
    own = DELETION_SIGN.sub("{&#123;", ANKI_COMMANDS.sub("&#91;", own.replace("\n", " ")))
    assert to_html(kind(text)) == own


@pytest.mark.no_cover
@both_kinds
@thrice
@given(text=texts | st.text(max_size=12))
def test_a_text_without_marks_says_without_the_parser_what_it_says_with_it(kind, text):
    assert to_tree(kind(text)) == markdown._parsed(kind(text))


def words_of(nodes):
    """The words of what a template reads, those of blocks apart."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            for cell in [cell for row in node.get("rows", ()) for cell in row]:
                yield from words_of(cell)
                yield " "
            for line in node.get("lines", ()):
                yield from words_of(line)
                yield " "
            yield " " * node.get("display", False)
            yield from words_of(node["c"])
            yield " " * node.get("display", False)
            yield " " * (node["t"] in {"p", "li", "ul", "ol", "br", "quote"})


@given(text=texts)
def test_print_has_the_words_of_the_text_whatever_is_bound_or_may_break(text):
    said = "".join(words_of(breaks.nodes(to_tree(Prose(text)))))
    assert said.split() == to_plain(Prose(text)).split()


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\n\r\0"), max_size=30))
def test_plain_words_need_only_be_escaped(text):
    assert escaped(text) == to_html(Line(literal(text)))


# What most texts are made of, and signs that mean something only beside others of them.
UNMARKED = st.lists(
    st.sampled_from(
        [
            *(
                "- ",
                "-",
                "+",
                "+ ",
                "1. ",
                ":",
                "：",
                "c1",
                "a",
                "B c",
                ", ",
                ". ",
                "漢字",
                "かな",
                "é",
            ),
            *(
                "（",
                "）",
                "「",
                "」",
                "’",
                "“",
                "''",
                "—",
                "–",
                "→",
                "•",
                "%",
                "/",
                "@",
                "=",
                " ",
                "\n",
                "\n\n",
            ),
        ]
    )
    | st.characters(codec="utf-8", exclude_characters="<>&(\\#{｛|![《$`~*=_^"),
    max_size=12,
).map("".join)


@both_kinds
@thrice
@given(text=UNMARKED)
@example(text="A.\n\n- - -\n\nB.")
@example(text="- - -")
def test_a_text_that_needs_no_look_has_nothing_to_be_found(kind, text):
    text = kind(text)
    if not unread._suspect(text):
        assert [*unread._of_signs(text)] == []
    if unread.sure(text):
        assert [*unread.unread(text), *unread.near_misses(text), *unread.hidden(text)] == []


QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"")
DELETION = re.compile(r"\{\{c([0-9]+)::((?:\{a\}|.)*?)\}\}", re.DOTALL)


@thrice
@given(st.text('“”„«»"a ', max_size=14))
def test_what_is_said_in_quotes_ends_at_the_first_sign_that_ends_it(text):
    assert wording.unquoted(text) == QUOTED.sub("“”", text)


@thrice
@given(st.lists(st.sampled_from(["{{c1::", "{{c12::", "}}", "::", "{a}", "a", "\n", "c1"])))
def test_a_deletion_ends_at_the_first_braces_that_are_not_those_of_its_words(parts):
    text = "".join(parts)
    found = [(d.number, f"{d.start}:{d.end}") for d in clozes.deletions(text)]
    assert found == [(int(m[1]), f"{m.start()}:{m.end()}") for m in DELETION.finditer(text)]


# --- long texts --------------------------------------------------------------------------------------

# Of these, one for each sort of sign, 50,000 letters are read; of the others 20,000 with THOROUGH=1, and 10,000 without it.
LONG = ("*a ", "[](", "`a", "„a ", "{{c1::a ", "$a ", "~a ", "> ", "|a", "![](")


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "part",
    [
        *("**", "*a ", "[", "[](", "[a](b", "*[", "[ a_", "`a", "&a", "a\n", "- a\n\n", "\\"),
        *("„a ", "“a ", "«a ", '"a ', "{{c1::a ", "{{c1::a}} "),
        *("$a ", "$$a ", "^a", "~a ", "~~a ", "> ", "|a", "```\n", "`{{c1::a ", "${{c1::{"),
        *("![a", "![](", "![a](a.png", "![\\[", "](![", "![a] "),
    ],
)
def test_long_texts_of_open_signs_take_no_time_that_grows_faster(part):
    """What looks from each opening sign to the end of 100,000 letters took half a minute for the quotes and the clozes."""
    letters = 50_000 if part in LONG else 20_000 if THOROUGH else 10_000

    def read(text):
        for kind in KINDS:
            to_html(kind(text)), to_plain(kind(text)), breaks.nodes(to_tree(kind(text)))
        list(clozes.deletions(text)), wording.unquoted(text)

    # Of whole parts, so that short and long texts end alike.
    assert in_a_straight_line(read, lambda parts: part * parts, letters // 16 // len(part))


def test_signs_nested_without_end_keep_their_words():
    text = Prose("*a " * 5000 + "a* " * 5000)
    assert Counter(to_plain(text)) == {"a": 10_000, " ": 9_999}
    assert to_html(text).count("<em>") == to_html(text).count("</em>") == markdown.DEEPEST
