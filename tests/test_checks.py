"""Checks against borders that a wrong course does not show."""

import pytest
from conftest import SAUERTEIG
from coursedeck.load import assemble, load
from coursedeck.model import VERSION
from coursedeck.pictures import letters
from coursedeck.problems import Refusal
from coursedeck.published.release import numbers
from coursedeck.source.files import read_files
from tables import with_each

CONCEPT = """  - id: ruhe
    name: Ruhe
    definition: Der Teig ruht.
    why: Darum.
    example: So.
    confidence: {level}
    sources: [backbuch]
    objectives: [t-pruefen]
"""


def problems(level, bar):
    """What is said of a course with this bar, where a concept of this confidence has no card."""
    files = read_files(SAUERTEIG)
    files["course.yaml"] += f"thresholds: {{confidence: {bar}}}\n".encode()
    files["modules/texte.yaml"] += b"concepts:\n" + CONCEPT.format(level=level).encode()
    return [(p.code, p.message) for p in assemble(files)[1]]


@pytest.mark.parametrize(
    ("bar", "levels"),
    [
        ("confirmed", {"confirmed"}),
        ("reported", {"confirmed", "reported"}),
        ("unverified", {"confirmed", "reported", "unverified"}),
    ],
)
@pytest.mark.parametrize("level", ["confirmed", "reported", "unverified"])
def test_a_concept_as_sure_as_the_course_asks_for_or_surer_needs_cards(level, bar, levels):
    missing = ("few-lenses", "“ruhe” is asked through 0 lenses, fewer than 2")
    assert (missing in problems(level, bar)) == (level in levels)


VERSIONS = {
    "1.4.0": True,
    "0.0.0": True,
    "10.20.30": True,
    "00.03.01": False,
    "1.04.0": False,
    "1.4": False,
    "v1.4.0": False,
    "１.4.0": False,
    "1.4.٠": False,
    "1.4.0-rc1": False,
    "1.4." + "9" * 5000: False,
}


@pytest.mark.parametrize("version", VERSIONS)
def test_check_and_release_agree_on_what_a_version_is(version):
    files = read_files(SAUERTEIG)
    line = f"version: '{version}'".encode()
    files["course.yaml"] = files["course.yaml"].replace(b"version: 0.3.1", line)
    sound = "bad-version" not in [problem.code for problem in assemble(files)[1]]
    assert sound == VERSIONS[version] == bool(VERSION.fullmatch(version))
    if not sound:
        with pytest.raises(Refusal, match="is no version"):
            numbers(version)


@pytest.mark.parametrize(
    ("size", "text", "told"),
    [
        (17, "", []),
        (16, "", ["small-letters"]),
        (13, "![Ein Glas](glas.svg)", []),
        (12, "![Ein Glas](glas.svg)", ["small-letters"]),
    ],
)
def test_letters_of_a_drawing_are_at_least_seven_points_high_where_print_shows_it(size, text, told):
    """As the figure of a question, or in a text, where this one is larger."""
    files = read_files(SAUERTEIG)
    files["media/glas.svg"] = files["media/glas.svg"].replace(b'"18"', f'"{size}"'.encode())
    if text:
        module = files["modules/grundlagen.yaml"].decode()
        module = module[: module.index("      - id: glas\n")] + "essays: []\n"
        module = module.replace("summary: Was im Teig geschieht.", f'summary: "{text}"')
        files["modules/grundlagen.yaml"] = module.encode()
    assert [p.code for p in assemble(files)[1]] == told


@with_each(
    ("drawing", "across"),
    [
        ('<text font-size="8">', 60),
        ('<text style="font-size: 8px;">', 60),
        ("<style>text{font-size:8}</style><text>", 60),
        ('<g transform="translate(3)"><text font-size="8">', 60),
        ("<text>", 30),
        ('<text font-size="8pt">', 0),
        ('<text font-size="1.5em">', 0),
        ('<text style="font: 8px serif">', 0),
        ('<g transform="scale(3)"><text font-size="8">', 0),
        ('<rect width="8"/>', 0),
    ],
)
def test_of_letters_whose_size_a_number_alone_does_not_tell_nothing_is_said(drawing, across):
    assert letters(drawing, 480) == across


