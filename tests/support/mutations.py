"""Damages texts as copying, scanning and editing do: `mutate(text, seed)` is the same for the same seed."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

_SLIPS = str.maketrans({"đ": "ð", "Đ": "Ð", "ề": "ê", "ơ": "o", "l": "1", "“": '"', "–": "-"})
_NOISE = "\u00a0\t\x0c~^|*_#—•·“”\"'()[]<>&;:.,-+=/\\0129aĐđ\ufeff\u200b\u0301\ufffd\x00"
_STRAY = (
    "Điều 1.", "1.", "a)", "đ)", "-", "+", "I.", "A.", "1.1.", "“", "”", "|", "| | |", "- 12 -", "7", "---",
    "Nơi nhận:", "QUYẾT NGHỊ:", "PHỤ LỤC", "Chương II", "Căn cứ Luật", "CHỦ TỊCH", "NGHỊ QUYẾT", "./.", "(Đã ký)",
    "**", "#",
)  # fmt: skip


def mutate(text: str, seed: int) -> str:
    """One to four damages, chosen by the seed."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(_DAMAGES)(text, chance)
    return text


def _delete_lines(text: str, chance: random.Random) -> str:
    share = chance.choice((0.02, 0.1, 0.4))
    return "\n".join(line for line in text.split("\n") if chance.random() > share)


def _repeat_lines(text: str, chance: random.Random) -> str:
    return "\n".join(line for one in text.split("\n") for line in [one] * (2 if chance.random() < 0.05 else 1))


def _cut(text: str, chance: random.Random) -> str:
    start, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    return chance.choice((text[:end], text[start:], text[start:end]))


def _swap_blocks(text: str, chance: random.Random) -> str:
    blocks = text.split("\n\n")
    for _ in range(chance.randint(1, 5)):
        i, j = chance.randrange(len(blocks)), chance.randrange(len(blocks))
        blocks[i], blocks[j] = blocks[j], blocks[i]
    return "\n\n".join(blocks)


def _shuffle_lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def _noise(text: str, chance: random.Random) -> str:
    chars = list(text)
    for _ in range(chance.randint(1, max(1, len(chars) // 40))):
        at = chance.randrange(len(chars) + 1)
        chars[at : at + chance.randint(0, 1)] = chance.choice(_NOISE)
    return "".join(chars)


def _stray_lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 12)):
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(_STRAY))
    return "\n".join(lines)


def _stray_words(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(text) + 1)
        text = f"{text[:at]} {chance.choice(_STRAY)} {text[at:]}"
    return text


def _join_lines(text: str, chance: random.Random) -> str:
    share = chance.choice((0.05, 0.3, 1.0))
    return "".join(" " if char == "\n" and chance.random() < share else char for char in text)


def _break_lines(text: str, chance: random.Random) -> str:
    share = chance.choice((0.02, 0.2))
    return "".join("\n" if char == " " and chance.random() < share else char for char in text)


def _slips(text: str, chance: random.Random) -> str:
    share = chance.choice((0.02, 0.3))
    return "".join(char.translate(_SLIPS) if chance.random() < share else char for char in text)


def _case(text: str, chance: random.Random) -> str:
    return chance.choice((str.upper, str.lower, str.swapcase))(text)


def _decompose(text: str, chance: random.Random) -> str:
    return "".join(
        unicodedata.normalize(chance.choice(("NFC", "NFD")), word) for word in text.split(" ") for word in (word, " ")
    )


def _without_marks(text: str, _: random.Random) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _twice(text: str, _: random.Random) -> str:
    return text + "\n\n" + text


_DAMAGES: tuple[Callable[[str, random.Random], str], ...] = (
    _delete_lines, _repeat_lines, _cut, _swap_blocks, _shuffle_lines, _noise, _stray_lines, _stray_words, _join_lines,
    _break_lines, _slips, _case, _decompose, _without_marks, _twice,
)  # fmt: skip
