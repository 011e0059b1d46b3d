"""A pre-credit rule as its institution fills it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from jiahe.financing.precredit.models import LimitRule
from jiahe.financing.precredit.stated import MOST_DAYS, MOST_POINTS, MOST_STEPS, Stated
from jiahe.products.enums import Repayment
from jiahe.products.models import Product
from jiahe.scoring.points import words
from jiahe.scoring.points.measures import bases
from jiahe.web import fields
from jiahe.web.formats import grouped, in_wan

SHARE_PLACES = 2
_HUNDREDTHS = Decimal(100)


class RuleForm(forms.Form):
    """Steps are pairs of points and share; what is left empty is none."""

    base = fields.choice(_("额度的基数"), [])
    least = fields.WanField(_("最低额度"), hint=_("算出的额度不到此数的不给出"))
    most = fields.WanField(_("最高额度"))
    rate = fields.percent(_("年利率（%）"))
    repayment = fields.choice(_("还款方式"), list(Repayment.choices))
    most_months = fields.whole(_("最长期限（月）"))
    valid_days = fields.whole(_("额度有效天数"), hint=_("自数据截止日起"), most=MOST_DAYS)
    products = fields.ticks(_("适用产品"), [])

    def __init__(self, data: Any, products: Sequence[Product], rule: LimitRule | None) -> None:
        super().__init__(data, initial=_filled(rule))
        for place in range(MOST_STEPS):
            self.fields[f"points{place}"] = fields.whole(_("积分达到"), required=False, least=0, most=MOST_POINTS)
            self.fields[f"share{place}"] = fields.number(_("比例（%）"), places=SHARE_PLACES)
        self._offer("base", [(one.code, words.name(one.code)) for one in bases()])
        self._offer("products", [(one.number, one.current.name) for one in products if one.current])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def steps(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        return ((self[f"points{place}"], self[f"share{place}"]) for place in range(MOST_STEPS))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for place in range(MOST_STEPS):
            points, share = data.get(f"points{place}"), data.get(f"share{place}")
            if (points is None) != (share is None) and not {f"points{place}", f"share{place}"} & set(self.errors):
                self.add_error(f"points{place}", said("积分和比例须同时填写。"))
        return data

    def stated(self) -> Stated:
        data = self.cleaned_data
        pairs = [(data[f"points{n}"], data[f"share{n}"]) for n in range(MOST_STEPS)]
        return Stated(
            base=data["base"],
            steps=tuple((points, int(share * _HUNDREDTHS)) for points, share in pairs if points is not None),
            least=int(data["least"]),
            most=int(data["most"]),
            valid_days=data["valid_days"],
            rate=data["rate"],
            repayment=data["repayment"],
            most_months=data["most_months"],
            products=tuple(data["products"]),
        )


def _filled(rule: LimitRule | None) -> dict[str, Any]:
    if rule is None:
        return {}
    filled: dict[str, Any] = {name: getattr(rule, name) for name in ("base", "repayment", "most_months", "valid_days")}
    filled |= {"least": in_wan(Decimal(rule.least)), "most": in_wan(Decimal(rule.most)), "rate": grouped(rule.rate, 3)}
    filled["products"] = [product.number for product in rule.products.all()]
    for place, (points, share) in enumerate(rule.steps):
        filled |= {f"points{place}": points, f"share{place}": grouped(share / _HUNDREDTHS, SHARE_PLACES)}
    return filled
