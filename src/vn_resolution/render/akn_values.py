"""Reads the values that a document states in its metadata and marks: indicators, tasks, amendments, quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from vn_resolution.model import Action
from vn_resolution.render.akn_meta import EFFICACY, MODIFICATIONS, NAMESPACE
from vn_resolution.render.akn_parse import tag_of

_VN: Final = f"{{{NAMESPACE}}}"
_ACTIONS: Final[dict[str, Action]] = {
    kind: action for action, kind in reversed((*MODIFICATIONS.items(), *EFFICACY.items()))
}
_NUMBER: Final = r"-?[0-9]+(?:\.[0-9]+)?"
_VALUE: Final = re.compile(rf"(?P<sign>>=|<=|>|<|~)?(?P<low>{_NUMBER})(?:\.\.(?P<high>{_NUMBER}))?")
_SIGNS: Final = {">=": "ge", ">": "gt", "<=": "le", "<": "lt", "~": "approx"}
_LONGEST_VALUE: Final = 200


class SaidValues:
    """The values in the metadata of a document. What points at an element is given by eId; `ids` tell the id in the
    model for it. Each value is the fields of its model that the document states."""

    def __init__(self, root: Any) -> None:
        self._root = root

    def entries(self) -> dict[str, tuple[str, str]]:
        """The entries of the references that elements refer to: (element, what is shown for it), by eId."""
        found = ((e.get("eId"), tag_of(e), e.get("showAs")) for e in self._root.iter())
        return {eid: (tag, shown) for eid, tag, shown in found if eid and shown and tag.startswith("TLC")}

    def indicators(self, ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """The indicators; "quantity" is the eId of the element that shows the value, "" where none does."""
        for element in self._root.iter(f"{_VN}indicator"):
            fields: dict[str, Any] = {"id": element.get("id") or "", "name": element.get("name") or ""}
            fields |= _given(element, "concept", "change", "status", "period", "parent")
            fields["qualifiers"] = _texts(element, "qualifier")
            fields["quantity"] = (element.get("quantity") or "").lstrip("#")
            yield fields | _placed(element, ids)

    def tasks(self, ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """The tasks, without citations and quantities."""
        for element in self._root.iter(f"{_VN}task"):
            fields: dict[str, Any] = {"id": element.get("id") or "", "agents": _texts(element, "agent")}
            fields["coagents"] = _texts(element, "coagent")
            for limit in element.iter(f"{_VN}deadline"):
                fields["deadline"] = {"text": "".join(limit.itertext()), "date": limit.get("date")}
            yield fields | _placed(element, ids)

    def amendments(self, ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """The amendments; "target" is the IRI of the document that is amended and the provision."""
        for element in self._root.iter():
            action = _ACTIONS.get(element.get("type") or "")
            if tag_of(element) not in ("textualMod", "efficacyMod") or action is None:
                continue
            fields: dict[str, Any] = {"action": action, "node": None, "quoted": None, "target": (None, None)}
            for part in element:
                link = part.get("href") or ""
                if tag_of(part) == "source":
                    fields["node"] = ids.get(link.lstrip("#"))
                elif tag_of(part) == "destination":
                    fields["target"] = (link or None, "".join(part.itertext()).strip() or None)
                elif tag_of(part) == "new":
                    fields["quoted"] = ids.get(link.lstrip("#")) or "".join(part.itertext()).strip() or None
            yield fields


def read_quantity(normalized: str) -> dict[str, Any] | None:
    """low, high and comparator of a normalized value ("8.5..9", ">=34500"); None for another notation."""
    found = _VALUE.fullmatch(normalized.strip()) if len(normalized) < _LONGEST_VALUE else None
    if not found:
        return None
    try:
        low, high = Decimal(found["low"]), Decimal(found["high"] or found["low"])
    except InvalidOperation:
        return None
    comparator = _SIGNS.get(found["sign"] or "", "range" if found["high"] else "eq")
    bounds = {"low": low, "high": high, "comparator": comparator}
    if comparator in ("ge", "gt"):
        bounds["high"] = None
    elif comparator in ("le", "lt"):
        bounds["low"] = None
    return bounds


def _given(element: Any, *names: str) -> dict[str, str]:
    return {name: element.get(name) for name in names if element.get(name) is not None}


def _texts(element: Any, name: str) -> tuple[str, ...]:
    return tuple(["".join(inner.itertext()) for inner in element.iter(f"{_VN}{name}")])


def _placed(element: Any, ids: Mapping[str, str]) -> dict[str, Any]:
    """The unit that a value belongs to, and its place in the source where that is given."""
    link = element.get("href") or ""
    fields: dict[str, Any] = {"node": ids.get(link[1:]) if link.startswith("#") else None}
    start, end = element.get("start"), element.get("end")
    if start is not None and end is not None and re.fullmatch("[0-9]{1,12} [0-9]{1,12}", f"{start} {end}"):
        fields["span"] = (int(start), int(end))
    return fields


__all__ = ["SaidValues", "read_quantity"]
