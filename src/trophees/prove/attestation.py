"""What was proved, for those who do not have the source: the hash of its words, of the claims, and the result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from trophees.base.errors import UserError
from trophees.prove.claims import Claim
from trophees.prove.evidence import Evidence, share
from trophees.prove.words import NORMALISATION, digest


@dataclass(frozen=True)
class Attestation:
    """That of the `claims` of a source, whose hash is `claimed`, `proved` were read in a text of so many `words`, whose
    normalised words have the SHA-256 `sha256` (`words` tells normalisation 1)."""

    source: str
    normalisation: int
    sha256: str
    words: int
    claimed: str
    claims: int
    proved: int

    @classmethod
    def of(cls, source: str, lines: Iterable[str], evidence: Sequence[Evidence]) -> Attestation:
        """What `evidence`, found in the text of `lines`, attests."""
        sha256, count = digest(lines)
        proved, every = share(evidence)
        return cls(source, NORMALISATION, sha256, count, claimed(one.claim for one in evidence), every, proved)

    @classmethod
    def read(cls, path: Path) -> Attestation:
        """That in the file at `path`. UserError if it cannot be read."""
        try:
            return cls(**json.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError) as error:
            raise UserError(f"{path}: no attestation ({error}): run “trophees prove --attest”") from None

    def written(self) -> str:
        """Its file."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def claimed(claims: Iterable[Claim]) -> str:
    """The SHA-256 of all that `claims` say, whatever their order: another claim, another hash."""
    lines = sorted(json.dumps(asdict(claim), ensure_ascii=False, sort_keys=True) for claim in claims)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
