"""The limits within which the service works, in one frozen value."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class Settings:
    """`max_bytes` of one request's body; `timeout` seconds for one document, waiting for a worker included;
    `workers` processes, each ended after `tasks_per_worker` documents and kept within `memory` bytes of address
    space (0: no limit); `max_waiting` requests may wait for a worker, the next is told to come again.

    `hosts` are the names by which the service may be called (against DNS rebinding); empty: by any.
    """

    max_bytes: int = 20 * MEGABYTE
    timeout: float = 60.0
    body_timeout: float = 60.0
    workers: int = field(default_factory=lambda: max(1, min(4, os.cpu_count() or 1)))
    tasks_per_worker: int = 500
    memory: int = 2048 * MEGABYTE
    max_waiting: int = 32
    hosts: tuple[str, ...] = ()
    grammar: tuple[Path, ...] = ()


__all__ = ["MEGABYTE", "Settings"]
