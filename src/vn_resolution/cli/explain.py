"""`vn-resolution explain`: which rules read one place of a document as what, for the person who corrects a grammar."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from vn_resolution.cli.common import Reading as HowToRead
from vn_resolution.cli.common import line_of, reading_options, write_data
from vn_resolution.errors import GrammarError

if TYPE_CHECKING:
    from vn_resolution.grammar import Grammar, Rule
    from vn_resolution.model import Node, Resolution, Span
    from vn_resolution.reading import Reader, Reading
    from vn_resolution.sources.extract_result import Extract

_FINDS_OF_ONE_RULE = 3
_SHORTEST_FIND = 3
_QUOTED = 120
_RULE_DATA_NOT_SHOWN = frozenset({"id", "pattern", "anchor", "case", "examples", "counter_examples"})
# Numbers that count on through the document change where anything before them does.
_NOT_SHOWN = frozenset(
    {"what", "id", "span", "text", "node", "quantity", "quantities", "citations", "citation", "parent"}
)
_LONGEST_TRIED = 300_000
_ONE = {
    "citations": "citation", "quantities": "quantity", "dates": "date", "indicators": "indicator", "tasks": "task",
    "amendments": "amendment",
}  # fmt: skip


@click.command("explain")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--at", "place", required=True, metavar="LINE|EID", help="A line number, or the eId of a unit or basis.")
@click.option("--to", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print.")
@click.option("--all", "every", is_flag=True, help="List the rules that match and decide nothing, too.")
@reading_options
def command(file: str, place: str, to: str, every: bool, reading: HowToRead) -> None:
    """Show how one place of FILE is read: in what it stands, what was found there, and the rules that make it so.

    Each rule that matches the line, the paragraph, or what follows the paragraph's marker is tried: the document is
    read again without it. What is read otherwise then is what the rule decides.
    """
    from vn_resolution.parser import Parser

    extract = reading.extract(file, shows=True)
    parser = Parser(reading.grammar)
    doc = parser.read_extract(extract)
    report = explain(doc, _span_of(doc, place), parser.grammar)
    if len(extract.source.text) <= _LONGEST_TRIED:
        tried = _without_each(report, extract, parser.grammar)
        report["rules"] = [rule | {"without": without} for rule, without in zip(report["rules"], tried, strict=True)]
    if to == "json":
        write_data(json.dumps(report, ensure_ascii=False, indent=1, default=str).encode("utf-8") + b"\n", None)
    else:
        write_data(("\n".join(_lines(report, file, every)) + "\n").encode("utf-8"), None)


def _without_each(report: dict[str, Any], extract: Extract, grammar: Grammar) -> Iterator[list[str] | None]:
    """What stands at the place when the document is read without each of the rules; None where it stays the same."""
    from vn_resolution.parser import Parser

    now = list(_found(report))
    known: dict[tuple[str, str, str], list[str] | None] = {}
    for rule in report["rules"]:
        key = (rule["file"], rule["section"], rule["rule"])
        if key not in known:
            try:
                doc = Parser(grammar.without(*key)).read_extract(extract)
                then = list(_found(at_place(doc, report["span"])))
            except GrammarError:  # a rule that the reader cannot do without
                then = []
            known[key] = None if then == now else then
        yield known[key]


def explain(doc: Resolution, span: Span, grammar: Grammar) -> dict[str, Any]:
    """The report on one stretch: what stands there, and every rule that matches it."""
    from vn_resolution.reading import Reader

    report = at_place(doc, span)
    reader = Reader(doc.source.text, doc.source.artifacts)
    rows = [line["span"] for line in report["lines"]]
    return report | {"rules": list(_matches(grammar, reader, rows, report["leaves"]))}


def at_place(doc: Resolution, span: Span) -> dict[str, Any]:
    """What stands at one stretch: its lines, the leaves that hold its text, and the values and doubts that meet it."""
    text = doc.source.text
    leaves = [leaf for leaf in _leaves(doc) if _meet(leaf["span"], span)]
    rows = _rows(text, span)
    lines = [{"line": line_of(text, row[0]), "span": row, "text": text[slice(*row)]} for row in rows]
    artifacts = [a for a in doc.source.artifacts if _meet(a.span, span)]
    values = [(what, item) for what in _ONE for item in getattr(doc, what) if _meet(item.span, span)]
    return {
        "span": span,
        "lines": lines,
        "leaves": leaves,
        "artifacts": [a.model_dump() | {"text": text[slice(*a.span)]} for a in artifacts],
        "values": [{"what": what, **item.model_dump()} for what, item in values],
        "diagnostics": [d.model_dump() for d in doc.diagnostics if d.span is not None and _meet(d.span, span)],
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


def _lines(report: dict[str, Any], file: str, every: bool) -> Iterator[str]:
    for line in report["lines"]:
        yield f"{file}:{line['line']}: {line['text']}"
    yield ""
    yield from _found(report)
    yield ""
    tried = all("without" in find for find in report["rules"])
    deciding = [find for find in report["rules"] if find.get("without") is not None]
    others = [find for find in report["rules"] if find.get("without") is None]
    now = set(_found(report))
    if tried:
        yield "rules that decide here:" if deciding else "no single rule decides here"
        for find in deciding:
            yield f"  {_rule_line(find)}"
            then = [line for line in find["without"] if line not in now]
            gone = [line for line in _found(report) if line not in find["without"]]
            yield from (f"    without it: {line.strip()}" for line in then)
            yield from (f"    without it, not: {line.strip()}" for line in (() if then else gone))
    if others and (every or not tried):
        yield "rules that match here" + (" and decide nothing:" if tried else ":")
        yield from (f"  {_rule_line(find)}" for find in others)
    elif others:
        yield f"{len(others)} more rules match here and decide nothing (--all lists them)"


def _found(report: dict[str, Any]) -> Iterator[str]:
    """What stands at the place, in lines."""
    for leaf in report["leaves"]:
        yield from _leaf_lines(leaf)
    for title, key in (("layout, not law text", "artifacts"), ("doubts", "diagnostics")):
        for item in report[key]:
            kind = item.get("kind") or f"{item['severity']} {item['code']}"
            yield f"{title}: {kind} {_at(item['span'])}: {_short(item.get('text') or item.get('message') or '')}"
    for value in report["values"]:
        shown = {k: v for k, v in value.items() if k not in _NOT_SHOWN and v not in (None, ())}
        words = ", ".join(f"{k}={v}" for k, v in shown.items())
        yield f"{_ONE[value['what']]} {_at(value['span'])}: {_short(value.get('text') or '')} [{words}]"


def _rule_line(find: dict[str, Any]) -> str:
    data = ", ".join(f"{k}={v}" for k, v in find["data"].items())
    rule = f"{find['file']}.toml [[{find['section']}]] {find['rule']}"
    return f"{rule} {_at(find['span'])}: {_short(find['text'])}" + (f" ({_short(data)})" if data else "")


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
