"""What comes from elsewhere and becomes a course: so far, a copy of another course."""
