"""Applying and authorising in one form, and what else an enterprise fills in about a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from jiahe.accounts import typed
from jiahe.accounts.models import Organisation
from jiahe.consent.choices import Choice, Choices
from jiahe.consent.enums import Purpose
from jiahe.consent.form import PROPOSED
from jiahe.consent.numbers import ceiling, direction
from jiahe.consent.terms import Terms
from jiahe.financing.actions.draft import FIELDS, MOST_MONTHS
from jiahe.financing.enums import LoanPurpose
from jiahe.kit import clock
from jiahe.kit.errors import JiaheError
from jiahe.products.enums import EnterpriseSize, GuaranteeKind
from jiahe.web import fields

YES_NO = {"yes": True, "no": False, "": None}
CONTACT_LENGTH = 40
LEAST_WAN = Decimal("0.0001")


class ApplyForm(forms.Form):
    """What is asked for, to whom it goes, and what they may read; no category is ticked beforehand."""

    amount = fields.WanField(_("金额"), least=LEAST_WAN)
    term_months = fields.whole(_("期限（月）"), least=1, most=MOST_MONTHS)
    purpose = fields.choice(_("用途"), [("", _("请选择")), *LoanPurpose.choices])
    size = fields.choice(_("企业规模"), [("", _("不填")), *EnterpriseSize.choices], required=False)
    guarantees = forms.MultipleChoiceField(
        label=_("可提供的担保"),
        choices=GuaranteeKind.choices,
        error_messages={"required": _("请至少选择一种担保方式。")},
    )
    first_loan = fields.choice(
        _("是否首次从银行贷款"), [("", _("不清楚")), ("yes", _("是")), ("no", _("否"))], required=False
    )
    contact = fields.line(_("联系人"), maxlength=CONTACT_LENGTH, autocomplete="name")
    phone = fields.line(_("联系电话"), inputmode="tel", autocomplete="tel")
    own_application = forms.BooleanField(required=False)
    institutions = forms.MultipleChoiceField(error_messages={"required": _("请至少保留一家机构。")})
    together = forms.BooleanField(required=False)
    separately = forms.MultipleChoiceField(required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        open_to: Sequence[Organisation],
        offered: Choices,
        initial: dict[str, Any] | None = None,
    ) -> None:
        everybody = {"institutions": [one.code for one in open_to]}
        super().__init__(data, initial=everybody | (initial or {}))
        self.open_to, self.offered = open_to, offered
        self._allow("institutions", [(one.code, one.name) for one in open_to])
        self._allow("separately", [(one.code, one.name) for one in offered.separately])

    def _allow(self, name: str, allowed: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = allowed

    def clean_contact(self) -> str:
        return _typed(lambda: typed.line(self.cleaned_data["contact"], said("联系人"), CONTACT_LENGTH))

    def clean_phone(self) -> str:
        return _typed(lambda: typed.phone(self.cleaned_data["phone"]))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("together") and not data.get("separately") and "separately" not in self.errors:
            self.add_error("together", said("请至少勾选一类信息，机构才能办理。"))
        return data

    def facts(self) -> dict[str, Any]:
        """What of the draft is filled in and can be kept, whatever else is still wrong."""
        self.is_valid()
        kept = {name: value for name, value in self.cleaned_data.items() if name in FIELDS}
        if "first_loan" in kept:
            kept["first_loan"] = YES_NO[kept["first_loan"]]
        return kept

    @property
    def ready_to_read(self) -> bool:
        """Whether it is known to whom and what: then there are words to read."""
        self.is_valid()
        return not {"institutions", "together", "separately"} & set(self.errors)

    def terms(self, subject_ref: str) -> Terms:
        """A one-time consent before a loan, for this request: proposed numbers, never beyond the ceilings."""
        data, now = self.cleaned_data, clock.now()
        most = ceiling(Purpose.PRE_LOAN, now)
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        joint = [choice.code for choice in self.offered.together] if data["together"] else []
        return Terms(
            purpose=Purpose.PRE_LOAN.value,
            direction=direction(Purpose.PRE_LOAN).value,
            categories=(*joint, *data["separately"]),
            kind=most.kind,
            valid_from=today,
            valid_until=today + timedelta(days=most.days),
            lookback_months=min(most.lookback_months, PROPOSED["lookback_months"]),
            data_life_days=min(most.data_life_days, PROPOSED["data_life_days"]),
            subject_ref=subject_ref,
        )

    @property
    def guarantee_ticks(self) -> list[tuple[str, str, bool]]:
        return self._ticks("guarantees", [(str(code), str(name)) for code, name in GuaranteeKind.choices])

    @property
    def institution_ticks(self) -> list[tuple[str, str, bool]]:
        return self._ticks("institutions", [(one.code, one.name) for one in self.open_to])

    @property
    def single_ticks(self) -> list[tuple[Choice, bool]]:
        chosen = set(self["separately"].value() or ())
        return [(choice, choice.code in chosen) for choice in self.offered.separately]

    def _ticks(self, name: str, offered: list[tuple[str, str]]) -> list[tuple[str, str, bool]]:
        chosen = set(self[name].value() or ())
        return [(code, text, code in chosen) for code, text in offered]


@dataclass(frozen=True)
class Typed:
    """What was typed about an order and could not be taken, to be shown again beside it."""

    number: str
    act: str
    sentence: str
    values: Mapping[str, Any]


def _typed(read: Callable[[], str]) -> str:
    """As `accounts.typed` takes it, with its sentence beside the field."""
    try:
        return read()
    except JiaheError as refusal:
        raise forms.ValidationError(refusal.sentence) from refusal
