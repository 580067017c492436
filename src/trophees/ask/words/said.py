"""A frame as a question in plain words, which is read as the same frame: what was understood, or may be asked."""

from __future__ import annotations

from trophees.ask.words.frames import Condition, Frame
from trophees.ask.words.lexicon import Sign
from trophees.ask.words.sparql import PROCESSES
from trophees.base.language import Both, Language

CONDITIONS = {
    "region": Both("dans la région {0}", "in the region {0}"),
    "departement": Both("dans le département {0}", "in the department {0}"),
    "commune": Both("à {0}", "in {0}"),
    "tool-used": Both("qui utilisent l’outil « {0} »", "that use the tool “{0}”"),
    "tool-any": Both("qui mentionnent l’outil « {0} »", "that mention the tool “{0}”"),
    "tool-planned": Both("qui ont prévu l’outil « {0} »", "that have planned the tool “{0}”"),
    "theme": Both("sur le thème « {0} »", "on the theme “{0}”"),
    "audience": Both("destinés au public « {0} »", "meant for the audience “{0}”"),
    "kind": Both("portés par « {0} »", "carried by “{0}”"),
    "organisation-carrier": Both("portés par « {0} »", "carried by “{0}”"),
    "organisation-partner": Both("en partenariat avec « {0} »", "in partnership with “{0}”"),
    "plan": Both("qui alimentent « {0} »", "that feed “{0}”"),
    "context": Both("pendant « {0} »", "during “{0}”"),
    "standing": Both("au titre de « {0} »", "that are “{0}”"),
    "edition": Both("de l’édition {0}", "of the edition {0}"),
    "stars-=": Both("avec {0} étoiles", "with {0} stars"),
    "stars-!=": Both("qui n’ont pas {0} étoiles", "that do not have {0} stars"),
    "stars->=": Both("avec au moins {0} étoiles", "with at least {0} stars"),
    "stars->": Both("avec plus de {0} étoiles", "with more than {0} stars"),
    "stars-<=": Both("avec au plus {0} étoiles", "with at most {0} stars"),
    "stars-<": Both("avec moins de {0} étoiles", "with fewer than {0} stars"),
}
NOUNS = {
    "laureate": Both("lauréats", "laureates"),
    "case": Both("cas", "cases"),
    "tool": Both("outils", "tools"),
    "theme": Both("thèmes", "themes"),
    "audience": Both("publics", "audiences"),
    "region": Both("régions", "regions"),
    "departement": Both("départements", "departments"),
    "commune": Both("communes", "municipalities"),
    "territory": Both("territoires", "territories"),
    "carrier": Both("porteurs", "carriers"),
    "partner": Both("partenaires", "partners"),
    "stars": Both("étoiles", "stars"),
    "outcome": Both("résultats", "outcomes"),
    "goal": Both("objectifs", "goals"),
    "stage": Both("étapes", "stages"),
    "summary": Both("résumé", "summary"),
    "kind": Both("nature de porteur", "kind of carrier"),
    "edition": Both("édition", "edition"),
}
ONE = {
    "region": Both("région", "region"),
    "departement": Both("département", "department"),
    "theme": Both("thème", "theme"),
    "tool": Both("outil", "tool"),
    "audience": Both("public", "audience"),
    "stars": Both("nombre d’étoiles", "number of stars"),
    "kind": Both("nature de porteur", "kind of carrier"),
    "edition": Both("édition", "edition"),
}
FEMININE = ("region", "stage", "commune", "kind")
ACTS = {
    "average": Both("Moyenne : {0}, {1}", "Average: {0}, {1}"),
    "sum": Both("Somme : {0}, {1}", "Sum: {0}, {1}"),
    "max": Both("Maximum : {0}, {1}", "Highest: {0}, {1}"),
    "min": Both("Minimum : {0}, {1}", "Lowest: {0}, {1}"),
}
MUCH = {"most": Both("le plus de", "the most"), "least": Both("le moins de", "the least")}
VERBS = {"used": Both("utilisent", "use"), "any": Both("mentionnent", "mention"), "": Both("ont", "have")}
HEADS = {
    "count": Both("Combien de", "How many"),
    "whether": Both("Y a-t-il des", "Are there"),
    "feminine": Both("Quelles", "Which"),
    "masculine": Both("Quels", "Which"),
    "one-feminine": Both("Quelle", "Which"),
    "one-masculine": Both("Quel", "Which"),
}
VOWELS = tuple("aeiouéèêîAEIOUÉÈÊÎ")
FORMS = {
    "silent": Both("{head} {laureates} sans {thing} indiqué ?", "{head} {laureates} with no {thing} stated?"),
    "group": Both("{head} {laureates} par {by} ?", "{head} {laureates} per {by}?"),
    "rank-indicator": Both("Quels {laureates} ont {much} {counted} ?", "Which {laureates} have {much} {counted}?"),
    "rank-laureates": Both("Quels {laureates} {verb} {much} {counted} ?", "Which {laureates} {verb} {much} {counted}?"),
    "rank": Both("{which} {one} a {much} {laureates} ?", "Which {one} has {much} {laureates}?"),
    "period": Both("Quand a eu lieu « {name} » ?", "When did “{name}” take place?"),
    "indicator": Both("{thing} de « {name} » ?", "{thing} of “{name}”?"),
    "stars": Both("Combien d’étoiles a « {name} » ?", "How many stars has “{name}”?"),
    "used-of-one": Both("{head} {target} utilise « {name} » ?", "{head} {target} used by “{name}”?"),
    "of-one": Both("{head} {target} de « {name} » ?", "{head} {target} of “{name}”?"),
    "any": Both("{head} {target} mentionnent les {laureates} ?", "{head} {target} mentioned by {laureates}?"),
    "any-of-one": Both("{head} {target} mentionne « {name} » ?", "{head} {target} mentioned by “{name}”?"),
    "status": Both("{head} {target} {thing}s par les {laureates} ?", "{head} {target} {thing} by {laureates}?"),
    "status-of-one": Both("{head} {target} {thing}s par « {name} » ?", "{head} {target} {thing} by “{name}”?"),
    "used": Both("{head} {target} utilisent les {laureates} ?", "{head} {target} used by {laureates}?"),
    "without": Both("{head} {target} n’ont pas de {laureates} ?", "{head} {target} have no {laureates}?"),
    "where": Both("{head} {target} ont des {laureates} ?", "{head} {target} have {laureates}?"),
    "of": Both("{head} {target} des {laureates} ?", "{head} {target} of {laureates}?"),
    "laureates": Both("{head} {laureates} ?", "{head} {laureates}?"),
}


