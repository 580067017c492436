"""Text as people search and sort it: case and accents do not count. `site/web/fold.js` is the same for browsers."""

from __future__ import annotations

import unicodedata

# letters that Unicode does not take apart, by what stands for them
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
    }
)


def fold(text: str) -> str:
    """`text` in lower case, without accents, ligatures spelt out: « Œuvre de Łódź, ½ » is “oeuvre de lodz, 1⁄2”."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.category(c).startswith("M")).lower().translate(_APART)
