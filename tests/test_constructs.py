"""What an author may write in a text, as the real Anki shows it and as it stands on paper: a card for each line of the table in
docs/format.md, and for what must stay as it is.
"""

import shutil

import pytest
from conftest import SAUERTEIG, run
from learner import Learner
from print_reading import squeezed, text

pytestmark = pytest.mark.slow

# What is written; what Anki's card holds; what the page says (blanks do not count).
CONSTRUCTS = {
    "slanted": ("Was ist *hier*?", "Was ist <em>hier</em>?", "Was ist hier?"),
    "strong": ("Was ist **hier**?", "<strong>hier</strong>", "Was ist hier?"),
    "struck": ("Was ist ~~dort~~ hier?", "<s>dort</s> hier", "Was ist dort hier?"),
    "lowered": ("Was ist H~2~O?", "H<sub>2</sub>O", "Was ist H2O?"),
    "raised": ("Was ist x^2^?", "x<sup>2</sup>", "Was ist x2?"),
    "code in a line": ("Was heißt `a_b*c*`?", "<code>a_b*c*</code>", "Was heißt a_b*c*?"),
    "a formula": ("Was ist $x^2 < 1$?", r"\(x^2 &lt; 1\)", "Was ist"),
    "a formula alone": ("Was?\n\n$$\\int_0^1 x\\,dx$$", r"\[\int_0^1 x\,dx\]", "Was?"),
    "chemistry": (r"Was ist $\ce{H2O}$?", r"\(\ce{H2O}\)", "Was ist"),
    "amounts": ("Was kostet $5 oder $10?", "kostet $5 oder $10?", "Was kostet $5 oder $10?"),
    "a table": (
        "Welche Zeile?\n\n| Mehl | Wasser |\n|---|--:|\n| zwei | drei |",
        "<td>zwei</td>",
        "MehlWasserzweidrei",
    ),
    "a quotation": ("Wer sagt das?\n\n> So ist es.", "<blockquote>", "So ist es."),
    "a list": ("Welches?\n\n- eins\n- zwei", "<li>zwei</li>", "eins"),
    "code": (
        'Was tut es?\n\n```python\nfor i in "ab":\n    print(i)\n```',
        '<span class="word">for</span> i <span class="word">in</span>',
        'for i in "ab":print(i)',
    ),
    "code with a tab and a long line": (
        "Was tut das?\n\n```make\nall:\n\tcc -o brot brot.c teig.c ofen.c mehl.c wasser.c salz.c hefe.c kruste.c\n```",
        "    cc -o brot",
        "cc -o brot brot.c teig.c ofen.c mehl.c wasser.c salz.c hefe.c kruste.c",
    ),
    "code with signs of Anki": (
        "Was steht da?\n\n```\n{{c1::x}} [sound:y]\n```",
        "{&#123;c1::x}} &#91;sound:y]",
        "{{c1::x}}[sound:y]",
    ),
    "an ordinal": (
        "3. Oktober 1990: was war?",
        "3. Oktober 1990: was",
        "3. Oktober 1990: was war?",
    ),
    "a name": (
        "Was ist __init__ und my_var?",
        "__init__ und my_var",
        "Was ist __init__ und my_var?",
    ),
    "escaped signs": (r"Was ist 2\*3\*4 \$ \<b>?", "2*3*4 $ &lt;b&gt;", "Was ist 2*3*4 $ <b>?"),
    "stars in words": (
        "Was ist x*y*z und 2**3**4?",
        "x*y*z und 2**3**4",
        "Was ist x*y*z und 2**3**4?",
    ),
    "letters of a word": ("Was heißt geh**st**?", "geh<strong>st</strong>?", "Was heißt gehst?"),
    "variables": ("Was ist $HOME:$PATH?", "Was ist $HOME:$PATH?", "Was ist $HOME:$PATH?"),
    "a reaction": (
        r"Was ist $\ce{N2 + 3 H2 <=>[Fe][450 °C] 2 NH3}$?",
        r"\(\ce{N2 + 3 H2 &lt;=&gt;[Fe][450 °C] 2 NH3}\)",
        "Was ist",
    ),
    "one line with a dash": (
        "- fünf Grad: was ist das?",
        "- fünf Grad",
        "- fünf Grad: was ist das?",
    ),
    "braces": ("Was ist {{ page.title }}?", "{{ page.title }}", "Was ist {{ page.title }}?"),
}
CLOZES = {
    "a deletion in a formula": (
        r"Es gilt $a^2 + {{c1::\frac{1}{2}}} = c^2$.",
        r"\(a^2 + [...] = c^2\)",
        r"\frac{1}{2",
    ),
    "a deletion in braces of a formula": (
        r"Es gilt $\frac{a}{{{c1::b}}}$ hier.",
        r"\(\frac{a}{[...]}\)",
        r"\frac{a}{",
    ),
    "a deletion in code": (
        "So geht es:\n\n```python cloze\nfor {{c1::i}} in n:\n```",
        '<span class="cloze" data-cloze="i" data-ordinal="1">[...]</span>',
        '<span class="cloze" data-ordinal="1">i</span>',
    ),
    "two colons in a deletion": (
        "In C++ heißt es {{c1::`std::vector`}}.",
        ">[...]</span>",
        "<code>std:&#58;vector</code>",
    ),
    "escaped colons": (r"In C++ heißt es {{c1::std\:\:set}}.", ">[...]</span>", "std:&#58;set"),
    "colons that end a deletion": (
        "In C++ heißt es {{c1::std::map::}}.",
        ">[...]</span>",
        "std:&#58;map",
    ),
    "braces in a deletion": (
        "In TeX steht {{c1::f{x}}} hier.",
        "steht <span",
        "f{x&#125;</span> hier",
    ),
    "a hint beside an amount": ("Für $5 gibt es {{c1::Brot::Ware}}.", "[Ware]", ">Brot</span>"),
    "a hint": ("Es heißt {{c1::Sauer::Geschmack}}.", "[Geschmack]", ">Sauer</span>"),
    "braces that are none": (
        "In Jinja steht ``{{c2::x}}`` für {{c1::eine Lücke}}.",
        "<code>{&#123;c2::x}}</code>",
        "eine Lücke",
    ),
}


