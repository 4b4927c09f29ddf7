"""The rules of the house: which room may know which, what must not be imported unasked, and how light the start is."""

from __future__ import annotations

import ast
import resource
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "vn_resolution"
ROOMS = ("model", "grammar", "sources", "structure", "extract", "render", "corpus", "cli", "web")
BESIDE_MODEL = {"model", "errors", "diagnostics", "garbage", "reading", "version"}
CALLERS = {"corpus", "cli", "web"}  # the rooms behind the parser, which call it
DOORS = {("cli/serve.py", "web")}  # the command that starts the room behind it
FRONT = {"__init__", "__main__", "parser"}  # they open every room for the caller, so every arrow may start there
OPTIONAL = {
    "cobalt",
    "bluebell",
    "regex",
    "pyarrow",
    "duckdb",
    "pyspark",
    "pypdfium2",
    "docx",
    "underthesea",
    "babel",
    "fastapi",
}
FILES = sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def _imports(path: Path, everywhere: bool) -> set[str]:
    """The modules that a file imports: at its top, or everywhere; not what it imports for the type checker only."""
    tree = ast.parse(path.read_text("utf-8"))
    found: set[str] = set()
    stack: list[ast.AST] = list(tree.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            stack.extend(node.orelse)
        elif everywhere or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    room = _room(path)
    if room in FRONT:
        return
    # The model opens the renderers at call time only; every other room keeps the arrows inside its functions too.
    for name in _imports(path, everywhere=room != "model"):
        parts = name.split(".")
        if parts[0] != "vn_resolution" or len(parts) < 2:
            assert not (parts == ["vn_resolution"] and room not in CALLERS), f"{path} imports the package's front"
            continue
        target = parts[1]
        if target in BESIDE_MODEL:
            assert room != "model", f"{path}: the model imports {name}"
            continue
        if (str(path.relative_to(PACKAGE)), target) in DOORS:
            continue
        if target in ROOMS:
            assert room in ROOMS, f"{path} stands beside the model and imports {name}"
            assert ROOMS.index(target) <= ROOMS.index(room), f"{path}: {room} must not know {target}"
        else:
            assert room in CALLERS, f"{path} imports {name}"


def test_the_model_imports_nothing_of_ours() -> None:
    assert not [name for name in _imports(PACKAGE / "model.py", everywhere=False) if name.startswith("vn_resolution")]


@pytest.mark.parametrize("room", ["structure", "extract", "render"])
def test_these_rooms_read_no_files(room: str) -> None:
    for path in (PACKAGE / room).rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        imported = _imports(path, everywhere=True)
        if all(name in ("io", "io.BytesIO") for name in imported if name.partition(".")[0] == "io"):  # memory, no file
            imported -= {"io"}
        assert not {"pathlib", "io", "os", "shutil", "subprocess", "socket"} & imported, path
        called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert "open" not in {function.id for function in called if isinstance(function, ast.Name)}, path


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_optional_packages_are_imported_inside_functions(path: Path) -> None:
    assert not {name.split(".")[0] for name in _imports(path, everywhere=False)} & OPTIONAL


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_open_with_what_they_do_and_stay_small(path: Path) -> None:
    source = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(source)), path
    assert len(source.splitlines()) <= 500, f"{path} is too long for one sitting"


def _run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent, timeout=60
    ).stdout


@pytest.mark.parametrize(
    "code",
    [
        "import vn_resolution",
        "from vn_resolution.cli import run; run(['--help'])",
        "from vn_resolution.cli import run; run(['parse', '--help'])",
    ],
)
def test_nothing_optional_or_heavy_is_imported_unasked(code: str) -> None:
    loaded = set(_run(f"import sys; {code}; print('|'.join(sys.modules))").rsplit("\n", 2)[-2].split("|"))
    assert not {name.split(".")[0] for name in loaded} & (OPTIONAL | {"lxml", "multiprocessing", "hypothesis"})


@pytest.mark.parametrize("code", ["import vn_resolution", "from vn_resolution.cli import run; run(['--help'])"])
def test_the_start_is_light(code: str) -> None:
    """Below 0.25 s, of processor time, since the machine has other work, too; or at most 1.6 times what Python with
    pydantic and click needs alone, where the machine is slow. The best of five."""

    def best(statement: str) -> float:
        times = []
        for _ in range(5):
            before = _used()
            _run(statement)
            times.append(_used() - before)
        return min(times)

    assert best(code) < max(0.25, 1.6 * best("import pydantic, click; pydantic.BaseModel"))


def _used() -> float:
    """Processor time of the processes that this one has run so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime
