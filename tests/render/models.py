"""Resolutions made by hand and by Hypothesis: any kinds nested in any way, odd characters everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from vn_resolution.model import (
    Amendment,
    AmendmentTarget,
    Basis,
    Block,
    Cell,
    Citation,
    DateMention,
    Deadline,
    Enacting,
    Indicator,
    Issuer,
    Mention,
    Meta,
    Node,
    Preamble,
    Quantity,
    Resolution,
    Source,
    Task,
)  # fmt: skip

KINDS = (
    "part", "chapter", "section", "subsection", "article", "roman", "letter", "clause", "point", "bullet",
    "paragraph", "table", "appendix",
)  # fmt: skip
BASES = ("can_cu", "xet", "thuc_hien", "theo", "sau_khi", "tren_co_so", "khac")
HEADER = (
    "national_title", "motto", "issuer", "number", "place_date", "doc_type", "title", "session", "copy_mark", "other",
)  # fmt: skip
CLOSING = (
    "adoption", "recipients_label", "recipient", "signature_capacity", "signature_role", "signature_note",
    "signature_name", "other",
)  # fmt: skip
ACTIONS = ("amend", "replace", "insert", "repeal", "rename", "suspend", "extend")

ODD = "aĐđ1 .,;:<>&\"'“”-\t\n\r\x00\x0b\x1f\x7f\x85\u00a0\u0301\u2028\ud800\udfff\ufffe\uffff\U0001f600]]>%#/\\{}|^`"
words = st.one_of(
    st.text(st.sampled_from(ODD), max_size=12),
    st.sampled_from(["", "Giao Ủy ban nhân dân tỉnh", "đạt 8,5-9,0%", "Số: 12/2024/NQ-HĐND", "An Lạc, ngày 5/7/2024"]),
)
numbers = st.one_of(
    st.none(),
    st.sampled_from(["1", "2", "1.1", "a", "đ", "d", "I", "IV", "-", "+", "•", "", "1_2", "2_2", "nn_1", "1 bis"]),
    st.text(st.sampled_from(ODD), max_size=4),
)
spans = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))
dates = st.one_of(
    st.none(), st.sampled_from(["2024-07-05", "2024-13-45", "2024", "2024-07", "0000-01-01", "x", "2024-02-30"]), words
)
iris = st.one_of(st.none(), st.sampled_from(["/akn/vn/act/luat/qh/2025/72", "#x", "a b", "%zz", "http://[", ""]), words)
decimals = st.one_of(
    st.none(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.sampled_from([Decimal("1E+70"), Decimal("9E12")]),
)


def blocks(kinds: tuple[str, ...]) -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(
        st.builds(Block, kind=st.one_of(st.sampled_from(kinds), words), text=words, span=spans), max_size=6
    ).map(tuple)


def _node(children: st.SearchStrategy[tuple[Node, ...]]) -> st.SearchStrategy[Node]:
    cell = st.builds(
        Cell, text=words, span=spans, columns=st.sampled_from([1, 1, 2, 3, 0]), rows=st.sampled_from([1, 1, 2, 3, -1])
    )
    return st.builds(
        Node,
        id=st.one_of(words, st.sampled_from(["art_1", "x"])),
        kind=st.sampled_from(KINDS),
        num=numbers,
        marker=st.one_of(st.none(), words),
        heading=st.one_of(st.none(), words),
        text=words,
        span=spans,
        own=spans,
        heading_span=st.one_of(st.none(), spans),
        text_span=st.one_of(st.none(), spans),
        notes=st.one_of(st.just(()), blocks(("note",))),
        quoted=st.booleans(),
        children=children,
        rows=st.lists(st.lists(cell, max_size=3).map(tuple), max_size=3).map(tuple),
    )


nodes = st.recursive(_node(st.just(())), lambda inner: _node(st.lists(inner, max_size=4).map(tuple)), max_leaves=12)
node_rows = st.lists(nodes, max_size=4).map(tuple)
references = st.one_of(st.none(), st.sampled_from(["art_1", "x", "c", "q"]), words)
metas = st.builds(
    Meta,
    doc_type=st.one_of(st.none(), words),
    number=st.one_of(st.none(), words),
    issuer=st.one_of(
        st.none(),
        st.builds(
            Issuer,
            name=words,
            level=st.sampled_from([None, "province", "district", "commune"]),
            locality=st.one_of(st.none(), words),
            province_code=st.one_of(st.none(), st.sampled_from(["VN-34", "VN-SG"]), words),
        ),
    ),
    title=st.one_of(st.none(), words),
    place=st.one_of(st.none(), words),
    issued=dates,
    adopted=dates,
    effective_from=dates,
    effective_to=dates,
    legislature=st.one_of(st.none(), st.integers(-2, 30)),
    session=st.one_of(st.none(), words),
    iri=iris,
    subject=st.lists(words, max_size=2).map(tuple),
)
preambles = st.builds(
    Preamble,
    bases=st.lists(st.builds(Basis, id=words, kind=st.sampled_from(BASES), text=words, span=spans), max_size=5).map(
        tuple
    ),
    enacting=st.one_of(st.none(), st.builds(Enacting, text=words, span=spans)),
    others=blocks(("other",)),
)


def _few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


resolutions = st.builds(
    Resolution,
    source=st.builds(
        Source, name=st.one_of(st.none(), words), media_type=words, sha256=words, text=st.text(st.sampled_from(ODD))
    ),
    meta=metas,
    header=blocks(HEADER),
    preamble=preambles,
    body=node_rows,
    closing=blocks(CLOSING),
    attachments=st.one_of(node_rows, _few(nodes.map(lambda node: node.model_copy(update={"kind": "appendix"})))),
    citations=_few(
        st.builds(Citation, id=st.sampled_from(["c", "c2"]), text=words, span=spans, iri=iris, target=references)
    ),
    quantities=_few(
        st.builds(
            Quantity,
            id=st.sampled_from(["q", "q2"]),
            text=words,
            span=spans,
            low=decimals,
            high=decimals,
            comparator=st.sampled_from(["eq", "range", "ge", "gt", "le", "lt", "approx"]),
            unit=words,
        )
    ),
    dates=_few(st.builds(DateMention, id=words, text=words, span=spans, date=dates)),
    mentions=_few(
        st.builds(
            Mention,
            id=words,
            kind=st.sampled_from(["person", "role", "organization", "location", "term"]),
            name=words,
            text=words,
            span=spans,
            node=references,
        )
    ),
    indicators=_few(
        st.builds(
            Indicator,
            id=words,
            name=words,
            concept=st.one_of(st.none(), words),
            quantity=st.sampled_from(["q", "q2", "x"]),
            period=st.one_of(st.none(), words),
            qualifiers=_few(words),
            parent=references,
            node=references,
            span=spans,
        )
    ),
    tasks=_few(
        st.builds(
            Task,
            id=words,
            text=words,
            span=spans,
            agents=_few(words),
            coagents=_few(words),
            deadline=st.one_of(st.none(), st.builds(Deadline, text=words, date=dates)),
            citations=_few(st.sampled_from(["c", "x"])),
            quantities=_few(st.sampled_from(["q", "x"])),
            node=references,
        )
    ),
    amendments=_few(
        st.builds(
            Amendment,
            id=words,
            action=st.sampled_from(ACTIONS),
            target=st.builds(AmendmentTarget, citation=references, provision=st.one_of(st.none(), words)),
            quoted=references,
            span=spans,
            node=references,
        )
    ),
)


def _clean(value: Any) -> Any:
    """Without what XML forbids."""
    if isinstance(value, str):
        return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "~", value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list | tuple) else value


def _tidy_node(node: dict[str, Any], top: bool = False) -> dict[str, Any]:
    table = node["kind"] == "table"
    leaves: dict[str, Any] = {"marker": None, "num": None, "heading": None, "text": "", "notes": [], "children": []}
    notes = [note | {"kind": "note"} for note in node["notes"] if note["text"]] if top else []
    rest = {"rows": [], "notes": notes, "children": [_tidy_node(child) for child in node["children"]]}
    return node | (leaves if table else rest)


def tidy(doc: Resolution) -> Resolution:
    """The resolution as a parser might have made it: its blocks in order and of known kinds, what XML can carry, tables
    and units apart. Places, ids, labels and values stay as odd as they were."""
    parts = _clean(doc.model_dump())
    for name, kinds in (("header", HEADER), ("closing", CLOSING)):
        known = [block for block in parts[name] if block["kind"] in kinds and block["text"]]
        parts[name] = sorted(known, key=lambda block: block["span"])
    preamble = parts["preamble"]
    preamble["bases"].sort(key=lambda basis: basis["span"])
    preamble["others"] = sorted(
        (block | {"kind": "other"} for block in preamble["others"]), key=lambda block: block["span"]
    )
    parts["body"] = [_tidy_node(node) for node in parts["body"]]
    parts["attachments"] = [_tidy_node(node | {"kind": "appendix"}, top=True) for node in parts["attachments"]]
    return Resolution.model_validate(parts)


tidy_resolutions = resolutions.map(tidy)


def printed(doc: Resolution) -> Iterator[str]:
    """Every piece of text that the model holds in its leaves, in no particular order."""
    for block in (*doc.header, *doc.preamble.others, *doc.preamble.bases, *doc.closing):
        yield block.text
    if doc.preamble.enacting:
        yield doc.preamble.enacting.text
    for node in doc.walk():
        yield node.marker or node.num or ""
        yield node.heading or ""
        yield node.text
        for note in node.notes:
            yield note.text
        for row in node.rows:
            for cell in row:
                yield cell.text
