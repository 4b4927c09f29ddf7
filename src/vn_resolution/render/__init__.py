"""Shows a resolution: as Akoma Ntoso, and as an outline for a person."""

from __future__ import annotations
