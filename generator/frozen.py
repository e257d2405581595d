"""Dataclasses whose values nobody changes. mypy sees to that: at run time, Python's own `frozen` makes each value take three
times as long to make, which is a tenth of all that a check does.
"""

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, eq: bool = True, **given: bool) -> "Callable[[type], type]":
        """The decorator of the standard library for a frozen class, but that nothing guards its attributes at run time."""
        return dataclasses.dataclass(eq=eq, unsafe_hash=frozen and eq, **given)


__all__ = ["dataclass"]
