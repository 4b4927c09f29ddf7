"""Writes short resolutions, to be varied by tests."""

from __future__ import annotations

HEAD = """HỘI ĐỒNG NHÂN DÂN
TỈNH {place}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
{town}, ngày {day} tháng 12 năm {year}

NGHỊ QUYẾT
{title}

HỘI ĐỒNG NHÂN DÂN TỈNH {place}

Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19 tháng 6 năm 2015;
{bases}
QUYẾT NGHỊ:

{body}
"""


def resolution(
    number: str, body: str, *, place: str = "HÀ NAM", year: int = 2023, title: str = "Về đầu tư công", bases: str = ""
) -> str:
    """A short resolution of a provincial council."""
    town = place.title()
    return HEAD.format(place=place, town=town, number=number, day="08", year=year, title=title, bases=bases, body=body)
