"""SERVICE, for the hosts that whoever starts the server allows by name (SPARQL 1.1 Federated Query)."""

from __future__ import annotations

import re

from trophees.ask.text import calls, unescaped

_CALL = re.compile(r"\bSERVICE\s+(?:SILENT\s+)?<https?://([^/?#<>\"{}|^`\\\s@]+)(?:[/?#][^<>\"{}|^`\\\s]*)?>", re.I)
_WORD = re.compile("SERVICE", re.I)


def allowed(query: str, hosts: tuple[str, ...]) -> str:
    """Why `query` may not call its services: empty if each is written out in full and its host is one of `hosts`.

    Where some are allowed nothing is parsed, so nothing can be hidden: without the calls that are allowed, the word
    must not be left anywhere, not even in a string, whether or not the engine replaces escapes before it reads.
    """
    if not hosts:
        if calls(query):
            return "SERVICE is not available: a query reads this graph only. Ask the other endpoint yourself"
        return ""
    for text in {query, unescaped(query)}:
        for host in _CALL.findall(text):
            if host.lower() not in hosts:
                return f"SERVICE <{host}> is not allowed: only {', '.join(hosts)}"
        if _WORD.search(_CALL.sub(" ", text)):
            return "Write the address of the endpoint in full, SERVICE <https://…>, and that word nowhere else"
    return ""
