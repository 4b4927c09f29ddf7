"""Promises 1-3, 5 and 6 on every text at hand, whole and damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

import vn_resolution as vr
from support.mutations import mutate
from support.promises import all_faults
from support.texts import media_type_of, sample_paths, shared_paths, text_of

SAMPLES, SHARED = sample_paths(), shared_paths()
SHORT, LONG = 12, 700


def name(path: Path) -> str:
    return path.stem


def test_the_samples_are_there() -> None:
    assert len(SAMPLES) >= 6


@pytest.mark.parametrize("path", SAMPLES + SHARED, ids=name)
def test_whole_texts(path: Path) -> None:
    assert not all_faults(vr.parse(path))


def check_mutations(path: Path, seeds: range) -> None:
    for seed in seeds:
        text = mutate(text_of(path), seed)
        faults = all_faults(vr.parse(text, media_type=media_type_of(path)))
        assert not faults, f"mutate(text_of({path.name}), {seed})"


@pytest.mark.parametrize("path", SAMPLES, ids=name)
def test_damaged_samples(path: Path) -> None:
    check_mutations(path, range(SHORT))


@pytest.mark.parametrize("path", SHARED, ids=name)
def test_damaged_real_texts(path: Path) -> None:
    check_mutations(path, range(1))


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=name)
def test_damaged_samples_at_length(path: Path) -> None:
    check_mutations(path, range(SHORT, LONG))


@pytest.mark.slow
@pytest.mark.parametrize("path", SHARED, ids=name)
def test_damaged_real_texts_at_length(path: Path) -> None:
    check_mutations(path, range(1, LONG // 16))
