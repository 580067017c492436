"""What a fact rests on."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    Standing = Literal["printed", "told", "observed", "inferred"]


def standing(has: Callable[[str], bool]) -> Standing:
    """What a fact rests on, where `has` says whether it has a value of the property of that name in the ontology.

    It is printed in a form that it gives; told by its source in other words; observed by a curator in the source
    itself, as a flaw is; or inferred, for a reason that it gives.
    """
    if has("reason"):
        return "inferred"
    if has("anomalyKind"):
        return "observed"
    return "printed" if has("printed") else "told"
