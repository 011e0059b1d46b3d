"""Why there is no pre-credit limit, no application by points, or no grant: one code for each."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class WrongRule(JiaheError):
    """`faults` are all the sentences; the sentence says the first."""

    code = "precredit.wrong_rule"
    status = 422
    template = _("预授信规则有 {count} 处需要改正：{first}")

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(count=len(faults), first=faults[0])
        self.faults = tuple(faults)


class NoSuchRule(JiaheError):
    code = "precredit.no_such_rule"
    status = 404
    template = _("没有第 {number} 版预授信规则：请核对后重试。")


class NotYours(JiaheError):
    code = "precredit.not_yours"
    status = 403
    template = _("您当前的身份不能办理此事：请由{who}办理。")


class RuleStateChanged(JiaheError):
    code = "precredit.rule_state_changed"
    status = 409
    template = _("第 {number} 版预授信规则现为“{state}”，不能办理此事：请刷新后查看。")


class RuleChanged(JiaheError):
    code = "precredit.rule_changed"
    status = 409
    template = _(
        "{institution}的预授信规则已有变动，您看到的第 {number} 版不再有效：请回到信用积分页查看最新额度后重新申请。"
    )


class LimitExpired(JiaheError):
    code = "precredit.limit_expired"
    status = 409
    template = _("{institution}的预授信参考额度已于 {until} 到期：请等数据更新后重新申请，或按普通流程办理。")


class NoLimit(JiaheError):
    code = "precredit.no_limit"
    status = 409
    template = _("目前没有{institution}的预授信参考额度：可在融资超市按普通流程申请。")


class WrittenOnly(JiaheError):
    code = "precredit.written_only"
    status = 409
    template = _("个体工商户等的信用积分属于个人信息，须由本人书面同意才能提供，暂不能凭积分申请：请按普通流程申请。")


class PointsNotTicked(JiaheError):
    code = "precredit.points_not_ticked"
    status = 422
    template = _("凭积分申请须同意提供“{category}”：请在授权中勾选，或按普通流程申请。")


class BeyondLimit(JiaheError):
    code = "precredit.beyond_limit"
    status = 422
    template = _("申请金额 {asked} 万元超过{institution}的预授信参考额度 {limit} 万元：请改小金额，或按普通流程申请。")


class NotByPoints(JiaheError):
    code = "precredit.not_by_points"
    status = 409
    template = _("订单{number}不是凭信用积分提出的申请：请按普通流程办理。")


class AlreadyAnswered(JiaheError):
    code = "precredit.already_answered"
    status = 409
    template = _("订单{number}的信用记录查询结果已登记，不能更改：请按普通流程办理。")


class GrantExpired(JiaheError):
    code = "precredit.grant_expired"
    status = 409
    template = _("订单{number}所附的预授信参考额度已于 {until} 到期：请按普通流程办理，或请企业重新申请。")


class RuleEnded(JiaheError):
    code = "precredit.rule_ended"
    status = 409
    template = _("贵机构已停用第 {number} 版预授信规则，不能再凭它直接授信：请按普通流程办理。")
