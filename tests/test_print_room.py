"""What is taken for lower than a page by its letters alone, and is never laid out for it, is lower than a page."""

import pytest
from conftest import SAUERTEIG
from coursedeck.load import load
from coursedeck.outputs import breaks, pagedata, typeset, typesetter

# Texts that take much room for their letters, each made longer and longer; what many templates put around them.
TEXTS = (
    '"word " * n',
    '"Donaudampfschifffahrtsgesellschaftskapitän " * n',
    '"WICHTIG! " * n',
    '"M" * n',
    '("M" * 12 + " ") * n',
    '("M" * 19 + " ") * n',
    '"VERANTWORTUNGEN " * n',
    '"VERANTWORTUNGSBEREITSCHAFT " * n',
    '"— " * n',
    '"组织学习。" * n',
    '"ア" * n',
    '"Ж" * n',
    '"تعلم " * n',
    "range(n).map(_ => [Ja. #parbreak()]).join()",
    "range(n).map(_ => [Ja. #linebreak()]).join()",
    'list(..("Ja",) * n)',
    'enum(..("Ja " * 20,) * n)',
    "list(..([Ja #list([Nein], [Doch])],) * n)",
    "range(n).map(_ => block(above: 9mm, strong[Ja])).join()",
    "range(n).map(_ => [Ja] + v(4mm)).join()",
    "range(n).map(_ => heading(level: 3)[Ja]).join()",
    "range(n).map(_ => quote(block: true)[Ja]).join()",
    "range(n).map(_ => box(emph[Ja und ]) + super[2]).join()",
    "range(n).map(_ => [#context [Ein Titel von Worten Seite~12; ]<few-words>]).join()",
)
MOST = """
    let width = {width}
    let most(text-of) = {{
        let (told, asked) = (0, 1)
        while surely-lower(text-of(asked), width) {{ (told, asked) = (asked, 2 * asked) }}
        while asked - told > 1 {{
            let middle = calc.quo(told + asked, 2)
            if surely-lower(text-of(middle), width) {{ told = middle }} else {{ asked = middle }}
        }}
        told
    }}
"""


@pytest.fixture(scope="module")
def data():
    course, _ = load(SAUERTEIG)
    return breaks.page(pagedata.base(course))


def said(data, body):
    """What Typst says to a page of this body: the message with which it stops, or nothing."""
    names = "surely-lower, over-a-page, text-height, measure-of-text, serif"
    call = f'{{ import "/parts/style.typ": {names}; set document(title: "x"); set text(font: serif, lang: "de"); {body} }}'
    document = typesetter.Document("x.pdf", call)
    batch = typesetter.Batch(
        "calibration", typeset.as_json(data), "2026-01-01", ("a4",), (document,)
    )
    (result,) = typesetter.compiled(batch)
    return result.message if isinstance(result, typesetter.Failure) else ""


@pytest.mark.parametrize("zoom", [1, 18 / 10.5], ids=["usual", "large"])
@pytest.mark.parametrize("width", ["measure-of-text", "126mm / data.zoom"])
def test_what_its_letters_tell_to_be_lower_than_a_page_is(data, width, zoom):
    """The longest of each kind that is not laid out to see, in the largest letters that texts have."""
    tries = "".join(
        f"{{ let text-of(n) = {text}; let n = most(text-of);"
        "let high = measure(text-of(n), width: width).height;"
        f"assert(n > 0 and high <= text-height, message: repr(({at}, n, high, text-height))) }}\n"
        for at, text in enumerate(TEXTS)
    )
    body = f"""
        import "/parts/data.typ": data
        set text(size: 11.5pt)
        set par(leading: 0.66em, spacing: 0.95em)
        context {{ {MOST.format(width=width)} {tries} }}
        [= x]
    """
    assert said(data | {"zoom": zoom}, body) == ""


@pytest.mark.parametrize(
    "high",
    [
        "block(height: 300mm)[Ja]",
        "box(height: 300mm)[Ja]",
        "rect(height: 300mm)",
        "context block(height: 300mm)",
        "layout(_ => block(height: 300mm))",
        "table(rows: 300mm)[Ja]",
        "[Ja #box(grid(rows: (150mm, 150mm)))]",
        "v(150mm) + [Ja] + v(150mm)",
    ],
)
def test_what_is_higher_than_its_letters_is_found_to_be(data, high):
    """What holds more than words is laid out to see."""
    body = f"[= x]; context assert(over-a-page({high}, measure-of-text))"
    assert said(data, body) == ""
