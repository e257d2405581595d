"""The printed forms (`pages/`), and what their templates share (`parts/`). To Typst, this folder is the root of all files."""
