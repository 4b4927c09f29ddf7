"""Promise 8 for what goes through LibreOffice: DOC, RTF and ODT give the tree of the text, with the labels that Word
counts among them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import vn_resolution as vr
from formats import typed
from formats.agreement import full_nodes, quantities
from formats.make_docx import to_docx
from support.promises import loss, tree_faults
from support.texts import SAMPLES, sample_paths
from vn_resolution.sources import office

pytestmark = pytest.mark.skipif(office.find_soffice() is None, reason=f"needs LibreOffice: {office.HOW_TO_GET}")
FILTERS = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "odt": "odt:writer8"}


def saved(paths: list[Path], folder: Path, ending: str, automatic: bool) -> list[bytes]:
    """The resolutions, set as DOCX, as LibreOffice saves them."""
    for path in paths:
        data = to_docx(typed.blocks(vr.parse(path)), automatic=automatic, gaps=True)
        (folder / f"{path.stem}.docx").write_bytes(data)
    given = [str(folder / f"{path.stem}.docx") for path in paths]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office.find_soffice() or "", profile, "--headless", "--convert-to", FILTERS[ending]]
    subprocess.run([*command, "--outdir", str(folder / "out"), *given], check=True, capture_output=True, timeout=170)
    return [(folder / "out" / f"{path.stem}.{ending}").read_bytes() for path in paths]


def check(paths: list[Path], folder: Path, ending: str, *, automatic: bool) -> None:
    for path, data in zip(paths, saved(paths, folder, ending, automatic), strict=True):
        doc, again = vr.parse(path), vr.parse(data, name=f"nq.{ending}")
        assert again.source.media_type == {"doc": office.DOC, "rtf": office.RTF, "odt": office.ODT}[ending]
        assert full_nodes(again) == full_nodes(doc), path.name
        assert quantities(again) == quantities(doc), path.name
        assert any(node.generated for node in again.walk()) == automatic
        assert loss(again) + tree_faults(again) == []


@pytest.mark.parametrize("ending", FILTERS)
def test_a_sample(ending: str, tmp_path: Path) -> None:
    """Numbered by Word; but LibreOffice's RTF has a "?" for each letter beyond ASCII in the text of such labels."""
    check([SAMPLES / "annual-socio-economic-plan.txt"], tmp_path, ending, automatic=ending != "rtf")


@pytest.mark.slow
@pytest.mark.parametrize("ending", FILTERS)
def test_all_samples(ending: str, tmp_path: Path) -> None:
    """Typed labels: LibreOffice's DOC and ODT lose where a list goes on after another one of its kind."""
    check(sample_paths(), tmp_path, ending, automatic=False)
