"""The command line: how it ends, and what its commands print for people and for programs."""

import errno
import importlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import typing
from pathlib import Path

import click
import pytest
from conftest import ROOT, SAUERTEIG, WORKSHOP, run, some
from coursedeck import notes, terminal
from coursedeck.checks.rules import RULES
from coursedeck.cli import main
from coursedeck.kinds.base import Lens
from coursedeck.load import load
from coursedeck.problems import Refusal


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A temporary folder of our own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def broken(monkeypatch, error):
    """Put a fault into the program, below the command `list`. What that leans on is imported first, or it would keep the fault."""
    importlib.import_module("coursedeck.build")

    def notes_of(course):
        raise error

    monkeypatch.setattr(notes, "notes_of", notes_of)


@pytest.mark.slow
@pytest.mark.parametrize(("set_to", "coloured"), [(None, True), ("", True), ("1", False)])
def test_a_terminal_has_colours_unless_the_user_wants_none(set_to, coloured):
    asked = "import sys; from coursedeck.terminal import in_colour; sys.exit(in_colour())"
    environment = {name: said for name, said in os.environ.items() if name != "NO_COLOR"}
    environment |= {} if set_to is None else {"NO_COLOR": set_to}
    ours, theirs = os.openpty()
    ended = subprocess.run(
        [sys.executable, "-c", asked], stdout=theirs, env=environment, check=False
    )
    os.close(theirs)
    os.close(ours)
    assert ended.returncode == coloured


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "offered"), [("coursedeck prev", "preview"), ("coursedeck check --fo", "--format")]
)
def test_the_tab_key_completes_commands_and_options(typed, offered):
    asked = {
        "_COURSEDECK_COMPLETE": "bash_complete",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(typed.count(" ")),
    }
    program = Path(sys.executable).with_name("coursedeck")
    said = subprocess.run(
        [program], env=os.environ | asked, capture_output=True, text=True, check=True
    )
    assert said.stdout == f"plain,{offered}\n"


@pytest.mark.parametrize(
    "error", [ValueError("zip() argument 2 is shorter"), KeyError("x"), RuntimeError("typst")]
)
def test_a_bug_is_one_sentence_that_names_a_file_and_never_the_authors_fault(
    temporary, monkeypatch, error
):
    broken(monkeypatch, error)
    said = run("list", SAUERTEIG, code=70).stderr
    (report,) = temporary.iterdir()
    assert said == (
        "Error: this is a bug of coursedeck, not of your course; "
        f"please report it with what stands in {report}\n"
    )
    assert f"{type(error).__name__}: " in report.read_text("utf-8")
    assert "Traceback" in report.read_text("utf-8")


def test_a_bug_is_told_where_no_report_can_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    broken(monkeypatch, ValueError())
    said = run("list", SAUERTEIG, code=70).stderr
    assert "a bug of coursedeck" in said
    assert "ValueError" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refusal("this cannot be"), "this cannot be"),
        (OSError(errno.ENOSPC, "No space left"), "No space left"),
        (PermissionError(errno.EACCES, "Permission denied", "a.yaml"), "a.yaml: Permission denied"),
        (OSError(errno.EXDEV, "Cross-device link", b"a", None, "b"), "b: Cross-device link"),
        (OSError("without a number"), "without a number"),
    ],
)
def test_a_refusal_and_a_file_that_cannot_be_written_are_no_bugs(
    temporary, monkeypatch, error, said
):
    broken(monkeypatch, error)
    assert run("list", SAUERTEIG, code=1).stderr == f"Error: {said}\n"
    assert not list(temporary.iterdir())


@pytest.mark.slow
def test_without_pyyamls_c_parser_no_command_guesses():
    """Its parser in Python says other things of wrong files."""
    code = (
        "import yaml; yaml.__with_libyaml__ = False; del yaml.CBaseLoader; "
        f"from coursedeck.cli import main; main(['check', {str(SAUERTEIG)!r}])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: PyYAML is installed without its C parser")


ROOMS = ("looking", "making", "printing", "publishing", "writing")
COMMAND_LINE = {"cli", "options", "program", "terminal", "commands", "late"}


def loaded(*arguments):
    """All modules that a command imports."""
    code = (
        "import sys; from coursedeck.cli import main; main(sys.argv[1:], standalone_mode=False); "
        "print(*sys.modules)"
    )
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return set(done.stdout.splitlines()[-1].split())


def imported(*arguments):
    """The modules of the program among them."""
    names = loaded(*arguments)
    return {n.removeprefix("coursedeck.") for n in names if n.startswith("coursedeck.")}


def test_the_program_has_every_command_of_its_rooms():
    held = [
        each
        for room in ROOMS
        for each in vars(importlib.import_module(f"coursedeck.commands.{room}")).values()
        if isinstance(each, click.Command)
    ]
    within = [
        each for group in held if isinstance(group, click.Group) for each in group.commands.values()
    ]
    assert sorted(each.name for each in held if each not in within) == main.list_commands(None)


