"""`python cli.py …` in a checkout does what the installed command `coursedeck …` does."""

from generator.__main__ import main

if __name__ == "__main__":
    main()
