"""Puts the garbage collector off while a document is worked on: what a parse makes goes when the last name for it goes,
and the collector's passes over a growing tree find nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """No collection inside; where it is off already it stays so."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
