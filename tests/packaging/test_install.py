"""The package as users get it: wheel, sdist and editable, each installed in a new environment and used there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from support.texts import ROOT, SAMPLES

PARTS = (
    "src", "grammars", "samples", "tests", "docs", "benchmarks", "README.md", "CHANGELOG.md", "LICENSE",
    "pyproject.toml",
)  # fmt: skip
PROBE = (
    "import json, sys, vn_resolution as vr; from vn_resolution.grammar import default_folder;"
    "doc = vr.parse(sys.argv[1]);"
    "print(json.dumps([vr.__file__, str(default_folder()), doc.meta.number, len(doc.body)]))"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean copy of what is released, so that building leaves no trace here."""
    copy = tmp_path_factory.mktemp("project")
    ignored = shutil.ignore_patterns("__pycache__", ".*_cache", "*.egg-info")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, copy / part, ignore=ignored)
        else:
            shutil.copy(ROOT / part, copy / part)
    return copy


def _build(project: Path, out: Path, kind: str) -> Path:
    pytest.importorskip("build")
    pytest.importorskip("hatchling")
    command = [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", str(out), str(project)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (made,) = out.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


def _wheel_contents(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        entry = next(name for name in names if name.endswith("entry_points.txt"))
        assert "vn-resolution = vn_resolution.cli:main" in archive.read(entry).decode()
        for path in (ROOT / "grammars").glob("*.toml"):
            assert archive.read(f"vn_resolution/grammars/{path.name}") == path.read_bytes()
    assert "vn_resolution/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    modules = {str(p.relative_to(ROOT / "src")) for p in (ROOT / "src").rglob("*.py")}
    assert modules <= names
    assert not {name for name in names if name.startswith(("tests", "samples", "docs"))}


def test_the_wheel_holds_grammars_types_and_licence(project: Path, tmp_path: Path) -> None:
    _wheel_contents(_build(project, tmp_path, "wheel"))


def test_the_sdist_makes_the_same_wheel(project: Path, tmp_path: Path) -> None:
    sdist = _build(project, tmp_path / "sdist", "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = (path for path in tmp_path.iterdir() if path.name.startswith("vn_resolution-"))
    assert {path.name for path in unpacked.iterdir()} >= set(PARTS)
    _wheel_contents(_build(unpacked, tmp_path / "wheel", "wheel"))


def _environment(folder: Path) -> Path:
    """A new environment that sees the dependencies of this one, without network, but not this project."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    # A path file only adds to what is found later: what pip installs here comes first.
    (Path(site) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def _pip(python: Path, *arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index"]
    subprocess.run([*command, *map(str, arguments)], check=True, capture_output=True, timeout=300)


def _use(python: Path, tmp_path: Path) -> list[object]:
    """The console script and the library, far away from the project."""
    sample = tmp_path / "budget.txt"
    shutil.copy(SAMPLES / "budget.txt", sample)
    script = python.parent / "vn-resolution"
    run = subprocess.run(
        [script, "parse", sample, "--to", "akn"], cwd=tmp_path, capture_output=True, env={}, timeout=60
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(b"<?xml")
    subprocess.run([script, "grammar", "test"], cwd=tmp_path, check=True, capture_output=True, env={}, timeout=60)
    probe = subprocess.run(
        [python, "-c", PROBE, sample], cwd=tmp_path, capture_output=True, check=True, env={}, timeout=60
    )
    facts: list[object] = json.loads(probe.stdout)
    assert facts[2:] == ["31/NQ-HĐND", 4]
    return facts


@pytest.mark.slow
def test_installed_from_the_folder(project: Path, tmp_path: Path) -> None:
    python = _environment(tmp_path / "venv")
    _pip(python, "--no-build-isolation", project)
    where, grammars = map(str, _use(python, tmp_path)[:2])
    assert where.startswith(str(tmp_path))
    assert grammars.startswith(str(tmp_path))


@pytest.mark.slow
def test_installed_from_the_sdist(project: Path, tmp_path: Path) -> None:
    python = _environment(tmp_path / "venv")
    _pip(python, "--no-build-isolation", _build(project, tmp_path / "sdist", "sdist"))
    assert str(_use(python, tmp_path)[1]).startswith(str(tmp_path))


@pytest.mark.slow
def test_installed_editable(project: Path, tmp_path: Path) -> None:
    python = _environment(tmp_path / "venv")
    _pip(python, "--no-build-isolation", "-e", project)
    where, grammars = map(str, _use(python, tmp_path)[:2])
    assert where.startswith(str(project))
    assert grammars == str(project / "grammars")


def test_ci_runs_what_the_readme_says() -> None:
    readme, ci = ((ROOT / name).read_text("utf-8") for name in ("README.md", ".ci/run"))
    commands = [line for line in readme.splitlines() if line.startswith("python3 -m venv")]
    assert len(commands) == 2, "exactly two commands: one runs the main job, one passes the tests"
    assert commands[1].endswith("/pytest -n auto")
    assert "pip\" install -q -e '.[dev]'" in ci
    assert "\npytest -n auto --skip-nothing\n" in ci


def test_generated_pages_are_current() -> None:
    command = [sys.executable, ROOT / "docs" / "regenerate.py", "--check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
