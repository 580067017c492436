"""The Reconciliation Service API: what OpenRefine and others ask, in both versions; and what nobody should ask."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

import tools
from servers.client import Answer
from serving.conftest import Served, site
from serving.reconciliation_forms import NEW, OLD, PROPOSED, SUGGESTED, SUGGESTS, check
from trophees.base.namespaces import BASE
from trophees.serve.backend.limits import QUERY
from trophees.serve.reconcile.entity import PROPERTIES, TYPES
from trophees.serve.reconcile.requests import BATCH, CONDITIONS, LONGEST, ROWS

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
CACHAN = "territory/commune/94016"
EXTENDED = [CACHAN, "territory/departement/94", "organisation/ville-de-cachan", "tool/questionnaire", "nothing"]


def old(served: Served, queries: Any, field: str = "queries", path: str = "/reconcile") -> Any:
    """What version 0.2 answers to a form."""
    answer = served.ask(path, "POST", urlencode({field: json.dumps(queries)}).encode(), Content_Type=FORM)
    assert (answer.status, answer.content_type) == (200, JSON), answer.body
    return json.loads(answer.body)


def new(served: Served, asked: Any, path: str = "/reconcile/match") -> Any:
    """What version 1.0-draft answers to JSON."""
    answer = served.ask(path, "POST", json.dumps(asked).encode(), Content_Type=JSON)
    assert (answer.status, answer.content_type) == (200, JSON), answer.body
    return json.loads(answer.body)


def found(served: Served, name: str, type_: str = "", lang: str = "fr", **properties: Any) -> list[dict[str, Any]]:
    """The candidates of one query, the same in both versions."""
    given = [{"pid": pid, "v": value} for pid, value in properties.items()]
    query = {"query": name, "properties": given} | ({"type": type_} if type_ else {})
    told = old(served, {"q": query}, path=f"/reconcile/{lang}")
    check(told, OLD["match"])
    conditions = [{"matchType": "name", "propertyValue": name}]
    conditions += [{"matchType": "property", "propertyId": p, "propertyValue": v} for p, v in properties.items()]
    asked = {"queries": [{"conditions": conditions} | ({"type": type_} if type_ else {})]}
    again = new(served, asked, f"/reconcile/1.0-draft/{lang}/match")
    check(again, NEW["match"])
    assert again["results"][0]["candidates"] == told["q"]["result"]
    return list(told["q"]["result"])


def certain(candidates: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in candidates if one["match"]]


# what it is


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_manifest_of_each_version_has_its_form_and_language(served: Served, lang: str) -> None:
    first = json.loads(served.ask(f"/reconcile/{lang}").body)
    check(first, OLD["manifest"])
    assert first["versions"] == ["0.2", "1.0-draft"]
    draft = json.loads(served.ask(f"/reconcile/1.0-draft/{lang}").body)
    check(draft, NEW["manifest"])
    assert draft["lang"] == lang
    by_parameter = json.loads(served.ask(f"/reconcile/{lang}?version=1.0-draft").body)
    assert by_parameter.keys() == draft.keys()
    by_header = json.loads(served.ask("/reconcile", Accept_Language=lang).body)
    assert by_header["name"] == first["name"] == draft["name"]
    assert ("French territories" in first["name"]) == (lang == "en")


def test_the_manifest_names_the_host_that_was_asked(served: Served) -> None:
    told = json.loads(served.ask_as("data.example.org", "/reconcile").body)
    assert told["view"]["url"] == "http://data.example.org/reconcile/view?id={{id}}"
    assert told["suggest"]["entity"]["service_url"] == "http://data.example.org/reconcile"


def test_scripts_of_other_sites_may_ask(served: Served) -> None:
    for path, methods in {
        "": "GET, HEAD, POST, OPTIONS",
        "/match": "POST, OPTIONS",
        "/preview": "GET, HEAD, OPTIONS",
    }.items():
        answer = served.ask(f"/reconcile{path}", "OPTIONS")
        assert (answer.status, answer.access_control_allow_methods) == (204, methods)
        assert (answer.access_control_allow_origin, answer.access_control_allow_headers) == ("*", "*")
    assert served.ask("/reconcile/match").status == 405
    assert served.ask("/reconcile/nothing").status == 404


# who is meant


def test_a_territory_is_certain_where_the_matcher_links_it(served: Served) -> None:
    (one,) = found(served, "CACHAN", "territory", "en")
    assert (one["id"], one["name"], one["score"], one["match"]) == (CACHAN, "Cachan", 100, True)
    assert [type_["id"] for type_ in one["type"]] == ["commune", "territory"]
    assert one["description"] == "commune 94016, Val-de-Marne (94), Île-de-France — this name, on that day"


def test_homonyms_are_candidates_of_which_none_is_certain_until_the_row_says_more(served: Served) -> None:
    several = found(served, "Saint-Denis", "commune")
    assert {"territory/commune/93066", "territory/commune/97411"} <= {one["id"] for one in several}
    assert not certain(several)
    for properties in ({"departement": "93"}, {"postal": 93200}, {"region": "Île-de-France"}, {"code": "93066"}):
        assert certain(found(served, "Saint-Denis", "commune", **properties)) == ["territory/commune/93066"]
    departement = {"id": "territory/departement/974", "name": "La Réunion"}  # of a column that is reconciled already
    assert certain(found(served, "Saint-Denis", "commune", departement=departement)) == ["territory/commune/97411"]
    assert found(served, "Saint-Denis", "commune", departement="29") == []


def test_the_date_says_which_territory_of_the_name(served: Served) -> None:
    before = found(served, "Chevry", "commune", departement="01", date="1960-01-01")
    assert certain(found(served, "Troarn", "commune", date="2018-01-01")) == ["territory/commune/14712"]
    assert certain(before) == ["territory/commune/01103"]
    for wrong in ("2018-13-45", "yesterday"):
        assert found(served, "Cachan", "commune", date=wrong) == []


def test_values_of_which_any_will_do_are_tried_and_none_is_certain(served: Served) -> None:
    several = found(served, "Saint-Denis", "commune", departement=["93", "974"])
    assert {one["id"] for one in several} == {"territory/commune/93066", "territory/commune/97411"}
    assert not certain(several)


def test_a_property_that_nobody_tells_makes_nothing_certain(served: Served) -> None:
    assert certain(found(served, "Cachan", "commune")) == [CACHAN]
    one, *_ = found(served, "Cachan", "commune", mayor="somebody")
    assert (one["id"], one["match"]) == (CACHAN, False)
    one, *_ = found(served, "Cachan", "commune", population=3)
    assert (one["id"], one["match"]) == (CACHAN, False)
    assert certain(found(served, "Cachan", "commune", population=[31103])) == [CACHAN]


def test_conditions_of_the_draft_can_be_required_or_exclude(served: Served) -> None:
    def asked(**more: Any) -> list[str]:
        condition = {"matchType": "property", "propertyId": "kind", **more}
        name = {"matchType": "name", "propertyValue": "Ville de Cachan"}
        told = new(served, {"queries": [{"type": "organisation", "conditions": [name, condition]}]})
        return [one["id"] for one in told["results"][0]["candidates"]]

    town = "organisation/ville-de-cachan"
    assert asked(propertyValue="Commune", required=True)[0] == town
    assert town not in asked(propertyValue="Entreprise", required=True)
    assert town in asked(propertyValue="Entreprise")
    assert town not in asked(propertyValue=["Entreprise", "Municipality"], matchQuantifier="none")
    assert town not in asked(propertyValue=["Commune", "Entreprise"], matchQuantifier="all", required=True)


def test_things_of_the_graph_are_certain_by_any_of_their_names(served: Served) -> None:
    assert certain(found(served, "questionnaire visuel", "tool")) == ["tool/questionnaire"]
    assert certain(found(served, "SURVEY FORM", "tool")) == ["tool/questionnaire"]
    one, *_ = found(served, "questionaire", "tool")
    assert (one["id"], one["match"]) == ("tool/questionnaire", False)
    assert certain(found(served, "Municipalité de Cachan", "organisation")) == ["organisation/ville-de-cachan"]
    assert found(served, "Cachan", "theme") == []
    assert found(served, "Cachan", "no-such-type") == []


def test_of_two_that_are_meant_none_is_certain(served: Served) -> None:
    both = found(served, "Ville de Cachan")
    assert {CACHAN, "organisation/ville-de-cachan"} <= {one["id"] for one in both}
    assert not certain(both)


def test_an_identifier_names_its_entity(served: Served) -> None:
    for name in (CACHAN, f"{BASE}{CACHAN}", "theme/voirie"):
        assert certain(found(served, name)) == [name.removeprefix(BASE)]
    told = new(served, {"queries": [{"conditions": [{"matchType": "id", "propertyValue": CACHAN}]}]})
    assert certain(told["results"][0]["candidates"]) == [CACHAN]


def test_each_query_of_a_batch_is_answered_under_its_key_and_within_its_limit(served: Served) -> None:
    queries = {f"q{number}": {"query": "Saint-Denis", "limit": 1 + number % 3} for number in range(BATCH)}
    told = old(served, queries)
    assert [*told] == [*queries]
    assert [len(told[key]["result"]) for key in told] == [1 + number % 3 for number in range(BATCH)]
    address = "/reconcile?" + urlencode({"queries": json.dumps({"q0": {"query": "Cachan"}})})
    assert certain(json.loads(served.ask(address).body)["q0"]["result"]) == [CACHAN]
    by_root = new(
        served, {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Cachan"}]}]}, "/reconcile"
    )
    assert certain(by_root["results"][0]["candidates"]) == [CACHAN]


# what is suggested, shown and added


@pytest.mark.parametrize("what", SUGGESTS)
def test_suggestions_have_their_form_and_go_on(served: Served, what: str) -> None:
    def suggested(**asked: Any) -> list[dict[str, Any]]:
        told = json.loads(served.ask(f"/reconcile/suggest/{what}?{urlencode(asked)}").body)
        check(told, SUGGESTED[what])
        return list(told["result"])

    begin = "co"
    all_of = suggested(prefix=begin, limit=6)
    assert suggested(prefix=begin, limit=2) == all_of[:2]
    assert suggested(prefix=begin, limit=2, offset=1) == suggested(prefix=begin, limit=2, cursor=1) == all_of[1:3]
    assert suggested(prefix="zzzzz") == []
    if what != "entity":
        every = [*TYPES] if what == "type" else [*PROPERTIES]
        assert [one["id"] for one in suggested(prefix="", limit=100)] == every
        for name in every:
            assert name in [one["id"] for one in suggested(prefix=name, limit=100)]


def test_entities_are_suggested_by_name_code_and_identifier(served: Served) -> None:
    for prefix in ("Cacha", "cachan", "94016", CACHAN):
        told = json.loads(served.ask(f"/reconcile/suggest/entity?prefix={quote(prefix)}").body)
        assert CACHAN in [one["id"] for one in told["result"]], prefix


def test_each_type_proposes_its_properties_and_each_tells_values(served: Served) -> None:
    proposed = {}
    for type_ in TYPES:
        told = json.loads(served.ask(f"/reconcile/extend/propose?type={type_}&lang=en").body)
        check(told, PROPOSED)
        proposed[type_] = [one["id"] for one in told["properties"]]
    assert proposed["tool"] == ["laureates", "broader"]
    assert {"code", "population", "region", "epci", "laureates"} <= set(proposed["commune"])
    every = [{"id": of} for of in dict.fromkeys(of for all_of in proposed.values() for of in all_of)]
    first = old(served, {"ids": EXTENDED, "properties": every}, "extend", "/reconcile/en")
    check(first, OLD["extend"])
    assert first["rows"][CACHAN]["code"] == [{"str": "94016"}]
    assert first["rows"][CACHAN]["population"] == [{"int": 31103}]
    assert first["rows"][CACHAN]["region"] == [{"id": "territory/region/11", "name": "Île-de-France"}]
    assert first["rows"][CACHAN]["epci"] == [{"id": "territory/epci/200054781", "name": "Métropole du Grand Paris"}]
    assert [one["id"] for one in first["rows"][CACHAN]["laureates"]] == ["laureate/2020/cachan"]
    used = [one["id"] for one in first["rows"]["tool/questionnaire"]["laureates"]]
    assert sum(one.startswith("laureate/2020/") for one in used) == 7
    rows = served.rows("SELECT DISTINCT ?l { ?l a tp:Laureate ; tp:usesTool/skos:broader* tool:questionnaire }")
    assert sorted(used) == sorted(row["l"].removeprefix(BASE) for row in rows)
    assert first["rows"]["organisation/ville-de-cachan"]["kind"] == [{"str": "Municipality"}]
    assert set(map(str, first["rows"]["nothing"].values())) == {"[]"}
    draft = new(served, {"ids": EXTENDED, "properties": every}, "/reconcile/en/extend")
    check(draft, NEW["extend"])
    as_rows = {row["id"]: {one["id"]: one["values"] for one in row["properties"]} for row in draft["rows"]}
    assert as_rows == first["rows"]
    assert draft["meta"] == first["meta"]


def test_an_entity_is_shown_without_anything_that_runs(served: Served) -> None:
    for lang, word in {"fr": "lauréats", "en": "laureates"}.items():
        answer = served.ask(f"/reconcile/preview?id={quote(CACHAN, safe='')}&lang={lang}")
        assert (answer.status, answer.content_type, answer.content_language) == (200, "text/html; charset=utf-8", lang)
        assert f"<dt>{word}</dt>" in answer.body.decode()
        assert "default-src 'none'" in answer.content_security_policy
        assert b"<script" not in answer.body
    lost = served.ask("/reconcile/preview?id=" + quote("<script>alert(1)</script>"))
    assert (lost.status, lost.content_type) == (404, "text/plain; charset=utf-8")


@pytest.mark.slow
def test_what_the_graph_says_is_no_markup_in_the_frame(tmp_path: Path) -> None:
    label = '<script>alert(1)</script> & \\"x\\" <img src=x onerror=y>'
    trig = f"""
        @prefix tp: <{BASE}ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:g> {{ <{BASE}tool/odd> a tp:Tool ; skos:prefLabel "{label}"@fr ; skos:definition "{label}"@fr ;
          skos:broader <{BASE}tool/odd> }}"""
    server = Served.start(site(tmp_path / "publish", trig))
    try:
        shown = server.ask("/reconcile/preview?id=tool/odd").body.decode()
        assert "<script" not in shown
        assert "<img" not in shown
        assert shown.count("&lt;script&gt;alert(1)") == 4
    finally:
        assert server.stop() == 0


def test_an_identifier_leads_to_the_page_or_to_what_is_known(served: Served) -> None:
    there = served.ask(f"/reconcile/view?id={quote(CACHAN, safe='')}")
    assert (there.status, there.location) == (303, f"/{CACHAN}")
    beside = served.ask("/reconcile/en/view?id=territory/commune/01001")
    assert (beside.status, beside.location) == (303, "/reconcile/en/preview?id=territory%2Fcommune%2F01001")
    assert served.ask(beside.location).status == 200
    assert served.ask("/reconcile/view?id=//evil.example").status == 404
    assert served.ask("/reconcile/view").status == 400


# what is refused

DEEP = "[" * 100_000 + "]" * 100_000
WRONG: dict[str, tuple[str, int]] = {
    "": ("it is no JSON", 400),
    "{": ("it is no JSON", 400),
    "[]": ("an object is expected", 400),
    '{"q": []}': ("an object is expected", 400),
    '{"q": {}}': ("query is missing", 400),
    '{"q": {"query": 3}}': ("a text is expected", 400),
    '{"q": {"query": "a"}, "q": {"query": "b"}}': ("A key is twice", 400),
    '{"q": {"query": "a", "limit": NaN}}': ("NaN is no number", 400),
    '{"q": {"query": "a", "limit": 0}}': ("limit is a number from 1 on", 400),
    '{"q": {"query": "a", "limit": "x"}}': ("limit is a number from 1 on", 400),
    '{"q": {"query": "a", "limit": ' + "9" * 5000 + "}}": ("a number is too long", 400),
    '{"q": {"query": "a", "props": []}}': ("there is no props", 400),
    '{"q": {"query": "a", "type_strict": "x"}}': ("type_strict", 400),
    '{"q": {"query": "a", "properties": [{"pid": "code"}]}}': ("has pid and v", 400),
    '{"q": {"query": "a", "properties": [{"pid": "code", "v": [[]]}]}}': ("a text is expected", 400),
    '{"q": {"query": "' + "a" * (LONGEST + 1) + '"}}': (f"longer than {LONGEST}", 413),
    r'{"\ud800": []}': ("an object is expected", 400),
    DEEP: ("nested too deeply", 400),
    json.dumps({str(n): {"query": "a"} for n in range(BATCH + 1)}): (f"at most {BATCH}", 413),
    json.dumps({"q": {"query": "a", "properties": [{"pid": "a", "v": 1}] * (CONDITIONS + 1)}}): ("too many", 413),
    json.dumps({"q": {"query": "a", "properties": [{"pid": "a", "v": ["1"] * (CONDITIONS + 1)}]}}): ("too many", 413),
}
WRONG_DRAFT: dict[str, tuple[str, int]] = {
    "[]": ("an object is expected", 400),
    "{}": ("a list is expected", 400),
    '{"queries": [{}]}': ("a list is expected", 400),
    '{"queries": [{"conditions": []}]}': ("there is no condition", 400),
    '{"queries": [{"conditions": [{"propertyValue": "a"}]}]}': ("has a matchType", 400),
    '{"queries": [{"type": ["a", "b"], "conditions": [{"matchType": "name", "propertyValue": "a"}]}]}': (
        "type is one identifier",
        400,
    ),
    '{"queries": [{"conditions": [{"matchType": "property", "propertyId": "a", "propertyValue": "a", '
    '"matchQuantifier": "some"}]}]}': ("matchQuantifier", 400),
    DEEP: ("nested too deeply", 400),
    json.dumps({"queries": [{}] * (BATCH + 1)}): (f"at most {BATCH}", 413),
}
WRONG_EXTENSION: dict[str, tuple[str, int]] = {
    "[]": ("an object is expected", 400),
    '{"ids": ["a"]}': ("a list is expected", 400),
    '{"ids": [1], "properties": []}': ("a text is expected", 400),
    '{"ids": ["a"], "properties": [{"id": "x"}]}': ("there is no property x", 400),
    r'{"ids": ["a"], "properties": [{"id": "\ud800"}]}': ("there is no property", 400),
    '{"ids": ["a"], "properties": [{"id": "date"}]}': ("there is no property date", 400),
    json.dumps({"ids": ["a"] * (ROWS + 1), "properties": []}): (f"at most {ROWS}", 413),
}


def refused(answer: Answer, sentence: str, status: int) -> None:
    assert answer.status == status, answer.body[:300]
    assert sentence in answer.body.decode(), answer.body[:300]


def test_what_is_no_batch_is_refused_in_a_sentence(served: Served) -> None:
    for text, (sentence, status) in WRONG.items():
        body = urlencode({"queries": text}).encode()
        refused(served.ask("/reconcile", "POST", body, Content_Type=FORM), sentence, status)
    for text, (sentence, status) in WRONG_DRAFT.items():
        refused(served.ask("/reconcile/match", "POST", text.encode(), Content_Type=JSON), sentence, status)
    for text, (sentence, status) in WRONG_EXTENSION.items():
        refused(served.ask("/reconcile/extend", "POST", text.encode(), Content_Type=JSON), sentence, status)
    broken = served.ask("/reconcile/match", "POST", b'{"queries": [\n  x]}', Content_Type=JSON, Accept=JSON)
    assert (json.loads(broken.body)["line"], json.loads(broken.body)["column"]) == (2, 3)


def test_sizes_types_and_names_are_refused_before_anything_is_read(served: Served) -> None:
    for path in ("/reconcile", "/reconcile/match", "/reconcile/extend"):
        answer = served.ask(path, "POST", b" " * (QUERY + 1), Content_Type=JSON)
        assert answer.status == 413
        assert served.ask(path, "POST", b"{}", Content_Type="text/plain").status == 415
        assert served.ask(path, "POST", b"{}", Content_Type=JSON, Content_Encoding="gzip").status == 415
        assert served.ask(path, "POST", b"\xff\xfe", Content_Type=JSON).status == 400
    asked = {
        "?version=7": 400, "?lang=xx": 400, "?queries={}&extend={}": 400, "?queries=%zz": 400,
        "/suggest/entity?prefix=a&limit=-1": 400, "/suggest/entity?prefix=a&offset=x": 400,
        "/suggest/entity?prefix=" + "a" * (LONGEST + 1): 413,
        "/preview": 400, "/view?id=": 400, "/extend/propose?limit=0": 400,
    }  # fmt: skip
    for path, status in asked.items():
        assert served.ask(f"/reconcile{path}").status == status, path


def test_noise_is_answered_or_refused_and_never_an_error(served: Served) -> None:
    dice = random.Random(7)
    letters = "Cachanéœ’'\u00a0\u202e\u0000\ud800-/\\<>{}()[]%&0123456789\U0001f600 "
    for _ in range(120):
        text = "".join(dice.choice(letters) for _ in range(dice.randrange(60)))
        value: Any = dice.choice([text, 1e308, -3, True, None, [], {}, {"id": text}, [text, 2]])
        of = dice.choice([*PROPERTIES, text])
        query = {"query": text, "type": dice.choice([*TYPES, text]), "properties": [{"pid": of, "v": value}]}
        body = urlencode({"queries": json.dumps({text: query})}).encode()
        answer = served.ask("/reconcile", "POST", body, Content_Type=FORM)
        assert answer.status in (200, 400), (query, answer.body)
        if answer.status == 200:
            check(json.loads(answer.body), OLD["match"])


def test_the_worst_batch_is_answered_and_holds_nobody_up(served: Served) -> None:
    worst = {"query": "saint " * 66, "properties": [{"pid": "departement", "v": [str(n) for n in range(1, 20)]}]}
    told = old(served, {str(number): worst for number in range(BATCH)})
    assert len(told) == BATCH
    assert served.query("ASK {}").status == 200


@pytest.mark.slow
def test_what_takes_too_long_is_ended_and_the_next_is_answered(tmp_path: Path) -> None:
    code = (
        "import time, trophees.serve.reconcile.desk as desk\n"
        "kept = desk.Desk._exchanged\n"
        "async def slow(process, asking, body):\n"
        "    if asking.text == 'slow': await desk.asyncio.sleep(60)\n"
        "    return await kept(process, asking, body)\n"
        "desk.Desk._exchanged = staticmethod(slow)\n"
        "from trophees.__main__ import main\nmain()"
    )
    server = Served.start(site(tmp_path / "publish"), "--timeout", "8", code=code).ready()
    try:
        assert server.ask("/reconcile/suggest/type?prefix=tool").status == 200
        late = server.ask("/reconcile/suggest/type?prefix=slow")
        assert (late.status, late.retry_after) == (503, "5")
        assert server.ask("/reconcile/suggest/type?prefix=tool").status == 200
    finally:
        assert server.stop() == 0


# clients


@pytest.fixture(scope="module")
def client_rows(served: Served) -> dict[str, Any]:
    return dict(tools.ask("py-reconciliation-service-api", f"{served.url}reconcile/en"))


@pytest.mark.foreign
def test_a_client_of_others_reads_the_manifest_and_reconciles(client_rows: dict[str, Any]) -> None:
    assert client_rows["versions"] == ["0.2", "1.0-draft"]
    assert client_rows["matches"] == {"Cachan": CACHAN, "Saint-Denis": None, "94016": CACHAN, "Nowhere at all": None}
    assert client_rows["constrained"] == "territory/commune/93066"
