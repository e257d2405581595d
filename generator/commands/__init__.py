"""The commands: each parses, calls one act, prints. What they lean on is in `terminal.py`; `cli.py` joins them."""
