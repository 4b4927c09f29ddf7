"""Puts the report on a corpus together: one page that fetches nothing and runs no script."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

from vn_resolution.corpus.plain import folded
from vn_resolution.corpus.report.charts import OTHERS, bar, chart, sample
from vn_resolution.corpus.series import Indicators, Measured, scale_of, shown_value
from vn_resolution.extract.concepts import concepts
from vn_resolution.model import Diagnostic
from vn_resolution.render.viewer_doubts import in_vietnamese
from vn_resolution.render.viewer_markup import digest, text, words_of
from vn_resolution.version import __version__

if TYPE_CHECKING:
    from vn_resolution.corpus.view import View

Language = Literal["vi", "en"]
_MOST_CHARTS: Final = 12
_MOST_BARS: Final = 12
_MOST_CITED: Final = 12
_MOST_FAILED: Final = 50
_MOST_VALUES: Final = 200
_SHADES: Final = 5
_SIGNS: Final = str.maketrans(",.", ".,")


def make_report(view: View, name: str, language: Language = "vi") -> str:
    """The page, to be written as UTF-8. The same documents give the same page."""
    return _Page(view, name, language).html()


class _Page:
    def __init__(self, view: View, name: str, language: Language) -> None:
        self._view = view
        self._name = name
        self._language = language
        self._at = ("vi", "en").index(language)
        self._stats = view.stats()
        self._counts = dict(self._stats["tables"].rows)

    def html(self) -> str:
        style = _asset("report.css")
        policy = f"default-src 'none'; style-src {digest(style)}; img-src data:; base-uri 'none'"
        sections = (
            self._coverage(),
            self._series(),
            self._understood(),
            self._kinds(),
            self._cited(),
            self._failed(),
        )
        return "".join(
            (
                f'<!DOCTYPE html>\n<html lang="{self._language}">\n<head>\n<meta charset="utf-8">\n',
                f'<meta http-equiv="Content-Security-Policy" content="{text(policy)}">\n',
                '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
                '<meta name="color-scheme" content="light dark">\n<meta name="generator" content="vn-resolution">\n',
                f'<title>{text(self._name)}</title>\n<link rel="icon" href="data:,">\n<style>{style}</style>\n',
                f"</head>\n<body>\n<main>\n<header><h1>{text(self._name)}</h1><p>{self._ui('about')}</p></header>\n",
                self._figures(),
                *(section for section in sections if section),
                self._footer(),
                "</main>\n</body>\n</html>\n",
            )
        )

    # -- words ------------------------------------------------------------------------------------------------

    def _ui(self, key: str) -> str:
        return self._word("ui", key)

    def _word(self, section: str, key: str) -> str:
        both = _words()[section].get(key)
        return text(both[self._at] if both else key)

    def _number(self, value: int) -> str:
        return self._said(f"{value:,}")

    def _said(self, number: str) -> str:
        """A number, written as English has it, with the signs of the page's language."""
        return number.translate(_SIGNS) if self._language == "vi" else number

    def _section(self, key: str, body: str) -> str:
        note = f'<p class="note">{self._ui(f"{key}_note")}</p>' if f"{key}_note" in _words()["ui"] else ""
        return f'<section id="{key}">\n<h2>{self._ui(key)}</h2>{note}\n{body}\n</section>\n'

    # -- sections ---------------------------------------------------------------------------------------------

    def _figures(self) -> str:
        years = [row["year"] for row in self._stats["years"] if row["year"]]
        provinces = sum(1 for row in self._stats["provinces"] if row["province"])
        failed = sum(row["documents"] for row in self._stats["quarantined"])
        figures = [
            (self._number(self._counts["documents"]), "documents"),
            (self._number(provinces), "provinces"),
            (f"{min(years)}–{max(years)}" if years else "–", "years"),
            *((self._number(self._counts[name]), name) for name in ("indicators", "tasks", "citations")),
            *([(self._number(failed), "quarantined")] if failed else []),
        ]
        items = "".join(f"<li><b>{value}</b>{self._ui(key)}</li>" for value, key in figures)
        return f'<ul class="figures">{items}</ul>\n'

    def _coverage(self) -> str:
        """A table of provinces and years, the darker the more documents."""
        counts: Counter[tuple[str | None, int | None]] = Counter()
        spelling: dict[str, str] = {}
        for row in self._view.rows("documents"):
            place = row["province"] or row["locality"]
            counts[_once(place, spelling), row["year"]] += 1
        years = sorted({year for _, year in counts if year})
        columns: list[int | None] = [*years]
        if any(year is None for _, year in counts):
            columns.append(None)
        gaps = {year for before, year in pairwise(years) if year > before + 1} | {None}
        sums = Counter[str | None]()
        for (place, _), count in counts.items():
            sums[place] += count
        most = max(counts.values(), default=1)
        head = "".join(f'<th scope="col"{_gap(year, gaps)}>{year or self._ui("unknown")}</th>' for year in columns)
        lines = []
        for place in sorted(sums, key=lambda p: (p is None, -sums[p], p or "")):
            cells = "".join(_heat(counts[place, year], most, _gap(year, gaps)) for year in columns)
            name = text(place) if place else self._ui("outside")
            lines.append(f'<tr><th scope="row">{name}</th><td class="sum">{self._number(sums[place])}</td>{cells}</tr>')
        return self._section(
            "coverage",
            '<div class="wide" tabindex="0"><table class="heat"><thead><tr><td class="sum"></td><td class="sum"></td>'
            f"{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>",
        )

    def _kinds(self) -> str:
        names = words_of("subject")
        subjects = [
            (names.get(row["subject"], [row["subject"]] * 2)[self._at], row["documents"])
            for row in self._stats["subjects"]
        ]
        kinds = [(row["kind"], row["documents"]) for row in self._stats["kinds"]]
        formats = [
            (self._word("format", row["format"]) if row["format"] else None, row["documents"])
            for row in self._stats["formats"]
        ]
        blocks = [
            f"<div><h3>{self._ui(key)}</h3>{self._bars(rows)}</div>"
            for key, rows in (("subject", subjects), ("kind", kinds), ("format", formats))
            if rows
        ]
        return self._section("kinds", f'<div class="cols">{"".join(blocks)}</div>')

    def _bars(self, rows: Sequence[tuple[str | None, int]]) -> str:
        most = max(count for _, count in rows)
        lines = [
            f'<div><span class="name">{text(name) if name else self._ui("unknown")}</span>'
            f'{bar(count / most)}<span class="n">{self._number(count)}</span></div>'
            for name, count in rows[:_MOST_BARS]
        ]
        return f'<div class="bars">{"".join(lines)}</div>'

    def _understood(self) -> str:
        lines = [
            f'<div><span class="name">{self._word("understood", row["what"])}</span>'
            f'{bar(row["percent"] / 100)}<span class="n">{row["percent"]:.0f} % '
            f"<small>{self._number(row['count'])}/{self._number(row['of'])}</small></span></div>"
            for row in self._stats["understood"]
            if row["of"]
        ]
        body = f'<div class="bars">{"".join(lines)}</div>'
        doubts = [row for row in self._stats["diagnostics"] if row["severity"] != "info"]
        doubts.sort(key=lambda row: -row["documents"])
        if doubts:
            rows = [(row["documents"], row["code"], self._doubt(row)) for row in doubts]
            heads = [(self._ui("documents"), "n"), (self._ui("code"), "k"), (self._ui("message"), "")]
            body += f'<h3 class="more">{self._ui("doubts")}</h3>{self._list(heads, rows)}'
        return self._section("understood", body)

    def _doubt(self, row: dict[str, Any]) -> str:
        doubt = Diagnostic(code=row["code"], severity=row["severity"], message=row["example"])
        return (in_vietnamese(doubt) if self._language == "vi" else None) or doubt.message

    def _series(self) -> str:
        found = self._view.indicators()
        chosen = _widespread(found)
        if not chosen:
            return ""
        ranked = Counter[str | None](r.province for own in chosen.values() for r in own.main if r.province)
        colours = {province: k for k, (province, _) in enumerate(_ranked(ranked)[:OTHERS])}
        more = len(ranked) > len(colours) or any(r.province is None for own in chosen.values() for r in own.main)
        names = [(k, text(province or "")) for province, k in colours.items()]
        if more:
            names.append((OTHERS, self._ui("others")))
        key = [f"<li>{sample('actual', k)}{province}</li>" for k, province in names]
        marks = [f"<li>{sample(kind)}{self._ui(kind)}</li>" for kind in ("actual", "target", "range", "bound")]
        labels = {concept.id: (concept.vi, concept.en) for concept in concepts()}
        charts = [
            self._chart(_capital(labels.get(concept, (concept, concept))[self._at]), own, colours)
            for concept, own in chosen.items()
        ]
        return self._section(
            "series",
            f'<ul class="key">{"".join(key)}</ul><ul class="key">{"".join(marks)}</ul>'
            f'<div class="charts">{"".join(charts)}</div>',
        )

    def _chart(self, label: str, own: Indicators, colours: dict[str | None, int]) -> str:
        main = own.main
        scale, unit = scale_of(main)
        change = {"increase": "+ ", "decrease": "- "}.get(main[0].change, "")
        left = sum(int(other.split()[0]) for other in own.others)
        small = f"{change}{self._word('unit', unit)}" + (f" · {left} {self._ui('left_out')}" if left else "")
        rows = [
            (r.province or "–", r.year or "–", self._said(shown_value(r, scale)), r.document)
            for r in main[:_MOST_VALUES]
        ]
        if len(main) > _MOST_VALUES:
            rows.append(("…", "", "", ""))
        heads = [
            (self._ui(key), kind) for key, kind in (("province", ""), ("year", "k"), ("value", "k"), ("document", ""))
        ]
        return (
            f"<figure><figcaption>{text(label)}<small>{small}</small></figcaption>"
            f"{chart(main, colours, scale, label, self._said)}"
            f"<details><summary>{self._ui('values')} ({len(main)})</summary>{self._list(heads, rows)}</details>"
            "</figure>"
        )

    def _cited(self) -> str:
        nodes = [node for node in self._view.graph().most_cited(_MOST_CITED) if node.cited]
        if not nodes:
            return ""
        inside = f" ({_words()['ui']['inside'][self._at]})"
        rows = [(node.cited, node.label + (inside if node.inside else "")) for node in nodes]
        return self._section("cited", self._list([(self._ui("cited_by"), "n"), (self._ui("document"), "")], rows))

    def _failed(self) -> str:
        failed = [row for row in self._view.rows("manifest") if row["reason"]]
        if not failed:
            return ""
        rows = [(row["document"], row["reason"], row["message"]) for row in failed[:_MOST_FAILED]]
        heads = [(self._ui("document"), ""), (self._ui("reason"), "k"), (self._ui("message"), "")]
        return self._section("failed", self._list(heads, rows))

    def _list(self, heads: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> str:
        head = "".join(f'<th scope="col" class="{kind}">{words}</th>' for words, kind in heads)
        lines = []
        for row in rows:
            cells = (f'<td class="{kind}">{text(str(cell))}</td>' for cell, (_, kind) in zip(row, heads, strict=True))
            lines.append(f"<tr>{''.join(cells)}</tr>")
        return f'<table class="list"><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table>'

    def _footer(self) -> str:
        manifest = Counter((row["parser_version"], row["grammar_sha256"][:12]) for row in self._view.rows("manifest"))
        made = ", ".join(f"{version}, {self._ui('grammar')} {grammar}" for version, grammar in sorted(manifest))
        return f"<footer>{self._ui('made')} {made or __version__}</footer>\n"


def _widespread(found: Indicators) -> dict[str, Indicators]:
    """The concepts to draw, those of most provinces first, each with its readings that have a year and a value."""
    by_concept: dict[str, list[Measured]] = {}
    for reading in found:
        if reading.concept and reading.year and reading.middle is not None:
            by_concept.setdefault(reading.concept, []).append(reading)
    own = {concept: Indicators(readings) for concept, readings in by_concept.items()}
    spread = {concept: len({r.province for r in one.main}) for concept, one in own.items()}
    order = sorted((c for c in own if len(own[c].main) > 1), key=lambda c: (-spread[c], -len(own[c].main), c))
    return {concept: own[concept] for concept in order[:_MOST_CHARTS]}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ranked(counts: Counter[str | None]) -> list[tuple[str | None, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))


def _heat(count: int, most: int, gap: str) -> str:
    """A cell, the darker the more documents; of half the most documents it is not yet half as dark."""
    if not count:
        return f"<td{gap}><span></span></td>"
    shade = 1 if most == 1 else 1 + round((_SHADES - 1) * ((count - 1) / (most - 1)) ** 0.5)
    return f'<td{gap}><span class="h{shade}">{count}</span></td>'


def _gap(year: int | None, gaps: set[int | None]) -> str:
    """Years without documents before this one, and what has no year, are set apart."""
    return ' class="gap"' if year in gaps else ""


def _once(place: str | None, spelling: dict[str, str]) -> str | None:
    return place and spelling.setdefault(folded(place), place)


@lru_cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_asset("words.toml"))


@lru_cache
def _asset(name: str) -> str:
    return files("vn_resolution.corpus.report").joinpath(name).read_text("utf-8")


__all__ = ["Language", "make_report"]
