"""What a person reads of many problems, and of long lines."""

from pathlib import Path

from coursedeck.problems import Problem, Span, as_text, so_many
from tables import with_each


def many(count, code="not-read"):
    return [Problem(Span("x.yaml", n), code, f"no {n}") for n in range(1, count + 1)]


def test_twenty_of_a_kind_stand_in_full_and_the_rest_is_a_count():
    lines = as_text([*many(23), *many(2, "formula")], Path())
    assert len(lines) == 20 + 2 + 1 + 1
    assert lines[-2] == "and 3 more [not-read]: `coursedeck check --format json` lists all"
    assert lines[-1].startswith("25 ")
    assert len(as_text(many(20), Path())) == 21


def laid_out(tmp_path, line, column, end):
    (tmp_path / "x.yaml").write_text(line, "utf-8")
    (text, _) = as_text([Problem(Span("x.yaml", 1, column, end), "not-read", "no")], tmp_path)
    return text.split("\n")[1:3]


def test_a_long_line_is_cut_around_the_place(tmp_path):
    for column in (1, 60, 150, 300, 596):
        line = "".join(f"{n:05} " for n in range(100))
        excerpt, mark = laid_out(tmp_path, line, column, column + 3)
        assert len(excerpt) <= 140
        at = mark.index("^")
        assert excerpt[at : at + 3] == line[column - 1 : column + 2]
        assert mark.count("^") == 3
        assert ("…" in excerpt[:12]) == (column > 100)
        assert excerpt.endswith("…") == (column < 500)


def test_a_mark_under_a_whole_long_line_ends_with_the_excerpt(tmp_path):
    excerpt, mark = laid_out(tmp_path, "x" * 100_000, 1, 100_001)
    assert len(mark) <= len(excerpt) <= 140


def test_a_short_line_stays_whole(tmp_path):
    assert laid_out(tmp_path, "\tshort  line", 2, 7) == ["    1 | \tshort  line", "      | \t^^^^^"]


@with_each(
    ("count", "words", "said"),
    [
        (0, ("note",), "0 notes"),
        (1, ("note",), "1 note"),
        (2, ("note",), "2 notes"),
        (1, ("file is", "files are"), "1 file is"),
        (3, ("file is", "files are"), "3 files are"),
    ],
)
def test_a_count_stands_before_the_word_that_it_asks_for(count, words, said):
    assert so_many(count, *words) == said


def test_the_mark_stands_under_its_place_where_signs_take_two_columns_or_none(tmp_path):
    excerpt, mark = laid_out(tmp_path, "ask: 駅はe\u0301 <b>駅</b>", 11, 15)
    before, marked = excerpt[: excerpt.index("<b>")], "^" * 5
    wide = sum(sign in "駅は" for sign in before)
    assert mark == "      | " + " " * (len(before) - 8 + wide - 1) + marked


def test_a_sign_that_would_command_a_terminal_is_shown_by_its_picture(tmp_path):
    excerpt, _ = laid_out(tmp_path, "a\x1b[31mred\x7f", 1, 2)
    assert excerpt == "    1 | a␛[31mred␡"


def test_what_a_message_quotes_and_a_hint_lists_is_cut_where_it_is_long():
    problem = Problem(
        Span("x.yaml"), "bad-value", f"“{'x' * 900}” is not a value of “lens”", "y, " * 300
    )
    told, _ = as_text([problem], Path())
    message, hint = told.split("\n")
    assert message == f"x.yaml:1:1: error: “{'x' * 80}…” is not a value of “lens” [bad-value]"
    assert len(hint) < 430
    assert hint.endswith("y…")


@with_each("end", ["\n", "\r\n", "\u2028", "\x85", "\n \n"])
def test_a_message_that_quotes_two_lines_stays_one(end):
    """Seen with a place of a claim that was broken over two lines of the YAML."""
    problem = Problem(Span("x.yaml"), "bad-place", f"“1{end}.2” is no place", f"1{end}.3")
    assert (problem.message, problem.hint) == ("“1 .2” is no place", "1 .3")


def test_a_place_can_be_opened_from_where_the_author_stands(tmp_path, monkeypatch):
    """Places were those within the course, which only a terminal in its folder could open."""
    (tmp_path / "c" / "modules").mkdir(parents=True)
    (tmp_path / "c" / "modules" / "x.yaml").write_bytes(b"a: b\n")
    (tmp_path / "away").mkdir()
    wrong = [Problem(Span("modules/x.yaml", 1, 4, 5), "not-read", "no")]
    for here, given in (
        *[(tmp_path, "c"), (tmp_path, "c/"), (tmp_path / "c", ".")],
        *[(tmp_path / "away", "../c"), (tmp_path / "away", str(tmp_path / "c"))],
    ):
        monkeypatch.chdir(here)
        (text, _) = as_text(wrong, Path(given))
        place, line, column, _ = text.partition(" ")[0].rsplit(":", 3)
        assert (line, column) == ("1", "4")
        assert Path(place).samefile(tmp_path / "c" / "modules" / "x.yaml")
        assert "a: b" in text
