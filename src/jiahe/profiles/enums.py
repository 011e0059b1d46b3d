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
    """Why a category that was asked for is not shown, or not wholly."""

    NO_CONSENT = "no_consent", _("需企业授权")
    NOT_TICKED = "not_ticked", _("需单独授权：现有授权未包含此类")
    WRITTEN_CONSENT = "written_consent", _("需本人书面同意")
    PAUSED = "paused", _("授权已暂停")
    REVOKED = "revoked", _("授权已撤回")
    EXPIRED = "expired", _("授权已到期")
    USED_UP = "used_up", _("授权的使用次数已用完")
    OTHER_DEPARTMENT = "other_department", _("由其他单位提供")
    SOURCE_DOWN = "source_down", _("来源暂时无法查询，此前也没有结果")
