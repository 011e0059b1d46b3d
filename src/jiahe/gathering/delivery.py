"""What somebody asks to be gathered."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from jiahe.catalogue import Category
from jiahe.gathering.models import LoadMode, Outside


@dataclass(frozen=True)
class Delivery:
    """Files of one category from one source.

    `scope` narrows what a full load stands for to the records whose item has one value. `history` says that
    the records are back-loaded, and were known on their business date plus the usual delay. `outside` says whose
    the source is where it is no department's.
    """

    category: Category
    files: list[Path]
    source: str
    mode: LoadMode = LoadMode.CHANGES
    scope: tuple[str, str] | None = None
    allow_withdrawals: bool = False
    history: bool = False
    aliases: dict[str, str] = field(default_factory=dict)
    outside: Outside | None = None

    @property
    def label(self) -> str:
        return ", ".join(f.name for f in self.files)[:500]
