"""Text as people search and sort it: case, accents, kinds of apostrophe do not count. As `site/web/folding.js` does."""

from __future__ import annotations

import unicodedata

# what Unicode does not take apart, by what stands for it: letters, and the apostrophes of print, which keyboards lack
_APART = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "þ": "th",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ı": "i",
        "’": "'",
        "ʼ": "'",
    }
)


def fold(text: str) -> str:
    """`text` in lower case, without accents, apostrophes straight: « Œuvre de Łódź, ½ » is “oeuvre de lodz, 1⁄2”."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.category(c).startswith("M")).lower().translate(_APART)
