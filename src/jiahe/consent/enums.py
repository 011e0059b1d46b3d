"""Purposes, directions, kinds and states of a consent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What an organisation may ask an enterprise's consent for."""

    PRE_LOAN = "pre_loan", _("贷前审查")
    POST_LOAN = "post_loan", _("贷后管理")
    RATING = "rating", _("信用评级")
    SUPERVISION = "supervision", _("业务监管")
    FEEDBACK = "feedback", _("贷款结果回传")


class Direction(models.TextChoices):
    """Who gets to know: the institution what the platform holds, or the platform what the institution did."""

    TO_INSTITUTION = "to_institution", _("平台提供给机构")
    TO_PLATFORM = "to_platform", _("机构回传给平台")


class ConsentKind(models.TextChoices):
    ONE_TIME = "one_time", _("一次性")
    PERIODIC = "periodic", _("定期")


class ConsentState(models.TextChoices):
    REQUESTED = "requested", _("待您决定")
    REFUSED = "refused", _("已拒绝")
    PENDING = "pending", _("待机构接单")
    ACTIVE = "active", _("有效")
    PAUSED = "paused", _("已暂停")
    REVOKED = "revoked", _("已撤回")
    EXPIRED = "expired", _("已到期")
    USED_UP = "used_up", _("次数已用完")
    REPLACED = "replaced", _("已被新授权替代")
    VOID = "void", _("已失效")


LIVE = (ConsentState.ACTIVE, ConsentState.PAUSED)
