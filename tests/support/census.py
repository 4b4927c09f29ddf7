"""Counts the faults of all promises over whole and damaged texts, one line a kind of fault with a place to look.

usage: python tests/support/census.py DAMAGES_A_TEXT [samples|shared]     (damage k of a text is mutate(text, k))
"""

from __future__ import annotations

import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "src")]

# ruff: noqa: E402
import vn_resolution as vr
from support.mutations import mutate
from support.promises import akn_faults, json_faults, loss, misprints, tree_faults, value_faults
from support.texts import media_type_of, sample_paths, shared_paths, text_of

CHECKS = (loss, misprints, tree_faults, value_faults, json_faults, akn_faults)
_PARTICULAR = re.compile(r"'[^']*'|\"[^\"]*\"|\d+|\b(?:att|art|para|point|chp|sec|hcontainer|indent|dvs|preamble)_\S*")


def faults_of(text: str, media_type: str) -> Iterator[str]:
    """Every fault of one text, exceptions too."""
    try:
        doc = vr.parse(text, media_type=media_type)
        doc.to_outline()
    except Exception:
        yield "parse: " + traceback.format_exc(limit=-1).replace("\n", " ")
        return
    for check in CHECKS:
        try:
            yield from (f"{check.__name__}: {fault}" for fault in check(doc))
        except Exception:
            yield f"{check.__name__}: " + traceback.format_exc(limit=-1).replace("\n", " ")


def main() -> None:
    """Print the census, the most frequent kind first."""
    damages = int(sys.argv[1])
    paths = {"samples": sample_paths, "shared": shared_paths}.get("".join(sys.argv[2:]), lambda: [])()
    kinds: Counter[str] = Counter()
    places: dict[str, str] = {}
    for path in paths or sample_paths() + shared_paths():
        for seed in range(-1, damages):
            text = text_of(path) if seed < 0 else mutate(text_of(path), seed)
            for fault in faults_of(text, media_type_of(path)):
                kind = _PARTICULAR.sub("…", fault)[:90]
                kinds[kind] += 1
                places.setdefault(kind, f"{path.name} {'whole' if seed < 0 else f'damage {seed}'}: {fault[:160]}")
    for kind, count in kinds.most_common():
        print(f"{count:6} {kind}\n       {places[kind]}")
    print(f"{kinds.total()} faults")


if __name__ == "__main__":
    main()
