"""Turns places and items into the viewer's right side: tree, tables of findings, and what is known of the document.

All of it is plain HTML that reads well without script: a tree is nested lists of links, a row links to its unit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from vn_resolution.model import Resolution, Span
from vn_resolution.render.viewer_doubts import in_vietnamese
from vn_resolution.render.viewer_items import SIGNS, Item, Place, normal
from vn_resolution.render.viewer_markup import text, title, word, words_of

_MOST_WORDS: Final = 160
_OPEN_NODES: Final = 60
_BLOCK: Final = 40


class Panels:
    """The panels of one document. `indices[kind][k]` is the index among all items of the k-th item of a kind."""

    def __init__(self, doc: Resolution, places: Sequence[Place], items: Sequence[Item]) -> None:
        self._doc = doc
        self._places = places
        self._items = items
        self._eids = {place.eid for place in places}
        self._line_starts = [0, *(k + 1 for k, char in enumerate(doc.source.text) if char == "\n")]
        self.indices: dict[str, list[int]] = {}
        for at, item in enumerate(items):
            self.indices.setdefault(item.kind, []).append(at)

    def all(self) -> list[tuple[str, int | None, str]]:
        """(name, how many, HTML) of each panel, as the tabs stand; amendments and names only where there are any."""
        counts: Callable[[str], int] = lambda kind: len(self.indices.get(kind, ()))  # noqa: E731
        panels: list[tuple[str, int | None, str]] = [
            ("tree", None, self._tree()),
            ("indicator", counts("indicator"), self._indicators()),
            ("task", counts("task"), self._tasks()),
            ("citation", counts("citation"), self._citations()),
            ("value", counts("quantity") + counts("date"), self._quantities() + self._dates()),
        ]
        if counts("amendment"):
            panels.append(("amendment", counts("amendment"), self._amendments()))
        if counts("mention"):
            panels.append(("mention", counts("mention"), self._mentions()))
        return [*panels, ("doubt", counts("doubt"), self._doubts()), ("about", None, self._about())]

    def _tree(self) -> str:
        if not self._places:
            return _nothing()
        marks = Counter(item.place for item in self._items if item.kind in ("indicator", "task"))
        deep = len(self._places) > _OPEN_NODES
        out = ['<ul class="tree">']
        stack: list[tuple[int, int] | str] = [(k, 1) for k, p in reversed([*enumerate(self._places)]) if p.parent < 0]
        while stack:
            entry = stack.pop()
            if isinstance(entry, str):
                out.append(entry)
                continue
            at, level = entry
            place = self._places[at]
            shut = ' class="shut"' if place.children and deep and level > 1 else ""
            out.append(f'<li data-n="{at}"{shut}><div class="row">{self._node(place, marks[place.eid])}</div>')
            stack.append("</li>")
            if place.children:
                out.append("<ul>")
                stack.append("</ul>")
                stack.extend((child, level + 1) for child in reversed(place.children))
        out.append("</ul>")
        return "".join(out)

    def _node(self, place: Place, findings: int) -> str:
        known = "¶" if place.kind == "paragraph" else place.marker.strip()
        label = text(known) if known else _two(place.label)
        parts = [] if place.eid.startswith("preamble__") else [f'<b class="k k-{place.kind}">{label}</b>']
        if place.heading:
            parts.append(f'<span class="hd">{text(_cut(place.heading))}</span>')
        elif place.words:
            parts.append(f'<span class="tx">{text(_cut(place.words))}</span>')
        quoted = ' class="q"' if place.quoted else ""
        count = f'<span class="n">{findings}</span>' if findings else ""
        return f'<a href="#{text(place.eid)}"{quoted}>{" ".join(parts)}</a>{count}'

    def _indicators(self) -> str:
        quantities = {q.id: q for q in self._doc.quantities}
        parents = {i.id: i.parent for i in self._doc.indicators}
        rows = []
        for at, item in zip(self.indices.get("indicator", ()), self._doc.indicators, strict=True):
            quantity = quantities.get(item.quantity)
            value = shown = ""
            if quantity:
                value, shown = text(normal(quantity)[0]), text(SIGNS.get(quantity.comparator, "") + quantity.text)
            small = [text(words) for words in (item.period, *item.qualifiers) if words]
            nature = f'<td class="nat c-{item.change}">{word("change", item.change)}'
            if item.status == "actual":
                nature += f"<small>{word('status', item.status)}</small>"
            level = _level(item.id, parents)
            cells = f'<td class="num" title="{value}">{shown}</td>{nature}</td>'
            rows.append(self._row(at, item.node, text(item.name), small, cells, f"lv{level}" if level else ""))
        return _table("indicator", ("indicator", "value", "nature"), rows)

    def _tasks(self) -> str:
        rows = []
        for at, item in zip(self.indices.get("task", ()), self._doc.tasks, strict=True):
            agents = "".join(f"<span>{text(agent)}</span>" for agent in item.agents)
            agents += "".join(f'<span class="co">+ {text(agent)}</span>' for agent in item.coagents)
            due = (
                f'<span title="{text(item.deadline.date or "")}">{text(item.deadline.text)}</span>'
                if item.deadline
                else ""
            )
            cells = f'<td class="who">{agents}</td><td class="due">{due}</td>'
            rows.append(self._row(at, item.node, text(_cut(item.text)), [], cells))
        return _table("task", ("task", "agents", "deadline"), rows)

    def _citations(self) -> str:
        rows = []
        for at, item in zip(self.indices.get("citation", ()), self._doc.citations, strict=True):
            small = [word("type", item.type or "provision")]
            small += [text(words) for words in (item.number, item.date, item.issuer) if words]
            aim = ""
            if item.target and item.target in self._eids:
                aim = f'<a class="go" href="#{text(item.target)}" data-go>{text(item.target)}</a>'
            elif item.iri:
                aim = f"<code>{text(item.iri)}</code>"
            rows.append(self._row(at, item.node, text(_cut(item.text)), small, f'<td class="iri">{aim}</td>'))
        return _table("citation", ("citation", "document"), rows)

    def _quantities(self) -> str:
        rows = []
        for at, item in zip(self.indices.get("quantity", ()), self._doc.quantities, strict=True):
            vi, en = normal(item)
            value = f'<td class="num" {_both(vi, en)}>{text(vi)}</td>'
            rows.append(self._row(at, item.node, text(item.text), [], value))
        return _table("quantity", ("quantity", "normal"), rows)

    def _dates(self) -> str:
        rows = []
        for at, item in zip(self.indices.get("date", ()), self._doc.dates, strict=True):
            iso = text(" – ".join(filter(None, (item.date, item.end))))
            rows.append(self._row(at, item.node, text(item.text), [], f'<td class="num">{iso}</td>'))
        return _table("date", ("date", "iso"), rows)

    def _amendments(self) -> str:
        rows = []
        cited = {c.id: c.text for c in self._doc.citations}
        for at, item in zip(self.indices.get("amendment", ()), self._doc.amendments, strict=True):
            target = ", ".join(filter(None, (item.target.provision, cited.get(item.target.citation or ""))))
            name = word("action", item.action)
            rows.append(self._row(at, item.node, name, [], f"<td>{text(_cut(target))}</td>"))
        return _table("amendment", ("action", "target"), rows)

    def _mentions(self) -> str:
        rows = []
        for at, item in zip(self.indices.get("mention", ()), self._doc.mentions, strict=True):
            rows.append(self._row(at, item.node, text(item.name), [], f"<td>{word('mention', item.kind)}</td>"))
        return _table("mention", ("mention", "sort"), rows)

    def _doubts(self) -> str:
        doubts = self._doc.diagnostics
        if not doubts:
            return f'<p class="none good">{word("ui", "no_doubts")}</p>'
        rows = []
        for at, item in zip(self.indices.get("doubt", ()), doubts, strict=True):
            about = word("doubt", item.code) if item.code in words_of("doubt") else ""
            severity = f'<span class="sev {item.severity}">{word("severity", item.severity)}</span>'
            name = f"{severity} <code>{text(item.code)}</code> {about}"
            line = str(self._line(item.span)) if item.span else ""
            message = _two((in_vietnamese(item) or item.message, item.message))
            node = self._items[at].place
            rows.append(self._row(at, node, name, [message], f'<td class="num">{line}</td>'))
        return _table("doubt", ("doubt", "line"), rows)

    def _row(self, at: int, node: str | None, name: str, small: Iterable[str], cells: str, css: str = "") -> str:
        """A row whose first cell is a link: to its unit without script, to itself (`data-i`) with it."""
        place = node if node in self._eids else None
        href = f' href="#{text(place)}"' if place else ' href="#text"'
        below = " · ".join(small)
        below = f"<small>{below}</small>" if below else ""
        mark = f' class="{css}"' if css else ""
        return f'<tr data-i="{at}"{mark}><th scope="row"><a{href}>{name}</a>{below}</th>{cells}</tr>'

    def _line(self, span: Span) -> int:
        return bisect_right(self._line_starts, span[0])

    def _about(self) -> str:
        meta, source, issuer = self._doc.meta, self._doc.source, self._doc.meta.issuer
        identity = _facts(
            ("doc_type", meta.doc_type), ("number", meta.number), ("title", meta.title),
            ("issuer", issuer.name if issuer else None), ("province_code", issuer.province_code if issuer else None),
            ("place", meta.place),
        )  # fmt: skip
        dates = {"issued": meta.issued, "adopted": meta.adopted}
        dates |= {"effective_from": meta.effective_from, "effective_to": meta.effective_to}
        for name, date in dates.items():
            identity += f"<dt>{word('field', name)}</dt><dd>{_two((day(date), date))}</dd>" if date else ""
        identity += _facts(
            ("legislature", None if meta.legislature is None else str(meta.legislature)), ("session", meta.session),
        )  # fmt: skip
        if meta.subject:
            subjects = ", ".join(word("subject", subject) for subject in meta.subject)
            identity += f"<dt>{word('field', 'subject')}</dt><dd>{subjects}</dd>"
        identity += _facts(("iri", meta.iri), code=True)
        signers = [", ".join(filter(None, (s.name, s.capacity, s.role))) for s in meta.signers]
        people = _list("signers", signers) + _list("recipients", [recipient.text for recipient in meta.recipients])
        origin = _facts(("source", source.name), ("media_type", source.media_type))
        size = f"{len(source.text):,}".replace(",", ".")
        origin += f"<dt>{word('field', 'size')}</dt><dd>{size} {word('field', 'characters')}</dd>"
        origin += _facts(("sha256", source.sha256), code=True)
        sections = (("identity", identity), ("people", people), ("source", origin))
        return "".join(f"<h3>{word('about', name)}</h3><dl>{facts}</dl>" for name, facts in sections if facts)


def _level(identity: str, parents: dict[str, str | None]) -> int:
    level = 0
    above = parents.get(identity)
    while above and level < 3:
        level += 1
        above = parents.get(above)
    return level


def _table(name: str, heads: Sequence[str], rows: Sequence[str]) -> str:
    if not rows:
        return _nothing() if name not in ("quantity", "date") else ""
    blocks = (rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK))
    body = "".join(f"<tbody>{''.join(block)}</tbody>" for block in blocks)
    head = "".join(f'<th scope="col">{word("head", key)}</th>' for key in heads)
    return (
        f'<table class="rows t-{name}" {title("kind", name, "aria-label")}><thead><tr>{head}</tr></thead>{body}</table>'
    )


def _facts(*facts: tuple[str, str | None], code: bool = False) -> str:
    rows = []
    for label, value in facts:
        if value:
            shown = f"<code>{text(value)}</code>" if code else text(value)
            rows.append(f"<dt>{word('field', label)}</dt><dd>{shown}</dd>")
    return "".join(rows)


def _list(label: str, values: Sequence[str]) -> str:
    if not values:
        return ""
    return f"<dt>{word('field', label)}</dt><dd><ul>{''.join(f'<li>{text(v)}</li>' for v in values)}</ul></dd>"


def day(iso: str) -> str:
    """An ISO date as Vietnamese readers write it: 11/12/2023, 12/2023, 2023."""
    return "/".join(reversed(iso.split("-")))


def _two(words: tuple[str, str]) -> str:
    """Words that the language switch can change, given in both languages on the spot."""
    if words[0] == words[1]:
        return text(words[0])
    return f"<span {_both(*words)}>{text(words[0])}</span>"


def _both(vi: str, en: str) -> str:
    return f'data-vi="{text(vi)}" data-en="{text(en)}"' if vi != en else ""


def _nothing() -> str:
    return f'<p class="none">{word("ui", "empty")}</p>'


def _cut(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1].rstrip()}…"


__all__ = ["Panels", "day"]
