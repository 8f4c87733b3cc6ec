"""Figures of one server process: memory, press to the last screen, acts per second. Run it: `python -m bench`."""
