"""Why an indicator system cannot be used, changed or moved on: one code for each."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class WrongSystem(JiaheError):
    """`faults` are all the sentences, in the order of the system; the sentence says the first."""

    code = "points.wrong_system"
    status = 422
    template = _("指标体系有 {count} 处需要改正：{first}")

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(count=len(faults), first=faults[0])
        self.faults = tuple(faults)


class NoSuchSystem(JiaheError):
    code = "points.no_such_system"
    status = 404
    template = _("没有第 {number} 版指标体系：请核对后重试。")


class NotYours(JiaheError):
    code = "points.not_yours"
    status = 403
    template = _("您当前的身份不能办理此事：请由{who}办理。")


class StateChanged(JiaheError):
    code = "points.state_changed"
    status = 409
    template = _("第 {number} 版指标体系现为“{state}”，不能办理此事：请刷新后查看。")


class SamePerson(JiaheError):
    code = "points.same_person"
    status = 403
    template = _("第 {number} 版由您提交，须由另一人发布：请交主管部门的其他业务人员复核。")


class DraftOpen(JiaheError):
    code = "points.draft_open"
    status = 409
    template = _("第 {number} 版尚在起草或待发布：请先办结它。")
