"""Purposes, directions, kinds and states of a consent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiahe.accounts.enums import OrganisationKind
from jiahe.consent.terms import State


class Purpose(models.TextChoices):
    """What an organisation may ask an enterprise's consent for."""

    PRE_LOAN = "pre_loan", _("贷前审查")
    POST_LOAN = "post_loan", _("贷后管理")
    RATING = "rating", _("信用评级")
    SUPERVISION = "supervision", _("业务监管")
    FEEDBACK = "feedback", _("贷款结果回传")


class Result(models.TextChoices):
    """What an institution tells the platform of a loan; it stands in the consent in the place of categories."""

    APPROVAL = "approval", _("审批结果")
    CONTRACT = "contract", _("合同")
    DISBURSEMENT = "disbursement", _("放款")
    BALANCE = "balance", _("余额")
    REPAYMENT = "repayment", _("还款")
    FIRST_LOAN = "first_loan", _("首贷依据")


class Direction(models.TextChoices):
    """Who gets to know: the institution what the platform holds, or the platform what the institution did."""

    TO_INSTITUTION = "to_institution", _("平台提供给机构")
    TO_PLATFORM = "to_platform", _("机构回传给平台")


class ConsentKind(models.TextChoices):
    ONE_TIME = "one_time", _("一次性")
    PERIODIC = "periodic", _("定期")


class ConsentState(models.TextChoices):
    """The states of `terms.State`, in words."""

    REQUESTED = State.REQUESTED.value, _("待您决定")
    REFUSED = State.REFUSED.value, _("已拒绝")
    PENDING = State.PENDING.value, _("待机构接单")
    ACTIVE = State.ACTIVE.value, _("有效")
    PAUSED = State.PAUSED.value, _("已暂停")
    REVOKED = State.REVOKED.value, _("已撤回")
    EXPIRED = State.EXPIRED.value, _("已到期")
    USED_UP = State.USED_UP.value, _("已用完")
    REPLACED = State.REPLACED.value, _("已被新授权替代")
    VOID = State.VOID.value, _("已失效")


PURPOSES: dict[OrganisationKind, tuple[Purpose, ...]] = {
    OrganisationKind.INSTITUTION: (Purpose.PRE_LOAN, Purpose.POST_LOAN, Purpose.FEEDBACK),
    OrganisationKind.AGENCY: (Purpose.RATING,),
    OrganisationKind.AUTHORITY: (Purpose.SUPERVISION,),
}
