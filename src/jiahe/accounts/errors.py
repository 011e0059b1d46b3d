"""Why somebody is not let in. Each sentence is the same whether or not the login exists."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class SignInRefused(JiaheError):
    code = "accounts.sign_in_refused"
    status = 401
    template = _("登录名或密码不正确：请核对后重试。连续 {limit} 次不正确将暂停登录 {minutes} 分钟。")


class SignInResting(JiaheError):
    code = "accounts.sign_in_resting"
    status = 429
    template = _("连续多次未能登录：该登录名已暂停登录，请在 {minutes} 分钟后重试。")


class NotSignedIn(JiaheError):
    code = "accounts.not_signed_in"
    status = 401
    template = _("请先登录。")


class WrongRole(JiaheError):
    code = "accounts.wrong_role"
    status = 403
    template = _("此页面供{needed}使用，您当前的角色是{role}：如需使用请联系安全管理员。")


class LoginTaken(JiaheError):
    code = "accounts.login_taken"
    status = 409
    template = _("登录名“{login}”已被使用：请换一个。")


class NoMembership(JiaheError):
    code = "accounts.no_membership"
    status = 403
    template = _("您的账户目前不能代表任何单位办事：请联系贵单位的管理员，或先登记企业。")


class RoleNotOfKind(JiaheError):
    code = "accounts.role_not_of_kind"
    status = 422
    template = _("“{role}”不是{kind}的角色：请在该单位的角色中选择。")


class OrganisationNotActive(JiaheError):
    code = "accounts.organisation_not_active"
    status = 409
    template = _("“{organisation}”{state}：{reason}")
