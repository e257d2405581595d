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
        """The decorator of the standard library for a frozen class, but that nothing guards its attributes at run time, and
        that all classes share one `__repr__`, which is else compiled for each.
        """
        made = dataclasses.dataclass(eq=eq, unsafe_hash=frozen and eq, repr=False, **given)

        def decorated(class_: type) -> type:
            class_.__repr__ = _shown
            return made(class_)

        return decorated

    def _shown(value: object) -> str:
        names = (entry.name for entry in dataclasses.fields(value))
        return (
            f"{type(value).__qualname__}({', '.join(f'{n}={getattr(value, n)!r}' for n in names)})"
        )


__all__ = ["dataclass"]
