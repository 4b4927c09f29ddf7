"""Tells what of a resolution was not found, and what stands in its text outside all that was recognised."""

from __future__ import annotations

from vn_resolution.diagnostics import diagnostic
from vn_resolution.model import Diagnostic, Resolution
from vn_resolution.structure.closing import ClosingFacts
from vn_resolution.structure.header import HeaderFacts


def missing_parts(doc: Resolution, header: HeaderFacts, closing: ClosingFacts) -> list[Diagnostic]:
    """The doubts about parts that a resolution has and this document lacks."""
    found: list[Diagnostic] = []
    council = doc.meta.issuer is not None
    if header.doc_type not in (None, "Nghị quyết"):
        found.append(diagnostic("D001", reason=f"its document type is {header.doc_type}"))
    elif not council:
        found.append(diagnostic("D001", reason="no People's Council is named as its issuer"))
    if doc.preamble.enacting is None:
        found.append(diagnostic("D002"))
    if not any(node.kind == "article" for top in doc.body for node in top.walk()):
        found.append(diagnostic("D003"))
    if council and not closing.adoption and not closing.signers:
        found.append(diagnostic("D004", what="neither adoption clause nor signature"))
    for name, value in (("number", header.number), ("date", header.issued), ("title", header.title)):
        if value is None:
            found.append(diagnostic("D005", field=name))
    return found


def outside_units(doc: Resolution) -> list[Diagnostic]:
    """One doubt for each run of lines that belong to no part that is known: neighbours share one."""
    parts = [(block.span, block.kind == "other") for block in (*doc.header, *doc.preamble.others, *doc.closing)]
    parts += [(basis.span, False) for basis in doc.preamble.bases]
    parts += [(node.span, node.kind == "paragraph") for node in (*doc.body, *doc.attachments)]
    if doc.preamble.enacting is not None:
        parts.append((doc.preamble.enacting.span, False))
    found: list[Diagnostic] = []
    begin = end = -1
    for (start, stop), outside in [*sorted(parts), ((-1, -1), False)]:
        if outside:
            begin = start if begin < 0 else begin
            end = stop
        elif begin >= 0:
            found.append(diagnostic("N009", (begin, end)))
            begin = -1
    return found
