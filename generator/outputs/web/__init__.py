"""The page that a learner opens to take an update."""
