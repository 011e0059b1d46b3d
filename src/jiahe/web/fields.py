"""Fields of forms as pages show them, and refusals beside the field that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError
from jiahe.web.formats import YUAN_IN_WAN

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"
Choices: TypeAlias = "list[tuple[str, Text]]"


FEN = Decimal("0.01")
NUMBERS: dict[str, Text] = {
    "invalid": _("请填写数字。"),
    "min_value": _("不能小于 %(limit_value)s。"),
    "max_value": _("不能超过 %(limit_value)s。"),
    "max_decimal_places": _("小数最多 %(max)s 位。"),
    "max_digits": _("数字过大。"),
    "max_whole_digits": _("数字过大。"),
}


def _required(label: Text) -> dict[str, Text]:
    return {"required": format_lazy(_("请填写{what}。"), what=label)}


def line(label: Text, *, hint: Text = "", required: bool = True, **attrs: object) -> forms.CharField:
    """One line of text; how long it may be is said by the action that takes it."""
    widget = forms.TextInput(attrs={"class": "form-control", **attrs})
    return forms.CharField(
        label=label, help_text=hint, required=required, widget=widget, error_messages=_required(label)
    )


def secret(label: Text, *, hint: Text = "", autocomplete: str) -> forms.CharField:
    """A password, which no page ever shows again."""
    widget = forms.PasswordInput(attrs={"class": "form-control", "autocomplete": autocomplete})
    return forms.CharField(label=label, help_text=hint, strip=False, widget=widget, error_messages=_required(label))


def choice(label: Text, choices: Choices, *, hint: Text = "", required: bool = True) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        required=required,
        widget=widget,
        error_messages={**_required(label), "invalid_choice": _("所选的不在列表中：请重新选择。")},
    )


def day(label: Text, *, hint: Text = "", required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=widget,
        error_messages={**_required(label), "invalid": _("日期应写作 2026-11-23。")},
    )


def number(label: Text, *, places: int = 0, hint: Text = "", most: Decimal | int = 10**12) -> forms.DecimalField:
    """A number that may be left out; what it must be is said by the action that takes it."""
    widget = forms.TextInput(attrs={"class": "form-control", "inputmode": "decimal"})
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=False,
        max_value=most,
        decimal_places=places,
        widget=widget,
        error_messages={**NUMBERS, "max_value": NUMBERS["max_digits"]},
    )


def _typed_in(mode: str) -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "form-control", "inputmode": mode, "step": "any"})


class WanField(forms.DecimalField):
    """An amount typed in 万元, which the label says, to the fen; its value is in yuan."""

    def __init__(
        self, label: Text, *, required: bool = True, hint: Text = "", least: Decimal | None = None, most: int = 10**7
    ) -> None:
        super().__init__(
            label=format_lazy(_("{what}（万元）"), what=label),
            help_text=hint,
            required=required,
            min_value=least,
            max_value=most,
            decimal_places=6,
            widget=_typed_in("decimal"),
            error_messages={**NUMBERS, **_required(label)},
        )

    def clean(self, value: object) -> Decimal | None:
        wan = super().clean(value)
        return None if wan is None else (Decimal(wan) * YUAN_IN_WAN).quantize(FEN)


def percent(label: Text, *, required: bool = True, hint: Text = "") -> forms.DecimalField:
    """An annual rate in per cent; what it may be is said by the action that takes it."""
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=required,
        min_value=-999,
        max_value=999,
        decimal_places=3,
        widget=_typed_in("decimal"),
        error_messages={**NUMBERS, **_required(label)},
    )


def whole(
    label: Text, *, required: bool = True, hint: Text = "", least: int = -9999, most: int = 9999
) -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=required,
        min_value=least,
        max_value=most,
        widget=_typed_in("numeric"),
        error_messages={**NUMBERS, "invalid": _("请填写整数。"), **_required(label)},
    )


def paragraph(label: Text, *, hint: Text = "", rows: int = 3) -> forms.CharField:
    """Several lines of text, which may be left out."""
    widget = forms.Textarea(attrs={"class": "form-control", "rows": rows})
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


def ticks(label: Text, choices: Choices, *, hint: Text = "") -> forms.MultipleChoiceField:
    """Any number of boxes, none of them ticked included."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("所选的不在列表中：请重新选择。")},
    )


def file(label: Text, *, accept: str, hint: Text = "") -> forms.FileField:
    widget = forms.ClearableFileInput(attrs={"class": "form-control", "accept": accept})
    return forms.FileField(label=label, help_text=hint, widget=widget, error_messages={"required": _("请选择文件。")})


def tick(label: Text) -> forms.BooleanField:
    widget = forms.CheckboxInput(attrs={"class": "form-check-input"})
    return forms.BooleanField(label=label, required=False, widget=widget)


def refuse(form: forms.Form, refused: JiaheError, beside: Mapping[type[JiaheError], str] | None = None) -> int:
    """Say a refusal in the form, beside the field it is about where that is known; gives its status."""
    field = next((name for kind, name in (beside or {}).items() if isinstance(refused, kind)), None)
    form.add_error(field if field in form.fields else None, refused.sentence)
    return refused.status
