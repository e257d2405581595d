"""Dataclasses whose values nobody changes. mypy sees to that: at run time, Python's own `frozen` makes each value take three
times as long to make, which is a tenth of all that a check does.
"""

import dataclasses
import functools
import operator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, eq: bool = True, **given: bool) -> "Callable[[type], type]":
        """The decorator of the standard library for a frozen class, but that nothing guards its attributes at run time, and
        that what takes long to compile is not compiled for each class: `__repr__`, `__eq__` and `__hash__` are shared by all,
        and `__init__` is compiled when a class makes its first value.
        """
        made = dataclasses.dataclass(eq=False, repr=False, init=False, **given)

        def decorated(class_: type) -> type:
            class_.__repr__ = _shown
            if eq and "__eq__" not in vars(class_):
                class_.__eq__ = _equal
                class_.__hash__ = _hash if frozen else None
            return _begun_late(made(class_))

        return decorated

    def _begun_late(class_: type) -> type:
        """The class with an `__init__` that compiles itself."""

        def __init__(self: object, *args: object, **given: object) -> None:  # noqa: N807
            class_.__init__ = _init(class_)
            class_.__init__(self, *args, **given)

        class_.__init__ = __init__
        return class_

    def _init(class_: type) -> "Callable[..., None]":
        """What `dataclasses` itself would compile of such classes; none of ours has an `InitVar`."""
        fields = dataclasses.fields(class_)
        names: dict[str, Any] = {}
        positional, keywords, lines = ["self"], ["*"], ["pass"]
        for each in fields:
            default, value = "", each.name
            if each.default is not dataclasses.MISSING:
                names[f"_{each.name}"] = each.default
                default = f"=_{each.name}"
            elif each.default_factory is not dataclasses.MISSING:
                names[f"_{each.name}"] = each.default_factory
                default, value = "=_missing", f"_{each.name}() if {value} is _missing else {value}"
            if each.init:
                (keywords if each.kw_only else positional).append(each.name + default)
            elif not default:
                continue
            elif each.default is dataclasses.MISSING:
                value = f"_{each.name}()"
            else:
                value = f"_{each.name}"
            lines.append(f"self.{each.name} = {value}")
        if hasattr(class_, "__post_init__"):
            lines.append("self.__post_init__()")
        given = ", ".join(positional + (keywords if len(keywords) > 1 else []))
        names["_missing"] = dataclasses.MISSING
        exec(f"def __init__({given}):\n " + "\n ".join(lines), names)  # noqa: S102 - of names alone
        return names["__init__"]

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
