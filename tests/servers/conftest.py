"""Apache and nginx as Debian packages them, with the configuration that we publish, and `trophees serve`."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pyoxigraph import Store

from servers.client import Client
from trophees.base.namespaces import BASE, DCAT, DCTERMS, OWL, TP
from trophees.hosting import rules
from trophees.hosting.withdrawn import FILE
from trophees.publish import withdrawals
from trophees.site.model import Inputs, Site
from trophees.site.pages import for_hosts as negotiation
from trophees.site.pages import for_programs, for_robots
from trophees.site.pages import withdrawn as gone_pages
from trophees.site.thing import page

APACHE, NGINX = "/usr/sbin/apache2", "/usr/sbin/nginx"
MODULES = "/usr/lib/apache2/modules"
GONE, GONE_FOR_GOOD = "laureate/2020/double", "person/partie"  # of what was withdrawn
HASHED = "assets/some.0123456789abcdef.js"  # no file of ours is named so yet: the rule is there for when one is


@dataclass(frozen=True)
class Ports:
    apache: int
    nginx: int
    below: int  # nginx, where the site stands in a folder of the host
    trophees: int


@dataclass(frozen=True)
class Servers:
    ports: Ports
    folder: Path
    files: dict[str, bytes]

    def client(self, name: str) -> Client:
        if name == "w3id":
            return Client(self.ports.apache, "w3id.org")
        return Client(getattr(self.ports, name))


@pytest.fixture(scope="session")
def servers(site_inputs: Inputs, built: dict[str, bytes]) -> Iterator[Servers]:
    with tempfile.TemporaryDirectory(prefix="trophees-") as name:
        top = Path(name)
        top.chmod(0o755)  # servers that are started by root read as somebody else
        ports = Ports(*free_ports(4))
        url = f"http://127.0.0.1:{ports.nginx}/"
        made = negotiated(site_inputs, url)
        files = {**site_inputs.published, **built, **made, **withdrawn(site_inputs), HASHED: b"// hashed"}
        files |= for_readers(site_inputs, url, built)
        for path, data in files.items():
            write(top / "host" / "site" / path, data)
        w3id = top / "w3id" / rules.OWN
        for file in (".htaccess", "README.md"):
            write(w3id / file, made[f"deploy/w3id/{file}"])
        below = negotiated(site_inputs, f"http://127.0.0.1:{ports.below}/site/")
        started = [
            start(top, "apache", apache(top, ports.apache), ports.apache),
            start(top, "nginx", nginx(made, top, ports.nginx, top / "host" / "site"), ports.nginx),
            start(top, "trophees", serve(top / "host" / "site", ports.trophees), ports.trophees),
            start(top, "below", nginx(below, top, ports.below, top / "host"), ports.below),
        ]
        yield Servers(ports, top / "host" / "site", files)
        for server in started:
            server.terminate()
        for server in started:
            server.wait(20)


def withdrawn(inputs: Inputs) -> dict[str, bytes]:
    """What there is of two things that the graph does not hold any more, with and without a successor."""
    said = f"""
    PREFIX tp: <{TP}> PREFIX dcat: <{DCAT}> PREFIX owl: <{OWL}> PREFIX dcterms: <{DCTERMS}> BASE <{BASE}>
    INSERT DATA {{ GRAPH <graph/withdrawn> {{
      <withdrawal/2022-1> dcat:version "2022.1" ;
        tp:withdrawal <withdrawal/2022-1#withdrawal-1>, <withdrawal/2022-1#withdrawal-2> .
      <withdrawal/2022-1#withdrawal-1> tp:withdrawn <{GONE}> ; tp:successor <laureate/2020/cachan> ;
        tp:reason "Compté <deux> fois"@fr, "Counted <twice>"@en .
      <withdrawal/2022-1#withdrawal-2> tp:withdrawn <{GONE_FOR_GOOD}> ; tp:noSuccessor true ;
        tp:reason "À sa demande"@fr, "On request"@en .
      <{GONE}> owl:deprecated true ; dcterms:isReplacedBy <laureate/2020/cachan> .
      <{GONE_FOR_GOOD}> owl:deprecated true .
    }} }}"""
    store = Store()
    store.extend(inputs.store)
    store.update(said)
    site = Site(replace(inputs, store=store))
    assert [thing.path for thing in site.gone] == [GONE, GONE_FOR_GOOD]
    made = dict(gone_pages.files(site))
    for thing in site.gone:
        made |= dict(page.of(site, thing))
    return made | {FILE: withdrawals.document(site.withdrawals)}


def negotiated(inputs: Inputs, url: str) -> dict[str, bytes]:
    return dict(negotiation.files(Site(replace(inputs, url=url))))


def for_readers(inputs: Inputs, url: str, built: dict[str, bytes]) -> dict[str, bytes]:
    """What names the address of the site to programs."""
    site = Site(replace(inputs, url=url))
    pages = sorted(path for path in built if path.endswith("index.html"))
    return {**dict(for_programs.files(site)), **dict(for_robots.files(site, pages))}


def free_ports(number: int) -> list[int]:
    with_port = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [server.getsockname()[1] for server in with_port]
    for server in with_port:
        server.close()
    return ports


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def start(top: Path, name: str, command: list[str], port: int) -> subprocess.Popen[bytes]:
    """Run `command` until it answers on `port`."""
    log = top / f"{name}.out"
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return server
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
    server.kill()
    errors = "".join(path.read_text() for path in sorted(top.glob(f"{name}.*")))
    raise RuntimeError(f"{name} did not start:\n{errors}")


def apache(top: Path, port: int) -> list[str]:
    """Apache with the site at the root and in a folder of one host, and with our rules at another, w3id.org.

    What `.htaccess` may do is what the strictest hosts let it do. MultiViews is there because some hosts have it on.
    """
    names = ("mpm_event", "authz_core", "alias", "autoindex", "dir", "headers", "mime", "negotiation", "rewrite")
    modules = [f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in names]
    text = f"""
