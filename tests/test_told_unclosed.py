"""What an author is told of markup that does not close, crosses other markup, or is that of another form of Markdown."""

import pytest
from coursedeck.text import to_html
from coursedeck.texts import Line, Prose
from tables import with_each
from telling import block, told, told_of, with_told


@with_told(
    ("text", "column", "shown"),
    [
        *[("**Term:***definition*", 5, "“**Term:***”"), ("*a***b**", 5, "“*a***”")],
        *[("*foo **bar* baz**", 5, "“*foo **”"), ("**Hund* und *Katze**", 5, "“**Hund*”")],
        *[("Der **Hund* bellt.", 9, "“**Hund*”"), ("Die *Katze** da.", 9, "“*Katze**”")],
        *[("*Hund und **Katze*", 15, "“**Katze*”"), ("- a\n- so **b* c", 10, "“**b*”")],
        *[("a **b *c** d*", 7, "“**b *”"), ("***a** b", 5, "“***a**”")],
        *[("**the form *goed is none**", 5, "“**the form *”")],
        *[("~Amsel~~ singt", 5, "“~Amsel~~”"), ("~~Amsel~~~ singt", 5, "“~~Amsel~~~”")],
    ],
)
def test_stars_and_tildes_that_cross_touch_or_lack_a_partner_are_told(text, column, shown, found):
    ((_, at, code, message, hint),) = found
    assert (at, code) == (column, "not-read")
    assert f"{shown}: its " in message
    assert "do not pair up" in message
    assert "end words with as many" in hint


@with_told(
    "text",
    [
        *("***bold slanted***", "**bold with *slanted* inside**", "*slanted with **bold** in it*"),
        *("***a** b*", "***a* b**", "**a *b***", "*a **b***", "~~a *b*~~", "*a **b** c* **d**"),
        *(r"**Preis**\*", r"\**goed*", "H~2~O ~~and~~ CO~2~", "*2**3 = 8*", "**a**, *b*/**c**"),
        *("*a *b c* d*", "Der **Hund***, die **Katze*** (*Note)", "**Preis***\n\n* ohne Steuer"),
    ],
)
def test_stars_and_tildes_that_pair_up_are_not_told(text, found):
    assert "<" in to_html(Prose(text))
    assert found == []


@with_told(
    ("text", "column", "message", "hint"),
    [
        (
            "Das **Schwein grunzt.",
            9,
            "“**Schwein grunzt.”: nothing ends what these stars",
            "**words**",
        ),
        ("**Note: so it is", 5, "nothing ends what these stars", "\\*"),
        ("A **cat** and a **dog", 21, "“**dog”", "**words**"),
        ("~~Amsel~ singt", 5, "“~~Amsel”: nothing ends what these tildes", "~~words~~"),
        ("Er ~~sie singt", 8, "nothing ends what these tildes", "\\~"),
        ("Das `std::move tut", 9, "“`std::move”: nothing ends the code", "`code`"),
        ("`a` und `b", 13, "“`b”", "\\`"),
        ("Ein [Spatz(https://a.b)", 9, "looks like a link", "[words](https://address)"),
        ("[Spatz](https://a.b", 5, "lacks a bracket", "[words](https://address)"),
    ],
)
def test_what_begins_and_never_ends_is_told_where_it_stands(text, column, message, hint, found):
    ((_, at, code, said, advice),) = found
    assert (at, code) == (column, "not-read")
    assert message in said
    assert hint in advice


def test_signs_of_linguists_notes_and_programs_that_begin_nothing_stay_silent():
    texts = [
        *("**pəter", "the form **pəter is none", "**he go", "p<.01** and p<.05*", "2 ** 3"),
        *(
            "**Was?** f(**kwargs)",
            "**Was macht** **kwargs?",
            "x = **p",
            "Tax** is due",
            r"\**Ja",
        ),
        *(
            "~~ so",
            "はい~~",
            "好~~",
            "~~5",
            "\\~~so",
            "A ` here",
            "_, `, x",
            "~~x == x",
            r"\`Umar",
            "``quotes''",
            "`so'",
            "`so´",
            "`so’",
            "`so it is’, he said",
        ),
        *(
            "`Abd al-Rahman’s",
            "the `60s",
            "rock `n roll",
            "(`Umar)",
            "`em",
            "`ālim",
            "Hawai`i",
        ),
        *("- `Abd\n- `Umar", "die `68er", "`Twas", "Ka`ba"),
        *(
            "[see it (https://a.b)]",
            "[a](https://a.b) (https://c.d)",
            "[a] or (https://a.b)",
        ),
    ]
    assert told_of(texts) == {}


@with_told(
    ("text", "column", "message"),
    [
        ("What does `print do?", 15, "“`print”: learners see the backquote"),
        ("die `ulama sagen", 9, "“`ulama”"),
        ("so [[laughs]]", 8, "“[[laughs]]” looks like a link of a wiki"),
        ("[[lacht leise]]", 5, ""),
    ],
)
def test_signs_that_may_be_meant_as_they_are_shown_get_a_warning_alone(
    text, column, message, found
):
    ((_, at, code, said, _),) = found
    assert (at, code) == (column, "lone-sign")
    assert message in said


@pytest.mark.parametrize("text", ["so [[Lemma x_1]]", "[[H_2O]]", "a [[b^2 c]]"])
def test_an_index_or_a_power_within_a_link_of_a_wiki_is_told_with_it(text):
    ((*_, said, _),) = told(block("ask", text))
    assert "looks like a link of a wiki" in said


