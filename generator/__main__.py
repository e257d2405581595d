"""`python -m coursedeck …` and the command `coursedeck …`."""

import gc
import sys


def main() -> None:
    """Run the program. That Python looks for no reference cycles, as `cli.main` has it, saves most while click is imported."""
    gc.disable()
    try:
        from .cli import main as program

        program(prog_name="coursedeck")
    except KeyboardInterrupt:  # while parts are still loaded; later click says the same
        sys.exit("Aborted!")


if __name__ == "__main__":
    main()
