"""What is filled in at each step."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.web import fields


class EnterpriseForm(forms.Form):
    uscc = fields.line(
        _("统一社会信用代码"),
        hint=_("营业执照上的 18 位代码"),
        autocapitalize="characters",
        autocomplete="off",
        maxlength=40,
    )
    name = fields.line(
        _("企业名称"), hint=_("营业执照上的全称；曾用名也可"), autocomplete="organization", maxlength=200
    )


class PhoneForm(forms.Form):
    phone = fields.line(
        _("手机号"), hint=_("用于登录提醒和接收办理结果"), inputmode="tel", autocomplete="tel", maxlength=20
    )


class CodeForm(forms.Form):
    code = fields.line(_("验证码"), inputmode="numeric", autocomplete="one-time-code", maxlength=6)


class RepresentativeForm(forms.Form):
    name = fields.line(
        _("姓名"), hint=_("公司填法定代表人，个体工商户填经营者，合伙企业填执行事务合伙人"), maxlength=100
    )
    identity = fields.line(_("证件号码"), hint=_("只用于与登记信息比对，不保存号码"), autocomplete="off", maxlength=40)


class AccountForm(forms.Form):
    """A new account; `agreed` says yes to the terms."""

    name = fields.line(_("您的姓名"), autocomplete="name", maxlength=50)
    login = fields.line(
        _("登录名"),
        hint=_("字母开头，3 至 40 位；请不要用手机号"),
        autocomplete="username",
        autocapitalize="none",
        maxlength=40,
    )
    password = fields.secret(_("密码"), hint=_("至少 12 位，不要用常见的词"), autocomplete="new-password")
    again = fields.secret(_("再输一次密码"), autocomplete="new-password")
    agreed = fields.tick(_("我已阅读并同意用户协议"))

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("两次输入的密码不同：请重新输入。"))
        return again


class AgreementForm(forms.Form):
    """For somebody who has an account."""

    agreed = fields.tick(_("我已阅读并同意用户协议"))
