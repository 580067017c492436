"""The site, from the graph: `build.py` makes every file of it. What serves it needs `accept.py` and `hosts.py` only."""
