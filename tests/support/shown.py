"""All that a resolution was read as, in lines for the eye: what the golden files hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vn_resolution.model import Node, Resolution


def reading(doc: Resolution) -> str:
    """Metadata, header, preamble, tree, closing, values and diagnostics, one line each."""
    return "".join(f"{line}\n" for line in _lines(doc))


def _lines(doc: Resolution) -> Iterator[str]:
    for name, value in doc.meta:
        if name == "issuer" and value is not None:
            value = f"{value.name} ({value.level}, {value.locality}, {value.province_code})"
        elif name in ("signers", "recipients"):
            continue
        if value:
            yield f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"
    yield from (f"header | {block.kind} | {block.text}" for block in doc.header)
    yield from (f"basis | {basis.kind} | {basis.text}" for basis in doc.preamble.bases)
    yield from (f"preamble | {block.kind} | {block.text}" for block in doc.preamble.others)
    if doc.preamble.enacting:
        yield f"enacting | {doc.preamble.enacting.text}"
    for node, depth in _walk((*doc.body, *doc.attachments)):
        words = [node.kind, node.marker or node.num or "", f"[{node.heading}]" if node.heading else "", node.text]
        yield "  " * depth + ("» " if node.quoted else "") + " ".join(word for word in words if word)
        yield from ("  " * (depth + 1) + " | ".join(cell.text for cell in row) for row in node.rows)
    yield from (f"closing | {block.kind} | {block.text}" for block in doc.closing)
    text = doc.source.text
    amounts = {quantity.id: quantity for quantity in doc.quantities}
    numbers = {citation.id: citation.number or citation.title or citation.text for citation in doc.citations}
    for artifact in doc.source.artifacts:
        if artifact.kind not in ("markdown", "table_bar", "table_rule"):
            yield f"artifact | {artifact.kind} | {' '.join(text[slice(*artifact.span)].split())}"
    for c in doc.citations:
        yield _row("citation", c.node, c.type, c.number, c.title, c.provision, c.date, c.issuer, c.target, c.text)
    for q in doc.quantities:
        yield _row("quantity", q.node, q.text, q.comparator, q.low, q.high, q.unit)
    for d in doc.dates:
        yield _row("date", d.node, d.text, d.kind, d.date, d.end)
    for i in doc.indicators:
        amount = amounts[i.quantity].text
        yield _row(
            "indicator", i.node, i.name, i.concept, i.change, i.status, amount, i.period, i.parent, *i.qualifiers
        )
    for t in doc.tasks:
        due = t.deadline and f"{t.deadline.text} = {t.deadline.date}"
        yield _row("task", t.node, "; ".join(t.agents), "; ".join(t.coagents), due, t.text)
    for a in doc.amendments:
        yield _row("amendment", a.action, numbers.get(a.target.citation or ""), a.target.provision, a.quoted)
    yield from (f"doubt | {d.code} | {d.message}" for d in doc.diagnostics)


def _row(kind: str, *cells: object) -> str:
    return " | ".join([kind, *("-" if cell is None or cell == "" else str(cell) for cell in cells)])


def _walk(nodes: Iterable[Node], depth: int = 0) -> Iterator[tuple[Node, int]]:
    for node in nodes:
        yield node, depth
        yield from _walk(node.children, depth + 1)
