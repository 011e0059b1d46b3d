"""What a loan costs a month, in all and a year: a form in the address, a table, and the table as bars."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from jiahe.products.costs import annual_cost, charges, repaid
from jiahe.products.enums import Repayment
from jiahe.products.filters import Offer, begins
from jiahe.products.loan import LONGEST, Charge, Cost, Instalment, Method, cost, fees, schedule
from jiahe.products.models import Product
from jiahe.products.queries.shelf import shelf

WAN = Decimal(10_000)
MOST_WAN = 100_000
HIGH = 100  # of the chart, in its own units
STEP = 10


class Loan(forms.Form):
    amount = forms.DecimalField(
        label=_("贷款金额(万元)"), min_value=Decimal("0.01"), max_value=MOST_WAN, decimal_places=2
    )
    annual = forms.DecimalField(label=_("年化利率(%)"), min_value=0, max_value=100, decimal_places=4)
    months = forms.IntegerField(label=_("期限(月)"), min_value=1, max_value=LONGEST)
    method = forms.ChoiceField(label=_("还款方式"), choices=[(one.value, Repayment(one.value).label) for one in Method])
    fee = forms.DecimalField(
        label=_("另有一次性费用(元)"), required=False, min_value=0, max_value=WAN * MOST_WAN, decimal_places=2
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"


@dataclass(frozen=True)
class Bar:
    """One instalment in the chart, from the top: interest stands on principal."""

    x: int
    interest_y: Decimal
    interest: Decimal
    principal_y: Decimal
    principal: Decimal


@dataclass(frozen=True)
class Reckoned:
    """`whole` says that every fee the product names has an amount."""

    rows: list[Instalment]
    fees: Decimal
    cost: Cost | None
    whole: bool

    @property
    def interest(self) -> Decimal:
        return sum((row.interest for row in self.rows), Decimal(0))

    @property
    def in_all(self) -> Decimal:
        return sum((row.total for row in self.rows), Decimal(0)) + self.fees

    @property
    def width(self) -> int:
        return len(self.rows) * STEP

    @property
    def bars(self) -> list[Bar]:
        most = max(row.total for row in self.rows) or Decimal(1)
        return [_bar(row, HIGH / most) for row in self.rows]


@login_not_required
@require_GET
def calculator(request: HttpRequest) -> HttpResponse:
    """Begins with the terms of the product that `product` names, and counts its published fees."""
    number = request.GET.get("product", "")
    product = shelf().one(number) if number else None
    asked = any(name in request.GET for name in Loan.base_fields)
    form = Loan(request.GET if asked else None, initial=_usual(product))
    if not asked and product is not None:
        form = Loan(form.initial) if form.initial.get("annual") is not None else form
    reckoned = _reckoned(form.cleaned_data, product) if form.is_bound and form.is_valid() else None
    context = {"form": form, "product": product, "reckoned": reckoned}
    return render(request, "public/marketplace/calculator.html", context)


def _usual(product: Product | None) -> dict[str, Any]:
    """A usual loan; of a product one within its terms, at the rate from which it begins."""
    usual: dict[str, Any] = {"amount": 100, "annual": None, "months": 12, "method": Method.EQUAL_INSTALMENTS.value}
    if product is None or product.current is None:
        return usual
    variant = product.current.variants.all()[0]
    usual |= {"method": repaid(product.current).value}
    found = annual_cost(product.current, variant)
    if found is None:
        return usual
    annual = begins(Offer(rate_from=variant.rate_from, rate_to=variant.rate_to))
    return usual | {
        "amount": _plain(found.principal / WAN),
        "annual": annual and _plain(annual),
        "months": found.months,
    }


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _reckoned(loan: dict[str, Any], product: Product | None) -> Reckoned:
    principal, months = loan["amount"] * WAN, loan["months"]
    rows = schedule(principal=principal, annual=loan["annual"], months=months, method=Method(loan["method"]))
    due, whole = _charges(product)
    if loan["fee"]:
        due.append(Charge(loan["fee"], percent=False))
    return Reckoned(rows, sum(fees(principal, months, due), Decimal(0)), cost(rows, due), whole)


def _charges(product: Product | None) -> tuple[list[Charge], bool]:
    if product is None or product.current is None:
        return [], True
    whole = all(fee.amount is not None for fee in product.current.fees.all())
    return charges(product.current, product.current.variants.all()[0]), whole


def _bar(row: Instalment, scale: Decimal) -> Bar:
    principal, interest = round(row.principal * scale, 2), round(row.interest * scale, 2)
    return Bar((row.month - 1) * STEP, HIGH - principal - interest, interest, HIGH - principal, principal)
