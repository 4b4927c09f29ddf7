"""Draws a resolution as plain text for a person: what it is, its tree, its closing, and what was found in it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from vn_resolution.model import Block, Meta, Node, Resolution

WIDTH: Final = 110
_LABEL: Final = 12
_DEEPEST: Final = 20
_MOST_DOUBTS: Final = 20
_PLURALS: Final[dict[str, str]] = {
    "roman": "roman sections",
    "letter": "letter sections",
    "appendix": "appendices",
    "basis": "bases",
}


def to_outline(doc: Resolution) -> str:
    """The outline, lines of at most 110 characters, ending in a line break.

    A unit is shown by its label with its heading or its first words; "¶" is an unnumbered paragraph, "▦" a table,
    "»" new wording that an amendment quotes.
    """
    parts = [_identity(doc), _preamble(doc), _units("BODY", doc.body), _closing(doc.closing)]
    parts += [_units("APPENDICES", doc.attachments), _found(doc), _doubts(doc)]
    return "\n".join("\n".join(lines) + "\n" for lines in parts if lines)


def _identity(doc: Resolution) -> list[str]:
    meta = doc.meta
    name = " ".join(words for words in ((meta.doc_type or "").upper(), meta.number) if words)
    lines = [_cut(name or "Unnamed document", WIDTH)]
    if meta.title:
        lines += [_cut(line, WIDTH) for line in textwrap.wrap(meta.title[: 5 * WIDTH], WIDTH)]
    lines.append("")
    lines += [_field(label, value) for label, value in _facts(doc, meta) if value]
    return lines


def _facts(doc: Resolution, meta: Meta) -> list[tuple[str, str | None]]:
    issuer = meta.issuer
    code = f" ({issuer.province_code})" if issuer and issuer.province_code else ""
    term = [f"khóa {meta.legislature}" if meta.legislature is not None else "", meta.session or ""]
    if meta.session:
        term[1] = f"kỳ họp {meta.session}"
    force = None
    if meta.effective_from or meta.effective_to:
        force = f"{meta.effective_from or '?'} to {meta.effective_to}" if meta.effective_to else meta.effective_from
    return [
        ("issuer", f"{issuer.name}{code}" if issuer else None),
        ("term", ", ".join(words for words in term if words)),
        ("issued", ", ".join(words for words in (meta.issued, meta.place) if words)),
        ("adopted", meta.adopted),
        ("in force", force),
        ("signed by", "; ".join(", ".join(filter(None, (s.name, s.role))) for s in meta.signers)),
        ("subject", "; ".join(meta.subject)),
        ("iri", meta.iri),
        ("source", f"{doc.source.name or doc.source.media_type}, {len(doc.source.text):,} characters"),
    ]


def _preamble(doc: Resolution) -> list[str]:
    preamble = doc.preamble
    if not (preamble.bases or preamble.enacting or preamble.others):
        return []
    parts = [(basis.span, basis.text) for basis in preamble.bases]
    parts += [(block.span, f"¶ {block.text}") for block in preamble.others]
    if preamble.enacting:
        parts.append((preamble.enacting.span, preamble.enacting.text))
    lines = [_cut(f"├─ {text}", WIDTH) for _, text in sorted(parts)]
    lines[-1] = lines[-1].replace("├", "└", 1)
    return [f"PREAMBLE · {_count(len(preamble.bases), 'basis')}", *lines]


def _units(title: str, nodes: Sequence[Node]) -> list[str]:
    if not nodes:
        return [f"{title} · empty"] if title == "BODY" else []
    counts = Counter(node.kind for top in nodes for node in top.walk())
    lines = textwrap.wrap(f"{title} · {', '.join(_count(n, kind) for kind, n in counts.items())}", WIDTH)
    stack: list[tuple[Node, str, str]] = [(node, "", "") for node in reversed(nodes)]
    while stack:
        node, branch, indent = stack.pop()
        lines.append(_cut(f"{branch}{_line(node)}", WIDTH))
        last = len(node.children) - 1
        inner = indent if len(indent) < 3 * _DEEPEST else f"{indent[: 3 * _DEEPEST - 2]}… "
        stack.extend(
            (child, f"{inner}└─ ", f"{inner}   ") if at == last else (child, f"{inner}├─ ", f"{inner}│  ")
            for at, child in reversed(list(enumerate(node.children)))
        )
    return lines


def _line(node: Node) -> str:
    quoted = "» " if node.quoted else ""
    words = " · ".join(text for text in (node.heading, node.text) if text)
    if node.kind == "table":
        columns = max((len(row) for row in node.rows), default=0)
        first = " | ".join(cell.text for cell in node.rows[0]) if node.rows else ""
        return f"{quoted}▦ {len(node.rows)} × {columns}  {words or first}"
    label = node.marker or node.num
    if not label:
        label = "¶" if node.kind == "paragraph" else f"[{node.kind}]"
    return f"{quoted}{label} {words}"


def _closing(blocks: Sequence[Block]) -> list[str]:
    if not blocks:
        return []
    lines = ["CLOSING"]
    recipients = [block.text for block in blocks if block.kind == "recipient"]
    for block in blocks:
        if block.kind == "recipients_label":
            lines.append(_field("recipients", "; ".join(text.strip("-+ ;.") for text in recipients) or block.text))
        elif block.kind != "recipient":
            lines.append(_field(block.kind.removeprefix("signature_"), block.text))
    if recipients and all(block.kind != "recipients_label" for block in blocks):
        lines.append(_field("recipients", "; ".join(recipients)))
    return lines


def _found(doc: Resolution) -> list[str]:
    counts = [
        _count(len(items), name)
        for name, items in (
            ("citation", doc.citations),
            ("quantity", doc.quantities),
            ("date", doc.dates),
            ("name", doc.mentions),
            ("indicator", doc.indicators),
            ("task", doc.tasks),
            ("amendment", doc.amendments),
        )
        if items
    ]
    return textwrap.wrap(f"FOUND · {', '.join(counts)}", WIDTH) if counts else []


def _doubts(doc: Resolution) -> list[str]:
    if not doc.diagnostics:
        return []
    lines = [f"DOUBTS · {', '.join(_count(n, severity) for severity, n in _severities(doc))}"]
    lines += [_cut(f"{d.code}  {d.severity:<8} {d.message}", WIDTH) for d in doc.diagnostics[:_MOST_DOUBTS]]
    if len(doc.diagnostics) > _MOST_DOUBTS:
        lines.append(f"… and {len(doc.diagnostics) - _MOST_DOUBTS} more")
    return lines


def _severities(doc: Resolution) -> Iterable[tuple[str, int]]:
    counts = Counter(diagnostic.severity for diagnostic in doc.diagnostics)
    return [(severity, counts[severity]) for severity in ("error", "warning", "info") if counts[severity]]


def _field(label: str, value: str) -> str:
    return _cut(f"{label:<{_LABEL}}{value}", WIDTH)


def _count(number: int, name: str) -> str:
    if number == 1:
        return f"1 {name} section" if name in ("roman", "letter") else f"1 {name}"
    plural = _PLURALS.get(name) or (f"{name[:-1]}ies" if name.endswith("y") else name if name == "info" else f"{name}s")
    return f"{number} {plural}"


def _cut(line: str, width: int) -> str:
    """The line on one line: control characters and lone surrogates as spaces, its end as "…" where it is too long."""
    shown = "".join(char if char.isprintable() else " " for char in line[:width])
    return shown.rstrip() if len(line) <= width else f"{shown[: width - 1].rstrip()}…"


__all__ = ["WIDTH", "to_outline"]
