"""Why a consent cannot be given, changed or used: one code for each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.consent.terms import Refusal
from jiahe.kit.errors import JiaheError


class NoSuchConsent(JiaheError):
    """The same for one that does not exist and for one that is no business of the actor's."""

    code = "consent.no_such_consent"
    status = 404
    template = _("没有编号为“{number}”的授权：请核对后重试。")


class NoSuchEnterprise(JiaheError):
    code = "consent.no_such_enterprise"
    status = 404
    template = _("没有统一社会信用代码为“{uscc}”的企业：请核对后重试。")


class NoSuchGrantee(JiaheError):
    code = "consent.no_such_grantee"
    status = 404
    template = _("没有代码为“{organisation}”且可接受该用途授权的机构：请重新选择机构。")


class NotYours(JiaheError):
    code = "consent.not_yours"
    status = 403
    template = _("您当前的身份不能办理此事：请由{who}办理。")


class StateChanged(JiaheError):
    code = "consent.state_changed"
    status = 409
    template = _("授权{number}现为“{state}”，不能办理此事：请刷新后查看。")


class GivenMeanwhile(JiaheError):
    code = "consent.given_meanwhile"
    status = 409
    template = _("另有一份给同一机构、同一用途的授权刚刚生效：请刷新后查看。")


class AlreadyAsked(JiaheError):
    code = "consent.already_asked"
    status = 409
    template = _("贵机构已就同一用途向该企业请求授权，企业尚未决定：请等待企业答复。")


class AskedTooSoon(JiaheError):
    code = "consent.asked_too_soon"
    status = 409
    template = _("企业已拒绝贵机构同一用途的授权请求：{until}起方可再次请求。")


class EnterpriseFrozen(JiaheError):
    code = "consent.enterprise_frozen"
    status = 409
    template = _("企业账户已冻结，不能授权：请先完成核验。")


class TextChanged(JiaheError):
    code = "consent.text_changed"
    status = 409
    template = _("授权内容与您看到的不一致：请重新阅读后再同意。")


class BeyondCeiling(JiaheError):
    code = "consent.beyond_ceiling"
    status = 422
    template = _("“{term}”超出该用途允许的范围：请改小后重试。")


class WrongCategories(JiaheError):
    code = "consent.wrong_categories"
    status = 422
    template = _("信息类 {categories} 不能列入此授权：{reason}")


class NotTicked(JiaheError):
    code = "consent.not_ticked"
    status = 422
    template = _("信息类 {categories} 须逐项单独勾选：请确认后重试。")


class Closed(JiaheError):
    """A reader finds the door closed. Subclasses say why; `closed` finds the one for a refusal."""

    status = 403


class ClosedNone(Closed):
    code = "consent.none"
    template = _("企业没有为该用途授权贵单位：请先取得企业授权。")


class ClosedRequested(Closed):
    code = "consent.requested"
    template = _("企业尚未决定是否授权：请等待企业答复。")


class ClosedRefused(Closed):
    code = "consent.refused"
    template = _("企业已拒绝授权：不能查看。")


class ClosedPending(Closed):
    code = "consent.pending"
    template = _("授权在贵机构接单后生效：请先接单。")


class ClosedPaused(Closed):
    code = "consent.paused"
    template = _("企业已暂停授权：请待企业恢复后再查看。")


class ClosedRevoked(Closed):
    code = "consent.revoked"
    template = _("企业已撤回授权：不能再查看。")


class ClosedExpired(Closed):
    code = "consent.expired"
    template = _("授权已到期：如仍需查看请重新请求授权。")


class ClosedUsedUp(Closed):
    code = "consent.used_up"
    template = _("一次性授权已用完：如仍需查看请重新请求授权。")


class ClosedReplaced(Closed):
    code = "consent.replaced"
    template = _("授权已被新的授权替代：请按新的授权查看。")


class ClosedVoid(Closed):
    code = "consent.void"
    template = _("授权已失效：不能查看。")


class ClosedFrozen(Closed):
    code = "consent.frozen"
    template = _("企业账户已冻结，授权暂不可用：请待企业重新核验。")


class ClosedNotYetValid(Closed):
    code = "consent.not_yet_valid"
    template = _("授权尚未到起始时间：请在生效后查看。")


class ClosedFrequency(Closed):
    code = "consent.frequency"
    template = _("本月查阅次数已用完：请下月再查看。")


class ClosedWrongDirection(Closed):
    code = "consent.wrong_direction"
    template = _("该授权用于贵机构回传贷款结果，不能据以查看企业信息：请另行请求授权。")


class ClosedNotNamed(Closed):
    code = "consent.not_named"
    template = _("企业的授权不含该信息类：如需查看请请求授权。")


class ClosedNotWritten(Closed):
    code = "consent.not_written"
    template = _("该信息须本人书面同意：请先取得书面同意。")


_BY_CODE = {one.code: one for one in Closed.__subclasses__()}


def closed(refusal: Refusal) -> Closed:
    """The failure for a refusal."""
    return _BY_CODE[f"consent.{refusal}"]()
