"""Tells the furniture of a web site (navigation, banners, menus) from the document that the page is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ROLES = frozenset(
    (
        "navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar", "tablist", "complementary",
        "dialog", "alertdialog", "tooltip", "progressbar",
    )
)  # fmt: skip
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|breadcrumbs?|footer|copyright|header|sidebar|topbar|toolbar|tools?|"
    r"banner|share|social|related|pagination|pager)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_RIGHTS = re.compile("©|copyright|bản quyền", re.IGNORECASE)
_FEW_LETTERS = 1_000
_MENUS = frozenset(("ul", "ol", "menu", "dir", "div", "td", "section"))
_HEADS = frozenset(("header", "aside"))
_NAMED = frozenset(("div", "section", "td", "p", "ul", "ol"))


@dataclass(slots=True)
class Links:
    """How much of the text so far stands in links that lead away from the page, and how often it spoke of the rights to
    it."""

    count: int = 0
    letters: int = 0
    linked: int = 0
    rights: int = 0

    def text(self, text: str, *, linked: bool) -> None:
        """Text that is shown."""
        self.letters += len(text)
        self.rights += _RIGHTS.search(text) is not None
        if linked:
            self.linked += len(text)

    @staticmethod
    def leads_away(attributes: Mapping[str, str]) -> bool:
        """Whether an `<a>` is a link to elsewhere; "#dieu_1" leads to a place in the document itself."""
        target = attributes.get("href")
        return target is not None and (target == "#" or not target.startswith("#"))


@dataclass(frozen=True, slots=True)
class Suspicion:
    """An element that is furniture if it holds at least `fewest` links and this `share` of its text stands in them, or
    if it is `named` as furniture, short, and speaks of the rights to the page; the rest are the counts at its
    beginning."""

    fewest: int
    share: float
    count: int
    letters: int
    linked: int
    rights: int
    named: bool = False

    def confirmed(self, links: Links) -> bool:
        """Whether it is, by the counts at its end."""
        letters, linked = links.letters - self.letters, links.linked - self.linked
        if self.named and links.rights > self.rights and letters <= _FEW_LETTERS:
            return True
        return links.count - self.count >= self.fewest and linked >= self.share * letters


def is_chrome(tag: str, attributes: Mapping[str, str], in_article: bool) -> bool:
    """Whether an element says by its tag or role that it is furniture."""
    if tag == "nav" or (tag == "footer" and not in_article):
        return True
    role = attributes.get("role")
    return role is not None and role.strip().lower() in _ROLES


def suspicion(tag: str, attributes: Mapping[str, str], links: Links) -> Suspicion | None:
    """What would show that an element is furniture; None where nothing would."""
    if tag in _HEADS or (tag in _NAMED and attributes and _is_named(attributes)):
        return Suspicion(1, 0.5, links.count, links.letters, links.linked, links.rights, named=True)
    if tag in _MENUS:
        return Suspicion(3, 0.9, links.count, links.letters, links.linked, links.rights)
    return None


def _is_named(attributes: Mapping[str, str]) -> bool:
    names = attributes.get("class", "")[:200] + " " + attributes.get("id", "")[:200]
    return len(names) > 1 and _NAMES.search(names) is not None
