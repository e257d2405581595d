"""From the author's files to records, and back: bytes, located nodes, records, edits that keep comments and layout."""
