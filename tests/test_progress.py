"""How far a long work has come is shown to a person at a terminal, and to nobody else."""

import contextlib
import os
import re
import sys

import pytest
from coursedeck.terminal import progress


def seen(monkeypatch, work, **env):
    """What a terminal shows of a work."""
    for name, value in {"TERM": "xterm", "NO_COLOR": "", **env}.items():
        monkeypatch.setenv(name, value)
    inner, outer = os.openpty()
    os.set_blocking(inner, False)
    with os.fdopen(outer, "w", encoding="utf-8") as stream, monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", stream)
        work()
        stream.flush()
        with os.fdopen(inner, "rb") as shown:
            return (shown.read() or b"").decode()


def lasting(*moments):
    """A work of a part a moment, which begins at 0 seconds."""

    def work():
        clock = iter((0, *moments))
        with progress("printing", lambda: next(clock, moments[-1])) as step:
            for done in range(1, len(moments) + 1):
                step(done, len(moments))

    return work


def test_a_work_that_takes_longer_than_a_second_shows_its_parts(monkeypatch):
    said = seen(monkeypatch, lasting(0.4, 0.8, 1.2, 1.6))
    assert "printing" in said
    assert "2/4" not in said
    assert said.index("3/4") < said.index("4/4")


def test_a_second_pass_with_fewer_parts_begins_anew(monkeypatch):
    def twice():
        clock = iter((0, *[2] * 20))
        with progress("printing", lambda: next(clock)) as step:
            for of in (9, 5):
                for done in range(1, of + 1):
                    step(done, of)

    said = seen(monkeypatch, twice)
    wanted = [*(f"{done}/9" for done in range(10)), *(f"{done}/5" for done in range(1, 6))]
    assert re.findall(r"\S+/\d+", said) == wanted


def test_a_shorter_work_shows_nothing(monkeypatch):
    assert seen(monkeypatch, lasting(0.2, 0.5, 0.9)) == ""


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_shall_not_be_painted_stays_as_it_is(monkeypatch, env):
    assert seen(monkeypatch, lasting(2, 4), **env) == ""


def test_a_pipe_gets_nothing(capsys):
    lasting(2, 4)()
    assert capsys.readouterr() == ("", "")


def test_the_bar_ends_where_the_work_is_broken_off(monkeypatch):
    def broken_off():
        with (
            contextlib.suppress(KeyboardInterrupt),
            progress("printing", iter((0, 2)).__next__) as step,
        ):
            step(1, 3)
            raise KeyboardInterrupt

    # At its end the cursor is shown again.
    assert seen(monkeypatch, broken_off).rstrip().endswith("\x1b[?25h")
