"""Lines of which nothing is left but marks of layout, and indicators whose whole is told after them."""

from __future__ import annotations

import vn_resolution as vr

SEGMENTED = "Điều 1. Giao Ủy_ban nhân_dân tỉnh tổ_chức thực_hiện Nghị_quyết về phát_triển kinh_tế xã_hội .\n" * 6


def test_a_line_of_one_joint_in_a_segmented_text_is_no_line() -> None:
    doc = vr.parse(SEGMENTED + "_\n" + SEGMENTED, media_type="text/plain")
    assert all(node.text or node.heading or node.children or node.marker for node in doc.walk())
    assert any(a.kind == "segmentation" and doc.source.text[slice(*a.span)] == "_" for a in doc.source.artifacts)
