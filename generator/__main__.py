"""`python -m coursedeck …` does what the command `coursedeck …` does."""

from .cli import main

main(prog_name="coursedeck")
