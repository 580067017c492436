"""What loading says when it stops: one sentence, in both languages."""

from __future__ import annotations

from trophees.base.errors import UserError
from trophees.base.language import Both

_FRENCH = {
    "no answer in time": "pas de réponse à temps : --timeout en donne davantage",
    "connection refused": "connexion refusée",
    "no host has this name": "aucun hôte n’a ce nom",
    "its certificate is not trusted": "son certificat n’est pas de confiance",
    "no secure connection": "pas de connexion sûre",
    "the answer is cut off": "la réponse est coupée",
    "connection reset by peer": "connexion coupée",
    "broken pipe": "connexion coupée",
    "the answer is incomplete": "la réponse est incomplète, d’après le point d’accès",
    "answers with a web page": "répond par une page web : est-ce bien l’adresse du point d’accès ?",
    "asks for credentials": "demande une identification, ou refuse celle-ci",
    "busy": "occupé, ou en panne",
}


class StoppedError(Exception):
    """Loading cannot go on, for the reason that `said` tells."""

    def __init__(self, said: Both) -> None:
        super().__init__(said.en)
        self.said = said


def unanswered(place: str, error: UserError) -> StoppedError:
    """That `place` does not answer as it should, as `error` tells in English."""
    reason = str(error).removeprefix(f"{place}: ")
    known = (fr for en, fr in _FRENCH.items() if reason.startswith(en))
    french = next(known, f"pas de réponse utilisable ({reason})")
    again = Both(" ; la même commande reprend où elle en est", "; the same command goes on from there")
    return StoppedError(Both(f"{place} : {french}", f"{place}: {reason}") + again)
