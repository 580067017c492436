"""The queries of the cookbook with a mistake or two: words left out, doubled, exchanged, taken from another."""

from __future__ import annotations

import re
from random import Random

from trophees.ask import cookbook

_WORD = re.compile(r"\s+|\w+:\w+|[?$]\w+|\w+|.", re.DOTALL)


def mutant(random: Random) -> str:
    """A query of the cookbook in which one to three words are not what they were."""
    texts = [query.text for query in cookbook.queries().values()]
    words = _WORD.findall(random.choice(texts))
    for _ in range(random.randint(1, 3)):
        places = [place for place, word in enumerate(words) if not word.isspace()]
        here, there = random.choice(places), random.choice(places)
        match random.randrange(6):
            case 0:
                del words[here]
            case 1:
                words.insert(here, words[here])
            case 2:
                words[here], words[there] = words[there], words[here]
            case 3:
                words[here] = words[there]
            case 4:
                words[here] = random.choice(_WORD.findall(random.choice(texts)))
            case 5:
                words[here] = words[here][:-1] + random.choice(" '\"{}()<>?:/#\\é\0\u200b")
    return "".join(words)
