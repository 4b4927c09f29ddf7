"""The web tests need the extra; without it they are skipped, and say so."""

from __future__ import annotations

import pytest

for _package in ("fastapi", "uvicorn", "python_multipart", "httpx2"):
    pytest.importorskip(_package, reason="needs the extra: pip install 'vn-resolution[web]' httpx2")
