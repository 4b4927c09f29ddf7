"""Reads the number suite with this library and with Duckling's Vietnamese rules, and prints how much each gets right.

    python benchmarks/numbers_peer.py [--show]

Needs `pip install pyduckling-native-phihos` (Linux, x86_64); with `pip install babel` the figures alone are also read
by Babel's `parse_decimal(locale="vi")`. Every string of tests/extract/data/quantities.tsv counts once: its values, its
comparators and its units are right or not. Of Duckling is asked only what it can express: an open interval counts for
"at least" and "more than" alike, an approximate value for an exact one.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "tests")]

from extract.number_suites import QuantityValue, expected_quantities, read_quantities, suite  # noqa: E402
from vn_resolution.extract.numbers import parse_number  # noqa: E402
from vn_resolution.grammar import load_grammar  # noqa: E402

Reading = tuple[str, Decimal | None, Decimal | None, str]
"""Comparator, low, high, unit."""

DIMENSIONS = ["amount-of-money", "number", "quantity", "distance", "duration", "volume"]
ZONEINFO = "/usr/share/zoneinfo"
UNITS = {
    "kilometre": "km", "metre": "m", "centimetre": "cm", "millimetre": "mm", "gram": "g", "kilogram": "kg",
    "litre": "lít", "day": "ngày", "month": "tháng", "year": "năm", "hour": "giờ", "minute": "phút", "week": "tuần",
}  # fmt: skip
ASPECTS = ("values", "comparators", "units", "everything")


def duckling_reader() -> Callable[[str], list[Reading]]:
    """A function that reads a string with Duckling. Raises ImportError where it is not installed."""
    import duckling as dk

    zones = dk.load_time_zones(ZONEINFO)
    locale = dk.parse_locale("VI", dk.default_locale_lang(dk.parse_lang("VI")))
    context = dk.Context(dk.parse_ref_time(zones, "Asia/Ho_Chi_Minh", 1_700_000_000), locale)
    dimensions = dk.parse_dimensions(DIMENSIONS)

    def read(text: str) -> list[Reading]:
        found = [r for r in dk.parse(text, context, dimensions, False) if not r.get("latent")]
        measured = [r for r in found if r["dim"] != "number"]
        spans = [(r["start"], r["end"]) for r in measured]
        bare = [r for r in found if r["dim"] == "number" and not _within(r, spans)]
        return [_reading(r["value"]) for r in sorted([*measured, *bare], key=lambda r: int(r["start"]))]

    return read


def _within(result: dict[str, Any], spans: list[tuple[int, int]]) -> bool:
    return any(start < result["end"] and result["start"] < end for start, end in spans)


def _reading(value: dict[str, Any]) -> Reading:
    """What a value of Duckling's says."""
    if value["type"] == "interval":
        low, high = value.get("from"), value.get("to")
        op = "range" if low and high else "ge" if low else "le"
        unit = (high or low or {}).get("unit")
        return op, _decimal(low), _decimal(high), _unit(unit)
    return "eq", _decimal(value), _decimal(value), _unit(value.get("unit"))


def _decimal(side: dict[str, Any] | None) -> Decimal | None:
    return Decimal(repr(side["value"])) if side else None


def _unit(unit: str | None) -> str:
    return UNITS.get(unit or "", unit or "")


def own_reader() -> Callable[[str], list[Reading]]:
    grammar = load_grammar()
    return lambda text: [value[:4] for value in read_quantities(text, grammar)]


def judge(expected: list[QuantityValue], found: list[Reading], lenient: bool) -> dict[str, bool]:
    """Whether values, comparators, units and all of it are right. Where nothing is expected, a number with a unit is
    wrong; a bare number is not, for the reader does not claim that it measures anything."""
    if not expected:
        none = not [value for value in found if value[3] not in ("", "unknown")]
        return dict.fromkeys(ASPECTS, none)
    if len(found) != len(expected):
        found = _best(expected, found)
    right = {
        "values": [_values(e) for e in expected] == [_values(f) for f in found],
        "comparators": [_op(e[0], lenient) for e in expected] == [_op(f[0], lenient) for f in found],
        "units": [e[3] for e in expected] == [f[3] for f in found],
    }
    return {**right, "everything": all(right.values())}


def _best(expected: list[QuantityValue], found: list[Reading]) -> list[Reading]:
    """Of too many readings those with an expected value; superfluous ones are forgiven."""
    wanted = {_values(value) for value in expected}
    return [value for value in found if _values(value) in wanted]


def _values(value: Reading | QuantityValue) -> frozenset[Decimal | None]:
    return frozenset({value[1], value[2]} - {None})


def _op(op: str, lenient: bool) -> str:
    return {"gt": "ge", "lt": "le", "approx": "eq"}.get(op, op) if lenient else op


def babel_agrees() -> tuple[int, int] | None:
    """(figures that Babel reads as this library does, figures that Babel accepts) among those of the suite."""
    try:
        from babel.numbers import NumberFormatError, parse_decimal
    except ImportError:
        return None
    figures = {f for text, _ in suite("quantities") for f in re.findall(r"\d+(?:[.,]\d+)*", text)}
    same = accepted = 0
    for figure in figures:
        try:
            value = parse_decimal(figure, locale="vi", strict=True)
        except (NumberFormatError, InvalidOperation):
            continue
        accepted += 1
        parsed = parse_number(figure)
        same += parsed is not None and parsed[0] == value
    return same, accepted


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--show", action="store_true", help="print every string that a reader gets wrong")
    show = options.parse_args().show
    readers: dict[str, tuple[Callable[[str], list[Reading]], bool]] = {"vn-resolution": (own_reader(), False)}
    try:
        readers["duckling"] = (duckling_reader(), True)
    except ImportError as error:
        print(f"Duckling is left out: {error}; pip install pyduckling-native-phihos", file=sys.stderr)
    cases = [(text, expected_quantities(cell)) for text, cell in suite("quantities")]
    nothing = sum(not expected for _, expected in cases)
    print(f"{len(cases)} strings, {nothing} of them without any quantity")
    print(f"{'':14}" + "".join(f"{aspect:>14}" for aspect in ASPECTS) + f"{'false alarms':>14}{'µs a string':>14}")
    for name, (read, lenient) in readers.items():
        started = time.perf_counter()
        results = [read(text) for text, _ in cases]
        micros = (time.perf_counter() - started) / len(cases) * 1e6
        tally: Counter[str] = Counter()
        alarms = 0
        for (text, expected), found in zip(cases, results, strict=True):
            right = judge(expected, found, lenient)
            tally.update(aspect for aspect in ASPECTS if right[aspect])
            alarms += not expected and not right["everything"]
            if show and not right["everything"]:
                print(f"  {name}: {text!r}: {found}")
        shares = "".join(f"{tally[aspect] / len(cases):>14.1%}" for aspect in ASPECTS)
        print(f"{name:14}{shares}{alarms / nothing:>14.1%}{micros:>14.0f}")
    babel = babel_agrees()
    if babel:
        print(f"Babel (vi) accepts {babel[1]} of the figures alone and reads {babel[0]} of them as this library does")
    return 0


if __name__ == "__main__":
    sys.exit(main())
