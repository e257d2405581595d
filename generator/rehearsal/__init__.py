"""Trying an update on learners of every kind before it is released, in the real Anki."""
