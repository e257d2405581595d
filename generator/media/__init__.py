"""Files of `media/`: how they may be called (`names.py`), photographs and other raster pictures (`raster.py`), sounds
(`sound.py`), and what files tell that nobody meant to publish (`metadata.py`). Drawings are read by `pictures.py`.
"""
