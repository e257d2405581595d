"""The program's own code as syntax trees, for tests that read it."""

import ast
import functools


@functools.cache
def nodes(path):
    """All nodes of a file's tree; read once for all tests."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))
