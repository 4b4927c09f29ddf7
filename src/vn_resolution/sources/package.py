"""Opens a ZIP of XML parts (DOCX, ODT) that may be hostile: nothing is written to disk, nothing outside of it is
opened, and no part is unpacked or parsed beyond the limits."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol, cast

from lxml import etree

from vn_resolution.errors import DamagedSource, EncryptedSource, SourceTooLarge, UnsupportedType
from vn_resolution.sources.limits import MEGABYTE, Clock, Limits, size_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MOST_MEMBERS = 10_000
_MOST_DECLARED = 4
"""All members together may say that they unpack to this many times the limit: pictures are never unpacked."""
_RATIO = 300
_SMALL = 8 * MEGABYTE
"""Below this size a part may be packed as tight as it likes; and the parts that are read as a whole may be so large."""
_CHUNK = 65_536
_SYMLINK = 0o120000
_FORMAT = 0o170000
_MAIN = "/officeDocument"
_AGAIN = "get it once more from where it came from"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, LookupError,
    OverflowError, struct.error,
)  # fmt: skip
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0[DE]\0|\0<\0!\0[DE]")


class Listener(Protocol):
    """What hears the tags and the text of a part."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text between tags."""


class Archive:
    """An open ZIP. Its parts are called by their names in small letters. Raises EncryptedSource, DamagedSource or
    SourceTooLarge."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.clock = Clock(limits, name)
        self._unpacked = 0
        limits.check_bytes(data, name)
        if data.count(b"PK\x01\x02") > _MOST_MEMBERS:
            raise SourceTooLarge(f"{name}: the file holds more than {_MOST_MEMBERS} parts; no document needs that")
        with self._faults():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = self._checked(self._zip.infolist())

    def parts(self) -> list[str]:
        """The names of all parts, folders left out."""
        return [part for part in self._members if not part.endswith("/")]

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self._members

    def chunks(self, part: str) -> Iterator[bytes]:
        """A part, unpacked piece by piece."""
        return self._chunks(self._members[part.lower()], self.limits.max_unpacked)

    def play(self, part: str, listener: Listener) -> None:
        """Tells a listener the tags and text of a part, which is never in memory as a whole."""
        info = self._members.get(part.lower())
        if info is None:
            raise DamagedSource(f"{self.name}: its part {part} is missing; {_AGAIN}")
        parser = etree.XMLParser(
            target=cast(Any, _Guard(listener, self)), resolve_entities=False, load_dtd=False, no_network=True
        )
        try:
            for chunk in self._chunks(info, most=self.limits.max_unpacked):
                parser.feed(chunk)
                self.clock.check()
            parser.close()
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._not_well_formed(part, error) from None

    # -- checks ------------------------------------------------------------------------------------------------

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            detail = str(error).strip().rstrip(".") or type(error).__name__
            raise DamagedSource(f"{self.name}: the file is damaged or cut off ({detail[:120]}); {_AGAIN}") from None

    def _checked(self, infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            path = info.orig_filename.replace("\\", "/")
            if path.startswith("/") or ":" in path.split("/")[0] or ".." in path.split("/") or "\0" in path:
                raise DamagedSource(
                    f"{self.name}: the part {path[:80]!r} points out of the file; it is not safe to read"
                )
            if (info.external_attr >> 16) & _FORMAT == _SYMLINK:
                raise DamagedSource(
                    f"{self.name}: the part {path[:80]!r} is a link and no content; it is not safe to read"
                )
            if path.lower() in members and not path.endswith("/"):
                raise DamagedSource(
                    f"{self.name}: two parts are named {path[:80]!r}; it is not certain which one counts"
                )
            members[path.lower()] = info
        if sum(info.file_size for info in infos) > _MOST_DECLARED * self.limits.max_unpacked:
            raise self._too_large()
        return members

    def _chunks(self, info: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
        """A part, unpacked piece by piece and measured as it comes."""
        if info.flag_bits & 1:
            raise EncryptedSource(
                f"{self.name}: the document is encrypted; save a copy without a password and try again"
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DamagedSource(f"{self.name}: a part is packed in a way that no word processor uses")
        size = 0
        with self._faults():
            stream = self._zip.open(info)
        with stream:
            while True:
                with self._faults():
                    chunk = stream.read(_CHUNK)
                if not chunk:
                    return
                size += len(chunk)
                self._unpacked += len(chunk)
                bomb = size > _SMALL and size > _RATIO * max(info.compress_size, 1)
                if size > most or self._unpacked > self.limits.max_unpacked or bomb:
                    raise self._too_large()
                yield chunk

    def _too_large(self) -> SourceTooLarge:
        return SourceTooLarge(
            f"{self.name}: it unpacks to more than the limit of {size_of(self.limits.max_unpacked)} allows; "
            "raise the limit (--max-unpacked) only if you trust where it came from"
        )

    def _has_dtd(self) -> DamagedSource:
        return DamagedSource(
            f"{self.name}: it declares entities (a DTD), which no word processor does; it is not safe to read"
        )

    def _not_well_formed(self, part: str, error: Exception) -> DamagedSource | SourceTooLarge:
        detail = " ".join(str(error).partition(" (<string>")[0].split())[:120]
        if "Excessive depth" in detail or "limit" in detail:
            return SourceTooLarge(f"{self.name}: its part {part} is built beyond all reason ({detail})")
        return DamagedSource(f"{self.name}: the file is damaged: its part {part} is no well-formed XML ({detail})")


class Package(Archive):
    """An open package of Office Open XML. Raises EncryptedSource, DamagedSource, SourceTooLarge or UnsupportedType."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        if data.startswith(OLE):
            _refuse_ole(data, name)
        super().__init__(data, name, limits)
        self.main = self._find_main()

    def related(self, part: str) -> dict[str, str]:
        """The parts that a part names, by the last word of the kind of relation ("styles"); none outside the file."""
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, str] = {}
        for relation in root if root is not None else ():
            target, kind = relation.get("Target"), relation.get("Type", "")
            if target and relation.get("TargetMode", "").lower() != "external":
                inside = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found.setdefault(kind.rpartition("/")[2], inside)
        return found

    def tree(self, part: str) -> etree._Element | None:
        """A small part as a tree; None where the package has no such part."""
        info = self._members.get(part.lower())
        if info is None:
            return None
        data = b"".join(self._chunks(info, most=_SMALL))
        if _DTD.search(data):
            raise self._has_dtd()
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._not_well_formed(part, error) from None

    def _find_main(self) -> str:
        root = self.tree("_rels/.rels")
        for relation in root if root is not None else ():
            if relation.get("Type", "").endswith(_MAIN):
                part = posixpath.normpath("/" + relation.get("Target", "")).lstrip("/")
                if self.has(part):
                    return part
        if self.has("word/document.xml"):
            return "word/document.xml"
        raise DamagedSource(f"{self.name}: there is no document in the file (word/document.xml is missing); {_AGAIN}")


class _Guard:
    """Stands between the parser and the listener: refuses DTDs, and elements that nest too deep."""

    def __init__(self, listener: Listener, package: Archive) -> None:
        self._package = package
        self._depth = 0
        self._start = listener.start
        self._end = listener.end
        self.data = listener.data

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._package.limits.max_depth:
            self._package.limits.check_depth(self._depth, self._package.name)
        self._start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._end(tag)

    def doctype(self, *_: object) -> None:
        raise self._package._has_dtd()

    def comment(self, text: str) -> None:
        """Comments are no text."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Nor are processing instructions."""

    def close(self) -> None:
        """The part ends."""


def _refuse_ole(data: bytes, name: str) -> None:
    if _ENCRYPTED_STREAM in data:
        raise EncryptedSource(
            f"{name}: the document is encrypted; open it in Word, save a copy without a password and try again"
        )
    raise UnsupportedType(f"{name}: this is a Word 97-2003 document and not a DOCX")
