"""Tables of indicators in the forms of data/tables.txt, each with what it says; and which rows are parts of which."""

from __future__ import annotations

from pathlib import Path

import pytest

import vn_resolution as vr

FRAME = """HỘI ĐỒNG NHÂN DÂN
TỈNH HẠ SƠN

NGHỊ QUYẾT
Về kế hoạch phát triển kinh tế - xã hội năm 2025

QUYẾT NGHỊ:

Điều 1. Thông qua các chỉ tiêu chủ yếu năm 2025 như sau:

{table}

Điều 2. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này.
"""
ROWS = """| STT | Chỉ tiêu | ĐVT | Kế hoạch 2025 |
|---|---|---|---|
| | TỔNG THU | tỷ đồng | 100 |
| I | Thu nội địa | tỷ đồng | 80 |
| 1 | Thu từ doanh nghiệp | tỷ đồng | 50 |
| II | Thu hải quan | tỷ đồng | 20 |
| III | Diện tích gieo trồng | ha | 900 |
| | Trong đó: | | |
| | Lúa | ha | 600 |
| | Ngô | ha | 200 |
| 1 | Sản lượng | tấn | 400 |
| | - Thóc | nt | 350 |
| | + Thóc nếp | nt | 50 |"""


def forms() -> dict[str, tuple[str, list[str]]]:
    """The tables of data/tables.txt by the name of their form, with what each says."""
    found: dict[str, tuple[str, list[str]]] = {}
    text = (Path(__file__).parent / "data" / "tables.txt").read_text("utf-8")
    for block in text.split("\n@")[1:]:
        name, *lines = block.splitlines()
        table = "\n".join("" if line == "\\n" else line for line in lines if not line.startswith("=>"))
        found[name] = (table, [line[3:] for line in lines if line.startswith("=> ")])
    return found


FORMS = forms()


def shown(doc: vr.Resolution) -> list[str]:
    """Each indicator as "name [qualifiers] change = value unit (status period)"."""
    quantities = {q.id: q for q in doc.quantities}
    found = []
    for item in doc.indicators:
        q = quantities[item.quantity]
        sign = "=" if q.comparator == "eq" else q.comparator
        value = q.low if q.low is not None else q.high
        assert value is not None
        number = int(value) if value == int(value) else value
        said = f" [{'; '.join(item.qualifiers)}]" if item.qualifiers else ""
        changed = "" if item.change == "level" else f" {item.change}"
        found.append(f"{item.name}{said}{changed} {sign} {number} {q.unit} ({item.status} {item.period})")
    return found


def parse(table: str) -> vr.Resolution:
    return vr.parse(FRAME.format(table=table).encode(), media_type="text/markdown")


def test_the_forms_are_many() -> None:
    assert len(FORMS) >= 20
    assert sum(not wanted for _, wanted in FORMS.values()) >= 2


@pytest.mark.parametrize("form", list(FORMS))
def test_forms_of_tables(form: str) -> None:
    table, wanted = FORMS[form]
    assert shown(parse(table)) == wanted


def test_labels_dashes_and_trong_do_tell_the_parts() -> None:
    doc = parse(ROWS)
    names = {item.id: item.name for item in doc.indicators}
    assert {item.name: names.get(item.parent or "") for item in doc.indicators} == {
        "TỔNG THU": None,
        "Thu nội địa": "TỔNG THU",
        "Thu từ doanh nghiệp": "Thu nội địa",
        "Thu hải quan": "TỔNG THU",
        "Diện tích gieo trồng": None,
        "Lúa": "Diện tích gieo trồng",
        "Ngô": "Diện tích gieo trồng",
        "Sản lượng": None,
        "Thóc": "Sản lượng",
        "Thóc nếp": "Thóc",
    }
