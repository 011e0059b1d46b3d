"""Why a month is not exported."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class NoSuchMonth(JiaheError):
    code = "audit.no_such_month"
    status = 422
    template = _("“{month}”不是月份：请写作 2026-10 的样子。")


class MonthNotOver(JiaheError):
    code = "audit.month_not_over"
    status = 409
    template = _("{month} 尚未结束，未作导出：请在下月导出。")


class AlreadyExported(JiaheError):
    code = "audit.already_exported"
    status = 409
    template = _("{place} 已存在，未作改动：请另指目录，或先移走它。")


class NotInOrder(JiaheError):
    code = "audit.not_in_order"
    status = 409
    template = _("日志未通过核验，未作改动。{fault}")


class NoExport(JiaheError):
    code = "audit.no_export"
    status = 404
    template = _("{place} 中没有导出的月份：请指明导出时所用的目录。")
