"""What a document consists of, for any form it is given: plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]


def section(title: str, blocks: Iterable[Block]) -> Block:
    return {"title": title, "blocks": list(blocks)}


def text(words: str) -> Block:
    return {"kind": "text", "text": words}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> Block:
    """The first `words` columns are words, the others numbers."""
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows], "words": words}


def plot(svg: str, caption: str, name: str) -> Block:
    return {"kind": "plot", "svg": svg, "caption": caption, "file": f"{name}.svg"}


def beside(title: str, note: str, left: Block, right: Block) -> Block:
    """A table and its plot, kept together."""
    return {"kind": "beside", "title": title, "note": note, "table": left, "plot": right}


def whole(number: float) -> str:
    return f"{number:,.0f}"


def share(number: float) -> str:
    return f"{number * 100:.1f} %"
