"""What a question to a corpus is answered with: named columns and rows, for programs, for notebooks and for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any, Final, overload

_SHOWN: Final = 20
_WIDEST: Final = 60


class Answer(Sequence[dict[str, Any]]):
    """Rows as dictionaries, in order: what `pandas.DataFrame(answer)` and `json.dumps(list(answer))` take.

    >>> answer = Answer(("province", "n"), [("Hà Nam", 3), ("Sơn La", None)])
    >>> answer[0], len(answer), answer.columns
    ({'province': 'Hà Nam', 'n': 3}, 2, ('province', 'n'))
    >>> answer
    province  n
    Hà Nam    3
    Sơn La
    """

    def __init__(self, columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> None:
        self.columns = tuple(columns)
        self.rows = tuple(tuple(row) for row in rows)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Answer: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | Answer:
        if isinstance(index, slice):
            return Answer(self.columns, self.rows[index])
        return dict(zip(self.columns, self.rows[index], strict=True))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def __len__(self) -> int:
        return len(self.rows)

    def to_text(self, most: int | None = None, width: int | None = None) -> str:
        """Aligned columns for a terminal, long cells cut: the first `most` rows, in lines of at most `width`."""
        shown = self.rows if most is None else self.rows[:most]
        right = [self._is_number(k) for k in range(len(self.columns))]
        cells = [self.columns, *([shown_cell(cell) for cell in row] for row in shown)]
        cut = [[cell if len(cell) <= _WIDEST else cell[: _WIDEST - 1] + "…" for cell in row] for row in cells]
        widths = [max(len(row[k]) for row in cut) for k in range(len(self.columns))]
        lines = []
        for row in cut:
            aligned = (
                cell.rjust(size) if number else cell.ljust(size)
                for cell, size, number in zip(row, widths, right, strict=True)
            )
            line = "  ".join(aligned).rstrip()
            lines.append(line if width is None or len(line) <= width else line[: width - 1] + "…")
        if len(shown) < len(self.rows):
            lines.append(f"… and {len(self.rows) - len(shown)} more")
        return "\n".join(lines)

    def _is_number(self, column: int) -> bool:
        values = [row[column] for row in self.rows if row[column] is not None]
        return bool(values) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)

    def __repr__(self) -> str:
        return self.to_text(_SHOWN)

    def _repr_html_(self) -> str:
        """What a notebook shows of it."""
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(shown_cell(cell))}</td>" for cell in row) + "</tr>"
            for row in self.rows[:_SHOWN]
        )
        rest = f"<p>… and {len(self) - _SHOWN} more</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def shown_cell(value: Any) -> str:
    """A value in a cell for people, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.10g}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, tuple | list):
        return "; ".join(shown_cell(one) for one in value)
    return " ".join(str(value).split())


__all__ = ["Answer", "shown_cell"]
