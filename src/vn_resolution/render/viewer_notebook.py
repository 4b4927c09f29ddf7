"""Turns a resolution into a small piece of HTML for a notebook: what it is, its outline and its first findings, folded
away, without script, style sheet or colours of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vn_resolution.model import Resolution
from vn_resolution.render.viewer_items import SIGNS, Place, places_of
from vn_resolution.render.viewer_markup import pair, text
from vn_resolution.render.viewer_panels import day

_MOST_ROWS = 25
_MOST_PLACES = 120
_DEEPEST = 3
_MOST_WORDS = 110


def to_notebook_html(doc: Resolution) -> str:
    """At most some tens of KB whatever the document's size; everything the document says is escaped."""
    meta = doc.meta
    name = " ".join(filter(None, (meta.doc_type, meta.number))) or doc.source.name or pair("ui", "untitled")[0]
    date = meta.issued or meta.adopted
    facts = [meta.issuer.name if meta.issuer else None, day(date) if date else None]
    counts = (
        ("unit", sum(1 for _ in doc.walk())), ("indicator", len(doc.indicators)), ("task", len(doc.tasks)),
        ("citation", len(doc.citations)), ("quantity", len(doc.quantities)), ("doubt", len(doc.diagnostics)),
    )  # fmt: skip
    shown = " · ".join(f"{pair('kind', kind)[0]} {count}" for kind, count in counts if count)
    parts = [
        f"<p><strong>{text(name)}</strong> {text(' · '.join(filter(None, facts)))}</p>",
        f"<p>{text(_cut(meta.title))}</p>" if meta.title else "",
        f"<p>{shown}</p>",
        _folded("tree", _outline(places_of(doc))),
        _folded("indicator", _indicators(doc)),
        _folded("task", _tasks(doc)),
        _folded("doubt", _table((d.code, d.severity, _cut(d.message)) for d in doc.diagnostics)),
    ]
    return f'<div lang="vi" class="vn-resolution">{"".join(parts)}</div>'


def _folded(tab: str, inner: str) -> str:
    return f"<details><summary>{pair('tab', tab)[0]}</summary>{inner}</details>" if inner else ""


def _outline(places: Sequence[Place]) -> str:
    depths: list[int] = []
    rows: list[str] = []
    for place in places:
        depths.append(depths[place.parent] + 1 if place.parent >= 0 else 0)
        if depths[-1] < _DEEPEST and len(rows) < _MOST_PLACES:
            label = place.marker or place.label[0]
            indent = f' style="margin-left:{1.4 * depths[-1]:g}em"'
            rows.append(f"<div{indent}><b>{text(label)}</b> {text(_cut(place.heading or place.words))}</div>")
    return "".join(rows) + ("…" if len(places) > len(rows) else "")


def _indicators(doc: Resolution) -> str:
    quantities = {quantity.id: quantity for quantity in doc.quantities}
    rows = []
    for item in doc.indicators:
        quantity = quantities.get(item.quantity)
        value = SIGNS.get(quantity.comparator, "") + quantity.text if quantity else ""
        rows.append((item.name, value, pair("change", item.change)[0], item.period or ""))
    return _table(rows)


def _tasks(doc: Resolution) -> str:
    return _table(
        (_cut(task.text), "; ".join(task.agents), task.deadline.text if task.deadline else "") for task in doc.tasks
    )


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    cells = [f"<tr>{''.join(f'<td>{text(cell)}</td>' for cell in row)}</tr>" for row in rows]
    if not cells:
        return ""
    more = f"<p>… {len(cells) - _MOST_ROWS}</p>" if len(cells) > _MOST_ROWS else ""
    return f"<table>{''.join(cells[:_MOST_ROWS])}</table>{more}"


def _cut(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1].rstrip()}…"


__all__ = ["to_notebook_html"]
