"""The site, from the graph: `build.py` makes every file of it. Nothing that serves it needs this."""
