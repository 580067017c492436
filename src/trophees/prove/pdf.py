"""The text of a PDF, line by line, as its reader gives it."""

from __future__ import annotations

from pathlib import Path

from trophees.base.errors import UserError


def lines(path: Path) -> list[str]:
    """The lines of all pages of the PDF at `path`. UserError if it cannot be read, or holds no text."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        found = [line for page in PdfReader(path).pages for line in page.extract_text().splitlines()]
    except (PyPdfError, OSError, ValueError) as error:
        raise UserError(f"{path}: cannot be read as PDF ({error})") from None
    if not any(line.strip() for line in found):
        raise UserError(f"{path}: holds no text: its pages are pictures, which have to be recognised first")
    return found
