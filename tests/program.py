"""The program's own code as syntax trees, for tests that read it."""

import ast
import functools


@functools.cache
def tree(path):
    """A file's tree; read once for all tests."""
    return ast.parse(path.read_text("utf-8"))


def statements(path):
    """All statements of a file, those within others too. To look into no expression takes a tenth of the time."""
    found = [tree(path)]
    for node in found:
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            found += getattr(node, field, ())
    return found


@functools.cache
def nodes(path):
    """All nodes of a file's tree; read once for all tests."""
    return tuple(ast.walk(tree(path)))
