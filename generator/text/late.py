"""Patterns that are compiled when something first looks for them: those with all characters of Chinese, and some others, take a
fifth of the time in which a command begins, and most courses need none of them.
"""

import re
from typing import Any, cast

ASKED = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


def late(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """What `re.compile` gives, made at the first call of one of its methods."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self.flags)
        # From now on they are found here, as fast as in the compiled pattern itself.
        self.__dict__.update({each: getattr(compiled, each) for each in ASKED})
        return getattr(compiled, name)
