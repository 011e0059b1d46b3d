"""Why the door stays shut."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class NoSuchEnterprise(JiaheError):
    code = "profiles.no_such_enterprise"
    status = 404
    template = _("没有统一社会信用代码为“{uscc}”的企业：请核对后重试。")


class NotAllowed(JiaheError):
    code = "profiles.not_allowed"
    status = 403
    template = _("当前身份不能为该目的查看企业数据：请以有权的身份登录。")
