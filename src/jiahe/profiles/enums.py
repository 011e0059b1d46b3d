"""Purposes of a reading, and why a category is withheld from a reader."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What enterprise data is read for. Those after the first two are purposes of a consent, under the same codes."""

    OWN = "own", _("查阅本企业信息")
    DATA_QUALITY = "data_quality", _("数据质量核查")
    PRE_LOAN = "pre_loan", _("贷前审查")
    POST_LOAN = "post_loan", _("贷后管理")
    RATING = "rating", _("信用评级")
    SUPERVISION = "supervision", _("业务监管")


class Reason(models.TextChoices):
    """Why a category that was asked for is not shown, or not wholly. Most are refusals of a consent, under its codes."""

    NONE = "none", _("需企业授权")
    NOT_NAMED = "not_named", _("需单独授权：现有授权不含此类")
    NOT_WRITTEN = "not_written", _("需本人书面同意")
    REQUESTED = "requested", _("企业尚未决定是否授权")
    REFUSED = "refused", _("企业已拒绝授权")
    PENDING = "pending", _("授权在接单后生效")
    PAUSED = "paused", _("授权已暂停")
    REVOKED = "revoked", _("授权已撤回")
    EXPIRED = "expired", _("授权已到期")
    USED_UP = "used_up", _("一次性授权已用完")
    FREQUENCY = "frequency", _("本月查阅次数已用完")
    REPLACED = "replaced", _("授权已被新授权替代")
    VOID = "void", _("授权已失效")
    FROZEN = "frozen", _("企业账户已冻结，授权暂不可用")
    NOT_YET_VALID = "not_yet_valid", _("授权尚未到起始时间")
    WRONG_DIRECTION = "wrong_direction", _("授权仅用于回传贷款结果")
    OTHER_DEPARTMENT = "other_department", _("由其他单位提供")
    SOURCE_DOWN = "source_down", _("来源暂时无法查询，此前也没有结果")
