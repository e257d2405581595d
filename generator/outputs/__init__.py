"""What is made of a course: Anki packages, the text update, printed pages."""
