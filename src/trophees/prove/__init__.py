"""Proof that a graph of a source says what the source says: each fact beside the passage where its words stand.

A reader (`report`, `pdf`, `table`) gives the passages of a source, by thing and section; `claims` are what the graph of
the source states; `evidence` finds the words of each claim in its section; `attestation` keeps the result for those
who do not have the source.
"""
