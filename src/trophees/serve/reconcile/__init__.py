"""The Reconciliation Service API, versions 0.2 and 1.0-draft: from cells of a table to things of the graph, and back.

`desk.py` holds a process of its own (`process.py`), in which the graph and the reference of places are read at the
first question, so that no batch holds up the front. There, `requests.py` reads what is asked, `matching.py` finds,
`answers.py` answers; `things.py` knows those of the graph, `territories.py` those of the reference.
"""
