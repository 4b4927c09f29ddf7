"""Scans: clean pages at 300 dpi keep at least 97 % of the nodes and 98 % of the quantities."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import vn_resolution as vr
from vn_resolution.errors import DamagedSource, MissingTool, SourceTooLarge
from vn_resolution.sources import scan
from vn_resolution.sources.limits import Limits
from vn_resolution.sources.pdf_process import Bitmap
from vn_resolution.sources.pdf_words import PageWords, Word
from vn_resolution.sources.scan_hocr import join_numbers
from vn_resolution.sources.scan_lines import drawn_lines, turned

pytest.importorskip("pypdfium2", reason="pip install 'vn-resolution[pdf]'")
pytest.importorskip("reportlab", reason="pip install reportlab")
pytest.importorskip("PIL", reason="pip install 'vn-resolution[ocr]'")

from formats import make_pdf
from formats.agreement import Agreement, frames, quantities
from support.texts import SAMPLES, SHARED, sample_paths, shared_paths
from vn_resolution.sources.pdf import read_pdf
from vn_resolution.sources.pictures import read_image

if not make_pdf.can_print():
    pytest.skip(f"needs {make_pdf.HOW_TO_GET}", allow_module_level=True)
ocr = pytest.mark.skipif(not scan.can_recognise(), reason=f"needs Tesseract: {scan.HOW_TO_GET}")

BENCH = [path for path in shared_paths() if path.parent == SHARED / "bench" / "dev"]


def measure(paths: list[Path], **damage: float) -> tuple[Agreement, Agreement]:
    nodes, values = Agreement(), Agreement()
    for path in paths:
        doc = vr.parse(path)
        again = vr.parse(make_pdf.scanned_pdf(make_pdf.print_pdf(doc), **damage), name="nq.pdf")
        nodes.add(frames(doc), frames(again))
        values.add(quantities(doc), quantities(again))
    return nodes, values


@ocr
def test_clean_scans_of_two_samples() -> None:
    nodes, values = measure([SAMPLES / "annual-socio-economic-plan.txt", SAMPLES / "five-year-plan.md"])
    assert nodes.share >= 0.97
    assert values.share >= 0.98


@ocr
@pytest.mark.slow
def test_clean_scans_of_all_samples_and_bench() -> None:
    nodes, values = measure(sample_paths() + BENCH)
    print(f"clean: nodes {nodes}, quantities {values}")
    assert nodes.share >= 0.97
    assert values.share >= 0.98


DEGRADED: dict[str, tuple[dict[str, float], float, float]] = {
    "skewed by 0.7 degrees": ({"skew": 0.7}, 0.96, 0.97),
    "0.3 % specks": ({"noise": 0.003}, 0.96, 0.97),
    "blurred, JPEG quality 30": ({"jpeg": 30, "blur": 1.0}, 0.96, 0.97),
    "200 dpi": ({"dpi": 200}, 0.96, 0.97),
    "skewed by 1.2 degrees, 0.2 % specks, JPEG 50": ({"skew": 1.2, "noise": 0.002, "jpeg": 50}, 0.88, 0.92),
}
"""What scanners do to pages, and the shares of nodes and quantities that it may leave."""


@ocr
@pytest.mark.slow
@pytest.mark.parametrize("kind", DEGRADED)
def test_degraded_scans(kind: str) -> None:
    damage, least_nodes, least_values = DEGRADED[kind]
    names = ("annual-socio-economic-plan.txt", "five-year-plan.md", "budget.txt", "attached-regulation-2019.txt")
    nodes, values = measure([SAMPLES / name for name in names], **damage)
    print(f"{kind}: nodes {nodes}, quantities {values}")
    assert nodes.share >= least_nodes
    assert values.share >= least_values


@ocr
def test_a_skewed_noisy_scan_is_still_read() -> None:
    nodes, values = measure([SAMPLES / "budget.txt"], skew=0.8, noise=0.002, jpeg=60)
    assert nodes.share >= 0.9
    assert values.share >= 0.9


# -- pages of every kind -------------------------------------------------------------------------------------

PAGE = "Điều 1. Thông qua kế hoạch trồng rừng ven hồ với diện tích 1.250 ha."


def one_page(text: str = PAGE) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    make_pdf._fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.setFont("Serif", 14)
    for k in range(6):
        canvas.drawString(85, 740 - 24 * k, text)
    canvas.save()
    return out.getvalue()


@ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_pictures(kind: str) -> None:
    picture = make_pdf.scan(one_page())[0]
    out = io.BytesIO()
    picture.save(out, kind, dpi=(300, 300))
    extract = read_image(out.getvalue(), "page")
    assert extract.source.media_type == f"image/{kind.lower()}"
    assert extract.source.text.count("1.250 ha") == 6
    assert extract.diagnostics[0].code == "S101"


def test_pages_are_rendered_at_300_dpi(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Bitmap] = []

    def recognise(bitmap: Bitmap, number: int, *_: object) -> PageWords:
        seen.append(bitmap)
        return PageWords(number, 595.0, 842.0, [Word("Điều", 80.0, 110.0, 100.0, 14.0)])

    monkeypatch.setattr(scan, "recognise", recognise)
    monkeypatch.setattr(scan, "can_recognise", lambda: True)
    read_pdf(make_pdf.scanned_pdf(one_page(), dpi=150))
    ((width, height),) = [(bitmap.width, bitmap.height) for bitmap in seen]
    assert abs(width - 595 / 72 * 300) < 5 and abs(height - 842 / 72 * 300) < 5


@ocr
def test_words_of_a_scan_have_their_places() -> None:
    out = io.BytesIO()
    make_pdf.scan(one_page())[0].save(out, "PNG", dpi=(300, 300))
    source = read_image(out.getvalue()).source
    at = source.text.index("1.250")
    (place,) = vr.locate(source, (at, at + 5))
    from reportlab.pdfbase.pdfmetrics import stringWidth

    x0, x1 = (85 + stringWidth(PAGE[: PAGE.index("1.250") + n], "Serif", 14) for n in (0, 5))
    assert abs(place.x0 - x0) < 4 and abs(place.x1 - x1) < 4
    assert place.y0 < 842 - 740 < place.y1


@ocr
def test_a_tiff_of_many_pages() -> None:
    pictures = make_pdf.scan(one_page()) + make_pdf.scan(one_page("Điều 2. Giao Ủy ban nhân dân tỉnh thực hiện."))
    out = io.BytesIO()
    pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:], dpi=(300, 300), compression="tiff_lzw")
    told: list[tuple[int, int]] = []
    source = read_image(out.getvalue(), progress=lambda done, count: told.append((done, count))).source
    assert [page.number for page in source.pages] == [1, 2]
    assert "Điều 2." in source.text[source.pages[1].span[0] :]
    assert told == [(1, 2), (2, 2)]


@ocr
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_turned(turn: int) -> None:
    picture = make_pdf.scan(one_page())[0].rotate(turn, expand=True)
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(300, 300))
    assert read_image(out.getvalue()).source.text.count("1.250 ha") >= 5


@ocr
def test_pages_with_text_and_pages_that_are_pictures_in_one_file() -> None:
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for part in (one_page(), make_pdf.scanned_pdf(one_page("Điều 2. Giao Ủy ban nhân dân tỉnh thực hiện."))):
        document = pypdfium2.PdfDocument(part)
        whole.import_pages(document)
        document.close()
    out = io.BytesIO()
    whole.save(out)
    whole.close()
    extract = read_pdf(out.getvalue())
    assert extract.source.text.count("Điều 1.") == 6 and extract.source.text.count("Điều 2.") == 6
    assert next(d.message for d in extract.diagnostics if d.code == "S101").startswith("pages 2 are pictures")


def test_a_mixed_file_without_tesseract_is_read_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    monkeypatch.setattr(scan, "find_tesseract", lambda: None)
    whole = pypdfium2.PdfDocument.new()
    for part in (one_page(), make_pdf.scanned_pdf(one_page())):
        document = pypdfium2.PdfDocument(part)
        whole.import_pages(document)
        document.close()
    out = io.BytesIO()
    whole.save(out)
    whole.close()
    extract = read_pdf(out.getvalue())
    assert extract.source.text.count("Điều 1.") == 6
    assert [d.code for d in extract.diagnostics if d.severity == "warning"] == ["S103"]


def test_a_scan_without_tesseract_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "find_tesseract", lambda: None)
    with pytest.raises(MissingTool, match=r"nq\.pdf: its pages are pictures.*tesseract-ocr-vie"):
        read_pdf(make_pdf.scanned_pdf(one_page()), "nq.pdf")
    with pytest.raises(MissingTool, match="tesseract-ocr-vie"):
        read_image(b"", "nq.png")


@ocr
def test_doubtful_figures_are_told() -> None:
    picture = make_pdf.scan(one_page(), blur=5.0, noise=0.01)[0]
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(300, 300))
    extract = read_image(out.getvalue())
    doubts = [d for d in extract.diagnostics if d.code == "S102"]
    assert doubts
    assert all(d.span and any(map(str.isdigit, extract.source.text[slice(*d.span)])) for d in doubts)


@ocr
def test_lines_of_two_columns_that_do_not_stand_level_are_read_apart() -> None:
    """The recogniser takes the last recipient and the signer's name, 7 points below it and larger, for one line."""
    from reportlab.pdfgen.canvas import Canvas

    make_pdf._fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.setFont("Serif", 14)
    for k in range(6):
        canvas.drawString(91, 740 - 18 * k, PAGE)
    canvas.drawString(401, 197, "CHỦ TỊCH")
    canvas.drawString(380, 126.5, "Nguyễn Hồng Sinh")
    canvas.setFont("Serif", 11)
    for k, line in enumerate(("Nơi nhận:", "- Chính phủ;", "- Bộ Nông nghiệp;", "- Tỉnh ủy;", "- Lưu: VT, KTNS.")):
        canvas.drawString(91, 186.5 - 13.2 * k, line)
    canvas.save()
    text = read_pdf(make_pdf.scanned_pdf(out.getvalue(), jpeg=30, blur=1.0)).source.text
    assert "\n- Lưu: VT, KTNS.\n" in text
    assert text.rstrip().endswith("Nguyễn Hồng Sinh")


