"""From what an organiser has, a table with a row a process, to records: proposed, recognised, or refused with a reason.

Pure but for the reference of places: tables and records in, texts and what is to be told out.
"""
