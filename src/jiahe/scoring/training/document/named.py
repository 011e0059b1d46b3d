"""Features and their values as a reader knows them: declared ones by name and unit, others by their column."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.catalogue.names import AREAS, DIVISIONS, SIZES, coded, said
from jiahe.scoring.card import Characteristic
from jiahe.scoring.features import every
from jiahe.scoring.features.model import Unit
from jiahe.scoring.features.peers import Peers

SIGNS: dict[Unit | None, object] = {Unit.FEN: gettext_lazy("万元"), Unit.HUNDREDTHS: "%"}
GROUPS = {
    "size": gettext_lazy("规模"),
    "county": gettext_lazy("县区"),
    "division": gettext_lazy("行业"),
    "industry": gettext_lazy("行业"),
    "kind": gettext_lazy("主体类型"),
    "age": gettext_lazy("成立年限"),
}
LISTS = {"size": SIZES, "county": AREAS, "division": DIVISIONS, "industry": DIVISIONS, "kind": "enterprise_kind"}


def group(by: str, name: str) -> str:
    """A group by its name where it is a code of the catalogue."""
    return coded(LISTS[by], name) if by in LISTS else name


def title(code: str) -> str:
    return said(every()[code].name) if code in every() else code


def meaning(code: str) -> str:
    """Empty where nobody declared it."""
    if code not in every():
        return ""
    sign = SIGNS.get(_unit(code))
    return said(every()[code].meaning) + (f" ({sign})" if sign else "")


def interval(characteristic: Characteristic, place: int) -> str:
    """The values of a bin, in the unit that people read."""
    bins = characteristic.bins
    above = bins[place - 1].below if place else None
    below = bins[place].below
    if above is None and below is None:
        return _("有值")
    if above is None:
        return f"< {value(characteristic.code, below)}"
    if below is None:
        return f"≥ {value(characteristic.code, above)}"
    return f"{value(characteristic.code, above)} – {value(characteristic.code, below)}"


def value(code: str, number: float | None) -> str:
    assert number is not None
    unit = _unit(code)
    return f"{number / (unit.scale if unit else 1):,.6g}"


def _unit(code: str) -> Unit | None:
    one = every().get(code)
    return None if one is None or isinstance(one, Peers) else one.unit
