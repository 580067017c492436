"""What is published of the changes from one release to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Store

from trophees.base.context import Context
from trophees.hosting.settings import Hosting
from trophees.publish.feeds import atom, documents, event_stream
from trophees.publish.feeds.history import Past, steps


def files(
    store: Store, past: Past, version: str, licence: str, context: Context, hosting: Hosting
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The documents, the feeds, the event stream. UserError if what is kept of former releases is not of one piece."""
    made = steps(store, past, version)
    yield from documents.files(made[-1], context)
    yield from atom.files(made, context, hosting.url)
    yield from event_stream.files(made, context, licence)
