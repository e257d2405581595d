"""Our dataclasses are those of the standard library, but that their `__init__` is compiled when it is first called."""

import copy
import dataclasses
import inspect
from dataclasses import field

import pytest
from coursedeck.frozen import dataclass
from coursedeck.late import late


@dataclass(frozen=True, slots=True)
class Place:
    line: int
    column: int = 1
    notes: list[str] = field(default_factory=list)
    seen: str | None = field(default=None, init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Place):
    name: str
    sign: str = "?"


@dataclass(frozen=True, slots=True)
class Doubled:
    number: int

    def __post_init__(self):
        object.__setattr__(self, "number", 2 * self.number)


def test_values_are_given_by_place_and_by_name_and_the_rest_are_defaults():
    assert Place(3) == Place(line=3, column=1)
    assert Place(3, 4, ["a"]).notes == ["a"]
    named = Named(3, name="x")
    assert (named.line, named.column, named.name, named.sign, named.seen) == (3, 1, "x", "?", None)


def test_each_value_has_a_default_of_its_own_where_a_function_makes_it():
    one, other = Place(1), Place(1)
    one.notes.append("a")
    assert other.notes == []
    assert Place(1, notes=one.notes).notes is one.notes


def test_what_must_be_given_is_missed_and_what_is_unknown_refused():
    for given in ((), (1, 2, [], "seen")):
        with pytest.raises(TypeError, match="__init__"):
            Place(*given)
    for named in ({}, {"name": "x", "seen": "y"}):
        with pytest.raises(TypeError, match="__init__"):
            Named(1, **named)
    with pytest.raises(TypeError):
        Named(1, 2, [], "x")  # by its name alone


def test_a_copy_with_changes_forgets_what_was_worked_out():
    place = Place(3)
    object.__setattr__(place, "seen", "here")
    assert dataclasses.replace(place, line=4).seen is None
    assert dataclasses.replace(Named(3, name="x"), name="y") == Named(3, name="y")


def test_what_runs_after_it_runs():
    assert Doubled(2).number == Doubled(2).number == 4


def test_a_class_that_made_a_value_has_the_signature_that_the_standard_library_gives_it():
    Place(1)
    Named(1, name="x")
    for ours in (Place, Named):
        standard = dataclasses.make_dataclass(
            ours.__name__,
            [
                (
                    f.name,
                    f.type,
                    field(
                        default=f.default,
                        default_factory=f.default_factory,
                        init=f.init,
                        kw_only=f.kw_only,
                    ),
                )
                for f in dataclasses.fields(ours)
            ],
        )
        told = inspect.signature(standard.__init__).parameters.values()
        assert [(p.name, p.kind) for p in inspect.signature(ours.__init__).parameters.values()] == [
            (p.name, p.kind) for p in told
        ]


def test_a_field_that_nobody_gives_is_made_or_left_out():
    @dataclass(frozen=True, slots=True)
    class Kept:
        made: list[int] = field(default_factory=list, init=False)
        later: int = field(init=False)

    assert Kept().made == []
    assert Kept().made is not Kept().made
    assert not hasattr(Kept(), "later")


def test_a_late_pattern_can_be_copied_before_it_is_compiled():
    pattern = late("a+")
    for other in (copy.copy(pattern), copy.deepcopy(pattern)):
        assert other.findall("aab a") == pattern.findall("aab a") == ["aa", "a"]
