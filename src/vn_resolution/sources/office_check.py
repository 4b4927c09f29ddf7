"""Looks at an RTF or ODT file that may be hostile before LibreOffice is let near it: bombs, nesting without end, DTDs,
links and what is encrypted or cut off are refused here, soon and in little memory."""

from __future__ import annotations

import re

from vn_resolution.errors import DamagedSource, EncryptedSource
from vn_resolution.sources.limits import Limits
from vn_resolution.sources.package import Archive

_RTF_TOKEN = re.compile(rb"\\bin(\d{1,12}) ?|\\[\\{}]|[{}]")
_MANIFEST = "meta-inf/manifest.xml"
_LOCKED = b"encryption-data"


def check_rtf(data: bytes, name: str, limits: Limits) -> None:
    """Raises SourceTooLarge where groups nest too deep, and DamagedSource where the last one never ends or binary data
    reaches beyond the file."""
    depth = at = 0
    while match := _RTF_TOKEN.search(data, at):
        token, at = match[0], match.end()
        if match[1]:
            at += int(match[1])
            if at > len(data):
                break
        elif token == b"{":
            depth += 1
            limits.check_depth(depth, name)
        elif token == b"}":
            depth -= 1
            if not depth:
                return
    raise DamagedSource(f"{name}: the RTF document is cut off: it has no end; get it once more from where it came from")


def check_odt(data: bytes, name: str, limits: Limits) -> None:
    """Unpacks every part, in pieces that are not kept, and listens to those of XML. Raises EncryptedSource,
    DamagedSource, SourceTooLarge."""
    archive = Archive(data, name, limits)
    if _MANIFEST in archive.parts() and _LOCKED in b"".join(archive.chunks(_MANIFEST)):
        raise EncryptedSource(f"{name}: the document is encrypted; save a copy without a password and try again")
    for part in archive.parts():
        if part.endswith(".xml") and part != _MANIFEST:  # which may have a DOCTYPE in files of OpenOffice 2
            archive.play(part, _Nobody())
        else:
            for _ in archive.chunks(part):
                archive.clock.check()


class _Nobody:
    """Hears all and says nothing: only the limits of the archive are of interest."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text between tags."""
