"""What the documents tell people to type and to read is there: commands with their options, files, headings."""

import re
import shlex
from pathlib import Path

import click
import pytest
from conftest import ROOT
from coursedeck.cli import main

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
TYPED = re.compile(r"^ {4,}coursedeck (.*)$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```$|^ {4}.*?$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def named(documents):
    return pytest.mark.parametrize("document", documents, ids=lambda path: path.name)


def anchors(path):
    """The names that a site gives the headings of a Markdown file."""
    heads = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def understood(words):
    """Whether the program takes these words: a command, its options, as many arguments as it has."""
    group: click.Group = main
    while isinstance(command := group.get_command(None, words[0]), click.Group):
        group, words = command, words[1:]
    with click.Context(command) as context:
        _, left, _ = command.make_parser(context).parse_args(words[1:])
    return not left


@named(DOCUMENTS)
def test_every_link_to_a_file_and_a_heading_leads_somewhere(document):
    for link in LINK.findall(CODE.sub("", document.read_text("utf-8"))):
        path, _, heading = link.partition("#")
        if "://" in path or "decks/" in path:  # a release makes what lies in decks/
            continue
        target = (document.parent / path) if path else document
        assert target.exists(), link
        assert not heading or heading in anchors(target), link


@named([path for path in DOCUMENTS if TYPED.search(path.read_text("utf-8"))])
def test_every_command_that_is_shown_is_one(document):
    for line in TYPED.findall(document.read_text("utf-8")):
        words = shlex.split(line, comments=True)
        assert understood(words), line


def test_readme_is_a_screen_and_a_half():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 60


def test_every_document_can_be_reached_from_readme():
    seen, left = set(), [ROOT / "README.md"]
    while left:
        document = left.pop()
        seen.add(document)
        links = (link.partition("#")[0] for link in LINK.findall(document.read_text("utf-8")))
        targets = {Path(document.parent / link).resolve() for link in links if link.endswith(".md")}
        left += [t for t in targets if t in DOCUMENTS and t not in seen]
    assert seen == set(DOCUMENTS)
