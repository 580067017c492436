"""The headers `Link` and `Content-Profile` of answers, as the rules for Apache and nginx have them."""

from __future__ import annotations

import re
from collections.abc import Callable

from trophees.hosting import signposts
from trophees.hosting.signposts import DATA_END, PAGE, Signposts, Signs, content_profile

_DOCUMENT = re.compile(rf"(.+?)(?:{PAGE}|({DATA_END}))")


class Headers:
    """What is said of the paths of a site, whose root is `root`; `is_thing` says whether a path is that of a thing.

    Nothing is, of a release that does not say what its links lead to, as those up to 2026.1.
    """

    def __init__(self, signs: Signposts, root: str, is_thing: Callable[[str], bool]) -> None:
        self._signs = signs
        self._root = root
        self._is_thing = is_thing
        self._silent = signs == Signposts()
        self._fixed = [(re.compile(one.pattern), one) for one in signs.fixed(root)]

    def of_document(self, path: str) -> dict[str, str]:
        """What is said with the file `path`."""
        link = ""
        if self._silent:
            return {}
        if fixed := self._found(path):
            link = fixed.link
        elif (match := _DOCUMENT.fullmatch(path)) and self._is_thing(thing := match[1]):
            of_page = self._signs.of_page(self._root, thing, self._signs.type_of(thing))
            link = signposts.of_data(self._root, thing) if match[2] else of_page
        return ({"Link": link} if link else {}) | self._profile(path)

    def of_redirect(self, thing: str, document: str) -> dict[str, str]:
        """What is said at the address of `thing`, which leads to `document`."""
        if self._silent:
            return {}
        fixed = self._found(thing)
        return {"Link": fixed.link if fixed else signposts.of_thing(self._root, thing)} | self._profile(document)

    def _profile(self, document: str) -> dict[str, str]:
        profiles: tuple[str, ...] = ()
        if fixed := self._found(document):
            profiles = fixed.profiles or ()
        elif (match := _DOCUMENT.fullmatch(document)) and self._is_thing(match[1]):
            profiles = signposts.OF_DATA if match[2] else signposts.OF_PAGES
        return {"Content-Profile": content_profile(profiles)} if profiles else {}

    def _found(self, path: str) -> Signs | None:
        return next((one for pattern, one in self._fixed if pattern.fullmatch(path)), None)
