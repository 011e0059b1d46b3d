"""What is wrong with terms, each fault with the field it is about: the same for a form, a workbook or the API."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jiahe.catalogue import load
from jiahe.products import admissions, lpr
from jiahe.products.enums import (
    EnterpriseSize,
    FeeTiming,
    FeeUnit,
    GuaranteeKind,
    LprTerm,
    ProductKind,
    Repayment,
)
from jiahe.products.loan import LONGEST
from jiahe.products.terms import FeeTerms, RiskShare, Terms, VariantTerms
from jiahe.rules import WrongRule

MOST_MONEY = Decimal(10) ** 12
MOST_PERCENT = Decimal(100)
MOST_VARIANTS = MOST_FEES = 10
MOST_MATERIALS = 30
MOST_DAYS = 365
MOST_SPREAD = 2_000
LONGEST_TEXT = {
    "name": 60,
    "summary": 200,
    "target": 300,
    "repayment_note": 200,
    "mechanism": 2_000,
    "source": 300,
    "guarantee_note": 200,
    "term_note": 200,
    "rate_note": 200,
    "risk_share_note": 200,
}
LONGEST_PART = 100


@dataclass(frozen=True)
class Fault:
    """`field` is the name in `Terms`, of a variant or fee `variants.0.rate_to`; `sentence` says what to do."""

    field: str
    sentence: str


def completed(terms: Terms) -> Terms:
    """With the rates that follow from a spread over an LPR that is known, where they were not stated."""
    return replace(terms, variants=tuple(_rated(one) for one in terms.variants))


def _rated(one: VariantTerms) -> VariantTerms:
    low, high = over_lpr(one)
    return replace(
        one,
        rate_from=low if one.rate_from is None else one.rate_from,
        rate_to=high if one.rate_to is None else one.rate_to,
    )


def over_lpr(one: VariantTerms) -> tuple[Decimal | None, Decimal | None]:
    """The rates that the spreads come to; None where the spread or the LPR is not known."""

    def rate(spread: int | None) -> Decimal | None:
        known = one.lpr_term in LprTerm.values and one.lpr_on is not None and spread is not None
        return lpr.rate(one.lpr_term, one.lpr_on, spread) if known and one.lpr_on and spread is not None else None

    return rate(one.spread_from), rate(one.spread_to)


def faults(terms: Terms) -> list[Fault]:
    """Everything that is wrong; nothing where the terms may be kept."""
    found = list(_of_version(terms))
    for place, variant in enumerate(terms.variants):
        found += [Fault(f"variants.{place}.{one.field}", one.sentence) for one in _of_variant(variant, terms.kind)]
    for place, fee in enumerate(terms.fees):
        found += [Fault(f"fees.{place}.{one.field}", one.sentence) for one in _of_fee(fee)]
    return found


def _of_version(terms: Terms) -> Iterator[Fault]:
    yield from _texts(terms, ("name", "summary", "target", "repayment_note", "mechanism", "source"))
    if not terms.name.strip():
        yield Fault("name", _("请填写产品名称。"))
    if terms.kind not in ProductKind:
        yield Fault("kind", _("请选择产品类别。"))
    if not 1 <= len(terms.variants) <= MOST_VARIANTS:
        yield Fault("variants", _("产品条款须有 1 至 {most} 种。").format(most=MOST_VARIANTS))
    if len(terms.fees) > MOST_FEES:
        yield Fault("fees", _("费用最多列 {most} 项。").format(most=MOST_FEES))
    yield from _named_once("variants", [one.name for one in terms.variants])
    yield from _named_once("fees", [one.name for one in terms.fees])
    codes = load().code_lists
    industries = {*codes["industry_section"].by_code, *codes["industry_division"].by_code}
    yield from _chosen("repayments", terms.repayments, Repayment.values)
    yield from _chosen("regions", terms.regions, codes["area"].by_code)
    yield from _chosen("industries", terms.industries, industries)
    yield from _chosen("sizes", terms.sizes, EnterpriseSize.values)
    yield from _materials(terms.materials)
    yield from _between("promised_days", terms.promised_days, 1, MOST_DAYS)
    if terms.valid_from and terms.valid_until and terms.valid_from > terms.valid_until:
        yield Fault("valid_until", _("有效期的止日早于起日：请改正。"))
    yield from _rule(terms.admission)


def _named_once(field: str, names: list[str]) -> Iterator[Fault]:
    said = [name.strip() for name in names if name.strip()]
    if len(set(said)) < len(said):
        yield Fault(field, _("名称不能重复：请改名或合并。"))


def _rule(admission: Any) -> Iterator[Fault]:
    try:
        admissions.rule(admission)
    except WrongRule as wrong:
        yield Fault("admission", wrong.sentence)


def _of_variant(one: VariantTerms, kind: str) -> Iterator[Fault]:
    yield from _texts(one, ("name", "guarantee_note", "term_note", "rate_note", "risk_share_note"))
    yield from _guarantees(one, kind)
    for name, least, most in (
        ("amount", Decimal("0.01"), MOST_MONEY),
        ("term", 1, LONGEST),
        ("rate", Decimal(0), MOST_PERCENT),
        ("spread", -MOST_SPREAD, MOST_SPREAD),
    ):
        low, high = getattr(one, f"{name}_from"), getattr(one, f"{name}_to")
        yield from _between(f"{name}_from", low, least, most)
        yield from _between(f"{name}_to", high, least, most)
        if low is not None and high is not None and low > high:
            yield Fault(f"{name}_to", _("上限小于下限：请改正。"))
    yield from _between("guarantee_fee", one.guarantee_fee, Decimal(0), MOST_PERCENT)
    yield from _lpr(one)
    yield from _shares(one.risk_shares)


def _guarantees(one: VariantTerms, kind: str) -> Iterator[Fault]:
    wrong = list(_chosen("guarantees", one.guarantees, GuaranteeKind.values))
    yield from wrong
    if one.guarantees == ():
        yield Fault("guarantees", _("请至少选择一种担保方式，未公布的请留空。"))
    elif not wrong and kind == ProductKind.UNSECURED and set(one.guarantees or ()) - {GuaranteeKind.CREDIT}:
        yield Fault("guarantees", _("有担保的条款不是信用贷款：请改选产品类别，或只选“信用”。"))


def _lpr(one: VariantTerms) -> Iterator[Fault]:
    said = (one.lpr_term, one.lpr_on, one.spread_from)
    if all(value in ("", None) for value in (*said, one.spread_to)):
        return
    if one.lpr_term not in LprTerm or one.lpr_on is None or one.spread_from is None:
        yield Fault("lpr_term", _("按 LPR 定价的，期限品种、报价日和加点下限须一并填写。"))
        return
    for name, found, stated in zip(("rate_from", "rate_to"), over_lpr(one), (one.rate_from, one.rate_to), strict=True):
        if found is not None and stated is not None and found != stated:
            text = _("利率与“LPR 加点”不一致，按该日报价应为 {rate} %：请改正利率或加点。")
            yield Fault(name, text.format(rate=f"{found.normalize():f}"))


def _shares(shares: tuple[RiskShare, ...] | None) -> Iterator[Fault]:
    if shares is None:
        return
    parties = [share.party.strip() for share in shares]
    if not all(0 < len(party) <= LONGEST_PART for party in parties) or len(set(parties)) < len(parties):
        yield Fault("risk_shares", _("风险分担的每一方须写明名称，且只列一次。"))
    if any(share.percent <= 0 for share in shares) or sum(share.percent for share in shares) != MOST_PERCENT:
        yield Fault("risk_shares", _("风险分担比例均须大于 0，合计须为 100 %。"))


def _of_fee(fee: FeeTerms) -> Iterator[Fault]:
    if not 0 < len(fee.name.strip()) <= 40:
        yield Fault("name", _("请填写费用名称，不超过 40 字。"))
    if fee.timing not in FeeTiming:
        yield Fault("timing", _("请选择费用一次性收取还是每年收取。"))
    if fee.unit not in FeeUnit:
        yield Fault("unit", _("请选择费用按百分比还是按金额收取。"))
    most = MOST_PERCENT if fee.unit == FeeUnit.PERCENT else MOST_MONEY / 1000
    yield from _between("amount", fee.amount, Decimal(0), most)


def _materials(materials: tuple[str, ...] | None) -> Iterator[Fault]:
    parts = materials or ()
    if len(parts) > MOST_MATERIALS or not all(0 < len(one.strip()) <= LONGEST_PART for one in parts):
        text = _("所需材料每行一项，最多 {most} 项，每项不超过 {longest} 字。")
        yield Fault("materials", text.format(most=MOST_MATERIALS, longest=LONGEST_PART))


def _texts(owner: Terms | VariantTerms, names: tuple[str, ...]) -> Iterator[Fault]:
    for name in names:
        text: str = getattr(owner, name)
        if len(text) > LONGEST_TEXT[name]:
            yield Fault(
                name, _("最多 {longest} 字，现为 {length} 字。").format(longest=LONGEST_TEXT[name], length=len(text))
            )
        if any(unicodedata.category(sign).startswith("C") for sign in text if sign not in "\r\n"):
            yield Fault(name, _("含有看不见的字符：请重新输入。"))


def _chosen(name: str, chosen: tuple[str, ...] | None, known: Collection[str]) -> Iterator[Fault]:
    if chosen is not None and (not set(chosen) <= set(known) or len(set(chosen)) < len(chosen)):
        yield Fault(name, _("所选的不在列表中，或重复：请重新选择。"))


def _between(name: str, value: Any, least: Any, most: Any) -> Iterator[Fault]:
    if value is not None and not least <= value <= most:
        yield Fault(name, _("须在 {least} 与 {most} 之间。").format(least=least, most=f"{most:,}"))
