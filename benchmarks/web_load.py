"""Loads `vn-resolution serve` on this machine: a bounded number of requests of mixed size from some clients at once.

    python benchmarks/web_load.py [--requests 500] [--clients 8] [--workers N] [--short]

Prints latencies by size and form, requests a second, and the memory of the service and its workers before, during and
after. Fails when a request does, or when memory still grows in the second half. Loopback only.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from material import dense_text

ROOT = Path(__file__).parents[1]
SIZES = {"1 KB": 1_000, "10 KB": 10_000, "50 KB": 50_000, "300 KB": 300_000}
WEIGHTS = {"1 KB": 30, "10 KB": 50, "50 KB": 16, "300 KB": 4}
FORMS = ("/api/parse", "/api/convert?to=html", "/api/convert?to=akn", "/api/convert?to=csv", "/api/convert?to=zip")
GROWTH = 1.15
"""The memory at the end may be this many times that at half time."""


class Done(NamedTuple):
    """One request: what it was, how long it took (seconds), and what was wrong with it."""

    size: str
    form: str
    seconds: float
    error: str | None


def main() -> int:
    options = _options()
    port = _free_port()
    command = [sys.executable, "-m", "vn_resolution", "serve", "--port", str(port)]
    command += ["--workers", str(options.workers)]
    server = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    try:
        _wait(port)
        return _load(port, server.pid, options)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def _load(port: int, pid: int, options: argparse.Namespace) -> int:
    texts = {name: dense_text(size).encode() for name, size in SIZES.items()}
    choice = random.Random(7)
    names = choice.choices(list(WEIGHTS), weights=list(WEIGHTS.values()), k=options.requests)
    jobs = [(name, choice.choice(FORMS)) for name in names]
    done: list[Done] = []
    lock = threading.Lock()
    _warm(port, options, texts[list(SIZES)[-1]])
    memory = [_memory(pid)]

    def client() -> None:
        while True:
            with lock:
                if not jobs:
                    return
                size, form = jobs.pop()
            outcome = _ask(port, size, form, texts[size])
            with lock:
                done.append(outcome)
                if len(done) % max(1, options.requests // 10) == 0:
                    memory.append(_memory(pid))

    started = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(options.clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    _report(done, seconds, options, sum(len(texts[d.size]) for d in done))
    return _verdict(done, memory)


def _warm(port: int, options: argparse.Namespace, largest: bytes) -> None:
    """Gives the workers the largest text in every form, so that what grows after that is no high-water mark."""
    forms = list(FORMS) * 2 * options.workers
    with ThreadPoolExecutor(options.clients) as pool:
        list(pool.map(lambda form: _ask(port, "warm", form, largest), forms))


def _ask(port: int, size: str, form: str, body: bytes) -> Done:
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("POST", form, body, {"content-type": "text/plain"})
        answer = connection.getresponse()
        data = answer.read()
        error = None if answer.status == 200 and data else f"{answer.status} {data[:200]!r}"
    except OSError as failure:
        error = f"{type(failure).__name__}: {failure}"
    finally:
        connection.close()
    return Done(size, form, time.perf_counter() - started, error)


def _report(done: list[Done], seconds: float, options: argparse.Namespace, volume: int) -> None:
    print(
        f"{len(done)} requests, {options.clients} clients, {options.workers} workers: {seconds:.1f} s, "
        f"{len(done) / seconds:.1f} requests/s, {volume / seconds / 1e6:.2f} MB/s of text"
    )
    print(f"{'':24}{'n':>5}{'median':>10}{'95 %':>10}{'longest':>10}  (ms, waiting included)")
    groups: dict[str, list[float]] = defaultdict(list)
    for request in done:
        groups[request.size].append(request.seconds)
        groups[request.form.removeprefix("/api/")].append(request.seconds)
    for name in (*SIZES, *(form.removeprefix("/api/") for form in FORMS)):
        times = sorted(groups.get(name, ()))
        if times:
            late = times[min(len(times) - 1, int(0.95 * len(times)))]
            shown = "".join(f"{1000 * value:10.0f}" for value in (statistics.median(times), late, times[-1]))
            print(f"{name:24}{len(times):5}{shown}")


def _verdict(done: list[Done], memory: list[int]) -> int:
    print("memory of service and workers, MB:", ", ".join(f"{value / 2**20:.0f}" for value in memory))
    errors = [f"{request.size} {request.form}: {request.error}" for request in done if request.error]
    for error in errors[:10]:
        print("failed:", error)
    half = memory[len(memory) // 2]
    grows = memory[-1] > GROWTH * half
    if grows:
        print(f"memory grows: {half / 2**20:.0f} MB at half time, {memory[-1] / 2**20:.0f} MB at the end")
    print(f"errors: {len(errors)}")
    return 1 if errors or grows else 0


def _memory(pid: int) -> int:
    """Resident bytes of a process and its descendants; 0 where /proc is not there."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    total = 0
    for member in family:
        try:
            total += int(Path(f"/proc/{member}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            continue
    return total


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/api/health")
            if json.loads(connection.getresponse().read())["status"] == "ok":
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        finally:
            connection.close()
    raise SystemExit("the service did not start")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--requests", type=int, default=500)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=max(1, min(4, os.cpu_count() or 1)))
    parser.add_argument("--short", action="store_true", help="60 requests: the form for CI")
    options = parser.parse_args()
    if options.short:
        options.requests = 60
    if not 1 <= options.requests <= 5_000 or not 1 <= options.clients <= 64:
        parser.error("at most 5000 requests from 64 clients: this is a bounded test")
    return options


if __name__ == "__main__":
    sys.exit(main())
