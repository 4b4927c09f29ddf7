"""The public data model: what `parse` returns and what its JSON says.

Frozen pydantic models; sequences are tuples. The names are normative (docs/data-model.md). A span is
`[start, end)` in Unicode code points of `Source.text`, so that `source.text[start:end]` is always the evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, ParamSpec, TypeVar, cast

from pydantic import BaseModel, ConfigDict, PlainSerializer

SCHEMA_VERSION: Literal["1"] = "1"

Span = tuple[int, int]
Severity = Literal["error", "warning", "info"]
BasisKind = Literal["can_cu", "xet", "thuc_hien", "theo", "sau_khi", "tren_co_so", "khac"]
NodeKind = Literal[
    "part", "chapter", "section", "subsection", "article", "roman", "letter", "clause", "point", "bullet",
    "paragraph", "table", "appendix",
]  # fmt: skip
Comparator = Literal["eq", "range", "ge", "gt", "le", "lt", "approx"]
Level = Literal["province", "district", "commune"]
MentionKind = Literal["person", "role", "organization", "location", "term"]
Action = Literal["amend", "replace", "insert", "repeal", "rename", "suspend", "extend"]


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, PlainSerializer(_json_number, return_type=int | float, when_used="json")]
"""A Decimal in Python, a JSON number (an integer where integral) in JSON."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


_Fields = ParamSpec("_Fields")
_Model = TypeVar("_Model", bound=BaseModel)


def trusted(model: Callable[_Fields, _Model]) -> Callable[_Fields, _Model]:
    """The constructor of a model without its validation, for values that are right by construction. It takes half of
    the time, and what it makes a quarter of the memory: fields are put one by one, which lets Python keep them without
    a dictionary for each instance, and all instances share one set of the names of their fields."""
    kind = cast(type[_Model], model)
    defaults = {name: field.get_default() for name, field in kind.model_fields.items()}
    names = set(defaults)
    new, put = object.__new__, object.__setattr__

    def make(*_: _Fields.args, **values: _Fields.kwargs) -> _Model:
        made = new(kind)
        for name, value in {**defaults, **values}.items():
            put(made, name, value)
        put(made, "__pydantic_fields_set__", names)
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made

    return make


class Page(_Frozen):
    """One page of the source, where the format knows pages; `width` and `height` in points where lines have places."""

    number: int
    span: Span
    width: float | None = None
    height: float | None = None


class Locator(_Frozen):
    """Where the characters of a line of type stand, in points (1/72 inch) from the upper left corner of the page as it
    is read upright. `widths`: of each character from `left` on, in tenths, apart by blanks (`vr.locate` reads them)."""

    page: int
    span: Span
    top: float
    bottom: float
    left: float
    widths: str


class Artifact(_Frozen):
    """Layout that is not law text: a page number, a running header, a rule, a Markdown mark."""

    kind: str
    span: Span


