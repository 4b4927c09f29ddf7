"""Makes texts of any size from the samples: one resolution whose articles go on and on, each as a drafter wrote it."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples"
_PLAIN = ("annual-socio-economic-plan.txt", "budget.txt")
_ARTICLE = re.compile(r"(?m)^Điều (\d+)\.")


def dense_text(size: int) -> str:
    """A resolution of about `size` bytes of UTF-8: header and closing once, articles repeated with new numbers."""
    first = (SAMPLES / _PLAIN[0]).read_text("utf-8")
    start, end = first.index("Điều 1."), first.index("Nghị quyết này đã được")
    articles = [part for name in _PLAIN for part in _articles((SAMPLES / name).read_text("utf-8"))]
    wanted = size - len((first[:start] + first[end:]).encode())
    parts: list[str] = []
    length = number = 0
    while length < wanted:
        part = _ARTICLE.sub(f"Điều {number + 1}.", articles[number % len(articles)], count=1)
        parts.append(part)
        length += len(part.encode())
        number += 1
    return first[:start] + "".join(parts) + first[end:]


def _articles(text: str) -> list[str]:
    body = text[text.index("Điều 1.") : text.index("Nghị quyết này đã được")]
    starts = [match.start() for match in _ARTICLE.finditer(body)] + [len(body)]
    return [body[a:b].rstrip() + "\n\n" for a, b in pairwise(starts)]
