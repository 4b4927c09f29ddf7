"""Writes the meta block: FRBR identification, life cycle, analysis, references and what the parser knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from vn_resolution.model import Action, Amendment, Indicator, Node, Quantity, Resolution, Span, Task
from vn_resolution.render import xml
from vn_resolution.render.akn_inline import normalized, number
from vn_resolution.render.akn_references import ONTOLOGY, References
from vn_resolution.render.akn_said import NOTHING
from vn_resolution.render.iri import Work
from vn_resolution.render.viewer_markup import pair
from vn_resolution.version import __version__

NAMESPACE: Final = "https://vn-resolution.invalid/ns/akn-1"
"""Of the elements `vn:…` in otherAnalysis and proprietary."""

META_END: Final = "      </proprietary>\n    </meta>\n"

MODIFICATIONS: Final[dict[Action, str]] = {
    "amend": "substitution",
    "replace": "replacement",
    "insert": "insertion",
    "repeal": "repeal",
    "rename": "substitution",
}
EFFICACY: Final[dict[Action, str]] = {"suspend": "postponementOfEfficacy", "extend": "prorogationOfEfficacy"}


class Places(NamedTuple):
    """Where things of the model stand in the XML. `of_id`: the eId of a node's or basis's id. `inline`: the eId of the
    element of a citation or quantity, `quotes` that of the words an amendment quotes. `spans`: the eIds with their
    places in the source text, in order; None = places in the source are not written at all."""

    of_id: Mapping[str, str]
    inline: Mapping[str, str]
    quotes: Mapping[str, str]
    spans: Iterable[tuple[str, Span]] | None
    lifted: int

    def span(self, place: Span) -> str:
        """The attributes of a place in the source text, with a leading space."""
        return f" {xml.span(place)}" if self.spans is not None else ""


def identification(work: Work, component: str, title: str | None, doc: Resolution, indent: str) -> str:
    """The identification of the act ("main") or of one of its components ("appendix_1")."""
    meta = doc.meta
    date = f'<FRBRdate date="{work.date}" name="{work.date_is}"/>'
    in_iri = work.iri.rsplit("/", 2)[1]
    expression = f"{work.iri}/vie@{in_iri}"
    aliases = f'\n{indent}    <FRBRalias value="{xml.attribute(title)}" name="title"/>' if title else ""
    printed = ""
    if component == "main":
        if meta.number:
            value = xml.attribute(meta.number)
            aliases += f'\n{indent}    <FRBRalias value="{value}" name="number"/>'
            printed = f'\n{indent}    <FRBRnumber value="{value}"/>'
        if meta.doc_type:
            printed += f'\n{indent}    <FRBRname value="{xml.attribute(meta.doc_type)}"/>'
    return f"""{indent}<identification source="#parser">
{indent}  <FRBRWork>
{indent}    <FRBRthis value="{work.iri}/!{component}"/>
{indent}    <FRBRuri value="{work.iri}"/>{aliases}
{indent}    {date}
{indent}    <FRBRauthor href="#issuer"/>
{indent}    <FRBRcountry value="{work.place}"/>
{indent}    <FRBRsubtype value="nghi-quyet"/>{printed}
{indent}  </FRBRWork>
{indent}  <FRBRExpression>
{indent}    <FRBRthis value="{expression}/!{component}"/>
{indent}    <FRBRuri value="{expression}"/>
{indent}    {date}
{indent}    <FRBRauthor href="#issuer"/>
{indent}    <FRBRlanguage language="vie"/>
{indent}  </FRBRExpression>
{indent}  <FRBRManifestation>
{indent}    <FRBRthis value="{expression}/!{component}.xml"/>
{indent}    <FRBRuri value="{expression}.xml"/>
{indent}    {date}
{indent}    <FRBRauthor href="#parser"/>
{indent}    <FRBRformat value="application/akn+xml"/>
{indent}  </FRBRManifestation>
{indent}</identification>
"""


def main_meta(doc: Resolution, work: Work, places: Places, references: References) -> Iterator[str]:
    """The meta block of the act in pieces, up to where the record of what the elements do not say goes in; `META_END`
    follows that. `references` must have met all that the content refers to."""
    events = _events(doc, work)
    yield "    <meta>\n"
    yield identification(work, "main", title_of(doc), doc, "      ")
    yield _publication(doc)
    yield _subjects(doc)
    yield _lifecycle(events)
    yield from _analysis(doc, places)
    yield _in_force(events, references)
    yield _references(doc, work, references)
    yield from _proprietary(doc, places)


def component_meta(doc: Resolution, work: Work, name: str, node: Node, indent: str) -> str:
    """The meta block of an appendix."""
    title = ". ".join(words for words in (node.marker or node.num, node.heading) if words)
    block = identification(work, name, title or name, doc, f"{indent}  ")
    return f"{indent}<meta>\n{block}{indent}</meta>\n"


def title_of(doc: Resolution) -> str:
    """What the document is called in its metadata."""
    meta = doc.meta
    return meta.title or " ".join(words for words in (meta.doc_type, meta.number) if words) or NOTHING


def _publication(doc: Resolution) -> str:
    """The gazette, where the day of its issue is known."""
    published = doc.meta.publication
    date = xml.full_date(published.date) if published else None
    if not published or not date:
        return ""
    name = xml.attribute(published.name)
    number = _optional("number", published.number)
    return f'      <publication date="{date}" name="{name}" showAs="{name}"{number}/>\n'


def _subjects(doc: Resolution) -> str:
    if not doc.meta.subject:
        return ""
    words = "".join(
        f'        <keyword value="{xml.attribute(subject)}" showAs="{xml.attribute(pair("subject", subject)[0])}"'
        f' dictionary="{NAMESPACE}/subjects"/>\n'
        for subject in doc.meta.subject
    )
    return f'      <classification source="#parser">\n{words}      </classification>\n'


def _events(doc: Resolution, work: Work) -> dict[str, tuple[str, str]]:
    """(eId, date) of "generation", "from" and "to", those that the document settles, in the order of their dates."""
    dates = {
        "generation": work.date if work.date_is in ("issued", "adopted") else None,
        "from": xml.full_date(doc.meta.effective_from),
        "to": xml.full_date(doc.meta.effective_to),
    }
    known = sorted(((name, date) for name, date in dates.items() if date), key=lambda event: event[1])
    return {name: (f"eref_{count}", date) for count, (name, date) in enumerate(known, 1)}


def _lifecycle(events: Mapping[str, tuple[str, str]]) -> str:
    if not events:
        return ""
    lines = ""
    for name, (eid, date) in events.items():
        what = {"generation": ' type="generation"', "from": ' refersTo="#entry-into-force"'}.get(
            name, ' refersTo="#end-of-force"'
        )
        lines += f'        <eventRef eId="{eid}" date="{date}" source="#original"{what}/>\n'
    return f'      <lifecycle source="#parser">\n{lines}      </lifecycle>\n'


def _in_force(events: Mapping[str, tuple[str, str]], references: References) -> str:
    """The time in which the resolution is in force; what the text leaves open stays open."""
    bounds = "".join(
        f' {name}="#{events[key][0]}"' for name, key in (("start", "from"), ("end", "to")) if key in events
    )
    if not bounds:
        return ""
    return f"""      <temporalData source="#parser">
        <temporalGroup eId="tmpg_1">
          <timeInterval{bounds} refersTo="{references.to("TLCConcept", "status", "in force")}"/>
        </temporalGroup>
      </temporalData>
