"""The measure by which other tests tell a straight line from a square: held against works of known growth."""

import pytest
from growth import in_a_straight_line

pytestmark = pytest.mark.slow


def test_a_straight_line_is_told_from_a_square():
    assert in_a_straight_line(sum, range, 20_000)
    assert not in_a_straight_line(
        lambda things: [x in things[:at] for at, x in enumerate(things)],
        lambda n: list(range(n)),
        100,
    )


def test_a_square_of_small_things_is_one_in_every_turn():
    """Those of the last turns were four times as large as those of the first, and the one beside them was not."""
    assert not in_a_straight_line(
        lambda parts: [sum(range(5 * parts)) for _ in range(parts)], int, 12
    )
