"""The score card: bins with whole points, for one enterprise (`score`) and for all (`scored`), as JSON and back."""

from jiahe.scoring.card.applying import Values, band, points, probability, reasons, score
from jiahe.scoring.card.columns import POINTS, expressions, scored
from jiahe.scoring.card.model import (
    Bin,
    Calibration,
    Card,
    Characteristic,
    Direction,
    Logistic,
    Origin,
    Scaling,
    Share,
    Steps,
)
from jiahe.scoring.card.stored import dumps, loads

__all__ = [
    "POINTS",
    "Bin",
    "Calibration",
    "Card",
    "Characteristic",
    "Direction",
    "Logistic",
    "Origin",
    "Scaling",
    "Share",
    "Steps",
    "Values",
    "band",
    "dumps",
    "expressions",
    "loads",
    "points",
    "probability",
    "reasons",
    "score",
    "scored",
]
