"""Runs the notebooks of this folder and writes what they answer into them; the same answers give the same bytes.

To run by hand after a change of the data or of a notebook, where `make` has been: python docs/notebook.py [FILE …].
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).parent
QUIET = ["--HistoryManager.enabled=False", "--IPKernelApp.log_level=ERROR"]
LARGEST = 450_000  # bytes of a notebook


def run(file: Path) -> NotebookNode:
    """The notebook in `file` with the answers of today, and nothing that tells one run from another."""
    notebook = nbformat.read(file, as_version=4)
    where = {"metadata": {"path": str(FOLDER)}}
    NotebookClient(notebook, timeout=120, record_timing=False, extra_arguments=QUIET, resources=where).execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells, 1):
        cell.id, cell.metadata = f"cell-{number}", {}
        if cell.cell_type == "code":  # a new machine says that it builds a cache of fonts
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    nbformat.validate(notebook)
    return notebook


def main(files: list[Path]) -> None:
    for file in files or sorted(FOLDER.glob("*.ipynb")):
        text = nbformat.writes(run(file)) + "\n"
        if len(text.encode()) > LARGEST:
            sys.exit(f"{file}: more than {LARGEST} bytes: show less")
        file.write_text(text, "utf-8")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
