"""How many features a GeoJSON file holds, if it is one (RFC 7946)."""

from __future__ import annotations

import sys
from pathlib import Path

from geojson_pydantic import FeatureCollection

print(len(FeatureCollection.model_validate_json(Path(sys.argv[1]).read_text("utf-8")).features))
