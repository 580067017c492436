"""The pages of the site, a module for each kind.

What `site.build` asks of a module is one function, `files(site)`: the files that it makes of the graph, one at a time
and in a fixed order, each its path below the root of the site and its bytes. No two modules make the same path, and
none imports another. `for_robots` alone is told more: the paths of all pages, once they are known.
"""
