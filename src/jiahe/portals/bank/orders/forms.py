"""What people of an institution fill in about an order; amounts are typed in 万元 and come out in yuan."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from jiahe.financing.actions.decide import Terms
from jiahe.financing.attachments.enums import DocumentKind
from jiahe.financing.enums import FirstLoanEvidence, Reason
from jiahe.financing.models import Order
from jiahe.financing.queries.pool import PoolCard
from jiahe.kit import clock
from jiahe.products.enums import GuaranteeKind, LprTerm, Repayment
from jiahe.products.lpr import Quote, quote
from jiahe.scoring.models import Default
from jiahe.web import fields
from jiahe.web.formats import grouped, in_wan


def words(label: fields.Text, *, longest: int, required: bool = True, hint: fields.Text = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "form-control", "maxlength": longest})
    return forms.CharField(label=label, help_text=hint, required=required, widget=widget, max_length=longest)


class IndicationForm(forms.Form):
    """What is named with a claim."""

    amount = fields.WanField(_("意向金额"))
    rate = fields.percent(_("意向年利率（%）"))

    @classmethod
    def of(cls, card: PoolCard) -> IndicationForm:
        return cls(initial={"amount": in_wan(card.amount)}, auto_id=f"{card.number}-%s")


class StepForm(forms.Form):
    """What a step of an order needs to be told: nothing, where it is not said otherwise."""

    def __init__(self, data: QueryDict | None, order: Order, *, auto_id: str = "id_%s") -> None:
        super().__init__(data, initial=self.first(order), auto_id=auto_id)

    def first(self, order: Order) -> dict[str, Any]:
        """What stands in the fields before anything was typed."""
        return {}

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data


class WantedForm(StepForm):
    """What is ticked is uploaded by the enterprise, paper by paper; the words say what of it."""

    wanted = words(_("需要补充的材料"), longest=400, hint=_("企业会看到，例如：近三年财务报表、主要购销合同"))
    papers = forms.MultipleChoiceField(
        label=_("其中须上传的"),
        required=False,
        choices=[one for one in DocumentKind.choices if one[0] != DocumentKind.OTHER],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("所选的不在列表中：请重新选择。")},
    )

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "papers": [(kind, "") for kind in self.cleaned_data["papers"]]}


class ReasonForm(StepForm):
    reason = fields.choice(_("原因"), [("", _("请选择")), *Reason.choices])
    text = words(_("给企业的说明"), longest=300, hint=_("企业会看到，请写明原因和可以怎样改进"))


class AnswerForm(StepForm):
    """What the institution's own query showed: yes or no, and nothing else of it."""

    record = forms.ChoiceField(
        label=_("本机构自行查询的结果"),
        choices=[("clean", _("没有不良信用记录")), ("found", _("有不良信用记录"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择查询结果。"), "invalid_choice": _("请选择查询结果。")},
    )
    authorised = fields.tick(_("已取得企业的书面授权，由本机构自行查询"))

    def values(self) -> dict[str, Any]:
        return {"clean": self.cleaned_data["record"] == "clean", "authorised": self.cleaned_data["authorised"]}


class OfferForm(StepForm):
    """The rate is typed, or follows from the LPR's term and the spread over it; where both are typed they must agree."""

    amount = fields.WanField(_("授信金额"))
    term_months = fields.whole(_("期限（月）"))
    rate = fields.percent(_("年利率（%）"), required=False, hint=_("可只填 LPR 期限和加点，由平台算出"))
    lpr_term = fields.choice(_("LPR 期限"), [("", _("不挂钩")), *LprTerm.choices], required=False)
    spread_bp = fields.whole(_("加点（基点）"), required=False, hint=_("减点填负数，1 个基点为 0.01 %"))
    guarantees = forms.MultipleChoiceField(
        label=_("担保方式"),
        choices=GuaranteeKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("请至少选择一种担保方式。"),
            "invalid_choice": _("所选的不在列表中：请重新选择。"),
        },
    )
    repayment = fields.choice(_("还款方式"), list(Repayment.choices))
    fees = fields.WanField(_("费用合计"), required=False, hint=_("没有费用可不填"))
    valid_until = fields.day(_("方案有效期至"), required=False, hint=_("不填则为企业选择的期限"))
    note = words(_("说明（企业会看到）"), longest=300, required=False)

    def first(self, order: Order) -> dict[str, Any]:
        request = order.request
        return {
            "amount": in_wan(order.indicated_amount or request.amount),
            "term_months": request.term_months,
            "rate": order.indicated_rate and grouped(order.indicated_rate, 3),
            "guarantees": request.guarantees,
        }

    @property
    def quote(self) -> Quote | None:
        return quote(clock.today())

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "rate" in typed and not self.errors.get("spread_bp"):
            self._agree(typed)
        return typed

    def _agree(self, typed: dict[str, Any]) -> None:
        term, spread, rate = typed.get("lpr_term", ""), typed.get("spread_bp"), typed["rate"]
        base = self.quote.of(term) if term and self.quote else None
        if rate is None and (not term or spread is None):
            self.add_error("rate", said("请填写年利率，或填写 LPR 期限和加点。"))
        elif spread is not None and not term:
            self.add_error("lpr_term", said("填写加点时请选择 LPR 期限。"))
        elif rate is None and base is None:
            self.add_error("rate", said("平台还没有本月的 LPR，不能由加点算出：请填写年利率。"))
        elif base is not None:
            _fill(self, typed, base)

    def values(self) -> dict[str, Any]:
        typed = self.cleaned_data
        until = typed["valid_until"]
        linked = typed["lpr_term"] and self.quote
        terms = Terms(
            amount=typed["amount"],
            rate=typed["rate"],
            term_months=typed["term_months"],
            guarantees=tuple(typed["guarantees"]),
            repayment=typed["repayment"],
            fees=typed["fees"] or Decimal(0),
            lpr_term=typed["lpr_term"],
            lpr_on=linked.on if linked else None,
            spread_bp=typed["spread_bp"],
            note=typed["note"],
            valid_until=datetime.combine(until, time(23, 59, 59), clock.ZONE) if until else None,
        )
        return {"terms": terms}


def _fill(form: OfferForm, typed: dict[str, Any], base: Decimal) -> None:
    """The one of rate and spread that was not typed; an error where the two that were do not agree."""
    rate, spread = typed["rate"], typed["spread_bp"]
    if rate is None:
        typed["rate"] = base + Decimal(spread) / 100
        return
    points = (rate - base) * 100
    if points != points.to_integral_value() or spread not in (None, int(points)):
        agreed = {"base": base, "points": grouped(points, 1)}
        form.add_error(
            "rate", said("与 LPR {base} % 相差 {points} 个基点，与所填加点不符：请只填其一。").format(**agreed)
        )
        return
    typed["spread_bp"] = int(points)


class SignForm(StepForm):
    contract = words(_("合同编号"), longest=60)
    amount = fields.WanField(_("合同金额"))
    first_loan = fields.choice(
        _("是否首贷"), [("", _("未确认")), ("yes", _("是首贷")), ("no", _("不是首贷"))], required=False
    )
    evidence = fields.choice(
        _("首贷依据"), [("", _("未确认")), *FirstLoanEvidence.choices], required=False, hint=_("确认是否首贷时必须选择")
    )

    def first(self, order: Order) -> dict[str, Any]:
        return {"amount": in_wan(order.offer.amount)}

    def values(self) -> dict[str, Any]:
        first = {"yes": True, "no": False}.get(self.cleaned_data["first_loan"])
        return self.cleaned_data | {"first_loan": first}


class TrancheForm(StepForm):
    amount = fields.WanField(_("本次放款"))
    paid_on = fields.day(_("放款日期"))
    voucher = words(_("凭证号"), longest=60, hint=_("贵机构的放款凭证号，每笔一个"))

    def first(self, order: Order) -> dict[str, Any]:
        paid = sum((one.amount for one in order.tranches.all()), Decimal(0))
        left = order.contract_amount - paid if order.contract_amount else None
        return {"amount": in_wan(left), "paid_on": clock.today()}


class DefaultForm(StepForm):
    kind = fields.choice(_("情况"), [("", _("请选择")), *Default.choices])
    on = fields.day(_("日期"), required=False, hint=_("逾期满 90 天之日，或核销之日；留空表示此前登记有误，予以撤回"))