@ocr
def test_a_page_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A diagnostic where other pages can be read, else an error."""
    pictures = make_pdf.scan(one_page()) * 2
    out = io.BytesIO()
    pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:], dpi=(300, 300))
    for reader, data in ((read_pdf, make_pdf.scanned_pdf(one_page())), (read_image, out.getvalue())):
        with pytest.raises(SourceTooLarge, match=r"^nq: recognising a page takes longer than the limit of 0\.01 s"):
            reader(data, "nq", Limits(page_seconds=0.01))
    real = scan.recognise
    monkeypatch.setattr(scan, "recognise", lambda b, n, name, s: real(b, n, name, 0.01 if n == 1 else s))
    extract = read_image(out.getvalue(), "nq")
    assert extract.source.text.count("1.250 ha") == 6
    told = {d.code: d.message for d in extract.diagnostics}
    assert told["S101"].startswith("pages 2 are") and told["S108"].startswith("page 1 could not be read: recognising")


@ocr
@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"\xff\xd8\xff" + b"\0" * 40, b"II*\0" + b"\xff" * 40]
)
def test_broken_pictures_are_typed_errors(data: bytes) -> None:
    with pytest.raises(DamagedSource, match=r"^nq\.png: "):
        read_image(data, "nq.png")


@ocr
def test_a_picture_of_too_many_pixels_is_refused() -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(SourceTooLarge, match="pixels"):
        read_image(out.getvalue(), "nq.png")


@ocr
def test_too_many_pages_are_refused() -> None:
    pictures = make_pdf.scan(one_page(), 72) * 3
    out = io.BytesIO()
    pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:])
    with pytest.raises(SourceTooLarge, match="3 pages"):
        read_image(out.getvalue(), limits=Limits(max_pages=2))


# -- without the recogniser --------------------------------------------------------------------------------


def spaced(*words: str | float) -> list[Word]:
    """Words and the white between them, in points."""
    line: list[Word] = []
    x = 80.0
    for item in words:
        if isinstance(item, str):
            line.append(Word(item, x, x + 6.0 * len(item), 100.0, 13.0))
            x += 6.0 * len(item)
        else:
            x += item
    return line


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("số", 5.0, "151/201", 3.0, "7/NĐ-CP", 5.0, "ngày", 5.0, "26"), "số 151/2017/NĐ-CP ngày 26"),
        (("số", 5.0, "1", 2.3, "14/2024/NĐ-", 0.8, "CP", 5.0, "ngày"), "số 114/2024/NĐ-CP ngày"),
        (("số", 5.0, "1", 1.8, "31/201", 2.9, "7/NĐ-CP", 5.0, "ngày", 5.0, "26"), "số 131/2017/NĐ-CP ngày 26"),
        (("khoản", 5.0, "1", 5.0, "14/2024/NĐ-CP", 5.0, "ngày"), "khoản 1 14/2024/NĐ-CP ngày"),
        (("năm", 5.0, "2024", 2.0, "15", 5.0, "xã"), "năm 2024 15 xã"),
        (("Nghị", 5.0, "quyết", 2.0, "số", 5.0, "12/NQ-", 1.0, "HĐND;"), "Nghị quyết số 12/NQ-HĐND;"),
        (("1", 2.0, "2"), "1 2"),
        ((), ""),
    ],
)  # fmt: skip
def test_halves_of_a_number_are_put_together(words: tuple[str | float, ...], text: str) -> None:
    assert " ".join(word.text for word in join_numbers(spaced(*words))) == text


def test_lines_drawn_on_a_picture_are_found() -> None:
    width, height = 900, 600
    rows = [bytearray(b"\xff" * width) for _ in range(height)]
    for y in (100, 101, 400, 401):
        rows[y][100:800] = b"\0" * 700
    for row in rows[100:401]:
        row[100:102] = row[799:801] = b"\0\0"
    found = drawn_lines(Bitmap(width, height, 300, b"".join(map(bytes, rows))))
    across = [s for s in found if s[3] - s[1] < 1]
    down = [s for s in found if s[2] - s[0] < 1]
    assert len(across) == 2 and len(down) == 2
    assert abs(across[0][1] - 100.5 * 72 / 300) < 0.5


def test_a_picture_is_turned_without_loss() -> None:
    bitmap = Bitmap(3, 2, 300, bytes(range(6)))
    assert turned(bitmap, 90).data == bytes((3, 0, 4, 1, 5, 2))
    assert turned(turned(bitmap, 90), 270).data == bitmap.data
    assert turned(turned(bitmap, 180), 180).data == bitmap.data
