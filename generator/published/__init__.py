"""What learners have: what was published and when, and how the content has moved on since."""
