"""Fields of forms as pages show them, and refusals beside the field that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"
Choices: TypeAlias = "list[tuple[str, Text]]"


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
        error_messages={
            "invalid": _("请填写数字。"),
            "max_decimal_places": _("小数最多 %(max)s 位。"),
            "max_whole_digits": _("数字过大。"),
            "max_value": _("数字过大。"),
        },
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
