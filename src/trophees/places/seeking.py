"""Which territories a cell with a name means, given what the rest of the row says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trophees.places import codes, near
from trophees.places.around import in_regions, is_overseas, named, of_postal
from trophees.places.forms import ARTICLES, Words, forms_of, may_be_known
from trophees.places.grammar import FORMS, GRAMMAR
from trophees.places.in_force import Found, chosen, in_force
from trophees.places.names import COMMUNES, GROUPINGS, Group, compact, content, names, without_links
from trophees.places.place import ARRONDISSEMENT, COMMUNE, DEPARTEMENT, Place
from trophees.places.reading import Reading, readings
from trophees.places.spelling import folded, key
from trophees.places.wanted import Wanted, arrondissements, bears, of_numbers, of_sort

_ARRONDISSEMENT = frozenset({ARRONDISSEMENT})


@dataclass
class Search:
    """One name being looked for: what it has to fit, and what was seen on the way."""

    want: Wanted
    day: date
    known: bool = False
    """True if some territory bears, bore or will bear the name, whether it fits or not."""
    exact: bool = False
    """True if the whole cell is such a name: « Ville-Saint-Jacques » is no town of Saint-Jacques."""
    seen: Place | None = None
    """One of those that do not fit."""

    def take(self, group: Group, want: Wanted, how: str = "name", score: float = 1.0) -> Found | None:
        """What of the records fits; that there are any is remembered."""
        if not group:
            return None
        found = chosen(group, want, self.day, how, score)
        if found is None:
            self.known = True
            self.seen = self.seen or next((p for p in group if in_force(p, self.day)), group[0])
        return found

    def of(self, text: str) -> Found | None:
        """What the cell means; None if it means nothing that fits."""
        if found := self.take(self._whole(folded(text)), self.want):
            return self._weighed(folded(text), found, self.want)
        read = []
        for reading in readings(text):
            want = self._narrowed(reading)
            if want is None:
                continue
            if not (self.exact and reading.sort) and (found := self._of_reading(reading, want)):
                return found
            read.append((reading, want))
        if self.known:
            return None
        for reading, _ in read:
            if found := self._within(reading):
                return found
        for reading, want in read:
            if found := self._near(reading, want):
                return found
        return None

    def _within(self, read: Reading) -> Found | None:
        """Words that announce a kind, then a name and that of what it is in: « Ville de Cachan Val de Marne ».

        Without such words, a name and that of the département overseas: « Saint-Denis de la Réunion ».
        """
        if read.around or read.ordinal:
            return None
        for at in range(1, len(read.words)):
            around = read.words[at + 1 :] if read.words[at] == "en" else read.words[at:]
            if not around:
                continue
            if not read.sort and not (around[0] in GRAMMAR.prepositions and is_overseas(around)):
                continue
            shorter = read._replace(words=read.words[:at], around=(around,))
            want = self._narrowed(shorter)
            found = self._of_reading(shorter, want) if want is not None else None
            if found and (read.sort or found.how == "name"):
                return found
        return None

    def _whole(self, written: str) -> Group:
        """The records of that name; of what is no more, not those that have it without their brackets only.

        Unless there are no others: « Centre » was a région, « Centre (chef-lieu Sinnamary) » a commune.
        """
        group = names().whole.get(written, ())
        if written not in names().unbracketed or all("(" in place.name for place in group):
            return group
        return tuple(place for place in group if "(" not in place.name or in_force(place, self.day))

    def _narrowed(self, read: Reading) -> Wanted | None:
        """What the territory has to fit, with what the cell itself says; None if it contradicts the row."""
        want = self.want
        if read.sort:
            kinds = want.with_kinds(read.sort)
            if kinds is None:
                return None
            want = kinds
        if read.words and read.numbers:
            numbered = of_numbers(want, read.numbers, self.day)
            if numbered is None:
                return None
            want = numbered
        for words in read.around:
            counties = frozenset(p.code for p in named(words, DEPARTEMENT) if in_force(p, self.day)) or in_regions(
                words
            )
            both = counties if want.departements is None else counties & want.departements
            if not both:
                return None
            want = want._replace(departements=both)
        return want

    def _of_reading(self, read: Reading, want: Wanted) -> Found | None:
        if not read.words:
            return self._without_name(read, want)
        if read.ordinal:
            return self._of_arrondissement(read, want)
        if want.kinds and want.kinds <= GROUPINGS:
            return self._of_grouping(read.words, want)
        forms = list(forms_of(read.words, read.article, read.cut))
        if want.kinds == _ARRONDISSEMENT:
            return self._first(names().arrondissements, [" ".join(form) for form in forms], want)
        if not may_be_known(read, forms):
            self.exact = self.exact or (self.known and not read.sort)
            return None
        for form in forms:
            written = " ".join(form)
            if found := self.take(self._whole(written), want):
                return self._weighed(written, found, want)
        self.exact = self.exact or (self.known and not read.sort)
        articled = read.words[0] in ARTICLES and not read.article
        for form in forms:
            if found := self._usual(form, want) or self._without_article(
                form, articled and form[0] in GRAMMAR.articles, want
            ):
                return self._weighed(" ".join(form), found, want)
        for form in forms:
            for written in compact().get("".join(form), ()):
                if found := self.take(names().whole[written], want, "spaces", 0.97):
                    return found
        if read.sort or read.article:
            return None
        return self._of_grouping(read.words, want, bare=True)

    def _weighed(self, written: str, found: Found, want: Wanted) -> Found:
        """The same; or more, or less, as names with an article and the postal code have it.

        Where the name is that of a territory that is no more, those that have it with an article may be meant as well;
        where it is that of a large city, the municipal arrondissement that has the postal code is.
        """
        if found.past is not None:
            bare = names().bare.get(written, ())
            also = [p for p in bare if in_force(p, self.day) and want.of_kind(p) and want.fits(p)]
            return found.or_also(Found(tuple(also))) if also else found
        if want.postal and (part := arrondissements().get(want.postal)) and in_force(part, self.day):
            city = next((p for p in found.places if p.kind == COMMUNE and p.code == part.of), None)
            if city and want.kinds is None:
                return Found((part,), "arrondissement", 1.0)
        if want.postal and len(found.places) > 1:
            communes = tuple(p for p in found.places if p.kind in COMMUNES and bears(p, want.postal))
            return found._replace(places=communes) if communes else found
        return found

    def _without_name(self, read: Reading, want: Wanted) -> Found | None:
        """A cell that holds a code only, or only says which kind is meant."""
        if len(read.numbers) == 1:
            by_code = codes.of_code(read.numbers[0], want, self.day)
            by_postal = codes.of_postal_code(read.numbers[0].zfill(5), want, self.day)
            if by_code and by_postal:
                return by_code.or_also(by_postal)._replace(how="number", past=None)
            return by_code or by_postal
        counties = want.departements or (of_postal(want.postal) if want.postal else frozenset())
        if not read.numbers and read.sort == "departement" and len(counties) == 1:
            return codes.of_code(next(iter(counties)), want._replace(postal=""), self.day)
        return None

    def _of_arrondissement(self, read: Reading, want: Wanted) -> Found | None:
        words = read.words[1:] if read.words[0] in ARTICLES else read.words
        if len(words) != 1:  # « Paris Habitat (12e) »
            return None
        number = "1er" if read.ordinal == 1 else f"{read.ordinal}e"
        found = self.take(names().whole.get(f"{words[0]} {number} arrondissement", ()), want, "arrondissement")
        sure = want.postal in arrondissements()  # « Marseille 13 » beside 13013
        if found and read.doubtful and not sure and (city := self.take(names().whole.get(words[0], ()), want)):
            return found.or_also(city)
        return found

    def _usual(self, form: Words, want: Wanted) -> Found | None:
        name = form[1:] if form[0] in GRAMMAR.articles and form not in GRAMMAR.usual else form
        if name not in GRAMMAR.usual or self.day < GRAMMAR.since.get(name, self.day):
            return None
        kinds = {kind for kind, _ in GRAMMAR.usual[name]}
        return self.take(named(name, *kinds), want, "usual", 0.97)

    def _without_article(self, form: Words, first: bool, want: Wanted) -> Found | None:
        """Names that have an article where the cell has none; or the other way round, if the row says where.

        `first` is true if the cell has an article, and has it before the name.
        """
        if found := self.take(names().bare.get(" ".join(form), ()), want, "article", 0.98):
            return found
        rest = " ".join(form[1:]) if first else ""
        if not rest or (want.departements is None and not want.postal):
            return None
        return self.take(names().whole.get(rest, ()), want, "article", 0.98)

    def _of_grouping(self, words: Words, want: Wanted, bare: bool = False) -> Found | None:
        """An EPCI or EPT, by its name, or by what is left of it without words of kind and small words."""
        forms = [" ".join(form) for form in forms_of(words)]
        forms += [" ".join(without_links(form.split())) for form in forms]
        for form in forms:
            if found := self._usual(tuple(form.split()), want):
                return found
        said = not bare or bool(set(words) & GRAMMAR.joined)
        if found := self._first(names().groupings if said or words[0] in FORMS else names().own, forms, want):
            return found
        if not said:
            return None
        group = names().loose.get(content(key(" ".join(words)).split()), ())
        agreeing = tuple(place for place in group if _of_that_kind(words, place))
        if group and not agreeing:
            self.known, self.seen = True, self.seen or group[0]
        return self.take(agreeing, want, "words", 0.95)

    def _first(self, table: Mapping[str, Group], forms: list[str], want: Wanted) -> Found | None:
        for written in dict.fromkeys(forms):
            if found := self.take(table.get(written, ()), want):
                return found
        return None

    def _near(self, read: Reading, want: Wanted) -> Found | None:
        """The one name in the département given that one letter, or the missing end, makes of the words."""
        counties = want.departements or (of_postal(want.postal) if want.postal else None)
        if not counties or not read.words or read.ordinal:
            return None
        if want.kinds and want.kinds <= GROUPINGS:
            near_ones = near.misspelt_grouping(content(key(" ".join(read.words)).split()), counties)
            agreeing = {name: tuple(p for p in near_ones[name] if _of_that_kind(read.words, p)) for name in near_ones}
            return self._in_force(agreeing, want, "letter", 0.9)
        if len(read.words) == 1 and (read.words[0] in GRAMMAR.ordinary or read.words in GRAMMAR.heads):
            return None
        for form in (*forms_of(read.words, read.article, read.cut), read.words):
            written = " ".join(form)
            if links := self._in_force(near.but_for_links(written, counties), want, "words", 0.95):
                return links
            letter = self._in_force(near.misspelt(written, counties), want, "letter", 0.9)
            cut = self._in_force(near.cut(written, counties), want, "cut", 0.8)
            if letter and cut:
                return letter.or_also(cut)
            if letter or cut:
                return letter or cut
        return None

    def _in_force(self, groups: Mapping[str, Group], want: Wanted, how: str, score: float) -> Found | None:
        """What of the records is in force and fits."""
        found: Found | None = None
        for group in groups.values():
            live = tuple(place for place in group if in_force(place, self.day))
            one = chosen(live, want, self.day, how, score) if live else None
            found = found.or_also(one) if found and one else found or one
        return found


def _of_that_kind(words: Words, place: Place) -> bool:
    """False if among the words is one of a kind that the EPCI is not of, and that is not in its name."""
    sorts = _sorts(words) - _sorts(tuple(key(place.name).split()))
    return all(place.form in forms for sort in sorts if (forms := of_sort(sort)[1]))


def _sorts(words: Words) -> frozenset[str]:
    heads = GRAMMAR.heads
    return frozenset(heads.get((word,), "") for word in words if word in GRAMMAR.joined or word in FORMS)
