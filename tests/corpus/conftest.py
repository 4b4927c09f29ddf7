"""Corpora to ask: that of samples/, built once, and one of short resolutions that cite each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.short import resolution
from support.texts import ROOT
from vn_resolution.corpus.build import Options, build
from vn_resolution.corpus.store import Corpus


@pytest.fixture(scope="session")
def samples_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples-corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        build(["samples"], folder, Options(jobs=1))
    return folder


@pytest.fixture
def samples(samples_folder: Path) -> Iterator[Corpus]:
    with Corpus(samples_folder) as corpus:
        yield corpus


@pytest.fixture(scope="session")
def citing_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source, folder = tmp_path_factory.mktemp("citing"), tmp_path_factory.mktemp("citing-corpus")
    texts = {
        "first.txt": resolution("12/2022/NQ-HĐND", "Điều 1. Mức chi\nMức chi là 5 triệu đồng.", year=2022),
        "second.txt": resolution(
            "15/2023/NQ-HĐND",
            "Điều 1. Bãi bỏ Nghị quyết số 12/2022/NQ-HĐND ngày 08 tháng 12 năm 2022 của Hội đồng nhân dân tỉnh.\n\n"
            "Điều 2. Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này theo Luật Đầu tư công.",
            bases="Căn cứ Luật Đầu tư công ngày 13 tháng 6 năm 2019;\n"
            "Căn cứ Nghị định số 40/2020/NĐ-CP ngày 06 tháng 4 năm 2020 của Chính phủ;",
        ),
        "third.txt": resolution(
            "9/NQ-HĐND",
            "Điều 1. Tốc độ tăng tổng sản phẩm trên địa bàn (GRDP) năm 2024 đạt 8,5%. Tỷ lệ hộ nghèo giảm 1%.\n\n"
            "Điều 2. Thực hiện Nghị định số 40/2020/NĐ-CP.",
            place="SƠN LA",
            title="Về kế hoạch phát triển kinh tế - xã hội năm 2024",
            bases="Căn cứ Luật Tổ chức chính quyền địa phương năm 2015;\n"
            "Căn cứ Luật Đầu tư công số 39/2019/QH14 ngày 13 tháng 6 năm 2019;",
        ),
    }
    for name, text in texts.items():
        (source / name).write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(source)
        build(["first.txt", "second.txt", "third.txt"], folder, Options(jobs=1))
    return folder


@pytest.fixture
def citing(citing_folder: Path) -> Iterator[Corpus]:
    with Corpus(citing_folder) as corpus:
        yield corpus
