"""The colours of the page: text on every ground it stands on has a contrast of at least 4.5, by day and by night."""

from __future__ import annotations

import re

import pytest

from vn_resolution.render.viewer_markup import asset

_INKS_ON = {
    "ink": ("bg", "paper", "panel", "raised", "band", "task", "ind", "qty", "basis", "amd", "warn-wash", "err-wash",
            "hot", "chosen", "found", "found-now"),
    "ink-2": ("bg", "paper", "panel", "raised", "band", "chosen", "hot"),
    "ink-3": ("bg", "paper", "panel", "raised", "band", "chosen", "hot", "basis"),
    "accent": ("paper", "panel", "raised", "band", "hot", "accent-wash", "qty", "task", "ind", "chosen", "warn-wash"),
    "cit": ("paper", "band", "cit-wash", "task", "ind", "qty", "basis", "amd"),
    "date": ("paper", "panel", "band", "date-wash", "task", "ind", "qty", "basis", "amd", "chosen"),
    "task-ink": ("task", "hot"), "ind-ink": ("ind", "panel", "band", "chosen", "hot"), "qty-ink": ("qty",),
    "nam": ("nam-wash", "paper"),
    "basis-ink": ("basis",), "amd-ink": ("amd", "panel", "band", "chosen"), "err": ("err-wash",),
    "warn": ("warn-wash",), "info": ("info-wash",), "sel-ink": ("sel",),
}  # fmt: skip


def _colours(style: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", style))


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("night", [False, True])
def test_every_ink_is_readable_on_its_grounds(night: bool) -> None:
    day = _colours(asset("viewer.css").split("@media", 1)[0])
    colours = _colours(asset("dark.css")) if night else day
    assert colours.keys() == day.keys()
    poor = {
        f"{ink} on {ground}": round(contrast, 2)
        for ink, grounds in _INKS_ON.items()
        for ground in grounds
        if (contrast := _contrast(colours[ink], colours[ground])) < 4.5
    }
    assert not poor
