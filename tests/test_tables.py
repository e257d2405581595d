"""The tables that other tests go through: no row is passed over, and each that fails is told."""

import inspect

import pytest
from tables import with_each


def test_every_row_is_tried_and_each_that_fails_is_told_by_its_name():
    tried = []

    @with_each("number", [1, 2, 3, 4], ids=["one", "two", "three", "four"])
    def is_odd(number):
        tried.append(number)
        assert number % 2

    with pytest.raises(ExceptionGroup, match="2 of 4 rows") as told:
        is_odd()
    assert tried == [1, 2, 3, 4]
    assert [each.__notes__ for each in told.value.exceptions] == [["with 'two'"], ["with 'four'"]]


def test_two_tables_are_tried_with_each_other_and_a_fixture_is_left_to_pytest():
    tried = []

    @with_each("first", "ab")
    @with_each(("second", "third"), [(1, 2), (3, 4)])
    def is_tried(first, second, third, fixture):
        tried.append((first, second, third, fixture))

    assert [*inspect.signature(is_tried).parameters] == ["fixture"]
    is_tried(fixture="f")
    assert tried == [("a", 1, 2, "f"), ("a", 3, 4, "f"), ("b", 1, 2, "f"), ("b", 3, 4, "f")]
