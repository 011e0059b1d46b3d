"""What an administrator fills in about a product. Amounts are written in 万元; what is left out is not published."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.catalogue import load
from jiahe.catalogue.names import said
from jiahe.portals.bank.products import conditions
from jiahe.products.checks import LONGEST_TEXT, MOST_FEES, MOST_VARIANTS
from jiahe.products.enums import (
    EnterpriseSize,
    FeeTiming,
    FeeUnit,
    GuaranteeKind,
    LprTerm,
    ProductKind,
    Repayment,
)
from jiahe.products.terms import FeeTerms, RiskShare, Terms, VariantTerms
from jiahe.web import fields

WAN = Decimal(10_000)
ANY = "any"
NO_LIMIT: fields.Choices = [(ANY, _("不限"))]
UNPUBLISHED = _("未公布")
ANSWERS: fields.Choices = [("", UNPUBLISHED), ("yes", _("是")), ("no", _("否"))]
YES = {"yes": True, "no": False}
MONEY_PLACES = 6
CITY = 6  # digits of the code of a city or county


def _text(name: str, label: fields.Text, hint: fields.Text = "") -> forms.CharField:
    return fields.line(label, required=False, hint=hint, maxlength=LONGEST_TEXT[name])


def _regions() -> fields.Choices:
    areas = load().code_lists["area"].values
    return [(a.code, said(a.name)) for a in areas if len(a.code) == CITY and a.parent]


def _industries() -> fields.Choices:
    return [*NO_LIMIT, *((one.code, said(one.name)) for one in load().code_lists["industry_section"].values)]


class ProductForm(forms.Form):
    name = fields.line(_("产品名称"), maxlength=LONGEST_TEXT["name"])
    kind = fields.choice(_("产品类别"), [("", _("请选择")), *ProductKind.choices])
    summary = _text("summary", _("简介"))
    target = _text("target", _("适用对象"))
    regions = fields.ticks(_("适用地区"), [])
    industries = fields.ticks(_("适用行业"), [])
    divisions = fields.line(
        _("适用的行业大类"), required=False, hint=_("GB/T 4754 两位代码，用逗号分开，如 17,18"), maxlength=200
    )
    sizes = fields.ticks(_("企业规模"), [*NO_LIMIT, *EnterpriseSize.choices])
    repayments = fields.ticks(_("还款方式"), [*Repayment.choices])
    repayment_note = _text("repayment_note", _("还款说明"))
    promised_days = fields.number(_("承诺工作日数"))
    first_loan_friendly = fields.choice(_("欢迎首贷"), ANSWERS, required=False)
    green = fields.choice(_("绿色金融"), ANSWERS, required=False)
    technology = fields.choice(_("科技金融"), ANSWERS, required=False)
    valid_from = fields.day(_("有效期起"), required=False)
    valid_until = fields.day(_("有效期止"), required=False)
    materials = fields.paragraph(_("所需材料"), hint=_("每行一项"), rows=5)
    mechanism = fields.paragraph(_("业务机制"))
    source = _text("source", _("资料来源"))
    age = fields.number(_("成立月数"))
    sales = fields.number(_("上年销售额(万元)"), places=4)
    tax = fields.tick(_("纳税信用 A 级或 B 级"))
    listed = fields.tick(_("没有失信被执行人记录"))
    declared = fields.paragraph(_("由机构核实的其他条件"), hint=_("每行一条"), rows=4)
    rules = fields.paragraph(_("其他规则"), hint=_("规则语言的 JSON 列表，一般不必填写"), rows=4)

    def __init__(self, data: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        for name, choices in (("regions", _regions()), ("industries", _industries())):
            self._keep(name, choices, initial.get(name) or ())
        for field in ("mechanism", "declared", "rules", "materials"):
            self.fields[field].widget.attrs["class"] = "form-control"

    def _keep(self, name: str, choices: fields.Choices, chosen: Iterable[str]) -> None:
        """The usual choices, and those that the product has beyond them."""
        known = {code for code, _label in choices}
        self.fields[name].choices = choices + [(code, code) for code in chosen if code not in known]  # type: ignore[attr-defined]  # a choice field

    def clean_rules(self) -> list[Any]:
        text = self.cleaned_data["rules"].strip()
        try:
            found = json.loads(text or "[]")
        except ValueError as wrong:
            raise forms.ValidationError(_("不是有效的 JSON：请改正。")) from wrong
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise forms.ValidationError(_("须是规则的列表，写在方括号内。"))
        return found

    def stated(self) -> dict[str, Any]:
        """The fields of `Terms` but its variants and fees."""
        said_ = dict(self.cleaned_data)
        listed = ("regions", "repayments")
        kept = {name: said_[name] for name in ("name", "kind", "summary", "target", "repayment_note", "source")}
        kept |= {name: said_[name] for name in ("mechanism", "valid_from", "valid_until")}
        kept |= {name: tuple(said_[name]) or None for name in listed}
        kept |= {name: YES.get(said_[name]) for name in ("first_loan_friendly", "green", "technology")}
        kept["sizes"] = _limits(said_["sizes"])
        divisions = [code.strip() for code in said_["divisions"].replace("，", ",").replace("、", ",").split(",")]
        kept["industries"] = _limits([*said_["industries"], *filter(None, divisions)])
        kept["materials"] = tuple(one.strip() for one in said_["materials"].splitlines() if one.strip()) or None
        kept["promised_days"] = _whole(said_["promised_days"])
        kept["admission"] = conditions.joined(said_)
        return kept


def _limits(chosen: list[str]) -> tuple[str, ...] | None:
    """Nothing ticked is not published, "no limit" an empty list."""
    return () if chosen == [ANY] else tuple(chosen) or None


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)


class VariantForm(forms.Form):
    name = _text("name", _("条款名称"))
    guarantees = fields.ticks(_("担保方式"), [*GuaranteeKind.choices])
    guarantee_note = _text("guarantee_note", _("担保说明"))
    amount_from = fields.number(_("额度下限(万元)"), places=MONEY_PLACES)
    amount_to = fields.number(_("额度上限(万元)"), places=MONEY_PLACES)
    term_from = fields.number(_("期限下限(月)"))
    term_to = fields.number(_("期限上限(月)"))
    term_note = _text("term_note", _("期限说明"))
    lpr_term = fields.choice(_("LPR 期限品种"), [("", _("不按 LPR 定价")), *LprTerm.choices], required=False)
    lpr_on = fields.day(_("LPR 报价日"), required=False)
    spread_from = fields.number(_("加点下限(基点)"))
    spread_to = fields.number(_("加点上限(基点)"))
    rate_from = fields.number(_("年化利率下限(%)"), places=4)
    rate_to = fields.number(_("年化利率上限(%)"), places=4)
    rate_note = _text("rate_note", _("利率说明"))
    guarantee_fee = fields.number(_("每年担保费率(%)"), places=4)
    risk_shares = fields.paragraph(_("风险分担"), hint=_("每行一方，名称后写百分比，如 银行 20"))
    risk_share_note = _text("risk_share_note", _("风险分担说明"))

    WHOLE = ("term_from", "term_to", "spread_from", "spread_to")
    MONEY = ("amount_from", "amount_to")

    def clean_risk_shares(self) -> tuple[RiskShare, ...] | None:
        lines = [line.strip() for line in self.cleaned_data["risk_shares"].splitlines() if line.strip()]
        return tuple(_share(line) for line in lines) or None

    def stated(self) -> VariantTerms:
        kept = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        kept["guarantees"] = tuple(kept["guarantees"]) or None
        kept |= {name: _whole(kept[name]) for name in self.WHOLE}
        kept |= {name: None if kept[name] is None else kept[name] * WAN for name in self.MONEY}
        return VariantTerms(**kept)


def _share(line: str) -> RiskShare:
    party, _space, percent = line.rpartition(" ")
    try:
        return RiskShare(party.strip(), Decimal(percent.rstrip("%％")))
    except InvalidOperation as wrong:
        raise forms.ValidationError(_("每行写一方的名称和百分比，中间空一格。")) from wrong


class FeeForm(forms.Form):
    name = fields.line(_("费用名称"), maxlength=40)
    timing = fields.choice(_("收取"), [("", _("请选择")), *FeeTiming.choices])
    unit = fields.choice(_("按"), [("", _("请选择")), *FeeUnit.choices])
    amount = fields.number(_("数额"), hint=_("未公布的留空"), places=4)

    def stated(self) -> FeeTerms:
        return FeeTerms(**{name: value for name, value in self.cleaned_data.items() if name != "DELETE"})


VARIANTS = forms.formset_factory(VariantForm, extra=1, can_delete=True, can_delete_extra=False, max_num=MOST_VARIANTS)
FEES = forms.formset_factory(FeeForm, extra=1, can_delete=True, can_delete_extra=False, max_num=MOST_FEES)


class Filled:
    """The whole form: the product, its variants and its fees; the blank ones at the end count for nothing."""

    def __init__(self, data: Any = None, terms: Terms | None = None) -> None:
        self.product = ProductForm(data, _initial(terms) if terms else {})
        variants = [_variant(one) for one in terms.variants] if terms else None
        fees = [{name: _shown(v) for name, v in vars(one).items()} for one in terms.fees] if terms else None
        self.variants = VARIANTS(data, prefix="variants", initial=variants)
        self.fees = FEES(data, prefix="fees", initial=fees)

    def is_valid(self) -> bool:
        return all([self.product.is_valid(), self.variants.is_valid(), self.fees.is_valid()])

    def stated(self) -> Terms:
        variants = tuple(form.stated() for form in self.kept("variants"))
        fees = tuple(form.stated() for form in self.kept("fees"))
        return Terms(**self.product.stated(), variants=variants or (VariantTerms(),), fees=fees)

    def kept(self, which: str) -> list[Any]:
        """The forms of variants or fees that hold something, and are not to be removed."""
        forms_ = self.variants if which == "variants" else self.fees
        return [
            form
            for form in forms_
            if (form.has_changed() or form.initial) and not form.cleaned_data.get("DELETE") and form.cleaned_data
        ]

    def refuse(self, field: str, sentence: str) -> None:
        """Say what is wrong beside the field that it is about."""
        which, _dot, rest = field.partition(".")
        if not rest:
            self.product.add_error(which if which in self.product.fields else None, sentence)
            return
        place, _dot, name = rest.partition(".")
        kept = self.kept(which)
        if int(place) < len(kept):
            kept[int(place)].add_error(name if name in kept[int(place)].fields else None, sentence)
        else:
            self.product.add_error(None, sentence)


def _initial(terms: Terms) -> dict[str, Any]:
    shown = {
        name: _shown(value) for name, value in vars(terms).items() if name not in ("variants", "fees", "admission")
    }
    sections = {code for code, _label in _industries()}
    shown["industries"] = [ANY] if terms.industries == () else [c for c in terms.industries or () if c in sections]
    shown["divisions"] = ",".join(code for code in terms.industries or () if code not in sections)
    shown["sizes"] = [ANY] if terms.sizes == () else list(terms.sizes or ())
    shown["materials"] = "\n".join(terms.materials or ())
    return shown | conditions.divided(terms.admission)


def _variant(one: VariantTerms) -> dict[str, Any]:
    shown = {name: _shown(value) for name, value in vars(one).items()}
    for name in VariantForm.MONEY:
        money = getattr(one, name)
        shown[name] = None if money is None else _shown(money / WAN)
    shown["risk_shares"] = "\n".join(f"{s.party} {_shown(s.percent)}" for s in one.risk_shares or ())
    return shown


def _shown(value: Any) -> Any:
    """A value as its field shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return list(value) if isinstance(value, tuple) else value
