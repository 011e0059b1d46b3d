"""A feature and its value in the reader's language."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from jiahe.catalogue import names
from jiahe.scoring import features
from jiahe.scoring.features.model import Family, Feature, Unit
from jiahe.scoring.features.peers import Peers
from jiahe.scoring.features.related import Related

CENT, TENTH = Decimal("0.01"), Decimal("0.1")


def name(code: str) -> str:
    """Its name; the code itself where a card was made from another table."""
    found = features.every().get(code)
    return names.said(found.name) if found else code


def meaning(code: str) -> str:
    found = features.every().get(code)
    return names.said(found.meaning) if found else ""


def changes_by_acting(code: str) -> bool:
    """Whether the enterprise itself can change it: not its age, nor what others do."""
    found = features.every().get(code)
    return isinstance(found, Feature) and found.family not in (Family.RECENCY, Family.RELATED)


def said(code: str, value: float | None) -> str:
    """A value in its unit; “not known” where there is none."""
    if value is None:
        return _("无数据")
    found = features.every().get(code)
    if isinstance(found, Peers):
        return _("高于 {share} 的同业").format(share=_share(value))
    return _in_unit(found.unit, value) if isinstance(found, Feature | Related) else f"{value:,}"


def _in_unit(unit: Unit, value: float) -> str:
    match unit:
        case Unit.FEN:
            return _("{amount} 万元").format(amount=_plain(Decimal(value) / unit.scale, CENT))
        case Unit.HUNDREDTHS:
            return _share(value)
        case Unit.MONTHS:
            return _("{count} 个月").format(count=f"{value:,.0f}")
        case Unit.TIMES:
            return _("{count} 次").format(count=f"{value:,.0f}")
        case Unit.PEOPLE:
            return _("{count} 人").format(count=f"{value:,.0f}")
        case Unit.HOUSEHOLDS:
            return _("{count} 家").format(count=f"{value:,.0f}")
        case Unit.KWH | Unit.CUBIC_METRES | Unit.POINTS:
            return _plain(Decimal(value) / unit.scale, CENT)
    return f"{value:,.0f}"


def _share(value: float) -> str:
    return f"{_plain(Decimal(value) / 100, TENTH)} %"


def _plain(number: Decimal, step: Decimal) -> str:
    """Rounded half up, thousands apart, without idle zeros."""
    text = f"{number.quantize(step, ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
