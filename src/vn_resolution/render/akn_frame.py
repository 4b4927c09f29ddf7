"""Writes what stands around the body: the preface, the preamble and the conclusions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vn_resolution.model import Basis, Block, Enacting, Preamble, Resolution, Span
from vn_resolution.render import akn_kinds, xml
from vn_resolution.render.akn_inline import Inline, whole_words
from vn_resolution.render.akn_references import References
from vn_resolution.render.xml import Writer
from vn_resolution.structure.eids import EIds

_SIGNATURE: Final = frozenset({"signature_capacity", "signature_role", "signature_note", "signature_name"})
_RECIPIENTS: Final = frozenset({"recipients_label", "recipient"})

PreamblePart = tuple[Basis | Enacting | Block, str]


def lay_preamble(preamble: Preamble, eids: EIds) -> list[PreamblePart]:
    """The parts of the preamble in the order of the source, each with its eId."""
    parts: list[Basis | Enacting | Block] = [*preamble.bases, *preamble.others]
    if preamble.enacting:
        parts.append(preamble.enacting)
    parts.sort(key=lambda part: part.span)
    laid: list[PreamblePart] = []
    apart = False
    for part in parts:
        if isinstance(part, Basis):
            laid.append((part, eids.basis(part.kind, apart)))
        else:
            eid = eids.enacting() if isinstance(part, Enacting) else eids.element("preamble", "p")
            laid.append((part, eid))
        apart = not isinstance(part, Basis)
    return laid


class FrameWriter:
    """Appends the lines of preface, preamble and conclusions to `out`, and to `spans` where in the source the blocks of
    preface and conclusions stand."""

    def __init__(self, out: Writer, doc: Resolution, eids: EIds, inline: Inline, references: References) -> None:
        self._out = out
        self._doc = doc
        self._meta = doc.meta
        self._eids = eids
        self._inline = inline
        self._references = references
        self.spans: list[tuple[str, Span]] = []

    def preface(self) -> None:
        """The header blocks, each a paragraph; the title is a longTitle."""
        if not self._doc.header:
            return
        self._out.append("    <preface>\n")
        for block in sorted(self._doc.header, key=lambda block: block.span):
            if block.kind == "title":
                holder = self._eids.element("preface", "longTitle")
                eid = self._eids.element(holder, "p")
                self.spans.append((eid, block.span))
                title = self._tagged(block, eid, "docTitle", 0, len(block.text))
                self._out.append(f'      <longTitle eId="{holder}"><p eId="{eid}">{title}</p></longTitle>\n')
            else:
                eid = self._eids.element("preface", "p")
                self.spans.append((eid, block.span))
                name = xml.attribute(block.kind)
                self._out.append(f'      <p eId="{eid}" class="{name}">{self._header(block, eid)}</p>\n')
        self._out.append("    </preface>\n")

    def preamble(self, parts: Sequence[PreamblePart]) -> None:
        """The parts that `lay_preamble` laid out: bases in citations and recitals, the enacting words as a formula."""
        if not parts:
            return
        out = self._out
        out.append("    <preamble>\n")
        container = ""
        for part, eid in parts:
            holder = eid.rpartition("__")[0] if isinstance(part, Basis) else ""
            if container and holder != container:
                out.append(f"      </{_container(container)}>\n")
            if holder and holder != container:
                out.append(f'      <{_container(holder)} eId="{holder}">\n')
            container = holder
            if isinstance(part, Basis):
                item = "citation" if _container(holder) == "citations" else "recital"
                out.append(f'        <{item} eId="{eid}">{self._paragraph(eid, part)}</{item}>\n')
            elif isinstance(part, Enacting):
                out.append(
                    f'      <formula eId="{eid}" name="enactingFormula">{self._paragraph(eid, part)}</formula>\n'
                )
            else:
                words = self._inline.text(part.text, part.span, eid)
                out.append(f'      <p eId="{eid}" class="{xml.attribute(part.kind)}">{words}</p>\n')
        if container:
            out.append(f"      </{_container(container)}>\n")
        out.append("    </preamble>\n")

    def conclusions(self) -> None:
        """The closing blocks: recipients and signatures in containers of their own, the others as paragraphs."""
        blocks = sorted(self._doc.closing, key=lambda block: block.span)
        if not blocks:
            return
        self._out.append("    <conclusions>\n")
        at = 0
        while at < len(blocks):
            group = _RECIPIENTS if blocks[at].kind in _RECIPIENTS else _SIGNATURE
            end = at
            while end < len(blocks) and blocks[end].kind in group:
                end += 1
            if end == at:
                eid = self._eids.element("conclusions", "p")
                self.spans.append((eid, blocks[at].span))
                words = self._inline.text(blocks[at].text, blocks[at].span, eid)
                self._out.append(f'      <p eId="{eid}" class="{xml.attribute(blocks[at].kind)}">{words}</p>\n')
                end = at + 1
            elif group is _RECIPIENTS:
                self._recipients(blocks[at:end])
            else:
                self._signatures(blocks[at:end])
            at = end
        self._out.append("    </conclusions>\n")

    def _recipients(self, blocks: Sequence[Block]) -> None:
        out = self._out
        holder = self._eids.element("conclusions", "container")
        out.append(f'      <container eId="{holder}" name="recipients">\n')
        at = 0
        while at < len(blocks):
            label = blocks[at] if blocks[at].kind == "recipients_label" else None
            at += label is not None
            end = at
            while end < len(blocks) and blocks[end].kind == "recipient":
                end += 1
            if end == at and label is not None:  # a list needs an item: a label alone is a paragraph
                eid = self._eids.element(holder, "p")
                self.spans.append((eid, label.span))
                out.append(f'        <p eId="{eid}">{self._inline.text(label.text, label.span, eid)}</p>\n')
                continue
            items = self._eids.element(holder, "blockList")
            out.append(f'        <blockList eId="{items}">\n')
            if label is not None:
                eid = self._eids.element(items, "listIntroduction")
                self.spans.append((eid, label.span))
                words = self._inline.text(label.text, label.span, eid)
                out.append(f'          <listIntroduction eId="{eid}">{words}</listIntroduction>\n')
            for block in blocks[at:end]:
                eid = self._eids.element(items, "item")
                paragraph = self._eids.element(eid, "p")
                self.spans.append((paragraph, block.span))
                words = self._inline.text(block.text, block.span, paragraph)
                out.append(f'          <item eId="{eid}"><p eId="{paragraph}">{words}</p></item>\n')
            out.append("        </blockList>\n")
            at = end
        out.append("      </container>\n")

    def _signatures(self, blocks: Sequence[Block]) -> None:
        """A paragraph for each signer: capacity, role, note and name, each on its line."""
        out = self._out
        holder = self._eids.element("conclusions", "container")
        out.append(f'      <container eId="{holder}" name="signatures">\n')
        at = 0
        while at < len(blocks):
            end = at
            while end < len(blocks) and blocks[end].kind != "signature_name":
                end += 1
            paragraph = self._eids.element(holder, "p")
            signature = self._eids.element(paragraph, "signature")
            signer = blocks[at : end + 1]
            self.spans.append((paragraph, (signer[0].span[0], max(block.span[1] for block in signer))))
            role = next((block.text for block in signer if block.kind == "signature_role"), None)
            lines = [self._signature(block, signature, role) for block in signer]
            out.append(f'        <p eId="{paragraph}"><signature eId="{signature}">{" <br/>".join(lines)}')
            out.append("</signature></p>\n")
            at = end + 1
        out.append("      </container>\n")

    def _signature(self, block: Block, prefix: str, role: str | None) -> str:
        length = len(block.text)
        office = (
            self._references.to("TLCRole", "role", akn_kinds.words().role(role) or role) if role is not None else ""
        )
        if block.kind == "signature_name":
            person = self._references.to("TLCPerson", "person", block.text)
            attributes = f' refersTo="{person}"' + (f' as="{office}"' if office else "")
            return self._tagged(block, prefix, "person", 0, length, attributes)
        if block.kind == "signature_role":
            return self._tagged(block, prefix, "role", 0, length, f' refersTo="{office}"')
        return self._inline.text(block.text, block.span, prefix)

    def _header(self, block: Block, eid: str) -> str:
        """The words of a header block with the element that says what they are."""
        if block.kind == "issuer":
            return self._tagged(block, eid, "docAuthority", 0, len(block.text), ' refersTo="#issuer"')
        if block.kind == "doc_type":
            return self._tagged(block, eid, "docType", 0, len(block.text))
        if block.kind == "number":
            start, end = _place_of(self._meta.number, block.text) or (0, len(block.text))
            tagged = self._tagged(block, eid, "docNumber", start, end)
            return self._plain(block, eid, 0, start) + tagged + self._plain(block, eid, end, len(block.text))
        if block.kind == "place_date":
            return self._place_date(block, eid)
        if block.kind == "session":
            return self._session(block, eid)
        return self._inline.text(block.text, block.span, eid)

    def _place_date(self, block: Block, eid: str) -> str:
        """The place as location and what follows it, from its first letter on, as docDate."""
        words = block.text
        out, at = "", 0
        found = _place_of(self._meta.place, words)
        if found:
            start, at = found
            location = self._references.to("TLCLocation", "place", words[start:at])
            out = self._plain(block, eid, 0, start)
            out += self._tagged(block, eid, "location", start, at, f' refersTo="{location}"')
        issued = xml.full_date(self._meta.issued)
        start = next((index for index in range(at, len(words)) if words[index].isalnum()), len(words))
        if not issued or start == len(words):
            return out + self._plain(block, eid, at, len(words))
        date = self._tagged(block, eid, "docDate", start, len(words), f' date="{issued}"')
        return out + self._plain(block, eid, at, start) + date

    def _session(self, block: Block, eid: str) -> str:
        """The council of a term and its session. Printed with a comma between them they are two elements, else the
        one is inside the other, since nothing else tells where the first ends."""
        term = f' value="{self._meta.legislature}"' if self._meta.legislature is not None else ""
        name = f' value="{xml.attribute(self._meta.session)}"' if self._meta.session else ""
        words = block.text
        comma = words.find(", ")
        if 0 < comma < len(words) - 2:
            council = self._tagged(block, eid, "docCommittee", 0, comma, term)
            return f"{council}, {self._tagged(block, eid, 'session', comma + 2, len(words), name)}"
        council_eid = self._eids.element(eid, "docCommittee")
        session = self._tagged(block, council_eid, "session", 0, len(words), name)
        return f'<docCommittee eId="{council_eid}"{term}>{session}</docCommittee>'

    def _tagged(self, block: Block, prefix: str, tag: str, start: int, end: int, attributes: str = "") -> str:
        """`block.text[start:end]` as an element."""
        eid = self._eids.element(prefix, tag)
        words = self._inline.text(block.text, block.span, eid, start, end)
        return f'<{tag} eId="{eid}"{attributes}>{words}</{tag}>'

    def _plain(self, block: Block, eid: str, start: int, end: int) -> str:
        return self._inline.text(block.text, block.span, eid, start, end) if start < end else ""

    def _paragraph(self, prefix: str, part: Basis | Enacting) -> str:
        eid = self._eids.element(prefix, "p")
        return f'<p eId="{eid}">{self._inline.text(part.text, part.span, eid)}</p>'


def place_in_header(doc: Resolution) -> str | None:
    """What the header's location element holds: the place as it is printed, to the ends of its words."""
    for block in sorted(doc.header, key=lambda block: block.span):
        if block.kind == "place_date" and (found := _place_of(doc.meta.place, block.text)):
            return block.text[slice(*found)]
    return None


def _place_of(part: str | None, words: str) -> tuple[int, int] | None:
    """Where the part stands, to the ends of its words."""
    at = words.find(part) if part else -1
    return whole_words(words, at, at + len(part)) if part and at >= 0 else None


def _container(eid: str) -> str:
    return "citations" if eid.startswith("preamble__cits_") else "recitals"


__all__ = ["FrameWriter", "PreamblePart", "lay_preamble", "place_in_header"]
