"""Starts `vn-resolution serve` in a process of its own on a free port of this machine, and ends it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.texts import ROOT


@contextmanager
def service(*options: str, words: Path | None = None) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """(its address, its process), once it is well; what it says goes to the file `words`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Path(words or os.devnull).open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "vn_resolution", "serve", "--port", str(port), *options],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stderr=errors,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address, process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"{address}/api/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            assert process.poll() is None and time.monotonic() < ends, "the service did not start"
            time.sleep(0.1)
