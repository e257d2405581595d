"""What a course becomes: one file an output."""
