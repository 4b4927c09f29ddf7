"""Makes corpora of any size: each resolution is a sample or a shared text with another province, other numbers, dates,
figures and names, as the same office would have drafted it; and noisy copies of a text, as scanners make them."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from support.texts import ROOT, SHARED, sample_paths, text_of

_LABEL: Final = re.compile(
    r"(?im)(^[\s>#*_-]*(?:\d+(?:\.\d+)*[.)/]|\([0-9]+\)|[a-zđ][.)])|(?:điều|khoản|điểm|mục|chương|phần|tiết|phụ lục"
    r"|biểu)(?:\s|_)+[0-9IVX.]+)"
)
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NAME: Final = re.compile(r"(?:(?<=[ôÔ]ng )|(?<=[bB]à ))[A-ZĐ]\w+(?: [A-ZĐ]\w+){1,3}")
_FAMILY: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
_MIDDLE: Final = ("Văn", "Thị", "Hữu", "Đức", "Minh", "Thanh", "Quốc", "Ngọc", "Xuân", "Kim")
_GIVEN: Final = ("An", "Bình", "Cường", "Dung", "Hà", "Hải", "Hùng", "Lan", "Long", "Mai", "Nam", "Sơn", "Thảo", "Yến")
_NUMBERED: Final = re.compile(r"(?i)(?<!\w)(số[\s_:]*)\d+(?=/)")
_MOST: Final = 100_000
_MISREAD: Final = "á=à à=a ả=ã ấ=â ầ=â ề=ê ế=ê ệ=ê ộ=ô ố=ô ơ=o ư=u đ=d i=l l=1 0=O 5=S m=rn n=u h=b c=e ạ=a g=q"
_CONFUSED: Final = dict(pair.split("=") for pair in _MISREAD.split())
"""What scanners read in place of a letter."""


class Template(NamedTuple):
    """A text to vary, and the ending of its file."""

    name: str
    text: str
    suffix: str


@cache
def templates(shared: bool = True) -> tuple[Template, ...]:
    """The samples and, where they stand, the shared resolutions of up to 100 KB."""
    folder = SHARED / "corpus" / "resolutions"
    others = sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md")) if shared and folder.is_dir() else []
    found = [Template(path.stem, text_of(path), path.suffix) for path in (*sample_paths(), *others)]
    return tuple(template for template in found if len(template.text) <= _MOST)


@cache
def provinces() -> tuple[str, ...]:
    """The names of the provincial units."""
    units = tomllib.loads((ROOT / "grammars" / "provinces.toml").read_text("utf-8"))["unit"]
    return tuple(dict.fromkeys(unit["name"] for unit in units))


def resolution(
    template: Template,
    seed: int,
    province: str | None = None,
    years: int | None = None,
    change: float = 1.0,
    number: int | None = None,
) -> str:
    """Another resolution on the pattern of the template: the same for the same seed. Labels stay, so that its
    structure is the template's; figures, years and persons are others. `province`: whose council it is; `years`: by how
    many the years are moved; `change`: the share of figures and persons that are others; `number`: what stands behind
    "Số" in its header."""
    chance = random.Random(f"{template.name} {seed}")
    moved = chance.choice((-7, -5, -4, -3, -2, -1, 1, 2, 3)) if years is None else years
    text = _NAME.sub(lambda match: _person(chance) if chance.random() < change else match[0], template.text)
    text = _moved_to(text, province or chance.choice(provinces()))
    parts = _LABEL.split(text)
    for k in range(0, len(parts), 2):
        parts[k] = _NUMBER.sub(lambda match: _another(match[0], chance, moved, change), parts[k])
    text = "".join(parts)
    return text if number is None else _NUMBERED.sub(rf"\g<1>{number:02}", text, count=1)


def scanned(text: str, rate: float, seed: int) -> str:
    """A copy with this share of its letters misread, dropped or doubled, and the lines and page numbers of a scan."""
    chance = random.Random(seed)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if len(line) + len(word) > 76:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    for place in range(len(lines) // 42 * 42, 0, -42):
        lines.insert(place, f"- {place // 42} -")
    return "".join(_misread(char, rate, chance) for char in "\n".join(lines))


def write_corpus(folder: Path, count: int, seed: int = 0, shared: bool = True) -> int:
    """Writes `count` resolutions below the folder, 500 in each of its folders; returns their bytes."""
    size = 0
    for k in range(count):
        template = _chosen(templates(shared), seed, k)
        place = folder / f"{k // 500:03}"
        place.mkdir(parents=True, exist_ok=True)
        # As in an archive, hardly a number is given twice by a council in a year.
        data = resolution(template, seed * 10_000_000 + k, number=k % 997 + 1).encode("utf-8")
        (place / f"nq-{k:06}{template.suffix}").write_bytes(data)
        size += len(data)
    return size


def _chosen(from_: Sequence[Template], seed: int, k: int) -> Template:
    return from_[random.Random(f"{seed} {k}").randrange(len(from_))]


def _person(chance: random.Random) -> str:
    return " ".join(map(chance.choice, (_FAMILY, _MIDDLE, _GIVEN)))


def _moved_to(text: str, province: str) -> str:
    """The province that the text names first becomes another, wherever it stands."""
    found = re.search(r"(?i)nhân dân\s+(?:tỉnh|thành phố)\s+((?:[^\W\d_]+[ \t]?){1,4})", text)
    old = next((name for name in provinces() if found and found[1].casefold().startswith(name.casefold())), None)
    if old is None:
        return text
    return text.replace(old, province).replace(old.upper(), province.upper())


def _another(number: str, chance: random.Random, years: int, change: float) -> str:
    if _YEAR.fullmatch(number):
        return str(int(number) + years)
    if chance.random() >= change:
        return number
    if len(number) == 1:
        return str(chance.randint(1, 9))
    if len(number) == 2:  # a day stays a day, a month a month
        low, high = (1, 12) if int(number) <= 12 else (13, 28) if int(number) < 32 else (13, 99)
        return f"{chance.randint(low, high):02}"
    digits = iter([str(chance.randint(1, 9)), *(str(chance.randint(0, 9)) for _ in number[1:])])
    return "".join(next(digits) if char.isdigit() else char for char in number)


def _misread(char: str, rate: float, chance: random.Random) -> str:
    if char.isspace() or chance.random() >= rate:
        return char
    return chance.choice((_CONFUSED.get(char, char), _CONFUSED.get(char, ""), "", char * 2, "."))


__all__ = ["Template", "provinces", "resolution", "scanned", "templates", "write_corpus"]
