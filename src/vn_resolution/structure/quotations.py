"""Finds where the quoted new wording of an amendment ends, in one pass over the blocks."""

from __future__ import annotations

from vn_resolution.structure.blocks import Block

CLOSING_QUOTES = '”"»’'


class Quotations:
    """Where the quotations of a stretch of blocks end, found in one pass.

    `closed_at[k]`: the first block from k on at which every quotation mark opened since k is closed, -1 where there is
    none; `next_closing[k]`: the first block from k on that ends in a closing mark.
    """

    def __init__(self, blocks: list[Block]) -> None:
        count = len(blocks)
        depth = 0
        depths = [0]
        for block in blocks:
            depth += _quote_balance(block)
            depths.append(depth)
        self.closed_at = [-1] * count
        self.next_closing = [-1] * count
        waiting: list[int] = []  # blocks whose quotation is open; the depths before them rise
        for j in range(count):
            waiting.append(j)
            while waiting and depths[j + 1] <= depths[waiting[-1]]:
                self.closed_at[waiting.pop()] = j
        closing = -1
        for j in range(count - 1, -1, -1):
            block = blocks[j]
            if block.table < 0 and block.text.rstrip(" .;,/")[-1:] in CLOSING_QUOTES:
                closing = j
            self.next_closing[j] = closing


def _quote_balance(block: Block) -> int:
    """How many quotation marks a block opens more than it closes; a straight mark that has no partner opens at the
    start of a block and closes at its end."""
    if block.table >= 0:
        return 0
    text = block.text
    balance = text.count("“") - text.count("”")
    if text.count('"') % 2:
        if text[0] == '"':
            balance += 1
        elif text.rstrip(" .;,/")[-1:] == '"':
            balance -= 1
    return balance