"""


def _references(doc: Resolution, work: Work, references: References) -> str:
    name = doc.meta.issuer.name if doc.meta.issuer else NOTHING
    events = ""
    for eid, field, words in (
        ("entry-into-force", doc.meta.effective_from, "entry into force"),
        ("end-of-force", doc.meta.effective_to, "end of force"),
    ):
        if xml.full_date(field):
            events += f'        <TLCEvent eId="{eid}" href="{ONTOLOGY}/event/vn.{eid}" showAs="{words}"/>\n'
    return f"""      <references source="#parser">
        <original eId="original" href="{work.iri}/!main" showAs="{xml.attribute(title_of(doc))}"/>
        <TLCOrganization eId="issuer" href="{ONTOLOGY}/organization/{work.place}.hdnd" showAs="{xml.attribute(name)}"/>
        <TLCOrganization eId="parser" href="{ONTOLOGY}/organization/vn-resolution" showAs="vn-resolution"/>
{events}{references.xml("        ")}      </references>
"""


def _analysis(doc: Resolution, places: Places) -> Iterator[str]:
    if not (doc.amendments or doc.indicators or doc.tasks):
        return
    yield '      <analysis source="#parser">\n'
    if doc.amendments:
        cited = {citation.id: citation.iri for citation in doc.citations}
        yield "        <activeModifications>\n"
        yield from (_modification(item, cited, places, count) for count, item in enumerate(doc.amendments, 1))
        yield "        </activeModifications>\n"
    if doc.indicators:
        quantities = {quantity.id: quantity for quantity in doc.quantities}
        yield from _other("indicators", (_indicator(item, quantities, places) for item in doc.indicators))
    if doc.tasks:
        yield from _other("tasks", (_task(item, places) for item in doc.tasks))
    yield "      </analysis>\n"


def _other(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield f'        <otherAnalysis source="#parser">\n          <vn:{name}>\n'
    yield from lines
    yield f"          </vn:{name}>\n        </otherAnalysis>\n"


def _modification(item: Amendment, cited: Mapping[str, str | None], places: Places, count: int) -> str:
    tag, kind = "textualMod", MODIFICATIONS.get(item.action, "")
    if not kind:
        tag, kind = "efficacyMod", EFFICACY[item.action]
    source = _optional("href", _link(item.node, places.of_id))
    target = xml.uri(cited.get(item.target.citation)) if item.target.citation else None
    href = f' href="{target}"' if target else ""
    provision = ""
    if item.target.provision:
        provision = f"<vn:provision>{xml.text(item.target.provision)}</vn:provision>"
    new = ""
    if item.quoted and tag == "textualMod":
        quoted = _link(item.quoted, places.of_id) or _link(item.id, places.quotes)
        new = f'<new href="{quoted}"/>' if quoted else f"<new><vn:text>{xml.text(item.quoted)}</vn:text></new>"
    return (
        f'          <{tag} eId="mod-{count}" type="{kind}"><source{source}/>'
        f"<destination{href}>{provision}</destination>{new}</{tag}>\n"
    )


def _indicator(item: Indicator, quantities: Mapping[str, Quantity], places: Places) -> str:
    quantity = quantities.get(item.quantity)
    value = ""
    if quantity is not None:
        value = f' value="{xml.attribute(normalized(quantity))}" unit="{xml.attribute(quantity.unit)}"'
        for name, bound in (("low", quantity.low), ("high", quantity.high)):
            if bound is not None:
                value += f' {name}="{number(bound)}"'
    qualifiers = "".join(f"<vn:qualifier>{xml.text(words)}</vn:qualifier>" for words in item.qualifiers)
    attributes = (
        f' id="{xml.attribute(item.id)}" name="{xml.attribute(item.name)}"{_optional("concept", item.concept)}{value}'
        f' change="{item.change}" status="{item.status}"{_optional("period", item.period)}'
        f"{_optional('parent', item.parent)}{_optional('href', _link(item.node, places.of_id))}"
        f"{_optional('quantity', _link(item.quantity, places.inline))}{places.span(item.span)}"
    )
    return _element("vn:indicator", attributes, qualifiers)


def _task(item: Task, places: Places) -> str:
    inner = "".join(f"<vn:agent>{xml.text(agent)}</vn:agent>" for agent in item.agents)
    inner += "".join(f"<vn:coagent>{xml.text(agent)}</vn:coagent>" for agent in item.coagents)
    if item.deadline:
        date = _optional("date", item.deadline.date)
        inner += f"<vn:deadline{date}>{xml.text(item.deadline.text)}</vn:deadline>"
    cited = " ".join(link for id_ in item.citations if (link := _link(id_, places.inline)))
    counted = " ".join(link for id_ in item.quantities if (link := _link(id_, places.inline)))
    attributes = (
        f' id="{xml.attribute(item.id)}"{_optional("href", _link(item.node, places.of_id))}'
        f"{_optional('citations', cited or None)}{_optional('quantities', counted or None)}{places.span(item.span)}"
    )
    return _element("vn:task", attributes, inner)


def _proprietary(doc: Resolution, places: Places) -> Iterator[str]:
    """What wrote the document, what read it, from which source; without the end tag."""
    source, made = doc.source, doc.provenance
    lifted = f' liftedUnits="{places.lifted}"' if places.lifted else ""
    yield f"""      <proprietary source="#parser">
        <vn:writer name="vn-resolution" version="{__version__}" model="{doc.schema_version}"{lifted}/>
