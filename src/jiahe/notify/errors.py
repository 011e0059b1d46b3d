"""Why a message of the outbox, or an address, is left as it is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class NoSuchLetter(JiaheError):
    code = "notify.no_such_letter"
    status = 404
    template = _("没有这条外发消息：请从列表中选择。")


class NotPutAside(JiaheError):
    code = "notify.not_put_aside"
    status = 409
    template = _("这条消息现为“{state}”，未作改动：只有待处理的消息可以这样办理。")


class NotAnAddress(JiaheError):
    code = "notify.not_an_address"
    status = 422
    template = _("“{value}”不能作为送达地址，未作登记：邮箱请写作 name@example.org，接口请写外网可达的 https 网址。")


class NoSuchAddress(JiaheError):
    code = "notify.no_such_address"
    status = 404
    template = _("没有编号为 {number} 的在用送达地址：用 jiahe messages addresses 查看。")
