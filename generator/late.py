"""Patterns that are compiled when something first looks for them: to compile all takes a tenth of the time in which a small edit
is built, and most courses need few of them. Those that every course needs are compiled at once.
"""

import re
from typing import Any, AnyStr, cast

ASKED = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


def late(pattern: AnyStr, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, made at the first call of one of its methods."""
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))


class _Late:
    def __init__(self, pattern: str | bytes, flags: re.RegexFlag) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # `copy` and `pickle` ask an object without attributes for theirs
            raise AttributeError(name)
        compiled: re.Pattern[Any] = re.compile(self.pattern, self.flags)
        # From now on they are found here, as fast as in the compiled pattern itself.
        self.__dict__.update({each: getattr(compiled, each) for each in ASKED})
        return getattr(compiled, name)
