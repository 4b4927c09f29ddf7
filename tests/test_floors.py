"""Promise 14: accuracy on the shared bench never falls below the recorded floors, and floors follow when it rises.

After an improvement: python tests/test_floors.py raises tests/floors.json to what is measured now.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

FLOORS = Path(__file__).with_name("floors.json")
BENCH = Path(__file__).parents[2] / "shared" / "bench"
SLACK = 0.0005


def measured() -> dict[str, float]:
    """F1 by kind on bench/dev, as the bench's own scorer gives it."""
    import vn_resolution as vr

    with tempfile.TemporaryDirectory() as folder:
        for gold in sorted((BENCH / "dev").glob("*.gold.json")):
            name = gold.name.removesuffix(".gold.json")
            source = next(path for s in (".txt", ".md") if (path := gold.with_name(name + s)).exists())
            (Path(folder) / f"{name}.json").write_text(vr.parse(source).to_json(), encoding="utf-8")
        command = [sys.executable, str(BENCH / "score.py"), str(BENCH / "dev"), "--pred", folder, "--json"]
        scores = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return {kind: round(score["f1"], 4) for kind, score in scores.items()}


@pytest.mark.skipif(not BENCH.is_dir(), reason="the shared bench does not stand beside the project")
def test_no_score_is_below_its_floor() -> None:
    floors, now = json.loads(FLOORS.read_text("utf-8")), measured()
    fallen = {kind: (now.get(kind), floor) for kind, floor in floors.items() if now.get(kind, 0.0) < floor - SLACK}
    assert not fallen, "now, floor"
    assert set(now) == set(floors), "a kind has no floor: python tests/test_floors.py"


def raise_floors() -> None:
    """Write each floor's maximum of old and now."""
    old = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    new = {kind: max(score, old.get(kind, 0.0)) for kind, score in measured().items()}
    FLOORS.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    for kind, score in new.items():
        print(f"{kind:20} {old.get(kind, 0.0):.4f} -> {score:.4f}")


if __name__ == "__main__":
    raise_floors()
