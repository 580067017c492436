"""The lists that readers narrow down: what Python counts is what the page's script shows, for every value."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pyoxigraph import Store

from test_web import node
from trophees.base.language import Language
from trophees.release.checkout import Project
from trophees.site import scripts
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.laureate_list import NONE
from trophees.site.lists import written
from trophees.site.lists.listing import ALL, Listing, address
from trophees.site.lists.processes import processes
from trophees.site.lists.things import organisations, territories, tools
from trophees.site.model import Inputs, Site
from trophees.site.pages import laureates, lists
from trophees.site.render import place

pytestmark = pytest.mark.xdist_group("lists")

SCRIPT = """
import { readFileSync } from "node:fs";
const { read, written } = await import(WEB + "list-choice.js");
const { lowest, ready, select } = await import(WEB + "list-select.js");
const { data, addresses } = JSON.parse(readFileSync(0, "utf8"));
const list = ready(data, "fr");
console.log(JSON.stringify(addresses.map((address) => {
  const [search, hash] = address.startsWith("#") ? ["", address] : [address, ""];
  const choice = read(data, search, hash);
  const { items, counts, without } = select(list, choice, "fr");
  const { unknown } = choice;
  const least = lowest(list, choice, "fr");
  const keys = items.map(([key]) => key);
  return { keys, counts, without: [...without], unknown, least, address: written(data, choice) };
})));
""".replace("WEB", json.dumps(f"{scripts.WEB.as_uri()}/"))
# an address of a disk, whose page may not change its query
ON_DISK = """
import { readFileSync } from "node:fs";
const { left, put } = await import(WEB + "list-address.js");
const { read, written } = await import(WEB + "list-choice.js");
const { data, queries } = JSON.parse(readFileSync(0, "utf8"));
const refuse = () => { throw new Error("SecurityError"); };
const steps = ["#?region=84"];
globalThis.history = { pushState: refuse, replaceState: refuse };
globalThis.location = {
  search: "?edition=2041",
  pathname: "/usb/laureates/index.html",
  get hash() { return steps.at(-1); },
  set hash(it) { steps.push(it); },
  replace: (it) => steps.splice(-1, 1, it),
};
const again = queries.map((query) => {
  put(query, false);
  return [written(data, read(data, location.search, location.hash)), left()];
});
put("?q=instead", true);
const many = steps.length;
steps.pop(); // a step back, to the one before
const back = [left(), written(data, read(data, location.search, location.hash))];
console.log(JSON.stringify({ again, many, back }));
""".replace("WEB", json.dumps(f"{scripts.WEB.as_uri()}/"))
Choice = dict[str, list[str]]


def site_of(project: Project, store: Store) -> Site:
    return Site(Inputs(store, project.shapes(), project.context, "2041.1", reference=project.reference_files()))


@pytest.fixture(scope="module")
def made_up(editions: Project, editions_store: Store) -> Site:
    return site_of(editions, editions_store)


@pytest.fixture(scope="module")
def listing(made_up: Site) -> Listing:
    return laureates_of(made_up)


def laureates_of(site: Site, lang: Language = "fr") -> Listing:
    return processes(site, Words(lang), place(laureates.FOLDER, lang))


def data(listing: Listing, lang: Language = "fr") -> dict[str, Any]:
    return written.data(listing, Words(lang), laureates.presented(Words(lang)))


def asked(listing: Listing, addresses: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = node(SCRIPT, {"data": data(listing), "addresses": addresses})
    return found


def said(choice: Mapping[str, list[str]]) -> str:
    return address({name: ",".join(values) for name, values in choice.items()})


def every_choice(listing: Listing) -> list[Choice]:
    """Each value of each axis, alone and with each qualifier, and nothing."""
    found: list[Choice] = [{}]
    for axis in listing.axes:
        ways = [q.key for q in axis.qualifiers] + [ALL] if axis.qualifier else [""]
        keys = [v.key for v in axis.values] + ([NONE] if axis.none else []) + ([ALL] if axis.switch else [])
        for key in keys:
            found += [{axis.name: [key], **({axis.qualifier: [way]} if way else {})} for way in ways]
        found += [{axis.qualifier: [way]} for way in ways if way]
    return found


def check_every_choice(listing: Listing) -> None:
    wanted = every_choice(listing)
    answers = asked(listing, [said(choice) for choice in wanted])
    assert len(wanted) == len(answers) > 50
    for choice, answer in zip(wanted, answers, strict=True):
        assert answer["keys"] == [item.key for item in listing.chosen(choice)], choice
        assert answer["unknown"] == [], choice
    # what a box says is how many there are once it is ticked
    everything = answers[0]["counts"]
    for choice, answer in zip(wanted, answers, strict=True):
        name, values = next(iter(choice.items()), ("", []))
        number = next((n for n, axis in enumerate(listing.axes) if axis.name == name), None)
        if number is not None and len(choice) == 1 and values != [ALL]:
            places = [*(value.key for value in listing.axes[number].values), NONE]
            if not listing.axes[number].switch:
                assert everything[number][places.index(values[0])] == len(answer["keys"]), choice


def test_the_page_chooses_as_python_does(listing: Listing) -> None:
    check_every_choice(listing)


@pytest.mark.slow
def test_the_page_chooses_as_python_does_in_the_real_graph(project: Project, store: Store) -> None:
    check_every_choice(laureates_of(site_of(project, store)))


def test_axes_narrow_each_other_and_an_address_says_it_again(listing: Listing) -> None:
    chance = random.Random(5)
    axes = [axis for axis in listing.axes if not axis.switch]
    wanted: list[Choice] = []
    for _ in range(200):
        choice: Choice = {"among": [chance.choice(["all", "case"])]} if chance.random() < 0.5 else {}
        for axis in sorted(chance.sample(axes, chance.randrange(1, 4)), key=listing.axes.index):
            keys = [value.key for value in axis.values] + ([NONE] if axis.none else [])
            picked = chance.sample(keys, min(len(keys), chance.randrange(1, 4)))
            choice[axis.name] = sorted(picked, key=keys.index)
        wanted.append(choice)
    answers = asked(listing, [said(choice) for choice in wanted])
    assert sum(bool(answer["keys"]) for answer in answers) > 40
    assert sum(not answer["keys"] for answer in answers) > 20
    for choice, answer in zip(wanted, answers, strict=True):
        assert answer["keys"] == [item.key for item in listing.chosen(choice)], choice
        again = dict(pair.split("=") for pair in answer["address"].removeprefix("?").split("&"))
        assert again == {name: ",".join(values) for name, values in choice.items()}
        # dropping a filter leaves as many as it says
        for name, count in answer["without"]:
            rest = {key: values for key, values in choice.items() if key != name}
            assert count == len(listing.chosen(rest | ({"among": [ALL]} if name == "among" else {}))), (choice, name)


def test_former_addresses_lead_to_the_same_laureates(listing: Listing) -> None:
    pairs = {
        "#region=11+84": {"region": ["11", "84"]},
        "#tool=numerique&region=11": {"tool": ["numerique"], "region": ["11"]},
        "#theme-energie": {"theme": ["energie"]},
        "#level-4": {"stars": ["4"]},
        "#edition=2041": {"edition": ["2041"]},
        "#page-content": {},
    }
    for (former, choice), answer in zip(pairs.items(), asked(listing, list(pairs)), strict=True):
        assert answer["keys"] == [item.key for item in listing.chosen(choice)], former


def test_a_page_of_a_disk_keeps_all_of_a_choice_in_its_fragment(listing: Listing) -> None:
    queries = ["?q=l'eau%20%26%20climat", "?max=5000&sort=-population&view=table", "", "?region=11,84&q=tout"]
    told = node(ON_DISK, {"data": data(listing), "queries": queries})
    assert told["again"] == [[query, False] for query in queries]
    assert told["many"] == 1 + len(queries)
    assert told["back"] == [True, ""]


@pytest.mark.slow
def test_what_an_address_asks_for_in_vain_is_said(listing: Listing) -> None:
    for asks in ("?region=999", "?region=999,11", "?status=lost", "?sort=luck", "?view=dream", "?max=cheap"):
        (answer,) = asked(listing, [asks])
        assert [value for _, value in answer["unknown"]] == [re.split("[=,]", asks)[1]], asks
    (answer,) = asked(listing, ["?utm=1&embed=x"])
    assert answer["unknown"] == []


def test_text_is_found_by_the_beginnings_of_its_words_whatever_the_accents(listing: Listing) -> None:
    item = next(item for item in listing.items if "é" in item.name.text and item.members["among"][0][0] == "laureate")
    word = next(word for word in re.findall(r"\w+", item.name.text) if "é" in word and len(word) > 3)
    plain = word.replace("é", "e").upper()[:-1]
    found, all_of_them = asked(listing, [f"?q={plain}", f"?q={plain}zz"])
    assert item.key in found["keys"]
    assert all_of_them["keys"] == []
    assert dict(all_of_them["without"])["q"] == len(listing.chosen({}))


@pytest.mark.slow
def test_what_is_not_known_stands_last_in_each_order(listing: Listing) -> None:
    for sort, name in (
        ("population", "population"),
        ("amount", "budget"),
        ("length", "duration"),
        ("edition", "edition"),
    ):
        numbers = {item.key: item.numbers[name] for item in listing.items}
        for way, downwards in ((sort, True), (f"-{sort}", False)):
            (answer,) = asked(listing, [f"?among=all&sort={way}"])
            found = [numbers[key] for key in answer["keys"]]
            known = [number for number in found if number is not None]
            assert len(found) == len(listing.items)
            assert found[: len(known)] == sorted(known, reverse=downwards), way


def test_an_amount_that_may_be_larger_is_not_known_to_be_small(made_up: Site) -> None:
    listing = laureates_of(made_up)
    stated = [item for item in listing.items if item.amounts]
    assert stated
    (answer,) = asked(listing, ["?among=all&max=10000"])
    wanted = {i.key for i in stated if any(number <= 10_000 and not more for _, number, more, _ in i.amounts)}
    assert set(answer["keys"]) == wanted
    lille = next(item for item in stated if item.key.endswith("barometre/metropole-europeenne-de-lille"))
    range_of_its_cost = [(number, more) for kind, number, more, _ in lille.amounts if kind == "tool-cost"]
    assert range_of_its_cost == [(10_000, True), (50_000, False)]


def test_the_lowest_amount_is_that_of_what_the_other_filters_leave(made_up: Site) -> None:
    listing = laureates_of(made_up)
    every = [value.key for value in listing.axis("budget").values]
    choices: list[Choice] = [{"among": [ALL]}, *({"budget": [key], "among": [ALL]} for key in every)]
    answers = asked(listing, [f"{said(choice)}&max=0" for choice in choices])
    for choice, answer in zip(choices, answers, strict=True):
        kinds = choice.get("budget", every)
        wanted = [
            min((n for kind, n, more, _ in item.amounts if kind in kinds and not more), default=None)
            for item in listing.chosen(choice)
        ]
        assert answer["keys"] == []
        assert answer["least"] == wanted, choice
    assert {type(number) for number in answers[0]["least"]} > {type(None)}


def test_no_two_values_of_the_distinctions_say_the_same(made_up: Site) -> None:
    listing = laureates_of(made_up)
    keys = [value.key for value in listing.axis("stars").values]
    by = {key: {item.key for item in listing.chosen({"among": [ALL], "stars": [key]})} for key in keys}
    assert by["laureate"]
    assert all(by[key].isdisjoint(by["0"]) for key in by if key != "0")


def test_editions_are_chosen_by_their_years(made_up: Site) -> None:
    for read in (laureates_of(made_up), organisations(made_up, Words("fr"))):
        values = read.axis("edition").values
        assert [value.label for value in values] == sorted((value.label for value in values), reverse=True)
        assert all(re.fullmatch(r"\d{4}", value.label) for value in values)
        assert len(values) > 1


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_cards_stand_in_the_page_in_the_order_of_the_list(made_up: Site, lang: Language) -> None:
    pages = dict(laureates.files(made_up))
    listing = laureates_of(made_up, lang)
    page = pages[place(laureates.FOLDER, lang)].decode()
    links = [link.removeprefix("../").removeprefix("../") for link in re.findall(r'<h3><a href="([^"]+)"', page)]
    first = [place(item.folder, lang) for item in listing.chosen({})]
    assert links
    assert links == first[: len(links)]
    script = pages[f"assets/lists/laureates-{lang}.js"].decode()
    told = json.loads(script.removeprefix("window.tropheesList = ").removesuffix(";\n"))
    assert [item[0] for item in told["items"]] == [item.key for item in listing.items]
    assert f'src="{"../" * place(laureates.FOLDER, lang).count("/")}assets/lists/laureates-{lang}.js"' in page


@pytest.mark.slow
def test_a_card_says_which_tools_are_not_in_use(made_up: Site) -> None:
    listing = laureates_of(made_up)
    planned = [i for i in listing.items if any(how not in ("used", "") for _, how in i.members["tool"])]
    assert planned
    page = "".join(data.decode() for path, data in laureates.files(made_up) if path.endswith("index.html"))
    for item in planned:
        for value, how in item.members["tool"]:
            if how != "used" and item.members["among"][0][0] == "laureate":
                label = made_up.label(f"https://w3id.org/trophees-participation/tool/{value}", "fr")
                assert f"({made_up.label(f'https://w3id.org/trophees-participation/status/{how}', 'fr')})" in page
                assert label.partition(" ")[0] in page


@pytest.mark.slow
@pytest.mark.parametrize("read", [organisations, territories, tools])
def test_the_other_lists_are_chosen_from_by_the_same_rules(
    made_up: Site, read: Callable[[Site, Words], Listing]
) -> None:
    words = Words("fr")
    listing = read(made_up, words)
    wanted = every_choice(listing)
    told = written.data(listing, words, lists.presented(words, ()))
    answers = node(SCRIPT, {"data": told, "addresses": [said(choice) for choice in wanted]})
    for choice, answer in zip(wanted, answers, strict=True):
        assert sorted(answer["keys"]) == sorted(item.key for item in listing.chosen(choice)), choice


TAKEN = """
import { readFileSync } from "node:fs";
const { ready } = await import(WEB + "list-select.js");
const { taken } = await import(WEB + "list-taken.js");
const data = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(taken(ready(data, "fr"), data.items, "https://data.test/", "index.html")));
""".replace("WEB", json.dumps(f"{scripts.WEB.as_uri()}/"))


def test_what_is_taken_away_has_every_axis_and_a_row_for_each_item(listing: Listing) -> None:
    found = node(TAKEN, data(listing))
    heads = [column["name"] for column in found["columns"]]
    assert len(set(heads)) == len(heads)
    assert {axis.title for axis in listing.axes if not axis.switch} <= set(heads)
    rows = [dict(zip(heads, row, strict=True)) for row in found["rows"]]
    assert [row["Adresse"] for row in rows] == [f"https://data.test/{item.folder}index.html" for item in listing.items]
    tools_of = listing.axis("tool")
    labels = {value.key: value.label for value in tools_of.values}
    for row, item in zip(rows, listing.items, strict=True):
        assert row["Population"] == ("" if item.numbers["population"] is None else item.numbers["population"])
        told = row[tools_of.title].split(" | ") if row[tools_of.title] else []
        assert {text.partition(" (")[0] for text in told} == {
            labels[v].partition(" (")[0] for v, _ in item.members["tool"]
        }


def test_no_item_is_on_the_map_twice_or_off_it(listing: Listing) -> None:
    for item in listing.items:
        assert len(set(item.areas)) == len(item.areas)
        assert all(0 <= x <= 4000 and 0 <= y <= 4000 for x, y in item.points)
    assert any(item.points for item in listing.items)
