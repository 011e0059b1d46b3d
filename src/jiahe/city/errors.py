"""Why no city was made."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class CityError(JiaheError):
    code = "city.refused"


class TooFewRecords(CityError):
    code = "city.too_few_records"
    template = _("记录数 {records} 少于每家企业一条({enterprises} 家)：请加大 --records 或减少 --enterprises。")


class TooManyRecords(CityError):
    code = "city.too_many_records"
    template = _(
        "记录数 {records} 超过 {enterprises} 家企业 72 个月所能产生的约 {most} 条：请减少 --records 或增加 --enterprises。"
    )


class NotEmpty(CityError):
    code = "city.not_empty"
    status = 409
    template = _("目录 {out} 不是空的，未作改动：请另给一个空目录。")


class NoRegistrations(CityError):
    code = "city.no_registrations"
    status = 404
    template = _("文件“{file}”不存在，或没有一行有效的登记信息：请检查 --registrations。")


class UnknownMonth(CityError):
    code = "city.unknown_month"
    template = _("月份“{until}”应写作 2026-10 这样的年月。")
