"""A card as a page shows it: characteristics with their bins in words, the figures of training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jiahe.scoring import features
from jiahe.scoring.card import Bin, Card, Characteristic
from jiahe.scoring.features.model import Unit
from jiahe.web.formats import grouped

# The word beside a number of a unit.
WORDS = {
    Unit.FEN: _("万元"),
    Unit.HUNDREDTHS: "%",
    Unit.MONTHS: _("个月"),
    Unit.TIMES: _("次"),
    Unit.PEOPLE: _("人"),
    Unit.HOUSEHOLDS: _("家"),
    Unit.POINTS: _("分"),
}
PLACES = 4


@dataclass(frozen=True)
class BinLine:
    """`share` of the enterprises of training lay in it, `defaulted` of those defaulted; both parts of 1."""

    range: str
    points: int
    records: int
    share: float
    defaulted: float


@dataclass(frozen=True)
class CharacteristicLine:
    code: str
    name: str
    unit: str
    lowest: int
    highest: int
    bins: tuple[BinLine, ...]

    @property
    def span(self) -> int:
        """How much it can move a score."""
        return self.highest - self.lowest


def lines(card: Card) -> list[CharacteristicLine]:
    """The one that moves a score most is first."""
    return sorted((_line(one) for one in card.characteristics), key=lambda line: -line.span)


def name(code: str) -> str:
    """The feature in the reader's language; a code that the platform does not know is its own name."""
    found = features.every().get(code)
    return found.name.en if found and get_language() == "en" else found.name.zh if found else code


def _line(one: Characteristic) -> CharacteristicLine:
    unit = getattr(features.every().get(one.code), "unit", Unit.HUNDREDTHS if one.code in features.every() else None)
    divisor, word = (unit.scale, WORDS.get(unit, "")) if unit else (1, "")
    bounds = [_bound(found.below, divisor) for found in one.bins if found.below is not None]
    ranges = [*_ranges(bounds), gettext("不详")]
    every = (*one.bins, one.missing)
    total = sum(found.records for found in every)
    told = tuple(_bin(text, found, total) for text, found in zip(ranges, every, strict=True))
    points = [one.points for one in every]
    return CharacteristicLine(one.code, name(one.code), str(word), min(points), max(points), told)


def _bound(value: float, divisor: int) -> str:
    return grouped(Decimal(str(value)) / divisor, PLACES)


def _ranges(bounds: list[str]) -> list[str]:
    if not bounds:
        return [gettext("任何值")]
    between = [f"{low} – {high}" for low, high in pairwise(bounds)]
    return [f"< {bounds[0]}", *between, f"≥ {bounds[-1]}"]


def _bin(text: str, one: Bin, total: int) -> BinLine:
    share = one.records / total if total else 0.0
    return BinLine(text, one.points, one.records, share, one.defaults / one.records if one.records else 0.0)


# Where the figures of a training are found in what it printed, and what they are called.
FIGURES: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("cv", "auc"), _("交叉验证 AUC")),
    (("cv", "ks"), _("交叉验证 KS")),
    (("challenger", "auc"), _("对照模型 AUC")),
    (("out_of_time", "auc"), _("时间外 AUC")),
    (("psi",), _("训练 PSI")),
)


def figures(known: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """Label and value of those that the training printed."""
    found = [(str(label), _at(known or {}, path)) for path, label in FIGURES]
    return [(label, f"{value:.3f}") for label, value in found if isinstance(value, int | float)]


def _at(known: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = known
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value
