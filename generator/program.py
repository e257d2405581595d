"""The one place where exceptions become a line for the user, and what is told of a bug."""

import contextlib
import errno
import io
import os
from pathlib import Path
from typing import Any, TextIO

import click

from . import __version__

BUG = 70  # `EX_SOFTWARE` of sysexits.h


class Program(click.Group):
    """The commands, and the one place where exceptions become a line for the user: a `Refusal`, an `OSError`, and any
    other, which is a bug.
    """

    def __call__(self, *args: Any, **given: Any) -> Any:
        """Run the program on standard output and error, whatever they are: a sign that their encoding has not is shown as its
        number, and where one cannot be written to, a line says so and the program exits with 1.
        """
        import sys

        for name in ("stdout", "stderr"):
            stream = getattr(sys, name)
            if stream is None:  # it was closed before: `coursedeck list >&-`
                setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
            elif isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return self.main(*args, **given)
        except OSError as error:
            with contextlib.suppress(OSError):
                click.echo(f"Error: {_of_system(error)}", err=True)
            sys.exit(1)
        finally:
            _let_go(sys.stdout)
            _let_go(sys.stderr)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command. No traceback reaches the user."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader closed the pipe: click ends quietly
                raise
            raise click.ClickException(_of_system(error)) from error
        except Exception as error:
            from .problems import Refusal, visible

            if isinstance(error, Refusal):
                raise click.ClickException(visible(str(error))) from error
            tell_bug(error)
            ctx.exit(BUG)


def _of_system(error: OSError) -> str:
    """What the system said, in words: the file that it was about, where there is one, and what was wrong, without its number."""
    if not error.strerror:
        return str(error)
    named = error.filename2 or error.filename
    return f"{os.fsdecode(named)}: {error.strerror}" if named else error.strerror


def _let_go(stream: TextIO) -> None:
    """Leave nothing in a stream that Python would fail to write at its end, and complain of."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell_bug(error: Exception) -> None:
    """Say in a line that the program has a fault, and where its details are."""
    click.echo(f"Error: {_bug(error)}", err=True)


def _bug(error: Exception) -> str:
    """Write the traceback of a bug to a temporary file; return the sentence for the user, which names the file."""
    import sys
    import tempfile
    import traceback

    told = "this is a bug of coursedeck, not of your course"
    lines = [f"coursedeck {__version__}, Python {sys.version}", f"arguments: {sys.argv[1:]}", ""]
    report = "\n".join([*lines, *traceback.format_exception(error)])
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="coursedeck-bug-", suffix=".txt", delete=False
        ) as file:
            file.write(report)
    except OSError:
        return f"{told} ({type(error).__name__}), and its details could not be written anywhere"
    return f"{told}; please report it with what stands in {file.name}"
