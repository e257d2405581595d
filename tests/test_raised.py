"""What carets and tildes raise and lower, and where they may be signs of the author's own: two powers in one text, or “about”."""

from coursedeck.text import to_html
from coursedeck.text.unread import near_misses, unread
from coursedeck.texts import Prose, literal
from tables import with_each


def found_in(text):
    return [(each.code, each.message) for each in unread(Prose(text))]


@with_each(
    "text",
    [
        *("2^3·3^2·5", "kg·m^2·s^-2", "W·m^-2·K^-4", "10^3×10^4", "10^3–10^6", "10^9…10^10"),
        *("10^-3/10^-6", "x^2,y^2,z^2", "x^2;y^2", "x^2:y^2", "(x^2)(y^2)", "a^2−b^2", "x^2≤y^2"),
        *("2^10≈10^3", "n^2→m^2", "A^T·B^T", "x^2⋅y^2", "f^2'g^2", "e^iπ·e^iφ", "a^2∈b^2"),
        # No sign stands between these at all, or one that a number may hold.
        *("x^2y^2", "a^2b^3c^4", "m^2s^-2", "m^-2s^-1", "x^ay^b", "x^ny^-1", "10^3.10^4"),
        *("(1^2,2^2)", "1s^22s^22p^6", "x²^2·y^2", "C^V^X", "a^b^2", "^C/^V"),
        # What is shown with its signs, and faces.
        *("x^$n$^", "x^`n`^", "^_^", "(^_^)", "^-^", "^.^"),
    ],
)
def test_carets_that_may_be_two_powers_are_told_with_what_to_write(text):
    (found,) = unread(Prose(f"What is {text} here?"))
    assert found.code == "not-read"
    assert "what stands between the two carets is raised" in found.message
    assert "write x^2^·y^3^, or a formula between dollar signs" in found.hint


@with_each(
    ("text", "raised"),
    [
        *(("x^2^", "2"), ("x^2^·y^3^", "3"), ("2^3^·3^2^·5", "3"), ("(x^2^)(y^2^)", "2")),
        *(("10^−3^", "−3"), ("10^-3^ mol", "-3"), ("Ca^2+^", "2+"), ("SO~4~^2−^", "2−")),
        *(("H^+^/Na^+^", "+"), ("^+^NH~3~", "+"), ("R^•^ and R^+•^", "+•"), ("e^+∞^", "+∞")),
        *(("the 1^st^", "st"), ("n^th^-order", "th"), ("M^me^ X", "me"), ("Maj^ty^s", "ty")),
        *(("^14^C", "14"), ("^99m^Tc", "99m"), ("1^ला^ x", "ला"), ("1s^2^2s^2^2p^6^", "6")),
        *(("A^⊥^", "⊥"), ("f^∗^", "∗"), ("C^♯^", "♯"), ("C^7♭9^", "7♭9"), ("word^†^", "†")),
        # An operator within, where nothing of a power comes behind it, or where it is escaped.
        *(("x^n+1^ + y", "n+1"), ("x^1/2^.", "1/2"), ("word^1,2^", "1,2"), ("word^[1]^", "[1]")),
        (r"x^n\+1^y", "n+1"),
    ],
)
def test_a_power_a_charge_an_ordinal_or_a_mark_is_raised(text, raised):
    assert f"<sup>{raised}</sup>" in to_html(Prose(text))
    assert found_in(text) == []


@with_each(
    "text",
    [
        *("~10~20 km", "~5~10%", "5~10~15 km", "約~10~20人", "~10~ people", "~5m~10m"),
        *("嗨~你好~", "はい~どうぞ~", "안녕~반가워~", "ラーメン ~東京編~"),
        *("~/bin:~/x", "~5-~6", "~x&~y"),
    ],
)
def test_tildes_that_may_mean_about_or_nothing_are_told(text):
    ((code, message),) = found_in(f"What is {text}")
    assert code == "not-read"
    assert "what stands between the two tildes is lowered" in message


@with_each(
    "text",
    [
        *("H~2~O", "C~6~H~12~O~6~", "C~n~H~2n+2~", "a~n+1~", "x~1,2~", "(CH~2~)~3~", "~92~U"),
        *("log~2~8", "log~10~1000", "101~2~", "E~kin~", "E~кин~", "E~动~", "M~☉~", "v~∞~"),
        "^238^~92~U",
    ],
)
def test_an_index_is_lowered(text):
    assert "<sub>" in to_html(Prose(text))
    assert found_in(text) == []


@with_each(
    ("text", "said"),
    [
        *((">>> 1+1\n2", "put ``` on a line"), ("- >>> x = 1\n- >>> x", "put ``` on a line")),
        *(("1. >>> x", "put ``` on a line"), (">> twice", "> > for a quotation in another one")),
        *((">_<", "write \\>"), (">So it is.", "a blank behind"), ("> a\n>b", "a blank behind")),
    ],
)
def test_a_sign_that_makes_a_quotation_without_a_blank_is_told(text, said):
    every = unread(Prose(f"Which?\n\n{text}"))
    (found,) = (each for each in every if each.code != "joined-lines")
    assert said in found.hint


@with_each(
    "text", ["> a\n> b", "> a\n>\n> b", "> > a", r"\>>> x", "`>>> x`", "```\n>>> x\n```", "5>3"]
)
def test_a_quotation_with_a_blank_and_code_are_not_told(text):
    assert found_in(f"Which?\n\n{text}") == []


@with_each(
    "text",
    [
        *("a_1.png", "x_1.csv", "v_2.0", "CO_2.csv", "a_1@example.com", "me@a_1.example"),
        *("https://example.com/v_1.html", "example.org/x_1/", "访问https://example.com/p_1"),
        *(
            f"[page](https://example.com/{path})"
            for path in ("p_1", "~a/~b", "a^b^c", "a_(b)~c/~d", "*a*b", "c1::d")
        ),
        *("[mail](mailto:a_1@example.com)", "[漢](https://example.com/漢字《かんじ》)"),
    ],
)
def test_what_stands_in_addresses_and_names_of_files_is_not_told(text):
    assert found_in(f"Where is {text} found?") == []
    assert list(near_misses(Prose(text))) == []


@with_each("text", ["see CO_2.", "v_0. Then", "x_1/x_2", "[H_2O](https://a.b)"])
def test_what_is_shown_beside_them_still_is(text):
    ((code, message),) = found_in(text)
    assert code == "not-read"
    assert "shows its sign" in message


def test_an_address_that_would_be_shown_otherwise_than_written_is_told():
    for text in ("https://example.com/a^b^c", "https://example.com/~a/~b"):
        assert "</su" in to_html(Prose(text))
        ((code, _),) = found_in(text)
        assert code == "not-read"


@with_each("text", [r"\_word\_", r"\_x\_ and \_y\_", r"a \__b\__", r"\_leading to\_"])
def test_an_escaped_underscore_is_a_sign(text):
    assert to_html(Prose(text)) == text.replace("\\", "")
    assert found_in(text) == []


@with_each("sign", ["<!-- a -->", "<b>", "[sound:a.mp3]", "[latex]", "^a|b^c"])
def test_what_an_author_escaped_is_what_it_is(sign):
    assert found_in(f"Say {literal(sign)} now") == []
    assert found_in(f"Say {sign} now") != []
