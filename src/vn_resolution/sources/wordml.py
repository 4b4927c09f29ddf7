"""The names of WordprocessingML as the readers use them, whichever of its namespaces (transitional, strict) a file is
written in, and the reading of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic:",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic:",
    "urn:schemas-microsoft-com:vml": "v:",
}
_OFF = ("0", "false", "off", "none")
_LARGEST = 2_147_483_647


class _Names(dict[str, str]):
    """Full name -> short one ("p", "mc:Choice", "m:t"); names of other namespaces become "?"."""

    def __missing__(self, full: str) -> str:
        space, _, local = full[1:].rpartition("}")
        short = _NAMESPACES[space] + local if full.startswith("{") and space in _NAMESPACES else "?"
        if len(self) < 4096:
            self[full] = short
        return short


NAMES = _Names()


def attributes_of(given: Mapping[str, str]) -> dict[str, str]:
    """The attributes of an element by their local names."""
    return {full.rpartition("}")[2]: value for full, value in given.items()}


def children(element: etree._Element | None, name: str | None = None) -> Iterator[etree._Element]:
    """The child elements, of one short name or all of them."""
    for child in element if element is not None else ():
        if isinstance(child.tag, str) and (name is None or NAMES[child.tag] == name):
            yield child


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of short names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def value(element: etree._Element | None, attribute: str = "val") -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    return next((text for full, text in element.attrib.items() if str(full).rpartition("}")[2] == attribute), None)  # type: ignore[return-value]


def is_on(text: str | None) -> bool:
    """A switch such as `<w:caps/>` or `<w:caps w:val="false"/>`."""
    return text is None or text.strip().lower() not in _OFF


def whole(text: str | None) -> int | None:
    """A whole number of a sane size; None for anything else."""
    try:
        number = int((text or "").strip()[:12])
    except ValueError:
        return None
    return number if abs(number) <= _LARGEST else None
