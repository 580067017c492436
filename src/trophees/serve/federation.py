"""SERVICE, for the hosts that whoever starts the server allows by name (SPARQL 1.1 Federated Query)."""

from __future__ import annotations

import re

_CALL = re.compile(r"\bSERVICE\s+(?:SILENT\s+)?<https?://([^/?#<>\"{}|^`\\\s@]+)(?:[/?#][^<>\"{}|^`\\\s]*)?>", re.I)


def allowed(query: str, hosts: tuple[str, ...]) -> str:
    """Why `query` may not call its services: empty if each is written out in full and its host is one of `hosts`.

    Nothing is parsed, so nothing can be hidden: without the calls that are allowed, the word must not be left anywhere,
    not even in a string.
    """
    if not hosts:
        return "SERVICE is not available: a query reads this graph only. Ask the other endpoint yourself"
    for host in _CALL.findall(query):
        if host.lower() not in hosts:
            return f"SERVICE <{host}> is not allowed: only {', '.join(hosts)}"
    if "service" in _CALL.sub(" ", query).lower():
        return "Write the address of the endpoint in full, SERVICE <https://…>, and that word nowhere else"
    return ""