class Source(_Frozen):
    """The decoded input. `sha256` is of the bytes; `text` keeps every code point and line end; `locators`: where it
    stands on the pages of a PDF or a scan."""

    name: str | None = None
    media_type: str = "text/plain"
    sha256: str
    text: str
    pages: tuple[Page, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    locators: tuple[Locator, ...] = ()


class Issuer(_Frozen):
    """The issuing council. `province_code` is ISO 3166-2:VN, null where it is not certain."""

    name: str
    level: Level | None = None
    locality: str | None = None
    province_code: str | None = None


class Signer(_Frozen):
    """Who signed: `capacity` is "TM.", "KT." or null; `role` is in running-text case."""

    name: str
    role: str | None = None
    capacity: str | None = None
    span: Span


class Recipient(_Frozen):
    """One item of Nơi nhận, without bullet and final punctuation."""

    text: str
    span: Span


class Publication(_Frozen):
    """Where a resolution was published: the official gazette (Công báo), its issue and its day, as the gazette's page
    says at its head."""

    name: str
    number: str | None = None
    date: str | None = None
    span: Span


class Meta(_Frozen):
    """What identifies the resolution. Dates are ISO strings; unknown is null."""

    doc_type: str | None = None
    number: str | None = None
    issuer: Issuer | None = None
    title: str | None = None
    place: str | None = None
    issued: str | None = None
    adopted: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    legislature: int | None = None
    session: str | None = None
    signers: tuple[Signer, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    iri: str | None = None
    subject: tuple[str, ...] = ()
    publication: Publication | None = None


class Block(_Frozen):
    """A stretch of the header, the preamble or the closing that is no basis and no node.

    Header kinds: national_title, motto, issuer, number, place_date, doc_type, title, session, copy_mark, other.
    Closing kinds: adoption, recipients_label, recipient, signature_capacity, signature_role, signature_note,
    signature_name, other. Together with bases and nodes the blocks hold every word that is no artifact.
    """

    kind: str
    text: str
    span: Span


class Basis(_Frozen):
    """One legal basis (căn cứ): a clause of the preamble that opens with its own base word."""

    id: str
    kind: BasisKind
    text: str
    span: Span
    citations: tuple[str, ...] = ()


class Enacting(_Frozen):
    """The enacting words: "QUYẾT NGHỊ:", or "Hội đồng nhân dân … ban hành Nghị quyết …"."""

    text: str
    span: Span


class Preamble(_Frozen):
    """Bases and enacting words; `others` are paragraphs that stand among them and are neither."""

    bases: tuple[Basis, ...] = ()
    enacting: Enacting | None = None
    others: tuple[Block, ...] = ()


class Cell(_Frozen):
    """One table cell. The span is empty (start == end) for an empty cell. `columns` and `rows` are those that it takes,
    where the format tells; in the places that a merged cell takes besides its own stand empty cells."""

    text: str
    span: Span
    columns: int = 1
    rows: int = 1


class Node(_Frozen):
    """One unit of the structure.

    `id` is its AKN eId. `num` has no punctuation ("1", "2.1", "a", "I"; a bullet's sign; "" for an appendix
    without number; null where the unit has no label). `marker` is the label as printed ("Điều 1.", "a)", "-").
    `text` is the node's own running text without marker, heading and children. `span` runs from the marker to the
    end of the last descendant; `own` is the part of it before the first child (marker, heading and text).
    `heading_span` and `text_span` are the evidence for heading and text. `note` is what an appendix prints between
    brackets under its title, "(Kèm theo …)", and lines of its caption that are neither number nor title.
    `quoted` = stands inside the quoted new wording of an amendment.
    """

    id: str
    kind: NodeKind
    num: str | None = None
    marker: str | None = None
    heading: str | None = None
    text: str = ""
    span: Span
    own: Span
    heading_span: Span | None = None
    text_span: Span | None = None
    notes: tuple[Block, ...] = ()
    quoted: bool = False
    generated: bool = False
    children: tuple[Node, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and its descendants in reading order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


class Citation(_Frozen):
    """A mention of a particular document, or a reference to a provision. `target` is the id of the node or basis
    that an internal reference resolves to."""

    id: str
    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    provision: str | None = None
    internal: bool = False
    text: str
    span: Span
    node: str | None = None
    iri: str | None = None
    target: str | None = None


class Quantity(_Frozen):
    """A number with its unit. `low` and `high` are in base units (đồng, people, percent)."""

    id: str
    text: str
    span: Span
    low: Number | None = None
    high: Number | None = None
    comparator: Comparator = "eq"
    unit: str
    node: str | None = None


class DateMention(_Frozen):
    """A date or period in the text. `date` and `end` are ISO with the printed precision ("2015", "2015-06")."""

    id: str
    text: str
    span: Span
    date: str | None = None
    end: str | None = None
    kind: Literal["date", "period"] = "date"
    node: str | None = None


class Mention(_Frozen):
    """A name in the text: of a person, an office (role), a body (organization) or a place, or a term that the document
    defines or gives a short name to. `text` is what is printed, `name` how it is called in running text."""

    id: str
    kind: MentionKind
    name: str
    text: str
    span: Span
    node: str | None = None


class Indicator(_Frozen):
    """One value that is a target or a reported result of a named measure. `quantity` is a Quantity id, `parent`
    an Indicator id (for "trong đó"), `span` the whole statement."""

    id: str
    name: str
    concept: str | None = None
    quantity: str
    change: Literal["level", "increase", "decrease"] = "level"
    status: Literal["target", "actual"] = "target"
    period: str | None = None
    qualifiers: tuple[str, ...] = ()
    parent: str | None = None
    node: str | None = None
    span: Span


class Deadline(_Frozen):
    """A time limit as printed, and its date where the words settle one."""

    text: str
    date: str | None = None


class Task(_Frozen):
    """A sentence that directs future work."""

    id: str
    text: str
    span: Span
    agents: tuple[str, ...] = ()
    coagents: tuple[str, ...] = ()
    deadline: Deadline | None = None
    citations: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    node: str | None = None


class AmendmentTarget(_Frozen):
    """What an amendment changes: a cited document and the provision in it."""

    citation: str | None = None
    provision: str | None = None


class Amendment(_Frozen):
    """One amending instruction; `quoted` is the id of the quoted node, or the quoted words themselves."""

    id: str
    action: Action
    target: AmendmentTarget
    quoted: str | None = None
    span: Span
    node: str | None = None


class Diagnostic(_Frozen):
    """A doubt, with a code from the one table in `vn_resolution.diagnostics`."""

    code: str
    severity: Severity
    message: str
    span: Span | None = None


class Provenance(_Frozen):
    """What made this reading: the version of the parser and the hash of its grammar files."""

    parser_version: str
    grammar_sha256: str


class Resolution(_Frozen):
    """A resolution as read: every word of `source.text` is in exactly one leaf (header block, basis, node, closing
    block) or in one artifact."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    source: Source
    provenance: Provenance | None = None
    meta: Meta = Meta()
    header: tuple[Block, ...] = ()
    preamble: Preamble = Preamble()
    body: tuple[Node, ...] = ()
    closing: tuple[Block, ...] = ()
    attachments: tuple[Node, ...] = ()
    citations: tuple[Citation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    tasks: tuple[Task, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Every node of body and attachments in reading order."""
        for node in (*self.body, *self.attachments):
            yield from node.walk()

    def find(self, eid: str) -> Node | None:
        """The node with this eId, or None."""
        return self._nodes_by_id.get(eid)

    def at(self, offset: int) -> Node | None:
        """The innermost node whose span holds this offset of `source.text`, or None."""
        found: Node | None = None
        level: tuple[Node, ...] = (*self.body, *self.attachments)
        while level:
            inner = next((n for n in level if n.span[0] <= offset < n.span[1]), None)
            if inner is None:
                break
            found, level = inner, inner.children
        return found

    @cached_property
    def _nodes_by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.walk()}

    def to_json(self, indent: int | None = None) -> str:
        """The normative JSON of docs/data-model.md."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, data: str | bytes) -> Resolution:
        """The inverse of `to_json`. Raises pydantic.ValidationError on any other JSON."""
        return cls.model_validate_json(data)

    # The doors to the renderers are opened at call time: this module itself imports nothing of the package.

    def to_akn(self, embed: Literal["full", "spans", "none"] = "full") -> bytes:
        """Akoma Ntoso 3.0 XML (UTF-8), valid against the strict schema; see docs/akn-profile.md.

        `embed`: with what `from_akn` needs to have this very resolution again ("full"), with the places in the source
        text only ("spans"), or without ("none").
        """
        from vn_resolution.render.akn import to_akn

        return to_akn(self, embed)

    @classmethod
    def from_akn(cls, data: bytes) -> Resolution:
        """The inverse of `to_akn`; an Akoma Ntoso document of other origin is read as far as the model goes.

        Raises DamagedSource, UnsupportedType or SourceTooLarge (all are UnreadableSource) where nothing can be read.
        """
        from vn_resolution.render.akn_reader import from_akn

        return from_akn(data)

    def to_text(self) -> str:
        """The normal printed form as plain text, which `parse` reads back into the same tree."""
        from vn_resolution.render.text import to_text

        return to_text(self)

    def to_outline(self) -> str:
        """The tree as indented plain text for a person."""
        from vn_resolution.render.outline import to_outline

        return to_outline(self)

    def indicators_table(self) -> list[dict[str, Any]]:
        """One flat row for each indicator with its value, unit and place, ready for pandas, CSV or Parquet: numbers
        as Decimal, lists as lists, unknown as None. docs/data-model.md names the columns."""
        from vn_resolution.render.tables import rows_of

        return rows_of(self, "indicators", self.source.name or "")

    def to_html(self) -> str:
        """One HTML file to look at: text, tree, findings and doubts side by side; see docs/viewer.md."""
        from vn_resolution.render.html import to_html

        return to_html(self)

    def _repr_html_(self) -> str:
        """What a notebook shows of it."""
        from vn_resolution.render.viewer_notebook import to_notebook_html

        return to_notebook_html(self)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `Resolution.to_json`."""
    schema = Resolution.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = "https://vn-resolution.invalid/schema/resolution-1.json"
    return schema


__all__ = [
    "Amendment", "AmendmentTarget", "Artifact", "Basis", "Block", "Cell", "Citation", "DateMention", "Deadline",
    "Diagnostic", "Enacting", "Indicator", "Issuer", "Locator", "Mention", "Meta", "Node", "Page", "Preamble",
    "Provenance", "Publication", "Quantity", "Recipient", "Resolution", "Signer", "Source", "Span", "Task",
    "json_schema", "trusted",
]  # fmt: skip
