"""What is said of a query, in both languages: each sentence under the key that its rule has.

`{word}` and the like are filled in; what may be meant follows, see `candidates`. The playground says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trophees.base.language import Both, Language

SENTENCES = {
    # mistakes, for which there is no answer
    "empty": Both("la requête est vide", "the query is empty"),
    "unexpected": Both("« {word} » n’est pas attendu ici", "“{word}” is not expected here"),
    "ended": Both("la requête s’arrête trop tôt", "the query ends too early"),
    "unclosed": Both(
        "« {word} », ouvert à la ligne {line}, colonne {column}, n’est pas fermé",
        "“{word}”, opened at line {line}, column {column}, is not closed",
    ),
    "form": Both(
        "SELECT, ASK, CONSTRUCT ou DESCRIBE est attendu, pas « {word} »",
        "SELECT, ASK, CONSTRUCT or DESCRIBE is expected, not “{word}”",
    ),
    "update": Both(
        "« {word} » modifierait le graphe, qui ne peut qu’être lu : une requête commence par SELECT, ASK, CONSTRUCT ou "
        "DESCRIBE",
        "“{word}” would change the graph, which is only read: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE",
    ),
    "prefix": Both("le préfixe « {word}: » n’est pas déclaré", "the prefix “{word}:” is not declared"),
    "relative": Both(
        "{word} n’est pas un IRI absolu : écrivez-le en entier, ou déclarez BASE",
        "{word} is no absolute IRI: write all of it, or declare BASE",
    ),
    "iri": Both("{word} n’est pas un IRI valide", "{word} is no valid IRI"),
    "comma": Both(
        "les variables de SELECT se séparent par une espace, non par une virgule",
        "the variables of SELECT are separated by a space, not by a comma",
    ),
    "slash": Both(
        "une barre oblique dans un nom abrégé s’écrit « \\/ » : {word}",
        "a slash in a compact name is written “\\/”: {word}",
    ),
    "dot": Both(
        "il manque « . », « ; » ou « , » avant « {word} »",
        "“.”, “;” or “,” is missing before “{word}”",
    ),
    "string": Both("le texte entre guillemets n’est pas fermé", "the text in quotation marks is not closed"),
    "backslash": Both(
        "« {word} » ne veut rien dire dans un texte : une barre oblique inverse s’y écrit « \\\\ »",
        "“{word}” means nothing in a text: a backslash is written “\\\\” there",
    ),
    "space": Both(
        "une espace insécable (U+{code}) n’est pas une espace : écrivez une espace ordinaire",
        "a no-break space (U+{code}) is no space: write a plain one",
    ),
    "quotes": Both(
        '« {word} » n’est pas un guillemet de SPARQL : écrivez "',
        '“{word}” is no quotation mark of SPARQL: write "',
    ),
    "odd": Both(
        "le caractère « {word} » (U+{code}) n’a pas sa place ici", "the character “{word}” (U+{code}) has no place here"
    ),
    "function": Both("aucune fonction ne s’appelle « {word} »", "no function is called “{word}”"),
    "arguments": Both(
        "le nombre de valeurs de {word} est {found}, au lieu de {wanted}",
        "the number of values of {word} is {found}, not {wanted}",
    ),
    "custom": Both("la fonction {word} n’existe pas ici", "there is no function {word} here"),
    "bound": Both(
        "?{word} a déjà une valeur ici : AS veut une nouvelle variable",
        "?{word} has a value here already: AS needs a new variable",
    ),
    "twice": Both("?{word} est deux fois dans SELECT", "?{word} is in SELECT twice"),
    "ungrouped": Both(
        "?{word} n’est ni groupée ni calculée sur le groupe : ajoutez-la à GROUP BY, ou écrivez SAMPLE(?{word})",
        "?{word} is neither grouped nor computed from the group: add it to GROUP BY, or write SAMPLE(?{word})",
    ),
    "star": Both(
        "SELECT * ne va pas avec GROUP BY, ni avec COUNT ou SUM : nommez les variables",
        "SELECT * does not go with GROUP BY, nor with COUNT or SUM: name the variables",
    ),
    "rows": Both(
        "cette ligne de VALUES n’a pas autant de valeurs ({found}) qu’il y a de variables ({wanted})",
        "this row of VALUES has not as many values ({found}) as there are variables ({wanted})",
    ),
    "blank": Both(
        "un nœud anonyme (_:…) est employé dans deux groupes : écrivez une variable",
        "a blank node (_:…) is used in two groups: write a variable",
    ),
    "language": Both("l’étiquette de langue n’est pas valide", "the language tag is not valid"),
    "aggregate": Both(
        "une fonction de groupe (COUNT, SUM…) n’a pas sa place ici : SELECT, HAVING et ORDER BY en ont",
        "an aggregate (COUNT, SUM…) has no place here: it may stand in SELECT, HAVING and ORDER BY",
    ),
    "loose": Both(
        "une variable de SELECT n’est ni groupée ni calculée sur le groupe",
        "a variable of SELECT is neither grouped nor computed from the group",
    ),
    "expected": Both("« {sign} » est attendu avant « {word} »", "“{sign}” is expected before “{word}”"),
    # regular expressions and replacements of XPath
    "flag": Both(
        "une expression régulière a les options s, m, i, x et q, non « {word} »",
        "a regular expression has the flags s, m, i, x and q, not “{word}”",
    ),
    "back": Both(
        "une expression régulière ne peut renvoyer en arrière (\\{word}) ici : le moteur ne le fait pas",
        "a regular expression cannot refer back (\\{word}) here: the engine has no such thing",
    ),
    "bracket": Both(
        "« [ » n’est pas fermé dans l’expression régulière, au caractère {n}",
        "“[” is not closed in the regular expression, at character {n}",
    ),
    "subtracted": Both(
        "ce qui est retranché d’une classe de caractères est à sa fin ([a-z-[aeiou]])",
        "what is subtracted from a class of characters stands at its end ([a-z-[aeiou]])",
    ),
    "block": Both(
        "le bloc {word} d’une expression régulière n’est pas connu ici : écrivez ses bornes",
        "the block {word} of a regular expression is not known here: write its range",
    ),
    "nested": Both(
        "COUNT de {name} : un agrégat n’en contient pas d’autre ; calculez celui-ci dans un SELECT entre les accolades",
        "COUNT of {name}: an aggregate has no other in it; compute that in a SELECT in the braces",
    ),
    "regular": Both(
        "« {word} » n’est pas une expression régulière de XPath (elle ne regarde pas en avant), ou est trop grande",
        "“{word}” is no regular expression of XPath (it has no looking ahead), or one too large",
    ),
    "escape": Both(
        "dans un remplacement, \\ est devant \\ ou $ (REPLACE)",
        "in a replacement, \\ stands before \\ or $ (REPLACE)",
    ),
    "group": Both(
        "dans un remplacement, $ est devant le numéro d’un groupe : écrivez \\\\$ (REPLACE)",
        "in a replacement, $ stands before the number of a group: write \\\\$ (REPLACE)",
    ),
    "engine": Both("le moteur n’en lit pas plus", "the engine reads no further"),
    # remarks on what can be asked, and finds nothing
    "nowhere": Both("{word} n’est nulle part dans le graphe", "{word} is nowhere in the graph"),
    "no-property": Both(
        "{word} n’est une propriété de rien dans le graphe", "{word} is a property of nothing in the graph"
    ),
    "no-class": Both("rien dans le graphe n’est de la classe {word}", "nothing in the graph is of the class {word}"),
    "no-graph": Both("aucun graphe ne s’appelle {word}", "no graph is called {word}"),
    "no-datatype": Both(
        "{word} n’est le type d’aucune valeur du graphe", "{word} is the datatype of no value in the graph"
    ),
    "never-has": Both("aucune chose de la classe {cls} n’a {word}", "nothing of the class {cls} has {word}"),
    "has": Both(" ; cette classe a {names}", "; this class has {names}"),
    "never-of": Both("ce que désigne {by} n’a jamais {word}", "what {by} leads to never has {word}"),
    "never-is": Both(
        "ce que désigne {by} n’est jamais de la classe {word}", "what {by} leads to is never of the class {word}"
    ),
    "never-both": Both("rien n’a à la fois {by} et {word}", "nothing has both {by} and {word}"),
    "is": Both(" ; c’est {names}", "; it is {names}"),
    "leads": Both(" ; on y trouve {names}", "; there one finds {names}"),
    "written": Both("{property} n’a pas la valeur {word}, mais {names}", "{property} has no value {word}, but {names}"),
    "other-type": Both(
        "{property} n’a que des valeurs de type {names}, par exemple {example} : {word} n’en est pas une",
        "{property} has only values of type {names}, such as {example}: {word} is none",
    ),
    "only-things": Both(
        "{property} mène à des choses, par exemple {example}, non à un texte comme {word}",
        "{property} leads to things, such as {example}, not to a text like {word}",
    ),
    "only-values": Both(
        "{property} a des valeurs, par exemple {example}, et ne mène à aucune chose comme {word}",
        "{property} has values, such as {example}, and leads to no thing like {word}",
    ),
    "other-class": Both(
        "{property} mène à {names}, et {word} est {cls}", "{property} leads to {names}, and {word} is {cls}"
    ),
    "no-value": Both("{property} n’a nulle part la valeur {word}", "{property} has the value {word} nowhere"),
    "no-language": Both(
        "les textes de {property} n’ont pas de langue : cette condition n’est jamais remplie",
        "the texts of {property} have no language: this condition never holds",
    ),
    "languages": Both(
        "les textes de {property} sont en {names} : cette condition n’est jamais remplie",
        "the texts of {property} are in {names}: this condition never holds",
    ),
    "never-holds": Both(
        "aucune valeur de {property} ne remplit cette condition : elles sont de type {names}, par exemple {example}",
        "no value of {property} meets this condition: they are of type {names}, such as {example}",
    ),
    "never-holds-of-things": Both(
        "rien de ce que désigne {property}, par exemple {example}, ne remplit cette condition",
        "nothing that {property} leads to, such as {example}, meets this condition",
    ),
    "left-by-pattern": Both(
        "avec {word}, plus rien ne convient de ce qui convenait jusque-là ; ce peut être la vraie réponse",
        "with {word}, nothing is left of what matched so far; this may be the true answer",
    ),
    "left-by-condition": Both(
        "cette condition ne laisse rien de ce qui convenait ; ce peut être la vraie réponse",
        "this condition leaves nothing of what matched; this may be the true answer",
    ),
    "left-by-error": Both(
        "cette condition est une erreur pour tout ce qui convenait : elle compare, ou calcule, des valeurs de types "
        "qui ne vont pas ensemble (un nombre et un texte entre guillemets, par exemple)",
        "this condition is an error for all that matched: it compares, or computes with, values of types that do not "
        "go together (a number and a text in quotation marks, say)",
    ),
    "no-thing": Both(
        "{word} est une valeur, et rien n’est dit d’une valeur ni dans un graphe qui en serait une : il faut une chose",
        "{word} is a value, and nothing is said of a value, nor in a graph that would be one: a thing is needed",
    ),
    "unbound": Both("?{word} n’a jamais de valeur", "?{word} never has a value"),
    "blank-column": Both("?{word} n’a de valeur dans aucune ligne", "?{word} has a value in no row"),
    "zero-column": Both(
        "?{word} n’a pas d’autre valeur que 0, et la requête n’en montre pas la cause ; ce peut être la vraie réponse",
        "?{word} has no value but 0, and the query shows no cause of it; this may be the true answer",
    ),
    "outside": Both(
        "?{word} n’a pas de valeur ici : elle n’en a qu’en dehors de ces accolades, ou plus loin ; "
        "répétez ici ce qui la lui donne",
        "?{word} has no value here: it has one only outside of these braces, or further on; "
        "repeat here what gives it one",
    ),
    "later": Both(
        "?{word} n’a pas encore de valeur ici, SELECT la calcule plus tard : répétez ici l’expression qui précède "
        "« AS ?{word} »",
        "?{word} has no value here yet, SELECT computes it later: repeat here the expression before “AS ?{word}”",
    ),
    "not-there": Both("{word} n’est pas dans {by}", "{word} is not in {by}"),
    "one-graph": Both(
        "aucun graphe n’a à lui seul {by} et {word} ensemble : écrivez un GRAPH pour chacun, ou aucun",
        "no single graph has both {by} and {word} together: write a GRAPH for each, or none",
    ),
    "from": Both(
        "FROM et FROM NAMED limitent la requête aux graphes qu’ils nomment (FROM NAMED, à ce qui est dans GRAPH) : "
        "sans eux, tous sont interrogés ensemble",
        "FROM and FROM NAMED limit the query to the graphs that they name (FROM NAMED, to what is in GRAPH): "
        "without them all are asked together",
    ),
    "no-cause": Both(
        "aucune cause n’a été trouvée dans la requête : rien ne convient à toutes ses parties, et c’est peut-être la "
        "vraie réponse",
        "no cause was found in the query: nothing meets all of its parts, and this may be the true answer",
    ),
    "unfinished": Both(
        "la vérification n’a pas pu aller jusqu’au bout, il peut y avoir d’autres causes",
        "the check could not be finished, there may be other causes",
    ),
    # what may be meant, and lists
    "meant": Both(" (vouliez-vous {names} ?)", " (did you mean {names}?)"),
    "or": Both(" ou ", " or "),
    "and": Both(" et ", " and "),
}


def say(key: str, **values: object) -> Both:
    """The sentence `key`, with what stands in it, in each language if it is a Both."""
    french, english = SENTENCES[key].fr, SENTENCES[key].en
    return Both(french.format(**_in(values, "fr")), english.format(**_in(values, "en")))


def _in(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {key: value[language] if isinstance(value, Both) else value for key, value in values.items()}


def candidates(names: Sequence[str]) -> Both:
    """« (vouliez-vous a, b ou c ?) »; nothing if there are no `names`."""
    if not names:
        return Both("", "")
    return say("meant", names=listed(names, SENTENCES["or"]))


def enumerated(names: Sequence[str]) -> Both:
    """« a, b et c »."""
    return listed(names, SENTENCES["and"])


def listed(names: Sequence[str], last: Both) -> Both:
    """The names with commas, the last one after `last`."""

    def line(between: str) -> str:
        return between.join(filter(None, (", ".join(names[:-1]), names[-1])))

    return last.each(line)
