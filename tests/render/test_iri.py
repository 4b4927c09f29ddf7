"""The identity of a resolution in its FRBR metadata."""

from __future__ import annotations

from typing import Any

import pytest

from vn_resolution.model import Issuer, Meta
from vn_resolution.render.iri import work


def meta(code: str | None = "VN-34", **fields: Any) -> Meta:
    return Meta(issuer=Issuer(name="HĐND", level="province", province_code=code), **fields)


@pytest.mark.parametrize(
    ("known", "identity"),
    [
        (
            meta(number="86/NQ-HĐND", issued="2025-12-09", adopted="2025-12-08"),
            ("/akn/vn-34/act/nghi-quyet/hdnd/2025-12-09/86", "vn-34", "2025-12-09", "issued"),
        ),
        (
            meta(number="86/NQ-HĐND", adopted="2025-12-09"),
            ("/akn/vn-34/act/nghi-quyet/hdnd/2025-12-09/86", "vn-34", "2025-12-09", "adopted"),
        ),
        (
            meta(number="7/2025/NQ-HĐND"),
            ("/akn/vn-34/act/nghi-quyet/hdnd/2025/7", "vn-34", "2025-01-01", "year"),
        ),
        (
            meta(None, number="7/2025/NQ-HĐND"),
            ("/akn/vn/act/nghi-quyet/hdnd/2025/7", "vn", "2025-01-01", "year"),
        ),
        (
            meta("VN-SG", number="…/NQ-HĐND"),
            ("/akn/vn-sg/act/nghi-quyet/hdnd/0001/nn", "vn-sg", "0001-01-01", "unknown"),
        ),
        (Meta(), ("/akn/vn/act/nghi-quyet/hdnd/0001/nn", "vn", "0001-01-01", "unknown")),
        (
            meta(number="1/NQ", issued="2025-12", iri="/akn/vn-01/act/nghi-quyet/hdnd/2020-01-02/9"),
            ("/akn/vn-01/act/nghi-quyet/hdnd/2020-01-02/9", "vn-01", "0001-01-01", "unknown"),
        ),
        (
            meta(number="1/NQ", issued="2025-12-09", iri="nonsense"),
            ("/akn/vn-34/act/nghi-quyet/hdnd/2025-12-09/1", "vn-34", "2025-12-09", "issued"),
        ),
    ],
)
def test_the_identity_is_made_of_what_is_known(known: Meta, identity: tuple[str, ...]) -> None:
    assert work(known) == identity
