"""The languages of the project."""

from __future__ import annotations

from typing import Literal

Language = Literal["fr", "en"]
