"""Why a complaint is not taken, or not answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class NoSuchReading(JiaheError):
    """The same for one that does not exist and for one of another enterprise."""

    code = "complaints.no_such_reading"
    status = 404
    template = _("没有这条查看记录：请从“谁看过我”重新进入。")


class NoSuchComplaint(JiaheError):
    code = "complaints.no_such_complaint"
    status = 404
    template = _("没有编号为“{number}”的投诉：请核对后重试。")


class AlreadyComplained(JiaheError):
    code = "complaints.already_complained"
    status = 409
    template = _("这次查看已经投诉过：请等待答复，或查看已有的答复。")


class AlreadyAnswered(JiaheError):
    code = "complaints.already_answered"
    status = 409
    template = _("投诉{number}已经答复：请刷新后查看。")


class NotForYou(JiaheError):
    code = "complaints.not_for_you"
    status = 403
    template = _("您当前的身份不能办理此事：投诉由企业提出，由主管部门的业务监管员答复。")


class WrongText(JiaheError):
    code = "complaints.wrong_text"
    status = 422
    template = _("“{field}”须为 {least} 至 {most} 字，且不能含有控制字符：请修改后重试。")
