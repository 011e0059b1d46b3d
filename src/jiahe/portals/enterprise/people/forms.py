"""What an administrator fills in about a colleague."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.web import fields

ROLE_CHOICES: fields.Choices = [(role.value, role.label) for role in reversed(ROLES[OrganisationKind.ENTERPRISE])]


class RoleForm(forms.Form):
    role = fields.choice(_("角色"), ROLE_CHOICES, hint=_("管理员可以邀请和停用同事，给出和撤回授权"))


class InviteForm(RoleForm):
    name = fields.line(_("姓名"), maxlength=50)
    phone = fields.line(_("手机号"), hint=_("邀请链接以短信发到这个号码"), inputmode="tel", maxlength=20)
    field_order = ("name", "phone", "role")
