"""How the graph is cited, and how a citation is read again: one text, that names what `trophees verify` needs.

A citation names the release by its version and day, and by the SHA-256 of its statements (`dumps/trophees.nq`); what
is cited by its IRI, a fact with its section and the words that are printed there; an answer by its query and by the
SHA-256 of its rows (`ask.fingerprint`). What reads it takes the text as people paste it: in either language, as BibTeX
or RIS, broken into lines, with spaces inside of a sum.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE

# what a citation is made of, for whoever writes one, a script too
WORDING: Mapping[str, Both] = {
    "quoted": Both("« {0} »", "“{0}”"),
    "version": Both("version {0}", "version {0}"),
    "source": Both("Source : {0}", "Source: {0}"),
    "section": Both("rubrique « {0} »", "section “{0}”"),
    "pages": Both("p. {0}", "pp. {0}"),
    "printed": Both("imprimé : « {0} »", "printed: “{0}”"),
    "licence": Both("Licence : {0}", "Licence: {0}"),
    "sum": Both("SHA-256 de la version : {0}", "SHA-256 of the release: {0}"),
    "answer": Both("SHA-256 de la réponse : {0}", "SHA-256 of the answer: {0}"),
}

_IRI = re.compile(re.escape(BASE) + r"[\w./#%~-]*")
_RELEASE = re.compile(r"(?:\bversion\W{0,4}|\bET  - )([0-9]{4}\.[0-9]+)\b", re.IGNORECASE)
_DAY = re.compile(r"\b([0-9]{4}-[0-9]{2}-[0-9]{2})\b")
_SUM = re.compile(r"SHA-?256([^0-9:=]{0,40}?)[\s:={(]*((?:[0-9a-f]\s*){64})(?![0-9a-f])", re.IGNORECASE)
_OF_ANSWER = re.compile(r"réponse|answer", re.IGNORECASE)
_WORDS = re.compile(r"\b(?:imprimé|printed)\s*:\s*(?:«\s*(.*?)\s*»|“(.*?)”)", re.DOTALL)
_QUERY = re.compile(r"#query=([^&\s]+)")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Citation:
    """What is cited, and how; whatever is not known, or is not the case, is empty.

    `iri` is that of the dataset, a thing or a fact; `titles` are the names of what is cited, the narrowest first;
    `printed` are the words that `source` prints, `others` are further sources; `answer` is the SHA-256 of what `query`
    answers.
    """

    iri: str = ""
    titles: tuple[str, ...] = ()
    dataset: str = ""
    publishers: tuple[str, ...] = ()
    version: str = ""
    day: str = ""
    sha256: str = ""
    licence: str = ""
    source: str = ""
    others: tuple[str, ...] = ()
    section: str = ""
    pages: str = ""
    printed: str = ""
    query: str = ""
    answer: str = ""

    def text(self, language: Language) -> str:
        """The citation in `language`; `read` finds in it all that is to be verified."""

        def said(key: str, value: str) -> list[str]:
            return [WORDING[key][language].format(value)] if value else []

        first = [text for title in self.titles for text in said("quoted", title)]
        first += [*self.publishers, self.dataset, *said("version", self.version), self.day]
        sentences = [f"{', '.join(filter(None, first))}.", f"{self.iri}." if self.iri else ""]
        where = [*said("section", self.section), *said("pages", self.pages), *said("printed", self.printed)]
        for source, more in ((self.source, where), *((other, []) for other in self.others)):
            sentences += [
                f"{text}." for text in said("source", ", ".join([source.rstrip("."), *more]) if source else "")
            ]
        for key, value in (("licence", self.licence), ("answer", self.answer), ("sum", self.sha256)):
            sentences += [f"{text}." for text in said(key, value)]
        return " ".join(filter(None, sentences))


def read(text: str) -> Citation:
    """What a citation says that can be verified: release, day, IRI, words, query and sums; the rest is empty."""
    sums = {bool(_OF_ANSWER.search(found[1])): _SPACES.sub("", found[2]).lower() for found in _SUM.finditer(text)}
    release, day, words, query = (pattern.search(text) for pattern in (_RELEASE, _DAY, _WORDS, _QUERY))
    iri = _IRI.search(_QUERY.sub("", text))
    return Citation(
        iri=iri[0].rstrip(".-") if iri else "",
        version=release[1] if release else "",
        day=day[1] if day else "",
        sha256=sums.get(False, ""),
        printed=_SPACES.sub(" ", words[1] or words[2] or "") if words else "",
        query=unquote(query[1]) if query else "",
        answer=sums.get(True, ""),
    )
