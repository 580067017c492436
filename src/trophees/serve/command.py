"""`trophees serve`: from its options to a running server, until it is told to stop."""

from __future__ import annotations

import asyncio
import importlib.util
import math
import os
import re
import resource
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from trophees.base.checkout import root
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.graph import published
from trophees.serve.backend.limits import CONNECTIONS, MEGABYTE, Limits, processors, room

if TYPE_CHECKING:
    from trophees.serve.backend.pool import Pool
    from trophees.serve.backend.proxy import Proxy
    from trophees.serve.front.endpoint import Service


_PACKAGES = ("brotli", "httptools", "starlette", "uvicorn", "uvloop")
_HOST = re.compile(r"([^\s/:@?#\\[\]]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Options:
    """What the command line says; `endpoint` is empty for the graph of the folder, `site_url` if requests tell it.

    `megabytes` are those of a query, `kept` those of answers.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    seconds: float = 30
    megabytes: int = 256
    services: tuple[str, ...] = ()
    endpoint: str = ""
    site_url: str = ""
    access_log: str = ""
    kept: int = 64


def serve(folder: Path | None, options: Options, say: Callable[[str], None]) -> None:
    """Serve `folder` and its graph, or what is published, until SIGTERM or SIGINT; then running requests may end.

    `say` is told the addresses once they answer. UserError if it cannot start.
    """
    _check(options)
    site = options.site_url and options.site_url.rstrip("/") + "/"
    limits = Limits(options.megabytes * MEGABYTE, options.seconds, tuple(h.lower() for h in options.services))
    with ExitStack() as stack:
        folder = stack.enter_context(nullcontext(_with_pages(folder)) if folder else _site())
        listening = stack.enter_context(_listening(options.host, options.port))
        log_file = stack.enter_context(_opened(options.access_log))
        connections = min(CONNECTIONS, max(16, _many_files() // 2 - 100))
        if options.endpoint:
            stack.enter_context(_quick_to_switch())
        host, port = listening.getsockname()[:2]
        reached = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        backend, source = (
            _proxy(options.endpoint, limits) if options.endpoint else _pool(folder, limits, site or f"{reached}/")
        )
        stack.callback(backend.stop)
        # imported while the engine reads the graph
        from trophees.serve.backend.kept import Kept
        from trophees.serve.front.app import App
        from trophees.serve.front.documents import Documents
        from trophees.serve.front.endpoint import Endpoint
        from trophees.serve.front.reconciliation import Reconciliation
        from trophees.serve.front.server import Server
        from trophees.serve.log import AccessLog, warn
        from trophees.serve.reconcile.desk import Desk

        documents = Documents(folder, site)
        stack.callback(documents.close)
        log = AccessLog(log_file)
        desk = Desk(folder / published.GRAPH if options.endpoint else _graph(folder), limits)
        stack.callback(desk.stop)
        keeping = 0 if options.endpoint else options.kept * MEGABYTE  # another endpoint's graph may change
        asked = Kept(backend, keeping) if keeping else backend
        app = App(documents, Endpoint(asked, documents, source), Reconciliation(desk, documents), log)
        server = Server(app, log, options.seconds, connections)
        address = f"{reached}{documents.root}"

        async def run() -> None:
            await backend.start()
            await server.run_until_told([listening], started)

        def started() -> None:
            say(f"{address}\n{address}sparql")
            if documents.mismatch:
                warn(documents.mismatch)

        with asyncio.Runner(loop_factory=Server.loop) as runner:
            runner.run(run())


def _check(options: Options) -> None:
    """ModuleNotFoundError or UserError if it cannot start, whatever there is to serve."""
    for name in _PACKAGES:
        if importlib.util.find_spec(name) is None:
            raise ModuleNotFoundError(name=name)
    for option, url in (("--endpoint", options.endpoint), ("--site-url", options.site_url)):
        if url and not url.startswith(("https://", "http://")):
            raise UserError(f"{option} {url}: an address that begins with https:// is expected")
    if options.endpoint:
        _check_endpoint(options.endpoint)
    if options.site_url and not _host_of(options.site_url):
        sentence = "an address with a host is expected, such as https://data.example.org/"
        raise UserError(f"--site-url {options.site_url}: {sentence}")
    for host in options.services:
        if not _HOST.fullmatch(host):
            raise UserError(f"--allow-service {host}: a host is expected, such as example.org or example.org:8080")
    if not math.isfinite(options.seconds):
        raise UserError(f"--timeout {options.seconds:g}: a number of seconds is expected")
    try:
        tempfile.gettempdir()
    except OSError:
        raise UserError("no folder for temporary files can be written: set TMPDIR") from None


def _check_endpoint(url: str) -> None:
    from trophees.ask.transport import check

    if "@" in url.partition("//")[2].partition("/")[0]:
        raise UserError("--endpoint: an address without credentials is expected: none are sent")
    try:
        check(url)
    except UserError as error:
        raise UserError(f"--endpoint {error}") from None


def _host_of(url: str) -> str:
    try:
        parts = urlsplit(url)
        return parts.hostname or "" if parts.port != 0 else ""
    except ValueError:  # such as a port that is no number
        return ""


def _pool(folder: Path, limits: Limits, site: str) -> tuple[Pool, Callable[[], Service]]:
    from trophees.serve.backend.pool import Pool
    from trophees.serve.backend.supervisor import Engine

    graph = _graph(folder)
    context = published.path("context.jsonld")
    pool = Pool(
        lambda lost: Engine(graph, context, limits, lost, folder, site), limits, 4 * processors(), room(limits.memory)
    )

    prefixes = Context(context.read_text("utf-8")).prefixes

    def source() -> Service:
        from trophees.serve.front.endpoint import Service

        engine = pool.engine
        return Service(engine.graphs, engine.version, engine.modified, limits.services, prefixes)

    return pool, source


def _graph(folder: Path) -> Path:
    """The graph of the folder, else the one that is published."""
    graph = folder / published.GRAPH
    return graph if graph.is_file() else published.path(published.GRAPH)


def _proxy(endpoint: str, limits: Limits) -> tuple[Proxy, Callable[[], Service]]:
    from trophees.serve.backend.proxy import Proxy
    from trophees.serve.front.endpoint import Service

    return Proxy(endpoint, limits), Service


@contextmanager
def _quick_to_switch() -> Iterator[None]:
    """Let no thread hold up the others for more than half a millisecond, as long as this process serves.

    The front of another endpoint reads long queries in threads beside its event loop; over a graph of its own, workers
    do that. The interval is the interpreter's: there is none for a thread.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()  # every address of this machine, those of IPv4 too
    try:
        listening = socket.create_server((host, port), family=family, backlog=1024, dualstack_ipv6=both)
    except (OSError, OverflowError) as error:
        raise UserError(f"{host}:{port}: cannot listen ({getattr(error, 'strerror', None) or error})") from None
    with listening:
        yield listening


@contextmanager
def _opened(name: str) -> Iterator[int | None]:
    if name in ("", "-"):
        yield sys.stdout.fileno() if name and sys.stdout else None
        return
    try:
        file = os.open(name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    except OSError as error:
        raise UserError(f"{name}: cannot be written ({error.strerror})") from None
    try:
        yield file
    finally:
        os.close(file)


def _many_files() -> int:
    """A connection is a file: allow as many as the system does, and tell how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(65536, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


def _with_pages(folder: Path) -> Path:
    if not (folder / "index.html").is_file():
        raise UserError(f"{folder}: no site here (index.html is missing): run “trophees build” first")
    return folder


@contextmanager
def _site() -> Iterator[Path]:
    """The site of the checkout around, else of the package; a package without one has its graph for the endpoint."""
    from trophees.serve import archive

    try:
        checkout = root(Path())
    except UserError:
        with archive.unpacked() as folder:
            yield folder or published.path("context.jsonld").parent
        return
    yield _with_pages(checkout / "publish")
