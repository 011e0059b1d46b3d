"""An indicator's name, values and bands as people read them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.catalogue import names
from jiahe.scoring.features.model import Unit
from jiahe.scoring.points.measures import as_read, measures
from jiahe.scoring.points.system import Indicator

UNITS: dict[Unit, str | Promise] = {
    Unit.FEN: gettext_lazy("万元"),
    Unit.HUNDREDTHS: "%",
    Unit.MONTHS: gettext_lazy("个月"),
    Unit.TIMES: gettext_lazy("次"),
    Unit.PEOPLE: gettext_lazy("人"),
    Unit.HOUSEHOLDS: gettext_lazy("家"),
    Unit.KWH: gettext_lazy("千瓦时"),
    Unit.CUBIC_METRES: gettext_lazy("立方米"),
}


def name(feature: str) -> str:
    """The code itself for a feature that is no longer there."""
    found = measures().get(feature)
    return names.said(found.name) if found else feature


def unit(feature: str) -> str:
    found = measures().get(feature)
    return str(UNITS.get(found.unit, "")) if found else ""


def number(feature: str, value: int) -> str:
    """A value without its unit, as it is typed: 1 fen more or less is told."""
    return f"{as_read(feature, value).normalize():f}"


def value(feature: str, known: int) -> str:
    """A value with its unit, rounded to two places."""
    read = as_read(feature, known).quantize(Decimal("0.01")).normalize()
    return f"{read:,f} {unit(feature)}".strip()


def band(indicator: Indicator, place: int) -> str:
    """From its lower bound, which belongs to it, up to the next one, which does not."""
    feature, bands = indicator.feature, indicator.bands
    least = bands[place].least
    above = bands[place + 1].least if place + 1 < len(bands) else None
    if least is None:
        return _("低于 {value}").format(value=value(feature, above or 0))
    if above is None:
        return _("{value} 及以上").format(value=value(feature, least))
    return _("{least} 至 {above}").format(least=value(feature, least), above=value(feature, above))
