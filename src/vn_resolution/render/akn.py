"""Turns a resolution into Akoma Ntoso 3.0: valid against the strict OASIS schema whatever the resolution holds.

docs/akn-profile.md says which element shows what.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from vn_resolution.garbage import put_off
from vn_resolution.model import Node, Resolution, Span
from vn_resolution.render import xml
from vn_resolution.render.akn_body import BodyWriter
from vn_resolution.render.akn_frame import FrameWriter, PreamblePart, lay_preamble
from vn_resolution.render.akn_inline import Inline
from vn_resolution.render.akn_meta import NAMESPACE, Places, component_meta, main_meta, title_of
from vn_resolution.render.akn_parse import AKN
from vn_resolution.render.akn_record import VERSION, record
from vn_resolution.render.akn_references import References
from vn_resolution.render.akn_said import said_of
from vn_resolution.render.akn_units import Layout
from vn_resolution.render.iri import work
from vn_resolution.structure.eids import EIds

Embed = Literal["full", "spans", "none"]
_EMBEDS: Final = ("full", "spans", "none")


@put_off()
def to_akn(doc: Resolution, embed: Embed = "full") -> bytes:
    """The resolution as an `act` in UTF-8. Every word of its leaves stands in preface, preamble, body, conclusions or
    attachments; code points that XML forbids have become U+FFFD. The same resolution gives the same bytes.

    `embed`: what goes into the metadata besides. "full": the record from which `from_akn` has the same resolution
    again, its source text included. "spans": only where in the source text each element stands. "none": not even that;
    of these two `from_akn` has what the elements say, and a text of their words for a source. Raises ValueError for
    another word.
    """
    if embed not in _EMBEDS:
        raise ValueError(f"embed must be one of {', '.join(_EMBEDS)}")
    identity = work(doc.meta)
    references = References()
    eids = EIds()
    layout = Layout(doc.body, doc.attachments, eids)
    preamble = lay_preamble(doc.preamble, eids)
    for part, eid in preamble:
        if (id_ := getattr(part, "id", None)) is not None:
            layout.of_id.setdefault(id_, eid)
    inline = Inline(doc, layout.of_id, eids, references)

    content: list[str] = []
    frame = FrameWriter(content, doc, eids, inline, references)
    units = BodyWriter(content, layout, inline)
    frame.preface()
    frame.preamble(preamble)
    units.body()
    frame.conclusions()

    def meta_of(name: str, node: Node, indent: str) -> str:
        return component_meta(doc, identity, name, node, indent)

    units.attachments(meta_of)
    spans = None
    if embed != "none":
        spans = sorted((*_spans(layout, preamble), *frame.spans), key=lambda item: (item[1][0], -item[1][1]))
    places = Places(layout.of_id, inline.places, inline.quotes, spans, layout.lifted)
    begin, end = main_meta(doc, identity, places, references)
    head, clean_head = xml.encode(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="{AKN}" xmlns:vn="{NAMESPACE}">\n'
        f'  <act name="resolution">\n{begin}'
    )
    tail, clean_tail = xml.encode(f"{end}{''.join(content)}  </act>\n</akomaNtoso>\n")
    if embed != "full":
        return head + tail
    said = said_of(doc, identity, title_of(doc))
    recorded = record(doc, layout, preamble, said, clean=clean_head and clean_tail)
    return head + b"".join(map(_record_element, xml.parts(recorded))) + tail


def _record_element(part: str) -> bytes:
    """One piece of the record: a text node of more than ten million bytes would be refused."""
    return xml.encode(f'        <vn:record version="{VERSION}">{xml.text(part)}</vn:record>\n')[0]


def _spans(layout: Layout, preamble: list[PreamblePart]) -> Iterator[tuple[str, Span]]:
    for part, eid in preamble:
        yield eid, part.span
    for unit in layout.units():
        yield unit.eid, unit.node.span


__all__ = ["AKN", "Embed", "to_akn"]
