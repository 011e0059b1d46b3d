"""The terms of a product in words; an empty text is what the institution did not publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from jiahe.catalogue import load
from jiahe.catalogue.names import said
from jiahe.products.costs import Estimate
from jiahe.products.enums import EnterpriseSize, FeeUnit, GuaranteeKind, Repayment
from jiahe.products.loan import Cost
from jiahe.products.models import Fee, ProductVersion, Variant
from jiahe.web.formats import grouped, money

T = TypeVar("T")


def amount(one: Variant) -> str:
    return _span(one.amount_from, one.amount_to, _money, _("最高 {most}"), _("{least} 起"))


def term(one: Variant) -> str:
    def months(count: int) -> str:
        return _("{count} 个月").format(count=count)

    return _noted(_span(one.term_from, one.term_to, months, _("最长 {most}"), _("{least} 起")), one.term_note)


def rate(one: Variant) -> str:
    """With the words that a rate of a year must carry."""
    text = _rates(one.rate_from, one.rate_to)
    said = _("年化{rate}") if one.rate_from is None else _("年化 {rate}")
    return _noted(said.format(rate=text) if text else "", one.rate_note)


def _rates(low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and high is not None and low != high:
        return f"{_figure(low)}–{_figure(high)} %"
    return _span(low, high, lambda figure: f"{_figure(figure)} %", _("不高于 {most}"), _("{least} 起"))


def spread(one: Variant) -> str:
    if one.lpr_on is None:
        return ""
    low, high = one.spread_from, one.spread_to
    points = f"{low}" if high in (None, low) else f"{low}–{high}"
    text = _("{term} LPR({day}) 加 {points} 个基点")
    return text.format(term=one.get_lpr_term_display(), day=one.lpr_on.isoformat(), points=points)


def guarantee(one: Variant) -> str:
    return _noted(_listed([GuaranteeKind(g).label for g in one.guarantees or ()], one.guarantees), one.guarantee_note)


def guarantee_fee(one: Variant) -> str:
    return "" if one.guarantee_fee is None else _("每年 {rate} %").format(rate=_figure(one.guarantee_fee))


def shares(one: Variant) -> str:
    text = _("、").join(f"{share['party']} {share['percent']} %" for share in one.risk_shares or ())
    return _noted(text, one.risk_share_note)


def cost(found: Estimate | None) -> str:
    """The rate of return, simple and compound, and what it was reckoned for."""
    if found is None or (found.low or found.high) is None:
        return ""
    text = _("{simple}(单利)，{effective}(复利)；按 {amount}、{months} 个月、{method}计算").format(
        simple=_costs(found, "simple"),
        effective=_costs(found, "effective"),
        amount=_money(found.principal),
        months=found.months,
        method=Repayment(found.method.value).label,
    )
    return text if found.whole else _("{text}，未含金额未公布的费用").format(text=text)


def _costs(found: Estimate, name: str) -> str:
    def figure(one: Cost | None) -> Decimal | None:
        return getattr(one, name) if one else None

    return _rates(figure(found.low), figure(found.high))


def repayments(version: ProductVersion) -> str:
    labels = [Repayment(one).label for one in version.repayments or ()]
    return _noted(_listed(labels, version.repayments), version.repayment_note)


def industries(version: ProductVersion) -> str:
    lists = load().code_lists
    known = lists["industry_section"].by_code | lists["industry_division"].by_code
    return _listed([said(known[code].name) for code in version.industries or ()], version.industries)


def days(count: int | None) -> str:
    return "" if count is None else _("{count} 个工作日").format(count=count)


def fee(fee: Fee) -> str:
    if fee.amount is None:
        return ""
    much = _("贷款金额的 {figure} %") if fee.unit == FeeUnit.PERCENT else _("{figure} 元")
    return f"{fee.get_timing_display()} {much.format(figure=grouped(fee.amount, 4))}"


def regions(version: ProductVersion) -> str:
    known = load().code_lists["area"].by_code
    return _listed([said(known[code].name) for code in version.regions or ()], version.regions)


def sizes(version: ProductVersion) -> str:
    return _listed([EnterpriseSize(one).label for one in version.sizes or ()], version.sizes)


def _listed(labels: Iterable[object], chosen: list[str] | None) -> str:
    """Nothing where nothing is published; "no limit" for a list that is empty on purpose."""
    return "" if chosen is None else _("、").join(str(one) for one in labels) or _("不限")


def yes(answer: bool | None) -> str:
    return "" if answer is None else _("是") if answer else _("否")


def validity(version: ProductVersion) -> str:
    return _span(version.valid_from, version.valid_until, date.isoformat, _("至 {most}"), _("{least} 起"))


def _span(low: T | None, high: T | None, write: Callable[[T], str], most: str, least: str) -> str:
    if low is None:
        return "" if high is None else most.format(most=write(high))
    if high is None:
        return least.format(least=write(low))
    return write(low) if low == high else f"{write(low)} – {write(high)}"


def _noted(text: str, note: str) -> str:
    return _("{text}({note})").format(text=text, note=note) if text and note else text or note


def _money(yuan: Decimal) -> str:
    written = money(yuan, "元")
    return f"{written.text} {written.unit}"


def _figure(figure: Decimal) -> str:
    """With two decimals at least."""
    return grouped(figure, 4) if figure != figure.quantize(Decimal("0.01")) else f"{figure:.2f}"