ServerRoot {top}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {top}/apache.pid
ErrorLog {top}/apache.errors
Mutex file:{top}
{chr(10).join(modules)}
{"User www-data" if os.geteuid() == 0 else ""}
{"Group www-data" if os.geteuid() == 0 else ""}
TypesConfig /etc/mime.types
MaxKeepAliveRequests 0
KeepAliveTimeout 60
<Directory />
  AllowOverride None
  Require all granted
</Directory>
<Directory {top}/host/site>
  Options Indexes FollowSymLinks MultiViews
  AllowOverride FileInfo
</Directory>
<Directory {top}/w3id>
  Options FollowSymLinks
  AllowOverride FileInfo
</Directory>
<VirtualHost 127.0.0.1:{port}>
  DocumentRoot {top}/host/site
  Alias /folder/ {top}/host/site/
</VirtualHost>
<VirtualHost 127.0.0.1:{port}>
  ServerName w3id.org
  DocumentRoot {top}/w3id
</VirtualHost>
"""
    write(top / "apache.conf", text.encode())
    return [APACHE, "-f", str(top / "apache.conf"), "-D", "FOREGROUND"]


def nginx(made: dict[str, bytes], top: Path, port: int, root: Path) -> list[str]:
    """nginx with what we publish: only the lines that everyone adapts are."""
    text = made["deploy/nginx.conf"].decode()
    for pattern, line in ((r"listen 80;", f"listen 127.0.0.1:{port};"), (r"root /var/www/trophees;", f"root {root};")):
        text, number = re.subn(pattern, line, text)
        assert number == 1
    folder = top / f"nginx-{port}"
    folder.mkdir()
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    head = f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
    http_ = f"http {{ access_log off; keepalive_requests 1000000; keepalive_timeout 60; {paths}\n{text}}}\n"
    write(folder / "nginx.conf", (head + http_).encode())
    return [NGINX, "-e", f"{folder}/errors", "-c", f"{folder}/nginx.conf"]


def serve(folder: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "trophees", "serve", str(folder), "--port", str(port)]


@pytest.fixture(params=["apache", "nginx", "trophees"])
def client(servers: Servers, request: pytest.FixtureRequest) -> Iterator[Client]:
    found = servers.client(request.param)
    yield found
    found.close()


@pytest.fixture
def w3id(servers: Servers) -> Iterator[Client]:
    found = servers.client("w3id")
    yield found
    found.close()
