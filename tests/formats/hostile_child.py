"""Reads files, each in a process that may use little, and tells as JSON what came of it.

Standard input has lines of JSON, [media type, path]; each is answered by a line. The processes are forked from this
small one, which has imported what it needs: neither that nor what the tests hold is a part of the measure.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

ADDRESS_SPACE = 1024 * 1024 * 1024
READERS = Path(__file__).parents[2] / "src" / "vn_resolution" / "sources"
EVENTS = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "urllib.", "ftplib.")
HARMLESS = (
    *(f"open '{place}" for place in (sys.base_prefix, sys.prefix, "/dev/null", "/proc/self/", tempfile.gettempdir())),
    *(f"open {pipe} " for pipe in range(3, 64)),
    *(
        f"subprocess.Popen '{sys.executable}' ['{sys.executable}', '-P', '-s', '{READERS}/{child}'"
        for child in ("pdf_child.py", "office_child.py")
    ),
    *(f"subprocess.Popen '{program}' " for program in map(shutil.which, ("tesseract",)) if program),
)
"""Modules of Python itself, which load late, temporary files, and the programs that pages are read in."""


def main() -> None:
    """Forks for each file and waits for it."""
    from vn_resolution.grammar import load_grammar
    from vn_resolution.sources.readers import read_format
    from vn_resolution.sources.scan import find_tesseract

    assert load_grammar().zones and load_grammar().markers and load_grammar().file("legacy")
    for module in ("docx", "html", "pdf", "pictures", "office"):
        import_module(f"vn_resolution.sources.{module}")
    read_format(b"<p>a", "text/html")
    find_tesseract()
    for line in sys.stdin:
        kind, path = json.loads(line)
        answer, told = os.pipe()
        child = os.fork()
        if not child:
            os.close(answer)
            try:
                found = measure(kind, path)
            except BaseException as error:
                found = {"outcome": f"{type(error).__name__}: {error}"}
            os.write(told, json.dumps(found).encode())
            os._exit(0)
        os.close(told)
        with os.fdopen(answer) as stream:
            said = stream.read()
        _, status = os.waitpid(child, 0)
        print(said or json.dumps({"outcome": f"the process ended with status {status}"}), flush=True)


def measure(kind: str, path: str) -> dict[str, Any]:
    """What came of one file, and what it took."""
    from vn_resolution.errors import UnreadableSource
    from vn_resolution.sources.readers import read_document

    data = Path(path).read_bytes()
    touched: list[str] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" or event.startswith(EVENTS):
            touched.append(" ".join([event, *map(repr, arguments[:2])]))

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    sys.addaudithook(hook)
    before = processor_seconds()
    outcome, message, text = "read", "", 0
    try:
        text = len(read_document(data, "hostile", kind or None).source.text)
    except UnreadableSource as error:
        outcome, message = type(error).__name__, str(error)
    seconds = processor_seconds() - before
    opened = [item for item in touched if not item.startswith(HARMLESS) and not _in_own_folder(item)]
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "outcome": outcome, "message": message, "seconds": seconds, "text": text, "touched": opened,
        "megabytes": [peak_megabytes(), others],
    }  # fmt: skip


def _in_own_folder(item: str) -> bool:
    """Names without a path are of a temporary folder that is being removed."""
    return item.startswith("open '") and "/" not in item


def processor_seconds() -> float:
    """What this process and those that it started and ended have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak_megabytes() -> float:
    """The most memory that this process had at once; what its parent had before does not count."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
