"""Dataclasses whose values nobody changes. mypy sees to that: at run time, Python's own `frozen` makes each value take three
times as long to make, which is a tenth of all that a check does.
"""

import dataclasses
import functools
import operator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, eq: bool = True, **given: bool) -> "Callable[[type], type]":
        """The decorator of the standard library for a frozen class, but that nothing guards its attributes at run time, and
        that all classes share what is else compiled for each, which takes long: `__repr__`, `__eq__` and `__hash__`.
        """
        made = dataclasses.dataclass(eq=False, repr=False, **given)

        def decorated(class_: type) -> type:
            class_.__repr__ = _shown
            if eq and "__eq__" not in vars(class_):
                class_.__eq__ = _equal
                class_.__hash__ = _hash if frozen else None
            return made(class_)

        return decorated

    @functools.cache
    def _values(class_: type) -> "Callable[[object], object]":
        """What gives the values of all fields of an instance."""
        names = [entry.name for entry in dataclasses.fields(class_)]
        return operator.attrgetter(*names) if names else lambda _: ()

    def _equal(one: object, other: object) -> bool:
        if one.__class__ is not other.__class__:
            return NotImplemented
        values = _values(one.__class__)
        return values(one) == values(other)

    def _hash(value: object) -> int:
        return hash(_values(value.__class__)(value))

    def _shown(value: object) -> str:
        names = (entry.name for entry in dataclasses.fields(value))
        return (
            f"{type(value).__qualname__}({', '.join(f'{n}={getattr(value, n)!r}' for n in names)})"
        )


__all__ = ["dataclass"]
