"""The change log as structure: its releases, in each the paragraphs and items, in these the runs of bold and code."""

from __future__ import annotations

from trophees.publish.changelog import Release, Run, releases

TEXT = """# Changes

Before any release.

## 2026.2

**For whom.** A paragraph
that goes on.
- an item with `code`,
  on two lines
- another, **bold** and `code` **again**

Last.

## 2026.1 — 1 May 2026

- first
"""


def test_a_release_has_its_date_and_one_list_of_runs_for_each_paragraph_or_item() -> None:
    assert releases(TEXT) == [
        Release(
            "2026.2",
            "",
            (
                (Run("For whom.", "strong"), Run(" A paragraph that goes on.")),
                (Run("an item with "), Run("code", "code"), Run(", on two lines")),
                (
                    *(Run("another, "), Run("bold", "strong"), Run(" and "), Run("code", "code")),
                    *(Run(" "), Run("again", "strong")),
                ),
                (Run("Last."),),
            ),
        ),
        Release("2026.1", "1 May 2026", ((Run("first"),),)),
    ]


def test_a_heading_of_another_level_and_what_comes_before_any_release_are_in_none() -> None:
    assert releases("text\n### 2026.1\n- item\n") == []
