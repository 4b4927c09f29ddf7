"""`vn-resolution explain`: which rules read one place of a document as what, for the person who corrects a grammar."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from vn_resolution.cli.common import Reading as HowToRead
from vn_resolution.cli.common import line_of, reading_options, write_data

if TYPE_CHECKING:
    from vn_resolution.grammar import Grammar, Rule
    from vn_resolution.model import Node, Resolution, Span
    from vn_resolution.reading import Reader, Reading

_FINDS_OF_ONE_RULE = 3
_SHORTEST_FIND = 3
_QUOTED = 120
_RULE_DATA_NOT_SHOWN = frozenset({"id", "pattern", "anchor", "case", "examples", "counter_examples"})
_VALUES = ("citations", "quantities", "dates", "indicators", "tasks", "amendments")


@click.command("explain")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--at", "place", required=True, metavar="LINE|EID", help="A line number, or the eId of a unit or basis.")
@click.option("--to", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print.")
@reading_options
def command(file: str, place: str, to: str, reading: HowToRead) -> None:
    """Show how one place of FILE is read: in what it stands, what was found there, and every rule that matches.

    The rules are tried on the line, on the whole paragraph, and on what follows the paragraph's marker.
    """
    from vn_resolution.grammar import load_grammar

    doc = reading.read(file, shows=True)
    report = explain(doc, _span_of(doc, place), load_grammar(*reading.grammar))
    if to == "json":
        write_data(json.dumps(report, ensure_ascii=False, indent=1, default=str).encode("utf-8") + b"\n", None)
    else:
        write_data(("\n".join(_lines(report, file)) + "\n").encode("utf-8"), None)


def explain(doc: Resolution, span: Span, grammar: Grammar) -> dict[str, Any]:
    """The report on one stretch: its lines, the leaves that hold its text, and what meets it there."""
    from vn_resolution.reading import Reader

    text = doc.source.text
    reader = Reader(text, doc.source.artifacts)
    leaves = [leaf for leaf in _leaves(doc) if _meet(leaf["span"], span)]
    rows = _rows(text, span)
    lines = [{"line": line_of(text, row[0]), "span": row, "text": text[slice(*row)]} for row in rows]
    artifacts = [a for a in doc.source.artifacts if _meet(a.span, span)]
    values = [(what, item) for what in _VALUES for item in getattr(doc, what) if _meet(item.span, span)]
    return {
        "span": span,
        "lines": lines,
        "leaves": leaves,
        "artifacts": [a.model_dump() | {"text": text[slice(*a.span)]} for a in artifacts],
        "values": [{"what": what, **item.model_dump()} for what, item in values],
        "diagnostics": [d.model_dump() for d in doc.diagnostics if d.span is not None and _meet(d.span, span)],
        "rules": list(_matches(grammar, reader, rows, leaves)),
    }


def _span_of(doc: Resolution, place: str) -> Span:
    text = doc.source.text
    if place.isdigit():
        ends = [match.end() for match in re.finditer(r"\n|\Z", text)]
        number = int(place)
        if not 1 <= number <= len(ends):
            raise click.UsageError(f"there is no line {number}; the document has {len(ends)}")
        return (ends[number - 2] if number > 1 else 0, ends[number - 1])
    if (node := doc.find(place)) is not None:
        return node.own
    for basis in doc.preamble.bases:
        if basis.id == place:
            return basis.span
    raise click.UsageError(f"nothing in the document has the eId {place!r} (extract --what nodes lists them)")


def _rows(text: str, span: Span) -> list[Span]:
    """The lines that the span touches, without their line ends."""
    first = text.rfind("\n", 0, span[0]) + 1
    last = text.find("\n", max(span[0], span[1] - 1))
    rows, at = [], first
    for line in text[first : last if last >= 0 else len(text)].split("\n"):
        rows.append((at, at + len(line.rstrip("\r"))))
        at += len(line) + 1
    return rows


def _leaves(doc: Resolution) -> Iterator[dict[str, Any]]:
    """Everything that holds text itself, in reading order."""
    for block in doc.header:
        yield {"zone": "header", **block.model_dump()}
    for basis in doc.preamble.bases:
        yield {
            "zone": "preamble",
            "id": basis.id,
            "kind": f"basis ({basis.kind})",
            "text": basis.text,
            "span": basis.span,
        }
    for block in doc.preamble.others:
        yield {"zone": "preamble", **block.model_dump()}
    if doc.preamble.enacting is not None:
        yield {"zone": "preamble", "kind": "enacting words", **doc.preamble.enacting.model_dump()}
    for zone, nodes in (("body", doc.body), ("attachments", doc.attachments)):
        stack: list[tuple[Node, tuple[str, ...]]] = [(node, ()) for node in reversed(nodes)]
        while stack:
            node, path = stack.pop()
            yield {
                "zone": zone, "id": node.id, "kind": node.kind, "path": (*path, node.id), "num": node.num,
                "marker": node.marker, "heading": node.heading, "text": node.text, "quoted": node.quoted,
                "span": node.own, "heading_span": node.heading_span, "text_span": node.text_span,
            }  # fmt: skip
            stack.extend((child, (*path, node.id)) for child in reversed(node.children))
    for block in doc.closing:
        yield {"zone": "closing", **block.model_dump()}


def _matches(
    grammar: Grammar, reader: Reader, rows: list[Span], leaves: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Every rule that matches a line, a leaf, or a leaf behind its marker, each find once."""
    subjects = [reader.read(row) for row in rows]
    for leaf in leaves:
        subjects.append(reader.read(leaf["span"]))
        if after := leaf.get("heading_span") or leaf.get("text_span"):
            subjects.append(reader.read((after[0], leaf["span"][1])))
    seen = set()
    for file, section, rule in grammar.all_rules():
        for subject in subjects:
            for span, words in _finds(rule, subject):
                key = (file, section, rule.id, span)
                if key not in seen:
                    seen.add(key)
                    data = {k: v for k, v in rule.data.items() if k not in _RULE_DATA_NOT_SHOWN}
                    yield {"file": file, "section": section, "rule": rule.id, "span": span, "text": words, "data": data}


