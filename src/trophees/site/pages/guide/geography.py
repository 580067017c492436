"""How far the reference geography goes: which EPCI have all their communes, and which populations there are."""

from __future__ import annotations

from typing import Any

from trophees.site.collation import natural
from trophees.site.model import Site

Entry = dict[str, Any]
# an EPCI of which only some communes are described bears a note that says so
_EPCI = """SELECT ?e (SAMPLE(?n) AS ?name) (COUNT(DISTINCT ?c) AS ?communes) (COUNT(DISTINCT ?note) AS ?notes) {
  ?e a igeo:Intercommunalite ; igeo:nom ?n .
  OPTIONAL { ?e tp:note ?note }
  OPTIONAL {
    { SELECT ?e (MAX(?day) AS ?last) { ?m tp:memberOf ?e ; tp:validOn ?day } GROUP BY ?e }
    ?member tp:memberOf ?e ; tp:validOn ?last ; tp:memberCommune ?c .
  }
} GROUP BY ?e"""
_POPULATIONS = """SELECT ?class ?kind (STR(?when) AS ?year) (COUNT(DISTINCT ?t) AS ?territories) {
  ?t tp:population ?p ; a ?class . ?p tp:populationKind ?kind ; tp:populationYear ?when
  FILTER(?class != tp:Territory)
} GROUP BY ?class ?kind ?when"""


# of such a commune, nothing tells in which EPCI it was
_UNKNOWN = """SELECT (COUNT(DISTINCT ?c) AS ?n) {
  ?c a igeo:Commune ; tp:currentEpci ?now .
  { SELECT (MIN(?day) AS ?first) { ?m tp:memberOf ?e ; tp:validOn ?day } }
  FILTER NOT EXISTS { ?then tp:memberCommune ?c ; tp:validOn ?first }
}"""


def geography(site: Site) -> Entry:
    """The EPCI with all their communes, those with some of them, and the populations by class, kind and year.

    `unknown_before` is how many communes have an EPCI now, and none at the first vintage of the memberships.
    """
    short = site.context.compact
    epci = [
        {"epci": short(row["e"].value), "label_fr": row["name"].value, "communes": int(row["communes"].value),
         "whole": row["notes"].value == "0"}
        for row in site.query(_EPCI)
    ]  # fmt: skip
    epci.sort(key=lambda entry: (-entry["communes"], natural(entry["epci"])))
    populations = [
        {"class": short(row["class"].value), "kind": short(row["kind"].value), "year": row["year"].value,
         "territories": int(row["territories"].value)}
        for row in site.query(_POPULATIONS)
    ]  # fmt: skip
    populations.sort(key=lambda entry: (entry["class"], entry["kind"], entry["year"]))
    return {"epci": epci, "unknown_before": int(site.query(_UNKNOWN)[0]["n"].value), "populations": populations}
