"""What a robot of FAIR Signposting finds at each address: `[[[relation, target, type, profile], …], …]`."""

from __future__ import annotations

import json
import sys

from signposting import Signpost, find_signposting_http


def told(post: Signpost) -> list[str]:
    """The signpost as texts."""
    return [post.rel.value, str(post.target), str(post.type or ""), " ".join(map(str, post.profiles or ()))]


print(json.dumps([sorted(map(told, find_signposting_http(address).signposts)) for address in sys.argv[1:]]))
