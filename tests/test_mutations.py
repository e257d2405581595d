"""Courses spoilt by chance are refused with a place or built: a fixed set of them. `tests/tools/mutate.py` plays more."""

import pytest
from conftest import THOROUGH, some
from tools import mutate

pytestmark = pytest.mark.slow


def test_the_courses_that_are_spoilt_are_sound():
    for files in mutate.seeds():
        course, problems = mutate.checked(files)
        assert course
        assert not mutate.errors(problems)


COUNT, BUILT = (60, 3) if THOROUGH else (12, 1)


@pytest.mark.no_cover
@pytest.mark.parametrize("first", some([1, 101, 201, 301], 4))
def test_a_spoilt_course_is_refused_with_a_place_or_gets_through_packages_and_print(
    first, monkeypatch
):
    monkeypatch.setattr(mutate.typeset, "typeset", mutate.in_this_process)
    told, failed = mutate.run(first, COUNT, BUILT)
    assert not failed, "\n".join(wrong for _, wrong in failed.values())
    assert told["built"] == BUILT
    assert told["refused"] > COUNT // 5