def indented(words):
    return "\n".join(f"          {line}".rstrip() for line in words.split("\n"))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The small course with a card for each construct, built, printed and imported: a learner and the words on paper."""
    folder = tmp_path_factory.mktemp("constructs")
    shutil.copytree(SAUERTEIG, folder / "course")
    file = folder / "course" / "modules" / "grundlagen.yaml"
    cards = [
        f"      - id: frage-{n}\n        lens: part\n        ask: |-\n{indented(words)}\n        answer: Antwort {n}\n"
        for n, (words, *_) in enumerate(CONSTRUCTS.values())
    ] + [
        f"      - id: luecke-{n}\n        lens: part\n        cloze: |-\n{indented(words)}\n"
        for n, (words, *_) in enumerate(CLOZES.values())
    ]
    before, mark, after = file.read_text("utf-8").partition("      - id: glas\n")
    file.write_text(before + "".join(cards) + mark + after, "utf-8")
    run("build", folder / "course", "--out", folder / "out")
    learner = Learner(folder / "anki")
    assert learner.imports(folder / "out" / "sauerteig.apkg")["new"] > len(cards)
    page = text((folder / "out" / "print" / "a4" / "worksheets" / "grundlagen.pdf").read_bytes())
    yield learner, page
    learner.col.close()


def card(learner, id_):
    (found,) = learner.col.find_cards(f"Id:{id_}")
    found = learner.col.get_card(found)
    return found.question(), found.answer()


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_construct_is_on_the_card_and_on_paper_what_it_says(built, name):
    learner, page = built
    _, shown, printed = CONSTRUCTS[name]
    front, _ = card(learner, f"frage-{list(CONSTRUCTS).index(name)}")
    assert shown in front
    assert squeezed(printed) in squeezed(page)


@pytest.mark.parametrize("name", CLOZES)
def test_a_deletion_hides_in_anki_just_what_it_holds(built, name):
    learner, _ = built
    _, front, back = CLOZES[name]
    asked, answered = card(learner, f"luecke-{list(CLOZES).index(name)}")
    assert front in asked
    assert back in answered


def test_neither_import_nor_check_database_makes_a_card_of_what_only_looks_like_a_deletion(built):
    learner, _ = built
    of_clozes = "SELECT count() FROM cards JOIN notes ON nid = notes.id WHERE flds LIKE '%luecke-%'"
    assert learner.rows(of_clozes) == [[len(CLOZES)]]
    learner.col.fix_integrity()
    assert learner.rows(of_clozes) == [[len(CLOZES)]]
