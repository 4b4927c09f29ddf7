"""Small texts with the less usual forms, each beside all that it is read as. After a change that is meant, write them
anew with `python tests/golden/test_golden.py` and read the difference."""

from __future__ import annotations

from pathlib import Path

import pytest

import vn_resolution as vr
from support.shown import reading

TEXTS = sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in (".txt", ".md"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_is_read_as_before(path: Path) -> None:
    assert reading(vr.parse(path)) == path.with_suffix(".reading").read_text("utf-8")


if __name__ == "__main__":
    for text in TEXTS:
        text.with_suffix(".reading").write_text(reading(vr.parse(text)), "utf-8")