def said(frame: Frame, language: Language) -> str:
    """`frame` as a question in `language`."""
    conditions = (_condition(condition, language) for condition in frame.conditions)
    if frame.act in ACTS:
        form = ACTS[frame.act][language]
        target = _name(frame.thing, language) if frame.thing else NOUNS[frame.target][language]
        return form.format(target, " ".join([NOUNS["laureate"][language], *conditions]))
    verb = VERBS.get(frame.how, VERBS[""])
    much = MUCH[frame.act][language] if frame.act in MUCH else ""
    counted = _name(frame.thing, language) if frame.thing else NOUNS[frame.by][language] if frame.by else ""
    much, counted = _elided(much, counted)
    form = FORMS[_form(frame)][language]
    head, target = _head(frame)[language], NOUNS[frame.target][language] if frame.target in NOUNS else ""
    if "{head} {target}" in form:
        head, target = _elided(head, target)
    return form.format(
        head=head,
        which=HEADS["one-feminine" if frame.target in FEMININE else "one-masculine"][language],
        laureates=" ".join([NOUNS["case" if frame.target == "case" else "laureate"][language], *conditions]),
        target=target,
        one=ONE[frame.target][language] if frame.target in ONE else "",
        by=ONE[frame.by][language] if frame.by in ONE else "",
        counted=counted,
        much=much,
        verb=verb[language],
        name=_name(frame.subject, language),
        thing=_name(frame.thing, language),
    )


def _elided(before: str, noun: str) -> tuple[str, str]:
    """« le plus de » and « outils », as « le plus » and « d’outils »."""
    return (before[:-3], f"d’{noun}") if before.endswith(" de") and noun.startswith(VOWELS) else (before, noun)


def _form(frame: Frame) -> str:
    """The key of the form in which `frame` is said."""
    if frame.how == "silent" or frame.act == "group":
        return "group" if frame.act == "group" else "silent"
    if frame.act == "without":
        return "without"
    if frame.act in MUCH:
        return "rank-indicator" if frame.thing else "rank-laureates" if frame.by else "rank"
    if frame.target in ("period", "indicator", "stars"):
        return frame.target
    if frame.target in PROCESSES:
        return "laureates"
    if frame.subject is None:
        return frame.how or ("where" if frame.target in ("region", "departement", "commune") else "of")
    return f"{frame.how}-of-one" if frame.how else "of-one"


def _head(frame: Frame) -> Both:
    if frame.act in ("count", "group"):
        return HEADS["count"]
    if frame.act == "whether" and frame.target in PROCESSES:
        return HEADS["whether"]
    return HEADS["feminine" if frame.target in FEMININE else "masculine"]


def _name(sign: Sign | None, language: Language) -> str:
    return "" if sign is None else sign.fr if language == "fr" else sign.en


def _condition(condition: Condition, language: Language) -> str:
    key = condition.sign.kind if condition.sign.kind in CONDITIONS else f"{condition.sign.kind}-{condition.how}"
    told = CONDITIONS[key][language].format(_name(condition.sign, language))
    return told[:-1] if condition.sign.kind == "stars" and condition.sign.value == "1" else told
