"""The page of every key is what the model gives, and its examples are sound."""

from conftest import COURSES, ROOT
from coursedeck.load import load
from tools import reference

PAGE = ROOT / "docs" / "reference.md"


def test_the_page_of_every_key_is_what_the_model_gives(request):
    made = reference.page()
    if request.config.getoption("--rewrite"):
        PAGE.write_bytes(made.encode())
    assert PAGE.read_text("utf-8") == made


def test_the_examples_of_the_page_are_sound():
    for place in (COURSES / "reference", COURSES / "animals.yaml"):
        course, found = load(place)
        assert course
        assert {problem.code for problem in found} <= {"no-id"}
