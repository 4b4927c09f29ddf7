"""The viewer's words: each code, kind and value of the model has them in both languages."""

from __future__ import annotations

import re
from string import Formatter
from typing import get_args

import pytest

import vn_resolution as vr
from support.texts import media_type_of, sample_paths, shared_paths, text_of
from vn_resolution import model
from vn_resolution.diagnostics import CODES, diagnostic
from vn_resolution.render.viewer_doubts import in_vietnamese
from vn_resolution.render.viewer_markup import sentences, words_of


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_words_and_its_sentence(code: str) -> None:
    assert all(words_of("doubt")[code])
    assert fields(sentences()[code]) == fields(CODES[code].message)


@pytest.mark.parametrize("code", CODES)
def test_every_message_is_said_in_vietnamese(code: str) -> None:
    words = {name: 7.0 if name == "confidence" else f"‹{name}›" for name in fields(CODES[code].message)}
    said = in_vietnamese(diagnostic(code, None, **words))
    assert said is not None and "…" not in said
    assert all(str(word) in said for word in words.values() if word != 7.0)


def test_no_word_is_left_of_a_code_that_is_gone() -> None:
    assert set(words_of("doubt")) == set(sentences()) == set(CODES)


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        ("D005", {"field": "number"}, "Phần đầu không có số, ký hiệu"),
        ("N001", {"label": "c)", "previous": "a)", "missing": 1},
         "c) đứng ngay sau a): thiếu 1 số ở giữa"),
        ("D001", {"reason": "its document type is Quyết định"},
         "Văn bản này không giống nghị quyết của Hội đồng nhân dân: tên loại là Quyết định"),
    ],
)  # fmt: skip
def test_words_of_our_own_are_said_in_vietnamese_too(code: str, words: dict[str, str], said: str) -> None:
    assert in_vietnamese(diagnostic(code, None, **words)) == said


@pytest.mark.parametrize(
    ("section", "kinds"),
    [
        ("action", get_args(model.Action)), ("basis", get_args(model.BasisKind)), ("unit", get_args(model.NodeKind)),
        ("mention", get_args(model.MentionKind)),
        ("severity", get_args(model.Severity)), ("level", get_args(model.Level)),
        ("change", get_args(model.Indicator.model_fields["change"].annotation)),
        ("status", get_args(model.Indicator.model_fields["status"].annotation)),
    ],
)  # fmt: skip
def test_every_value_of_the_model_has_words(section: str, kinds: tuple[str, ...]) -> None:
    assert not set(kinds) - set(words_of(section))


def test_what_is_found_in_texts_has_words() -> None:
    found: dict[str, set[str]] = {"artifact": set(), "frame": set(), "type": set()}
    for path in (*sample_paths(), *shared_paths()):
        doc = vr.parse(text_of(path), media_type=media_type_of(path))
        found["artifact"] |= {artifact.kind for artifact in doc.source.artifacts}
        found["frame"] |= {block.kind for block in (*doc.header, *doc.preamble.others, *doc.closing)}
        found["type"] |= {citation.type for citation in doc.citations if citation.type}
    for section, kinds in found.items():
        assert not kinds - set(words_of(section)), section


def test_both_languages_stand_everywhere() -> None:
    for section in ("ui", "tab", "kind", "field", "about", "doubt", "told"):
        for key, words in words_of(section).items():
            assert len(words) == 2 and all(words), (section, key)
    assert not [said for said in sentences().values() if re.search(r"[{}]", re.sub(r"\{\w+\}", "", said))]
