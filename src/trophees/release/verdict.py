"""What `trophees verify` says of a citation: one sentence a finding, by its rule; `{…}` stands for what is told."""

from __future__ import annotations

from dataclasses import dataclass

from trophees.base.language import Both, filled

_HOLDS = {
    "this": Both(
        "La version {version} est celle que la citation nomme : {sum}.",
        "Release {version} is the one that is cited: {sum}.",
    ),
    "kept": Both(
        "La citation nomme la version {version}, gardée dans l’historique ; elle est comparée à la version {here}.",
        "Release {version} is cited, which the history has; it is compared with release {here}.",
    ),
    "no-sum": Both(
        "La citation ne donne pas la somme de la version : seul son numéro est comparé ({version}).",
        "The citation gives no sum of the release: only its number is compared ({version}).",
    ),
    "no-release": Both(
        "La citation ne nomme aucune version : elle est comparée à la version {version}.",
        "The citation names no release: it is compared with release {version}.",
    ),
    "says": Both("Ce qui est cité y est : {words}.", "What is cited is there: {words}."),
    "same-words": Both(
        "Les mots imprimés sont ceux de la citation : « {words} ».", "The printed words are those cited: “{words}”."
    ),
    "stands": Both(
        "Rien n’en a changé de la version {version} à la version {here}.",
        "None of it changed from release {version} to {here}.",
    ),
    "same-answer": Both(
        "La requête donne la réponse citée : {sum}.", "The query gives the answer that is cited: {sum}."
    ),
    "answer": Both(
        "La somme de la réponse est {sum} ; la citation n’en donne pas.",
        "The sum of the answer is {sum}; none is cited.",
    ),
}
_FAILS = {
    "other": Both(
        "La version {version} n’est pas celle que la citation nomme : sa somme est {sum}, et non {cited}.",
        "Release {version} is not the one that is cited: its sum is {sum}, not {cited}.",
    ),
    "unknown": Both(
        "Aucune version connue ici n’a la somme citée : {cited}.",
        "No release that is known here has the sum that is cited: {cited}.",
    ),
    "unknown-number": Both(
        "Aucune version connue ici n’a le numéro cité : {cited}.",
        "No release that is known here has the number that is cited: {cited}.",
    ),
    "wrong-sum": Both(
        "La version {version} est connue, et sa somme n’est pas celle de la citation : {sum}, et non {cited}.",
        "Release {version} is known, and its sum is not the one that is cited: {sum}, not {cited}.",
    ),
    "wrong-number": Both(
        "La somme citée est celle de la version {version}, et non de la version {cited}.",
        "The sum that is cited is that of release {version}, not of release {cited}.",
    ),
    "file-sums": Both(
        "{file} n’est pas du fichier que voici : {sum}.", "{file} is not of the file that is here: {sum}."
    ),
    "no-thing": Both("Rien ne s’appelle {iri} dans cette version.", "Nothing is called {iri} in this release."),
    "other-words": Both(
        "Les mots imprimés ne sont pas ceux de la citation : « {words} », et non « {cited} ».",
        "The printed words are not those cited: “{words}”, not “{cited}”.",
    ),
    "no-words": Both(
        "Rien n’y est dit imprimé, et la citation donne « {cited} ».",
        "Nothing there is said to be printed, and “{cited}” is cited.",
    ),
    "changed": Both(
        "De la version {version} à la version {here} : {changes}", "From release {version} to {here}: {changes}"
    ),
    "replaced": Both(
        "Retiré dans la version {version} : {reason} À sa place : {successor}.",
        "Withdrawn in release {version}: {reason} In its place: {successor}.",
    ),
    "withdrawn": Both(
        "Retiré dans la version {version} : {reason} Rien ne le remplace.",
        "Withdrawn in release {version}: {reason} Nothing replaces it.",
    ),
    "other-answer": Both(
        "La requête ne donne pas la réponse citée : {sum}, et non {cited}.",
        "The query does not give the answer that is cited: {sum}, not {cited}.",
    ),
    "no-answer": Both("La requête n’a pas de réponse : {error}", "The query has no answer: {error}"),
}


@dataclass(frozen=True)
class Finding:
    """A sentence of the verdict, and whether what it says bears the citation out."""

    text: Both
    holds: bool


def found(rule: str, **told: Both | str) -> Finding:
    """The finding of `rule`, filled in with what is `told`."""
    holds = rule in _HOLDS
    return Finding(filled((_HOLDS if holds else _FAILS)[rule], **told), holds)
