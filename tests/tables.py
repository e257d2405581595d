"""Tables of short cases, which one test goes through: pytest takes longer to deal a test out than such a case takes."""

import functools
import inspect

import pytest


def with_each(names, rows, ids=None):
    """As `parametrize`, but in one test, which tells of each row with which it does not pass. For what takes no file and leaves
    nothing behind, since the rows share what a test has for itself.
    """
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else names
    rows = list(rows)
    said = list(rows if ids is None else ids)
    cases = [dict(zip(keys, (row,) if len(keys) == 1 else row, strict=True)) for row in rows]
    assert cases

    def over_all(test):
        @functools.wraps(test)
        def passes(**given):
            wrong = []
            for name, case in zip(said, cases, strict=True):
                try:
                    test(**case, **given)
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - all are told
                    error.add_note(f"with {name!r}")
                    wrong.append(error)
            if wrong:
                raise BaseExceptionGroup(f"{len(wrong)} of {len(cases)} rows", wrong)

        own = inspect.signature(test)
        others = [each for name, each in own.parameters.items() if name not in keys]
        passes.__signature__ = own.replace(parameters=others)
        return passes

    return over_all