@pytest.mark.slow
def test_help_and_version_import_nothing_but_the_command_line():
    assert imported("--help") == COMMAND_LINE | {f"commands.{room}" for room in ROOMS}
    assert imported("--version") == {"cli", "program"}


@pytest.mark.slow
def test_a_build_with_nothing_to_do_imports_only_what_tells_it_so(course_folder, tmp_path):
    build = ("build", course_folder, "--out", tmp_path / "out", "--only", "anki")
    assert "model" in imported(*build)
    own = {"commands.making", "uptodate", "cache", "source", "source.files"}
    assert imported(*build) == COMMAND_LINE | own


# What takes long to load, and only some courses need: for slips, fields from Anki, drawings, pages, newer packages, and git.
RARE = {
    *("difflib", "html.parser", "xml.etree.ElementTree", "markdown_it", "PIL", "typst"),
    *("genanki", "ziamath", "backports.zstd", "subprocess"),
}


@pytest.mark.slow
def test_to_check_plain_cards_loads_nothing_that_few_courses_need(tmp_path):
    course = tmp_path / "plain.yaml"
    course.write_text("title: T\ncards:\n- {id: a, ask: Who?, answer: Me}\n", "utf-8")
    assert loaded("check", course) & RARE == set()


@pytest.mark.slow
def test_a_reader_who_stops_early_is_no_bug(tmp_path):
    """As in `coursedeck list | head -1`."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "list", str(SAUERTEIG)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()
    assert not list(tmp_path.iterdir())


def told(*arguments, prelude="", **streams):
    """What becomes of a command in a process of its own, with its own streams: exit code, output, errors."""
    code = f"{prelude}\nfrom coursedeck.cli import main; main()"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    done = subprocess.run(command, check=False, **streams)
    return done.returncode, done.stdout or b"", (done.stderr or b"").decode(errors="replace")


EACH = """
import os, sys
import coursedeck.build, coursedeck.edits, coursedeck.outputs.apkg, coursedeck.published.diff
from coursedeck.cli import main
out, err, end, *commands = sys.argv[1:]
for number, command in enumerate(commands):
    if not (child := os.fork()):
        sys.argv[1:] = command.split("\\x1f")
        for stream, path in ((1, out), (2, err)):
            if path:
                opened = os.open(path.replace("#", str(number)), os.O_WRONLY | os.O_CREAT)
                os.dup2(opened, stream)
                os.close(opened)
        main()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with open(end.replace("#", str(number)), "w") as file:
        file.write(str(code))
