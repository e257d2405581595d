"""The printed forms, a pair each: what stands on its pages (`outline.py`) and how that looks (`outline.typ`).

To add a form, write a pair and enter it in `all.py`; the words that its pages say by themselves go into `labels.py`.
"""