"""
    if made:
        yield f"""        <vn:parser name="vn-resolution" version="{xml.attribute(made.parser_version)}" \
grammarSha256="{xml.attribute(made.grammar_sha256)}"/>
"""
    yield f"""        <vn:source{_optional("name", source.name)} mediaType="{xml.attribute(source.media_type)}" \
sha256="{xml.attribute(source.sha256)}" length="{len(source.text)}"/>
"""
    if places.spans is not None:
        yield '        <vn:spans of="source text" unit="code point">\n'
        yield from (f'          <vn:span of="{eid}" {xml.span(place)}/>\n' for eid, place in places.spans)
        yield "        </vn:spans>\n"


def _element(tag: str, attributes: str, inner: str) -> str:
    return f"            <{tag}{attributes}>{inner}</{tag}>\n" if inner else f"            <{tag}{attributes}/>\n"


def _link(id_: str | None, places: Mapping[str, str]) -> str | None:
    return f"#{places[id_]}" if id_ is not None and id_ in places else None


def _optional(name: str, value: str | None) -> str:
    return f' {name}="{xml.attribute(value)}"' if value is not None else ""


__all__ = ["EFFICACY", "META_END", "MODIFICATIONS", "NAMESPACE", "Places", "component_meta", "main_meta", "title_of"]
