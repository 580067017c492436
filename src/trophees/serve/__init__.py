"""`trophees serve`: the site with content negotiation, and a SPARQL 1.1 Protocol endpoint that nobody can hold up.

`command.py` starts a front (`front/app.py`, an ASGI application in one event loop) and an engine
(`backend/process.py`), a process that reads the graph once and forks workers, which share it. The front holds no
graph; a worker can open neither file nor socket. From a request to its answer: in `front/`, `connection.py`, `app.py`,
`endpoint.py` (or `documents.py`); in `backend/`, `pool.py`, `supervisor.py`; then, in other processes, `process.py` and
`worker.py`. `reconcile/` is the Reconciliation Service API, which matches in a process of its own.
"""