def test_a_figure_of_a_concept_is_used_without_a_card(course_folder):
    module = course_folder / "modules" / "grundlagen.yaml"
    text = module.read_text("utf-8")
    card = text.index("      - id: glas\n")
    module.write_text(text[:card], "utf-8")
    assert [p.code for p in load(course_folder)[1]] == ["unused-media"]
    named = text[:card].replace("    cards:\n", "    figure: glas.svg\n    cards:\n", 1)
    module.write_text(named, "utf-8")
    course, problems = load(course_folder)
    assert problems == []
    assert [str(i) for i in course.modules[0].concepts[0].images()] == ["glas.svg"]


BARE = {"course.yaml": b"title: Bread\nid: bread\n"}


def bare(**files):
    """What is told of a course with these files and no card."""
    given = {f"{path}.yaml": text.encode() for path, text in files.items()}
    return [problem.code for problem in assemble(BARE | given)[1]]


def test_a_course_without_a_card_is_told_so_whether_its_folder_is_empty_or_its_modules():
    """It had “nothing to mend”, and its packages no note, such as where modules/ had another name."""
    assert bare() == ["no-cards"]
    assert bare(**{"modules/one": "title: One\n"}) == ["no-cards"]
    assert bare(**{"modules/one": "title: One\ncards: []\n"}) == ["no-cards"]
    assert [p.code for p in assemble({"b.yaml": b"title: B\nid: b\ncards: []\n"})[1]] == [
        "no-cards"
    ]


def test_a_course_that_is_printed_needs_no_card():
    tool = "tools:\n  - {id: t, title: T, module: one, about: A., squares: 5}\n"
    assert bare(**{"modules/one": "title: One\nsummary: Bread rises.\n"}) == []
    assert bare(**{"modules/one": "title: One\n", "tools": tool}) == []


def test_what_keeps_a_course_from_having_cards_is_told_alone():
    assert "no-cards" not in bare(
        **{"modules/one": "title: One\ncards:\n  - {id: a, ask: What?}\n"}
    )
    assert bare(**{"module/one": "title: One\ncards: []\n"}) == ["near-file"]


def twice(one, other):
    """Where it is told that modules of these names have the same card, and what is to be done."""
    text = "title: {}\ncards: [{{id: a, ask: What rises?, answer: Bread.}}]\n"
    made = {f"modules/{name}.yaml": text.format(n).encode() for n, name in enumerate((one, other))}
    every = assemble(BARE | dict(sorted(made.items())))[1]
    found = [problem for problem in every if problem.code == "duplicate-id"]
    return [(problem.span.path[8:-5], "copy" in problem.hint) for problem in found]


COPIES = ("acids-copy", "acids (1)", "acids copy", "acids_2", "Kopie von acids", "acids-and-bases")


def test_of_a_module_and_its_copy_the_copy_is_told():
    """Its files come first in the order of letters, and the original would have got other ids than learners have."""
    assert {copy: twice("acids", copy) for copy in COPIES} == {c: [(c, True)] for c in COPIES}


def test_of_the_deck_of_a_module_and_that_of_its_copy_the_copy_is_told():
    files = {f"modules/{name}.yaml": b"title: Acids\n" for name in ("acids-copy", "acids", "bases")}
    found = [p.span.path for p in assemble(BARE | files)[1] if p.code == "deck-name"]
    assert found == ["modules/acids-copy.yaml", "modules/bases.yaml"]


def test_of_two_modules_of_which_none_is_called_as_a_copy_the_second_is_told():
    assert twice("acids", "bases") == [("bases", False)]
    assert twice("text-1", "text-10") == [("text-10", False)]
    assert twice("a", "banana") == [("banana", False)]
