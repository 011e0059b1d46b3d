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
