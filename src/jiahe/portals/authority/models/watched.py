"""A month's watch of a card as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.portals.authority.models.sheet import name
from jiahe.scoring.models import CardVersion, Monitoring
from jiahe.scoring.monitoring import SCORE
from jiahe.scoring.watch import CALIBRATION, KS

NAMES = {
    SCORE: gettext_lazy("分数分布"),
    CALIBRATION: gettext_lazy("违约数偏离预期"),
    KS: gettext_lazy("区分力不足"),
}


@dataclass(frozen=True)
class Month:
    """`drift` names the characteristics with their PSI, the largest first."""

    row: Monitoring
    alarms: tuple[str, ...]
    attention: tuple[str, ...]
    drift: tuple[tuple[str, float], ...]

    @property
    def alarming(self) -> str:
        return _("、").join(self.alarms)

    @property
    def noticed(self) -> str:
        return _("、").join(self.attention)


def watched(version: CardVersion) -> list[Month]:
    """The newest first."""
    return [_month(row) for row in Monitoring.objects.filter(version=version).order_by("-month")]


def latest(version: CardVersion) -> Month | None:
    return next(iter(watched(version)), None)


def _month(row: Monitoring) -> Month:
    drift = sorted(row.drift.items(), key=lambda one: -one[1])
    return Month(row, _named(row.alarms), _named(row.attention), tuple((name(code), psi) for code, psi in drift))


def _named(codes: list[str]) -> tuple[str, ...]:
    return tuple(str(NAMES[code]) if code in NAMES else name(code) for code in codes)
