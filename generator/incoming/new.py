"""New courses."""

from collections.abc import Mapping
from typing import Any

from ..source.files import LEDGER
from ..source.write import edited

COPY = "{} (copy)"
LEFT_BEHIND = (LEDGER, "history.yaml")  # what learners of the original have, and what became of it


def copied(files: Mapping[str, bytes], key: str) -> dict[str, bytes]:
    """The files of a course that begins as a copy of another one: a fork, a translation.

    It has a key of its own, so that its notes are not the original's, and another deck, so that their cards do not mix; the
    author gives it a title and a deck of its own. What was published of the original stays behind. Raises ruamel's `YAMLError`
    when course.yaml is not YAML.
    """

    def edit(course: Any) -> None:
        at = list(course).index("id") + 1 if "id" in course else 0
        if "key" in course:
            course["key"] = key
        else:
            course.insert(at, "key", key)
        course["deck"] = COPY.format(course.get("deck", ""))

    kept = {name: data for name, data in files.items() if name not in LEFT_BEHIND}
    about = edited(files["course.yaml"].decode("utf-8"), edit)
    return kept | {"course.yaml": about.encode()}
