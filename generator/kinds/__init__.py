"""The kinds of card, a file each: what an author writes, its note type, its notes, its rows on paper, its own faults.

To add a kind, write a file like `ask.py` with its two templates beside it, and enter it in `all.py`.
"""
