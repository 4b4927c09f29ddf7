"""What is printed for one word in several ways is folded to one, and no offset moves."""

from __future__ import annotations

import pytest

from vn_resolution.grammar import fold


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Hoà Bình", "hòa bình"), ("UỶ BAN", "ủy ban"), ("quý III", "quý iii"), ("Ðiều 1 – 2", "điều 1 - 2"),
        ("Nguời đuợc thuởng", "người được thưởng"), ("sản luợng uớc đạt", "sản lượng ước đạt"),
        ("TRUỜNG HỌC, THUƠNG MẠI", "trường học, thương mại"), ("cuối tuần, quê hương", "cuối tuần, quê hương"),
    ],
)  # fmt: skip
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed) == folded
    assert len(folded) == len(printed)
