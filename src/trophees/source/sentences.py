"""What is said of a record that cannot be read as it is written: one sentence a fault, by its rule.

The key is the rule, and after a dot which of its faults is meant; `{…}` stands for what is told of this one. The form
in the page says the same sentences, which `check.portable` hands to it.
"""

from __future__ import annotations

from trophees.base.language import Both, filled

SENTENCES = {
    "utf-8": Both(
        "le fichier n’est pas en UTF-8 : enregistrez-le avec cet encodage",
        "the file is not UTF-8: save it with that encoding",
    ),
    "syntax": Both(
        "YAML illisible ici : revoyez, sur cette ligne ou la précédente, le retrait, les guillemets et les « : »",
        "unreadable YAML here: on this line or the one before, mend the indent, the quotes and the colons ({detail})",
    ),
    "syntax.levels": Both(
        "plus de {most} niveaux : une fiche en a moins de dix", "more than {most} levels: a record has fewer than ten"
    ),
    "one-record": Both(
        "un fichier contient une seule fiche, faite de lignes « clé: valeur »",
        "a file holds one record, made of 'key: value' lines",
    ),
    "one-record.end": Both(
        "« ... » termine la fiche : rien ne peut le suivre", "“...” ends the record: nothing can follow it"
    ),
    "alias": Both("les ancres et alias YAML ne sont pas admis", "YAML anchors and aliases are not allowed"),
    "tag": Both("étiquette YAML « {tag} » non admise", "YAML tag “{tag}” not allowed"),
    "tag.directive": Both("directive YAML « % » non admise", "YAML directive “%” not allowed"),
    "tab": Both("tabulation : écrivez des espaces", "tab: write spaces"),
    "key": Both("clé inconnue « {key} »{near}", "unknown key “{key}”{near}"),
    "key.plain": Both("une clé est un mot simple", "a key is a plain word"),
    "duplicate-key": Both(
        "clé en double « {key} » : déjà ligne {line}", "duplicate key “{key}”: already on line {line}"
    ),
    "empty": Both(
        "{key} — valeur vide : écrivez-la, ou ôtez la clé", "{key} — empty value: write it, or remove the key"
    ),
    "cut": Both(
        "{key} — YAML coupe la valeur au « # » : écrivez-la entre guillemets",
        "{key} — YAML cuts the value at the “#”: quote it",
    ),
    "ambiguous": Both(
        "{key} — « {text} » se lit de plusieurs façons en YAML : écrivez {right}",
        "{key} — “{text}” can be read in several ways in YAML: write {right}",
    ),
    "id": Both("il manque « id: {name} »", "'id: {name}' is missing"),
    "id.path": Both(
        "id — d’après son chemin, la fiche s’appelle « {name} » ; valeur « {value} »",
        "id — after its path, the record is called “{name}”; value “{value}”",
    ),
    "id.concept": Both(
        "id — un concept s’appelle « préfixe:nom », avec le préfixe de son vocabulaire ; valeur « {value} »",
        "id — a concept is called “prefix:name”, with the prefix of its vocabulary; value “{value}”",
    ),
    "id.inside": Both(
        "id — ce qu’une fiche contient s’appelle « {start}… » ; ôtez la ligne et lancez « trophees check --fix »"
        " ; valeur « {value} »",
        "id — what a record contains is called “{start}…”; remove the line and run “trophees check --fix”"
        "; value “{value}”",
    ),
    "id.once": Both("id en double « {name} » : déjà ligne {line}", "duplicate id “{name}”: already on line {line}"),
    "type": Both(
        "il manque « type: … » (Lauréat, Organisme, Personne, Lieu, Outil…)",
        "'type: …' is missing (Lauréat, Organisme, Personne, Lieu, Outil…)",
    ),
    "type.unknown": Both("type inconnu « {value} »{near}", "unknown type “{value}”{near}"),
    "entry": Both(
        "{key} — une fiche est attendue, avec ses clés, après un tiret",
        "{key} — an entry is expected, with its keys, after a dash",
    ),
    "language-map": Both(
        "{key} — donnez une ligne par langue : « fr: … » et « en: … »",
        "{key} — give a line for each language: 'fr: …' and 'en: …'",
    ),
    "language-map.own": Both(
        "{key} — la ligne « {language}: … » manque", "{key} — the line '{language}: …' is missing"
    ),
    "language": Both(
        "{key} — langue inconnue « {language} » : fr ou en", "{key} — unknown language “{language}”: fr or en"
    ),
    "value": Both("{key} — une valeur simple est attendue", "{key} — a simple value is expected"),
    "reference": Both(
        "{key} — « {value} » n’est pas une référence (préfixe:nom){near}",
        "{key} — “{value}” is not a reference (prefix:name){near}",
    ),
    "reference.word": Both(
        "{key} — « {value} » n’est pas un mot connu{near}", "{key} — “{value}” is not a known word{near}"
    ),
    "lexical.written": Both("{key} — « {value} » s’écrit ici {right}", "{key} — “{value}” is written {right} here"),
    "lexical.calendar": Both("{key} — « {value} » n’est pas au calendrier", "{key} — “{value}” is not in the calendar"),
    "lexical.integer": Both("{key} — « {value} » n’est pas un nombre entier", "{key} — “{value}” is not an integer"),
    "lexical.decimal": Both(
        '{key} — « {value} » n’est pas un nombre, comme 1000 ou "1.5"',
        '{key} — “{value}” is not a number, such as 1000 or "1.5"',
    ),
    "lexical.boolean": Both(
        "{key} — « {value} » n’est ni true ni false", "{key} — “{value}” is neither true nor false"
    ),
    "lexical.gYear": Both(
        "{key} — « {value} » n’est pas une année, comme 2020", "{key} — “{value}” is not a year, such as 2020"
    ),
    "lexical.date": Both(
        "{key} — « {value} » n’est pas une date, comme 2026-11-23",
        "{key} — “{value}” is not a date, such as 2026-11-23",
    ),
    "lexical.EDTF": Both(
        "{key} — « {value} » n’est pas une date : 2019-08-26, 2020-06, 2016, ou 2021-21 pour le printemps",
        "{key} — “{value}” is not a date: 2019-08-26, 2020-06, 2016, or 2021-21 for spring",
    ),
    "line-break": Both(
        "une valeur tient sur une ligne : ôtez les fins de ligne (« >- » écrit un long texte sur plusieurs)",
        "a value stands on one line: remove the line ends (“>-” writes a long text on several)",
    ),
    "length": Both(
        "{count} caractères : une valeur en a au plus {most}", "{count} characters: a value has at most {most}"
    ),
    "space": Both(
        "une espace en trop, devant, derrière ou à côté d’une autre : ôtez-la",
        "a space too many, before, behind or beside another one: remove it",
    ),
    "character": Both(
        "caractère interdit {code}, sans doute invisible : ôtez-le",
        "forbidden character {code}, probably invisible: remove it",
    ),
    "lookalike": Both(
        "« {character} » ({code}) est d’un autre alphabet que le reste du mot : tapez la lettre à nouveau",
        "“{character}” ({code}) is of another alphabet than the rest of the word: type the letter anew",
    ),
    "lookalike.form": Both(
        "« {character} » ({code}) est une forme de « {right} » : écrivez « {right} »",
        "“{character}” ({code}) is a form of “{right}”: write “{right}”",
    ),
    "decomposed": Both(
        "caractère décomposé ({codes}) : écrivez « {right} » ({code}), ou tout le fichier en NFC",
        "decomposed character ({codes}): write “{right}” ({code}), or the whole file in NFC",
    ),
    "marks": Both(
        "plus de {most} signes sur une lettre : ôtez-les", "more than {most} marks on one letter: remove them"
    ),
}


def rule_of(name: str) -> str:
    """The rule that the sentence `name` speaks of."""
    return name.partition(".")[0]


def said(name: str, /, **told: Both | str | int) -> Both:
    """The sentence `name`, with what is `told` in its places."""
    return filled(SENTENCES[name], **told)
