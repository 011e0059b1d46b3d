"""Why the door stays shut. What a consent refuses is said by `jiahe.consent.errors.Closed`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class NoSuchEnterprise(JiaheError):
    code = "profiles.no_such_enterprise"
    status = 404
    template = _("没有统一社会信用代码为“{uscc}”的企业：请核对后重试。")


class NothingOpen(JiaheError):
    """To who reads under consent: the same for an unknown enterprise and for one that gave them none."""

    code = "profiles.nothing_open"
    status = 404
    template = _("没有可供贵单位以该目的查看的企业“{uscc}”：请核对统一社会信用代码，或先取得企业授权。")


class NotAllowed(JiaheError):
    code = "profiles.not_allowed"
    status = 403
    template = _("当前身份不能为该目的查看企业数据：请以有权的身份登录。")
