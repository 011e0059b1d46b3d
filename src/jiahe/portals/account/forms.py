"""What a person types to change their account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _input(autocomplete: str, **more: object) -> dict[str, object]:
    return {"class": "form-control", "autocomplete": autocomplete, **more}


def password_field(label: Any, *, new: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        strip=False,
        error_messages={"required": _("请输入密码。")},
        widget=forms.PasswordInput(attrs=_input("new-password" if new else "current-password")),
    )


class ConfirmForm(forms.Form):
    """The password once more; left out for somebody who has none."""

    password = password_field(_("当前密码"))

    def __init__(self, *args: Any, has_password: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_password:
            del self.fields["password"]


class NewPasswordForm(ConfirmForm):
    new = password_field(_("新密码"), new=True)
    again = password_field(_("再次输入新密码"), new=True)

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("两次输入的新密码不一致：请重新输入。"))
        return again


class CodeForm(ConfirmForm):
    code = forms.CharField(
        label=_("验证码"),
        max_length=20,
        error_messages={"required": _("请输入身份验证器显示的 6 位验证码。")},
        widget=forms.TextInput(attrs=_input("one-time-code", inputmode="numeric")),
    )
    field_order = ("code", "password")


class PasskeyForm(ConfirmForm):
    name = forms.CharField(
        label=_("名称"),
        max_length=40,
        help_text=_("便于日后辨认，例如“办公室电脑”。"),
        error_messages={"required": _("请给这个通行密钥取个名称。")},
        widget=forms.TextInput(attrs=_input("off")),
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput, error_messages={"required": _("浏览器没有创建通行密钥：请重试。")}
    )
    field_order = ("name", "password", "credential")
