"""Which cases `pytest` passes without THOROUGH=1."""

import os
import subprocess
import sys

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow
CASES = """
import pytest
@pytest.mark.slow
@pytest.mark.parametrize("n", range(6))
def test_it(n):
    assert n != 4
"""


@pytest.fixture
def tests(tmp_path):
    """A way to pass tests of six slow cases, the fifth of which fails: the ends of the lines that tell of each."""
    (tmp_path / "test_cases.py").write_text(CASES, "utf-8")

    def passed(*options, **env):
        command = [sys.executable, "-m", "pytest", "-v", "-c", os.devnull, "--rootdir", tmp_path]
        usual = {key: value for key, value in os.environ.items() if key != "THOROUGH"}
        done = subprocess.run(
            [*command, "-p", "conftest", *options, "test_cases.py"],
            cwd=tmp_path,
            env=usual | {"PYTHONPATH": str(ROOT / "tests")} | env,
            capture_output=True,
            text=True,
            check=False,
        )
        said = [line.split("::test_it")[1] for line in done.stdout.splitlines() if "%]" in line]
        return [" ".join(line.split()[:2]) for line in said]

    return passed


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("--lf", ["[4] FAILED"]),
        ("--ff", ["[4] FAILED", "[0] PASSED", "[3] PASSED"]),
        ("--nf", ["[0] PASSED", "[3] PASSED"]),
    ],
)
def test_a_case_that_failed_is_passed_again_where_failures_are_asked_for(tests, option, told):
    assert "[4] FAILED" in tests(THOROUGH="1")
    assert tests(option) == told
