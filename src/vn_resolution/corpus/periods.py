"""Says of a period in words which years or months it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from vn_resolution.extract.dates import find_dates

_YEAR: Final = re.compile(r"\d{4}")


@lru_cache(maxsize=4096)
def year_of(period: str | None) -> str | None:
    """The years, or months, that a period names: "2022", "2021–2025", "2018-01–2018-06"; None where it names none.

    >>> year_of("đến năm 2025"), year_of("5 năm 2021 - 2025"), year_of("6 tháng đầu năm 2018"), year_of("2025")
    ('2025', '2021–2025', '2018-01–2018-06', '2025')
    """
    if not period:
        return None
    if _YEAR.fullmatch(period):
        return period
    dates = [date for date in find_dates(period) if date.date]
    if not dates:
        return None
    first = dates[0]
    return f"{first.date}–{first.end}" if first.end else first.date


__all__ = ["year_of"]
