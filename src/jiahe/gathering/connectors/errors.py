"""Why a declared source could not be read: nothing of it is kept, and the sentence says what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.gathering.errors import GatheringError


class WrongDeclaration(GatheringError):
    code = "gathering.wrong_declaration"
    template = _("来源声明 {file} 的“{place}”有误：{reason}。请改正后重试。")


class UnknownSource(GatheringError):
    code = "gathering.unknown_source"
    template = _("没有声明代码为“{source}”的来源：请在数据目录的 sources 中声明。")


class OnlyOnDemand(GatheringError):
    code = "gathering.only_on_demand"
    template = _("来源“{source}”在查询时逐户实时读取，不能整体归集。")


class MissingSecret(GatheringError):
    code = "gathering.missing_secret"
    template = _("来源“{source}”需要环境变量 {names}：请设置后重试。")


class SourceUnreachable(GatheringError):
    code = "gathering.source_unreachable"
    status = 502
    template = _("来源“{source}”无法读取：{reason}。请稍后重试或与来源单位联系。")


class WrongAnswer(GatheringError):
    code = "gathering.wrong_answer"
    status = 502
    template = _("来源“{source}”的应答与声明不符：{reason}。请与来源单位核对。")
