"""Promise 7: the same text in another encoding or spelling of its letters gives the same tree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import vn_resolution as vr
from support.texts import media_type_of, sample_paths, shared_paths, text_of
from vn_resolution.grammar import fold
from vn_resolution.model import Resolution

_NEW_TONES = re.compile("(?i)(?<![gq])(?:o[àáảãạèéẻẽẹ]|[òóỏõọ][ae]|[ùúủũụ]y)(?![a-zà-ỹ])")


def to_old_tones(text: str) -> str:
    """hòa -> hoà, thủy -> thuỷ, the case of each letter kept."""

    def moved(match: re.Match[str]) -> str:
        first, second = (unicodedata.normalize("NFD", char) for char in match[0])
        tones = [mark for mark in first[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
        return unicodedata.normalize("NFC", first[0] + second + "".join(tones)) if tones else match[0]

    return _NEW_TONES.sub(moved, unicodedata.normalize("NFC", text))


def shape(doc: Resolution) -> dict[str, Any]:
    """What may not change: everything read, without spans, in one spelling."""

    def same(words: str | None) -> str | None:
        return words and fold(unicodedata.normalize("NFC", words))

    meta = doc.meta
    return {
        "meta": [
            same(str(getattr(meta, name))) for name in ("number", "title", "place", "issued", "adopted", "session")
        ],
        "signers": [(same(s.name), same(s.role)) for s in meta.signers],
        "recipients": [same(r.text) for r in meta.recipients],
        "bases": [(b.kind, same(b.text)) for b in doc.preamble.bases],
        "nodes": [
            (
                n.id,
                n.kind,
                same(n.num),
                same(n.heading),
                same(n.text),
                n.quoted,
                [[same(c.text) for c in row] for row in n.rows],
            )
            for n in doc.walk()
        ],
        "blocks": [(b.kind, same(b.text)) for b in (*doc.header, *doc.preamble.others, *doc.closing)],
        "citations": [(c.type, same(c.number), c.date, same(c.text), c.target) for c in doc.citations],
        "quantities": [(q.low, q.high, q.comparator, same(q.unit)) for q in doc.quantities],
        "indicators": [(same(i.name), i.concept, i.change, i.status, i.period) for i in doc.indicators],
        "tasks": [(same(t.text), [same(a) for a in t.agents], t.deadline and same(t.deadline.text)) for t in doc.tasks],
    }


VARIANTS: dict[str, Callable[[str], str]] = {
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "NFC": lambda text: unicodedata.normalize("NFC", text),
    "CRLF": lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\r\n", "\n").replace("\n", "\r"),
    "no-break spaces": lambda text: re.sub(r"(?<=\w) (?=\w)", "\u00a0", text),
    "byte order mark": lambda text: "\ufeff" + text.removeprefix("\ufeff"),
    "spaces at line ends": lambda text: re.sub(r"(?<=\S)\n", " \n", text),
    "old tones": to_old_tones,
    "old tones in NFD": lambda text: unicodedata.normalize("NFD", to_old_tones(text)),
}


@cache
def shape_of(path: Path) -> dict[str, Any]:
    """The shape of the text as it is."""
    return shape(vr.parse(text_of(path), media_type=media_type_of(path)))


def check(path: Path, variant: str) -> None:
    want = shape_of(path)
    have = shape(vr.parse(VARIANTS[variant](text_of(path)), media_type=media_type_of(path)))
    for part in want:
        assert have[part] == want[part], part


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.stem)
def test_same_tree(path: Path, variant: str) -> None:
    check(path, variant)


_SHARED = [(path, variant) for path in shared_paths() for variant in VARIANTS]


@pytest.mark.parametrize(("path", "variant"), _SHARED[::4], ids=lambda value: getattr(value, "stem", value))
def test_same_tree_of_real_texts(path: Path, variant: str) -> None:
    """Each text in two or three variants, each variant on a quarter of the texts."""
    check(path, variant)


@pytest.mark.slow
@pytest.mark.parametrize(("path", "variant"), _SHARED, ids=lambda value: getattr(value, "stem", value))
def test_same_tree_of_real_texts_in_every_variant(path: Path, variant: str) -> None:
    check(path, variant)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.stem)
def test_same_tree_from_other_encodings(path: Path, encoding: str) -> None:
    data = text_of(path).encode(encoding)
    assert shape(vr.parse(data, name=path.name)) == shape(vr.parse(path))


def test_old_tones_are_made_as_they_were_written() -> None:
    text = "Hòa Bình, thủy lợi, ủy ban, khỏe, hóa; quý, hoàn, thuyền, khoảng, hoa, ÚY, ÒA, gìa, quỳnh"
    assert (
        to_old_tones(text)
        == "Hoà Bình, thuỷ lợi, uỷ ban, khoẻ, hoá; quý, hoàn, thuyền, khoảng, hoa, UÝ, OÀ, gìa, quỳnh"
    )