def _finds(rule: Rule, subject: Reading) -> Iterator[tuple[Span, str]]:
    from vn_resolution.grammar import fold

    text = subject.text
    folded = fold(text)
    if rule.anchor == "any":
        finds = rule.regex.finditer(text if rule.case else folded)
    else:
        finds = iter([match] if (match := rule.find(text, folded)) else [])
    for _, match in zip(range(_FINDS_OF_ONE_RULE), finds, strict=False):
        # A find of a letter or two inside a line tells nothing; at its start it is a label.
        if match.end() - match.start() >= (_SHORTEST_FIND if match.start() else 1):
            yield subject.span(*match.span()), text[slice(*match.span())]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _lines(report: dict[str, Any], file: str) -> Iterator[str]:
    for line in report["lines"]:
        yield f"{file}:{line['line']}: {line['text']}"
    yield ""
    for leaf in report["leaves"]:
        yield from _leaf_lines(leaf)
    for title, key in (("layout, not law text", "artifacts"), ("doubts", "diagnostics")):
        for item in report[key]:
            kind = item.get("kind") or f"{item['severity']} {item['code']}"
            yield f"{title}: {kind} {_at(item['span'])}: {_short(item.get('text') or item.get('message') or '')}"
    for value in report["values"]:
        shown = {
            k: v for k, v in value.items() if k not in ("what", "id", "span", "text", "node") and v not in (None, ())
        }
        words = ", ".join(f"{k}={v}" for k, v in shown.items())
        yield f"{value['what']} {value['id']} {_at(value['span'])}: {_short(value.get('text') or '')} [{words}]"
    yield ""
    yield "rules that match here:" if report["rules"] else "no rule matches here"
    for find in report["rules"]:
        data = ", ".join(f"{k}={v}" for k, v in find["data"].items())
        rule = f"{find['file']}.toml [[{find['section']}]] {find['rule']}"
        yield f"  {rule} {_at(find['span'])}: {_short(find['text'])}" + (f" ({_short(data)})" if data else "")


def _leaf_lines(leaf: dict[str, Any]) -> Iterator[str]:
    where = " > ".join(leaf.get("path", ())) or leaf.get("id") or ""
    yield f"{leaf['zone']}: {leaf['kind']} {_at(leaf['span'])} {where}".rstrip()
    for part in ("num", "marker", "heading", "text"):
        if leaf.get(part):
            yield f"  {part}: {_short(leaf[part])}"
    if leaf.get("quoted"):
        yield "  inside the quoted wording of an amendment"


def _at(span: Span) -> str:
    return f"[{span[0]}, {span[1]})"


def _short(text: str) -> str:
    text = " ".join(str(text).split())
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