"""


def each_told(commands, folder, out="#.out", err="#.err", **streams):
    """What becomes of each of these commands: exit code, output, errors. Each has a process that ends as any does, but is forked of
    one that has imported what all of them need. Output and errors go to files of `folder` or where it is said, if anywhere.
    """
    folder.mkdir()
    places = [str(folder / each) if each else "" for each in (out, err, "#.code")]
    given = ["\x1f".join(map(str, command)) for command in commands]
    subprocess.run([sys.executable, "-c", EACH, *places, *given], check=True, **streams)

    def held(number, ending):
        file = folder / f"{number}.{ending}"
        return file.read_bytes() if file.exists() else b""

    for number, command in enumerate(commands):
        wrong = held(number, "err").decode(errors="replace")
        yield command, int(held(number, "code")), held(number, "out"), wrong


@pytest.fixture
def polish(tmp_path):
    """A course whose words no code page of Western Europe has."""
    path = tmp_path / "course" / "cards.yaml"
    path.parent.mkdir()
    words = "title: Łódź\nid: lodz\ncards: [{id: a, ask: Was heißt Łódź 🙂 auf Deutsch?, answer: Boot}]\n"
    path.write_text(words, "utf-8")
    return path


def every_command(course, out):
    return [
        ("--help",),
        ("--version",),
        ("check", course, "--only", "anki"),
        ("check", course, "--only", "anki", "--format", "json"),
        ("build", course, "--out", out, "--only", "anki"),
        ("diff", course, "--out", out),
        ("list", course),
        ("list", course, "--json"),
        ("list", course, "--why"),
        ("coverage", course),
        ("explain", "not-read"),
        ("rules",),
        ("schema", "cards"),
        ("ledger", course, "--out", out),
        ("new", "course", out / "new", "--from", course),
        ("release", "1.0.0", course, "--out", out),
    ]


# Of the code pages, that which has the fewest letters: what another lacks it lacks too.
@pytest.mark.slow
@pytest.mark.parametrize("encoding", some(["ascii", "utf-8"], 2))
def test_every_command_speaks_in_any_code_page(polish, tmp_path, encoding, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    commands = every_command(polish, tmp_path / "out")
    for command, code, said, wrong in each_told(commands, tmp_path / "told"):
        assert code in (0, 1), (command, said, wrong)
        assert "Traceback" not in wrong
        assert "bug" not in wrong
        if "json" in command or "--json" in command:
            json.loads(said.decode(encoding))


FULL = Path("/dev/full")


@pytest.mark.slow
@pytest.mark.skipif(not FULL.exists(), reason="this system has no full device")
@pytest.mark.parametrize("both", some([False, True], 2))
def test_where_nothing_can_be_said_one_line_says_so(polish, tmp_path, both):
    commands = every_command(polish, tmp_path / "out")
    streams = {"out": FULL} | ({"err": FULL} if both else {})
    for command, code, _, wrong in each_told(commands, tmp_path / "told", **streams):
        assert code == 1 or "check" in command, (command, wrong)
        if not both and "check" not in command and "release" not in command:
            assert wrong == "Error: No space left on device\n", command
        assert "Traceback" not in wrong
        assert "Exception ignored" not in wrong


@pytest.mark.slow
def test_without_any_output_a_command_does_what_it_does(polish, tmp_path):
    commands = every_command(polish, tmp_path / "out")[:12]
    closed = {"out": "", "preexec_fn": lambda: os.close(1)}
    for command, code, _, wrong in each_told(commands, tmp_path / "told", **closed):
        assert code in (0, 1), (command, wrong)
        assert "Traceback" not in wrong
    assert (tmp_path / "out" / "lodz.apkg").exists()


def files_in(folder):
    return {
        path.relative_to(folder): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


FULL_DISK = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no limits of files there")
@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("command", ["build", "new", "print"])
def test_on_a_full_disk_all_stays_as_it_was(tmp_path, course_folder, command, again):
    """No file may be larger than 2,000 bytes: those of the course are found first, and the packages fail."""
    out = tmp_path / "full" / "out"
    arguments = {
        "build": ("build", course_folder, "--out", out, "--only", "anki"),
        "new": ("new", "course", out, "--from", course_folder),
        "print": ("print", course_folder, "--out", out, "--only", "maps", "--paper", "a4"),
    }[command]
    if again and command != "new":
        run(*arguments)
        path = course_folder / "modules" / "grundlagen.yaml"
        path.write_text(path.read_text("utf-8").replace("Grundlagen", "Grundlage"), "utf-8")
    before = files_in(tmp_path)
    code, _, wrong = told(*arguments, prelude=FULL_DISK)
    assert code == 1
    assert re.fullmatch(r"Error: /.*[^/]: File too large", wrong.splitlines()[-1])
    assert len(wrong.splitlines()) == 1 or again
    assert files_in(tmp_path) == before


def test_a_file_that_cannot_be_written_is_named(tmp_path, course_folder):
    (tmp_path / "file").write_text("here")
    said = run("new", "course", tmp_path / "file" / "course", "--from", course_folder, code=1)
    assert str(tmp_path / "file") in said.stderr
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize("epoch", ["soon", "-1", "²", "1e9", "9" * 11])
def test_a_clock_that_is_no_number_is_wrong_usage(epoch, tmp_path):
    said = run("build", SAUERTEIG, "--out", tmp_path, code=2, SOURCE_DATE_EPOCH=epoch).stderr
    assert "number of seconds" in said


@pytest.mark.parametrize("epoch", ["9" * 10, "4000000000"])
def test_a_clock_of_the_future_is_wrong_usage(epoch, tmp_path):
    for command in (["build"], ["release", "1.0.0"], ["check"]):
        said = run(*command, SAUERTEIG, "--out", tmp_path, code=2, SOURCE_DATE_EPOCH=epoch).stderr
        assert "later than today" in said


@pytest.mark.parametrize("ahead", [-3600, 0, 3600, 86_000])
def test_a_clock_from_outside_is_never_later_than_the_machine_s(monkeypatch, ahead):
    """A package would replace what learners write until the moment that it is dated by."""
    now = int(time.time())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(now + ahead))
    told = terminal.clock()
    assert told == now + ahead if ahead < 0 else now <= told <= time.time()


# --- check ---------------------------------------------------------------------------------------


@pytest.fixture
def flawed(course_folder):
    """The small course with an error on line 16 and a warning on line 38 of a module."""
    module = course_folder / "modules" / "grundlagen.yaml"
    said = module.read_text("utf-8").replace("backbuch: Kap. 1", "bakbuch: Kap. 1")
    module.write_text(said.replace("Wie sagt man in Wien?", "Wie sagt man? Und wo?"), "utf-8")
    return course_folder


ERROR = {
    "path": "modules/grundlagen.yaml",
    "line": 16,
    "column": 16,
    "end": 23,
    "severity": "error",
    "code": "unknown-source",
    "message": "there is no work in sources.yaml called “bakbuch”",
    "hint": "did you mean “backbuch”?",
}


def test_check_gives_programs_every_problem_as_json(flawed, tmp_path):
    out = ("--out", tmp_path / "none", "--format", "json")
    found = json.loads(run("check", flawed, *out, code=1).stdout)
    assert found[0] == ERROR
    assert {row["code"] for row in found} == {"unknown-source", "two-questions"}
    assert all(row.keys() == ERROR.keys() for row in found)
    assert json.loads(run("check", SAUERTEIG, *out).stdout) == []


def test_check_gives_github_an_annotation_a_problem_with_the_file_as_the_repository_has_it(
    flawed, tmp_path, monkeypatch
):
    monkeypatch.chdir(flawed.parent)
    said = run("check", "course", "--out", tmp_path / "none", "--format", "github", code=1).stdout
    assert said.splitlines()[0] == (
        "::error file=course/modules/grundlagen.yaml,line=16,col=16,title=unknown-source::"
        "there is no work in sources.yaml called “bakbuch” (did you mean “backbuch”?)"
    )
    assert "::warning file=course/modules/grundlagen.yaml,line=38," in said


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_warning_fails_check_only_with_strict_in_every_format(course_folder, tmp_path, form):
    module = course_folder / "modules" / "grundlagen.yaml"
    said = module.read_text("utf-8").replace("Wie sagt man in Wien?", "Wie sagt man? Und wo?")
    module.write_text(said, "utf-8")
    how = ("--out", tmp_path / "none", "--format", form)
    assert "two-questions" in run("check", course_folder, *how).output
    run("check", course_folder, *how, "--strict", code=1)


def test_check_says_when_there_is_nothing_to_mend(tmp_path):
    result = run("check", SAUERTEIG, "--out", tmp_path)
    assert result.stdout == f"{SAUERTEIG}: nothing to mend\n"


# --- list, coverage, rules -----------------------------------------------------------------------


def test_list_has_a_line_a_note_with_the_same_as_its_json():
    lines = run("list", SAUERTEIG).stdout.splitlines()
    rows = json.loads(run("list", SAUERTEIG, "--json").stdout)
    heads = [line.split("  ")[:3] for line in lines]
    assert heads == [[row["id"], row["kind"], row["deck"]] for row in rows]
    assert lines[0].endswith("mit dem die Bäckerin den nächsten beginnt?")
    told = "id guid kind note_type module deck position cards lens fields tags sources"
    assert {" ".join(row) for row in rows} == {told}


@pytest.mark.slow
def test_coverage_shows_people_the_numbers_that_it_gives_programs():
    table = json.loads(run("coverage", WORKSHOP, "--json").stdout)
    parts = run("coverage", WORKSHOP).stdout.rstrip("\n").split("\n\n")
    names = ("concept", "claim", "objective", "outcome")
    assert [part.split()[0] for part in parts] == [*names, "asks"]
    lenses = typing.get_args(Lens)
    counts = [len(table[f"{name}s"]) for name in names]
    assert [len(part.splitlines()) - 1 for part in parts] == [*counts, len(table["asks"])]
    for line, row in zip(parts[0].splitlines()[1:], table["concepts"], strict=True):
        counts = [row["lenses"][lens] for lens in lenses]
        assert line.replace("·", "0").split() == [row["concept"], *map(str, counts)]
    for line, row in zip(parts[-1].splitlines()[1:], table["asks"], strict=True):
        assert line == f"{row['asks']:<40} {row['cards']:>5} {row['percent']:>3} %"
    for part, name in zip(parts[1:-1], names[1:], strict=True):
        for line, row in zip(part.splitlines()[1:], table[f"{name}s"], strict=True):
            assert line.replace("none", "0").split() == [row[name], str(row["cards"])]
    assert sum(row["cards"] for row in table["outcomes"]) > 0


def test_rules_are_printed_with_level_hint_and_examples():
    said = run("rules").stdout
    heads = re.findall(r"^(\S+) \((error|warning)\): (.+)$", said, re.MULTILINE)
    assert heads == [(rule.id, rule.level, rule.hint) for rule in RULES]
    assert said.count("    fails:\n    - ") == said.count("    passes:\n    - ") == len(RULES)


@pytest.mark.slow
def test_the_courses_of_these_tests_are_sound():
    for folder in (SAUERTEIG, WORKSHOP):
        assert load(folder)[1] == []


def test_who_stops_the_program_while_it_is_loaded_sees_no_traceback():
    program = (
        "import sys; from coursedeck import __main__ as program\n"
        "class Stopped:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'coursedeck.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stopped())\n"
        "program.main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert (ended.returncode, ended.stderr) == (1, "Aborted!\n")
