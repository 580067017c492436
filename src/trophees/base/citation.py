"""How the graph is cited, and how a citation is read again: one text, that names what `trophees verify` needs.

A citation names the release by its version and day, and by the SHA-256 of its statements (`dumps/trophees.nq`); what
is cited by its IRI, a fact with its section and the words that are printed there; an answer by its query and by the
SHA-256 of its rows (`ask.fingerprint`). What reads it takes the text as people paste it: in either language, as BibTeX
or RIS, broken into lines, with spaces inside of a sum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE

_QUOTED = Both("« {0} »", "“{0}”")
_VERSION = Both("version {0}", "version {0}")
_SOURCE = Both("Source : {0}", "Source: {0}")
_SECTION = Both("rubrique « {0} »", "section “{0}”")
_PAGES = Both("p. {0}", "pp. {0}")
_PRINTED = Both("imprimé : « {0} »", "printed: “{0}”")
_LICENCE = Both("Licence : {0}", "Licence: {0}")
_RELEASE_SUM = Both("SHA-256 de la version : {0}", "SHA-256 of the release: {0}")
_ANSWER_SUM = Both("SHA-256 de la réponse : {0}", "SHA-256 of the answer: {0}")

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
    `printed` are the words that a source prints; `answer` is the SHA-256 of what `query` answers.
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
    section: str = ""
    pages: str = ""
    printed: str = ""
    query: str = ""
    answer: str = ""

    def text(self, language: Language) -> str:
        """The citation in `language`; `read` finds in it all that is to be verified."""
        told = [_QUOTED[language].format(title) for title in self.titles]
        told += [*self.publishers, self.dataset]
        told += [_VERSION[language].format(self.version)] * bool(self.version)
        sentences = [f"{', '.join(filter(None, [*told, self.day]))}.", f"{self.iri}." if self.iri else ""]
        if self.source:
            where = [_SECTION[language].format(self.section)] * bool(self.section)
            where += [_PAGES[language].format(self.pages)] * bool(self.pages)
            where += [_PRINTED[language].format(self.printed)] * bool(self.printed)
            sentences.append(f"{_SOURCE[language].format(', '.join([self.source.rstrip('.'), *where]))}.")
        sentences += [_LICENCE[language].format(self.licence) + "."] * bool(self.licence)
        sentences += [_ANSWER_SUM[language].format(self.answer) + "."] * bool(self.answer)
        sentences += [_RELEASE_SUM[language].format(self.sha256) + "."] * bool(self.sha256)
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
