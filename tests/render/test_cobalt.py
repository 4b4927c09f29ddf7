"""cobalt opens what the renderer writes: title, dates, components, portions."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import vn_resolution as vr
from render.small import SMALL
from support.texts import media_type_of, sample_paths, shared_paths, text_of
from vn_resolution.model import Meta

cobalt = pytest.importorskip("cobalt")


def test_cobalt_reads_title_dates_and_components() -> None:
    act = cobalt.Act(SMALL.to_akn())
    assert act.title == "Về kế hoạch phát triển kinh tế năm 2025"
    assert act.work_date == act.expression_date == datetime.date(2024, 7, 5)
    assert act.language == "vie"
    assert list(act.components()) == ["main", "appendix_1"]
    uri = act.frbr_uri
    assert (uri.country, uri.locality, uri.subtype, uri.actor, uri.number) == ("vn", "99", "nghi-quyet", "hdnd", "12")
    assert uri.work_uri(work_component=False) == "/akn/vn-99/act/nghi-quyet/hdnd/2024-07-05/12"


def test_cobalt_finds_portions_by_eid() -> None:
    act = cobalt.Act(SMALL.to_akn())
    assert act.get_portion_element("art_1__para_1__point_đ").num == "đ)"
    assert act.get_portion_element("preamble") is not None


@pytest.mark.parametrize(
    "meta",
    [Meta(), Meta(number="5/2019/NQ-HĐND"), Meta(number="…/NQ-HĐND", issued="2019"), Meta(number="a b/c", title="x")],
)
def test_cobalt_opens_what_says_little(meta: Meta) -> None:
    act = cobalt.Act(SMALL.model_copy(update={"meta": meta}).to_akn())
    assert act.title
    assert act.work_date
    assert list(act.components()) == ["main", "appendix_1"]


@pytest.mark.parametrize("path", [*sample_paths(), *shared_paths()], ids=lambda path: path.name)
def test_cobalt_opens_real_texts(path: Any) -> None:
    """Title, dates, components and every unit as a portion."""
    doc = vr.parse(text_of(path), media_type=media_type_of(path))
    meta = doc.meta
    act = cobalt.Act(doc.to_akn())
    assert act.title == (meta.title or " ".join(filter(None, (meta.doc_type, meta.number))) or "?")
    day = next((day for day in (meta.issued, meta.adopted) if day and len(day) == 10), None)
    if day:
        assert act.work_date == act.expression_date == datetime.date.fromisoformat(day)
    assert act.language == "vie"
    assert list(act.components()) == ["main", *(f"appendix_{n}" for n in range(1, len(doc.attachments) + 1))]
    assert act.frbr_uri.work_uri(work_component=False) == (meta.iri or act.frbr_uri.work_uri(work_component=False))
    for node in doc.walk():
        element = act.get_portion_element(node.id)
        assert element is not None
        if node.marker and node.kind != "appendix":
            assert element.num.text == node.marker
