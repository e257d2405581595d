"""What is made of a course: Anki packages, the update page, printed pages."""
