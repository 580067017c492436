"""How long `trophees.in_words` takes for a question, once the lexicon is there; the limit is 50 ms for the slowest.

python benchmarks/words.py
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from trophees.ask.words.answering import answering

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions" / "in_words.tsv"
LIMIT = 50.0  # milliseconds
ROUNDS = 5


def main() -> None:
    """Print what the lexicon takes, and the median and the slowest of all questions, each the best of some rounds."""
    begun = time.perf_counter()
    words = answering()
    print(f"lexicon, once: {(time.perf_counter() - begun) * 1000:.0f} ms")
    spent = {}
    for line in QUESTIONS.read_text("utf-8").splitlines():
        language, question, _ = line.split("\t")
        times = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            words.answer(question, "fr" if language == "fr" else "en")
            times.append((time.perf_counter() - begun) * 1000)
        spent[question] = min(times)
    slowest = max(spent, key=spent.__getitem__)
    print(f"a question: {median(spent.values()):.1f} ms (median of {len(spent)})")
    print(f"the slowest: {spent[slowest]:.1f} ms (limit {LIMIT:g}): {slowest}")


if __name__ == "__main__":
    main()
