"""What readers come for, as steps that any engine can take: a click budget holds for each.

A step goes to a page, clicks, types, presses keys, expects that an expression becomes true, keeps the value of one to
expect it again, or takes the file that a click gave. Typing and keys are no clicks.
"""

from __future__ import annotations

from dataclasses import dataclass

BUDGET = 2
Step = tuple[str, ...]


@dataclass(frozen=True)
class Task:
    name: str
    steps: tuple[Step, ...]

    @property
    def clicks(self) -> int:
        return sum(step[0] == "click" for step in self.steps)


def shown(selector: str) -> Step:
    """An element is there, is seen, and says something."""
    return ("expect", f"[...document.querySelectorAll({selector!r})].some((e) => e.checkVisibility() && e.innerText)")


HOME = ("go", "index.html")
CARDS = "document.querySelectorAll('[data-card]').length"
SAID = "parseInt(document.getElementById('result').textContent, 10)"
LINES = "document.querySelectorAll('#list-found tbody tr').length"
CHIP = "[...document.querySelectorAll('#list-chips .chip')].some((e) => e.textContent.includes({!r}))"
FACT = "#indicator-5 + .mark"
TASKS = (
    Task(
        "laureates-in-a-region",
        (
            HOME,
            ("click", "main a[href='laureates/index.html?region=75']"),
            ("expect", CHIP.format("Nouvelle-Aquitaine")),
            ("expect", f"{CARDS} > 0 && {CARDS} === {SAID}"),
        ),
    ),
    Task(
        "digital-tools-and-a-small-budget",
        (
            HOME,
            ("click", "main a[href='laureates/index.html?tool=numerique']"),
            ("expect", CHIP.format("Numérique")),
            ("type", "#list-max", "10000"),
            ("expect", "location.search.includes('max=10000')"),
            ("expect", f"{CARDS} === {SAID}"),
            # there may be none: then the page says what exists instead
            ("expect", f"{CARDS} > 0 || document.querySelector('#list-found').innerText.length > 20"),
        ),
    ),
    Task(
        "near-my-town",
        tuple(
            step
            for town, code in (("Bordeaux", "33063"), ("Lyon", "69123"), ("Nantes", "44109"))
            for step in (
                HOME,
                ("type", "#near-place", town),
                ("press", "Enter"),
                ("expect", f"location.search === '?place={code}'"),
                shown(".near-group .near-reasons"),
                ("expect", f"document.querySelector('#near-answer h2').innerText === {town!r}"),
            )
        ),
    ),
    Task(
        "similar-to-mine",
        (
            HOME,
            ("type", "#near-place", "Cachan"),
            ("press", "Enter"),
            shown(".near-group .near-reasons"),
            ("click", ".near-list a[href*='laureate/2020/cachan/']"),
            ("click", "#neighbours > summary"),
            shown("#neighbours li a"),
            ("expect", "Math.abs(document.getElementById('neighbours').getBoundingClientRect().top) < innerHeight"),
        ),
    ),
    Task(
        "download-the-table-shown",
        (
            ("go", "laureates/index.html?region=75&view=table"),
            ("expect", f"{LINES} > 0 && {LINES} === {SAID}"),
            ("keep", LINES),
            ("click", "[data-of=list-found] summary"),
            ("click", "[data-of=list-found] .take-files button"),
            ("file", "csv"),
        ),
    ),
    Task(
        "cite-one-fact",
        (
            ("go", "laureate/2020/cachan/index.html"),
            ("click", f"{FACT} > summary"),
            shown(f"{FACT} cite"),
            ("click", f"{FACT} button[data-form=text]"),
            shown(f"{FACT} .reference"),
            (
                "expect",
                f"['LE FOCUS', 'laureate/2020/cachan#indicator-5'].every((part) =>"
                f" document.querySelector('{FACT} .reference').innerText.includes(part))",
            ),
        ),
    ),
    Task(
        "see-the-passage",
        (
            ("go", "laureate/2020/cachan/index.html"),
            ("click", f"{FACT} > summary"),
            ("click", f"{FACT} cite a"),
            ("expect", "location.pathname.endsWith('/evidence/laureate/2020/cachan/index.html')"),
            ("expect", "document.querySelector(':target').innerText.includes('130 000')"),
            ("expect", "document.querySelector(':target').closest('section').innerText.includes('LE FOCUS')"),
        ),
    ),
    Task(
        "bar-chart-of-an-answer",
        (
            HOME,
            ("click", "main a[href='playground/index.html']"),
            shown("#pg-output tbody tr"),
            ("click", "#pg-views [data-view=chart]"),
            shown("#pg-output .pg-bars li"),
        ),
    ),
    Task(
        "question-without-sparql",
        (
            HOME,
            ("click", "main a[href='playground/index.html']"),
            ("expect", "/^(Prêt|Ready)/.test(document.getElementById('pg-engine').textContent)"),
            ("click", "#pg-builder > summary"),
            ("expect", "document.getElementById('pg-builder-unshown').textContent !== ''"),
            ("press", "Tab"),
            ("press", "Enter"),
            ("expect", "document.activeElement.matches('[data-at=\"add \"]')"),
            ("press", "Enter"),
            ("expect", "document.querySelectorAll('.builder-lines > li').length === 1"),
            ("expect", "/\\(.+\\)$/.test(document.getElementById('pg-builder-count').textContent)"),
            ("reach", "#pg-builder-run"),
            ("press", "Enter"),
            ("expect", "document.getElementById('pg-run').getAttribute('aria-disabled') === 'false'"),
            (  # as many rows as the builder counted
                "expect",
                "document.getElementById('pg-status').textContent.split(' (')[0] ==="
                " document.getElementById('pg-builder-count').textContent.match(/\\((.+)\\)$/)[1]",
            ),
            shown("#pg-output tbody tr"),
        ),
    ),
    Task(
        "share-a-filtered-list-in-english",
        (
            HOME,
            ("click", "main a[href='laureates/index.html?region=75']"),
            ("expect", f"{CARDS} > 0 && {CARDS} === {SAID}"),
            ("keep", CARDS),
            ("click", ".site-header .language"),
            ("expect", "location.pathname.endsWith('/laureates/en/index.html')"),
            ("expect", "location.search === '?region=75'"),
            ("same", CARDS),
        ),
    ),
)
