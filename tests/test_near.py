"""The index of near-duplicates finds exactly what comparing each with each would find."""

import pytest
from coursedeck.checks.near import first_near, near
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.frozensets(st.sampled_from([f"w{n}" for n in range(12)]), max_size=9)


@pytest.mark.slow
@given(st.lists(WORDS, max_size=12), st.integers(0, 150))
def test_the_index_finds_what_comparing_each_with_each_finds(sets, percent):
    expected = {}
    for place, words in enumerate(sets):
        found = [n for n in range(place) if near(words, sets[n], percent)]
        if found:
            expected[place] = found
    assert dict(first_near(sets, percent)) == expected


def test_an_empty_set_is_near_to_none():
    assert list(first_near([frozenset(), frozenset(), frozenset("a")], 0)) == []
