"""Whether work grows no faster than what it is given, told so that a busy machine cannot change the answer."""

import time
from collections.abc import Callable


def in_a_straight_line(work: Callable[[int], object], size: int, slack: float = 0.0) -> bool:
    """Whether `work(16 * size)` takes at most 48 times the CPU seconds of `work(size)`, and `slack` seconds; a square takes 256.

    Other processes empty the caches that this one uses, and single measurements were six times too long: so the shortest of
    several stands for each size, of the large one only until it is short enough.
    """
    work(size)  # what is only made once
    most = 48 * min(_took(work, size) for _ in range(5)) + slack
    return any(_took(work, 16 * size) < most for _ in range(5))


def _took(work: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    work(size)
    return time.process_time() - began
