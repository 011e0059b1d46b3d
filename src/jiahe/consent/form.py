"""The terms of a consent as a form, the same for whoever asks and whoever gives; nothing is ticked beforehand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.consent.choices import Choice, Choices
from jiahe.consent.enums import Purpose
from jiahe.consent.numbers import ceiling, direction
from jiahe.consent.terms import Terms
from jiahe.kit import clock

NUMBERS = {
    "days": gettext_lazy("有效期（天）"),
    "lookback_months": gettext_lazy("回溯（月）"),
    "per_month": gettext_lazy("每月次数上限"),
    "data_life_days": gettext_lazy("数据保存（天）"),
}

# What stands in the fields at first: modest, and never more than allowed.
PROPOSED = {"days": 90, "lookback_months": 12, "per_month": 1, "data_life_days": 180}


class TermsForm(forms.Form):
    """Categories or results to tick, and numbers up to the ceilings of the purpose."""

    together = forms.MultipleChoiceField(label=gettext_lazy("一般信息"), required=False)
    separately = forms.MultipleChoiceField(label=gettext_lazy("须逐类同意的信息"), required=False)

    def __init__(self, *args: Any, purpose: Purpose, offered: Choices, written: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose, self.offered, self.written = purpose, offered, written
        self.ceiling = ceiling(purpose, clock.now())
        for name, found in (("together", offered.together), ("separately", offered.separately)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(c.code, c.name) for c in found]
        for name, label in NUMBERS.items():
            most = getattr(self.ceiling, name)
            if most:  # none where the kind has no such number, nought where the purpose has no use for it
                least = 0 if name == "lookback_months" else 1
                self.fields[name] = _number(str(label), least, most, min(most, PROPOSED[name]))

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[name] for name in NUMBERS if name in self.fields]

    @property
    def feedback(self) -> bool:
        return self.purpose is Purpose.FEEDBACK

    @property
    def ticks(self) -> list[tuple[str, list[tuple[Choice, bool]]]]:
        """What may be agreed to together, by group, each with whether it is ticked."""
        chosen = set(self["together"].value() or ())
        groups: dict[str, list[tuple[Choice, bool]]] = {}
        for choice in self.offered.together:
            groups.setdefault(choice.group, []).append((choice, choice.code in chosen))
        return list(groups.items())

    @property
    def single_ticks(self) -> list[tuple[Choice, bool]]:
        chosen = set(self["separately"].value() or ())
        return [(choice, choice.code in chosen) for choice in self.offered.separately]

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("together") and not self.cleaned_data.get("separately") and not self.errors:
            raise forms.ValidationError(_("请至少勾选一类信息。"))
        return self.cleaned_data

    def terms(self) -> Terms:
        """What was filled in, from today on."""
        data = self.cleaned_data
        today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return Terms(
            purpose=self.purpose.value,
            direction=direction(self.purpose).value,
            categories=(*data["together"], *data["separately"]),
            kind=self.ceiling.kind,
            valid_from=today,
            valid_until=today + timedelta(days=data["days"]),
            lookback_months=data.get("lookback_months", 0),
            data_life_days=data["data_life_days"],
            per_month=data.get("per_month"),
            written=self.written,
        )


def _number(label: str, least: int, most: int, proposed: int) -> forms.IntegerField:
    said = _("最多 {most}").format(most=most)
    attributes = {"class": "form-control", "inputmode": "numeric"}
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        initial=proposed,
        help_text=said,
        widget=forms.NumberInput(attrs=attributes),
        error_messages={
            "required": _("请填写数字。"),
            "invalid": _("请填写整数。"),
            "min_value": _("不能少于 {least}。").format(least=least),
            "max_value": _("不能超过 {most}。").format(most=most),
        },
    )
