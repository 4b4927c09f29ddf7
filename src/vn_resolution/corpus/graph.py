"""Makes the graph of citations: which documents of a corpus cite which, in the corpus and outside of it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from vn_resolution.corpus.cited import GraphNode, Named, Names

_NODE_FIELDS: Final = (
    ("label", "string"), ("inside", "boolean"), ("type", "string"), ("number", "string"), ("date", "string"),
    ("province", "string"), ("year", "int"), ("iri", "string"), ("copies", "int"), ("cited", "int"),
)  # fmt: skip
_EDGE_FIELDS: Final = (("weight", "int"), ("bases", "int"), ("amends", "int"))
_MARKUP: Final = "http://graphml.graphdrawing.org/xmlns"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """That `source` cites `target`, so often (`weight`); so many of these are legal bases (`bases`) or the documents
    that instructions amend (`amends`). `places` are eIds in the source, the first of them."""

    source: str
    target: str
    weight: int
    bases: int = 0
    amends: int = 0
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges, in the order of their ids.

    >>> graph = corpus.graph()
    >>> [node.label for node in graph.most_cited(1)]
    ['Luật Tổ chức chính quyền địa phương 2015-06-19']
    >>> sum(node.inside for node in graph.nodes)
    9
    """

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]

    def most_cited(self, count: int = 10) -> tuple[GraphNode, ...]:
        """The documents that most others cite."""
        return tuple(sorted(self.nodes, key=lambda node: (-node.cited, node.id))[:count])

    def to_json(self) -> str:
        """Node-link JSON, which D3 and `networkx.node_link_graph(json.loads(…), edges="links")` take."""
        data = {
            "directed": True,
            "multigraph": False,
            "graph": {},
            "nodes": [asdict(node) for node in self.nodes],
            "links": [asdict(edge) for edge in self.edges],
        }
        return json.dumps(data, ensure_ascii=False, indent=1)

    def to_graphml(self) -> str:
        """GraphML, which Gephi, yEd, igraph and networkx read."""
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<graphml xmlns="{_MARKUP}">']
        for kind, fields in (("node", _NODE_FIELDS), ("edge", _EDGE_FIELDS)):
            lines += [
                f'<key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>'
                for name, type_ in fields
            ]
        lines.append('<graph id="citations" edgedefault="directed">')
        lines += [f"<node id={_quoted(node.id)}>{_data(node, 'node', _NODE_FIELDS)}</node>" for node in self.nodes]
        lines += [
            f"<edge source={_quoted(edge.source)} target={_quoted(edge.target)}>"
            f"{_data(edge, 'edge', _EDGE_FIELDS)}</edge>"
            for edge in self.edges
        ]
        return "\n".join((*lines, "</graph>", "</graphml>", ""))


def make_graph(db: sqlite3.Connection, condition: str = "", values: Sequence[Any] = ()) -> Graph:
    """The graph of what these documents cite; `condition` is one of SQL on `document`. References to other places of
    the same document are no citations of it."""
    names = Names(db)
    nodes: dict[str, GraphNode] = {}
    where = f"WHERE {condition}" if condition else ""
    for (document,) in db.execute(f"SELECT document FROM documents {where} ORDER BY document", values):
        node = names.inside(document)
        nodes.setdefault(node.id, node)
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    amending = _listed(db, "SELECT document, citation FROM amendments WHERE citation IS NOT NULL")
    basing = _listed(db, "SELECT document, value FROM bases, json_each(bases.citations)")
    rows = db.execute(
        "SELECT document, id, eid, text, type, number, date, iri FROM citations "
        f"WHERE NOT internal {f'AND {condition}' if condition else ''} ORDER BY document, seq",
        values,
    )
    for document, id_, eid, *named in rows:
        target = names.cited(document, Named(*named))
        source = names.inside(document).id
        if target is None or target.id == source:
            continue
        nodes.setdefault(target.id, target)
        edge = (source, target.id)
        counts[edge]["weight"] += 1
        counts[edge]["bases"] += (document, id_) in basing
        counts[edge]["amends"] += (document, id_) in amending
        if eid and eid not in places[edge]:
            places[edge].append(eid)
    cited = Counter(target for _, target in counts)
    return Graph(
        tuple(replace(nodes[id_], cited=cited[id_]) for id_ in sorted(nodes)),
        tuple(
            GraphEdge(*edge, counts[edge]["weight"], counts[edge]["bases"], counts[edge]["amends"], tuple(places[edge]))
            for edge in sorted(counts)
        ),
    )


def _listed(db: sqlite3.Connection, query: str) -> set[tuple[str, str]]:
    return {(document, citation) for document, citation in db.execute(query)}


def _data(record: Any, kind: str, fields: Sequence[tuple[str, str]]) -> str:
    parts = []
    for name, type_ in fields:
        value = getattr(record, name)
        if value is not None:
            text = str(value).lower() if type_ == "boolean" else str(value)
            parts.append(f'<data key="{kind}_{name}">{escape(_NOT_XML.sub("", text))}</data>')
    return "".join(parts)


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))


__all__ = ["Graph", "GraphEdge", "GraphNode", "make_graph"]
