"""`python -m coursedeck …` and the command `coursedeck …`."""

import gc


def main() -> None:
    """Run the program. That Python looks for no reference cycles, as `cli.main` has it, saves most while click is imported."""
    gc.disable()
    from .cli import main as program

    program(prog_name="coursedeck")


if __name__ == "__main__":
    main()
