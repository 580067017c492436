"""What SIB's `sparql-llm` reads from an endpoint, given by its address: `{"prefixes", "schema", "examples", "shapes"}`.

Its import loads a language model, and asks the endpoints of SIB: neither is wanted, its loaders are.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import fastembed

NOWHERE = {"endpoints": [], "auto_init": False, "vectordb_url": ":memory:"}


class Unloaded(fastembed.TextEmbedding):  # type: ignore[misc]
    """A model that is never asked."""

    def __init__(self, *_: object) -> None: ...


def main(endpoint: str) -> None:
    """Print what is read."""
    fastembed.TextEmbedding = Unloaded
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.json"
        settings.write_text(json.dumps(NOWHERE), "utf-8")
        os.environ["SETTINGS_FILEPATH"] = str(settings)
        os.chdir(folder)
        from sparql_llm import SparqlExamplesLoader, SparqlVoidShapesLoader
        from sparql_llm.utils import get_prefixes_for_endpoint, get_schema_for_endpoint

        examples = SparqlExamplesLoader(endpoint).load()
        shapes = SparqlVoidShapesLoader(endpoint).load()
        read = {
            "prefixes": get_prefixes_for_endpoint(endpoint),
            "schema": get_schema_for_endpoint(endpoint),
            "examples": [[e.metadata["question"], e.metadata["answer"], e.metadata["query_type"]] for e in examples],
            "shapes": {shape.metadata["iri"]: shape.metadata["answer"] for shape in shapes},
        }
    print(json.dumps(read))


main(sys.argv[1])
