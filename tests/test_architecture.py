"""Everything flows down: no room knows one above it."""

import ast
import contextlib
import functools
import re
import subprocess
import sys

from conftest import ROOT
from tables import with_each

# From the bottom up. A room may know those before it, and its own neighbours on the same shelf.
SHELVES = [
    ["generator.frozen", "generator.late", "generator.likeness"],
    [
        "generator.codes",
        "generator.problems",
        "generator.style",
        "generator.identity",
        "generator.files",
        "generator.cache",
    ],
    ["generator.labels", "generator.languages", "generator.texts"],
    ["generator.media"],
    ["generator.text", "generator.pictures"],
    ["generator.kinds"],
    ["generator.plan"],
    ["generator.model"],
    ["generator.source", "generator.walk", "generator.citations"],
    ["generator.notes"],
    ["generator.seen", "generator.lessons"],
    ["generator.order"],
    ["generator.checks"],
    ["generator.explain"],
    ["generator.load"],
    ["generator.published"],
    ["generator.incoming"],
    ["generator.uptodate", "generator.leftovers", "generator.watch"],
    ["generator.outputs"],
    ["generator.edits"],
    ["generator.build", "generator.preview", "generator.rehearsal"],
    ["generator.options", "generator.program", "generator.terminal"],
    ["generator.commands"],
    ["generator.cli"],
    ["generator.__main__", "cli"],
]
COMMANDS = ("looking", "making", "printing", "publishing", "writing")
# The door for each library, mostly one file: nothing else may import it.
DOORS = {
    "genanki": ("generator/outputs/apkg.py",),
    "typst": ("generator/outputs/typesetter.py",),
    "docx": ("generator/outputs/office/styles.py", "generator/outputs/office/word.py"),
    "markdown_it": ("generator/text/markdown.py",),
    "PIL": ("generator/media/raster.py",),
    "fontTools": ("generator/media/fonts.py",),
    "yaml": ("generator/source/yaml.py",),
    "ruamel": ("generator/source/write.py",),
    "watchfiles": ("generator/watch.py",),
    "segno": ("generator/outputs/qr.py",),
    "click": (
        *("generator/cli.py", "generator/options.py"),
        *("generator/program.py", "generator/terminal.py"),
        *(f"generator/commands/{room}.py" for room in COMMANDS),
    ),
    "anki": ("generator/rehearsal/learner.py",),
    "quickjs": ("generator/rehearsal/learner.py",),
}


# To parse these alone takes a twentieth of the time that whole files take.
IMPORT = re.compile(r"^ *((?:from \S+ )?import (?:\([^)]*\)|.*))", re.MULTILINE)


def modules():
    paths = [ROOT / "cli.py", *sorted((ROOT / "generator").rglob("*.py"))]
    for path in paths:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        yield name, path


def shelf_of(name):
    for level, shelf in enumerate(SHELVES):
        for room in shelf:
            if name == room or name.startswith(room + "."):
                return level
    return None


@functools.cache
def imports(path):
    """The full names of all that a file imports; relative ones are counted from where it stands."""
    return tuple(_imports(path))


def import_statements(path):
    for found in IMPORT.findall(path.read_text("utf-8")):
        with contextlib.suppress(SyntaxError):  # a line of a docstring
            yield from ast.parse(found).body


def _imports(path):
    package = path.relative_to(ROOT).parent.parts
    for node in import_statements(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) + 1 - node.level] if node.level else ()
            module = ".".join([*start, *filter(None, [node.module])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def test_a_room_imports_only_from_below():
    rooms = [(name, path, shelf_of(name)) for name, path in modules() if name != "generator"]
    assert [name for name, _, level in rooms if level is None] == []  # each has a shelf
    above = {
        (name, other)
        for name, path, level in rooms
        for other in imports(path)
        if (shelf_of(other) or 0) > level
    }
    assert above == set()


def test_the_walk_examined_the_rooms_that_there_are():
    assert len(list(modules())) > 15
    assert any(shelf_of(other) for _, path in modules() for other in imports(path))


def test_the_judge_of_a_rehearsal_shares_no_code_with_what_it_judges():
    known = imports(ROOT / "generator" / "rehearsal" / "judge.py")
    assert {name.partition(".")[0] for name in known} <= sys.stdlib_module_names


@with_each(("library", "door"), DOORS.items())
def test_each_library_comes_in_by_its_door(library, door):
    users = {
        path.relative_to(ROOT).as_posix()
        for _, path in modules()
        for name in imports(path)
        if name.partition(".")[0] == library
    }
    assert users == set(door)


def test_what_makes_packages_loads_no_asyncio_and_takes_no_module_from_others():
    """genanki would load it by way of `cached_property`, which another program may want whole."""
    program = (
        "import sys, coursedeck.outputs.apkg\n"
        "assert 'asyncio' not in sys.modules\n"
        "from cached_property import threaded_cached_property"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_generator_knows_nothing_of_the_shipped_subject():
    """Any folder of the same form is a course."""
    for _, path in modules():
        text = path.read_text("utf-8").split('"""')
        code = "".join(text[::2]).lower()  # docstrings may give examples
        for word in ("senge", "mastery", "four-disciplines"):
            assert word not in code, (path, word)


def test_tests_wait_for_what_they_ask_of_a_page():
    """These ask once, of a page that may still move: two boxes that were read so were of two moments, on a busy machine only.
    `expect` asks until it is so, and `windows.boxes` reads all at once.
    """
    once = re.compile(
        r"\.(bounding_box|is_visible|is_hidden|is_checked|is_enabled|wait_for_timeout)\("
    )
    tests = sorted((ROOT / "tests").glob("*.py"))
    assert [path.name for path in tests if once.search(path.read_text("utf-8"))] == []
