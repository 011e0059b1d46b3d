"""What an institution states in a rule, as plain data, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from jiahe.financing.guards import MOST_MONTHS, MOST_PERCENT
from jiahe.products.enums import Repayment
from jiahe.scoring.points.limit import HUNDRED_PER_CENT, MOST_SHARE, WAN

MOST_STEPS = 8
MOST_DAYS = 180
MOST_POINTS = 12_000
MOST_LIMIT = 100_000 * WAN


@dataclass(frozen=True)
class Stated:
    """The fields of `models.LimitRule` that the institution fills in; `products` are numbers."""

    base: str
    steps: tuple[tuple[int, int], ...]
    least: int
    most: int
    valid_days: int
    rate: Decimal
    repayment: str
    most_months: int
    products: tuple[str, ...]


def faults(stated: Stated, *, bases: Collection[str], products: Collection[str]) -> list[str]:
    """Nothing where the rule may be kept; `bases` and `products` are those that it may name."""
    return [*_terms_faults(stated, bases, products), *_step_faults(stated.steps), *_amount_faults(stated)]


def _terms_faults(stated: Stated, bases: Collection[str], products: Collection[str]) -> Iterator[str]:
    if stated.base not in bases:
        yield _("请从列表中选择额度的基数。")
    if not 1 <= stated.valid_days <= MOST_DAYS:
        yield _("额度有效天数应为 1 至 {most} 天。").format(most=MOST_DAYS)
    if not 0 < stated.rate <= MOST_PERCENT:
        yield _("年利率应大于 0，不超过 {most} %。").format(most=MOST_PERCENT)
    if stated.repayment not in Repayment:
        yield _("请从列表中选择还款方式。")
    if not 1 <= stated.most_months <= MOST_MONTHS:
        yield _("最长期限应为 1 至 {most} 个月。").format(most=MOST_MONTHS)
    if not stated.products or set(stated.products) - set(products):
        yield _("请至少选择一个在架的信用贷款产品。")


def _step_faults(steps: tuple[tuple[int, int], ...]) -> Iterator[str]:
    if not 1 <= len(steps) <= MOST_STEPS:
        yield _("应设 1 至 {most} 个积分档。").format(most=MOST_STEPS)
    if any(not 0 <= points <= MOST_POINTS for points, _share in steps):
        yield _("积分档应为 0 至 {most} 的整数。").format(most=MOST_POINTS)
    if any(not 0 < share <= MOST_SHARE for _points, share in steps):
        yield _("比例应大于 0，不超过 {most} %。").format(most=MOST_SHARE * 100 // HUNDRED_PER_CENT)
    if any(low[0] >= high[0] or low[1] > high[1] for low, high in pairwise(steps)):
        yield _("积分档应由低到高，比例不能随积分升高而降低。")


def _amount_faults(stated: Stated) -> Iterator[str]:
    if any(amount % WAN for amount in (stated.least, stated.most)):
        yield _("最低和最高额度应为整万元。")
    elif not 0 <= stated.least <= stated.most <= MOST_LIMIT or not stated.most:
        yield _("最高额度应不低于最低额度，不超过 {most:,} 万元。").format(most=MOST_LIMIT // WAN)