@with_told("text", ["`getName tut", "`x1 ist", "`a_b ist", "`f(x)", "`--all"])
def test_a_backquote_before_a_name_of_a_program_is_an_error(text, found):
    ((*_, code, said, _),) = found
    assert code == "not-read"
    assert "nothing ends the code" in said


def test_who_is_told_of_a_lone_backquote_beside_code_hears_what_stands_for_an_apostrophe():
    ((*_, said, hint),) = told(block("ask", "A `b` in the `60s"))
    assert "“`60s”: nothing ends the code" in said
    assert "’ for an apostrophe" in hint


@with_told(
    ("text", "column"),
    [
        ("the `60s and `70s", 9),
        ("`Abd al-Rahman and `Umar and `Ali", 5),
        ("Hawai`i and Kaua`i", 10),
        ("Ka`ba and Ta`if", 7),
        ("l` ami et l` amie", 6),
        ("``quotes'' and ``more''", 5),
        ("“`Abd” and “`Umar”", 6),
    ],
)
def test_code_between_two_backquotes_that_are_apostrophes_is_told_once(text, column, found):
    ((_, at, code, said, hint),) = found
    assert (at, code) == (column, "not-read")
    assert "is code here" in said
    assert "\\`" in hint


def test_code_beside_letters_that_was_meant_as_such_stays_silent():
    texts = [
        "`git add`s",
        "用`git add x`来",
        "`a b`는",
        "`` `x` ``",
        "`$ ` and `a `",
        "`a `, b",
        "{`a b`}",
        "«`a b`»",
    ]
    assert told_of(texts) == {}


@with_told(
    ("text", "message", "hint"),
    [
        ("*un*happy", "a star beside a letter or bracket is a star", "write **letters**"),
        ("*un-*happy", "a star beside a letter", "the sign beside them outside of the stars"),
        ("**„Faust“**und **so", "stars beside a letter or bracket are stars", "put a blank"),
        ("**Ja!**Nein, **so** es", "make nothing strong", "put a blank"),
    ],
)
def test_stars_at_the_edge_of_a_word_are_told_once_with_what_differs_from_what_stands_there(
    text, message, hint, found
):
    ((_, column, _, said, advice),) = found
    assert column == 5
    assert message in said
    assert hint in advice


@with_told(
    "text",
    [
        *("Say $x, or about US$ 5.", "$HOME; US$ too", "Say $x, or A$ 5", "so $y (NZ$)"),
        "US$ 5, HK$ 6 and $7",
    ],
)
def test_the_dollar_of_a_country_ends_no_formula(text, found):
    assert to_html(Line(text)) == text
    assert found == []


def test_letters_of_a_country_may_end_a_formula_all_the_same():
    html = r"\(x \in R\), \(A\), \(US\), \(x = A\) 5"
    assert to_html(Line(r"$x \in R$, $A$, $US$, $x = A$ 5")) == html


@with_each(
    "formula",
    [
        *(r"AC = CA", r"x \in US", r"A \cdot CA", r"U + US"),
        *(r"x \in S", r"a \cup A", r"x^2 S", r"B, C", r"n S"),
    ],
)
def test_letters_that_are_those_of_a_country_end_a_formula_before_a_number_too(formula):
    assert to_html(Line(f"If ${formula}$ 5 times")) == rf"If \({formula}\) 5 times"


@pytest.mark.parametrize("formula", ["AC, CA", "A, B; US", "ABC, CA"])
def test_names_of_capitals_are_a_formula_though_the_last_is_that_of_a_country(formula):
    assert to_html(Line(f"The sides ${formula}$ are")) == rf"The sides \({formula}\) are"


@pytest.mark.parametrize("text", ["for $AC, CA$ 5", "$HOME, US$ too", "a $x, CA$ or"])
def test_the_dollar_of_a_country_ends_no_formula_before_a_number_or_behind_other_words(text):
    assert to_html(Line(text)) == text


@pytest.mark.parametrize("text", ["A$5 oder A$ 10", "Costs $5, A$ 10", "US$5, HK$ 6"])
def test_an_amount_with_a_digit_right_behind_its_sign_begins_no_formula(text):
    assert to_html(Line(text)) == text


@with_told(
    ("text", "hint"),
    [
        *[("a ==mark== b", "**words**"), ("a ++neu++ b", "\\+"), ("[b]fett[/b]", "**strong**")],
        *[("[url=a.b]c[/url]", "https"), ("[[Link]] a", "\\["), ("A note^[in line]", "more")],
    ],
)
def test_markup_of_forums_wikis_and_other_markdown_is_told(text, hint, found):
    ((_, _, code, _, said),) = found
    assert code == "not-read"
    assert hint in said


def test_the_same_signs_in_programs_and_phonetics_are_not_told():
    texts = [
        *("a == b == c", "a==b==c", "=== a ===", "++i and j++", "C++ and C++", "i++; ++j"),
        *("[b] and [p], /b/", "a[[i]]", "[[1, 2], [3, 4]]", "if [[ -f x ]]", "^[a-z]+$"),
        *("`==a==`", r"\[[Link]]", "x^[ab]+"),
    ]
    assert told_of(texts) == {}


@pytest.mark.parametrize("text", [r"*Lehrer\*innen* sind da", r"a *x\*y* b", r"**Ärzt\*innen**"])
def test_a_star_that_is_meant_as_such_ends_nothing_within_slanted_words(text):
    assert told(block("ask", text)) == []


def test_beside_a_star_that_is_meant_as_such_words_are_told_as_they_stand():
    ((_, _, _, said, _),) = told(block("ask", r"a\* *un*happy"))
    assert "“*un*”" in said
