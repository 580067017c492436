"""OpenRefine itself reconciles a column with the service, and adds columns, by the steps of docs/reconcile.md.

It is asked as its own pages ask it. Debian has it (`apt-get install openrefine`); another folder with its `server` and
`webapp` is named by the variable OPENREFINE.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from servers.conftest import free_ports
from serving.conftest import Served, site, until

FOLDER = Path(os.environ.get("OPENREFINE", "/usr/share/openrefine"))
TABLE = """\
commune,dep,date
Ville de Cachan,94,
La Rochelle,,
La Rochelle,17,
Cachan,,1960-01-01
Comité des fêtes de Cachan,,
Arcueil,75,
"""
DETAILS = {"dep": "departement", "date": "date"}
ROWS = {"facets": [], "mode": "row-based"}
pytestmark = [
    pytest.mark.foreign,
    pytest.mark.skipif(
        not (FOLDER / "webapp").exists() or shutil.which("java") is None, reason="OpenRefine is not installed"
    ),
]


class Refine:
    """A project in an OpenRefine that runs."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/command/core/"
        self.project = ""

    def get(self, command: str, **said: str) -> Any:
        with urlopen(f"{self.address}{command}?{urlencode(said)}", timeout=60) as answer:
            return json.load(answer)

    def post(self, command: str, **said: Any) -> str:
        fields = {key: value if isinstance(value, str) else json.dumps(value) for key, value in said.items()}
        token = self.get("get-csrf-token")["token"]
        address = f"{self.address}{command}?{urlencode({'csrf_token': token, 'project': self.project})}"
        with urlopen(address, urlencode({"project": self.project, **fields}).encode(), timeout=60) as answer:
            return str(answer.read().decode())

    def done(self) -> None:
        """Waits until nothing is being done in the project."""
        until(lambda: not self.get("get-processes", project=self.project)["processes"], 60)

    def open(self, table: str) -> None:
        token = self.get("get-csrf-token")["token"]
        form = {"project-name": "places", "options": json.dumps({"separator": ",", "headerLines": 1})}
        parts = [f'name="{key}"\r\n\r\n{value}' for key, value in form.items()]
        parts.append(f'name="project-file"; filename="places.csv"\r\nContent-Type: text/csv\r\n\r\n{table}')
        body = "".join(f"--edge\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + "--edge--\r\n"
        address = f"{self.address}create-project-from-upload?format=text/line-based/*sv&csrf_token={token}"
        request = Request(address, body.encode(), {"Content-Type": "multipart/form-data; boundary=edge"})
        try:
            where = str(urlopen(request, timeout=60).geturl())
        except HTTPError as e:  # the page of the project, which needs no answer
            where = str(e.geturl())
        self.project = where.partition("project=")[2]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    served = Served.start(site(tmp_path_factory.mktemp("site")))
    yield f"{served.url}reconcile/en"
    served.stop()


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refine]:
    (port,) = free_ports(1)
    said = {"data_dir": tmp_path_factory.mktemp("refine"), "webapp": FOLDER / "webapp", "port": port}
    options = [f"-Drefine.{key}={value}" for key, value in {**said, "host": "127.0.0.1", "headless": "true"}.items()]
    command = ["java", "-Xmx600M", "-cp", f"{FOLDER}/server/*", *options, "com.google.refine.Refine"]
    process = subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = Refine(port)

    def answers() -> bool:
        with suppress(URLError, ConnectionError):
            return bool(found.get("get-version")["version"])
        return False

    try:
        until(answers, 90)
        yield found
    finally:
        process.terminate()
        process.wait(20)


def test_openrefine_reconciles_a_column_and_adds_columns(refine: Refine, service: str) -> None:
    manifest = json.load(urlopen(service, timeout=60))
    spaces = {key: manifest[key] for key in ("identifierSpace", "schemaSpace")}
    refine.open(TABLE)
    guessed = json.loads(refine.post("guess-types-of-column", columnName="commune", service=service))
    assert "commune" in [one["id"] for one in guessed["types"]]
    details = [{"column": key, "propertyID": role, "propertyName": role} for key, role in DETAILS.items()]
    wish = {"mode": "standard-service", "service": service, **spaces, "type": {"id": "territory", "name": "territory"}}
    config = wish | {"autoMatch": True, "columnDetails": details}
    refine.post("reconcile", columnName="commune", engine=ROWS, config=config)
    refine.done()
    told = refine.get("get-rows", project=refine.project, start="0", limit="9")
    recons = [told["pool"]["recons"][str(row["cells"][0]["r"])] for row in told["rows"]]
    assert [one["j"] for one in recons] == ["matched", "none", "matched", "matched", "none", "none"]
    assert len(recons[1]["c"]) == 2
    extension = {"properties": [{"id": one, "name": one} for one in ("code", "population", "region", "laureates")]}
    added = {"op": "core/extend-reconciled-data", "baseColumnName": "commune", "columnInsertIndex": 1, **spaces}
    refine.post(
        "apply-operations", operations=[{**added, "endpoint": service, "extension": extension, "engineConfig": ROWS}]
    )
    refine.done()
    rows = list(csv.reader(io.StringIO(refine.post("export-rows", format="csv", engine=ROWS))))[1:]
    assert [row[1] for row in rows] == ["94016", "", "17300", "75016", "", ""]
    assert rows[0][3] == "Île-de-France"
    assert "Cachan" in rows[0][4]
