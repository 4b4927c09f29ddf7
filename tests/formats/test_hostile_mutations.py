"""Good documents with bytes flipped, cut out, doubled or swapped: a typed error or a result, never a crash or a hang."""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable

import pytest

from formats.make_docx import abstract, level, number_list, numbered, package, paragraph, run, start_at, table
from vn_resolution.errors import UnreadableSource
from vn_resolution.sources.docx import read_docx
from vn_resolution.sources.html import read_html
from vn_resolution.sources.limits import Limits

SHORT, LONG = 200, 2_000
SECONDS = 5.0
LIMITS = Limits(max_seconds=SECONDS)

PAGE = (
    "<!DOCTYPE html><html><head><meta charset=windows-1252><style>.a{display:none} p.b{text-transform:uppercase}</style></head>"
    "<body><table border=1><tr><td colspan=2 rowspan=2><p class=b>H&#7896;I &#272;&#7890;NG</p><td>C&#7896;NG HÒA<tr><td>x</table>"
    "<p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>Tr&#7891;ng</p>"
    "<ol start=3 type=a><li value=5>m&#7897;t<ul><li>hai</ul><li>ba</ol><pre>a  b\n c</pre><nav><a href=/>x</a></nav>"
    "<p style='font-family:Symbol;mso-list:l0 level1'>³<br>&sup2;<o:p></o:p></p><!-- x --><script>if (a < b) {}</script></body></html>"
).encode("cp1252")


def document() -> bytes:
    """A document with a little of everything."""
    change = 'w:id="1" w:author="a"'
    box = f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>{paragraph('hộp')}</w:txbxContent></wps:txbx></mc:Choice></mc:AlternateContent></w:r>"
    body = (
        table([["HỘI ĐỒNG NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]], ruled=False)
        + paragraph(run("Điều 1. ", "<w:b/>") + f"<w:del {change}><w:r><w:delText>x</w:delText></w:r></w:del>" + run("a\tb\nc") + box)
        + "".join(numbered(f"mục {k}", 1 + k % 2, k % 3) for k in range(9))
        + paragraph('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:footnoteReference w:id="2"/></w:r>')
        + table([["TT", "Tên", numbered("Mức", 2)], ["1", "Thuế", "5"]])
        + "<w:sdt><w:sdtContent>" + paragraph("hết") + "</w:sdtContent></w:sdt>"
    )  # fmt: skip
    numbering = abstract(
        1, level(0, "%1."), level(1, "%1.%2", "lowerLetter"), level(2, "\uf0b7", "bullet")
    ) + number_list(1, 1)
    notes = {"footnotes": ("footnotes", f'<w:footnote w:id="2">{paragraph("ghi chú")}</w:footnote>')}
    return package(body, numbering=numbering + number_list(2, 1, start_at(0, 4)), parts=notes)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes after one to four accidents."""
    work = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if not work:
            break
        at, length = chance.randrange(len(work)), chance.choice((1, 1, 2, 8, 64, 700))
        match chance.randrange(6):
            case 0:
                work[at] ^= 1 << chance.randrange(8)
            case 1:
                work[at : at + length] = chance.randbytes(min(length, len(work) - at))
            case 2:
                del work[at : at + length]
            case 3:
                work[at:at] = work[at : at + length]
            case 4:
                work[at:at] = chance.choice(
                    (
                        b"<",
                        b">",
                        b'"',
                        b"&",
                        b"\0",
                        b"<w:p>",
                        b"</w:tc>",
                        b"</td>",
                        b"<table>",
                        b"]]>",
                        b"\xff\xfe",
                        b"PK\x03\x04",
                    )
                )
            case _:
                del work[at:]
    return bytes(work)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """The package with one part damaged and packed again without fault."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _swapped(content, chance) if name == chosen else content)
    return out.getvalue()


def _swapped(content: bytes, chance: random.Random) -> bytes:
    """XML that mostly stays well-formed: elements swapped, dropped, doubled, values changed."""
    pieces = content.split(b"<")
    for _ in range(chance.randint(1, 6)):
        at, other = chance.randrange(1, len(pieces)), chance.randrange(1, len(pieces))
        match chance.randrange(4):
            case 0:
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case 1:
                head, quote, tail = pieces[at].partition(b'"')
                value = chance.choice((b"0", b"-1", b"99999999999", b"x", b"", b"\xc4\x90", b"nil", b"restart"))
                pieces[at] = head + quote + value + tail[tail.find(b'"') :] if quote else pieces[at]
            case 2 if pieces[at].endswith(b"/>"):
                pieces[at] = b""
            case _ if pieces[at].endswith(b"/>"):
                pieces.insert(other, pieces[at])
    return b"<".join(piece for k, piece in enumerate(pieces) if piece or not k)


def count(config: pytest.Config) -> int:
    return LONG if config.getoption("--run-slow") else SHORT


@pytest.mark.parametrize("kind", ["docx", "docx inside", "html"])
def test_mutations(kind: str, request: pytest.FixtureRequest) -> None:
    good = PAGE if kind == "html" else document()
    reader: Callable[..., object] = read_html if kind == "html" else read_docx
    damage = damaged_inside if kind == "docx inside" else damaged
    outcomes: dict[str, int] = {}
    for seed in range(count(request.config)):
        data = damage(good, random.Random(f"{kind} {seed}"))
        start = time.monotonic()
        try:
            reader(data, "x", LIMITS)
            outcome = "read"
        except UnreadableSource as error:
            outcome = type(error).__name__
        except Exception as error:
            raise AssertionError(f"{kind}, seed {seed}: {error!r}") from error
        assert time.monotonic() - start < 2 * SECONDS, f"{kind}, seed {seed} took too long"
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    assert outcomes["read"] > 0, outcomes
    print(outcomes)
