"""Turns a resolution into one HTML file for a person: the source text with everything that was found in it, beside the
tree, the tables and the doubts; it needs no network and runs no script but its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from vn_resolution.model import Resolution
from vn_resolution.render.viewer_items import KINDS, Item, Place, items_of, places_of
from vn_resolution.render.viewer_markup import (
    asset,
    json_block,
    page_policy,
    pair,
    script,
    style,
    text,
    title,
    word,
    words_of,
)
from vn_resolution.render.viewer_panels import Panels, day
from vn_resolution.render.viewer_tables import tables_of
from vn_resolution.render.viewer_text import text_pane

_LEGEND: Final = (
    "unit", "frame", "basis", "indicator", "task", "citation", "quantity", "date", "mention", "amendment", "artifact",
    "doubt",
)  # fmt: skip
_SCRIPT_SECTIONS: Final = ("ui", "kind", "field", "tab", "key")
_KEYS: Final = (
    ("/", "search"), ("j k", "walk"), ("↑ ↓ ← →", "tree"), ("1 … 9", "tabs"), ("Enter", "open"), ("Esc", "leave"),
    ("?", "help"),
)  # fmt: skip


def to_html(doc: Resolution) -> str:
    """The page as a string to be written as UTF-8.

    It holds every character of `source.text` (NUL and lone surrogates, which HTML cannot carry, are shown as U+2400
    and U+FFFD), reads well without script and in print, and fetches nothing. A place has a permalink by its eId
    (`page.html#art_1__para_2`), a finding by its id (`page.html#ind_3`). Whatever the document says is text: a content
    security policy in the page allows its own script and style by their hashes and nothing else.
    """
    places = places_of(doc)
    items = items_of(doc)
    panels = Panels(doc, places, items).all()
    name = _name(doc)
    left = text_pane(doc, places, items) or f'<p class="none">{word("ui", "no_text")}</p>'
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="vi" class="plain">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{text(page_policy())}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="color-scheme" content="light dark">\n<meta name="generator" content="vn-resolution">\n',
            f'<title>{text(name)}</title>\n<link rel="icon" href="data:,">\n',
            f"<style>{style()}</style>\n<script>{asset('boot.js')}</script>\n</head>\n<body>\n",
            f'<a class="skip" href="#text">{word("ui", "skip")}</a>\n',
            asset("icons.svg"),
            _header(doc, name),
            '<div class="panes">\n<main id="text" tabindex="-1" ',
            f"{title('ui', 'source_text', 'aria-label')}>\n{_legend(places, items)}",
            f'<div class="paper">{left}</div>\n</main>\n',
            _side(panels),
            f"</div>\n{_help()}",
            '<p id="live" class="hidden" role="status" aria-live="polite"></p>\n',
            f'<script type="application/json" id="data">{json_block(_data(doc, places, items))}</script>\n',
            f"<script>{script()}</script>\n</body>\n</html>\n",
        )
    )


def _name(doc: Resolution) -> str:
    words = [word for word in (doc.meta.doc_type, doc.meta.number) if word]
    return " ".join(words) or doc.meta.title or doc.source.name or pair("ui", "untitled")[0]


def _header(doc: Resolution, name: str) -> str:
    meta = doc.meta
    date = meta.issued or meta.adopted
    facts = [meta.issuer.name if meta.issuer else None, day(date) if date else None]
    small = " · ".join(text(fact) for fact in facts if fact)
    heading = f'<p class="about">{text(meta.title)}</p>' if meta.title and meta.title != name else ""
    return (
        f'<header>\n<div class="name"><h1>{text(name)}</h1>{f"<p>{small}</p>" if small else ""}{heading}</div>\n'
        f'<form class="find" role="search"><svg aria-hidden="true"><use href="#i-search"/></svg>'
        f'<input id="find" type="search" autocomplete="off" spellcheck="false" '
        f"{title('ui', 'search', 'placeholder')} {title('ui', 'search_keys', 'aria-label')}>"
        f'<output for="find"></output>'
        f"{_button('exact', 'exact', word('ui', 'exact_short'), 'aria-pressed=false')}"
        f"{_button('previous', 'previous', _icon('up'))}{_button('next', 'next', _icon('down'))}</form>\n"
        f'<div class="tools">{_button("language", "language", word("ui", "language_short"))}'
        f"{_button('theme', 'theme', _icon('theme'))}{_button('print', 'print', _icon('print'))}"
        f"{_button('help', 'help', '?')}</div>\n</header>\n"
    )


def _legend(places: Sequence[Place], items: Sequence[Item]) -> str:
    """What is highlighted, how often, and the switch of each kind."""
    counts = Counter(item.kind for item in items)
    counts["unit"] = sum(1 for place in places if place.marker or place.heading)
    chips = [
        f'<button type="button" class="chip {kind}" data-kind="{kind}" aria-pressed="true"><i></i>'
        f"{word('kind', kind)} <span>{counts[kind]}</span></button>"
        for kind in _LEGEND
        if counts[kind]
    ]
    return f'<div class="legend" role="group" {title("ui", "show_kinds", "aria-label")}>{"".join(chips)}</div>\n'


def _side(panels: Sequence[tuple[str, int | None, str]]) -> str:
    tabs = [f'<a class="tab only-small" href="#text" id="tab-text" data-tab="text">{word("tab", "text")}</a>']
    for name, count, _ in panels:
        number = "" if count is None else f" <span>{count}</span>"
        none = " zero" if count == 0 else ""
        link = f'href="#panel-{name}" id="tab-{name}" data-tab="{name}"'
        tabs.append(f'<a class="tab{none}" {link}>{word("tab", name)}{number}</a>')
    sections = [
        f'<section class="panel" id="panel-{name}"><h2>{word("tab", name)}</h2>{body}</section>\n'
        for name, _, body in panels
    ]
    return (
        f"<aside {title('ui', 'findings', 'aria-label')}>\n"
        f'<nav class="tabs" {title("ui", "lists", "aria-label")}>{"".join(tabs)}</nav>\n'
        f'<div class="panels">\n{"".join(sections)}</div>\n'
        f'<section id="detail" hidden {title("ui", "detail", "aria-label")}></section>\n</aside>\n'
    )


def _help() -> str:
    keys = "".join(
        f"<div><dt>{' '.join(f'<kbd>{key}</kbd>' for key in keys.split())}</dt><dd>{word('key', what)}</dd></div>"
        for keys, what in _KEYS
    )
    close = _button("close-help", "close", _icon("close"))
    return f'<dialog id="help" {title("ui", "help", "aria-label")}>{close}<dl>{keys}</dl></dialog>\n'


def _button(name: str, label: str, inner: str, more: str = "") -> str:
    return (
        f'<button type="button" id="b-{name}" {title("ui", label)} {title("ui", label, "aria-label")} {more}>'
        f"{inner}</button>"
    )


def _icon(name: str) -> str:
    return f'<svg aria-hidden="true"><use href="#i-{name}"/></svg>'


def _data(doc: Resolution, places: Sequence[Place], items: Sequence[Item]) -> dict[str, Any]:
    """What the script needs beyond the page itself: places [eId, label, English label, parent], items [kind, id,
    place, start, end, fields], tables by eId, and the words it writes."""
    at = {place.eid: k for k, place in enumerate(places)}
    words = {f"{section}.{key}": pair_ for section in _SCRIPT_SECTIONS for key, pair_ in words_of(section).items()}
    return {
        "places": [[p.eid, *p.label, p.parent] for p in places],
        "items": [[i.kind, i.id, at.get(i.place or "", -1), *i.span, i.fields] for i in items],
        "tables": tables_of(doc),
        "kinds": KINDS,
        "words": words | _page_words(),
    }


def _page_words() -> dict[str, list[str]]:
    """The words of the sections that stand in the page as data-w marks."""
    sections = ("head", "about", "change", "status", "severity", "action", "type", "subject", "doubt", "yes", "mention")
    return {f"{section}.{key}": both for section in sections for key, both in words_of(section).items()}


__all__ = ["to_html"]
