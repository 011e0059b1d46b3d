"""What a score card consists of. Plain data: no Django, no library of training."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any

SCHEMA = "jiahe-card/1"
BANDS = 5


class Direction(StrEnum):
    """How the points were declared to move when the value grows."""

    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True)
class Bin:
    """The values under `below` that no earlier bin took; None is without end (and, of the missing bin, without meaning).

    `woe` is the natural logarithm of (share of the sound ÷ share of the defaulted), as in training.
    """

    below: float | None
    points: int
    woe: float
    records: int
    defaults: int


@dataclass(frozen=True)
class Characteristic:
    """One feature on the card; `average` is the mean of its points over the enterprises the card was made from."""

    code: str
    direction: Direction | None
    weight: float
    average: float
    bins: tuple[Bin, ...]
    missing: Bin


@dataclass(frozen=True)
class Scaling:
    """At `points` the odds of staying sound are `odds` to 1; every `pdo` points more double them."""

    points: int
    odds: float
    pdo: float


@dataclass(frozen=True)
class Logistic:
    """Probability of default = 1 ÷ (1 + exp(−(slope · score + intercept)))."""

    slope: float
    intercept: float


@dataclass(frozen=True)
class Steps:
    """`probabilities[i]` holds from `scores[i - 1]` on, the first one below all of `scores`."""

    scores: tuple[int, ...]
    probabilities: tuple[float, ...]


Calibration = Logistic | Steps


@dataclass(frozen=True)
class Share:
    """A part of the enterprises of training, by score: up to and with `upto` (None: the rest), how many, how many defaulted."""

    upto: int | None
    records: int
    defaults: int


@dataclass(frozen=True)
class Origin:
    """What the card was made from: the same again gives the same card, byte for byte. Days are ISO dates."""

    data_sha256: str
    rows: int
    defaults: int
    target: str
    seed: int
    lock_sha256: str
    threads: int
    observed_from: str | None
    observed_to: str | None


@dataclass(frozen=True)
class Card:
    """`bands` are four falling scores: at or above the first is band 1 (第 1 档, the soundest), below the last band 5."""

    base: int
    scaling: Scaling
    characteristics: tuple[Characteristic, ...]
    calibration: Calibration
    bands: tuple[int, ...]
    distribution: tuple[Share, ...]
    origin: Origin

    @property
    def codes(self) -> tuple[str, ...]:
        """The features that the card reads."""
        return tuple(one.code for one in self.characteristics)

    @cached_property
    def digest(self) -> str:
        """What the card is known by: SHA-256 of its canonical JSON."""
        canonical = json.dumps(
            self.document(), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
        )
        return sha256(canonical.encode()).hexdigest()

    def document(self) -> dict[str, Any]:
        """The card as JSON has it, keys in the order of the fields."""
        return {"schema": SCHEMA} | asdict(self)
