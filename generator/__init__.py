"""coursedeck: a course written once as YAML becomes Anki decks, printed study material and more."""

__version__ = "1.1.6"
