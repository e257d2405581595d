"""Whether work grows no faster than what it is given, told so that a busy machine cannot change the answer."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TIMES = 16
TURNS = 5


def in_a_straight_line(work: Callable[[T], object], of: Callable[[int], T], size: int) -> bool:
    """Whether work on one thing takes at most four times as long as on sixteen things, all of about one size, that are as much.

    `of` makes what `work` is given, of so many parts. A straight line takes once that time, a square sixteen times. Other
    processes empty the caches that this one uses: so both are taken in turn, for as long as each other, and what slows one
    slows the other too. One turn of five is enough. No two things are of the same size, since what was read once may be kept.
    """
    work(of(size - 1))  # what is only made once
    collected = gc.isenabled()
    gc.disable()
    try:
        every = (range(size + TIMES * turn, size + TIMES * (turn + 1)) for turn in range(TURNS))
        return any(
            _took(work, [of(sum(sizes))]) < 4 * _took(work, [of(each) for each in sizes])
            for sizes in every
        )
    finally:
        if collected:
            gc.enable()


def _took(work: Callable[[T], object], things: list[T]) -> float:
    """The CPU seconds that the work takes on these things."""
    began = time.process_time()
    for thing in things:
        work(thing)
    return time.process_time() - began
