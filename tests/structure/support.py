"""What the structure tests share: a text wrapped into a whole resolution, and its tree as short lines."""

from __future__ import annotations

import vn_resolution as vr
from vn_resolution.model import Node, Resolution

HEAD = (
    "HỘI ĐỒNG NHÂN DÂN\nTỈNH KON TUM\nSố: 12/NQ-HĐND\nKon Tum, ngày 5 tháng 7 năm 2022\nNGHỊ QUYẾT\nVề việc thử\n"
    "Căn cứ Luật Đầu tư công;\nQUYẾT NGHỊ:\n"
)
TAIL = (
    "\nNghị quyết này được Hội đồng nhân dân tỉnh Kon Tum khóa XII, kỳ họp thứ 3 thông qua ngày 5 tháng 7 năm 2022./.\n"
)


def parse(text: str) -> Resolution:
    """The resolution in a text."""
    return vr.parse(text, media_type="text/plain")


def body(text: str) -> Resolution:
    """The resolution whose body this text is."""
    return parse(HEAD + text + TAIL)


def tree(nodes: tuple[Node, ...], depth: int = 0) -> list[str]:
    """One line a node: indentation, kind, number, [heading], text."""
    lines = []
    for node in nodes:
        words = [
            ("“" if node.quoted else "") + node.kind,
            node.num or "",
            f"[{node.heading}]" if node.heading else "",
            node.text,
        ]
        lines.append("  " * depth + " ".join(word for word in words if word))
        lines += tree(node.children, depth + 1)
    return lines


def outline(text: str) -> list[str]:
    """The tree of the body that this text is."""
    return tree(body(text).body)
