"""A department that is asked: what its server answers with, and what it was asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FIRST, SECOND, THIRD = "91330100799655058B", "9144030071526726XG", "91440300192317458F"


@dataclass(frozen=True)
class Department:
    """What the server answers with, and what it was asked."""

    folder: Path
    url: str

    def holds(self, *rows: dict[str, object]) -> None:
        (self.folder / "rows.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    def answers(self, manner: str) -> None:
        (self.folder / "manner").write_text(manner)

    @property
    def requests(self) -> list[str]:
        log = self.folder / "requests"
        return log.read_text().splitlines() if log.exists() else []


def contract(uscc: str, number: str, *, name: str = "甲公司", price: object = "120.5") -> dict[str, object]:
    """A land contract as the department writes it: 合同号 is its own header."""
    return {"uscc": uscc, "企业名称": name, "合同号": number, "signed_on": "2026-01-31", "price": price}
