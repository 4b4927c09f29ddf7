"""What tells one resolution from every other, its council, number and year, and how two of these compare."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from vn_resolution.corpus.misprints import may_be_misprint

_LEADING: Final = re.compile(r"\s*(\d+)")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNCIL: Final = "hoi dong nhan dan"
_FULL_DATE: Final = len("2024-12-10")


class Identity(NamedTuple):
    """As far as it is known: the `council` by its name without accents and, for that of a province, by its `code`; the
    figures of the `number` and whether a year stands in it (`dated`: such numbers are counted apart); the `year`; the
    full dates of issue and adoption."""

    council: str | None
    code: str | None
    number: int | None
    dated: bool | None
    year: int | None
    issued: str | None = None
    adopted: str | None = None

    @property
    def known(self) -> bool:
        """Whether it is known whole, so that an equal one is of the same resolution."""
        return self.council is not None and self.number is not None and self.year is not None


def identity_of(
    issuer: str | None,
    province_code: str | None,
    number: str | None,
    year: int | None,
    issued: str | None = None,
    adopted: str | None = None,
) -> Identity:
    """The identity in the columns of the table `documents`.

    >>> identity_of("Hội đồng nhân dân tỉnh Hoà Bình", "VN-14", "31/2024/NQ-HĐND", 2024)[:5]
    ('tinh hoa binh', 'VN-14', 31, True, 2024)
    >>> identity_of("Hội đồng nhân dân", None, None, 2024).known
    False
    """
    found = _LEADING.match(number or "")
    in_number = _YEAR.search(number[found.end() :]) if number and found else None
    return Identity(
        _plain(issuer).removeprefix(_COUNCIL).strip() or None if issuer else None,
        province_code,
        int(found[1]) if found else None,
        in_number is not None if found else None,
        int(in_number[0]) if in_number else year,
        issued if issued and len(issued) == _FULL_DATE else None,
        adopted if adopted and len(adopted) == _FULL_DATE else None,
    )


def same(one: Identity, other: Identity) -> bool:
    """Whether both are known whole and of one resolution: number and year are of one council only once."""
    councils = one.code == other.code if one.code and other.code else one.council == other.council
    numbers = (one.number, one.dated, one.year) == (other.number, other.dated, other.year)
    return one.known and other.known and councils and numbers


def contradict(one: Identity, other: Identity) -> bool:
    """Whether what is known of the two cannot be of one resolution, unless a figure of a number was lost or doubled.

    >>> one = identity_of("Hội đồng nhân dân tỉnh Hà Nam", "VN-63", "31/NQ-HĐND", 2024)
    >>> contradict(one, identity_of("Hội đồng nhân dân tỉnh Hà Nội", None, "31/NQ-HĐND", 2024))
    True
    >>> contradict(one, identity_of("Hội đồng nhân dân tỉnh Hà Nan", None, "3/NQ-HĐND", None))
    False
    >>> contradict(one, identity_of("Hội đồng nhân dân tỉnh Hà Nam", "VN-63", "32/NQ-HĐND", 2024))
    True
    """
    if _differ(one.year, other.year) or _differ(one.dated, other.dated):
        return True
    if one.number is None or one.number != other.number:
        if one.number is not None and other.number is not None and not _lost(str(one.number), str(other.number)):
            return True
        if _differ(one.issued, other.issued) or _differ(one.adopted, other.adopted):
            return True
    if one.code and other.code:
        return one.code != other.code
    if one.council is None or other.council is None or _alike(one.council, other.council):
        return False
    # A province beside a name that no province has: that may be misread in a word of two letters, too ("Hà Nm").
    return not (one.code or other.code) or not may_be_misprint(one.council, other.council)


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _lost(one: str, other: str) -> bool:
    """Whether one number is the other without one of its figures."""
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:k] + long[k + 1 :] == short for k in range(len(long)))


def _alike(one: str, other: str) -> bool:
    """Whether two names of councils may be one: word by word the same but for misprints, as far as both go (the term
    of the council may have been read as a part of its name)."""
    mine, its = one.split(), other.split()
    return min(len(mine), len(its)) > 1 and all(map(may_be_misprint, mine, its))


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d").replace("ð", "d"))
    return " ".join("".join(char for char in letters if not unicodedata.combining(char)).split())


__all__ = ["Identity", "contradict", "identity_of", "same"]
