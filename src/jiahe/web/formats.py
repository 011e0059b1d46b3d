"""How values are written for people: money in 万元, thousands separated, trailing zeros off, dates as ISO."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiahe.kit import clock

MONEY_PLACES = 2
YUAN_IN_WAN = Decimal(10_000)


@dataclass(frozen=True)
class Written:
    """A number as shown, its unit, and the exact value where the shown one is rounded or rescaled."""

    text: str
    unit: str
    exact: str = ""


def grouped(value: Decimal | int, places: int = 0) -> str:
    """`1,234.5`: rounded half up to the places, trailing zeros off."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal, unit: str, currency: str = "") -> Written:
    """An amount given in 元 or 万元, shown in 万元; below 0.01 万元 in 元, so that little never reads as nothing.

    `currency` is the name of a currency other than yuan (美元).
    """
    yuan = value * YUAN_IN_WAN if unit == "万元" else value
    base = currency or "元"
    exact = f"{grouped(yuan, 6)} {base}"
    if yuan and abs(yuan) < YUAN_IN_WAN.scaleb(-MONEY_PLACES):
        return Written(grouped(yuan, MONEY_PLACES), base, exact)
    return Written(grouped(yuan / YUAN_IN_WAN, MONEY_PLACES), f"万{base}", exact)


def in_wan(yuan: Decimal | None) -> str:
    """An amount as it is typed in 万元, without thousands separated; empty for none."""
    return "" if yuan is None else grouped(yuan / YUAN_IN_WAN, 6).replace(",", "")


def quantity(value: Decimal | int, unit: str, places: int) -> Written:
    return Written(grouped(value, places), unit)


def month(value: date) -> str:
    return f"{value:%Y-%m}"


def moment(value: datetime) -> str:
    """The exact time in the city's zone."""
    return f"{value.astimezone(clock.ZONE):%Y-%m-%d %H:%M}"


def ago(value: datetime) -> str:
    """How long ago: minutes, hours, days; from 30 days on the date."""
    passed = clock.now() - value
    if passed < timedelta(minutes=1):
        return _("刚刚")
    if passed < timedelta(hours=1):
        count = passed // timedelta(minutes=1)
        return ngettext("%(count)s 分钟前", "%(count)s 分钟前", count) % {"count": count}
    if passed < timedelta(days=1):
        count = passed // timedelta(hours=1)
        return ngettext("%(count)s 小时前", "%(count)s 小时前", count) % {"count": count}
    if passed < timedelta(days=30):
        return ngettext("%(count)s 天前", "%(count)s 天前", passed.days) % {"count": passed.days}
    return f"{value.astimezone(clock.ZONE):%Y-%m-%d}"
