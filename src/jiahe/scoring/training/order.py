"""What is asked of a training, and the numbers it keeps to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jiahe.scoring.card import Direction, Scaling

FOLDS = 5
THREADS = 1
SCALING = Scaling(points=600, odds=20.0, pdo=40.0)
PERFORMANCE_MONTHS = 12
LATEST_SHARE = 0.2  # of the rows, by time, which a card is tested on and never made from


@dataclass(frozen=True)
class Order:
    """`monotone` says which way the points may move for columns that are no declared feature."""

    file: Path
    target: str
    identity: str
    time: str | None = None
    seed: int = 7
    scaling: Scaling = SCALING
    monotone: Mapping[str, Direction] = field(default_factory=dict)
